package bellwether.core.distribution;

/**
 * The distribution with P(X &lt;= x) = x^exponent on [0, 1]: the largest of {@code exponent}
 * uniform draws.
 *
 * @param exponent above 0
 */
public record Power(double exponent) implements Distribution {

  /**
   * Checks the exponent.
   *
   * @throws IllegalArgumentException when it is not finite and above 0
   */
  public Power {
    Checks.positive("exponent", exponent);
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
    return exponent / (exponent + 1);
  }

  @Override
  public double cumulative(double x) {
    return x <= 0 ? 0 : x >= 1 ? 1 : StrictMath.pow(x, exponent);
  }

  @Override
  public double survival(double x) {
    return x <= 0 ? 1 : x >= 1 ? 0 : -StrictMath.expm1(exponent * StrictMath.log(x));
  }

  @Override
  public double density(double x) {
    return x < 0 || x > 1 ? 0 : exponent * StrictMath.pow(x, exponent - 1);
  }

  @Override
  public double inverseHazard(double x) {
    if (x >= 1) {
      return 0;
    }
    if (x < 0) {
      return Double.POSITIVE_INFINITY;
    }
    if (x == 0) {
      return exponent < 1 ? 0 : exponent == 1 ? 1 : Double.POSITIVE_INFINITY;
    }
    // Not x^(k - 1): of k - 1 far below 1 the last digits of k would be lost.
    return survival(x) * x / cumulative(x) / exponent;
  }

  @Override
  public double logDensitySlope(double x) {
    return (exponent - 1) / x;
  }

  @Override
  public double quantile(double p) {
    Checks.probability(p);
    return StrictMath.pow(p, 1 / exponent);
  }

  @Override
  public double upperQuantile(double q) {
    Checks.probability(q);
    return StrictMath.exp(StrictMath.log1p(-q) / exponent);
  }

  @Override
  public double excess(double a) {
    if (a <= 0) {
      return mean() - a;
    }
    if (a >= 1) {
      return 0;
    }
    if ((1 - a) * exponent <= 1) {
      // Near the upper end the direct formula cancels; this is a beta distribution too.
      return new Beta(exponent, 1).excess(a);
    }
    // The integral of 1 - x^k from a to 1.
    return (1 - a) + StrictMath.expm1((exponent + 1) * StrictMath.log(a)) / (exponent + 1);
  }
}
