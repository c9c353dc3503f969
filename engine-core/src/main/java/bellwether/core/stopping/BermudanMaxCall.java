package bellwether.core.stopping;

import bellwether.core.parallel.Workers;

/**
 * A call on the larger of two independent assets with the same parameters and spot price, to be
 * exercised at the dates maturity k / dates, k = 0..dates, solved by quadrature.
 *
 * <p>A coarser run tells how far the digits hold, at least seven of them. O(dates^2.5) time and
 * O(dates) memory; 9 dates take half a second.
 *
 * @param value at the spot price
 * @param errorEstimate by how much a coarser run differs, and rounding
 * @param european the value without early exercise
 */
public record BermudanMaxCall(double value, double errorEstimate, double european) {
  /** The most dates. */
  public static final int MOST_DATES = 500;

  private static final int ORDER = 16;
  private static final double FINE = 2.6;
  private static final double COARSE = 3.3;

  /**
   * Solves a call.
   *
   * @param maturity in years, above 0
   * @param dates after the first, from 1 to {@link #MOST_DATES}
   * @throws IllegalArgumentException naming the number that is out of range
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static BermudanMaxCall of(
      Market market, double strike, double maturity, int dates, Workers workers) {
    PerpetualOption.positive("strike", strike);
    BermudanOption.checkScale(market, maturity);
    if (dates < 1 || dates > MOST_DATES) {
      throw new IllegalArgumentException(
          "dates must number from 1 to " + MOST_DATES + ": " + dates);
    }
    Market unit = market.at(market.spot() / strike);
    double fine = new MaxCallGrid(unit, maturity, dates, FINE, ORDER).solve(workers);
    double coarse = new MaxCallGrid(unit, maturity, dates, COARSE, ORDER).solve(workers);
    double value = Math.max(fine, unit.spot() - 1);
    return new BermudanMaxCall(
        Math.max(strike * value, market.spot() - strike),
        strike * (Math.abs(fine - coarse) + 1e-14 * value),
        EuropeanOption.maxCall(market, strike, maturity, 2));
  }

  /** What {@link #of} needs beside its result, in bytes. */
  public static double bytes(Market market, double maturity, int dates) {
    return 24.0 * new MaxCallGrid(market, maturity, dates, FINE, ORDER).size();
  }
}
