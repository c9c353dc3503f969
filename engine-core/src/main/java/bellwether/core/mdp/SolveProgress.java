package bellwether.core.mdp;

/** Hears how a solver gets on, in the thread that called it. */
@FunctionalInterface
public interface SolveProgress {
  /**
   * Called after every sweep.
   *
   * @param sweeps passes over all states so far
   * @param gap the guaranteed error when bounds were last looked at, at most eight sweeps ago
   * @return false to stop: the solution so far is returned with its bounds, from which another
   *     solve can go on
   */
  boolean report(long sweeps, double gap);
}
