package bellwether.core.bandit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A finite arm whose transition matrix is mostly zero, in compressed rows: a queue, a machine that
 * wears, a belief that moves by one count.
 *
 * <p>Pulling it in state s pays r(s) and moves it to {@code column[e]} with probability {@code
 * probability[e]}, rowStart[s] &lt;= e &lt; rowStart[s + 1]. Within a row columns increase and
 * probabilities are above 0. Takes 12 bytes an entry and 12 a state.
 */
public final class SparseArm implements Arm {
  private static final double ROW_TOLERANCE = MarkovArm.ROW_TOLERANCE;

  final double[] reward;
  final int[] rowStart;
  final int[] column;
  final double[] probability;

  private SparseArm(double[] reward, int[] rowStart, int[] column, double[] probability) {
    this.reward = reward;
    this.rowStart = rowStart;
    this.column = column;
    this.probability = probability;
  }

  /**
   * An arm of compressed rows, which are copied. Entries of a row may come in any order; those
   * given twice add up in the order in which they are given, zeros are left out.
   *
   * @param rewards r(s), length n, finite
   * @param rowStart length n + 1, from 0, not decreasing, to the number of entries
   * @param column in [0, n)
   * @param probability at least 0; every row sums to 1 within {@link MarkovArm#ROW_TOLERANCE}
   * @throws IllegalArgumentException naming the first place that is not so
   */
  public static SparseArm of(double[] rewards, int[] rowStart, int[] column, double[] probability) {
    int n = rewards.length;
    if (rowStart.length != n + 1 || rowStart[0] != 0) {
      throw new IllegalArgumentException(
          "rowStart must have " + (n + 1) + " entries from 0: " + rowStart.length + " entries");
    }
    int entries = rowStart[n];
    if (entries != column.length || entries != probability.length) {
      throw new IllegalArgumentException(
          "column and probability must have rowStart[n] = "
              + entries
              + " entries: "
              + column.length
              + " and "
              + probability.length);
    }
    int[] row = new int[entries];
    for (int s = 0; s < n; s++) {
      if (rowStart[s] > rowStart[s + 1] || rowStart[s + 1] > entries) {
        throw new IllegalArgumentException(
            "rowStart must not decrease: " + rowStart[s] + ", " + rowStart[s + 1] + " at " + s);
      }
      Arrays.fill(row, rowStart[s], rowStart[s + 1], s);
    }
    return ofTriplets(rewards, row, column, probability);
  }

  /**
   * An arm of entries (row[e], column[e], probability[e]) in any order; else as {@link #of}.
   *
   * <p>Cost: two counting sorts, linear in entries and states.
   *
   * @throws IllegalArgumentException naming the first place that is not as it must be
   */
  public static SparseArm ofTriplets(
      double[] rewards, int[] row, int[] column, double[] probability) {
    int n = rewards.length;
    if (n < 1) {
      throw new IllegalArgumentException("rewards must have at least 1 entry: 0");
    }
    if (row.length != column.length || row.length != probability.length) {
      throw new IllegalArgumentException(
          "row, column and probability must be equally long: "
              + row.length
              + ", "
              + column.length
              + " and "
              + probability.length);
    }
    for (int s = 0; s < n; s++) {
      if (!Double.isFinite(rewards[s])) {
        throw new IllegalArgumentException("rewards[" + s + "] must be finite: " + rewards[s]);
      }
    }
    for (int e = 0; e < row.length; e++) {
      if (row[e] < 0 || row[e] >= n || column[e] < 0 || column[e] >= n) {
        throw new IllegalArgumentException(
            "entry " + e + " must lie in " + n + " states: (" + row[e] + ", " + column[e] + ")");
      }
      if (!(probability[e] >= 0 && probability[e] <= 1 + ROW_TOLERANCE)) {
        throw new IllegalArgumentException(
            "transition["
                + row[e]
                + "]["
                + column[e]
                + "] must be a probability: "
                + probability[e]);
      }
    }
    int[] byColumn = sorted(column, null, n);
    int[] order = sorted(row, byColumn, n);
    return merged(rewards.clone(), row, column, probability, order);
  }

  /** Adds up what is given twice and checks the sums. */
  private static SparseArm merged(
      double[] rewards, int[] row, int[] column, double[] probability, int[] order) {
    int n = rewards.length;
    int[] starts = new int[n + 1];
    int[] columns = new int[order.length];
    double[] probabilities = new double[order.length];
    int size = 0;
    int next = 0;
    for (int s = 0; s < n; s++) {
      starts[s] = size;
      double sum = 0;
      while (next < order.length && row[order[next]] == s) {
        int t = column[order[next]];
        double p = 0;
        while (next < order.length && row[order[next]] == s && column[order[next]] == t) {
          p += probability[order[next]];
          next++;
        }
        sum += p;
        if (p > 0) {
          columns[size] = t;
          probabilities[size] = p;
          size++;
        }
      }
      if (!(Math.abs(sum - 1) <= ROW_TOLERANCE)) {
        throw new IllegalArgumentException(
            "transition row " + s + " sums to " + sum + ", expected 1 +- " + ROW_TOLERANCE);
      }
    }
    starts[n] = size;
    return new SparseArm(
        rewards, starts, Arrays.copyOf(columns, size), Arrays.copyOf(probabilities, size));
  }

  /** Stable counting sort of entries, given in {@code order} or as they stand, by their key. */
  private static int[] sorted(int[] key, int @Nullable [] order, int n) {
    int[] start = new int[n + 1];
    for (int k : key) {
      start[k + 1]++;
    }
    for (int k = 0; k < n; k++) {
      start[k + 1] += start[k];
    }
    int[] result = new int[key.length];
    for (int i = 0; i < key.length; i++) {
      int e = order == null ? i : order[i];
      result[start[key[e]]++] = e;
    }
    return result;
  }

  /** The number of states, at least 1. */
  public int states() {
    return reward.length;
  }

  /** The number of probabilities above 0. */
  public int entries() {
    return column.length;
  }

  /** r(s). */
  public double reward(int s) {
    return reward[s];
  }

  /**
   * The same arm with a full matrix.
   *
   * @throws IllegalArgumentException when it has more than {@link FiniteArm#MAX_STATES} states
   */
  public MarkovArm dense() {
    int n = states();
    if (n > FiniteArm.MAX_STATES) {
      throw new IllegalArgumentException(
          "a dense arm has at most " + FiniteArm.MAX_STATES + " states: " + n);
    }
    double[] transition = new double[n * n];
    for (int s = 0; s < n; s++) {
      for (int e = rowStart[s]; e < rowStart[s + 1]; e++) {
        transition[s * n + column[e]] = probability[e];
      }
    }
    return MarkovArm.owning(reward.clone(), transition);
  }

  /** sum_t P(s,t) v(t), in the order of the columns. */
  double expected(int s, double[] v) {
    double sum = 0;
    for (int e = rowStart[s]; e < rowStart[s + 1]; e++) {
      sum = Math.fma(probability[e], v[column[e]], sum);
    }
    return sum;
  }

  /** The most entries of a row. */
  int longestRow() {
    int longest = 0;
    for (int s = 0; s < reward.length; s++) {
      longest = Math.max(longest, rowStart[s + 1] - rowStart[s]);
    }
    return longest;
  }

  /** The largest |r(s)|. */
  double largestReward() {
    double largest = 0;
    for (double r : reward) {
      largest = Math.max(largest, Math.abs(r));
    }
    return largest;
  }
}
