package bellwether.mechanisms.virtual;

/**
 * A nondecreasing function A of the initial type.
 *
 * <p>Values and derivatives are pure functions with the same bits everywhere.
 */
public sealed interface TypeFunction {

  /** A(s). */
  double value(double s);

  /** A'(s), which may be infinite at an end of the support. */
  double derivative(double s);

  /** A''(s), which may be infinite at an end of the support. */
  double secondDerivative(double s);

  /**
   * The s at which A(s) = {@code value}.
   *
   * @param value in the range of A
   */
  double inverse(double value);

  /** The least s at which the function is defined; -infinity when it is defined everywhere. */
  double domainLow();

  /** A(s) = s. */
  record Identity() implements TypeFunction {
    @Override
    public double value(double s) {
      return s;
    }

    @Override
    public double derivative(double s) {
      return 1;
    }

    @Override
    public double secondDerivative(double s) {
      return 0;
    }

    @Override
    public double inverse(double value) {
      return value;
    }

    @Override
    public double domainLow() {
      return Double.NEGATIVE_INFINITY;
    }
  }

  /**
   * A(s) = scale s^exponent, for s from 0.
   *
   * @param exponent above 0
   * @param scale above 0
   */
  record Power(double exponent, double scale) implements TypeFunction {
    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException when they are not finite and above 0
     */
    public Power {
      positive("exponent", exponent);
      positive("scale", scale);
    }

    @Override
    public double value(double s) {
      return scale * StrictMath.pow(s, exponent);
    }

    @Override
    public double derivative(double s) {
      return exponent == 1 ? scale : scale * exponent * StrictMath.pow(s, exponent - 1);
    }

    @Override
    public double secondDerivative(double s) {
      return exponent == 1
          ? 0
          : scale * exponent * (exponent - 1) * StrictMath.pow(s, exponent - 2);
    }

    @Override
    public double inverse(double value) {
      return StrictMath.pow(value / scale, 1 / exponent);
    }

    @Override
    public double domainLow() {
      return 0;
    }
  }

  /**
   * A(s) = intercept + slope s.
   *
   * @param intercept finite
   * @param slope above 0
   */
  record Affine(double intercept, double slope) implements TypeFunction {
    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException when they are not finite or the slope is not above 0
     */
    public Affine {
      if (!Double.isFinite(intercept)) {
        throw new IllegalArgumentException("intercept must be finite: " + intercept);
      }
      positive("slope", slope);
    }

    @Override
    public double value(double s) {
      return Math.fma(slope, s, intercept);
    }

    @Override
    public double derivative(double s) {
      return slope;
    }

    @Override
    public double secondDerivative(double s) {
      return 0;
    }

    @Override
    public double inverse(double value) {
      return (value - intercept) / slope;
    }

    @Override
    public double domainLow() {
      return Double.NEGATIVE_INFINITY;
    }
  }

  /**
   * A(s) = scale ln(1 + s), for s above -1.
   *
   * @param scale above 0
   */
  record Log1p(double scale) implements TypeFunction {
    /**
     * Checks the scale.
     *
     * @throws IllegalArgumentException when it is not finite and above 0
     */
    public Log1p {
      positive("scale", scale);
    }

    @Override
    public double value(double s) {
      return scale * StrictMath.log1p(s);
    }

    @Override
    public double derivative(double s) {
      return scale / (1 + s);
    }

    @Override
    public double secondDerivative(double s) {
      return -scale / ((1 + s) * (1 + s));
    }

    @Override
    public double inverse(double value) {
      return StrictMath.expm1(value / scale);
    }

    @Override
    public double domainLow() {
      return -1;
    }
  }

  private static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and above 0: " + value);
    }
  }
}
