package bellwether.mechanisms.revenue;

import bellwether.core.bandit.Arm;
import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.BetaBernoulliRetirement;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.RetirementSteps;
import bellwether.core.bandit.StateElimination;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.auction.Contestant;
import bellwether.mechanisms.auction.CurveSteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the arms of an auction, made once for any number of types: phi' of each bidder's
 * arm, averaged over the law of its state where that is not known.
 *
 * <p>Finite arms are eliminated, at 2/3 n^3 flops each and n^2 a state. A Beta-Bernoulli arm's phi'
 * is tabulated, with two more tables that bracket what follows from it.
 */
public final class SubscriberArms {
  /** Larger arms are solved one after the other by all threads: that takes less memory. */
  private static final int LARGE = 1_500;

  private static final int STRIP = 64;
  private static final int MOST_EVALUATIONS = 200_000;

  private final RetirementSteps[] steps;
  private final RetirementSteps[] most;
  private final RetirementSteps[] least;
  private final boolean exact;

  /** By bidder: what the cut of its curve leaves out. */
  private final double[] truncation;

  private SubscriberArms(int bidders, boolean exact) {
    steps = new RetirementSteps[bidders];
    most = new RetirementSteps[bidders];
    least = new RetirementSteps[bidders];
    truncation = new double[bidders];
    this.exact = exact;
  }

  /**
   * Makes the tables.
   *
   * @param contestants with finite or Beta-Bernoulli arms
   * @param laws of the state of each finite arm, or null where it is the contestant's
   * @param discount delta, in [0, 1)
   * @param tolerance of phi in the table of each Beta-Bernoulli arm, as a share of 1 / (1 - delta),
   *     what a success in every period is worth; in (0, 1)
   * @throws IllegalArgumentException naming the first argument that is not allowed, an arm of
   *     another type among them
   * @throws bellwether.mechanisms.auction.ToleranceNotReachedException when a table would be too
   *     large
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static SubscriberArms of(
      List<Contestant> contestants,
      List<double @Nullable []> laws,
      double discount,
      double tolerance,
      Kernels kernels,
      Workers workers) {
    if (laws.size() != contestants.size()) {
      throw new IllegalArgumentException(
          "laws must have one entry a contestant, " + contestants.size() + ": " + laws.size());
    }
    Map<Arm, List<Integer>> owners = new LinkedHashMap<>();
    for (int i = 0; i < contestants.size(); i++) {
      Arm arm = contestants.get(i).arm();
      if (!(arm instanceof FiniteArm || arm instanceof BetaBernoulliArm)) {
        throw new IllegalArgumentException("an arm of this type has no table: " + arm);
      }
      double[] law = laws.get(i);
      if (law != null && !(arm instanceof FiniteArm finite && law.length == finite.states())) {
        throw new IllegalArgumentException(
            "laws[" + i + "] must have one entry a state: " + law.length);
      }
      owners.computeIfAbsent(arm, _ -> new ArrayList<>()).add(i);
    }
    List<Map.Entry<Arm, List<Integer>>> arms = List.copyOf(owners.entrySet());
    boolean exact = owners.keySet().stream().allMatch(arm -> arm instanceof FiniteArm);
    SubscriberArms made = new SubscriberArms(contestants.size(), exact);
    double allowed = tolerance / (1 - discount);
    try (Workers alone = Workers.of(1)) {
      workers.forEach(
          arms.size(),
          a -> {
            List<Integer> own = arms.get(a).getValue();
            if (arms.get(a).getKey() instanceof BetaBernoulliArm beta) {
              made.tabulate(beta, own, contestants, discount, allowed, kernels);
            } else if (arms.get(a).getKey() instanceof FiniteArm finite
                && finite.states() < LARGE) {
              eliminate(finite, own, contestants, laws, made.steps, discount, kernels, alone);
            }
          });
    }
    for (Map.Entry<Arm, List<Integer>> entry : arms) {
      if (entry.getKey() instanceof FiniteArm finite && finite.states() >= LARGE) {
        eliminate(
            finite, entry.getValue(), contestants, laws, made.steps, discount, kernels, workers);
      }
    }
    for (int i = 0; i < made.steps.length; i++) {
      if (contestants.get(i).arm() instanceof FiniteArm) {
        made.most[i] = made.steps[i];
        made.least[i] = made.steps[i];
      }
    }
    return made;
  }

  /** One curve for all its bidders. */
  private void tabulate(
      BetaBernoulliArm arm,
      List<Integer> bidders,
      List<Contestant> contestants,
      double discount,
      double tolerance,
      Kernels kernels) {
    BetaBernoulliRetirement curve =
        BetaBernoulliRetirement.of(arm, discount, 1, 1e-3 * tolerance, null, kernels);
    CurveSteps table = CurveSteps.of(curve, 0, tolerance, MOST_EVALUATIONS);
    Map<Double, Integer> first = new LinkedHashMap<>();
    for (int i : bidders) {
      double own = contestants.get(i).rewardScale();
      // Bidders that are alike share their arrays, and count once with a power.
      Integer same = first.putIfAbsent(own, i);
      steps[i] = same == null ? scale(table.steps(), own) : steps[same];
      most[i] = same == null ? scale(table.most(), own) : most[same];
      least[i] = same == null ? scale(table.least(), own) : least[same];
      truncation[i] = table.truncationError() * own;
    }
  }

  private static void eliminate(
      FiniteArm arm,
      List<Integer> bidders,
      List<Contestant> contestants,
      List<double @Nullable []> laws,
      RetirementSteps[] steps,
      double discount,
      Kernels kernels,
      Workers workers) {
    StateElimination elimination = StateElimination.of(arm, discount, kernels, workers);
    Map<Place, RetirementSteps> known = new LinkedHashMap<>();
    for (int i : bidders) {
      double[] law = laws.get(i);
      int state = contestants.get(i).state();
      List<Double> key = law == null ? List.of() : Arrays.stream(law).boxed().toList();
      Place place = new Place(law == null ? state : -1, key, contestants.get(i).rewardScale());
      RetirementSteps own = known.get(place);
      if (own == null) {
        RetirementSteps plain =
            law == null
                ? elimination.retirementSteps(new int[] {state}, kernels)[0]
                : average(elimination, law, kernels);
        own = scale(plain, contestants.get(i).rewardScale());
        known.put(place, own);
      }
      steps[i] = own;
    }
  }

  private record Place(int state, List<Double> law, double scale) {}

  /** phi' averaged over the law of the state: breakpoints are the arm's, whatever the state. */
  static RetirementSteps average(StateElimination elimination, double[] law, Kernels kernels) {
    double[] breakpoints = new double[0];
    double[] factors = new double[law.length + 1];
    for (int from = 0; from < law.length; from += STRIP) {
      int first = from;
      int[] states = new int[Math.min(STRIP, law.length - from)];
      Arrays.setAll(states, k -> first + k);
      RetirementSteps[] rows = elimination.retirementSteps(states, kernels);
      for (int k = 0; k < rows.length; k++) {
        breakpoints = rows[k].breakpoints();
        for (int j = 0; j < factors.length; j++) {
          factors[j] = Math.fma(law[from + k], rows[k].factors()[j], factors[j]);
        }
      }
    }
    return new RetirementSteps(breakpoints, factors);
  }

  private static RetirementSteps scale(RetirementSteps steps, double scale) {
    if (scale == 1) {
      return steps;
    }
    double[] breakpoints = steps.breakpoints().clone();
    for (int k = 0; k < breakpoints.length; k++) {
      breakpoints[k] *= scale;
    }
    return new RetirementSteps(breakpoints, steps.factors());
  }

  /** phi' of one bidder's arm. */
  public RetirementSteps steps(int bidder) {
    return steps[bidder];
  }

  /** Steps with which the welfare is at least the true one, truncation aside. */
  public RetirementSteps most(int bidder) {
    return most[bidder];
  }

  /** Steps with which the welfare is at most the true one, truncation aside. */
  public RetirementSteps least(int bidder) {
    return least[bidder];
  }

  /** By how much, in the arm's rewards, one bidder's value may be off because lattices are cut. */
  public double truncation(int bidder) {
    return truncation[bidder];
  }

  /** Whether all tables are exact up to rounding. */
  public boolean exact() {
    return exact;
  }
}
