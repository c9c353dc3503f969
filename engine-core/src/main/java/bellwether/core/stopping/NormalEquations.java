package bellwether.core.stopping;

import org.jspecify.annotations.Nullable;

/**
 * Least squares by the sums of products of all functions: they are made orthonormal one by one, the
 * one with the most left first, and those of which nothing but rounding is left are not used. That
 * is a QR factorization with column pivoting, of which only R is kept.
 */
final class NormalEquations {
  /** Of a function's square, what must be left beside those before it. */
  private static final double LEFT = 1e-11;

  private NormalEquations() {}

  /**
   * The coefficients; null when there are fewer paths than functions, or values that are not
   * finite.
   *
   * @param gram sums of f_i f_j for j &lt;= i at {@code i * (i + 1) / 2 + j}; gram[0] is the number
   *     of paths
   * @param right sums of f_i y
   */
  static double @Nullable [] solve(double[] gram, double[] right) {
    int n = right.length;
    if (!(gram[0] >= n)) {
      return null;
    }
    double[] scale = new double[n];
    for (int i = 0; i < n; i++) {
      double square = gram[i * (i + 1) / 2 + i];
      if (!(square < Double.POSITIVE_INFINITY)) {
        return null;
      }
      scale[i] = square > 0 ? 1 / Math.sqrt(square) : 0;
    }
    // Column k of the factor: lower[i * n + k], function i in its own place.
    double[] lower = new double[n * n];
    double[] rest = new double[n];
    double[] y = new double[n];
    boolean[] used = new boolean[n];
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      rest[i] = scale[i] > 0 ? 1 : 0;
    }
    int rank = 0;
    while (rank < n) {
      int pivot = -1;
      for (int i = 0; i < n; i++) {
        if (!used[i] && (pivot < 0 || rest[i] > rest[pivot])) {
          pivot = i;
        }
      }
      if (!(rest[pivot] > LEFT)) {
        break;
      }
      double root = Math.sqrt(rest[pivot]);
      used[pivot] = true;
      order[rank] = pivot;
      double sum = right[pivot] * scale[pivot];
      for (int k = 0; k < rank; k++) {
        sum -= lower[pivot * n + k] * y[k];
      }
      y[rank] = sum / root;
      for (int i = 0; i < n; i++) {
        if (used[i] && i != pivot) {
          continue;
        }
        double entry = product(gram, i, pivot) * scale[i] * scale[pivot];
        for (int k = 0; k < rank; k++) {
          entry -= lower[i * n + k] * lower[pivot * n + k];
        }
        lower[i * n + rank] = i == pivot ? root : entry / root;
        if (i != pivot) {
          rest[i] -= lower[i * n + rank] * lower[i * n + rank];
        }
      }
      rank++;
    }
    double[] coefficients = new double[n];
    for (int k = rank - 1; k >= 0; k--) {
      double sum = y[k];
      for (int l = k + 1; l < rank; l++) {
        sum -= lower[order[l] * n + k] * coefficients[order[l]];
      }
      coefficients[order[k]] = sum / lower[order[k] * n + k];
    }
    for (int i = 0; i < n; i++) {
      coefficients[i] *= scale[i];
    }
    return coefficients;
  }

  private static double product(double[] gram, int i, int j) {
    int high = Math.max(i, j);
    return gram[high * (high + 1) / 2 + Math.min(i, j)];
  }
}
