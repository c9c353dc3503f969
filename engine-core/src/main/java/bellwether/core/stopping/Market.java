package bellwether.core.stopping;

/**
 * Assets that follow dS = (rate - dividend) S dt + volatility S dW, and interest.
 *
 * @param spot price now, above 0
 * @param rate of interest a year, continuously compounded, finite
 * @param dividend yield a year, finite
 * @param volatility a square root of a year, above 0
 */
public record Market(double spot, double rate, double dividend, double volatility) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the one that is out of range
   */
  public Market {
    PerpetualOption.positive("spot", spot);
    finite("rate", rate);
    finite("dividend", dividend);
    PerpetualOption.positive("volatility", volatility);
  }

  private static void finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite: " + value);
    }
  }

  /** Drift of ln S a year: rate - dividend - volatility^2 / 2. */
  double drift() {
    return rate - dividend - volatility * volatility / 2;
  }

  /** The same with another price. */
  public Market at(double price) {
    return new Market(price, rate, dividend, volatility);
  }
}
