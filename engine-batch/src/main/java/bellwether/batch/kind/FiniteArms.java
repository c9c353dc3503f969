package bellwether.batch.kind;

import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.RestartCertificate;
import bellwether.core.bandit.RetirementSteps;
import bellwether.core.bandit.StateElimination;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The finite arms of an auction: each distinct one is eliminated once, however many bidders have it,
 * and dropped again when the steps of its bidders' states are known.
 */
final class FiniteArms {
  /** Larger arms are solved one after the other by all threads: that takes less memory. */
  private static final int LARGE = 1_500;

  private final double[] indices;
  private final @Nullable RetirementSteps[] steps;
  private double errorBound;

  private FiniteArms(int bidders) {
    indices = new double[bidders];
    steps = new RetirementSteps[bidders];
  }

  static FiniteArms solve(List<Bidder> bidders, IndexSolver solver, Resources resources) {
    FiniteArms result = new FiniteArms(bidders.size());
    Map<FiniteArm, List<Integer>> owners = new LinkedHashMap<>();
    for (int i = 0; i < bidders.size(); i++) {
      if (bidders.get(i).arm().arm() instanceof FiniteArm arm) {
        owners.computeIfAbsent(arm, _ -> new ArrayList<>()).add(i);
      }
    }
    List<FiniteArm> arms = List.copyOf(owners.keySet());
    double[] bounds = new double[arms.size()];
    try (Workers alone = Workers.of(1)) {
      resources
          .workers()
          .forEach(
              arms.size(),
              a -> {
                FiniteArm arm = arms.get(a);
                if (arm.states() < LARGE) {
                  bounds[a] = result.solve(arm, owners, bidders, solver, resources, alone);
                }
              });
    }
    for (int a = 0; a < bounds.length; a++) {
      FiniteArm arm = arms.get(a);
      if (arm.states() >= LARGE) {
        bounds[a] = result.solve(arm, owners, bidders, solver, resources, resources.workers());
      }
    }
    result.errorBound = Arrays.stream(bounds).max().orElse(0);
    return result;
  }

  /** One arm for all its bidders; returns the bound on its indices' error. */
  private double solve(
      FiniteArm arm,
      Map<FiniteArm, List<Integer>> owners,
      List<Bidder> bidders,
      IndexSolver solver,
      Resources resources,
      Workers workers) {
    List<Integer> mine = owners.getOrDefault(arm, List.of());
    StateElimination elimination = solver.eliminate(arm, workers);
    double[] byState = elimination.indices();
    // Bidders in the same state share one object: the auction then enters them with a power.
    int[] states = mine.stream().mapToInt(i -> bidders.get(i).state()).distinct().toArray();
    RetirementSteps[] found = elimination.retirementSteps(states, resources.kernels());
    Map<Integer, RetirementSteps> stepsOf = new LinkedHashMap<>();
    for (int k = 0; k < states.length; k++) {
      stepsOf.put(states[k], found[k]);
    }
    double scale = 0;
    for (int i : mine) {
      Bidder bidder = bidders.get(i);
      indices[i] = byState[bidder.state()] * bidder.arm().scale();
      steps[i] = stepsOf.get(bidder.state());
      scale = Math.max(scale, bidder.arm().scale());
    }
    RestartCertificate certificate = solver.certify(elimination, arm);
    return certificate.errorBound() * scale;
  }

  /** The index of a bidder with a finite arm. */
  double index(int bidder) {
    return indices[bidder];
  }

  /** The steps of a bidder's arm, null when it is not finite. */
  @Nullable RetirementSteps steps(int bidder) {
    return steps[bidder];
  }

  /** The largest bound on the error of an index. */
  double errorBound() {
    return errorBound;
  }
}
