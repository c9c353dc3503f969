package bellwether.core.stopping;

import bellwether.core.distribution.Lognormal;
import bellwether.core.distribution.StandardNormal;
import bellwether.core.quadrature.AdaptiveIntegral;

/** Options that are exercised at maturity or never (Black and Scholes 1973, Merton 1973). */
public final class EuropeanOption {
  private EuropeanOption() {}

  /** exp(-rate maturity) E (strike - S)+. */
  public static double put(Market market, double strike, double maturity) {
    double root = market.volatility() * Math.sqrt(maturity);
    double d = (StrictMath.log(market.spot() / strike) + market.drift() * maturity) / root;
    return strike * StrictMath.exp(-market.rate() * maturity) * StandardNormal.upperTail(d)
        - market.spot()
            * StrictMath.exp(-market.dividend() * maturity)
            * StandardNormal.upperTail(d + root);
  }

  /** exp(-rate maturity) E (S - strike)+. */
  public static double call(Market market, double strike, double maturity) {
    double root = market.volatility() * Math.sqrt(maturity);
    double d = (StrictMath.log(market.spot() / strike) + market.drift() * maturity) / root;
    return market.spot()
            * StrictMath.exp(-market.dividend() * maturity)
            * StandardNormal.upperTail(-d - root)
        - strike * StrictMath.exp(-market.rate() * maturity) * StandardNormal.upperTail(-d);
  }

  /**
   * exp(-rate maturity) E (max S_i - strike)+ of independent assets that all begin at the spot
   * price: the integral of 1 - P(S &lt;= x)^assets above the strike (Stulz 1982, Johnson 1987).
   *
   * @param assets at least 1
   */
  public static double maxCall(Market market, double strike, double maturity, int assets) {
    double root = market.volatility() * Math.sqrt(maturity);
    double mu = StrictMath.log(market.spot()) + market.drift() * maturity;
    Lognormal price = new Lognormal(mu, root);
    double scale = StrictMath.exp(-market.rate() * maturity);
    // In ln x, beyond both ends of which nothing is left.
    double top = mu + root * (root + 9 + Math.sqrt(2 * StrictMath.log(assets)));
    return scale
        * AdaptiveIntegral.of(
            y -> {
              double x = StrictMath.exp(y);
              double none = StrictMath.log1p(-price.survival(x));
              return -StrictMath.expm1(assets * none) * x;
            },
            StrictMath.log(strike),
            Math.max(top, StrictMath.log(strike)),
            1e-13 * market.spot());
  }

  static void checkMaturity(double maturity) {
    PerpetualOption.positive("maturity", maturity);
  }
}
