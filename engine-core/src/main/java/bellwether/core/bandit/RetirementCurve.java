package bellwether.core.bandit;

/**
 * The value phi(M) of an arm in its present state with retirement reward M, for arms with too many
 * states to list their breakpoints. phi is convex, phi(M) = M from {@link #lastBreakpoint()} on.
 */
public interface RetirementCurve {

  /**
   * An M from which on phi(M) = M: the present state's index / (1 - delta), or above that by no
   * more than the index's error.
   */
  double lastBreakpoint();

  /** An upper bound on the difference, in value, between the true arm and the one evaluated. */
  double truncationError();

  /**
   * Evaluates the curve at one retirement reward.
   *
   * @param retirement M, any finite number
   * @param result receives phi(M) in [0] and phi'(M), in [0, 1], in [1]
   */
  void evaluate(double retirement, double[] result);
}
