package bellwether.core.path;

/**
 * Quantiles of a Poisson distribution by search in a table of its distribution function, between
 * the values beyond which less than 2^-53 is left on either side.
 */
final class PoissonTable {
  /** Deviations from the mean that the table reaches to, and counts beyond. */
  private static final double REACH = 9;

  private static final int BEYOND = 60;

  private final double mean;
  private final int first;

  /** Relative to all: cumulative[i] is P(N <= first + i). */
  private final double[] cumulative;

  PoissonTable(double mean) {
    this.mean = mean;
    double reach = REACH * Math.sqrt(mean) + BEYOND;
    first = (int) Math.max(0, Math.floor(mean - reach));
    int size = (int) Math.ceil(mean + reach) - first + 1;
    cumulative = new double[size];
    // From the mode outwards, so that nothing underflows; only ratios are needed.
    int mode = (int) mean - first;
    cumulative[mode] = 1;
    for (int i = mode + 1; i < size; i++) {
      cumulative[i] = cumulative[i - 1] * (mean / (first + i));
    }
    for (int i = mode - 1; i >= 0; i--) {
      cumulative[i] = cumulative[i + 1] * ((first + i + 1) / mean);
    }
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += cumulative[i];
      cumulative[i] = sum;
    }
    for (int i = 0; i < size; i++) {
      cumulative[i] /= sum;
    }
  }

  double mean() {
    return mean;
  }

  /** The least n with P(N <= n) >= u. */
  int quantile(double u) {
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] >= u) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return first + low;
  }
}
