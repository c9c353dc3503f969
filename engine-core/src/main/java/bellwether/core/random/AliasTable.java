package bellwether.core.random;

/**
 * Draws from finitely many outcomes by the alias method (Walker 1977, Vose 1991): one uniform
 * number and two look-ups, however many there are. Several distributions over the same outcomes
 * stand in one table, row by row.
 */
public final class AliasTable {
  private final int outcomes;
  private final int[] other;
  private final double[] threshold;

  /**
   * Makes the table.
   *
   * @param probability row r from {@code r * outcomes}, at least 0, not all 0 in a row; divided by
   *     the row's sum
   * @param outcomes of a row, at least 1
   */
  public AliasTable(double[] probability, int outcomes) {
    this.outcomes = outcomes;
    other = new int[probability.length];
    threshold = new double[probability.length];
    int[] small = new int[outcomes];
    int[] large = new int[outcomes];
    for (int from = 0; from < probability.length; from += outcomes) {
      fill(probability, from, small, large);
    }
  }

  private void fill(double[] probability, int from, int[] small, int[] large) {
    double sum = 0;
    for (int k = 0; k < outcomes; k++) {
      sum += probability[from + k];
    }
    int smalls = 0;
    int larges = 0;
    for (int k = 0; k < outcomes; k++) {
      other[from + k] = k;
      threshold[from + k] = probability[from + k] / sum * outcomes;
      if (threshold[from + k] < 1) {
        small[smalls++] = k;
      } else {
        large[larges++] = k;
      }
    }
    while (smalls > 0 && larges > 0) {
      int poor = small[--smalls];
      int rich = large[larges - 1];
      other[from + poor] = rich;
      threshold[from + rich] -= 1 - threshold[from + poor];
      if (threshold[from + rich] < 1) {
        larges--;
        small[smalls++] = rich;
      }
    }
    // What is left differs from 1 by rounding only.
    while (smalls > 0) {
      threshold[from + small[--smalls]] = 1;
    }
  }

  /**
   * One draw.
   *
   * @param uniform in (0, 1)
   */
  public int draw(int row, double uniform) {
    double scaled = uniform * outcomes;
    int k = Math.min((int) scaled, outcomes - 1);
    int at = row * outcomes + k;
    return scaled - k < threshold[at] ? k : other[at];
  }
}
