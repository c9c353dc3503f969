package bellwether.core.distribution;

/**
 * The exponential distribution, P(X &gt; x) = exp(-rate x).
 *
 * @param rate above 0; the mean is 1 / rate
 */
public record Exponential(double rate) implements Distribution {

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException when it is not finite and above 0
   */
  public Exponential {
    Checks.positive("rate", rate);
    Checks.mean(1 / rate);
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
    return 1 / rate;
  }

  @Override
  public double cumulative(double x) {
    return x <= 0 ? 0 : -StrictMath.expm1(-rate * x);
  }

  @Override
  public double survival(double x) {
    return x <= 0 ? 1 : StrictMath.exp(-rate * x);
  }

  @Override
  public double density(double x) {
    return x < 0 ? 0 : rate * StrictMath.exp(-rate * x);
  }

  @Override
  public double inverseHazard(double x) {
    return x < 0 ? Double.POSITIVE_INFINITY : x == Double.POSITIVE_INFINITY ? 0 : 1 / rate;
  }

  @Override
  public double logDensitySlope(double x) {
    return -rate;
  }

  /** 0: the hazard rate is constant. */
  @Override
  public double inverseHazardSlope(double x) {
    return 0;
  }

  @Override
  public double quantile(double p) {
    Checks.probability(p);
    return -StrictMath.log1p(-p) / rate + 0.0;
  }

  @Override
  public double upperQuantile(double q) {
    Checks.probability(q);
    return -StrictMath.log(q) / rate + 0.0;
  }

  @Override
  public double excess(double a) {
    return a <= 0 ? mean() - a : StrictMath.exp(-rate * a) / rate;
  }
}
