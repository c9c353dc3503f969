package bellwether.core.mdp;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongArrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes a sparse model of entries that come in any order.
 *
 * <p>An action is allowed in a state when it has an entry there. Probabilities that are given twice
 * for the same (s, a, t) add up, in the order in which they were given; rewards that are given
 * twice are refused, and so are rewards of what has no probability. A reward r(s, a, t) counts with
 * its probability; r(s, a) and the r(s, a, t) of a row add up; what has no reward has 0.
 *
 * <p>Takes 16 bytes an entry until {@link #build}, which takes 12 more for the model and, where
 * entries are not sorted by (s, a, t), 4 for their order. Sorting is by radix: the time is linear.
 */
public final class MdpAssembler {
  private final int states;
  private final int actions;

  /** The largest action with an entry: the model has no more. */
  private int largestAction = -1;

  /** (s * actions + a) * states + t of every entry, and its probability. */
  private final LongArrayList keys = new LongArrayList();

  private final DoubleArrayList probabilities = new DoubleArrayList();

  /** s * actions + a, and r(s, a). */
  private final LongArrayList rewardRows = new LongArrayList();

  private final DoubleArrayList rewards = new DoubleArrayList();

  /** As {@link #keys}, and r(s, a, t). */
  private final LongArrayList moveKeys = new LongArrayList();

  private final DoubleArrayList moveRewards = new DoubleArrayList();

  /** The order of the entries; null where they are sorted already. */
  private int @Nullable [] order;

  /** Sees rows before they become a model. */
  @FunctionalInterface
  public interface RowVisitor {
    /**
     * One row.
     *
     * @param firstEntry the place, in the order of {@link #transition} calls, of its first entry
     * @param sum of its probabilities
     */
    void row(int state, int action, int firstEntry, double sum);
  }

  /**
   * An empty model.
   *
   * @param actions one more than the largest number an action may have
   * @throws IllegalArgumentException when a number is less than 1, or states * states * actions
   *     reaches 2^62
   */
  public MdpAssembler(int states, int actions) {
    RowMdp.checkSize(states, actions);
    if ((double) states * states * actions >= 0x1p62) {
      throw new IllegalArgumentException(
          "states * states * actions must be below 2^62: " + states + " states, " + actions);
    }
    this.states = states;
    this.actions = actions;
  }

  /** Makes room for so many entries. */
  public void expect(int entries) {
    keys.ensureCapacity(entries);
    probabilities.ensureCapacity(entries);
  }

  /** How many probabilities have been given. */
  public int entries() {
    return keys.size();
  }

  private void checkPlace(int state, int action) {
    if (state < 0 || state >= states) {
      throw new IllegalArgumentException("state must be 0 to " + (states - 1) + ": " + state);
    }
    if (action < 0 || action >= actions) {
      throw new IllegalArgumentException("action must be 0 to " + (actions - 1) + ": " + action);
    }
  }

  private long row(int state, int action) {
    return (long) state * actions + action;
  }

  /**
   * Adds {@code probability} to P(state, action, successor).
   *
   * @throws IllegalArgumentException when a number is out of range
   */
  public void transition(int state, int action, int successor, double probability) {
    checkPlace(state, action);
    RowMdp.checkEntry(state, action, successor, states, probability);
    largestAction = Math.max(largestAction, action);
    keys.add(row(state, action) * states + successor);
    probabilities.add(probability);
  }

  /**
   * Sets r(state, action).
   *
   * @throws IllegalArgumentException when a number is out of range
   */
  public void reward(int state, int action, double reward) {
    checkPlace(state, action);
    RowMdp.checkReward(state, action, reward);
    rewardRows.add(row(state, action));
    rewards.add(reward);
  }

  /**
   * Sets r(state, action, successor).
   *
   * @throws IllegalArgumentException when a number is out of range
   */
  public void reward(int state, int action, int successor, double reward) {
    checkPlace(state, action);
    RowMdp.checkEntry(state, action, successor, states, 0);
    RowMdp.checkReward(state, action, reward);
    moveKeys.add(row(state, action) * states + successor);
    moveRewards.add(reward);
  }

  /** The place of the entry that comes i-th when they are sorted. */
  private int entry(int i) {
    return order == null ? i : order[i];
  }

  private void sort() {
    order = order(keys);
  }

  private static int @Nullable [] order(LongArrayList keys) {
    long[] all = keys.elements();
    int n = keys.size();
    for (int i = 1; i < n; i++) {
      if (all[i - 1] > all[i]) {
        int[] order = new int[n];
        for (int k = 0; k < n; k++) {
          order[k] = k;
        }
        LongArrays.radixSortIndirect(order, all, 0, n, true);
        return order;
      }
    }
    return null;
  }

  /** Shows every row, by states and then actions, with its sum. */
  public void forEachRow(RowVisitor visitor) {
    sort();
    int n = keys.size();
    for (int i = 0; i < n; ) {
      long row = keys.getLong(entry(i)) / states;
      int first = entry(i);
      double sum = 0;
      for (; i < n && keys.getLong(entry(i)) / states == row; i++) {
        first = Math.min(first, entry(i));
        sum += probabilities.getDouble(entry(i));
      }
      visitor.row((int) (row / actions), (int) (row % actions), first, sum);
    }
  }

  /**
   * Makes the model. The assembler is empty afterwards.
   *
   * @throws IllegalArgumentException naming the place, when a state has no action, a row does not
   *     sum to 1 within 1e-9, a reward is given twice or belongs to nothing
   */
  public SparseMdp build() {
    sort();
    int n = keys.size();
    int rows = 0;
    int entries = 0;
    long before = -1;
    for (int i = 0; i < n; i++) {
      long key = keys.getLong(entry(i));
      rows += before < 0 || key / states != before / states ? 1 : 0;
      entries += key != before ? 1 : 0;
      before = key;
    }
    int[] rowStart = new int[rows + 1];
    int[] successor = new int[entries];
    double[] probability = new double[entries];
    int[] firstRow = new int[states + 1];
    int[] rowAction = new int[rows];
    long[] rowKey = new long[rows];
    before = -1;
    int row = -1;
    int e = -1;
    for (int i = 0; i < n; i++) {
      long key = keys.getLong(entry(i));
      if (before < 0 || key / states != before / states) {
        row++;
        rowKey[row] = key / states;
        rowAction[row] = (int) (rowKey[row] % actions);
        firstRow[(int) (rowKey[row] / actions) + 1]++;
      }
      if (key != before) {
        e++;
        successor[e] = (int) (key % states);
      }
      probability[e] += probabilities.getDouble(entry(i));
      rowStart[row + 1] = e + 1;
      before = key;
    }
    clear(keys, probabilities);
    order = null;
    for (int s = 0; s < states; s++) {
      firstRow[s + 1] += firstRow[s];
    }
    double[] reward = new double[rows];
    moveRewards(rowKey, rowStart, successor, probability, reward);
    rowRewards(rowKey, reward);
    int used = Math.max(1, largestAction + 1);
    return (long) states * used == rows
        ? SparseMdp.owning(states, used, rowStart, successor, probability, reward)
        : SparseMdp.owning(
            states, used, firstRow, rowAction, rowStart, successor, probability, reward);
  }

  private static void clear(LongArrayList keys, DoubleArrayList values) {
    keys.clear();
    keys.trim();
    values.clear();
    values.trim();
  }

  private void rowRewards(long[] rowKey, double[] reward) {
    int[] sorted = order(rewardRows);
    int row = 0;
    long before = -1;
    for (int i = 0; i < rewardRows.size(); i++) {
      int at = sorted == null ? i : sorted[i];
      long key = rewardRows.getLong(at);
      while (row < rowKey.length && rowKey[row] < key) {
        row++;
      }
      checkNew(key, before, -1);
      checkKnown(row < rowKey.length && rowKey[row] == key, key, -1);
      reward[row] += rewards.getDouble(at);
      before = key;
    }
    clear(rewardRows, rewards);
  }

  private void moveRewards(
      long[] rowKey, int[] rowStart, int[] successor, double[] probability, double[] reward) {
    int[] sorted = order(moveKeys);
    int row = 0;
    int e = 0;
    long before = -1;
    for (int i = 0; i < moveKeys.size(); i++) {
      int at = sorted == null ? i : sorted[i];
      long key = moveKeys.getLong(at);
      long rowOf = key / states;
      int to = (int) (key % states);
      while (row < rowKey.length && rowKey[row] < rowOf) {
        row++;
      }
      checkNew(key, before, to);
      checkKnown(row < rowKey.length && rowKey[row] == rowOf, rowOf, to);
      e = Math.max(e, rowStart[row]);
      while (e < rowStart[row + 1] && successor[e] < to) {
        e++;
      }
      checkKnown(e < rowStart[row + 1] && successor[e] == to, rowOf, to);
      reward[row] = Math.fma(probability[e], moveRewards.getDouble(at), reward[row]);
      before = key;
    }
    clear(moveKeys, moveRewards);
  }

  private String rewardPlace(long row, int successor) {
    return "reward of state "
        + row / actions
        + ", action "
        + row % actions
        + (successor < 0 ? "" : ", successor " + successor);
  }

  private void checkNew(long key, long before, int successor) {
    if (key == before) {
      throw new IllegalArgumentException(
          rewardPlace(successor < 0 ? key : key / states, successor) + " is given twice");
    }
  }

  private void checkKnown(boolean known, long row, int successor) {
    if (!known) {
      throw new IllegalArgumentException(
          rewardPlace(row, successor) + " belongs to no entry of the transitions");
    }
  }
}
