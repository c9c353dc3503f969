package bellwether.mechanisms.efficient;

import bellwether.mechanisms.environment.Environment;

/**
 * W and every W_-i at one profile at a time, for environments of many agents whose structure makes
 * tables needless.
 */
public interface ProfileWelfare {
  /** What is solved. */
  Environment environment();

  /** The efficient action: the lowest of those that tie. */
  int action(int... profile);

  /** W and W_-i at a profile. */
  Values values(int... profile);

  /**
   * E W and E W_-i from the prior.
   *
   * @throws IllegalStateException when an agent has no initial law
   */
  Values expected();

  /** E W and E W_-i of the next period, after an action at a profile; types are the true ones. */
  Values after(int action, int... profile);

  /**
   * d E[W_-i(theta'_-i) | x*], what the world without agent i is worth from the next period on.
   *
   * @param values at the profile
   * @param action x*
   */
  double next(int i, Values values, int action, int... profile);

  /**
   * Welfare with and without each agent.
   *
   * @param welfare W
   * @param without W_-i
   * @param gap no number is further from the true one, rounding apart
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Values(double welfare, double[] without, double gap) {}
}
