package bellwether.mechanisms.revenue;

import bellwether.core.bandit.RetirementSteps;
import bellwether.mechanisms.auction.AffineMap;

/**
 * A bidder before its type is known: what its arm may do, and how its type will count.
 *
 * <p>With y the virtual type, the arm counts y B - cost a period where values are A(s0) B, and y C
 * + B - cost where they are A(s0) C + B: its breakpoints are scaled and shifted, its factors stay
 * (Kakade, Lobel and Nazerzadeh 2013, 5.2.2).
 *
 * @param steps phi' of the arm's reward B: of its present state, or averaged over the law of that
 * @param value how the initial type enters
 * @param cost to the seller of every period in which this bidder wins, finite
 */
public record Subscriber(RetirementSteps steps, PrivateValue value, double cost) {

  /**
   * Checks the cost.
   *
   * @throws IllegalArgumentException when it is not finite
   */
  public Subscriber {
    if (!Double.isFinite(cost)) {
      throw new IllegalArgumentException("cost must be finite: " + cost);
    }
  }

  /** A bidder that costs nothing to serve. */
  public Subscriber(RetirementSteps steps, PrivateValue value) {
    this(steps, value, 0);
  }

  /** Whether a bidder of virtual type {@code y} gets any weight. */
  boolean included(double y) {
    return value.multiplicative() ? y > 0 && y < Double.POSITIVE_INFINITY : Double.isFinite(y);
  }

  /** By what B is multiplied. */
  double scale(double y) {
    return value.multiplicative() ? y : 1;
  }

  /** What is added, a period. */
  double shift(double y) {
    return value.multiplicative() ? 0 - cost : Math.fma(y, value.constant(), 0 - cost);
  }

  /** From B to the objective. */
  AffineMap objective(double y) {
    return new AffineMap(scale(y), shift(y));
  }
}
