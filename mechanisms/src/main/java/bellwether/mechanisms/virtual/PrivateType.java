package bellwether.mechanisms.virtual;

import bellwether.core.distribution.Distribution;
import java.util.Objects;

/**
 * The law of an agent's initial type s0 and the way in which it enters the agent's value.
 *
 * <p>With F and f the distribution and its density, h = (1 - F) / f:
 *
 * <ul>
 *   <li>the virtual type is y(s0) = A(s0) - h(s0) A'(s0), so that a flow value A(s0) B counts y B,
 *       and A(s0) C + B counts y C + B (Kakade, Lobel and Nazerzadeh 2013, section 3);
 *   <li>the weights are alpha = y / A and beta = 0 for multiplicative values, alpha = 1 and beta =
 *       -h A' C for additive ones.
 * </ul>
 *
 * @param distribution of s0, with a density
 * @param function A, defined on the whole support
 * @param valuation multiplicative or additive
 */
public record PrivateType(Distribution distribution, TypeFunction function, Valuation valuation) {

  /**
   * Checks that the parts fit.
   *
   * @throws IllegalArgumentException when the distribution has no density, or its support begins
   *     where the function is not defined
   */
  public PrivateType {
    Objects.requireNonNull(valuation, "valuation");
    if (!distribution.continuous()) {
      throw new IllegalArgumentException(
          "distribution must have a density: " + distribution + " has atoms");
    }
    if (!(distribution.low() >= function.domainLow())) {
      throw new IllegalArgumentException(
          "A must be defined on the support of distribution: "
              + function
              + " begins at "
              + function.domainLow()
              + ", the support at "
              + distribution.low());
    }
  }

  /** Whether s0 lies in the closed support. */
  public boolean supports(double s0) {
    return s0 >= distribution.low() && s0 <= distribution.high();
  }

  /** The information rent of a unit, h(s0) A'(s0): 0 at the upper end, infinite where f is 0. */
  public double rent(double s0) {
    double h = distribution.inverseHazard(s0);
    double slope = function.derivative(s0);
    if (h == 0 && slope == Double.POSITIVE_INFINITY && s0 == distribution.low()) {
      // f and A' are both infinite: the product next to the lower end is near its limit.
      double next = Math.nextUp(s0);
      return distribution.inverseHazard(next) * function.derivative(next);
    }
    // At the upper end nothing lies above, however steep A is.
    return h == 0 ? 0 : h * slope;
  }

  /** y(s0) = A(s0) - h(s0) A'(s0). */
  public double virtualType(double s0) {
    return function.value(s0) - rent(s0);
  }

  /** The weights of an agent of initial type {@code s0}. */
  public VirtualWeight weight(double s0) {
    double rent = rent(s0);
    return switch (valuation) {
      case MULTIPLICATIVE -> {
        double alpha = 1 - rent / function.value(s0);
        yield new VirtualWeight(alpha, 0, alpha > 0 && Double.isFinite(alpha));
      }
      case ADDITIVE -> new VirtualWeight(1, -rent, Double.isFinite(rent));
    };
  }

  /**
   * The integral of y f over [from, to] = A(from) P(X &gt; from) - A(to) P(X &gt; to), by parts.
   *
   * @param from may be -infinity where A(from) is finite or the support begins above
   * @param to may be infinity
   */
  public double virtualMass(double from, double to) {
    return tailMass(Math.max(from, distribution.low()))
        - tailMass(Math.min(to, distribution.high()));
  }

  private double tailMass(double z) {
    double above = distribution.survival(z);
    return above == 0 ? 0 : function.value(z) * above;
  }
}
