package bellwether.core.path;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * An estimate with its 95% confidence interval.
 *
 * @param value the estimate
 * @param standardError of it
 * @param lower end of the interval
 * @param upper end of the interval
 */
public record Estimate(double value, double standardError, double lower, double upper) {
  /** What is not known. */
  static final Estimate NONE = new Estimate(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Half the width of the interval. */
  public double halfWidth() {
    return 0.5 * (upper - lower);
  }

  /**
   * How many standard errors a 95% interval reaches to each side when the error was estimated: the
   * quantile of Student's distribution.
   *
   * @param freedom degrees of freedom, at least 1
   */
  public static double studentFactor(double freedom) {
    return TDistribution.of(freedom).inverseSurvivalProbability(0.025);
  }

  /** An estimate whose interval reaches {@code factor} standard errors to both sides. */
  static Estimate around(double value, double standardError, double factor) {
    double half = factor * standardError;
    return new Estimate(value, standardError, value - half, value + half);
  }
}
