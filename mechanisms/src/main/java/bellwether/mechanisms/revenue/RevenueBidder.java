package bellwether.mechanisms.revenue;

import bellwether.mechanisms.auction.Contestant;

/**
 * A bidder of an auction for revenue.
 *
 * @param contestant its arm and present state
 * @param value how its initial type enters its value
 * @param initialType s0 as reported
 */
public record RevenueBidder(Contestant contestant, PrivateValue value, double initialType) {

  /**
   * Checks the type.
   *
   * @throws IllegalArgumentException when the type is outside the support of its law, or values are
   *     multiplicative and A is negative there
   */
  public RevenueBidder {
    if (!value.type().supports(initialType)) {
      throw new IllegalArgumentException(
          "initialType must lie in the support of its distribution, ["
              + value.type().distribution().low()
              + ", "
              + value.type().distribution().high()
              + "]: "
              + initialType);
    }
    if (value.multiplicative() && !(value.type().function().value(initialType) >= 0)) {
      throw new IllegalArgumentException(
          "A(initialType) must be at least 0 for multiplicative values: "
              + value.type().function().value(initialType));
    }
  }

  /** Whether the bidder gets any weight. */
  public boolean included() {
    return value.weight(initialType).included();
  }
}
