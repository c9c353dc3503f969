package bellwether.core.policy;

import bellwether.core.bandit.IndexTable;
import bellwether.core.bandit.RestlessArm;
import bellwether.core.bandit.StateElimination;
import bellwether.core.bandit.WhittleIndices;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the indices of policies. */
final class PolicyScores {
  private PolicyScores() {}

  /**
   * Why a policy cannot be had for a bandit, in one sentence, or null where it can. Arms that are
   * not indexable are found only by solving them.
   */
  static @Nullable String refusal(BanditProblem problem, Policy policy) {
    for (int i = 0; i < problem.arms().size(); i++) {
      BanditArm arm = problem.arms().get(i);
      if (policy == Policy.GITTINS && arm instanceof BanditArm.Restless) {
        return "gittins is not for restless arms, and arms["
            + i
            + "] is one: whittle has their index";
      }
      if ((policy == Policy.GITTINS || policy == Policy.WHITTLE)
          && problem.discount() == 1
          && !(arm instanceof BanditArm.Restless)) {
        return policy.word()
            + " needs a discount below 1: arms["
            + i
            + "] is not restless, and Gittins' index has one";
      }
    }
    if ((policy == Policy.UCB || policy == Policy.THOMPSON) && !problem.learns()) {
      return policy.word()
          + " is for arms that are learned (betaBernoulli) and there is none: with known arms it"
          + " would be myopic";
    }
    return null;
  }

  /** The index of every arm; of thompson that of the known arms, and means. */
  static ArmScore[] of(
      BanditProblem problem,
      Policy policy,
      ArmChain[] chains,
      int depth,
      List<IndexTable> tables,
      Kernels kernels,
      Workers workers) {
    ArmScore[] scores = new ArmScore[chains.length];
    List<BanditArm> arms = problem.arms();
    boolean index = policy == Policy.GITTINS || policy == Policy.WHITTLE;
    BeliefIndices known =
        index && problem.learns()
            ? new BeliefIndices(problem, tables, depth, kernels, workers)
            : null;
    for (int i = 0; i < scores.length; i++) {
      int same = arms.indexOf(arms.get(i));
      if (same < i) {
        // Arms that are one arm share its indices.
        scores[i] = scores[same];
        continue;
      }
      scores[i] =
          switch (arms.get(i)) {
            case BanditArm.Rested arm when index ->
                ArmScore.table(
                    scaled(
                        StateElimination.of(arm.arm(), problem.discount(), kernels, workers)
                            .indices(),
                        arm.scale()));
            case BanditArm.Restless arm when index ->
                ArmScore.table(
                    scaled(
                        whittle(i, arm.arm(), problem.discount(), kernels, workers), arm.scale()));
            case BanditArm.Learning arm when known != null ->
                ArmScore.gittins(arm, problem.discount(), depth, known, kernels);
            case BanditArm.Learning arm when policy == Policy.UCB -> ArmScore.upperBound(arm);
            case BanditArm.Learning arm -> ArmScore.mean(arm);
            case BanditArm.Rested _, BanditArm.Restless _ -> ArmScore.table(gains(chains[i]));
          };
    }
    return scores;
  }

  private static double[] scaled(double[] indices, double scale) {
    for (int s = 0; s < indices.length; s++) {
      indices[s] *= scale;
    }
    return indices;
  }

  private static double[] whittle(
      int place, RestlessArm arm, double discount, Kernels kernels, Workers workers) {
    WhittleIndices whittle = WhittleIndices.of(arm, discount, true, kernels, workers);
    double[] indices = whittle.indices();
    if (indices == null) {
      String found = whittle.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      throw new PolicyRefusedException(
          "whittle needs indexable arms, and arms[" + place + "] is " + found);
    }
    return indices;
  }

  private static double[] gains(ArmChain chain) {
    double[] gains = new double[chain.states()];
    for (int s = 0; s < gains.length; s++) {
      gains[s] = chain.reward(1, s) - chain.reward(0, s);
    }
    return gains;
  }
}
