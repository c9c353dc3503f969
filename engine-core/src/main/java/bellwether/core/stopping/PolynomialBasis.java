package bellwether.core.stopping;

import java.util.ArrayList;
import java.util.List;

/**
 * Polynomials of the ordered prices, largest first, each less its mean and divided by its standard
 * deviation: all monomials up to a total degree in the first few, powers of the others alone. Row l
 * of a block of paths holds function l, so that a row is the product of two earlier ones.
 *
 * <p>Where the payoff is positive it is linear in the largest (or only) price, so it is among them.
 */
final class PolynomialBasis {
  /** Monomials mix so many of the largest prices. */
  private static final int MIXED = 4;

  private final int assets;

  /** Row l is row left[l] times row right[l]; variables have right[l] = -1. */
  private final int[] left;

  private final int[] right;

  PolynomialBasis(int assets, int degree) {
    this.assets = assets;
    List<int[]> rows = new ArrayList<>();
    rows.add(new int[] {0, -1});
    for (int i = 0; i < assets; i++) {
      rows.add(new int[] {i, -1});
    }
    // Monomials of one degree more: each earlier one times the variables from its last on.
    int mixed = Math.min(assets, MIXED);
    List<int[]> last = new ArrayList<>();
    for (int i = 0; i < assets; i++) {
      last.add(new int[] {1 + i, i});
    }
    for (int d = 2; d <= degree; d++) {
      List<int[]> next = new ArrayList<>();
      for (int[] monomial : last) {
        int end = monomial[1] < mixed ? mixed : monomial[1] + 1;
        for (int i = monomial[1]; i < end; i++) {
          rows.add(new int[] {monomial[0], 1 + i});
          next.add(new int[] {rows.size() - 1, i});
        }
      }
      last = next;
    }
    left = rows.stream().mapToInt(r -> r[0]).toArray();
    right = rows.stream().mapToInt(r -> r[1]).toArray();
  }

  /** How many functions there are. */
  int size() {
    return left.length;
  }

  /**
   * Evaluates all functions on paths.
   *
   * @param prices by asset from {@code i * stride}; ordered in place
   * @param count paths
   * @param rows function l from {@code l * stride}
   */
  void evaluate(
      double[] prices, int count, int stride, double mean, double deviation, double[] rows) {
    for (int end = assets - 1; end > 0; end--) {
      for (int i = 0; i < end; i++) {
        order(prices, i * stride, (i + 1) * stride, count);
      }
    }
    double scale = 1 / deviation;
    for (int p = 0; p < count; p++) {
      rows[p] = 1;
    }
    for (int i = 0; i < assets; i++) {
      int to = (1 + i) * stride;
      int from = i * stride;
      for (int p = 0; p < count; p++) {
        rows[to + p] = (prices[from + p] - mean) * scale;
      }
    }
    for (int l = 1 + assets; l < left.length; l++) {
      multiply(rows, left[l] * stride, right[l] * stride, l * stride, count);
    }
  }

  private static void order(double[] prices, int first, int second, int count) {
    for (int p = 0; p < count; p++) {
      double a = prices[first + p];
      double b = prices[second + p];
      prices[first + p] = a > b ? a : b;
      prices[second + p] = a > b ? b : a;
    }
  }

  private static void multiply(double[] rows, int a, int b, int to, int count) {
    for (int p = 0; p < count; p++) {
      rows[to + p] = rows[a + p] * rows[b + p];
    }
  }
}
