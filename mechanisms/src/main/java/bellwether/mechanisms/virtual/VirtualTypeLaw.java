package bellwether.mechanisms.virtual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The law of the virtual type y(s0): P(y &gt; x) as polynomials of degree {@value #DEGREE} on
 * panels, within about 1e-13.
 *
 * <p>Panels begin at the values of y in some quantiles and are halved until the last coefficients
 * of the Chebyshev series vanish. Where y has atoms or square-root ends the halving stops at
 * rounding. Cost: some thousand roots of y once, then a search and a Clenshaw sum a call.
 * Immutable.
 */
public final class VirtualTypeLaw {
  static final int DEGREE = 10;
  private static final int DEPTH = 44;
  private static final double TOLERANCE = 3e-14;

  /** cos(pi j k / DEGREE), by k and j. */
  private static final double[] COSINES = new double[(DEGREE + 1) * (DEGREE + 1)];

  static {
    for (int k = 0; k <= DEGREE; k++) {
      for (int j = 0; j <= DEGREE; j++) {
        COSINES[k * (DEGREE + 1) + j] = StrictMath.cos(StrictMath.PI * j * k / DEGREE);
      }
    }
  }

  private final VirtualTypePieces pieces;
  private final double highest;
  private final double[] ends;
  private final double[] coefficients;
  private final double all;

  private VirtualTypeLaw(
      VirtualTypePieces pieces, double[] ends, double[] coefficients, double all) {
    this.pieces = pieces;
    this.highest = pieces.highest();
    this.ends = ends;
    this.coefficients = coefficients;
    this.all = all;
  }

  /** Makes the panels. */
  public static VirtualTypeLaw of(PrivateType type) {
    VirtualTypePieces pieces = VirtualTypePieces.of(type);
    double[] seen = Arrays.stream(pieces.seen()).filter(Double::isFinite).sorted().toArray();
    List<Double> starts = new ArrayList<>();
    // Every eighth place will do, but the ends of pieces are kinks.
    for (int i = 0; i < seen.length; i++) {
      boolean end = i == 0 || i == seen.length - 1;
      for (int p = 0; p < pieces.count() && !end; p++) {
        end = seen[i] == pieces.valueFrom(p) || seen[i] == pieces.valueTo(p);
      }
      if (end || i % 8 == 0) {
        starts.add(seen[i]);
      }
    }
    double[] kept = starts.stream().mapToDouble(Double::doubleValue).distinct().toArray();
    List<double[]> panels = new ArrayList<>();
    for (int i = 0; i + 1 < kept.length; i++) {
      fit(pieces, kept[i], kept[i + 1], DEPTH, panels);
    }
    double[] ends = new double[panels.size() + 1];
    double[] coefficients = new double[panels.size() * (DEGREE + 1)];
    for (int i = 0; i < panels.size(); i++) {
      ends[i] = panels.get(i)[DEGREE + 1];
      ends[i + 1] = panels.get(i)[DEGREE + 2];
      System.arraycopy(panels.get(i), 0, coefficients, i * (DEGREE + 1), DEGREE + 1);
    }
    return new VirtualTypeLaw(pieces, ends, coefficients, pieces.above(Double.NEGATIVE_INFINITY));
  }

  /** Appends the panels from {@code low} to {@code high}: coefficients, then the two ends. */
  private static void fit(
      VirtualTypePieces pieces, double low, double high, int depth, List<double[]> panels) {
    double middle = low + (high - low) / 2;
    double half = (high - low) / 2;
    double[] values = new double[DEGREE + 1];
    for (int j = 0; j <= DEGREE; j++) {
      double x = middle + half * COSINES[DEGREE + 1 + j];
      // From the left at the upper end and from the right at the lower one.
      values[j] =
          pieces.above(j == 0 ? Math.nextDown(high) : j == DEGREE ? low : Math.clamp(x, low, high));
    }
    double[] panel = new double[DEGREE + 3];
    for (int k = 0; k <= DEGREE; k++) {
      double sum = 0;
      for (int j = 0; j <= DEGREE; j++) {
        double weight = j == 0 || j == DEGREE ? 0.5 : 1;
        sum += weight * values[j] * COSINES[k * (DEGREE + 1) + j];
      }
      panel[k] = sum * (k == 0 || k == DEGREE ? 1 : 2) / DEGREE;
    }
    double last =
        Math.abs(panel[DEGREE]) + Math.abs(panel[DEGREE - 1]) + Math.abs(panel[DEGREE - 2]);
    if (last > TOLERANCE && depth > 0 && middle > low && middle < high) {
      fit(pieces, low, middle, depth - 1, panels);
      fit(pieces, middle, high, depth - 1, panels);
      return;
    }
    panel[DEGREE + 1] = low;
    panel[DEGREE + 2] = high;
    panels.add(panel);
  }

  /** The monotone pieces. */
  public VirtualTypePieces pieces() {
    return pieces;
  }

  /** The largest y, for unbounded types one that is exceeded with probability 1e-300. */
  public double highest() {
    return highest;
  }

  /** P(y &gt; x). */
  public double above(double x) {
    if (!(x < highest)) {
      return 0;
    }
    int low = 0;
    int high = ends.length - 1;
    if (!(x >= ends[0])) {
      return all;
    }
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (ends[middle] <= x) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double t = ((x - ends[low]) - (ends[low + 1] - x)) / (ends[low + 1] - ends[low]);
    double twice = 2 * t;
    int c = low * (DEGREE + 1);
    double b1 = 0;
    double b2 = 0;
    for (int k = DEGREE; k > 0; k--) {
      double b = Math.fma(twice, b1, coefficients[c + k] - b2);
      b2 = b1;
      b1 = b;
    }
    return Math.clamp(Math.fma(t, b1, coefficients[c] - b2), 0.0, 1.0);
  }
}
