package bellwether.mechanisms.optimal;

import bellwether.core.distribution.Distribution;
import bellwether.mechanisms.virtual.PrivateType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The support of an initial type, cut where the type begins or ceases to get weight and where the
 * virtual type turns: on every section y is monotone, so that each weight is met once at most.
 *
 * <p>Turns are looked for between some thousand points, half of them quantiles far into the tails.
 */
final class TypeSections {
  private static final int POINTS = 512;
  private static final int TAIL = 20;
  private static final double GOLDEN = 0.6180339887498949;

  private final PrivateType type;
  private final List<Section> sections = new ArrayList<>();
  private final double bottom;
  private final double top;

  /**
   * A section.
   *
   * @param from its lower end
   * @param to its upper end
   * @param included whether its types get weight
   * @param low the least y on it
   * @param high the largest
   * @param rising whether y rises
   */
  record Section(
      double from, double to, boolean included, double low, double high, boolean rising) {}

  private TypeSections(PrivateType type) {
    this.type = type;
    Distribution law = type.distribution();
    bottom = law.low() > Double.NEGATIVE_INFINITY ? law.low() : law.quantile(Math.pow(10, -TAIL));
    top =
        law.high() < Double.POSITIVE_INFINITY ? law.high() : law.upperQuantile(Math.pow(10, -TAIL));
  }

  static TypeSections of(PrivateType type) {
    TypeSections made = new TypeSections(type);
    made.cut();
    return made;
  }

  /** The sections, upwards; together they are {@link #bottom} to {@link #top}. */
  List<Section> all() {
    return sections;
  }

  /** The lower end of the support, or a quantile of 1e-20 where it has none. */
  double bottom() {
    return bottom;
  }

  /** The upper end, or the quantile above which 1e-20 lies. */
  double top() {
    return top;
  }

  private double[] points() {
    Distribution law = type.distribution();
    TreeSet<Double> points = new TreeSet<>();
    for (int k = 1; k < POINTS; k++) {
      points.add(law.quantile((double) k / POINTS));
      points.add(bottom + (top - bottom) * ((double) k / POINTS));
    }
    for (int k = 3; k <= TAIL; k++) {
      points.add(law.quantile(Math.pow(10, -k)));
      points.add(law.upperQuantile(Math.pow(10, -k)));
    }
    points.add(Math.nextUp(bottom));
    points.add(Math.nextDown(top));
    return points.stream()
        .mapToDouble(Double::doubleValue)
        .filter(z -> z > bottom && z < top)
        .toArray();
  }

  private boolean included(double z) {
    return type.weight(z).included();
  }

  private double y(double z) {
    return type.virtualType(z);
  }

  private void cut() {
    double[] z = points();
    double from = bottom;
    int first = 0;
    for (int k = 1; k <= z.length; k++) {
      boolean last = k == z.length;
      if (!last && included(z[k]) == included(z[k - 1])) {
        continue;
      }
      double to = last ? top : flip(z[k - 1], z[k]);
      if (included(z[first])) {
        monotone(z, first, k, from, to);
      } else {
        sections.add(new Section(from, to, false, 0, 0, true));
      }
      from = to;
      first = k;
    }
  }

  /** The first point at which the weight is as at {@code right}. */
  private double flip(double left, double right) {
    double a = left;
    double b = right;
    boolean target = included(right);
    while (true) {
      double middle = a + (b - a) / 2;
      if (!(middle > a && middle < b)) {
        return b;
      }
      if (included(middle) == target) {
        b = middle;
      } else {
        a = middle;
      }
    }
  }

  private void monotone(double[] z, int first, int end, double from, double to) {
    double start = from;
    int direction = 0;
    for (int k = first + 1; k < end; k++) {
      double before = y(z[k - 1]);
      double now = y(z[k]);
      int step = Math.abs(now - before) <= 1e-13 * Math.abs(now) ? 0 : now > before ? 1 : -1;
      if (step == 0 || step == direction) {
        continue;
      }
      if (direction != 0) {
        double turn = turn(k - 2 >= first ? z[k - 2] : from, z[k], direction);
        sections.add(section(start, turn));
        start = turn;
      }
      direction = step;
    }
    sections.add(section(start, to));
  }

  /** The place between where y is largest, or least when it fell before. */
  private double turn(double left, double right, int direction) {
    double a = left;
    double b = right;
    for (int k = 0; k < 100 && b - a > 1e-15 * Math.abs(b); k++) {
      double one = b - GOLDEN * (b - a);
      double two = a + GOLDEN * (b - a);
      if (direction * y(one) < direction * y(two)) {
        a = one;
      } else {
        b = two;
      }
    }
    return a + (b - a) / 2;
  }

  private Section section(double from, double to) {
    // At an end of the support the rent may be infinite, or not even a number.
    double low = y(from);
    double high = y(to);
    low = Double.isNaN(low) ? y(from + 1e-12 * (to - from)) : low;
    high = Double.isNaN(high) ? y(to - 1e-12 * (to - from)) : high;
    return new Section(from, to, true, Math.min(low, high), Math.max(low, high), low <= high);
  }

  /** The place on a section where y is a number between its ends. */
  double find(Section section, double y) {
    double a = section.from;
    double b = section.to;
    while (true) {
      double middle = a + (b - a) / 2;
      if (!(middle > a && middle < b)) {
        return b;
      }
      if (y(middle) < y == section.rising) {
        a = middle;
      } else {
        b = middle;
      }
    }
  }

  /** The least weight of any type; infinite where there is none. */
  double lowest() {
    double least = Double.POSITIVE_INFINITY;
    for (Section section : sections) {
      least = Math.min(least, section.included ? section.low : 0);
    }
    return least;
  }

  /** The largest weight. */
  double highest() {
    double most = Double.NEGATIVE_INFINITY;
    for (Section section : sections) {
      most = Math.max(most, section.included ? section.high : 0);
    }
    return most;
  }
}
