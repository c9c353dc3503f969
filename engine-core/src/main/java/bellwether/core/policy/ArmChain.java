package bellwether.core.policy;

import bellwether.core.bandit.FiniteArm;

/** One arm's states, rewards and rows under action 0 (passive) and 1 (active). */
abstract sealed class ArmChain permits ArmChain.Finite, ArmChain.Lattice {
  /** How many states. */
  abstract int states();

  /** Whether a row of this action leads anywhere else. */
  abstract boolean moves(int action);

  /** The expected reward of a period. */
  abstract double reward(int action, int state);

  /** Entries of a row; only where the action {@linkplain #moves moves} the arm. */
  abstract int length(int action, int state);

  /** A successor, k = 0..length - 1. */
  abstract int successor(int action, int state, int k);

  /** Its probability. */
  abstract double probability(int action, int state, int k);

  /** What {@link ArmScore} is asked with first. */
  abstract int first(int state);

  /** And second. */
  abstract int second(int state);

  /**
   * Chains of the arms of a problem.
   *
   * @param depth pulls that arms which are learned can come to
   */
  static ArmChain[] of(BanditProblem problem, int depth) {
    ArmChain[] chains = new ArmChain[problem.arms().size()];
    for (int i = 0; i < chains.length; i++) {
      chains[i] =
          switch (problem.arms().get(i)) {
            case BanditArm.Rested rested -> new Finite(null, rested.arm(), rested.scale());
            case BanditArm.Restless restless ->
                new Finite(restless.arm().passive(), restless.arm().active(), restless.scale());
            case BanditArm.Learning learning -> new Lattice(learning, depth);
          };
    }
    return chains;
  }

  /** A finite arm. */
  static final class Finite extends ArmChain {
    private final boolean restless;
    private final double[][] rewards = new double[2][];
    private final int[][] start = new int[2][];
    private final int[][] successors = new int[2][];
    private final double[][] probabilities = new double[2][];

    Finite(@org.jspecify.annotations.Nullable FiniteArm passive, FiniteArm active, double scale) {
      restless = passive != null;
      rewards[0] = new double[active.states()];
      if (passive != null) {
        fill(0, passive, scale);
      }
      fill(1, active, scale);
    }

    private void fill(int action, FiniteArm arm, double scale) {
      int n = arm.states();
      double[] r = new double[n];
      arm.fillRewards(r);
      for (int s = 0; s < n; s++) {
        r[s] *= scale;
      }
      rewards[action] = r;
      int[] begin = new int[n + 1];
      arm.forEachRow(
          (s, row, offset) -> {
            int count = 0;
            for (int t = 0; t < n; t++) {
              count += row[offset + t] > 0 ? 1 : 0;
            }
            begin[s + 1] = begin[s] + count;
          });
      int[] to = new int[begin[n]];
      double[] p = new double[begin[n]];
      arm.forEachRow(
          (s, row, offset) -> {
            double sum = 0;
            for (int t = 0; t < n; t++) {
              sum += row[offset + t];
            }
            int k = begin[s];
            for (int t = 0; t < n; t++) {
              if (row[offset + t] > 0) {
                to[k] = t;
                p[k++] = row[offset + t] / sum;
              }
            }
          });
      start[action] = begin;
      successors[action] = to;
      probabilities[action] = p;
    }

    @Override
    int states() {
      return rewards[1].length;
    }

    @Override
    boolean moves(int action) {
      return restless || action == 1;
    }

    @Override
    double reward(int action, int state) {
      return rewards[action][state];
    }

    @Override
    int length(int action, int state) {
      return start[action][state + 1] - start[action][state];
    }

    @Override
    int successor(int action, int state, int k) {
      return successors[action][start[action][state] + k];
    }

    @Override
    double probability(int action, int state, int k) {
      return probabilities[action][start[action][state] + k];
    }

    @Override
    int first(int state) {
      return state;
    }

    @Override
    int second(int state) {
      return 0;
    }
  }

  /**
   * Posterior counts: state d (d + 1) / 2 + s after d pulls with s successes. The last layer has no
   * rows: it is not left within the periods that count.
   */
  static final class Lattice extends ArmChain {
    private final BanditArm.Learning arm;
    private final int states;

    Lattice(BanditArm.Learning arm, int depth) {
      this.arm = arm;
      this.states = Math.toIntExact((depth + 1L) * (depth + 2L) / 2);
    }

    /** The largest depth with 2^31 states. */
    static final int MOST_PULLS = 65_000;

    private static int pulls(int state) {
      int d = (int) ((Math.sqrt(8.0 * state + 1) - 1) / 2);
      // The root may be off by one where it is nearly an integer.
      while ((d + 1L) * (d + 2L) / 2 <= state) {
        d++;
      }
      while (d * (d + 1L) / 2 > state) {
        d--;
      }
      return d;
    }

    private double mean(int state) {
      int d = pulls(state);
      return ArmScore.mean(arm.arm(), state - (int) (d * (d + 1L) / 2), d);
    }

    @Override
    int states() {
      return states;
    }

    @Override
    boolean moves(int action) {
      return action == 1;
    }

    @Override
    double reward(int action, int state) {
      return action == 0 ? 0 : arm.scale() * mean(state);
    }

    @Override
    int length(int action, int state) {
      return 2;
    }

    /** A failure first, then a success. */
    @Override
    int successor(int action, int state, int k) {
      return state + pulls(state) + 1 + k;
    }

    @Override
    double probability(int action, int state, int k) {
      double mean = mean(state);
      return k == 1 ? mean : 1 - mean;
    }

    @Override
    int first(int state) {
      int d = pulls(state);
      return state - (int) (d * (d + 1L) / 2);
    }

    @Override
    int second(int state) {
      return pulls(state);
    }
  }
}
