package bellwether.mechanisms.efficient;

import bellwether.core.bandit.MarkovArm;
import bellwether.core.bandit.RetirementSteps;
import bellwether.core.bandit.StateElimination;
import bellwether.core.kernel.Kernels;
import bellwether.core.mdp.TypeTransition;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The arms of a bandit environment: agent i's arm pays its value of being served and the designer's
 * of serving it. Indices of all types are kept; how arms retire is found type by type when it is
 * first asked for.
 */
final class BanditArms {
  private final Environment environment;
  private final Kernels kernels;
  private final int[] actionOfArm;
  private final double[][] indices;
  private final ConcurrentHashMap<Long, RetirementSteps> steps = new ConcurrentHashMap<>();

  BanditArms(Environment environment, int[] actionOfArm, Kernels kernels, Workers workers) {
    this.environment = environment;
    this.kernels = kernels;
    this.actionOfArm = actionOfArm;
    indices = new double[environment.size()][0];
    workers.forEach(
        indices.length,
        i -> {
          if (actionOfArm[i] >= 0) {
            indices[i] = eliminate(i).indices();
          }
        });
  }

  private StateElimination eliminate(int i) {
    Agent agent = environment.agent(i);
    int action = actionOfArm[i];
    int n = agent.types();
    double[] rewards = new double[n];
    double[] matrix = new double[n * n];
    TypeTransition transition = agent.transition(action);
    for (int s = 0; s < n; s++) {
      rewards[s] = agent.value(action, s) + environment.designerValue(action);
      int row = s * n;
      transition.forEachSuccessor(s, (u, p) -> matrix[row + u] = p);
    }
    try (Workers alone = Workers.of(1)) {
      return StateElimination.of(
          MarkovArm.owning(rewards, matrix), environment.discount(), kernels, alone);
    }
  }

  /** The Gittins index of an agent's type. */
  double index(int i, int type) {
    return indices[i][type];
  }

  /** The least index of all arms, infinity where there is none. */
  double leastIndex() {
    double least = Double.POSITIVE_INFINITY;
    for (double[] row : indices) {
      for (double index : row) {
        least = Math.min(least, index);
      }
    }
    return least;
  }

  /** phi' of an agent's arm in a type. */
  RetirementSteps steps(int i, int type) {
    long key = (long) i << 32 | type;
    RetirementSteps known = steps.get(key);
    if (known == null) {
      known = eliminate(i).retirementSteps(new int[] {type}, kernels)[0];
      steps.put(key, known);
    }
    return known;
  }

  /** The mean of phi' under a law of the type: steps again, since breakpoints are the arm's own. */
  RetirementSteps mean(int i, double[] law) {
    int[] types = java.util.stream.IntStream.range(0, law.length).filter(t -> law[t] > 0).toArray();
    RetirementSteps[] each = eliminate(i).retirementSteps(types, kernels);
    double[] factors = new double[each[0].factors().length];
    double sum = 0;
    for (int k = 0; k < types.length; k++) {
      sum += law[types[k]];
    }
    for (int k = 0; k < types.length; k++) {
      double weight = law[types[k]] / sum;
      for (int j = 0; j < factors.length; j++) {
        factors[j] += weight * each[k].factors()[j];
      }
    }
    return new RetirementSteps(each[0].breakpoints(), factors);
  }
}
