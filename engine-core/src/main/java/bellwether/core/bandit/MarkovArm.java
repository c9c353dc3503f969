package bellwether.core.bandit;

/**
 * A finite arm given by its rewards and a dense transition matrix.
 *
 * <p>Rewards are finite; probabilities are at least 0 and each row sums to 1 within {@link
 * #ROW_TOLERANCE}.
 */
public final class MarkovArm implements FiniteArm {
  /** How far from 1 the sum of a row may be. */
  public static final double ROW_TOLERANCE = 1e-9;

  private final double[] rewards;
  private final double[] transition;

  private MarkovArm(double[] rewards, double[] transition) {
    this.rewards = rewards;
    this.transition = transition;
  }

  /**
   * An arm with copies of these arrays.
   *
   * @param rewards r(s), length n
   * @param transition P(s,t) at {@code s * n + t}, length n * n
   * @throws IllegalArgumentException naming the first entry or row that is not allowed
   */
  public static MarkovArm of(double[] rewards, double[] transition) {
    return owning(rewards.clone(), transition.clone());
  }

  /**
   * As {@link #of}, without copies: the caller gives the arrays away and must not touch them again.
   */
  public static MarkovArm owning(double[] rewards, double[] transition) {
    check(rewards, transition);
    return new MarkovArm(rewards, transition);
  }

  private static void check(double[] rewards, double[] transition) {
    int n = rewards.length;
    if (n < 1 || n > MAX_STATES) {
      throw new IllegalArgumentException(
          "rewards must have 1 to " + MAX_STATES + " entries: " + rewards.length);
    }
    if (transition.length != n * n) {
      throw new IllegalArgumentException(
          "transition must have " + n + " x " + n + " entries: " + transition.length);
    }
    for (int s = 0; s < n; s++) {
      if (!Double.isFinite(rewards[s])) {
        throw new IllegalArgumentException("rewards[" + s + "] must be finite: " + rewards[s]);
      }
      double sum = 0;
      for (int t = 0; t < n; t++) {
        double p = transition[s * n + t];
        if (!(p >= 0 && p <= 1 + ROW_TOLERANCE)) {
          throw new IllegalArgumentException(
              "transition[" + s + "][" + t + "] must be a probability: " + p);
        }
        sum += p;
      }
      if (!(Math.abs(sum - 1) <= ROW_TOLERANCE)) {
        throw new IllegalArgumentException(
            "transition row " + s + " sums to " + sum + ", expected 1 +- " + ROW_TOLERANCE);
      }
    }
  }

  @Override
  public int states() {
    return rewards.length;
  }

  @Override
  public void fillRewards(double[] target) {
    System.arraycopy(rewards, 0, target, 0, rewards.length);
  }

  @Override
  public void forEachRow(RowVisitor visitor) {
    int n = rewards.length;
    for (int s = 0; s < n; s++) {
      visitor.accept(s, transition, s * n);
    }
  }
}
