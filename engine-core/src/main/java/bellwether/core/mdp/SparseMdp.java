package bellwether.core.mdp;

import org.jspecify.annotations.Nullable;

/**
 * A model in compressed rows: the entries of row k are {@code successor[e]}, {@code probability[e]}
 * for rowStart[k] &lt;= e &lt; rowStart[k + 1], 12 bytes an entry. Rows of one state are
 * neighbours, so that a backup reads one stretch of memory.
 */
public final class SparseMdp extends RowMdp {
  private final int[] rowStart;
  private final int[] successor;
  private final double[] probability;
  private final double[] reward;
  private final int longestRow;
  private final double rowSumError;
  private final double largestReward;

  private SparseMdp(
      int states,
      int actions,
      int @Nullable [] firstRow,
      int @Nullable [] rowAction,
      int[] rowStart,
      int[] successor,
      double[] probability,
      double[] reward) {
    super(states, actions, firstRow, rowAction);
    this.rowStart = rowStart;
    this.successor = successor;
    this.probability = probability;
    this.reward = reward;
    if (rowStart.length != rows() + 1) {
      throw new IllegalArgumentException(
          "rowStart must have one entry more than rows, " + (rows() + 1) + ": " + rowStart.length);
    }
    if (reward.length != rows()) {
      throw new IllegalArgumentException(
          "reward must have an entry for every row, " + rows() + ": " + reward.length);
    }
    int entries = rowStart[rows()];
    if (rowStart[0] != 0 || entries > successor.length || entries > probability.length) {
      throw new IllegalArgumentException(
          "rowStart must go from 0 to at most the number of entries, "
              + Math.min(successor.length, probability.length)
              + ": "
              + rowStart[0]
              + " to "
              + entries);
    }
    int longest = 0;
    double worst = 0;
    double largest = 0;
    for (int s = 0; s < states; s++) {
      checkState(s, firstRow(s), firstRow(s + 1));
      for (int row = firstRow(s); row < firstRow(s + 1); row++) {
        longest = Math.max(longest, rowStart[row + 1] - rowStart[row]);
        worst = Math.max(worst, checkRow(s, row));
        largest = Math.max(largest, Math.abs(reward[row]));
      }
    }
    longestRow = longest;
    rowSumError = worst + longest * 0x1p-53;
    largestReward = largest;
  }

  /**
   * A model in which every state has every action: row s * actions + a. The arrays are the model's
   * from now on; rows whose sums are off by more than rounding are divided by them.
   *
   * @param rowStart states * actions + 1 entries, not decreasing, from 0
   * @param successor in [0, states)
   * @param probability in [0, 1]; every row sums to 1 within 1e-9
   * @param reward finite, one for every row
   * @throws IllegalArgumentException naming the place, when they are not so
   */
  public static SparseMdp owning(
      int states,
      int actions,
      int[] rowStart,
      int[] successor,
      double[] probability,
      double[] reward) {
    checkSize(states, actions);
    if ((long) states * actions >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "states * actions must be below 2^31: " + (long) states * actions);
    }
    return new SparseMdp(states, actions, null, null, rowStart, successor, probability, reward);
  }

  /**
   * A model with sets of actions: rows firstRow[s] to firstRow[s + 1] - 1 are those of state s, for
   * the actions {@code rowAction}, which increase within a state.
   *
   * @throws IllegalArgumentException naming the place, when the arrays are not as they must be
   */
  public static SparseMdp owning(
      int states,
      int actions,
      int[] firstRow,
      int[] rowAction,
      int[] rowStart,
      int[] successor,
      double[] probability,
      double[] reward) {
    checkSize(states, actions);
    checkActionSets(states, actions, firstRow, rowAction);
    return new SparseMdp(
        states, actions, firstRow, rowAction, rowStart, successor, probability, reward);
  }

  static void checkActionSets(int states, int actions, int[] firstRow, int[] rowAction) {
    if (firstRow.length != states + 1 || firstRow[0] != 0 || firstRow[states] > rowAction.length) {
      throw new IllegalArgumentException(
          "firstRow must have states + 1 entries from 0 to the number of rows: "
              + firstRow.length
              + " entries");
    }
    for (int s = 0; s < states; s++) {
      checkState(s, firstRow[s], firstRow[s + 1]);
      for (int row = firstRow[s]; row < firstRow[s + 1]; row++) {
        int below = row == firstRow[s] ? -1 : rowAction[row - 1];
        if (rowAction[row] <= below || rowAction[row] >= actions) {
          throw new IllegalArgumentException(
              "actions of state "
                  + s
                  + " must increase from 0 to at most "
                  + (actions - 1)
                  + ": "
                  + rowAction[row]);
        }
      }
    }
  }

  /** Checks a row and divides it by its sum where that pays; returns what its sum is off by. */
  private double checkRow(int state, int row) {
    int action = action(state, row);
    int from = rowStart[row];
    int to = rowStart[row + 1];
    if (from > to || from < 0 || to > probability.length) {
      throw new IllegalArgumentException(
          "rowStart must not decrease: " + from + " and " + to + " at row " + row);
    }
    checkReward(state, action, reward[row]);
    double sum = 0;
    for (int e = from; e < to; e++) {
      checkEntry(state, action, successor[e], states(), probability[e]);
      sum += probability[e];
    }
    checkSum(state, action, sum);
    if (Math.abs(sum - 1) <= ROUNDING) {
      return Math.abs(sum - 1);
    }
    for (int e = from; e < to; e++) {
      probability[e] /= sum;
    }
    return 0x1p-52;
  }

  @Override
  double rowReward(int row) {
    return reward[row];
  }

  @Override
  double expected(int row, double[] v) {
    return expected(rowStart[row], rowStart[row + 1], successor, probability, v);
  }

  @Override
  void backups(
      int from, int to, double[] v, double discount, double sign, double[] target, int origin) {
    int[] starts = rowStart;
    int[] successors = successor;
    double[] probabilities = probability;
    double[] rewards = reward;
    int e = starts[from];
    for (int row = from; row < to; row++) {
      int end = starts[row + 1];
      double sum = expected(e, end, successors, probabilities, v);
      target[row - origin] = Math.fma(discount, sum, sign * rewards[row]);
      e = end;
    }
  }

  @Override
  void backupsByAction(
      int from, int to, double[] v, double discount, double sign, double[] target, int stride) {
    int[] starts = rowStart;
    int[] successors = successor;
    double[] probabilities = probability;
    double[] rewards = reward;
    int count = actions();
    int row = from * count;
    int e = starts[row];
    for (int i = 0; i < to - from; i++) {
      int at = i;
      for (int a = 0; a < count; a++) {
        int end = starts[row + 1];
        double sum = expected(e, end, successors, probabilities, v);
        target[at] = Math.fma(discount, sum, sign * rewards[row]);
        at += stride;
        e = end;
        row++;
      }
    }
  }

  /**
   * Four sums, entry i of the row in sum i mod 4, and a tree. Eight entries go without a loop: what
   * C2 puts around a loop costs more than a short row.
   */
  static double expected(int from, int to, int[] successor, double[] probability, double[] v) {
    return to - from == 8
        ? eight(from, successor, probability, v)
        : any(from, to, successor, probability, v);
  }

  private static double eight(int e, int[] successor, double[] probability, double[] v) {
    double s0 = probability[e] * v[successor[e]];
    double s1 = probability[e + 1] * v[successor[e + 1]];
    double s2 = probability[e + 2] * v[successor[e + 2]];
    double s3 = probability[e + 3] * v[successor[e + 3]];
    s0 = Math.fma(probability[e + 4], v[successor[e + 4]], s0);
    s1 = Math.fma(probability[e + 5], v[successor[e + 5]], s1);
    s2 = Math.fma(probability[e + 6], v[successor[e + 6]], s2);
    s3 = Math.fma(probability[e + 7], v[successor[e + 7]], s3);
    return (s0 + s2) + (s1 + s3);
  }

  private static double any(int from, int to, int[] successor, double[] probability, double[] v) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int e = from;
    for (; e <= to - 4; e += 4) {
      s0 = Math.fma(probability[e], v[successor[e]], s0);
      s1 = Math.fma(probability[e + 1], v[successor[e + 1]], s1);
      s2 = Math.fma(probability[e + 2], v[successor[e + 2]], s2);
      s3 = Math.fma(probability[e + 3], v[successor[e + 3]], s3);
    }
    if (e < to) {
      s0 = Math.fma(probability[e], v[successor[e]], s0);
    }
    if (e + 1 < to) {
      s1 = Math.fma(probability[e + 1], v[successor[e + 1]], s1);
    }
    if (e + 2 < to) {
      s2 = Math.fma(probability[e + 2], v[successor[e + 2]], s2);
    }
    return (s0 + s2) + (s1 + s3);
  }

  @Override
  double largestReward() {
    return largestReward;
  }

  @Override
  int longestRow() {
    return longestRow;
  }

  @Override
  double rowBytes() {
    return 12.0 * rowStart[rows()] / rows() + 12;
  }

  @Override
  double rowSumError() {
    return rowSumError;
  }

  @Override
  void forEachSuccessor(int row, SuccessorConsumer consumer) {
    for (int e = rowStart[row]; e < rowStart[row + 1]; e++) {
      consumer.accept(successor[e], probability[e]);
    }
  }

  int rowStart(int row) {
    return rowStart[row];
  }

  /** Copies a row's entries. */
  void copyRow(int row, int[] successors, double[] probabilities, int offset) {
    int from = rowStart[row];
    int length = rowStart[row + 1] - from;
    System.arraycopy(successor, from, successors, offset, length);
    System.arraycopy(probability, from, probabilities, offset, length);
  }

  /** Bytes that a model of this size takes. */
  public static double bytes(double rows, double entries) {
    return 12 * entries + 12 * rows;
  }
}
