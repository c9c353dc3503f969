package bellwether.mechanisms.virtual;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/**
 * A continuous function of the initial type, cut where it turns, so that the types at which it has
 * some level can be found to the last bit.
 *
 * <p>The turning points are found from the sign of the slope at about a thousand points and
 * bisection between those at which it differs; a function that turns twice between neighbours is
 * not seen to turn.
 */
public final class TypeCurve {
  /** Values this close, relative to their size, are taken to be equal. */
  private static final double TIE = 1e-14;

  private static final int PARTS = 16;

  /** So many neighbours without a slope make a flat piece. */
  private static final int FLAT = 3;

  /**
   * A stretch on which the function is monotone.
   *
   * @param from the beginning, -infinity where the support has none
   * @param to the end, infinity where the support has none
   * @param direction 1 rising, -1 falling, 0 constant to rounding
   */
  public record Piece(double from, double to, int direction) {}

  /** Where there is no upper end, levels are looked for up to the first of these with a value. */
  private static final double[] FAR = {Double.MAX_VALUE, 1e150, 1e75, 1e37};

  private final DoubleUnaryOperator function;
  private final List<Piece> pieces;
  private final double far;

  private TypeCurve(DoubleUnaryOperator function, List<Piece> pieces, double last) {
    this.function = function;
    this.pieces = List.copyOf(pieces);
    double far = last;
    for (int i = FAR.length - 1; i >= 0; i--) {
      if (FAR[i] > far && Double.isFinite(function.applyAsDouble(FAR[i]))) {
        far = FAR[i];
      }
    }
    this.far = far;
  }

  /**
   * A curve.
   *
   * @param points increasing, at least two: the function is looked at from the first to the last,
   *     and between them at 15 points a gap
   * @param high where the curve ends, at least the last point: infinity where there is no end
   * @param low where it begins, at most the first point
   * @param function may be infinite at the ends
   * @param slope of the function inside
   */
  static TypeCurve of(
      double[] points, double low, double high, DoubleUnaryOperator function, Slope slope) {
    double[] fine = SupportGrid.refined(points, PARTS);
    int n = fine.length - 1;
    // The slope is asked for inside only: at an end it may have no value.
    double[] at = new double[n];
    int[] direction = new int[n];
    for (int i = 0; i < n; i++) {
      at[i] = middle(fine[i], fine[i + 1]);
      direction[i] = slope.at(at[i]).clearSign();
    }
    withoutShortFlats(direction);
    List<Piece> pieces = new ArrayList<>();
    double from = low;
    for (int i = 1; i < n; i++) {
      int before = direction[i - 1];
      if (direction[i] != before) {
        // Between a rise and a fall, rounding is no reason to stop early.
        boolean flat = before == 0 || direction[i] == 0;
        double turn =
            first(
                at[i - 1],
                at[i],
                x -> (flat ? slope.at(x).clearSign() : slope.at(x).sign()) != before);
        pieces.add(new Piece(from, turn, before));
        from = turn;
      }
    }
    pieces.add(new Piece(from, high, direction[n - 1]));
    return new TypeCurve(function, pieces, points[points.length - 1]);
  }

  /** The middle of the larger part in logarithms, where the two are far apart. */
  private static double middle(double from, double to) {
    return from > 0 && to > 2 * from ? Math.sqrt(from) * Math.sqrt(to) : from + (to - from) / 2;
  }

  /** A point or two without a slope are where it passes through 0. */
  private static void withoutShortFlats(int[] direction) {
    int n = direction.length;
    for (int i = 0; i < n; i++) {
      if (direction[i] != 0) {
        continue;
      }
      int end = i;
      while (end < n && direction[end] == 0) {
        end++;
      }
      if (end - i < FLAT && (i > 0 || end < n)) {
        int neighbour = i > 0 ? direction[i - 1] : direction[end];
        for (int k = i; k < end; k++) {
          direction[k] = neighbour;
        }
      }
      i = end;
    }
  }

  /** The function at a type. */
  public double value(double s0) {
    return function.applyAsDouble(s0);
  }

  /** The stretches on which the function is monotone, one after the other. */
  public List<Piece> pieces() {
    return pieces;
  }

  /** Where the function rises (1), falls (-1) or is constant (0). */
  public List<TypeInterval> where(int direction) {
    return pieces.stream()
        .filter(piece -> piece.direction() == direction)
        .map(piece -> new TypeInterval(piece.from(), piece.to()))
        .toList();
  }

  /**
   * The types at which the function is at least {@code level}: maximal closed intervals, in order.
   * An end inside the support is the type next to the crossing, to the last bit.
   */
  public List<TypeInterval> atLeast(double level) {
    List<TypeInterval> found = new ArrayList<>();
    for (Piece piece : pieces) {
      double from = Math.max(piece.from(), -Double.MAX_VALUE);
      double to = Math.min(piece.to(), far);
      boolean begins = reaches(from, level);
      boolean ends = reaches(to, level);
      double first = piece.from();
      double last = piece.to();
      if (!begins && !ends) {
        continue;
      }
      if (!begins) {
        first = first(from, to, x -> value(x) >= level);
      } else if (!ends) {
        // The last before the first that is below.
        double below = first(from, to, x -> !(value(x) >= level));
        last = below > from ? Math.nextDown(below) : from;
      }
      TypeInterval before = found.isEmpty() ? null : found.getLast();
      if (before != null && before.to() >= first) {
        found.set(found.size() - 1, new TypeInterval(before.from(), last));
      } else {
        found.add(new TypeInterval(first, last));
      }
    }
    return List.copyOf(found);
  }

  private boolean reaches(double at, double level) {
    double value = value(at);
    return value >= level
        || (Double.isFinite(value) && level - value <= TIE * (Math.abs(level) + Math.abs(value)));
  }

  /** The least type at which the function is at least {@code level}; NaN where there is none. */
  public double lowestAtLeast(double level) {
    List<TypeInterval> found = atLeast(level);
    return found.isEmpty() ? Double.NaN : found.getFirst().from();
  }

  /**
   * The first double of (from, to] at which a condition holds that does not hold at {@code from},
   * holds at {@code to} and changes once: at most 64 steps, since doubles are halved by their
   * number and not by their size.
   */
  private static double first(double from, double to, DoublePredicate holds) {
    long below = order(from);
    long above = order(to);
    while (below + 1 < above) {
      long middle = (below & above) + ((below ^ above) >> 1);
      if (holds.test(atOrder(middle))) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return atOrder(above);
  }

  /** The number of a double in their order. */
  private static long order(double x) {
    long bits = Double.doubleToRawLongBits(x + 0.0);
    return bits >= 0 ? bits : Long.MIN_VALUE - bits;
  }

  private static double atOrder(long order) {
    return Double.longBitsToDouble(order >= 0 ? order : Long.MIN_VALUE - order);
  }
}
