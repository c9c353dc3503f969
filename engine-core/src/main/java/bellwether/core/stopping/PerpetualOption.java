package bellwether.core.stopping;

/**
 * Options without an end on geometric Brownian motion dS = (rate - dividend) S dt + volatility S dW
 * (McKean 1965, Samuelson 1965).
 *
 * @param value at the spot price
 * @param exerciseBoundary the price at which to exercise
 */
public record PerpetualOption(double value, double exerciseBoundary) {

  /**
   * The put: with beta the negative root of volatility^2 / 2 beta (beta - 1) + (rate - dividend)
   * beta = rate, one exercises at b = strike beta / (beta - 1), and the value above is (strike - b)
   * (spot / b)^beta.
   *
   * @param rate above 0: else waiting costs nothing
   * @throws IllegalArgumentException naming the number that is out of range
   */
  public static PerpetualOption put(
      double spot, double strike, double rate, double dividend, double volatility) {
    check(spot, strike, rate, dividend, volatility);
    double beta = root(rate, dividend, volatility, -1);
    double boundary = strike * (beta / (beta - 1));
    double value =
        spot <= boundary
            ? strike - spot
            : (strike - boundary) * StrictMath.exp(beta * StrictMath.log(spot / boundary));
    return new PerpetualOption(value, boundary);
  }

  /**
   * The call: with beta the root above 1, one exercises at strike beta / (beta - 1).
   *
   * @param dividend above 0: else one never exercises
   * @throws IllegalArgumentException naming the number that is out of range
   */
  public static PerpetualOption call(
      double spot, double strike, double rate, double dividend, double volatility) {
    check(spot, strike, rate, dividend, volatility);
    if (!(dividend > 0)) {
      throw new IllegalArgumentException(
          "dividend must be above 0, or a call is never exercised: " + dividend);
    }
    double beta = root(rate, dividend, volatility, 1);
    double boundary = strike * (beta / (beta - 1));
    double value =
        spot >= boundary
            ? spot - strike
            : (boundary - strike) * StrictMath.exp(beta * StrictMath.log(spot / boundary));
    return new PerpetualOption(value, boundary);
  }

  /** The root of the given sign, without cancellation. */
  private static double root(double rate, double dividend, double volatility, int sign) {
    double half = volatility * volatility / 2;
    double b = rate - dividend - half;
    double d = Math.sqrt(b * b + 4 * half * rate);
    // The product of the roots is -rate / half.
    return sign * b <= 0 ? (sign * d - b) / (2 * half) : 2 * rate / (b + sign * d);
  }

  private static void check(
      double spot, double strike, double rate, double dividend, double volatility) {
    positive("spot", spot);
    positive("strike", strike);
    positive("rate", rate);
    if (!Double.isFinite(dividend)) {
      throw new IllegalArgumentException("dividend must be finite: " + dividend);
    }
    positive("volatility", volatility);
  }

  static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and above 0: " + value);
    }
  }
}
