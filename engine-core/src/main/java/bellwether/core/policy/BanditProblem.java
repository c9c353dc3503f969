package bellwether.core.policy;

import java.util.List;

/**
 * A bandit: in every period exactly {@code activate} of the arms are active and the others passive;
 * what is wanted is the sum of discount^t times the arms' rewards in period t.
 *
 * @param arms at least one
 * @param states where each arm is at first; 0 for arms that are learned; copied
 * @param activate from 1 to the number of arms
 * @param discount in [0, 1), or 1 with a horizon
 * @param horizon periods, 0 for infinitely many
 */
@SuppressWarnings("ArrayRecordComponent")
public record BanditProblem(
    List<BanditArm> arms, int[] states, int activate, double discount, int horizon) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the one that is not allowed
   */
  public BanditProblem {
    arms = List.copyOf(arms);
    states = states.clone();
    if (arms.isEmpty()) {
      throw new IllegalArgumentException("arms must be at least one: 0");
    }
    if (states.length != arms.size()) {
      throw new IllegalArgumentException(
          "states must have one entry for every arm, " + arms.size() + ": " + states.length);
    }
    for (int i = 0; i < states.length; i++) {
      int n = arms.get(i).states();
      if (states[i] < 0 || states[i] >= n) {
        throw new IllegalArgumentException(
            "states[" + i + "] must be 0 to " + (n - 1) + ": " + states[i]);
      }
    }
    if (activate < 1 || activate > arms.size()) {
      throw new IllegalArgumentException(
          "activate must be 1 to the number of arms, " + arms.size() + ": " + activate);
    }
    if (horizon < 0) {
      throw new IllegalArgumentException("horizon must be at least 0: " + horizon);
    }
    if (!(discount >= 0 && (discount < 1 || (discount == 1 && horizon > 0)))) {
      throw new IllegalArgumentException(
          "discount must be in [0, 1), or 1 with a horizon: " + discount);
    }
  }

  /** Where each arm is at first, a copy. */
  @Override
  public int[] states() {
    return states.clone();
  }

  /** Whether some arm is learned. */
  public boolean learns() {
    return arms.stream().anyMatch(BanditArm.Learning.class::isInstance);
  }

  /** Whether some arm is restless. */
  public boolean restless() {
    return arms.stream().anyMatch(BanditArm.Restless.class::isInstance);
  }
}
