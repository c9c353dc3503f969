package bellwether.core.random;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The standard normal distribution function of a well-kept library. */
final class Phi {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Phi() {}

  static double of(double x) {
    return NORMAL.cumulativeProbability(x);
  }
}
