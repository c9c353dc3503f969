package bellwether.core.policy;

/**
 * Means of the values of several policies on the same paths, with the sums of products of their
 * deviations, and the same of the arms' shares; merged by Chan, Golub and LeVeque (1979).
 */
final class PathStatistics {
  private final int policies;
  private final int arms;
  private long count;
  private final double[] mean;
  private final double[] products;
  private final double[] shareMean;
  private final double[] shareSquares;
  private final double[] difference;

  PathStatistics(int policies, int arms) {
    this.policies = policies;
    this.arms = arms;
    mean = new double[policies];
    products = new double[policies * policies];
    shareMean = new double[policies * arms];
    shareSquares = new double[policies * arms];
    difference = new double[policies];
  }

  /**
   * Adds one path.
   *
   * @param values by policy, at {@code k * stride + offset}
   */
  void add(double[] values, int stride, int offset) {
    count++;
    for (int k = 0; k < policies; k++) {
      difference[k] = values[k * stride + offset] - mean[k];
      mean[k] += difference[k] / count;
    }
    for (int k = 0; k < policies; k++) {
      double after = values[k * stride + offset] - mean[k];
      for (int l = 0; l < policies; l++) {
        products[k * policies + l] += after * difference[l];
      }
    }
  }

  /** Adds the share of an arm on the path number {@code path} of this block. */
  void share(int policy, int arm, int path, double share) {
    int at = policy * arms + arm;
    double change = share - shareMean[at];
    shareMean[at] += change / (path + 1);
    shareSquares[at] += change * (share - shareMean[at]);
  }

  /** Adds what another has seen. */
  void merge(PathStatistics more) {
    double total = count + (double) more.count;
    if (total == 0) {
      return;
    }
    double weight = more.count / total;
    double cross = count * weight;
    for (int k = 0; k < policies; k++) {
      difference[k] = more.mean[k] - mean[k];
    }
    for (int k = 0; k < policies; k++) {
      for (int l = 0; l < policies; l++) {
        products[k * policies + l] +=
            more.products[k * policies + l] + cross * difference[k] * difference[l];
      }
      mean[k] += weight * difference[k];
    }
    for (int i = 0; i < shareMean.length; i++) {
      double change = more.shareMean[i] - shareMean[i];
      shareSquares[i] += more.shareSquares[i] + cross * change * change;
      shareMean[i] += weight * change;
    }
    count += more.count;
  }

  long count() {
    return count;
  }

  double mean(int policy) {
    return mean[policy];
  }

  /** Of the mean of a policy. */
  double standardError(int policy) {
    return error(products[policy * policies + policy]);
  }

  /** Of the difference of two policies' means. */
  double standardError(int policy, int other) {
    double sum =
        products[policy * policies + policy]
            + products[other * policies + other]
            - products[policy * policies + other]
            - products[other * policies + policy];
    return error(Math.max(0, sum));
  }

  double share(int policy, int arm) {
    return shareMean[policy * arms + arm];
  }

  double shareError(int policy, int arm) {
    return error(shareSquares[policy * arms + arm]);
  }

  private double error(double squares) {
    return Math.sqrt(squares / (count - 1.0) / count);
  }
}
