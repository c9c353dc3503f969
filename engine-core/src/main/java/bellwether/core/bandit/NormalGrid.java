package bellwether.core.bandit;

import bellwether.core.distribution.StandardNormal;
import bellwether.core.quadrature.GaussLegendre;
import java.util.Arrays;

/**
 * The fixed grid of {@link NormalSweep} and, on it, the Gaussian average as a matrix.
 *
 * <p>The coordinate is the distance from the kink in units of one step's standard deviation, so the
 * average E v(t + Z) is the same linear map at every step, for every discount. Panels are {@link
 * #NARROW} wide near the kink, where functions have structure of size 1, and farther out in
 * proportion to their distance, where Gaussians have smoothed it away. v lives on the panels right
 * of the kink as its values at {@link #ORDER} Chebyshev nodes each. The average is delivered as
 * Chebyshev coefficients, on the same panels and on {@link #LEFT} more to the left of the kink,
 * where the next kink is looked for.
 *
 * <p>Panels are counted from the leftmost: 0..LEFT-1 lie left of the kink. Immutable and shared; it
 * does not depend on any input.
 */
final class NormalGrid {
  /** Nodes a panel, a multiple of 4. */
  static final int ORDER = 16;

  /**
   * The next kink is rarely more than one unit to the left: more than one of these is a reserve.
   */
  static final int LEFT = 4;

  /** 16 nodes interpolate a Gaussian of deviation 1 on this width to 2e-15. */
  static final double NARROW = 1.5;

  /** Width of a far panel over its distance from the kink; 0.33 and 0.6 give the same 13 digits. */
  private static final double GROWTH = 0.5;

  /** More than a sweep needs at the largest discount factor: 40 / sqrt(-2 log d) = 12650. */
  private static final double LAST = 13_000;

  /** The Gaussian is cut off here: 1e-18 of its mass lies beyond. */
  private static final double CUT = 8.8;

  private static final NormalGrid SHARED = new NormalGrid();

  /** All panels, those left of the kink included. */
  final int panels;

  /** Ends of the panels, panels + 1 numbers, 0 among them. */
  final double[] ends;

  /** Chebyshev nodes, ORDER a panel. */
  final double[] nodes;

  /** Coefficients of Q(t), the part of the Gaussian left of the kink. */
  final double[] tail;

  /** Coefficients of the expected shortfall E (t + Z)^-. */
  final double[] shortfall;

  /**
   * The average as columns: {@code columns[q * ORDER + j][i]} is what the value at node j of panel
   * q adds to coefficient i. Rows are counted alike in all arrays, or C2 would not see that its
   * vector loads and stores do not overlap. Rows outside {@code first[q]..end[q] - 1} (panels) are
   * 0 and not touched.
   */
  private final double[][] columns;

  private final int[] first;
  private final int[] end;

  private NormalGrid() {
    ends = ends();
    panels = ends.length - 1;
    double[] unit = new double[ORDER];
    double[] toCoefficients = new double[ORDER * ORDER];
    for (int i = 0; i < ORDER; i++) {
      unit[i] = -StrictMath.cos(StrictMath.PI * (i + 0.5) / ORDER);
      for (int k = 0; k < ORDER; k++) {
        double cosine = StrictMath.cos(StrictMath.PI * k * (ORDER - i - 0.5) / ORDER);
        toCoefficients[k * ORDER + i] = (k == 0 ? 1.0 : 2.0) / ORDER * cosine;
      }
    }
    nodes = new double[panels * ORDER];
    for (int p = 0; p < panels; p++) {
      for (int i = 0; i < ORDER; i++) {
        nodes[p * ORDER + i] =
            0.5 * (ends[p] + ends[p + 1]) + 0.5 * (ends[p + 1] - ends[p]) * unit[i];
      }
    }
    tail = new double[nodes.length];
    shortfall = new double[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      tail[i] = StandardNormal.upperTail(nodes[i]);
      shortfall[i] = StandardNormal.shortfall(nodes[i]);
    }
    toCoefficients(toCoefficients, tail, 0, panels);
    toCoefficients(toCoefficients, shortfall, 0, panels);
    columns = new double[nodes.length][];
    first = new int[panels];
    end = new int[panels];
    GaussLegendre rule = GaussLegendre.of(ORDER + 8);
    double[] weights = new double[ORDER];
    for (int q = LEFT; q < panels; q++) {
      while (ends[first[q] + 1] + CUT <= ends[q]) {
        first[q]++;
      }
      end[q] = q + 1;
      while (end[q] < panels && ends[end[q]] - CUT < ends[q + 1]) {
        end[q]++;
      }
      for (int j = 0; j < ORDER; j++) {
        columns[q * ORDER + j] = new double[end[q] * ORDER];
      }
      for (int i = first[q] * ORDER; i < end[q] * ORDER; i++) {
        average(nodes[i], q, rule, unit, weights);
        for (int j = 0; j < ORDER; j++) {
          columns[q * ORDER + j][i] = weights[j];
        }
      }
      for (int j = 0; j < ORDER; j++) {
        toCoefficients(toCoefficients, columns[q * ORDER + j], first[q], end[q]);
      }
    }
  }

  /** The one grid, made on first use in a few milliseconds; 2 MB. */
  static NormalGrid shared() {
    return SHARED;
  }

  private static double[] ends() {
    double[] ends = new double[1000];
    int count = 0;
    for (int p = -LEFT; p <= 0; p++) {
      ends[count++] = p * NARROW;
    }
    while (ends[count - 1] < LAST) {
      double last = ends[count - 1];
      ends[count++] = last + Math.max(NARROW, GROWTH * last);
    }
    return Arrays.copyOf(ends, count);
  }

  /** Replaces values at the nodes of each panel by Chebyshev coefficients. */
  private static void toCoefficients(double[] matrix, double[] values, int from, int to) {
    double[] panel = new double[ORDER];
    for (int p = from; p < to; p++) {
      System.arraycopy(values, p * ORDER, panel, 0, ORDER);
      for (int k = 0; k < ORDER; k++) {
        double sum = 0;
        for (int i = 0; i < ORDER; i++) {
          sum = Math.fma(matrix[k * ORDER + i], panel[i], sum);
        }
        values[p * ORDER + k] = sum;
      }
    }
  }

  /** The weights of panel q's values in E v(t + Z): integrals of the Lagrange basis. */
  private void average(double t, int q, GaussLegendre rule, double[] unit, double[] weights) {
    Arrays.fill(weights, 0);
    double from = Math.max(ends[q], t - CUT);
    double to = Math.min(ends[q + 1], t + CUT);
    if (!(from < to)) {
      return;
    }
    double middle = 0.5 * (ends[q] + ends[q + 1]);
    double half = 0.5 * (ends[q + 1] - ends[q]);
    int pieces = (int) StrictMath.ceil((to - from) / NARROW);
    double width = (to - from) / pieces;
    double[] basis = new double[ORDER];
    for (int piece = 0; piece < pieces; piece++) {
      for (int k = 0; k < rule.nodes().length; k++) {
        double y = from + width * (piece + 0.5 + 0.5 * rule.nodes()[k]);
        double weight = 0.5 * width * rule.weights()[k] * StandardNormal.density(y - t);
        lagrange((y - middle) / half, unit, basis);
        for (int j = 0; j < ORDER; j++) {
          weights[j] = Math.fma(weight, basis[j], weights[j]);
        }
      }
    }
  }

  /** Lagrange's basis at x in [-1, 1], barycentric form of the Chebyshev nodes. */
  private static void lagrange(double x, double[] unit, double[] basis) {
    double sum = 0;
    for (int j = 0; j < ORDER; j++) {
      double difference = x - unit[j];
      if (difference == 0) {
        Arrays.fill(basis, 0);
        basis[j] = 1;
        return;
      }
      double sine = Math.sqrt(1 - unit[j] * unit[j]);
      basis[j] = ((j & 1) == 0 ? sine : -sine) / difference;
      sum += basis[j];
    }
    for (int j = 0; j < ORDER; j++) {
      basis[j] /= sum;
    }
  }

  /** How many panels reach up to {@code t}, at most all. */
  int panelsTo(double t) {
    int count = LEFT + 1;
    while (count < panels && ends[count] < t) {
      count++;
    }
    return count;
  }

  /**
   * Adds E v(t + Z) 1{t + Z &gt; 0} to coefficients, for two functions v at once.
   *
   * @param sources panels on which v is not 0
   * @param from first panel of the result
   * @param to panel after the last
   */
  void addAverage(
      int sources, int from, int to, double[] v0, double[] v1, double[] sum0, double[] sum1) {
    for (int q = LEFT; q < sources; q++) {
      int low = Math.max(from, first[q]);
      int high = Math.min(to, end[q]);
      if (low >= high) {
        continue;
      }
      for (int j = q * ORDER; j < (q + 1) * ORDER; j += 4) {
        addFour(j, low * ORDER, high * ORDER, v0, v1, sum0, sum1);
      }
    }
  }

  /** Four columns at a time, so that the sums are loaded and stored a quarter as often. */
  private void addFour(
      int j, int low, int high, double[] v0, double[] v1, double[] sum0, double[] sum1) {
    double[] k0 = columns[j];
    double[] k1 = columns[j + 1];
    double[] k2 = columns[j + 2];
    double[] k3 = columns[j + 3];
    double a0 = v0[j];
    double a1 = v0[j + 1];
    double a2 = v0[j + 2];
    double a3 = v0[j + 3];
    double b0 = v1[j];
    double b1 = v1[j + 1];
    double b2 = v1[j + 2];
    double b3 = v1[j + 3];
    for (int i = low; i < high; i++) {
      sum0[i] =
          Math.fma(
              k3[i], a3, Math.fma(k2[i], a2, Math.fma(k1[i], a1, Math.fma(k0[i], a0, sum0[i]))));
      sum1[i] =
          Math.fma(
              k3[i], b3, Math.fma(k2[i], b2, Math.fma(k1[i], b1, Math.fma(k0[i], b0, sum1[i]))));
    }
  }

  /** The series of ORDER coefficients from {@code base} on, at x in [-1, 1]. */
  static double series(double[] coefficients, int base, double x) {
    double twice = 2 * x;
    double b1 = 0;
    double b2 = 0;
    for (int k = base + ORDER - 1; k > base; k--) {
      double b = Math.fma(twice, b1, coefficients[k] - b2);
      b2 = b1;
      b1 = b;
    }
    return Math.fma(x, b1, coefficients[base] - b2);
  }
}
