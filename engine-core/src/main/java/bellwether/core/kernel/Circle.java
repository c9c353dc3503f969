package bellwether.core.kernel;

/**
 * Sine and cosine. x - k pi/2 is found in two parts with three parts of pi/2 (Cody and Waite 1980)
 * and no rounding that matters; polynomials on [-pi/4, pi/4] follow. Arguments beyond 2^20, of
 * which one is rarely in need, go to {@link StrictMath}, whose code is fdlibm's.
 */
public final class Circle {
  /** The largest |x| that is reduced here. */
  public static final double MAIN = 0x1p20;

  /** Below, sin x = x and cos x = 1 to the last bit. */
  public static final double TINY = 0x1p-27;

  /** 2 / pi. */
  public static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;

  /** pi / 2, first part. */
  public static final double HALF_PI = 0x1.921fb54442d18p0;

  /** pi / 2, second part. */
  public static final double HALF_PI_2 = 0x1.1a62633145c07p-54;

  /** pi / 2, third part. */
  public static final double HALF_PI_3 = -0x1.f1976b7ed8fbcp-110;

  // sin(x) = x + x^3 (S0 + S1 x^2 + ...): error 2^-58.
  private static final double[] SINE = {
    -0x1.5555555555549p-3,
    0x1.111111110f886p-7,
    -0x1.a01a019c12d69p-13,
    0x1.71de3578b29efp-19,
    -0x1.ae5e66f3d6caep-26,
    0x1.5d93343ea410ap-33
  };

  // cos(x) = 1 - x^2/2 + x^4 (C0 + C1 x^2 + ...): error 2^-64.
  private static final double[] COSINE = {
    0x1.555555555554bp-5,
    -0x1.6c16c16c14fc2p-10,
    0x1.a01a019c88537p-16,
    -0x1.27e4f7ed45a00p-22,
    0x1.1ee9d9342a141p-29,
    -0x1.8fa54b32c8ddbp-37
  };

  private Circle() {}

  /** S0, S1, ... */
  public static double[] sineSeries() {
    return SINE.clone();
  }

  /** C0, C1, ... */
  public static double[] cosineSeries() {
    return COSINE.clone();
  }

  static double sin(double x) {
    double size = Math.abs(x);
    if (!(size >= TINY && size <= MAIN)) {
      return size < TINY ? x : StrictMath.sin(x);
    }
    return ofReduced(x, 0);
  }

  static double cos(double x) {
    double size = Math.abs(x);
    if (!(size >= TINY && size <= MAIN)) {
      return size < TINY ? 1 : StrictMath.cos(x);
    }
    return ofReduced(x, 1);
  }

  /** sin(x + turn pi/2). */
  private static double ofReduced(double x, int turn) {
    double shifted = Math.fma(x, TWO_OVER_PI, Elementary.SHIFT);
    double k = shifted - Elementary.SHIFT;
    long quarter = Double.doubleToRawLongBits(shifted) + turn;
    // The first part of k pi/2 is taken off exactly; of the second, both halves count.
    double first = Math.fma(-k, HALF_PI, x);
    double product = k * HALF_PI_2;
    double productRest = Math.fma(k, HALF_PI_2, -product);
    double r = first - product;
    double back = r - first;
    double lost = (first - (r - back)) - (product + back);
    double rest = Math.fma(-k, HALF_PI_3, lost - productRest);
    double value = (quarter & 1) == 0 ? sine(r, rest) : cosine(r, rest);
    return Double.longBitsToDouble(Double.doubleToRawLongBits(value) ^ ((quarter & 2) << 62));
  }

  /** sin(r + rest), |r| at most about pi/4, rest far smaller than r. */
  private static double sine(double r, double rest) {
    double z = r * r;
    double p = sineTail(z);
    double scaled = Math.fma(-0.5 * z, rest, rest);
    return r + Math.fma(z * r, p, scaled);
  }

  /** cos(r + rest). */
  private static double cosine(double r, double rest) {
    double z = r * r;
    double zRest = Math.fma(r, r, -z);
    double p = cosineTail(z);
    double half = 0.5 * z;
    double w = 1 - half;
    double lost = (1 - w) - half;
    return w + (lost + Math.fma(z * z, p, -Math.fma(r, rest, 0.5 * zRest)));
  }

  static double sineTail(double z) {
    return horner(SINE, z);
  }

  static double cosineTail(double z) {
    return horner(COSINE, z);
  }

  private static double horner(double[] coefficients, double z) {
    double p = coefficients[coefficients.length - 1];
    for (int i = coefficients.length - 2; i >= 0; i--) {
      p = Math.fma(p, z, coefficients[i]);
    }
    return p;
  }
}
