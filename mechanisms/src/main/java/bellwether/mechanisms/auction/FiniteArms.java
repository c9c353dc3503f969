package bellwether.mechanisms.auction;

import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.RetirementSteps;
import bellwether.core.bandit.StateElimination;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The finite arms of an auction: each distinct one is eliminated once, however many bidders have
 * it, and dropped again when the steps of its bidders' states are known.
 */
final class FiniteArms {
  /** Larger arms are solved one after the other by all threads: that takes less memory. */
  private static final int LARGE = 1_500;

  private final List<Contestant> contestants;
  private final List<Terms> terms;
  private final double discount;
  private final Kernels kernels;
  private final double[] indices;
  private final @Nullable RetirementSteps[] steps;
  private final double errorBound;

  FiniteArms(
      List<Contestant> contestants,
      List<Terms> terms,
      double discount,
      Kernels kernels,
      Workers workers) {
    this.contestants = contestants;
    this.terms = terms;
    this.discount = discount;
    this.kernels = kernels;
    indices = new double[contestants.size()];
    steps = new RetirementSteps[contestants.size()];
    Map<FiniteArm, List<Integer>> owners = new LinkedHashMap<>();
    for (int i = 0; i < contestants.size(); i++) {
      if (contestants.get(i).arm() instanceof FiniteArm arm) {
        owners.computeIfAbsent(arm, _ -> new ArrayList<>()).add(i);
      }
    }
    List<Map.Entry<FiniteArm, List<Integer>>> arms = List.copyOf(owners.entrySet());
    double[] bounds = new double[arms.size()];
    try (Workers alone = Workers.of(1)) {
      workers.forEach(
          bounds.length,
          a -> {
            if (arms.get(a).getKey().states() < LARGE) {
              bounds[a] = solve(arms.get(a).getKey(), arms.get(a).getValue(), alone);
            }
          });
    }
    for (int a = 0; a < bounds.length; a++) {
      if (arms.get(a).getKey().states() >= LARGE) {
        bounds[a] = solve(arms.get(a).getKey(), arms.get(a).getValue(), workers);
      }
    }
    errorBound = Arrays.stream(bounds).max().orElse(0);
  }

  /** One arm for all its bidders; returns the bound on their indices' errors. */
  private double solve(FiniteArm arm, List<Integer> bidders, Workers workers) {
    StateElimination elimination = StateElimination.of(arm, discount, kernels, workers);
    double[] byState = elimination.indices();
    // Bidders in one state share one object: the sweep enters them once, with a power.
    int[] states = bidders.stream().mapToInt(i -> contestants.get(i).state()).distinct().toArray();
    RetirementSteps[] found = elimination.retirementSteps(states, kernels);
    @Nullable RetirementSteps[] ofState = new RetirementSteps[byState.length];
    for (int k = 0; k < states.length; k++) {
      ofState[states[k]] = found[k];
    }
    double scale = 0;
    for (int i : bidders) {
      Contestant contestant = contestants.get(i);
      AffineMap objective = terms.get(i).objective();
      indices[i] = objective.apply(byState[contestant.state()] * contestant.rewardScale());
      steps[i] = ofState[contestant.state()];
      scale = Math.max(scale, contestant.rewardScale() * objective.scale());
    }
    return elimination.certify(arm, kernels).errorBound() * scale;
  }

  /** The index of a bidder with a finite arm, in units of the objective. */
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
