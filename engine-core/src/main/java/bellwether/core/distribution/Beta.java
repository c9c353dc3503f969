package bellwether.core.distribution;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The beta distribution on [0, 1].
 *
 * @param alpha above 0
 * @param beta above 0; the mean is alpha / (alpha + beta)
 */
public record Beta(double alpha, double beta) implements Distribution {
  /** Terms of the tail's series fall at least this fast where it is used. */
  private static final double RATIO = 0.5;

  /** Up to here the logarithm of the density has rounding errors of no more than a few ulps. */
  private static final double SMALL_LOGARITHMS = 40;

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException when they are not finite and above 0
   */
  public Beta {
    Checks.positive("alpha", alpha);
    Checks.positive("beta", beta);
  }

  @Override
  public double low() {
    return 0;
  }

  @Override
  public double high() {
    return 1;
  }

  @Override
  public double mean() {
    return alpha / (alpha + beta);
  }

  @Override
  public double cumulative(double x) {
    return x <= 0 ? 0 : x >= 1 ? 1 : BetaIntegral.lower(x, alpha, beta);
  }

  @Override
  public double survival(double x) {
    return x <= 0 ? 1 : x >= 1 ? 0 : BetaIntegral.upper(x, alpha, beta);
  }

  @Override
  public double density(double x) {
    if (x > 0 && x < 1) {
      double first = (alpha - 1) * StrictMath.log(x);
      double second = (beta - 1) * StrictMath.log1p(-x);
      double third = LogBeta.value(alpha, beta);
      if (Math.abs(first) + Math.abs(second) + Math.abs(third) < SMALL_LOGARITHMS) {
        return StrictMath.exp(first + second - third);
      }
    }
    return BetaDistribution.of(alpha, beta).density(x);
  }

  /** Above the mean, more or less, where both tail and density may underflow, by a fraction. */
  @Override
  public double inverseHazard(double x) {
    if (x >= 1) {
      return 0;
    }
    if (x < 0) {
      return Double.POSITIVE_INFINITY;
    }
    double rest = 1 - x;
    if (rest * (alpha + beta + 2) <= beta + 1) {
      return x * rest * fraction(rest, x);
    }
    double density = density(x);
    if (density == Double.POSITIVE_INFINITY && x > 0) {
      // x f(x) is no such number.
      double logarithm =
          alpha * StrictMath.log(x)
              + (beta - 1) * StrictMath.log1p(-x)
              - LogBeta.value(alpha, beta);
      return x * (survival(x) / StrictMath.exp(logarithm));
    }
    return survival(x) / density;
  }

  @Override
  public double logDensitySlope(double x) {
    return (alpha - 1) / x - (beta - 1) / (1 - x);
  }

  /**
   * P(X &gt; 1 - e) / (e^b x^a / B(a, b)), x = 1 - e: the continued fraction of Didonato and Morris
   * (ACM TOMS 18, 1992, equation 9), whose terms are positive while there are many of them, by
   * Lentz's method.
   */
  private double fraction(double e, double x) {
    double slope = beta * x - alpha * e + 1;
    double value = beta / (beta + 1) * slope;
    double c = value;
    double d = 0;
    for (int n = 1; n < 1_000_000; n++) {
      double even = beta + 2.0 * n - 1;
      double share = n * (alpha - n) * e / even;
      double numerator = (beta + n - 1) * ((alpha + beta + n - 1) / even) * share * e;
      double denominator = n + share + (beta + n) / (even + 2) * (slope + n * (1 + x));
      c = denominator + numerator / c;
      d = 1 / (denominator + numerator * d);
      double step = c * d;
      value *= step;
      if (Math.abs(step - 1) <= 0x1p-53) {
        break;
      }
    }
    return 1 / value;
  }

  @Override
  public double quantile(double p) {
    Checks.probability(p);
    return BetaDistribution.of(alpha, beta).inverseCumulativeProbability(p);
  }

  @Override
  public double upperQuantile(double q) {
    Checks.probability(q);
    return BetaDistribution.of(alpha, beta).inverseSurvivalProbability(q);
  }

  @Override
  public double excess(double a) {
    if (a <= 0) {
      return mean() - a;
    }
    if (a >= 1) {
      return 0;
    }
    double rest = 1 - a;
    if (rest * (alpha + beta + 1) <= RATIO * (beta + 1)) {
      return tail(rest);
    }
    // E X 1{X > a} = mean P(X' > a), X' of one more success.
    double value =
        mean() * BetaIntegral.upper(a, alpha + 1, beta) - a * BetaIntegral.upper(a, alpha, beta);
    return Math.max(value, 0.0);
  }

  /**
   * E (e - Y)+ with Y = 1 - X of beta(b, a), b = beta: with I_e(b, a) = e^b (1 - e)^a F / (b B(a,
   * b)), F = sum of (a + b)_k / (b + 1)_k e^k (DLMF 8.17.8), the difference of the two parts is a
   * series of positive terms, e^k (a + b)_(k-1) / (b + 1)_(k-1) (a k + b) / ((a + b)(b + k)).
   */
  private double tail(double e) {
    double sum = 0;
    double factor = e;
    for (int k = 1; k < 10_000; k++) {
      double term = factor * ((alpha * k + beta) / ((alpha + beta) * (beta + k)));
      sum += term;
      if (term <= 0x1p-56 * sum) {
        break;
      }
      factor *= e * ((alpha + beta + k - 1) / (beta + k));
    }
    double logarithm =
        beta * StrictMath.log(e) + alpha * StrictMath.log1p(-e) - LogBeta.value(alpha, beta);
    return StrictMath.exp(logarithm) / beta * sum;
  }
}
