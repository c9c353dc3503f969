package bellwether.core.stopping;

import bellwether.core.quadrature.GaussLegendre;

/**
 * A line cut into equal panels with Gauss-Legendre nodes, on which functions are kept by their
 * values at the nodes, and the convolution with a normal density on it.
 *
 * <p>A function that is smooth on a panel is its polynomial there. One with kinks is replaced by
 * its projection on polynomials, found by quadrature over the pieces between the kinks: the density
 * is a polynomial too, to about 1e-12, so the integral of the two does not see the difference.
 *
 * <p>The convolution depends on the distance of two panels only: one small matrix a distance.
 */
final class GaussianPanels {
  /** Beyond so many standard deviations there is nothing: the tail is 1e-18. */
  static final double REACH = 8.75;

  private final int order;
  private final double sd;
  private final double width;
  private final int radius;
  private final double[] node;
  private final double[] weight;

  /** P_l at node i, {@code [l * order + i]}. */
  private final double[] legendre;

  /** {@code [o + radius][j * order + i]}: to node i from node j of the panel o further. */
  private final double[][] block;

  /**
   * Panels for steps of standard deviation {@code sd}.
   *
   * @param widthInSds width of a panel in sds, about 2
   * @param order nodes a panel
   * @param growth functions grow at most like exp(growth |x|)
   */
  GaussianPanels(double sd, double widthInSds, int order, double growth) {
    this.order = order;
    this.sd = sd;
    width = sd * widthInSds;
    radius = (int) Math.ceil((REACH + growth * sd) / widthInSds) + 1;
    GaussLegendre rule = GaussLegendre.of(order);
    node = rule.nodes();
    weight = rule.weights();
    legendre = new double[order * order];
    double[] column = new double[order];
    for (int i = 0; i < order; i++) {
      polynomials(node[i], column);
      for (int l = 0; l < order; l++) {
        legendre[l * order + i] = column[l];
      }
    }
    block = new double[2 * radius + 1][order * order];
    for (int o = -radius; o <= radius; o++) {
      for (int i = 0; i < order; i++) {
        for (int j = 0; j < order; j++) {
          double distance = width * (o + (node[j] - node[i]) / 2);
          block[o + radius][j * order + i] = weight[j] * width / 2 * density(distance);
        }
      }
    }
  }

  private double density(double distance) {
    double z = distance / sd;
    return StrictMath.exp(-z * z / 2) / (sd * Math.sqrt(2 * StrictMath.PI));
  }

  int order() {
    return order;
  }

  int radius() {
    return radius;
  }

  double sd() {
    return sd;
  }

  double width() {
    return width;
  }

  /** Node i in [-1, 1]. */
  double node(int i) {
    return node[i];
  }

  /** Node i of a panel that begins at {@code from}. */
  double at(double from, int i) {
    return from + width * (1 + node[i]) / 2;
  }

  /** The weight of node i of any panel in the mean of a function over N({@code mean}, sd^2). */
  double weight(double from, int i, double mean) {
    return weight[i] * width / 2 * density(at(from, i) - mean);
  }

  /** From node j of the panel {@code offset} further to node i: {@code [j * order + i]}. */
  double[] block(int offset) {
    return block[offset + radius];
  }

  /** P_0..P_(order-1) at x in [-1, 1]. */
  private void polynomials(double x, double[] values) {
    values[0] = 1;
    if (order > 1) {
      values[1] = x;
    }
    for (int l = 2; l < order; l++) {
      values[l] = ((2 * l - 1) * x * values[l - 1] - (l - 1) * values[l - 2]) / l;
    }
  }

  /** The Legendre coefficients of the polynomial through f[offset..offset+order). */
  void coefficients(double[] f, int offset, double[] coefficients) {
    for (int l = 0; l < order; l++) {
      double sum = 0;
      for (int i = 0; i < order; i++) {
        sum = Math.fma(weight[i] * f[offset + i], legendre[l * order + i], sum);
      }
      coefficients[l] = (l + 0.5) * sum;
    }
  }

  /** The polynomial at z in [-1, 1] of the panel, by Clenshaw's recurrence. */
  double value(double[] coefficients, double z) {
    double next = 0;
    double afterNext = 0;
    for (int l = order - 1; l >= 0; l--) {
      double now =
          coefficients[l]
              + (2 * l + 1.0) / (l + 1.0) * z * next
              - (l + 1.0) / (l + 2.0) * afterNext;
      afterNext = next;
      next = now;
    }
    return next;
  }

  /** A function on the panel, by z in [-1, 1]. */
  @FunctionalInterface
  interface Local {
    double at(double z);
  }

  /**
   * Replaces f[offset..offset+order) by the values of the projection of {@code function}.
   *
   * @param cuts where it has kinks, increasing in (-1, 1)
   * @param count how many
   * @param work at least 2 order
   */
  void project(Local function, double[] cuts, int count, double[] f, int offset, double[] work) {
    double[] sums = work;
    for (int l = 0; l < order; l++) {
      sums[l] = 0;
    }
    double[] column = new double[order];
    for (int piece = 0; piece <= count; piece++) {
      double low = piece == 0 ? -1 : cuts[piece - 1];
      double high = piece == count ? 1 : cuts[piece];
      double half = (high - low) / 2;
      for (int i = 0; i < order; i++) {
        double z = Math.fma(half, node[i], low + half);
        double value = weight[i] * half * function.at(z);
        polynomials(z, column);
        for (int l = 0; l < order; l++) {
          sums[l] = Math.fma(value, column[l], sums[l]);
        }
      }
    }
    for (int i = 0; i < order; i++) {
      double value = 0;
      for (int l = 0; l < order; l++) {
        value = Math.fma((l + 0.5) * sums[l], legendre[l * order + i], value);
      }
      f[offset + i] = value;
    }
  }
}
