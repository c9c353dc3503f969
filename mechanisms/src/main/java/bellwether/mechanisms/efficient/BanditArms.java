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
import org.jspecify.annotations.Nullable;

/**
 * The arms of a bandit environment: agent i's arm pays its value of being served and the designer's
 * of serving it. Indices of all types are kept; how arms retire is found type by type when it is
 * first asked for.
 */
final class BanditArms {
  /** The share of the heap that eliminations may keep, so that they need not be done again. */
  private static final double KEPT = 0.25;

  private final Environment environment;
  private final Kernels kernels;
  private final int[] actionOfArm;
  private final double[][] indices;
  private final ConcurrentHashMap<Long, RetirementSteps> steps = new ConcurrentHashMap<>();

  /** What the eliminations left, for arms of which it fits. */
  private final @Nullable StateElimination[] kept;

  BanditArms(Environment environment, int[] actionOfArm, Kernels kernels, Workers workers) {
    this.environment = environment;
    this.kernels = kernels;
    this.actionOfArm = actionOfArm;
    indices = new double[environment.size()][0];
    kept = new StateElimination[indices.length];
    double bytes = 0;
    for (int i = 0; i < indices.length; i++) {
      bytes += StateElimination.bytes(environment.agent(i).types());
    }
    boolean keep = bytes <= KEPT * Runtime.getRuntime().maxMemory();
    workers.forEach(
        indices.length,
        i -> {
          if (actionOfArm[i] >= 0) {
            StateElimination elimination = eliminate(i);
            indices[i] = elimination.indices();
            kept[i] = keep ? elimination : null;
          }
        });
  }

  private StateElimination elimination(int i) {
    StateElimination known = kept[i];
    return known == null ? eliminate(i) : known;
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
      known = elimination(i).retirementSteps(new int[] {type}, kernels)[0];
      steps.put(key, known);
    }
    return known;
  }

  /** The mean of phi' under a law of the type: steps again, since breakpoints are the arm's own. */
  RetirementSteps mean(int i, double[] law) {
    int[] types = java.util.stream.IntStream.range(0, law.length).filter(t -> law[t] > 0).toArray();
    RetirementSteps[] each = elimination(i).retirementSteps(types, kernels);
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
