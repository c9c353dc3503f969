package bellwether.mechanisms.auction;

import bellwether.core.bandit.RetirementCurve;
import bellwether.core.bandit.RetirementSteps;
import java.util.Arrays;

/**
 * What is known of one convex curve phi: its value and slope at points M_0 &gt; M_1 &gt; ..., the
 * first of them the last breakpoint, above which the slope is 1.
 *
 * <p>On the cell between two points the mean slope is exact and the slope lies between those at the
 * ends. The product of nondecreasing functions integrates to the least when one of them is made
 * constant on a cell (Chebyshev's association inequality), and to the most when it is spread as far
 * as its mean allows: the lower slope up to the corner where the two tangents meet, then the upper
 * one. Both are steps, so both bounds are products of steps. Below the lowest point the slope is
 * between 0 and that point's.
 *
 * <p>Cells are split at their corners (the sandwich algorithm; Rote 1992, The convergence rate of
 * the sandwich algorithm: the error falls with the square of the number of points). Where phi is
 * linear on both sides of a kink, the corner is the kink.
 */
final class CurveGrid {
  /** The first step below the last breakpoint, as a share of the distance to the floor. */
  private static final double FIRST_STEP = 0x1p-10;

  private final RetirementCurve curve;
  private double floor = Double.POSITIVE_INFINITY;
  private double[] at;
  private double[] value;
  private double[] slope;
  private double[] wanted = new double[0];
  private long evaluations;

  CurveGrid(RetirementCurve curve) {
    double last = curve.lastBreakpoint();
    if (!Double.isFinite(last)) {
      throw new IllegalArgumentException("lastBreakpoint of a curve must be finite: " + last);
    }
    this.curve = curve;
    this.at = new double[] {last};
    this.value = new double[] {last};
    this.slope = new double[] {1};
  }

  /** Makes the grid go down to {@code retirement} where it is asked to. */
  void lowerFloor(double retirement) {
    floor = Math.min(floor, retirement);
  }

  /** The last breakpoint. */
  double last() {
    return at[0];
  }

  long evaluations() {
    return evaluations;
  }

  /** Where to look more closely: the cells between points, then the one below the lowest point. */
  int cells() {
    return at.length;
  }

  /**
   * Steps between the two bounds, with two segments a cell, 2c + 1 above its corner and 2c + 2
   * below, and one below the lowest point.
   *
   * @param blend 0 for each cell's mean slope, whose product is the least; 1 for its two extreme
   *     slopes, whose product is the largest; in between for a mixture
   */
  RetirementSteps steps(double blend) {
    int n = at.length;
    double[] breakpoints = new double[2 * n - 1];
    double[] factors = new double[2 * n];
    factors[0] = 1;
    for (int c = 0; c < n - 1; c++) {
      double mean = mean(c);
      breakpoints[2 * c] = at[c];
      breakpoints[2 * c + 1] = corner(c);
      factors[2 * c + 1] = mix(mean, slope[c], blend);
      factors[2 * c + 2] = mix(mean, slope[c + 1], blend);
    }
    breakpoints[2 * n - 2] = at[n - 1];
    factors[2 * n - 1] = mix(0, slope[n - 1], blend);
    return new RetirementSteps(breakpoints, factors);
  }

  private static double mix(double mean, double extreme, double blend) {
    return mean + blend * (extreme - mean);
  }

  /**
   * Adds how fast the integral of the product grows with the blend, cell by cell.
   *
   * @param row integrals of the product of the other groups over the segments of {@link #steps}
   * @param power how many bidders have this curve and map
   * @param blend at which the row was taken
   * @param gaps one entry a cell
   */
  void addGaps(double[] row, int power, double blend, double[] gaps) {
    int n = at.length;
    for (int c = 0; c < n - 1; c++) {
      double mean = mean(c);
      double rate =
          rate(mean, slope[c], blend, power) * row[2 * c + 1]
              + rate(mean, slope[c + 1], blend, power) * row[2 * c + 2];
      // Spread factors and nondecreasing others: negative only by rounding.
      gaps[c] += Math.max(0, rate);
    }
    gaps[n - 1] += rate(0, slope[n - 1], blend, power) * row[2 * n - 1];
  }

  /** The derivative of mix to the power. */
  private static double rate(double mean, double extreme, double blend, int power) {
    return power * StepGroup.power(mix(mean, extreme, blend), power - 1) * (extreme - mean);
  }

  /** Asks for a point in every cell whose gap is at least {@code least}; returns how many. */
  int want(double[] gaps, double least) {
    int n = at.length;
    double[] points = new double[n];
    int count = 0;
    for (int c = 0; c < n; c++) {
      if (gaps[c] >= least) {
        double point = c < n - 1 ? corner(c) : below();
        double low = c < n - 1 ? at[c + 1] : Double.NEGATIVE_INFINITY;
        if (point <= low || point >= at[c]) {
          point = low + 0.5 * (at[c] - low);
        }
        if (point > low && point < at[c]) {
          points[count++] = point;
        }
      }
    }
    wanted = Arrays.copyOf(points, count);
    return count;
  }

  /** Evaluates the curve at the points asked for. */
  void evaluate() {
    int n = at.length;
    int total = n + wanted.length;
    double[] newAt = new double[total];
    double[] newValue = new double[total];
    double[] newSlope = new double[total];
    double[] result = new double[2];
    int w = 0;
    int old = 0;
    for (int k = 0; k < total; k++) {
      if (w == wanted.length || (old < n && at[old] > wanted[w])) {
        newAt[k] = at[old];
        newValue[k] = value[old];
        newSlope[k] = slope[old++];
        continue;
      }
      curve.evaluate(wanted[w], result);
      newAt[k] = wanted[w++];
      newValue[k] = result[0];
      // Rounding must not break the order of the slopes.
      double least = old < n ? slope[old] : 0;
      newSlope[k] = Math.clamp(result[1], least, newSlope[k - 1]);
      evaluations++;
    }
    at = newAt;
    value = newValue;
    slope = newSlope;
    wanted = new double[0];
  }

  /** How far apart the chord and the tangents of a cell are: phi lies between them. */
  double height(int c) {
    int n = at.length;
    if (c == n - 1) {
      return slope[c] * Math.max(0, at[c] - floor);
    }
    return Math.max(0, (slope[c] - mean(c)) * (at[c] - corner(c)));
  }

  private double mean(int c) {
    double quotient = (value[c] - value[c + 1]) / (at[c] - at[c + 1]);
    return Math.clamp(quotient, slope[c + 1], slope[c]);
  }

  /** Where the tangents at the ends of a cell meet; an end when the cell is straight. */
  private double corner(int c) {
    double spread = slope[c] - slope[c + 1];
    if (!(spread > 0)) {
      return at[c];
    }
    double share = (mean(c) - slope[c + 1]) / spread;
    return Math.clamp(at[c] - share * (at[c] - at[c + 1]), at[c + 1], at[c]);
  }

  /** The next point below the lowest: twice as far from the last breakpoint. */
  private double below() {
    double lowest = at[at.length - 1];
    double step = Math.max(at[0] - lowest, FIRST_STEP * (at[0] - floor));
    double point = lowest - step;
    return point - floor > 0.5 * step ? point : floor;
  }
}
