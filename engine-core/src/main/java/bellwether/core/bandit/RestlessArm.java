package bellwether.core.bandit;

/**
 * A restless arm: in state s an active period pays {@code r1(s)} and moves it by {@code P1(s,.)}, a
 * passive one pays {@code r0(s)} and moves it by {@code P0(s,.)}.
 *
 * @param active rewards and transitions of active periods
 * @param passive those of passive periods, over the same states
 */
public record RestlessArm(FiniteArm active, FiniteArm passive) {

  /**
   * Checks that both have the same states.
   *
   * @throws IllegalArgumentException when they differ in number
   */
  public RestlessArm {
    if (active.states() != passive.states()) {
      throw new IllegalArgumentException(
          "passive must have as many states as active, "
              + active.states()
              + ": "
              + passive.states());
    }
  }

  /**
   * An arm with copies of these arrays.
   *
   * @param activeRewards r1(s), length n
   * @param activeTransition P1(s,t) at {@code s * n + t}, length n * n
   * @param passiveRewards r0(s), length n
   * @param passiveTransition P0(s,t) at {@code s * n + t}, length n * n
   * @throws IllegalArgumentException naming the first entry or row that is not allowed
   */
  public static RestlessArm of(
      double[] activeRewards,
      double[] activeTransition,
      double[] passiveRewards,
      double[] passiveTransition) {
    return new RestlessArm(
        part("active", activeRewards, activeTransition),
        part("passive", passiveRewards, passiveTransition));
  }

  private static MarkovArm part(String name, double[] rewards, double[] transition) {
    try {
      return MarkovArm.of(rewards, transition);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " " + e.getMessage(), e);
    }
  }

  /**
   * The dense random arm of benchmarks: uniforms of SplitMix64 from {@code seed}, row by row
   * divided by their sum, first for the passive transitions and then for the active ones; then one
   * uniform a state as passive and one as active reward.
   *
   * @param states 1 to {@link FiniteArm#MAX_STATES}
   * @param seed any
   */
  public static RestlessArm random(int states, long seed) {
    long rows = (long) states * states;
    RandomArm first = new RandomArm(states, seed);
    RandomArm second = new RandomArm(states, RandomArm.after(seed, rows));
    // A RandomArm has its rewards after n * n draws.
    RandomArm third = new RandomArm(states, RandomArm.after(seed, rows + states));
    return new RestlessArm(part(third, second), part(second, first));
  }

  private static MarkovArm part(RandomArm rewards, RandomArm transition) {
    int n = transition.states();
    double[] r = new double[n];
    rewards.fillRewards(r);
    double[] p = new double[n * n];
    transition.forEachRow((s, array, offset) -> System.arraycopy(array, offset, p, s * n, n));
    return MarkovArm.owning(r, p);
  }

  /** The number of states, at least 1. */
  public int states() {
    return active.states();
  }

  /** Whether a passive period leaves the state as it is and pays the same in all states. */
  public boolean rests() {
    int n = states();
    double[] rewards = new double[n];
    passive.fillRewards(rewards);
    for (double r : rewards) {
      if (r != rewards[0]) {
        return false;
      }
    }
    boolean[] moves = new boolean[n];
    passive.forEachRow(
        (s, row, offset) -> {
          for (int t = 0; t < n; t++) {
            moves[s] |= t != s && row[offset + t] != 0;
          }
        });
    for (boolean move : moves) {
      if (move) {
        return false;
      }
    }
    return true;
  }
}
