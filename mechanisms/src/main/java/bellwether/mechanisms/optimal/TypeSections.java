package bellwether.mechanisms.optimal;

import bellwether.core.distribution.Distribution;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.TypeCurve;
import bellwether.mechanisms.virtual.TypeCurves;
import bellwether.mechanisms.virtual.Valuation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * The support of an initial type, cut where the virtual type turns and where types begin or cease
 * to get weight: on every section the effective weight is monotone, so that each is met once at
 * most.
 */
final class TypeSections {
  private static final double TAIL = 1e-20;

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
   * @param low the least weight on it
   * @param high the largest
   * @param rising whether weights rise
   */
  record Section(
      double from, double to, boolean included, double low, double high, boolean rising) {}

  private TypeSections(PrivateType type) {
    this.type = type;
    Distribution law = type.distribution();
    bottom = law.low() > Double.NEGATIVE_INFINITY ? law.low() : law.quantile(TAIL);
    top = law.high() < Double.POSITIVE_INFINITY ? law.high() : law.upperQuantile(TAIL);
  }

  static TypeSections of(PrivateType type) {
    TypeSections made = new TypeSections(type);
    for (TypeCurve.Piece piece : TypeCurves.virtualType(type).pieces()) {
      double from = Math.max(piece.from(), made.bottom);
      double to = Math.min(piece.to(), made.top);
      if (from < to) {
        made.cut(from, to, type.valuation() == Valuation.MULTIPLICATIVE ? 2 : 0);
      }
    }
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

  /** The upper end, or the type above which 1e-20 lies. */
  double top() {
    return top;
  }

  private double y(double z) {
    return type.virtualType(z);
  }

  /** Cuts where A and the virtual type are 0: there multiplicative weights change their sign. */
  private void cut(double from, double to, int cuts) {
    double first = inside(from, to, 1);
    double last = inside(to, from, 1);
    if (cuts > 0) {
      boolean below = zero(cuts, first) < 0;
      if (below != zero(cuts, last) < 0) {
        double at = first(first, last, z -> zero(cuts, z) < 0 != below);
        cut(from, at, cuts - 1);
        cut(at, to, cuts - 1);
        return;
      }
      cut(from, to, cuts - 1);
      return;
    }
    boolean included = type.weight(from + (to - from) / 2).included();
    if (!included) {
      sections.add(new Section(from, to, false, 0, 0, true));
      return;
    }
    double low = y(from);
    double high = y(to);
    // At an end of the support the rent may be no number.
    low = Double.isNaN(low) ? y(first) : low;
    high = Double.isNaN(high) ? y(last) : high;
    sections.add(
        new Section(from, to, true, Math.min(low, high), Math.max(low, high), low <= high));
  }

  private double zero(int what, double z) {
    return what == 2 ? type.function().value(z) : y(z);
  }

  /** A point very near to an end, where the virtual type is a number. */
  private double inside(double end, double other, int tries) {
    double z = end;
    double step = 1e-18;
    while (Double.isNaN(y(z)) && step < tries) {
      z = end + step * (other - end);
      step *= 10;
    }
    return z;
  }

  /** The first place at which a condition holds that changes once, holding at {@code to}. */
  private static double first(double from, double to, DoublePredicate holds) {
    double a = from;
    double b = to;
    while (true) {
      double middle = a + (b - a) / 2;
      if (!(middle > a && middle < b)) {
        return b;
      }
      if (holds.test(middle)) {
        b = middle;
      } else {
        a = middle;
      }
    }
  }

  /** The place on a section where the weight is a number between its ends. */
  double find(Section section, double y) {
    return first(section.from, section.to, z -> y(z) < y != section.rising);
  }

  /** The least weight of any type, 0 of types that get none. */
  double lowest() {
    return sections.stream().mapToDouble(Section::low).min().orElse(0);
  }

  /** The largest weight. */
  double highest() {
    return sections.stream().mapToDouble(Section::high).max().orElse(0);
  }
}
