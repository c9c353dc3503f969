package bellwether.mechanisms.auction;

import bellwether.core.bandit.RetirementCurve;
import bellwether.core.bandit.RetirementSteps;

/**
 * A bidder as a bandit auction sees it: how its arm retires, what winning is worth to it, and what
 * that counts in the designer's objective.
 *
 * <p>When its arm pays r, the bidder's own value is {@code v = value(r)} and the objective gains
 * {@code weight(v)} = alpha v + beta. Welfare counts every v as it is; revenue counts virtual
 * values (Kakade, Lobel and Nazerzadeh 2013).
 */
public sealed interface Bidder {

  /** From the arm's reward to the bidder's own value, in which it pays. */
  AffineMap value();

  /** From the bidder's own value to the objective: alpha is the scale, beta the shift. */
  AffineMap weight();

  /** From the arm's reward to the objective. */
  default AffineMap objective() {
    return weight().after(value());
  }

  /** A bidder with a finite arm whose rewards are its values and count as they are. */
  static Bidder of(RetirementSteps steps) {
    return of(steps, AffineMap.IDENTITY);
  }

  /** A bidder with a finite arm whose values count as they are. */
  static Bidder of(RetirementSteps steps, AffineMap value) {
    return new Stepped(steps, value, AffineMap.IDENTITY);
  }

  /** A bidder with too many states to list, whose rewards are its values and count as they are. */
  static Bidder of(RetirementCurve curve) {
    return of(curve, AffineMap.IDENTITY);
  }

  /** A bidder with too many states to list, whose values count as they are. */
  static Bidder of(RetirementCurve curve, AffineMap value) {
    return new Curved(curve, value, AffineMap.IDENTITY);
  }

  /**
   * A bidder whose phi' is a listed step function.
   *
   * <p>Bidders that share the {@code breakpoints} array instance and have equal objectives are
   * merged as one arm; those that share the {@code factors} instance too are entered once with a
   * power.
   *
   * @param steps phi' of the arm in its present state
   * @param value of the arm's reward
   * @param weight of the value
   */
  record Stepped(RetirementSteps steps, AffineMap value, AffineMap weight) implements Bidder {}

  /**
   * A bidder whose phi is evaluated point by point.
   *
   * <p>Bidders that share the curve instance share its evaluations. One curve is never evaluated by
   * two threads at a time.
   *
   * @param curve phi of the arm in its present state
   * @param value of the arm's reward
   * @param weight of the value
   */
  record Curved(RetirementCurve curve, AffineMap value, AffineMap weight) implements Bidder {}
}
