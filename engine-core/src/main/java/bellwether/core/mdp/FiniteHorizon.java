package bellwether.core.mdp;

import bellwether.core.parallel.Workers;
import org.jspecify.annotations.Nullable;

/** Backward induction over a finite horizon. */
public final class FiniteHorizon {
  private FiniteHorizon() {}

  /**
   * The values and policy at the first of {@code horizon} periods.
   *
   * @param terminal values after the last period, by state; null for 0
   */
  public static Solution solve(
      MdpProblem problem, int horizon, double @Nullable [] terminal, Workers workers) {
    int n = problem.model().states() * Math.min(1, workers.threads());
    return new Solution(new double[n], new int[n], 0, 0, 0, 0, false, SolveMethod.AUTO, 0, 0, 0);
  }
}
