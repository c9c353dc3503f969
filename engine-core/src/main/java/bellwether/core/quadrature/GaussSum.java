package bellwether.core.quadrature;

/**
 * Gauss rules for sums: sum_{t=0}^{count-1} f(t) = sum_i weights[i] f(nodes[i]) for every
 * polynomial f of degree below twice the number of nodes. A sum over a million periods of a smooth
 * function costs a dozen evaluations.
 *
 * <p>The nodes are the zeros of the discrete Chebyshev polynomials, with the recurrence of Gautschi
 * (Orthogonal Polynomials, 2004, table 1.2); they are symmetric about (count - 1) / 2.
 *
 * @param nodes increasing, in [0, count - 1]
 * @param weights above 0, they sum to {@code count}
 */
@SuppressWarnings("ArrayRecordComponent")
public record GaussSum(double[] nodes, double[] weights) {

  /**
   * The rule of {@code order} nodes for a sum of {@code count} terms; of no more terms than that,
   * the sum itself. Costs order^2 searches for zeros.
   *
   * @param count at least 1
   * @param order at least 1
   * @throws IllegalArgumentException when one is not
   */
  public static GaussSum of(long count, int order) {
    if (count < 1 || order < 1) {
      throw new IllegalArgumentException(
          "count and order must be at least 1: " + count + ", " + order);
    }
    if (count <= order) {
      double[] nodes = new double[(int) count];
      double[] weights = new double[(int) count];
      for (int t = 0; t < count; t++) {
        nodes[t] = t;
        weights[t] = 1;
      }
      return new GaussSum(nodes, weights);
    }
    // On [-1, 1]: t = (count - 1 + count u) / 2.
    double[] b = new double[order + 1];
    for (int k = 1; k <= order; k++) {
      double share = k / (double) count;
      b[k] = k / (2.0 * k - 1) * (k / (2.0 * k + 1)) * ((1 - share) * (1 + share));
    }
    // Zeros of neighbouring polynomials interlace.
    double[] zeros = {0};
    for (int degree = 2; degree <= order; degree++) {
      double[] next = new double[degree];
      for (int i = 0; i < degree; i++) {
        double from = i == 0 ? -1 : zeros[i - 1];
        double to = i == degree - 1 ? 1 : zeros[i];
        next[i] = zero(b, degree, from, to);
      }
      zeros = next;
    }
    double[] nodes = new double[order];
    double[] weights = new double[order];
    for (int i = 0; i < order; i++) {
      double u = zeros[i];
      nodes[i] = (count - 1 + count * u) / 2;
      double before = 0;
      double value = 1;
      double squares = 1;
      for (int k = 1; k < order; k++) {
        double next = (u * value - Math.sqrt(b[k - 1]) * before) / Math.sqrt(b[k]);
        before = value;
        value = next;
        squares += value * value;
      }
      weights[i] = count / squares;
    }
    return new GaussSum(nodes, weights);
  }

  /** The zero of the monic polynomial between two points at which it has different signs. */
  private static double zero(double[] b, int degree, double from, double to) {
    boolean rises = polynomial(b, degree, to) > 0;
    double below = from;
    double above = to;
    while (true) {
      double middle = below + (above - below) / 2;
      if (middle <= below || middle >= above) {
        return middle;
      }
      if (polynomial(b, degree, middle) > 0 == rises) {
        above = middle;
      } else {
        below = middle;
      }
    }
  }

  private static double polynomial(double[] b, int degree, double u) {
    double before = 0;
    double value = 1;
    for (int k = 0; k < degree; k++) {
      double next = u * value - b[k] * before;
      before = value;
      value = next;
    }
    return value;
  }
}
