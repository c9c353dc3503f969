package bellwether.mechanisms.virtual;

import bellwether.core.distribution.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pieces of the support on which the virtual type y(s0) is monotone: one, where it increases
 * throughout, as regular types have it.
 *
 * <p>y is looked at in some 400 quantiles, down to tails of 2^-60 (of unbounded types 2^-1000
 * above); between two of them it is taken to turn at most once.
 */
public final class VirtualTypePieces {
  private static final int INNER = 256;
  private static final int TAIL = 60;
  private static final int FAR_TAIL = 1000;

  /** Changes of y below this share of its size are rounding. */
  private static final double ROUNDING = 1e-12;

  private static final double GOLDEN = 0.6180339887498949;

  private final PrivateType type;
  private final List<double[]> places = new ArrayList<>();
  private final List<double[]> values = new ArrayList<>();

  private VirtualTypePieces(PrivateType type) {
    this.type = type;
  }

  /** Finds the pieces, about 1,000 evaluations of y. */
  public static VirtualTypePieces of(PrivateType type) {
    VirtualTypePieces pieces = new VirtualTypePieces(type);
    double[] z = grid(type.distribution());
    List<Double> at = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    int direction = 0;
    for (double next : z) {
      double value = type.virtualType(next);
      int n = at.size();
      if (Double.isNaN(value) || value == Double.POSITIVE_INFINITY) {
        continue;
      }
      if (n > 0) {
        if (next <= at.getLast()) {
          continue;
        }
        double change = value - y.getLast();
        double noise = ROUNDING * (Math.abs(value) + Math.abs(type.function().value(next)));
        int way = Math.abs(change) > noise ? (change > 0 ? 1 : -1) : direction;
        if (direction != 0 && way == -direction) {
          double turn = n < 2 ? at.getLast() : pieces.turn(at.get(n - 2), next, direction);
          double top = type.virtualType(turn);
          at.removeLast();
          y.removeLast();
          // The point between may lie beyond the turn.
          at.add(turn);
          y.add(top);
          pieces.add(at, y);
          at.clear();
          y.clear();
          at.add(turn);
          y.add(top);
        }
        if (way != 0) {
          direction = way;
        }
      }
      at.add(next);
      y.add(value);
    }
    if (at.size() > 1) {
      pieces.add(at, y);
    }
    return pieces;
  }

  private static double[] grid(Distribution law) {
    List<Double> z = new ArrayList<>();
    if (Double.isFinite(law.low())) {
      z.add(law.low());
    }
    for (int k = TAIL; k > 8; k--) {
      z.add(law.quantile(Math.scalb(1.0, -k)));
    }
    for (int j = 1; j < INNER; j++) {
      z.add(law.quantile((double) j / INNER));
    }
    boolean bounded = Double.isFinite(law.high());
    for (int k = 9; k <= (bounded ? TAIL : FAR_TAIL); k += 1 + k / 16) {
      z.add(law.upperQuantile(Math.scalb(1.0, -k)));
    }
    if (bounded) {
      z.add(law.high());
    }
    return z.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private void add(List<Double> at, List<Double> y) {
    places.add(at.stream().mapToDouble(Double::doubleValue).toArray());
    values.add(y.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Where y has its largest value (direction 1) or its least (-1), by golden sections. */
  private double turn(double from, double to, int direction) {
    double a = from;
    double b = to;
    double left = b - GOLDEN * (b - a);
    double right = a + GOLDEN * (b - a);
    double yLeft = direction * type.virtualType(left);
    double yRight = direction * type.virtualType(right);
    for (int step = 0; step < 80; step++) {
      if (yLeft >= yRight) {
        b = right;
        right = left;
        yRight = yLeft;
        left = b - GOLDEN * (b - a);
        yLeft = direction * type.virtualType(left);
      } else {
        a = left;
        left = right;
        yLeft = yRight;
        right = a + GOLDEN * (b - a);
        yRight = direction * type.virtualType(right);
      }
    }
    return a + (b - a) / 2;
  }

  /** How many pieces there are, from low types to high ones. */
  public int count() {
    return places.size();
  }

  /** The lowest type of a piece. */
  public double from(int piece) {
    return places.get(piece)[0];
  }

  /** The highest type of a piece. */
  public double to(int piece) {
    return places.get(piece)[places.get(piece).length - 1];
  }

  /** y at the lowest type of a piece; may be -infinity. */
  public double valueFrom(int piece) {
    return values.get(piece)[0];
  }

  /** y at the highest type of a piece. */
  public double valueTo(int piece) {
    return values.get(piece)[values.get(piece).length - 1];
  }

  /** The largest y there is. */
  public double highest() {
    double highest = Double.NEGATIVE_INFINITY;
    for (int p = 0; p < count(); p++) {
      highest = Math.max(highest, Math.max(valueFrom(p), valueTo(p)));
    }
    return highest;
  }

  /** All y that were looked at, in no order. */
  double[] seen() {
    return values.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /**
   * The type in a piece at which y is {@code x}; an end of the piece when x is outside its values.
   */
  public double solve(int piece, double x) {
    double[] z = places.get(piece);
    double[] y = values.get(piece);
    int n = z.length;
    boolean rises = y[n - 1] >= y[0];
    if (rises ? x <= y[0] : x >= y[0]) {
      return z[0];
    }
    if (rises ? x >= y[n - 1] : x <= y[n - 1]) {
      return z[n - 1];
    }
    int low = 0;
    int high = n - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if ((y[middle] <= x) == rises) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return root(z[low], y[low] - x, z[high], y[high] - x, x);
  }

  /** Regula falsi that halves the weight of an end that stays (Illinois), and bisects at times. */
  private double root(double from, double atFrom, double to, double atTo, double x) {
    double a = from;
    double fa = atFrom;
    double b = to;
    double fb = atTo;
    if (fa == 0) {
      return a;
    }
    for (int step = 0; step < 200 && fb != 0; step++) {
      double c = (step & 3) == 3 ? a + (b - a) / 2 : b - fb * ((b - a) / (fb - fa));
      if (!(c > a && c < b)) {
        c = a + (b - a) / 2;
        if (!(c > a && c < b)) {
          break;
        }
      }
      double fc = type.virtualType(c) - x;
      if (fc == 0) {
        return c;
      }
      if ((fc > 0) == (fa > 0)) {
        a = c;
        fa = fc;
        fb /= (step & 3) == 3 ? 1 : 2;
      } else {
        b = c;
        fb = fc;
        fa /= (step & 3) == 3 ? 1 : 2;
      }
      if (b - a <= 4 * Math.ulp(Math.max(Math.abs(a), Math.abs(b)))) {
        break;
      }
    }
    return Math.abs(fa) < Math.abs(fb) ? a : b;
  }

  /** P(y &gt; x), by one root a piece. */
  double above(double x) {
    double sum = 0;
    for (int p = 0; p < count(); p++) {
      double first = type.distribution().survival(from(p));
      double last = type.distribution().survival(to(p));
      boolean startsAbove = valueFrom(p) > x;
      boolean endsAbove = valueTo(p) > x;
      if (startsAbove && endsAbove) {
        sum += first - last;
      } else if (startsAbove || endsAbove) {
        double between = type.distribution().survival(solve(p, x));
        sum += endsAbove ? between - last : first - between;
      }
    }
    return sum;
  }
}
