package bellwether.core.bandit;

import bellwether.core.distribution.StandardNormal;

/**
 * Backward recursion for the normal arm with noise 1 and mean 0, from a truncation at n = N down to
 * n = 1, for the two truncations that bracket the index.
 *
 * <p>With x the posterior mean after n draws, the value of "pull or retire for 0" is x / (1 - d)
 * for ever plus u_n(x) / (1 - d), where u_n is the worth of being allowed to stop:
 *
 * <pre>
 *   u_n(x) = max(-x, c_n(x)),   c_n(x) = d E u_{n+1}(x + s_n Z),   s_n = 1 / sqrt(n (n + 1)),
 * </pre>
 *
 * and the index g_n is where the two meet, c_n(-g) = g. Unlike the value itself u_n is bounded by
 * -x on the left and vanishes on the right, so that nothing is left to do in the tails.
 *
 * <p>Left of -g_n u_n is linear and is averaged in closed form; right of it u_n is analytic. Both
 * are known relative to the kink in units of s_n, in which the average is the fixed matrix of
 * {@link NormalGrid}. What changes from step to step is the place of the kink and the unit: the new
 * function is read off its Chebyshev series at the next step's nodes. One step costs about 30000
 * multiplications.
 */
final class NormalSweep {
  /** u_n(x) &lt;= E (x + Z / sqrt n)^-, which at 8.5 posterior deviations is 1e-18 of one. */
  private static final double DEVIATIONS = 8.5;

  /** exp(-40) = 4e-18. */
  private static final double EXPONENTS = 40;

  /** Steeper exponentials than this, allowed for d < 0.32, would not be resolved by the panels. */
  private static final double STEEPEST = 1.5;

  private static final double HALF_ULP = 0x1p-53;

  /** Interpolation error of one step in units of s_n; measured 2e-15. */
  private static final double INTERPOLATION = 4e-15;

  private final NormalGrid grid = NormalGrid.shared();
  private final double discount;

  /** exp(-theta x / s) does not grow in discounted mean over a step of deviation s. */
  private final double theta;

  private final NormalTruncation lower;
  private final NormalTruncation upper;

  /** Where the terminal functions are cut off. */
  private final double cut;

  /** Panels right of the kink that bear values, counted with those on the left. */
  private int sources;

  private double n;
  private double valueError;

  /**
   * Starts at n = N - 1, the last pull before the truncation; the bounds hold from the first {@link
   * #step} on.
   *
   * @param discount in (0, 1)
   * @param horizon N, a whole number of at least 3
   */
  NormalSweep(double discount, double horizon) {
    this.discount = discount;
    theta = Math.min(STEEPEST, Math.sqrt(-2 * StrictMath.log(discount)));
    n = horizon - 1;
    double sd = sd(n);
    cut = EXPONENTS / theta * sd;
    // Lower: nothing is learnt from pull N on, u_N(x) = max(-x, 0).
    double z = oneStepBoundary(discount);
    lower = new NormalTruncation(grid, discount, sd * z);
    // Upper: w(x) = s exp(-theta x / s) / (e theta) is at least -x, and its discounted average over
    // any later, smaller step is at most w. So u_n <= w for n = N - 1; w meets -x at x = -s/theta.
    upper = new NormalTruncation(grid, discount, sd / theta);
    valueError = 4 * HALF_ULP * upper.boundary();
    double ratio = sd(n - 1) / sd;
    sources = panels(n - 1);
    lower.fill(sources, t -> discount * sd * StandardNormal.shortfall(ratio * t - z));
    upper.fill(sources, t -> sd / theta * StrictMath.exp(-theta * ratio * t));
  }

  /** The z with z = d E (Z - z)^-: the boundary one pull before the truncation, in units of s. */
  private static double oneStepBoundary(double discount) {
    double z = 0;
    double step;
    do {
      // Newton's method on a convex increasing function of -z, from the right: monotone.
      step =
          (discount * StandardNormal.shortfall(-z) - z)
              / (1 - discount * StandardNormal.upperTail(-z));
      z += step;
    } while (step > 1e-15 * z);
    return z;
  }

  private static double sd(double n) {
    return 1 / (Math.sqrt(n) * Math.sqrt(n + 1));
  }

  /** Panels on which the function after n draws is not negligible, seen from the present kink. */
  private int panels(double n) {
    double x = Math.max(DEVIATIONS / Math.sqrt(n), cut);
    return grid.panelsTo(Math.min(EXPONENTS / theta, (x + upper.boundary()) / sd(n)));
  }

  /** The n that the bounds are for. */
  long observations() {
    return (long) n;
  }

  /** A lower bound of g_n, {@link #allowance} included. */
  double lower() {
    return lower.boundary() - allowance(lower);
  }

  /** An upper bound of g_n, {@link #allowance} included. */
  double upper() {
    return upper.boundary() + allowance(upper);
  }

  /** What rounding and interpolation contribute to the width of the bracket. */
  double allowance() {
    return allowance(lower) + allowance(upper);
  }

  /** An error of u moves the place where c(x) meets -x by 1 / (slope of their difference). */
  private double allowance(NormalTruncation side) {
    return Math.max(valueError / side.slope(), 2 * Math.ulp(side.boundary()));
  }

  /** Goes from n + 1 to n. */
  void step() {
    n--;
    double sd = sd(n);
    // One rounding of the largest value a step, all in the same direction: the average passes
    // errors
    // on and does not enlarge them. Measured against 64-bit mantissas on a finer grid the errors
    // are
    // a twentieth of this allowance or less at d = 0.99 and 0.999.
    valueError = discount * valueError + HALF_ULP * upper.boundary() + INTERPOLATION * sd;
    int to = panels(n);
    int from = NormalGrid.LEFT - 1;
    average(from, to, sd);
    if (!lower.negativeAt(from) || !upper.negativeAt(from)) {
      average(0, from, sd);
    }
    lower.moveBoundary();
    upper.moveBoundary();
    if (n > 1) {
      double ratio = sd(n - 1) / sd;
      sources = panels(n - 1);
      lower.resample(ratio, to, sources);
      upper.resample(ratio, to, sources);
    }
  }

  private void average(int from, int to, double sd) {
    lower.begin(from, to, sd);
    upper.begin(from, to, sd);
    grid.addAverage(
        sources,
        from,
        to,
        lower.values(),
        upper.values(),
        lower.coefficients(),
        upper.coefficients());
  }
}
