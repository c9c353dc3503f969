package bellwether.mechanisms.optimal;

import bellwether.core.distribution.Distribution;
import bellwether.core.quadrature.AdaptiveIntegral;
import bellwether.mechanisms.virtual.PrivateType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One agent's initial type against the optimal rule, the others' types fixed: intervals of types
 * that meet one rule, and the information rent, U(z) = integral from the lowest type to z of A'(x)
 * slope(x) dx, exact on every interval since slope is constant there: slope (A(z) - A(from)).
 */
final class RentCurve {
  private final PrivateType type;
  private final WelfareLine line;
  private final double top;
  private final double[] from;
  private final double[] to;
  private final boolean[] included;
  private final int[] piece;
  private final double[] rent;

  private record Interval(double from, double to, boolean included, int piece) {}

  /**
   * Cuts the support at the line's breakpoints.
   *
   * @throws ArithmeticException when a rent is infinite: types have no lowest one, and even those
   *     far down are served
   */
  RentCurve(PrivateType type, TypeSections sections, WelfareLine line) {
    this.type = type;
    this.line = line;
    top = sections.top();
    List<Interval> intervals = new ArrayList<>();
    for (TypeSections.Section section : sections.all()) {
      cut(section, sections, intervals);
    }
    int n = intervals.size();
    from = intervals.stream().mapToDouble(Interval::from).toArray();
    to = intervals.stream().mapToDouble(Interval::to).toArray();
    piece = intervals.stream().mapToInt(Interval::piece).toArray();
    included = new boolean[n];
    rent = new double[n + 1];
    for (int k = 0; k < n; k++) {
      included[k] = intervals.get(k).included();
      rent[k + 1] = rent[k] + gain(k, to[k]);
    }
    Distribution law = type.distribution();
    if (!Double.isFinite(law.low()) && slopeOf(0) != 0 && !Double.isFinite(value(law.low()))) {
      throw new ArithmeticException(
          "utility is not finite: initial types have no lowest one, and however low they are the"
              + " rule serves them");
    }
    // What lies outside belongs to the ends.
    from[0] = law.low();
    to[n - 1] = law.high();
  }

  private void cut(TypeSections.Section section, TypeSections sections, List<Interval> intervals) {
    if (!section.included()) {
      intervals.add(new Interval(section.from(), section.to(), false, line.piece(0)));
      return;
    }
    double[] breakpoints = line.breakpoints();
    int low = line.piece(section.low());
    int high = line.piece(section.high());
    double start = section.from();
    if (section.rising()) {
      for (int k = low; k < high; k++) {
        double z = sections.find(section, breakpoints[k]);
        intervals.add(new Interval(start, z, true, k));
        start = z;
      }
      intervals.add(new Interval(start, section.to(), true, high));
    } else {
      for (int k = high; k > low; k--) {
        double z = sections.find(section, breakpoints[k - 1]);
        intervals.add(new Interval(start, z, true, k));
        start = z;
      }
      intervals.add(new Interval(start, section.to(), true, low));
    }
  }

  private double value(double z) {
    return type.function().value(z);
  }

  private double slopeOf(int interval) {
    return included[interval] ? line.plane(piece[interval]).slope()[line.agent()] : 0;
  }

  private double gain(int interval, double z) {
    double slope = slopeOf(interval);
    return slope == 0 ? 0 : slope * (value(z) - value(from[interval]));
  }

  private int interval(double z) {
    int at = Arrays.binarySearch(to, z);
    return Math.min(at >= 0 ? at : -at - 1, to.length - 1);
  }

  /** Where the rule changes, increasing, without the ends of the support. */
  double[] knots() {
    return Arrays.copyOf(to, to.length - 1);
  }

  /** U(z). */
  double rent(double z) {
    int k = interval(z);
    return rent[k] + gain(k, z);
  }

  /** slope(z) = E sum d^t B (or C) when the agent reports z, 0 where it gets no weight. */
  double slope(double z) {
    return slopeOf(interval(z));
  }

  /** E over z of G at z's weight: the profit bound, by exact integrals of the virtual type. */
  double expectedWelfare() {
    double[] others = line.others();
    double sum = 0;
    for (int k = 0; k < piece.length; k++) {
      Plane plane = line.plane(piece[k]);
      sum += plane.value(others) * mass(k);
      double slope = slopeOf(k);
      if (slope != 0) {
        sum += slope * type.virtualMass(from[k], to[k]);
      }
    }
    return sum;
  }

  private double mass(int k) {
    Distribution law = type.distribution();
    // Of the two tails that which is smaller is the more accurate.
    return law.survival(from[k]) < 0.5
        ? law.survival(from[k]) - law.survival(to[k])
        : law.cumulative(to[k]) - law.cumulative(from[k]);
  }

  /** The density; 0 where it is infinite, at an end that a panel has come to by rounding. */
  static double density(Distribution law, double z) {
    double density = law.density(z);
    return Double.isInfinite(density) ? 0 : density;
  }

  /** E over z of another agent's slope. */
  double expectedSlope(int other) {
    double sum = 0;
    for (int k = 0; k < piece.length; k++) {
      sum += line.plane(piece[k]).slope()[other] * mass(k);
    }
    return sum;
  }

  /**
   * E over z of what the agent pays, V(z) - U(z), by quadrature of flows and rents against the
   * density; no virtual value is used.
   *
   * @param costs whether E sum d^t c is taken off
   */
  double expectedPayment(boolean costs, double tolerance) {
    double sum = 0;
    Distribution law = type.distribution();
    int n = piece.length;
    for (int k = 0; k < n; k++) {
      Plane plane = line.plane(piece[k]);
      double slope = slopeOf(k);
      double own = included[k] ? plane.own()[line.agent()] : 0;
      double fixed = own - (costs ? plane.cost() : 0);
      sum += fixed * mass(k);
      if (slope == 0 && rent[k] == 0) {
        continue;
      }
      double low = Double.isFinite(from[k]) ? from[k] : to[k];
      double start = from[k];
      double base = rent[k];
      double high = Math.min(to[k], top);
      sum +=
          AdaptiveIntegral.of(
              z -> {
                double a = value(z);
                double rentHere = base + (slope == 0 ? 0 : slope * (a - value(start)));
                return density(law, z) * (slope * a - rentHere);
              },
              low,
              high,
              tolerance / n);
    }
    return sum;
  }
}
