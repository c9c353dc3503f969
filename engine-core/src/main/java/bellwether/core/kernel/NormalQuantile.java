package bellwether.core.kernel;

/**
 * The standard normal quantile in the three regions of M. J. Wichura, Algorithm AS 241, Applied
 * Statistics 37 (1988), with fits of what is left of leading terms, whose rounding counts less:
 *
 * <pre>
 * q = p - 1/2, |q| &lt;= 0.425:         z = q (sqrt(2 pi) + q^2 M(0.180625 - q^2))
 * r = sqrt(-ln min(p, 1 - p)) &lt;= 5:  |z| = sqrt(2) r + T(r - 1.6)
 * beyond:                            |z| = sqrt(2) r + F(r - 5)
 * </pre>
 *
 * <p>M, T and F are quotients of polynomials of degree 7, errors 2^-56 of z, whose terms have one
 * sign.
 */
public final class NormalQuantile {
  /** Half the width of the region in the middle. */
  public static final double MIDDLE = 0.425;

  /** Its square. */
  public static final double MIDDLE_SQUARE = 0.180625;

  /** Where the second region begins to be counted. */
  public static final double TAIL = 1.6;

  /** Where r goes from the second region to the third: p about 1.4e-11. */
  public static final double FAR = 5;

  /** sqrt(2 pi). */
  public static final double ROOT_2_PI = 0x1.40d931ff62706p+1;

  /** sqrt(2 pi) - {@link #ROOT_2_PI}. */
  public static final double ROOT_2_PI_REST = -0x1.a6a0d6f814637p-53;

  /** sqrt(2). */
  public static final double ROOT_2 = 0x1.6a09e667f3bcdp+0;

  /** sqrt(2) - {@link #ROOT_2}. */
  public static final double ROOT_2_REST = -0x1.bdd3413b26456p-54;

  // Constant terms first.
  private static final double[] MIDDLE_TOP = {
    4.874765941399952,
    190.12868413343267,
    2785.83927173593,
    19096.506241182942,
    62141.89139005245,
    86066.19991173665,
    36621.16962777235,
    570.3698939450347
  };
  private static final double[] MIDDLE_BOTTOM = {
    1,
    45.02694613738781,
    791.2380439937076,
    6881.333388940191,
    31048.376434736452,
    69698.94931339758,
    67752.60514480891,
    19890.659440065163
  };
  private static final double[] TAIL_TOP = {
    -0.8393045890472685,
    -1.4224262148608433,
    -0.9247616143927109,
    -0.290897610977249,
    -0.04538457110740718,
    -0.0031145880594142137,
    -6.611025600838191e-05,
    -7.037406010130851e-08
  };
  private static final double[] TAIL_BOTTOM = {
    1,
    2.0445037048534016,
    1.670226542544277,
    0.697483221794274,
    0.15737482235141376,
    0.0184316472319313,
    0.0009585492892974224,
    1.4746728778745028e-05
  };
  private static final double[] FAR_TOP = {
    -0.41316316836437156,
    -0.19656941486327617,
    -0.03377493594934268,
    -0.0025916527415313917,
    -8.951598934191139e-05,
    -1.238625660220434e-06,
    -4.908074566248439e-09,
    -7.889921267168229e-13
  };
  private static final double[] FAR_BOTTOM = {
    1,
    0.6111753167737569,
    0.14347634816686772,
    0.01629643276806174,
    0.0009309955229971601,
    2.5377133193723948e-05,
    2.826554412014848e-07,
    8.695856636940259e-10
  };

  private NormalQuantile() {}

  /** The numerator of M, constant term first. */
  public static double[] middleTop() {
    return MIDDLE_TOP.clone();
  }

  /** The denominator of M. */
  public static double[] middleBottom() {
    return MIDDLE_BOTTOM.clone();
  }

  /** The numerator of T. */
  public static double[] tailTop() {
    return TAIL_TOP.clone();
  }

  /** The denominator of T. */
  public static double[] tailBottom() {
    return TAIL_BOTTOM.clone();
  }

  static double of(double p) {
    double q = p - 0.5;
    if (Math.abs(q) <= MIDDLE) {
      double r = Math.fma(-q, q, MIDDLE_SQUARE);
      double m = horner(MIDDLE_TOP, r) / horner(MIDDLE_BOTTOM, r);
      return Math.fma(q, ROOT_2_PI, q * Math.fma(q * q, m, ROOT_2_PI_REST));
    }
    if (!(p > 0 && p < 1)) {
      return p == 0 ? Double.NEGATIVE_INFINITY : p == 1 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    double r = Math.sqrt(-Logarithm.of(q < 0 ? p : 1 - p));
    double rest =
        r <= FAR
            ? horner(TAIL_TOP, r - TAIL) / horner(TAIL_BOTTOM, r - TAIL)
            : horner(FAR_TOP, r - FAR) / horner(FAR_BOTTOM, r - FAR);
    double size = Math.fma(r, ROOT_2, Math.fma(r, ROOT_2_REST, rest));
    return q < 0 ? -size : size;
  }

  private static double horner(double[] coefficients, double x) {
    double value = coefficients[coefficients.length - 1];
    for (int i = coefficients.length - 2; i >= 0; i--) {
      value = Math.fma(value, x, coefficients[i]);
    }
    return value;
  }
}
