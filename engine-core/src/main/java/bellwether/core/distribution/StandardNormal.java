package bellwether.core.distribution;

/**
 * The standard normal distribution, with the same bits cold and compiled: exp is {@link
 * StrictMath}'s, because the compiler replaces {@link Math}'s by one that may differ in the last
 * bit.
 */
public final class StandardNormal {
  private static final double ROOT_HALF = Math.sqrt(0.5);
  private static final double DENSITY_AT_0 = 1 / Math.sqrt(2 * StrictMath.PI);
  private static final double RECIPROCAL_ROOT_PI = 1 / Math.sqrt(StrictMath.PI);

  // Rational approximations of W. J. Cody, Math. Comp. 23 (1969) 631-637, as in his CALERF: erf on
  // [0, 0.46875], erfc * exp(x^2) on (0.46875, 4], and the same beyond 4. Highest power
  // first, rounded to double.
  private static final double[] SMALL_TOP = {
    0.18577770618460315,
    3.1611237438705655,
    113.86415415105016,
    377.485237685302,
    3209.3775891384694
  };
  private static final double[] SMALL_BOTTOM = {
    1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171
  };
  private static final double[] MIDDLE_TOP = {
    2.1531153547440383e-08,
    0.5641884969886701,
    8.883149794388377,
    66.11919063714163,
    298.6351381974001,
    881.952221241769,
    1712.0476126340707,
    2051.0783778260716,
    1230.3393547979972
  };
  private static final double[] MIDDLE_BOTTOM = {
    1,
    15.744926110709835,
    117.6939508913125,
    537.1811018620099,
    1621.3895745666903,
    3290.7992357334597,
    4362.619090143247,
    3439.3676741437216,
    1230.3393548037495
  };
  private static final double[] LARGE_TOP = {
    0.016315387137302097,
    0.30532663496123236,
    0.36034489994980445,
    0.12578172611122926,
    0.016083785148742275,
    0.0006587491615298378
  };
  private static final double[] LARGE_BOTTOM = {
    1,
    2.568520192289822,
    1.8729528499234673,
    0.5279051029514285,
    0.06051834131244132,
    0.0023352049762686918
  };

  private StandardNormal() {}

  /** phi(x) = exp(-x^2 / 2) / sqrt(2 pi). */
  public static double density(double x) {
    return DENSITY_AT_0 * expOfMinusHalfSquare(x);
  }

  /** P(Z &gt; x), accurate relative to itself (about 1e-15) down to the smallest normal numbers. */
  public static double upperTail(double x) {
    double y = Math.abs(x) * ROOT_HALF;
    if (y <= 0.46875) {
      double square = y * y;
      double erf = y * polynomial(SMALL_TOP, square) / polynomial(SMALL_BOTTOM, square);
      return x >= 0 ? 0.5 - 0.5 * erf : 0.5 + 0.5 * erf;
    }
    double half = 0.5 * expOfMinusHalfSquare(x) * scaledTail(y);
    return x >= 0 ? half : 1 - half;
  }

  /** exp(y^2) erfc(y), for y above 0.46875. */
  private static double scaledTail(double y) {
    if (y <= 4) {
      return polynomial(MIDDLE_TOP, y) / polynomial(MIDDLE_BOTTOM, y);
    }
    double inverse = 1 / (y * y);
    double ratio = polynomial(LARGE_TOP, inverse) / polynomial(LARGE_BOTTOM, inverse);
    return (RECIPROCAL_ROOT_PI - inverse * ratio) / y;
  }

  /**
   * Mills' ratio P(Z &gt; x) / phi(x), accurate relative to itself (about 1e-15) wherever it is
   * finite: also where both are too small for a double.
   */
  public static double inverseHazard(double x) {
    double y = x * ROOT_HALF;
    return y > 0.46875 ? 0.5 / DENSITY_AT_0 * scaledTail(y) : upperTail(x) / density(x);
  }

  /**
   * The expected shortfall E (x + Z)^- = phi(x) - x P(Z &gt; x): positive, convex, decreasing,
   * about -x far to the left. Its error is about an ulp of phi(x).
   */
  public static double shortfall(double x) {
    if (x == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double value = density(x) - x * upperTail(x);
    return Math.max(value, 0.0);
  }

  /** exp(-x^2 / 2) without the relative error x^2 ulp that rounding the square would bring. */
  private static double expOfMinusHalfSquare(double x) {
    if (Math.abs(x) >= 40) {
      return 0;
    }
    double head = StrictMath.rint(x * 16) / 16;
    double rest = (x - head) * (x + head);
    return StrictMath.exp(-0.5 * head * head) * StrictMath.exp(-0.5 * rest);
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) {
      sum = Math.fma(sum, x, coefficients[i]);
    }
    return sum;
  }
}
