package bellwether.mechanisms.revenue;

import bellwether.mechanisms.auction.AffineMap;
import bellwether.mechanisms.auction.Terms;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.Valuation;
import bellwether.mechanisms.virtual.VirtualWeight;

/**
 * How a bidder's initial type enters what winning is worth to it: A(s0) B or A(s0) C + B, B being
 * its arm's reward.
 *
 * @param type law of s0, A, and which of the two
 * @param constant C, finite and at least 0; ignored for multiplicative values
 */
public record PrivateValue(PrivateType type, double constant) {

  /**
   * Checks the constant.
   *
   * @throws IllegalArgumentException when it is negative or not finite
   */
  public PrivateValue {
    if (!(constant >= 0 && constant < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("C must be finite and at least 0: " + constant);
    }
  }

  /** Whether values are A(s0) B. */
  public boolean multiplicative() {
    return type.valuation() == Valuation.MULTIPLICATIVE;
  }

  /** alpha, and beta a unit of C, of a bidder of type {@code s0}. */
  public VirtualWeight weight(double s0) {
    return type.weight(s0);
  }

  /** beta of a bidder of type {@code s0}, in its own value a period of winning. */
  public double beta(double s0) {
    return weight(s0).beta(constant);
  }

  /**
   * What the arm's rewards are worth to a bidder of type {@code s0}.
   *
   * @throws IllegalArgumentException when values are multiplicative and A(s0) is not positive and
   *     finite
   */
  public AffineMap value(double s0) {
    double a = type.function().value(s0);
    return multiplicative() ? AffineMap.scale(a) : new AffineMap(1, a * constant);
  }

  /**
   * What the arm's rewards are worth to a bidder of type {@code s0}, and what that counts: alpha v
   * + beta.
   *
   * @throws IllegalArgumentException when the bidder gets no weight, or its value is multiplicative
   *     and A(s0) is not positive and finite
   */
  public Terms terms(double s0) {
    VirtualWeight weight = weight(s0);
    if (!weight.included()) {
      throw new IllegalArgumentException("a bidder of type " + s0 + " gets no weight");
    }
    return new Terms(value(s0), new AffineMap(weight.alpha(), weight.beta(constant)));
  }
}
