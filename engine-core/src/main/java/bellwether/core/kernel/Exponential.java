package bellwether.core.kernel;

/**
 * The exponential. x = k ln 2 + r with |r| at most about ln(2)/2, taken off in two parts of which
 * the first is exact; then exp(r) = 1 + r + r^2 (E0 + E1 r + ...), error 2^-64, by Horner's rule to
 * the last step, so that only the last sum rounds a number as large as the result.
 */
public final class Exponential {
  /** The largest |x| whose exponential needs no care. */
  public static final double MAIN = 708;

  /** log2(e). */
  public static final double LOG2_E = 0x1.71547652b82fep0;

  /** ln 2, upper part. */
  public static final double LN2_HIGH = 0x1.62e42fefa39efp-1;

  /** ln 2, lower part. */
  public static final double LN2_LOW = 0x1.abc9e3b39803fp-56;

  private static final double[] SERIES = {
    0.5,
    0x1.555555555555bp-3,
    0x1.5555555555503p-5,
    0x1.111111110ec55p-7,
    0x1.6c16c16c303d1p-10,
    0x1.a01a01b382fb6p-13,
    0x1.a01a0136b3919p-16,
    0x1.71ddf011c8f13p-19,
    0x1.27e5b401dce71p-22,
    0x1.af6c0648e8bd2p-26,
    0x1.1e3da296ba948p-29
  };

  private static final double OVERFLOW = 709.782712893384;
  private static final double UNDERFLOW = -745.1332191019412;

  private Exponential() {}

  /** E0, E1, ... */
  public static double[] series() {
    return SERIES.clone();
  }

  static double of(double x) {
    if (!(Math.abs(x) <= MAIN)) {
      return beyond(x);
    }
    double shifted = Math.fma(x, LOG2_E, Elementary.SHIFT);
    long power = Double.doubleToRawLongBits(shifted) << 52;
    double rest = ofRest(x, shifted - Elementary.SHIFT);
    return Double.longBitsToDouble(Double.doubleToRawLongBits(rest) + power);
  }

  private static double beyond(double x) {
    if (x > OVERFLOW) {
      return Double.POSITIVE_INFINITY;
    }
    if (x < UNDERFLOW) {
      return 0;
    }
    if (Double.isNaN(x)) {
      return x;
    }
    double k = Math.fma(x, LOG2_E, Elementary.SHIFT) - Elementary.SHIFT;
    int half = (int) k >> 1;
    // Of the two products only the last one rounds.
    return ofRest(x, k) * powerOf2(half) * powerOf2((int) k - half);
  }

  private static double powerOf2(int exponent) {
    return Double.longBitsToDouble((exponent + 1023L) << 52);
  }

  private static double ofRest(double x, double k) {
    double r = Math.fma(-k, LN2_LOW, Math.fma(-k, LN2_HIGH, x));
    double p = SERIES[SERIES.length - 1];
    for (int i = SERIES.length - 2; i >= 0; i--) {
      p = Math.fma(p, r, SERIES[i]);
    }
    return Math.fma(Math.fma(p, r, 1), r, 1);
  }
}
