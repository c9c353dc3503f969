package bellwether.batch.array;

/**
 * Entries of a sparse array, one after the other: some whole numbers that say where, and a number.
 * They are read as often as they are asked for, and know where they stand.
 */
public interface EntryTable {
  /** Takes entries. */
  @FunctionalInterface
  interface Visitor {
    /**
     * One entry.
     *
     * @param entry its number, from 0
     * @param values its numbers, in an array that is used again
     * @return whether reading should go on
     */
    boolean accept(int entry, double[] values);
  }

  /** How many entries there are, at most. */
  double count();

  /**
   * Hands all entries to {@code visitor}. A file that breaks its format is told as a mistake, and
   * ends the reading.
   */
  void forEach(Visitor visitor);

  /**
   * Tells what is wrong.
   *
   * @param entry the entry's number
   * @param column which of its numbers is wrong, or -1 for all
   */
  void wrong(int entry, int column, String wrong, String given, String allowed);
}
