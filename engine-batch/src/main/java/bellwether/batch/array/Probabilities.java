package bellwether.batch.array;

import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Shown;
import bellwether.core.bandit.MarkovArm;
import org.jspecify.annotations.Nullable;

/** Tells of rows that are no probability distributions. */
final class Probabilities implements RowCheck {
  private final Mistakes mistakes;
  private final KeyPath path;
  private final int position;
  private final int @Nullable [] positions;
  private final String where;
  private final long before;

  /**
   * Looks at the rows of the matrix at {@code path}.
   *
   * @param position where mistakes are, unless {@code positions} tells it for each entry
   * @param where what is added to what is wrong: the file, if any
   */
  Probabilities(
      Mistakes mistakes, KeyPath path, int position, int @Nullable [] positions, String where) {
    this.mistakes = mistakes;
    this.path = path;
    this.position = position;
    this.positions = positions;
    this.where = where;
    this.before = mistakes.count();
  }

  @Override
  public boolean accept(int row, double[] values, int offset, int columns) {
    double sum = 0;
    boolean proper = true;
    for (int t = 0; t < columns; t++) {
      double p = values[offset + t];
      if (!(p >= 0 && p <= 1 + MarkovArm.ROW_TOLERANCE)) {
        proper = false;
        if (mistakes.count() - before <= Mistakes.TOLD) {
          mistakes.add(
              positions == null ? position : positions[t],
              path.index(row).index(t),
              (p < 0 ? "negative probability" : "not a probability") + where,
              Shown.number(p),
              "a number from 0 to 1");
        }
      }
      sum += p;
    }
    if (proper && !(Math.abs(sum - 1) <= MarkovArm.ROW_TOLERANCE)) {
      mistakes.add(
          position,
          path.index(row),
          "row " + row + " does not sum to 1" + where,
          "a sum of " + Shown.number(sum),
          "1 within 1e-9");
    }
    return mistakes.count() - before <= Mistakes.TOLD;
  }
}
