package bellwether.core.stopping;

/**
 * An American put, exercised at any time up to maturity.
 *
 * <p>The boundary B as a function of the time left solves Kim's (1990) integral equation; it is
 * found by fixed-point iteration on Chebyshev nodes, and the premium over the European value is one
 * more integral (Andersen, Lake and Offengenden 2016). Two resolutions tell how far the digits
 * hold.
 *
 * @param value at the spot price
 * @param errorEstimate by how much a coarser run differs, and rounding
 * @param european the value without early exercise
 * @param exerciseBoundary the price at or below which to exercise now; NaN where one never does
 */
public record AmericanPut(
    double value, double errorEstimate, double european, double exerciseBoundary) {
  private static final int[] NODES = {16, 24, 32, 48, 72, 110};

  /** Relative to the strike; finer runs are tried until two agree as closely. */
  private static final double ENOUGH = 1e-11;

  /** Above this the equation has failed. */
  private static final double WORST = 1e-8;

  /**
   * Solves a put.
   *
   * @param maturity in years, above 0
   * @throws IllegalArgumentException when a number is out of range; when rate and dividend are such
   *     that there are two boundaries, dividend &lt; rate &lt; 0
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static AmericanPut of(Market market, double strike, double maturity) {
    PerpetualOption.positive("strike", strike);
    BermudanOption.checkScale(market, maturity);
    double rate = market.rate();
    double dividend = market.dividend();
    if (rate < 0 && dividend < rate) {
      throw new IllegalArgumentException(
          "rate must be at least 0, or at most dividend: below both, exercise begins and ends at"
              + " two prices: "
              + rate
              + ", "
              + dividend);
    }
    double european = EuropeanOption.put(market, strike, maturity);
    if (rate <= 0 && dividend >= rate) {
      // Waiting earns: interest on the strike is not missed.
      return new AmericanPut(european, 1e-15 * strike, european, Double.NaN);
    }
    // In units of the strike.
    Market unit = market.at(market.spot() / strike);
    double error = Double.POSITIVE_INFINITY;
    double best = Double.NaN;
    double boundary = Double.NaN;
    double before = Double.NaN;
    for (int nodes : NODES) {
      PutBoundary found = PutBoundary.solve(unit, maturity, nodes);
      double value =
          found == null ? Double.NaN : european / strike + premium(found, unit, maturity);
      double change = Math.abs(value - before);
      if (change < error) {
        error = change;
        best = value;
        boundary = found == null ? Double.NaN : found.at(maturity);
      }
      before = value;
      if (error <= ENOUGH) {
        break;
      }
    }
    if (!(error <= WORST)) {
      return byDates(market, strike, maturity, european);
    }
    double value = Math.max(best, 1 - unit.spot());
    return new AmericanPut(strike * value, strike * (error + 1e-14), european, strike * boundary);
  }

  private static double premium(PutBoundary boundary, Market market, double maturity) {
    double spot = market.spot();
    return spot <= boundary.at(maturity)
        ? 1 - spot - EuropeanOption.put(market, 1, maturity)
        : boundary.premium(spot, maturity);
  }

  /** What the equation cannot do: many dates, and what is left by extrapolation. */
  private static AmericanPut byDates(
      Market market, double strike, double maturity, double european) {
    BermudanOption coarse = BermudanOption.put(market, strike, maturity, 500);
    BermudanOption middle = BermudanOption.put(market, strike, maturity, 1000);
    BermudanOption fine = BermudanOption.put(market, strike, maturity, 2000);
    double once = 2 * middle.value() - coarse.value();
    double value = 2 * fine.value() - middle.value();
    return new AmericanPut(
        value, Math.abs(value - once) + fine.errorEstimate(), european, fine.exerciseBoundary()[0]);
  }
}
