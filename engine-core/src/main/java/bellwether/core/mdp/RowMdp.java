package bellwether.core.mdp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A model that has a row of probabilities for every state and allowed action. The rows of a state
 * stand together in the order of its actions; that is all the solvers ask.
 */
public abstract sealed class RowMdp implements Mdp permits SparseMdp, DenseMdp, GeneratedMdp {
  /** A row's sum may differ from 1 by this. */
  static final double ROW_SUM_TOLERANCE = 1e-9;

  /** Sums closer to 1 than this are as good as rounding lets them be, and left alone. */
  static final double ROUNDING = 0x1p-50;

  private final int states;
  private final int actions;

  /** First row of each state and the number of rows; null when every state has every action. */
  private final int @Nullable [] firstRow;

  /** By row, with {@link #firstRow}. */
  private final int @Nullable [] rowAction;

  RowMdp(int states, int actions, int @Nullable [] firstRow, int @Nullable [] rowAction) {
    this.states = states;
    this.actions = actions;
    this.firstRow = firstRow;
    this.rowAction = rowAction;
  }

  @Override
  public final int states() {
    return states;
  }

  @Override
  public final int actions() {
    return actions;
  }

  /** Rows in all. */
  final int rows() {
    return firstRow(states);
  }

  /** Whether every state has every action. */
  final boolean hasAllActions() {
    return firstRow == null;
  }

  /** The first row of a state; asked for the number of states, the number of rows. */
  final int firstRow(int state) {
    return firstRow == null ? state * actions : firstRow[state];
  }

  /** The action of a row of the given state. */
  final int action(int state, int row) {
    return rowAction == null ? row - state * actions : rowAction[row];
  }

  /** The row of an action, or -1 where it is not allowed. */
  final int row(int state, int action) {
    if (rowAction == null) {
      return action >= 0 && action < actions ? state * actions + action : -1;
    }
    int row = Arrays.binarySearch(rowAction, firstRow(state), firstRow(state + 1), action);
    return row < 0 ? -1 : row;
  }

  @Override
  public final boolean allowed(int state, int action) {
    return row(state, action) >= 0;
  }

  @Override
  public final double reward(int state, int action) {
    int row = row(state, action);
    if (row < 0) {
      throw new IllegalArgumentException(
          "action must be allowed in state " + state + ": " + action);
    }
    return rowReward(row);
  }

  /** The expected reward of a row. */
  abstract double rowReward(int row);

  /** sum_t P(row, t) v[t], in an order of operations that never changes. */
  abstract double expected(int row, double[] v);

  /** sign * r + discount * sum_t P(row, t) v[t]. */
  double backup(int row, double[] v, double discount, double sign) {
    return Math.fma(discount, expected(row, v), sign * rowReward(row));
  }

  /** target[k - origin] = the backup of row k, for from &lt;= k &lt; to. */
  void backups(
      int from, int to, double[] v, double discount, double sign, double[] target, int origin) {
    for (int k = from; k < to; k++) {
      target[k - origin] = backup(k, v, discount, sign);
    }
  }

  /**
   * target[a * stride + s - from] = the backup of action a in state s, for from &lt;= s &lt; to, of
   * a model in which every state has every action.
   */
  void backupsByAction(
      int from, int to, double[] v, double discount, double sign, double[] target, int stride) {
    for (int s = from; s < to; s++) {
      for (int a = 0; a < actions; a++) {
        target[a * stride + s - from] = backup(s * actions + a, v, discount, sign);
      }
    }
  }

  /** The longest row. */
  abstract int longestRow();

  /** What one row holds of the model's arrays, on average, in bytes. */
  abstract double rowBytes();

  /** How far a row's sum may be from 1, at most. */
  abstract double rowSumError();

  /** Calls {@code consumer} for every entry of a row. */
  abstract void forEachSuccessor(int row, SuccessorConsumer consumer);

  /** Whether bounds for every row may be kept: not where the rows themselves are not. */
  boolean keepsBounds() {
    return true;
  }

  /** The largest |r|. */
  double largestReward() {
    double largest = 0;
    for (int row = 0; row < rows(); row++) {
      largest = Math.max(largest, Math.abs(rowReward(row)));
    }
    return largest;
  }

  /** {@code transition of state 3, action 1}: how messages name a row. */
  static String place(int state, int action) {
    return "transition of state " + state + ", action " + action;
  }

  static void checkSize(int states, int actions) {
    if (states < 1) {
      throw new IllegalArgumentException("states must be at least 1: " + states);
    }
    if (actions < 1) {
      throw new IllegalArgumentException("actions must be at least 1: " + actions);
    }
  }

  /** Checks one entry; messages name the place. */
  static void checkEntry(int state, int action, int successor, int states, double probability) {
    if (successor < 0 || successor >= states) {
      throw new IllegalArgumentException(
          place(state, action) + " has successor " + successor + ", expected 0 to " + (states - 1));
    }
    if (!(probability >= 0 && probability <= 1 + ROW_SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          place(state, action)
              + " has probability "
              + probability
              + " of state "
              + successor
              + ", expected a number from 0 to 1");
    }
  }

  static void checkSum(int state, int action, double sum) {
    if (!(Math.abs(sum - 1) <= ROW_SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          place(state, action) + " sums to " + sum + ", expected 1 within " + ROW_SUM_TOLERANCE);
    }
  }

  static void checkReward(int state, int action, double reward) {
    if (!Double.isFinite(reward)) {
      throw new IllegalArgumentException(
          "reward of state " + state + ", action " + action + " must be finite: " + reward);
    }
  }

  static void checkState(int state, int firstRow, int endRow) {
    if (firstRow >= endRow) {
      throw new IllegalArgumentException(
          "state " + state + " has no action, expected one at least");
    }
  }
}
