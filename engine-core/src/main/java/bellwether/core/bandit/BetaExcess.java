package bellwether.core.bandit;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * E(x - theta)+ for theta ~ Beta(a, b), from above: what knowing theta is worth to someone who may
 * stop paying x a pull.
 *
 * <p>With p(a, b) = x^a (1-x)^(b-1) / (a B(a, b)), the gap between P(theta &lt;= x) at (a, b) and
 * at (a+1, b-1), and I = P(theta &lt;= x):
 *
 * <pre>E(x - theta)+ = (x - mean) I + mean (1 - x) p(a, b)</pre>
 */
final class BetaExcess {
  /**
   * Relative allowance for the error of the library's densities and probabilities and of the
   * recursion built on them, or, if more, {@link #PER_COUNT} times the counts. Against 40-digit
   * arithmetic densities were wrong by 2e-13 at 1e5 counts, 2e-10 at 1e7 and 8e-9 at 1e9: the
   * allowance is some fifty times that or more. It costs a few pulls of horizon, no digits.
   */
  private static final double ALLOWANCE = 1e-8;

  private static final double PER_COUNT = 4e-16;

  private BetaExcess() {}

  private static double allowance(double counts) {
    return Math.max(ALLOWANCE, PER_COUNT * counts);
  }

  /** p(a, b), without the allowance. */
  static double step(double x, double a, double b) {
    return RegularizedBeta.derivative(x, a, b) * x / a;
  }

  /** E(x - theta)+ from I = P(theta &lt;= x) and p = p(a, b), a + b = counts; never too small. */
  static double of(double x, double mean, double counts, double probability, double step) {
    double first = (x - mean) * probability;
    double second = mean * (1 - x) * step;
    return Math.max(0, first + second + allowance(counts) * (Math.abs(first) + second));
  }

  /**
   * A bound on E(x - theta)+ for Beta(mean * counts, (1 - mean) * counts) that needs one density
   * only: I &gt;= p for mean &gt;= x (when b &gt; 1, as I at (a+1, b-1) is not negative), I &lt;=
   * 1.
   */
  static double bound(double x, double mean, double counts) {
    double a = mean * counts;
    double b = (1 - mean) * counts;
    if (mean < x) {
      return x; // never needed sharp
    }
    if (!(b > 1)) {
      return of(x, mean, counts, 0, step(x, a, b));
    }
    double p = step(x, a, b);
    return of(x, mean, counts, p * (1 - allowance(counts)), p);
  }
}
