package bellwether.core.bandit;

/**
 * An arm that succeeds with an unknown probability, believed to be Beta(alpha, beta); a pull pays 1
 * on success and 0 otherwise and moves the belief by one count (Gittins 1979).
 *
 * @param alpha posterior successes, positive and finite
 * @param beta posterior failures, positive and finite
 */
public record BetaBernoulliArm(double alpha, double beta) implements Arm {
  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException when one of them is not positive and finite
   */
  public BetaBernoulliArm {
    if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("alpha must be positive and finite: " + alpha);
    }
    if (!(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("beta must be positive and finite: " + beta);
    }
  }
}
