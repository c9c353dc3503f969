package bellwether.core.path;

import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/** What a simulation has found out, with 95% confidence intervals. */
public final class PathEstimates {
  private static final double CONFIDENCE = 0.95;
  private static final double ROUNDING = 0x1p-51;

  private final PathStudy study;
  private final Design design;
  private final Features features;
  private final Sums sums;
  private final double[] centers;
  private final QuantileSketch @Nullable [] sketches;
  private final StoppedBy stoppedBy;

  /** Why a simulation ended. */
  public enum StoppedBy {
    /** It has not. */
    NOTHING,
    /** All the paths asked for are simulated. */
    PATHS,
    /** Every interval is as narrow as asked for. */
    TARGET_HALF_WIDTH,
    /** The most paths that a target may take are simulated. */
    MAX_PATHS,
    /** Some value is not finite, so that no number of paths would reach the target. */
    NOT_FINITE
  }

  PathEstimates(
      PathStudy study,
      Design design,
      Features features,
      Sums sums,
      double[] centers,
      QuantileSketch @Nullable [] sketches,
      StoppedBy stoppedBy) {
    this.study = study;
    this.design = design;
    this.features = features;
    this.sums = sums.byUnits(features);
    this.centers = centers;
    this.sketches = sketches;
    this.stoppedBy = stoppedBy;
  }

  /** Paths that were simulated. */
  public long paths() {
    return sums.paths;
  }

  /** Units that were simulated: what is independent and identically distributed. */
  public long units() {
    return sums.units;
  }

  /** Why there are no more. */
  public StoppedBy stoppedBy() {
    return stoppedBy;
  }

  /** Paths whose value at the i-th time is not finite. */
  public long notFinite(int i) {
    return sums.notFinite[i];
  }

  /** The mean at the i-th time. */
  public Estimate mean(int i) {
    return feature(i);
  }

  /** The probability of exceeding the barrier. */
  public Estimate barrierProbability() {
    Estimate estimate = feature(features.barrier);
    boolean counted =
        design == Design.INDEPENDENT
            && features.control < 0
            && study.monitoring() != Barrier.Monitoring.CONTINUOUS;
    double lower = Math.max(0, estimate.lower());
    double upper = Math.min(1, estimate.upper());
    if (counted) {
      // Wilson (1927): sound where nothing, or everything, was seen.
      double n = sums.paths;
      double z = factor(0);
      double p = Math.min(1, Math.max(0, estimate.value()));
      double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
      double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
      lower = Math.max(0, middle - half);
      upper = Math.min(1, middle + half);
    }
    return new Estimate(clipped(estimate.value(), counted), estimate.standardError(), lower, upper);
  }

  private static double clipped(double p, boolean counted) {
    return counted ? Math.min(1, Math.max(0, p)) : p;
  }

  /** The mean of the discounted sum. */
  public Estimate discountedSum() {
    return feature(features.sum);
  }

  /** The mean of the running maximum at its end. */
  public Estimate maximum() {
    return feature(features.maximum);
  }

  /** The mean of the process less that of the other one, at the i-th time. */
  public Estimate difference(int i) {
    return feature(features.difference + i);
  }

  private double factor(int estimated) {
    double freedom = Math.max(1.0, (double) sums.units - 1 - estimated);
    return TDistribution.of(freedom).inverseSurvivalProbability((1 - CONFIDENCE) / 2);
  }

  private Estimate feature(int k) {
    double n = sums.units;
    double f = sums.feature[Sums.EACH * k] / n;
    double variance = Math.max(0, sums.feature[Sums.EACH * k + 1] / n - f * f);
    int c = features.control;
    double value = centers[k] + f;
    int estimated = 0;
    if (c >= 0) {
      double mean = sums.feature[Sums.EACH * c] / n;
      double own = sums.feature[Sums.EACH * c + 1] / n - mean * mean;
      double joint = sums.feature[Sums.EACH * k + 2] / n - mean * f;
      if (own > 0) {
        double slope = joint / own;
        value = centers[k] + (f - slope * mean);
        variance = Math.max(0, variance - slope * joint);
        estimated = 1;
      }
    }
    double error = Math.sqrt(variance / Math.max(1, n - 1 - estimated));
    if (sums.feature[Sums.EACH * k + 1] > 0) {
      // Pairs may cancel up to rounding, which is an error too.
      error = Math.max(error, ROUNDING * Math.abs(value));
    }
    return checked(Estimate.around(value, error, factor(estimated)));
  }

  private static Estimate checked(Estimate estimate) {
    return Double.isFinite(estimate.value()) ? estimate : Estimate.NONE;
  }

  /** The variance at the i-th time. */
  public Estimate variance(int i) {
    return covariance(i, i);
  }

  /**
   * The covariance of the values at two times; of different ones only where the study asked for it.
   */
  public Estimate covariance(int first, int last) {
    int i = Math.min(first, last);
    int j = Math.max(first, last);
    double n = sums.units;
    int at = Sums.EACH * features.pair(i, j);
    double x = sums.feature[Sums.EACH * i] / n;
    double y = sums.feature[Sums.EACH * j] / n;
    double q = sums.pair[at] / n;
    // What units' means have in common: x y takes that off, and a share of it is put back.
    double common =
        (design == Design.INDEPENDENT ? q : sums.cross[features.pair(i, j)] / n) - x * y;
    // The estimator is a mean of q - y x - x y, but for terms of higher order.
    double ofQ = sums.pair[at + 1] / n - q * q;
    double qx = sums.pair[at + 2] / n - q * x;
    double qy = sums.pair[at + 3] / n - q * y;
    double xx = sums.feature[Sums.EACH * i + 1] / n - x * x;
    double yy = sums.feature[Sums.EACH * j + 1] / n - y * y;
    double variance = ofQ + y * y * xx + x * x * yy - 2 * y * qx - 2 * x * qy + 2 * x * y * common;
    double error = Math.sqrt(Math.max(0, variance) / Math.max(1, n - 1));
    double value = q - x * y + common / Math.max(1, n - 1);
    error = Math.max(error, ROUNDING * Math.abs(value));
    Estimate estimate = Estimate.around(value, error, factor(0));
    return checked(
        i == j
            ? new Estimate(
                Math.max(0, value), error, Math.max(0, estimate.lower()), estimate.upper())
            : estimate);
  }

  /**
   * The quantile at the i-th time. Its interval is between order statistics whose ranks are two
   * binomial standard deviations (and the sketch's own error) apart, for units of which each counts
   * one: conservative for pairs and blocks, in which paths spread more evenly.
   */
  public Estimate quantile(int i) {
    QuantileSketch[] seen = sketches;
    if (seen == null || sums.notFinite[i] > 0) {
      return Estimate.NONE;
    }
    QuantileSketch sketch = seen[i];
    double n = sketch.count();
    double level = study.quantileLevel();
    double units = design == Design.ANTITHETIC ? n / 2 : n;
    double z = factor(0);
    double reach = z * Math.sqrt(level * (1 - level) / units) * n + sketch.rankError();
    double rank = level * n;
    double[] found =
        sketch.ofRanks(Math.ceil(rank), Math.floor(rank - reach), Math.ceil(rank + reach) + 1);
    double error = (found[2] - found[1]) / (2 * z);
    return new Estimate(found[0], error, found[1], found[2]);
  }

  /** About how many paths would make every interval as narrow as asked for. */
  public long pathsFor(double halfWidth) {
    double ratio = widestHalfWidth() / halfWidth;
    return (long) Math.ceil(ratio * ratio * sums.paths);
  }

  /**
   * The widest half interval of all means and the barrier's probability; NaN where one is not
   * finite.
   */
  public double widestHalfWidth() {
    double widest = 0;
    for (int k = 0; k < features.count; k++) {
      if (k != features.control) {
        double half =
            k == features.barrier ? barrierProbability().halfWidth() : feature(k).halfWidth();
        widest = Math.max(widest, half);
      }
    }
    return widest;
  }
}
