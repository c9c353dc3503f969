package bellwether.core.stopping;

/**
 * An option for simulation: a put on one asset, or a call on the largest of several independent
 * ones with the same parameters; strike 1.
 *
 * @param market in units of the strike
 * @param assets at least 1
 * @param put whether it is a put, then on one asset
 * @param dates after the first, at least 1
 * @param maturity the last date
 */
record OptionModel(Market market, int assets, boolean put, int dates, double maturity) {
  double step() {
    return maturity / dates;
  }

  double discount(int date) {
    return StrictMath.exp(-market.rate() * step() * date);
  }

  /** Of the largest price (of a put, the only one). */
  double payoff(double price) {
    return put ? 1 - price : price - 1;
  }

  /** The value without early exercise. */
  double european() {
    return put
        ? EuropeanOption.put(market, 1, maturity)
        : EuropeanOption.maxCall(market, 1, maturity, assets);
  }

  /** The mean of the price at a date. */
  double mean(int date) {
    return market.spot() * StrictMath.exp((market.rate() - market.dividend()) * step() * date);
  }

  /** The standard deviation of the price at a date. */
  double deviation(int date) {
    double variance = market.volatility() * market.volatility() * step() * date;
    return mean(date) * Math.sqrt(StrictMath.expm1(variance));
  }
}
