package bellwether.core.kernel;

/**
 * Natural logarithm. x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), s = f / (2 + f):
 *
 * <pre>ln(1 + f) = f - (f^2/2 - s (f^2/2 + R(s^2)))</pre>
 *
 * <p>with the sums in the order of fdlibm's e_log.c (Sun Microsystems 1993), so that nothing
 * cancels: f is exact, and so is k times the upper part of ln 2, which has 33 bits.
 */
public final class Logarithm {
  /** Bits of 1 less bits of sqrt(1/2): carries mantissas from sqrt(2) on into the exponent. */
  public static final long CARRY = 0x3FF0000000000000L - 0x3FE6A09E00000000L;

  /** Bits of about sqrt(1/2). */
  public static final long ROOT_HALF = 0x3FE6A09E00000000L;

  /** The bits of a mantissa. */
  public static final long MANTISSA = 0xFFFFFFFFFFFFFL;

  /** The bits of {@link Elementary#SHIFT}, less the bias of exponents. */
  public static final long INTEGER = 0x4338000000000000L - 1023;

  /** ln 2, upper 33 bits. */
  public static final double LN2_33 = 0.6931471803691238;

  /** ln 2 - {@link #LN2_33}. */
  public static final double LN2_REST = 1.9082149292705877E-10;

  // R(z) = z (L0 + L1 z + ...): error 2^-59.
  private static final double[] SERIES = {
    0x1.5555555555592p-1,
    0x1.999999998009dp-2,
    0x1.24924941cfb59p-2,
    0x1.c71c5220771b8p-3,
    0x1.74663ac500768p-3,
    0x1.39a219a406d05p-3,
    0x1.2f02065bd3453p-3
  };

  private Logarithm() {}

  /** L0, L1, ... */
  public static double[] series() {
    return SERIES.clone();
  }

  static double of(double x) {
    if (x >= Double.MIN_NORMAL && x < Double.POSITIVE_INFINITY) {
      return ofNormal(x, INTEGER);
    }
    if (x > 0 && x < 1) {
      return ofNormal(x * 0x1p54, INTEGER - 54);
    }
    return x == 0 ? Double.NEGATIVE_INFINITY : x > 0 ? x : Double.NaN;
  }

  /** Of a normal positive number. */
  static double ofNormal(double x) {
    return ofNormal(x, INTEGER);
  }

  private static double ofNormal(double x, long integer) {
    long carried = Double.doubleToRawLongBits(x) + CARRY;
    double k = Double.longBitsToDouble((carried >>> 52) + integer) - Elementary.SHIFT;
    double f = Double.longBitsToDouble((carried & MANTISSA) + ROOT_HALF) - 1;
    double s = f / (2 + f);
    double z = s * s;
    double p = SERIES[SERIES.length - 1];
    for (int i = SERIES.length - 2; i >= 0; i--) {
      p = Math.fma(p, z, SERIES[i]);
    }
    double half = 0.5 * f * f;
    double rest = Math.fma(s, Math.fma(p, z, half), k * LN2_REST);
    return Math.fma(k, LN2_33, f - (half - rest));
  }
}
