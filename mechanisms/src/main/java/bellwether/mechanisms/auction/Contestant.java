package bellwether.mechanisms.auction;

import bellwether.core.bandit.Arm;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.SparseArm;

/**
 * A bidder as its arm describes it.
 *
 * @param arm what winning is worth, and how that moves; bidders that share one object share its
 *     solution
 * @param state where a finite arm is, 0-based; 0 for arms without states
 * @param rewardScale the arm's rewards are multiplied by this, positive and finite
 */
public record Contestant(Arm arm, int state, double rewardScale) {
  /**
   * Checks the state and the scale.
   *
   * @throws IllegalArgumentException when one of them is out of range, or the arm is sparse
   */
  public Contestant {
    if (arm instanceof SparseArm) {
      throw new IllegalArgumentException("a sparse arm enters an auction by its dense() form");
    }
    int states = arm instanceof FiniteArm finite ? finite.states() : 1;
    if (state < 0 || state >= states) {
      throw new IllegalArgumentException("state must be 0 to " + (states - 1) + ": " + state);
    }
    if (!(rewardScale > 0 && rewardScale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("rewardScale must be positive and finite: " + rewardScale);
    }
  }
}
