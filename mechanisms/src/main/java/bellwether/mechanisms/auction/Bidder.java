package bellwether.mechanisms.auction;

import bellwether.core.bandit.RetirementCurve;
import bellwether.core.bandit.RetirementSteps;

/** A bidder as the welfare of a bandit auction sees it: how its arm retires, and its weight. */
public sealed interface Bidder {

  /** How much this bidder's rewards count. */
  AffineWeight weight();

  /** A bidder with a finite arm whose rewards count as they are. */
  static Bidder of(RetirementSteps steps) {
    return new Stepped(steps, AffineWeight.ONE);
  }

  /** A bidder with a finite arm. */
  static Bidder of(RetirementSteps steps, AffineWeight weight) {
    return new Stepped(steps, weight);
  }

  /** A bidder with too many states to list, whose rewards count as they are. */
  static Bidder of(RetirementCurve curve) {
    return new Curved(curve, AffineWeight.ONE);
  }

  /** A bidder with too many states to list. */
  static Bidder of(RetirementCurve curve, AffineWeight weight) {
    return new Curved(curve, weight);
  }

  /**
   * A bidder whose phi' is a listed step function.
   *
   * <p>Bidders that share the {@code breakpoints} array instance and the weight are merged as one
   * arm; those that share the {@code factors} instance too are entered once with a power.
   *
   * @param steps phi' of the unweighted arm in its present state
   * @param weight of its rewards
   */
  record Stepped(RetirementSteps steps, AffineWeight weight) implements Bidder {}

  /**
   * A bidder whose phi is evaluated point by point.
   *
   * <p>Bidders that share the curve instance share its evaluations. One curve is never evaluated by
   * two threads at a time.
   *
   * @param curve phi of the unweighted arm in its present state
   * @param weight of its rewards
   */
  record Curved(RetirementCurve curve, AffineWeight weight) implements Bidder {}
}
