package bellwether.core.distribution;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The normal distribution.
 *
 * @param mean finite
 * @param sd standard deviation, above 0
 */
public record Normal(double mean, double sd) implements Distribution {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException when they are not finite or {@code sd} is not above 0
   */
  public Normal {
    Checks.finite("mean", mean);
    Checks.positive("sd", sd);
  }

  @Override
  public double low() {
    return Double.NEGATIVE_INFINITY;
  }

  @Override
  public double high() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public double cumulative(double x) {
    return StandardNormal.upperTail((mean - x) / sd);
  }

  @Override
  public double survival(double x) {
    return StandardNormal.upperTail((x - mean) / sd);
  }

  @Override
  public double density(double x) {
    return StandardNormal.density((x - mean) / sd) / sd;
  }

  @Override
  public double inverseHazard(double x) {
    return sd * StandardNormal.inverseHazard((x - mean) / sd);
  }

  @Override
  public double logDensitySlope(double x) {
    return -((x - mean) / sd) / sd;
  }

  /** u M(u) - 1 with Mills' ratio M, u = (x - mean) / sd. */
  @Override
  public double inverseHazardSlope(double x) {
    double u = (x - mean) / sd;
    return u * StandardNormal.inverseHazard(u) - 1;
  }

  @Override
  public double quantile(double p) {
    Checks.probability(p);
    return mean + sd * STANDARD.inverseCumulativeProbability(p);
  }

  @Override
  public double upperQuantile(double q) {
    Checks.probability(q);
    return mean + sd * STANDARD.inverseSurvivalProbability(q);
  }

  @Override
  public double excess(double a) {
    return sd * StandardNormal.shortfall((a - mean) / sd);
  }
}
