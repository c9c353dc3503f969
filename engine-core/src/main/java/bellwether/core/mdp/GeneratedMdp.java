package bellwether.core.mdp;

import org.jspecify.annotations.Nullable;

/**
 * A model that is not stored: a function gives the successors of a state and action whenever they
 * are needed, the same every time, from any thread. Solving one takes four doubles and an int a
 * state and nothing a row.
 */
public final class GeneratedMdp extends RowMdp {
  /** What makes the rows. */
  @FunctionalInterface
  public interface Generator {
    /**
     * Gives the entries of one row to {@code successors}.
     *
     * @return the expected reward
     */
    double generate(int state, int action, SuccessorConsumer successors);
  }

  private final Generator generator;
  private final int actionCount;
  private final int @Nullable [] rowState;
  private final int longestRow;
  private final double entries;

  private GeneratedMdp(
      int states,
      int actions,
      int @Nullable [] firstRow,
      int @Nullable [] rowAction,
      Generator generator) {
    super(states, actions, firstRow, rowAction);
    this.generator = generator;
    actionCount = actions;
    rowState = firstRow == null ? null : new int[rows()];
    int longest = 0;
    double all = 0;
    for (int s = 0; s < states; s++) {
      checkState(s, firstRow(s), firstRow(s + 1));
      for (int row = firstRow(s); row < firstRow(s + 1); row++) {
        if (rowState != null) {
          rowState[row] = s;
        }
        int action = action(s, row);
        Check check = new Check(s, action, states);
        double reward = generator.generate(s, action, check);
        checkReward(s, action, reward);
        checkSum(s, action, check.sum);
        longest = Math.max(longest, check.count);
        all += check.count;
      }
    }
    longestRow = longest;
    entries = all;
  }

  /**
   * A model in which every state has every action. Every row is generated once, to check it.
   *
   * @throws IllegalArgumentException naming the place, when a probability is not in [0, 1], a row
   *     does not sum to 1 within 1e-9 or a reward is not finite
   */
  public static GeneratedMdp of(int states, int actions, Generator generator) {
    checkSize(states, actions);
    if ((long) states * actions >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "states * actions must be below 2^31: " + (long) states * actions);
    }
    return new GeneratedMdp(states, actions, null, null, generator);
  }

  /** The same with sets of actions, as {@link SparseMdp} has them. */
  public static GeneratedMdp of(
      int states, int actions, int[] firstRow, int[] rowAction, Generator generator) {
    checkSize(states, actions);
    SparseMdp.checkActionSets(states, actions, firstRow, rowAction);
    return new GeneratedMdp(states, actions, firstRow, rowAction, generator);
  }

  private int state(int row) {
    return rowState == null ? row / actionCount : rowState[row];
  }

  @Override
  double rowReward(int row) {
    int state = state(row);
    return generator.generate(state, action(state, row), (t, p) -> {});
  }

  @Override
  double expected(int row, double[] v) {
    int state = state(row);
    Sum sum = new Sum(v);
    generator.generate(state, action(state, row), sum);
    return sum.weighted / sum.mass;
  }

  @Override
  double backup(int row, double[] v, double discount, double sign) {
    int state = state(row);
    Sum sum = new Sum(v);
    double reward = generator.generate(state, action(state, row), sum);
    return Math.fma(discount, sum.weighted / sum.mass, sign * reward);
  }

  @Override
  int longestRow() {
    return longestRow;
  }

  @Override
  double rowBytes() {
    return 0;
  }

  @Override
  double rowSumError() {
    return longestRow * 0x1p-52;
  }

  @Override
  void forEachSuccessor(int row, SuccessorConsumer consumer) {
    int state = state(row);
    generator.generate(state, action(state, row), consumer);
  }

  @Override
  boolean keepsBounds() {
    return false;
  }

  /** Entries of all rows, as they were when they were checked. */
  double entries() {
    return entries;
  }

  private static final class Sum implements SuccessorConsumer {
    private final double[] v;
    private double weighted;
    private double mass;

    Sum(double[] v) {
      this.v = v;
    }

    @Override
    public void accept(int successor, double probability) {
      weighted = Math.fma(probability, v[successor], weighted);
      mass += probability;
    }
  }

  private static final class Check implements SuccessorConsumer {
    private final int state;
    private final int action;
    private final int states;
    private double sum;
    private int count;

    Check(int state, int action, int states) {
      this.state = state;
      this.action = action;
      this.states = states;
    }

    @Override
    public void accept(int successor, double probability) {
      checkEntry(state, action, successor, states, probability);
      sum += probability;
      count++;
    }
  }
}
