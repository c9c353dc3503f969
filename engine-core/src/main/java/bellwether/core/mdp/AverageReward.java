package bellwether.core.mdp;

import bellwether.core.parallel.Workers;

/**
 * The long-run average reward by relative value iteration: the gain g lies between the least and
 * the largest of T h - h, for any h (Odoni 1969; Puterman 1994, theorem 8.5.5).
 */
public final class AverageReward {
  private AverageReward() {}

  /**
   * Solves for the gain.
   *
   * @param problem its discount is 1
   * @param options the tolerance is the gain's; its default is 1e-9 max(1, max |r|)
   * @return gain, relative values and policy; not converged where the gain depends on the state in
   *     which one starts, which no single number can tell
   * @throws IllegalArgumentException when the discount is not 1 or the start does not fit
   */
  public static Solution solve(MdpProblem problem, SolveOptions options, Workers workers) {
    if (problem.discount() != 1) {
      throw new IllegalArgumentException(
          "discount must be 1 for an average: " + problem.discount());
    }
    return MdpSolver.iterate(problem, options, workers);
  }
}
