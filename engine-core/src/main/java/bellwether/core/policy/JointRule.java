package bellwether.core.policy;

import org.jspecify.annotations.Nullable;

/** Which choices of active arms count in a joint state. */
sealed interface JointRule {

  /** The choice of an index policy. */
  record ByIndex(ArmScore[] scores) implements JointRule {
    boolean dependsOnPeriod() {
      for (ArmScore score : scores) {
        if (score.dependsOnPeriod()) {
          return true;
        }
      }
      return false;
    }
  }

  /** The mean over these choices. */
  record Mean(int[] choices) implements JointRule {}

  /** The best of these choices. */
  record Best(int[] choices) implements JointRule {}

  /** For one thread: the choices of a state that {@code rows} has gone to. */
  static Chooser chooser(JointRule rule, BanditProblem problem, RewardRange range) {
    return switch (rule) {
      case ByIndex index -> new Chooser(index.scores(), problem, range, new int[1]);
      case Mean mean -> new Chooser(null, problem, range, mean.choices());
      case Best best -> new Chooser(null, problem, range, best.choices());
    };
  }

  /** The choices of one state. */
  final class Chooser {
    private final ArmScore @Nullable [] scores;
    private final Activation activation;
    private final double[] values;
    private final int[] chosen;
    private final int[] choices;

    Chooser(ArmScore @Nullable [] scores, BanditProblem problem, RewardRange range, int[] choices) {
      this.scores = scores;
      int arms = problem.arms().size();
      activation = new Activation(arms, problem.activate(), range.largest());
      values = new double[arms];
      chosen = new int[problem.activate()];
      this.choices = choices;
    }

    /** The array must not be changed or kept. */
    int[] choices(JointRows rows, int period) {
      if (scores != null) {
        rows.scores(scores, period, values);
        activation.choose(values, chosen);
        int mask = 0;
        for (int i : chosen) {
          mask |= 1 << i;
        }
        choices[0] = mask;
      }
      return choices;
    }
  }
}
