package bellwether.core.distribution;

import org.apache.commons.numbers.gamma.LogBeta;

/**
 * The distribution with P(X &gt; x) = (1 - x^a)^b on [0, 1] (Kumaraswamy 1980).
 *
 * @param a above 0
 * @param b above 0
 */
public record Kumaraswamy(double a, double b) implements Distribution {

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException when they are not finite and above 0
   */
  public Kumaraswamy {
    Checks.positive("a", a);
    Checks.positive("b", b);
  }

  @Override
  public double low() {
    return 0;
  }

  @Override
  public double high() {
    return 1;
  }

  /** E X = B(1 / a, b + 1) / a. */
  @Override
  public double mean() {
    return StrictMath.exp(LogBeta.value(1 / a, b + 1)) / a;
  }

  /** ln(1 - x^a), for 0 &lt; x &lt; 1. */
  private double logRest(double x) {
    return StrictMath.log(rest(x));
  }

  @Override
  public double cumulative(double x) {
    return x <= 0 ? 0 : x >= 1 ? 1 : -StrictMath.expm1(b * StrictMath.log1p(-StrictMath.pow(x, a)));
  }

  @Override
  public double survival(double x) {
    return x <= 0 ? 1 : x >= 1 ? 0 : StrictMath.exp(b * logRest(x));
  }

  @Override
  public double density(double x) {
    if (x < 0 || x > 1) {
      return 0;
    }
    double rest = x == 0 ? 1 : -StrictMath.expm1(a * StrictMath.log(x));
    return a * b * StrictMath.pow(x, a - 1) * StrictMath.pow(rest, b - 1);
  }

  /** (1 - x^a) / (a b x^(a - 1)): the powers of the rest cancel. */
  @Override
  public double inverseHazard(double x) {
    if (x >= 1) {
      return 0;
    }
    if (x < 0) {
      return Double.POSITIVE_INFINITY;
    }
    if (x == 0) {
      return a < 1 ? 0 : a == 1 ? 1 / b : Double.POSITIVE_INFINITY;
    }
    // Not x^(a - 1): of a - 1 far below 1 the last digits of a would be lost.
    return rest(x) * x / StrictMath.pow(x, a) / (a * b);
  }

  /** 1 - x^a, for 0 &lt; x &lt; 1. */
  private double rest(double x) {
    return -StrictMath.expm1(a * StrictMath.log(x));
  }

  @Override
  public double logDensitySlope(double x) {
    return ((a - 1) - (b - 1) * a * StrictMath.pow(x, a) / rest(x)) / x;
  }

  @Override
  public double quantile(double p) {
    Checks.probability(p);
    return StrictMath.pow(-StrictMath.expm1(StrictMath.log1p(-p) / b), 1 / a);
  }

  @Override
  public double upperQuantile(double q) {
    Checks.probability(q);
    return StrictMath.exp(StrictMath.log1p(-StrictMath.pow(q, 1 / b)) / a);
  }

  /** The integral of (1 - x^a)^b from c to 1 is mean P(T &gt; c^a), T of beta(1 / a, b + 1). */
  @Override
  public double excess(double c) {
    if (c <= 0) {
      return mean() - c;
    }
    if (c >= 1) {
      return 0;
    }
    double rest = -StrictMath.expm1(a * StrictMath.log(c));
    return mean() * BetaIntegral.lower(rest, b + 1, 1 / a);
  }
}
