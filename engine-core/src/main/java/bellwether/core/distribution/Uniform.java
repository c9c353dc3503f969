package bellwether.core.distribution;

/**
 * The uniform distribution.
 *
 * @param low lower end, finite
 * @param high upper end, finite and above {@code low}
 */
public record Uniform(double low, double high) implements Distribution {

  /**
   * Checks the ends.
   *
   * @throws IllegalArgumentException when they are not finite, or not in this order
   */
  public Uniform {
    Checks.finite("low", low);
    Checks.finite("high", high);
    if (!(low < high && Double.isFinite(high - low))) {
      throw new IllegalArgumentException("low must be below high: " + low + ", " + high);
    }
  }

  @Override
  public double mean() {
    return low + (high - low) / 2;
  }

  @Override
  public double cumulative(double x) {
    return x <= low ? 0 : x >= high ? 1 : (x - low) / (high - low);
  }

  @Override
  public double survival(double x) {
    return x <= low ? 1 : x >= high ? 0 : (high - x) / (high - low);
  }

  @Override
  public double density(double x) {
    return x < low || x > high ? 0 : 1 / (high - low);
  }

  @Override
  public double inverseHazard(double x) {
    return x < low ? Double.POSITIVE_INFINITY : Math.max(high - x, 0);
  }

  @Override
  public double logDensitySlope(double x) {
    return 0;
  }

  @Override
  public double quantile(double p) {
    Checks.probability(p);
    return p == 1 ? high : Math.fma(p, high - low, low);
  }

  @Override
  public double upperQuantile(double q) {
    Checks.probability(q);
    return q == 1 ? low : Math.fma(-q, high - low, high);
  }

  @Override
  public double excess(double a) {
    if (a <= low) {
      return mean() - a;
    }
    return a >= high ? 0 : (high - a) * ((high - a) / (high - low)) / 2;
  }
}
