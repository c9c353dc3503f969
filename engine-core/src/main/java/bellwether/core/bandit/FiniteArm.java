package bellwether.core.bandit;

/**
 * A Markov arm with states {@code 0..states()-1}: pulling it in state s pays {@code r(s)} and moves
 * it to t with probability {@code P(s,t)}.
 */
public sealed interface FiniteArm extends Arm permits MarkovArm, RandomArm, CensoredArm {

  /** The most states a dense arm can have: n * n must be a Java array. */
  int MAX_STATES = 46_000;

  /** The number of states, at least 1. */
  int states();

  /** Writes r(s) to {@code target[s]}. */
  void fillRewards(double[] target);

  /** Hands row after row to {@code visitor}, s = 0, 1, ..., each once. */
  void forEachRow(RowVisitor visitor);

  /** Takes one row of transition probabilities. */
  @FunctionalInterface
  interface RowVisitor {
    /** P(s,t) is {@code array[offset + t]}; the array must not be kept or changed. */
    void accept(int s, double[] array, int offset);
  }
}
