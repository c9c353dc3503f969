package bellwether.core.mdp;

import java.util.List;

/**
 * The welfare of an environment with n agents, and what it is without each agent's value.
 *
 * @param welfare W, over the environment's joint states
 * @param without by agent i that is left out: W_-i, over the states of {@link ProductMdp#without};
 *     {@link ProductMdp#stateWithout} finds the one that belongs to a joint state
 */
public record WelfareSolution(Solution welfare, List<Solution> without) {
  /** Takes the list as it is then. */
  public WelfareSolution {
    without = List.copyOf(without);
  }

  /** Whether all of them are as exact as was asked. */
  public boolean converged() {
    return welfare.converged() && without.stream().allMatch(Solution::converged);
  }
}
