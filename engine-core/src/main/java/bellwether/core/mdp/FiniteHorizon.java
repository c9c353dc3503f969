package bellwether.core.mdp;

import bellwether.core.parallel.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Backward induction: V_T = terminal, V_t = T V_{t+1}. What comes out is exact up to rounding,
 * which the gaps bound.
 */
public final class FiniteHorizon {
  private FiniteHorizon() {}

  /**
   * The values and the policy in the first of {@code horizon} periods.
   *
   * @param problem its discount may be 1
   * @param horizon periods, at least 1
   * @param terminal values after the last period, by state; null for 0
   * @throws IllegalArgumentException when the horizon is less than 1 or the terminal values are not
   *     finite, one for every state
   */
  public static Solution solve(
      MdpProblem problem, int horizon, double @Nullable [] terminal, Workers workers) {
    if (horizon < 1) {
      throw new IllegalArgumentException("horizon must be at least 1: " + horizon);
    }
    MdpSolver.checkVector("terminal", terminal, problem.model().states());
    return switch (problem.model()) {
      case RowMdp model -> rows(problem, model, horizon, terminal, workers);
      case ProductMdp model -> ProductIteration.finite(problem, model, horizon, terminal, workers);
    };
  }

  private static Solution rows(
      MdpProblem problem,
      RowMdp model,
      int horizon,
      double @Nullable [] terminal,
      Workers workers) {
    int n = model.states();
    double discount = problem.discount();
    double sign = problem.objective().sign();
    double[] h = new double[n];
    double[] image = new double[n];
    int[] policy = new int[n];
    double error = 0;
    try (Backups backups = new Backups(model, discount, problem.objective(), workers)) {
      double largest = 0;
      if (terminal != null) {
        for (int s = 0; s < n; s++) {
          h[s] = sign * terminal[s];
          largest = Math.max(largest, Math.abs(h[s]));
        }
      }
      backups.reset();
      backups.moved(0, largest);
      for (int t = horizon - 1; t >= 0; t--) {
        if (t == 0) {
          backups.choose(h, image, 0, policy);
        } else {
          backups.sweep(h, image, 0);
        }
        error = discount * error + backups.rounding();
        backups.moved(backups.high(), backups.size());
        double[] old = h;
        h = image;
        image = old;
      }
      for (int s = 0; s < n; s++) {
        if (!Double.isFinite(h[s])) {
          throw new IllegalArgumentException("rewards must be smaller: the values overflow");
        }
        h[s] *= sign;
      }
      return new Solution(
          h,
          policy,
          error,
          error,
          Double.NaN,
          Double.NaN,
          true,
          SolveMethod.VALUE_ITERATION,
          backups.sweeps(),
          backups.evaluated(),
          backups.evaluated() * model.rowBytes());
    }
  }
}
