package bellwether.core.bandit;

import bellwether.core.parallel.Workers;
import java.util.Arrays;

/**
 * How far apart any two rows of a restless arm can be in total variation, from above, in two
 * passes; see {@link WhittleCertificate}.
 */
final class RowOverlap {
  private final double[] mean;
  private final double[] shared;
  private double apart;

  /** The first pass: the mean of all rows. */
  RowOverlap(RestlessArm arm) {
    int n = arm.states();
    mean = new double[n];
    shared = new double[n];
    Arrays.fill(shared, 1);
    for (FiniteArm part : new FiniteArm[] {arm.active(), arm.passive()}) {
      part.forEachRow(
          (_, row, offset) -> {
            Workers.checkInterrupted();
            for (int t = 0; t < n; t++) {
              mean[t] += row[offset + t];
            }
          });
    }
    for (int t = 0; t < n; t++) {
      mean[t] /= 2.0 * n;
    }
  }

  /** The second: a row, with what its diagonal has beside it. */
  void add(int s, double[] row, int offset, double rest) {
    double distance = 0;
    for (int t = 0; t < mean.length; t++) {
      double p = row[offset + t] + (t == s ? rest : 0);
      shared[t] = Math.min(shared[t], p);
      distance += Math.abs(p - mean[t]);
    }
    apart = Math.max(apart, distance);
  }

  /** At most this is left of a span after a step. */
  double contraction() {
    double kappa = 0;
    for (double mass : shared) {
      kappa += Math.max(0, mass);
    }
    // Rounding of the sums must not make them better than they are.
    return Math.min(1 - kappa * (1 - 1e-9), apart + 1e-9);
  }
}
