package bellwether.core.distribution;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.RegularizedBeta;
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
    return x <= 0 ? 0 : x >= 1 ? 1 : RegularizedBeta.value(x, alpha, beta);
  }

  @Override
  public double survival(double x) {
    return x <= 0 ? 1 : x >= 1 ? 0 : RegularizedBeta.complement(x, alpha, beta);
  }

  @Override
  public double density(double x) {
    return BetaDistribution.of(alpha, beta).density(x);
  }

  /**
   * Near the upper end, where both tail and density may underflow, (1 - x) x / b times the sum of
   * (a + b)_k / (b + 1)_k (1 - x)^k (DLMF 8.17.8).
   */
  @Override
  public double inverseHazard(double x) {
    if (x >= 1) {
      return 0;
    }
    if (x < 0) {
      return Double.POSITIVE_INFINITY;
    }
    double rest = 1 - x;
    if (rest * (alpha + beta + 1) > RATIO * (beta + 1)) {
      return survival(x) / density(x);
    }
    double sum = 1;
    double term = 1;
    for (int k = 0; k < 10_000 && term > 0x1p-56 * sum; k++) {
      term *= rest * ((alpha + beta + k) / (beta + 1 + k));
      sum += term;
    }
    return rest * x / beta * sum;
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
        mean() * RegularizedBeta.complement(a, alpha + 1, beta)
            - a * RegularizedBeta.complement(a, alpha, beta);
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
