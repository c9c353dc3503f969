package bellwether.core.stopping;

/**
 * Options on one asset that may be exercised at the dates maturity k / dates, k = 0..dates, solved
 * by quadrature ({@link BrownianStopping} in the logarithm of the price).
 *
 * @param value at the spot price
 * @param errorEstimate by how much a coarser run differs, and rounding
 * @param european the value without early exercise
 * @param exerciseBoundary of each date the price at which exercise begins; NaN where it never does
 *     within reach
 */
@SuppressWarnings("ArrayRecordComponent")
public record BermudanOption(
    double value, double errorEstimate, double european, double[] exerciseBoundary) {

  /** (strike - S)+. */
  public static BermudanOption put(Market market, double strike, double maturity, int dates) {
    return solve(market, strike, maturity, dates, -1);
  }

  /** (S - strike)+. */
  public static BermudanOption call(Market market, double strike, double maturity, int dates) {
    return solve(market, strike, maturity, dates, 1);
  }

  private static BermudanOption solve(
      Market market, double strike, double maturity, int dates, int sign) {
    PerpetualOption.positive("strike", strike);
    checkScale(market, maturity);
    // In units of the strike, around its logarithm: nothing overflows before the result does.
    BrownianStopping motion =
        new BrownianStopping(
            StrictMath.log(market.spot() / strike),
            market.drift(),
            market.volatility(),
            market.rate(),
            maturity,
            dates);
    BrownianStopping.Result found =
        motion.solve(x -> sign * (StrictMath.exp(x) - 1), new double[0], sign > 0 ? 1 : 0, 0);
    double[] boundary = new double[dates + 1];
    for (int k = 0; k <= dates; k++) {
      double[] points = found.boundaries()[k];
      // Of a put the region is below, of a call above; with negative rates it may have two ends.
      boundary[k] =
          points.length == 0
              ? Double.NaN
              : strike * StrictMath.exp(sign < 0 ? points[points.length - 1] : points[0]);
    }
    double european =
        sign < 0
            ? EuropeanOption.put(market, strike, maturity)
            : EuropeanOption.call(market, strike, maturity);
    return new BermudanOption(
        // Rounding in the logarithm should not be seen in what is exercised now.
        Math.max(strike * found.value(), sign * (market.spot() - strike)),
        strike * found.errorEstimate(),
        european,
        boundary);
  }

  /** Refuses what would overflow. */
  static void checkScale(Market market, double maturity) {
    PerpetualOption.positive("maturity", maturity);
    double spread = market.volatility() * market.volatility() * maturity;
    double moves = Math.max(Math.abs(market.rate()), Math.abs(market.dividend())) * maturity;
    if (!(spread <= 100 && moves <= 100)) {
      throw new IllegalArgumentException(
          "maturity times volatility^2, rate and dividend must be at most 100 each: "
              + spread
              + ", "
              + market.rate() * maturity
              + ", "
              + market.dividend() * maturity);
    }
  }
}
