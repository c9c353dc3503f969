package bellwether.batch.array;

/** Looks at the rows of a matrix while they are read. */
@FunctionalInterface
interface RowCheck {
  /**
   * Looks at row number {@code row}, {@code values[offset..offset+columns)}.
   *
   * @return whether reading should go on
   */
  boolean accept(int row, double[] values, int offset, int columns);
}
