package bellwether.core.bandit;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * One truncated stopping problem of {@link NormalSweep}: its boundary g_n and u_n right of -g_n.
 */
final class NormalTruncation {
  private static final int ORDER = NormalGrid.ORDER;

  /** Smaller values are 0: products with them would be subnormal, and slow. */
  private static final double NEGLIGIBLE = 1e-60;

  private static final int NEWTON_STEPS = 60;

  private final NormalGrid grid;
  private final double discount;

  /** d u at the nodes, counted from the kink in units of the step that is averaged over next. */
  private final double[] values;

  /** Chebyshev coefficients of c on the same panels and on those left of the kink. */
  private final double[] coefficients;

  private double boundary;

  /** Standard deviation of the last step, the unit of the coefficients' coordinate. */
  private double sd;

  /** Where the new kink lies in that coordinate, the old one being at 0. */
  private double shift;

  private double slope = 1;

  NormalTruncation(NormalGrid grid, double discount, double boundary) {
    this.grid = grid;
    this.discount = discount;
    this.boundary = boundary;
    values = new double[grid.nodes.length];
    coefficients = new double[grid.nodes.length];
  }

  /** Sets u at the nodes of all panels before {@code to}. */
  void fill(int to, DoubleUnaryOperator u) {
    for (int i = NormalGrid.LEFT * ORDER; i < to * ORDER; i++) {
      values[i] = discounted(u.applyAsDouble(grid.nodes[i]));
    }
  }

  private double discounted(double u) {
    double value = discount * u;
    return Math.abs(value) < NEGLIGIBLE ? 0 : value;
  }

  /** g: pulling is worth more than retiring while the mean is above -g. */
  double boundary() {
    return boundary;
  }

  /** The derivative of c(x) + x at the boundary, in [1 - d, 1]. */
  double slope() {
    return slope;
  }

  double[] values() {
    return values;
  }

  double[] coefficients() {
    return coefficients;
  }

  /** Starts the coefficients with the average of the linear part left of the kink. */
  void begin(int from, int to, double stepSd) {
    sd = stepSd;
    double atKink = discount * boundary;
    double perUnit = discount * sd;
    for (int i = from * ORDER; i < to * ORDER; i++) {
      coefficients[i] = Math.fma(atKink, grid.tail[i], perUnit * grid.shortfall[i]);
    }
  }

  /** Whether c(x) + x, which increases, is still negative at the left end of a panel. */
  boolean negativeAt(int panel) {
    return NormalGrid.series(coefficients, panel * ORDER, -1) - boundary + sd * grid.ends[panel]
        <= 0;
  }

  /** Finds the zero of c(x) + x, the new kink. */
  void moveBoundary() {
    int panel = NormalGrid.LEFT - 1;
    while (panel > 0 && !negativeAt(panel)) {
      panel--;
    }
    while (negativeAt(panel + 1)) {
      panel++;
    }
    double low = grid.ends[panel];
    double high = grid.ends[panel + 1];
    double half = 0.5 * (high - low);
    double t = Math.min(high, Math.max(low, shift));
    for (int i = 0; i < NEWTON_STEPS; i++) {
      // Clenshaw's recursion for the series and, one order behind, its derivative.
      double x = (t - low) / half - 1;
      double b1 = 0;
      double b2 = 0;
      double d1 = 0;
      double d2 = 0;
      for (int k = ORDER - 1; k > 0; k--) {
        double d = Math.fma(2 * x, d1, 2 * b1 - d2);
        d2 = d1;
        d1 = d;
        double b = Math.fma(2 * x, b1, coefficients[panel * ORDER + k] - b2);
        b2 = b1;
        b1 = b;
      }
      double value = Math.fma(x, b1, coefficients[panel * ORDER] - b2);
      double derivative = Math.fma(x, d1, b1 - d2) / half;
      slope = 1 + derivative / sd;
      double step = (Math.fma(sd, t, -boundary) + value) / (sd * slope);
      t = Math.min(high, Math.max(low, t - step));
      // |c''| < 1/2 in these units, so that Newton's next error is at most step^2 / (4 slope).
      if (step * step <= 1e-17 * slope) {
        break;
      }
    }
    if (!Double.isFinite(t)) {
      // A search along the panels for a place that is not a number would not end.
      throw new IllegalArgumentException(
          "rounding leaves no digits of the index at discount " + discount);
    }
    shift = t;
    boundary = Math.fma(-sd, t, boundary);
  }

  /**
   * Reads u off the series at the nodes of the next step, which lie at {@code shift + ratio *
   * node}.
   *
   * @param ratio standard deviation of the next step over that of the last
   * @param known panels before this one have coefficients; u is negligible beyond
   * @param to panels before this one are wanted
   */
  void resample(double ratio, int known, int to) {
    double[] ends = grid.ends;
    int last = to * ORDER;
    int panel = 0;
    int i = NormalGrid.LEFT * ORDER;
    while (i < last) {
      double t = Math.fma(ratio, grid.nodes[i], shift);
      while (panel < known && t > ends[panel + 1]) {
        panel++;
      }
      if (panel == known) {
        break;
      }
      double middle = 0.5 * (ends[panel] + ends[panel + 1]);
      double scale = 2 / (ends[panel + 1] - ends[panel]);
      double offset = (shift - middle) * scale;
      double factor = ratio * scale;
      int base = panel * ORDER;
      double end = ends[panel + 1];
      while (i + 3 < last && Math.fma(ratio, grid.nodes[i + 3], shift) <= end) {
        fourValues(base, i, factor, offset);
        i += 4;
      }
      while (i < last && Math.fma(ratio, grid.nodes[i], shift) <= end) {
        double x = Math.fma(factor, grid.nodes[i], offset);
        values[i] = discounted(NormalGrid.series(coefficients, base, x));
        i++;
      }
    }
    Arrays.fill(values, i, last, 0);
  }

  /** Four of Clenshaw's sums at once: each alone would wait for its own last product. */
  private void fourValues(int base, int i, double factor, double offset) {
    double x0 = 2 * Math.fma(factor, grid.nodes[i], offset);
    double x1 = 2 * Math.fma(factor, grid.nodes[i + 1], offset);
    double x2 = 2 * Math.fma(factor, grid.nodes[i + 2], offset);
    double x3 = 2 * Math.fma(factor, grid.nodes[i + 3], offset);
    double b0 = 0;
    double b1 = 0;
    double b2 = 0;
    double b3 = 0;
    double c0 = 0;
    double c1 = 0;
    double c2 = 0;
    double c3 = 0;
    // Two orders a turn, so that no value has to be handed on.
    for (int k = base + ORDER - 1; k > base + 1; k -= 2) {
      double odd = coefficients[k];
      c0 = Math.fma(x0, b0, odd - c0);
      c1 = Math.fma(x1, b1, odd - c1);
      c2 = Math.fma(x2, b2, odd - c2);
      c3 = Math.fma(x3, b3, odd - c3);
      double even = coefficients[k - 1];
      b0 = Math.fma(x0, c0, even - b0);
      b1 = Math.fma(x1, c1, even - b1);
      b2 = Math.fma(x2, c2, even - b2);
      b3 = Math.fma(x3, c3, even - b3);
    }
    double one = coefficients[base + 1];
    double zero = coefficients[base];
    c0 = Math.fma(x0, b0, one - c0);
    c1 = Math.fma(x1, b1, one - c1);
    c2 = Math.fma(x2, b2, one - c2);
    c3 = Math.fma(x3, b3, one - c3);
    values[i] = discounted(Math.fma(0.5 * x0, c0, zero - b0));
    values[i + 1] = discounted(Math.fma(0.5 * x1, c1, zero - b1));
    values[i + 2] = discounted(Math.fma(0.5 * x2, c2, zero - b2));
    values[i + 3] = discounted(Math.fma(0.5 * x3, c3, zero - b3));
  }
}
