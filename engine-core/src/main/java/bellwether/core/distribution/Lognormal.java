package bellwether.core.distribution;

/**
 * The distribution of exp(mu + sigma Z), Z standard normal.
 *
 * @param mu mean of the logarithm
 * @param sigma standard deviation of the logarithm, above 0
 */
public record Lognormal(double mu, double sigma) implements Distribution {

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException when they are not finite, {@code sigma} is not above 0, or the
   *     mean exp(mu + sigma^2 / 2) overflows
   */
  public Lognormal {
    Checks.finite("mu", mu);
    Checks.positive("sigma", sigma);
    Checks.mean(StrictMath.exp(mu + sigma * sigma / 2));
  }

  @Override
  public double low() {
    return 0;
  }

  @Override
  public double high() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public double mean() {
    return StrictMath.exp(mu + sigma * sigma / 2);
  }

  private double standard(double x) {
    return (StrictMath.log(x) - mu) / sigma;
  }

  @Override
  public double cumulative(double x) {
    return x <= 0 ? 0 : StandardNormal.upperTail(-standard(x));
  }

  @Override
  public double survival(double x) {
    return x <= 0 ? 1 : StandardNormal.upperTail(standard(x));
  }

  @Override
  public double density(double x) {
    return x <= 0 ? 0 : StandardNormal.density(standard(x)) / (sigma * x);
  }

  @Override
  public double inverseHazard(double x) {
    if (x == Double.POSITIVE_INFINITY) {
      return 0;
    }
    return x <= 0
        ? Double.POSITIVE_INFINITY
        : x * (sigma * StandardNormal.inverseHazard(standard(x)));
  }

  @Override
  public double logDensitySlope(double x) {
    return -(1 + standard(x) / sigma) / x;
  }

  /** (u + sigma) M(u) - 1 with Mills' ratio M, u = (ln x - mu) / sigma. */
  @Override
  public double inverseHazardSlope(double x) {
    double u = standard(x);
    return (u + sigma) * StandardNormal.inverseHazard(u) - 1;
  }

  @Override
  public double quantile(double p) {
    return StrictMath.exp(new Normal(mu, sigma).quantile(p));
  }

  @Override
  public double upperQuantile(double q) {
    return StrictMath.exp(new Normal(mu, sigma).upperQuantile(q));
  }

  @Override
  public double excess(double a) {
    if (a <= 0) {
      return mean() - a;
    }
    if (a == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double d = standard(a);
    double value = mean() * StandardNormal.upperTail(d - sigma) - a * StandardNormal.upperTail(d);
    return Math.max(value, 0.0);
  }
}
