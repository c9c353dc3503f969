package bellwether.mechanisms.virtual;

import bellwether.core.distribution.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The pieces of the support on which the virtual type y(s0) is monotone: one, where it increases
 * throughout, as regular types have it.
 *
 * <p>Unbounded supports are cut at a quantile of 2^-60 below and one of about 2^-1000 above.
 */
public final class VirtualTypePieces {
  private static final int INNER = 256;
  private static final int TAIL = 60;
  private static final int FAR_TAIL = 1000;

  private final PrivateType type;
  private final List<double[]> places = new ArrayList<>();
  private final List<double[]> values = new ArrayList<>();

  private VirtualTypePieces(PrivateType type) {
    this.type = type;
  }

  /** Finds the pieces, some thousand evaluations of y. */
  public static VirtualTypePieces of(PrivateType type) {
    VirtualTypePieces pieces = new VirtualTypePieces(type);
    double[] grid = grid(type.distribution());
    double bottom = grid[0];
    double top = grid[grid.length - 1];
    for (TypeCurve.Piece piece : TypeCurves.virtualType(type).pieces()) {
      double from = Math.max(piece.from(), bottom);
      double to = Math.min(piece.to(), top);
      double[] z =
          DoubleStream.concat(
                  DoubleStream.of(from, to), Arrays.stream(grid).filter(x -> x > from && x < to))
              // At an end of the support the rent may be no number.
              .filter(x -> type.virtualType(x) < Double.POSITIVE_INFINITY)
              .sorted()
              .distinct()
              .toArray();
      if (z.length > 1) {
        pieces.places.add(z);
        pieces.values.add(Arrays.stream(z).map(type::virtualType).toArray());
      }
    }
    return pieces;
  }

  /** Where y is looked at for a first bracket of its roots, from the lower end to the upper one. */
  private static double[] grid(Distribution law) {
    DoubleStream.Builder z = DoubleStream.builder();
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
    z.add(law.low());
    z.add(law.high());
    return z.build().filter(Double::isFinite).sorted().distinct().toArray();
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
