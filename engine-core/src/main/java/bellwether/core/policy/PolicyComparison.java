package bellwether.core.policy;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of several policies on one bandit.
 *
 * <p>Exact where the joint model has at most {@value #MOST_STATES} states. Finite arms over an
 * infinite horizon: the policy's joint chain between MacQueen's and Porteus' bounds, the optimum by
 * the product of the arms. Where one arm is active and the others rest, Gittins' policy and the
 * optimum follow from the arms alone (Whittle 1980), whatever the number of joint states. A
 * horizon, or arms that are learned: backward induction; without a horizon over so many periods
 * that what comes after them is within the tolerance. Thompson's policy, and whatever is too large,
 * is simulated: blocks of 1024 paths, each period's expected reward in place of a draw, all
 * policies on the same numbers. The result has the same bits for any number of threads.
 *
 * @param values in the order in which the policies were given
 * @param omitted policies that have no value, and why, in one sentence
 * @param best the policy that regrets are taken against: the optimum, or else the one with the
 *     highest value; null where there is none
 * @param periods that were simulated, 0 where nothing was
 * @param reached whether the simulation ended because its intervals were narrow enough
 */
public record PolicyComparison(
    List<PolicyValue> values,
    Map<Policy, String> omitted,
    @Nullable Policy best,
    int periods,
    boolean reached) {
  /** The most joint states of an exact evaluation. */
  public static final int MOST_STATES = 1_000_000;

  /** The weight of the periods that are not simulated, at most. */
  private static final double SIMULATED = 1e-6;

  /** The most periods of one path without a horizon. */
  private static final int MOST_PERIODS = 100_000_000;

  /** The default tolerance, as a share of the largest value there could be. */
  private static final double TOLERANCE = 1e-10;

  /**
   * Evaluates policies.
   *
   * @param policies each once
   * @throws PolicyRefusedException when a bandit cannot have one of them; an optimum that is too
   *     large is omitted instead
   * @throws IllegalArgumentException when rewards overflow
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static PolicyComparison of(
      BanditProblem problem,
      List<Policy> policies,
      PolicyOptions options,
      Kernels kernels,
      Workers workers) {
    for (Policy policy : policies) {
      String refusal = refusal(problem, policy);
      if (refusal != null) {
        throw new PolicyRefusedException(refusal);
      }
    }
    return new Run(problem, options, kernels, workers).compare(policies);
  }

  /**
   * Why a bandit cannot have a policy, in one sentence, or null where nothing speaks against it.
   * Arms that are not indexable are found only when they are solved.
   */
  public static @Nullable String refusal(BanditProblem problem, Policy policy) {
    return PolicyScores.refusal(problem, policy);
  }

  private static final class Run {
    private final BanditProblem problem;
    private final PolicyOptions options;
    private final Kernels kernels;
    private final Workers workers;
    private final RewardRange range;
    private final Map<Policy, ExactValue> exact = new EnumMap<>(Policy.class);
    private final Map<Policy, String> omitted = new EnumMap<>(Policy.class);

    Run(BanditProblem problem, PolicyOptions options, Kernels kernels, Workers workers) {
      this.problem = problem;
      this.options = options;
      this.kernels = kernels;
      this.workers = workers;
      range = RewardRange.of(problem);
      double most = Math.max(Math.abs(range.low()), Math.abs(range.high()));
      double weight = problem.discount() == 1 ? problem.horizon() : 1 / (1 - problem.discount());
      if (!Double.isFinite(most * weight)) {
        throw new IllegalArgumentException("rewards must be smaller: the values overflow");
      }
    }

    PolicyComparison compare(List<Policy> policies) {
      if (options.method() != PolicyOptions.Method.SIMULATION) {
        evaluate(policies);
      }
      List<Policy> left = new ArrayList<>();
      for (Policy policy : policies) {
        if (exact.containsKey(policy)) {
          continue;
        }
        if (policy == Policy.OPTIMAL) {
          omitted.put(
              policy,
              "the joint dynamic program is only solved exactly, up to "
                  + MOST_STATES
                  + " joint states and as many choices as fit beside them");
        } else if (options.method() == PolicyOptions.Method.EXACT) {
          omitted.put(
              policy,
              policy == Policy.THOMPSON
                  ? "thompson is always simulated"
                  : "the joint model is too large to be exact");
        } else {
          left.add(policy);
        }
      }
      return left.isEmpty() ? result(policies, left, null, 0) : simulate(policies, left);
    }

    private double tolerance() {
      if (!Double.isNaN(options.tolerance())) {
        return options.tolerance();
      }
      double most = Math.max(Math.abs(range.low()), Math.abs(range.high()));
      double weight = problem.discount() < 1 ? 1 / (1 - problem.discount()) : problem.horizon();
      // Where nothing is paid nothing can be wrong.
      return most == 0 ? 1e-300 : TOLERANCE * most * weight;
    }

    /** Periods after which what is left is worth less than {@code accuracy}, either way. */
    private long periods(double accuracy) {
      if (problem.horizon() > 0) {
        return problem.horizon();
      }
      double d = problem.discount();
      double rest = range.halfWidth() / (1 - d);
      if (d == 0 || rest <= accuracy) {
        return 1;
      }
      return (long) Math.ceil(Math.log(accuracy / rest) / Math.log(d)) + 1;
    }

    /** How far the value of the periods after some may be from their middle. */
    private double restError(long periods) {
      return problem.horizon() > 0
          ? 0
          : Math.pow(problem.discount(), (double) periods)
              * range.halfWidth()
              / (1 - problem.discount());
    }

    /** Of a path's sum: each of its terms is off by a few units in the last place. */
    private double rounding() {
      double most = Math.max(Math.abs(range.low()), Math.abs(range.high()));
      double weight = problem.discount() < 1 ? 1 / (1 - problem.discount()) : problem.horizon();
      return 0x1p-46 * most * weight;
    }

    /** One arm a period, and the others rest: the best policies' value follows from the arms. */
    private void evaluateByArms(List<Policy> policies) {
      if (!ArmProduct.fits(problem)
          || !(policies.contains(Policy.GITTINS)
              || policies.contains(Policy.WHITTLE)
              || policies.contains(Policy.OPTIMAL))) {
        return;
      }
      ArmProduct product = ArmProduct.of(problem, range, kernels, workers);
      for (Policy policy : policies) {
        ExactValue value = ArmProduct.of(product, policy);
        if (value != null) {
          exact.put(policy, value);
        }
      }
    }

    private void evaluate(List<Policy> policies) {
      evaluateByArms(policies);
      int arms = problem.arms().size();
      boolean layered = problem.learns() || problem.horizon() > 0;
      double accuracy = tolerance();
      long periods = layered ? periods(accuracy / 2) : 0;
      if (arms > JointRows.MOST_ARMS || periods > (problem.learns() ? 4096 : Integer.MAX_VALUE)) {
        return;
      }
      ArmChain[] chains = ArmChain.of(problem, (int) periods);
      double size = JointRows.size(chains);
      if (size > (problem.learns() ? 0x1p62 : MOST_STATES)) {
        return;
      }
      for (Policy policy : policies) {
        if (policy == Policy.THOMPSON || exact.containsKey(policy)) {
          continue;
        }
        JointRule rule = rule(policy, chains, (int) periods);
        if (rule == null) {
          continue;
        }
        options.progress().accept(policy.word() + ", exactly");
        ExactValue value = null;
        if (layered) {
          double terminal = problem.horizon() > 0 ? 0 : range.middle() / (1 - problem.discount());
          value =
              new LayeredChain(
                      problem, chains, range, (int) periods, terminal, MOST_STATES, workers)
                  .evaluate(rule);
        }
        if (value == null && !problem.learns()) {
          value =
              new StationaryChain(
                      problem, chains, range, accuracy, StationaryChain.MOST_ENTRIES, workers)
                  .evaluate(rule);
        }
        if (value != null) {
          exact.put(
              policy,
              new ExactValue(
                  value.value(),
                  value.errorBound() + (layered ? restError(periods) : 0),
                  value.shareErrorBound(),
                  value.shares()));
        }
      }
    }

    private @Nullable JointRule rule(Policy policy, ArmChain[] chains, int depth) {
      int arms = chains.length;
      if (policy == Policy.OPTIMAL || policy == Policy.RANDOM) {
        if (JointRows.choiceCount(arms, problem.activate()) > 100_000) {
          return null;
        }
        int[] choices = JointRows.choices(arms, problem.activate());
        return policy == Policy.RANDOM ? new JointRule.Mean(choices) : new JointRule.Best(choices);
      }
      return new JointRule.ByIndex(
          PolicyScores.of(problem, policy, chains, depth, options.tables(), kernels, workers));
    }

    private PolicyComparison simulate(List<Policy> policies, List<Policy> left) {
      double rest = problem.horizon() > 0 ? 0 : range.halfWidth() / (1 - problem.discount());
      long periods = Math.min(MOST_PERIODS, periods(SIMULATED * rest));
      ArmChain[] chains = ArmChain.of(problem, 0);
      List<ArmScore[]> scores = new ArrayList<>();
      for (Policy policy : left) {
        scores.add(
            PolicyScores.of(
                problem, policy, chains, (int) periods, options.tables(), kernels, workers));
      }
      PathModel model =
          new PathModel(problem, chains, left, scores, (int) periods, range.largest());
      return result(policies, left, PathSimulation.run(model, options, workers), (int) periods);
    }

    private PolicyComparison result(
        List<Policy> policies,
        List<Policy> left,
        @Nullable PathSimulation simulation,
        int periods) {
      int arms = problem.arms().size();
      double middle =
          problem.horizon() > 0
              ? 0
              : Math.pow(problem.discount(), periods) * range.middle() / (1 - problem.discount());
      double[] means = new double[policies.size()];
      int top = -1;
      for (int j = 0; j < means.length; j++) {
        ExactValue known = exact.get(policies.get(j));
        int k = left.indexOf(policies.get(j));
        if (known != null) {
          means[j] = known.value();
        } else if (simulation != null && k >= 0) {
          means[j] = simulation.statistics().mean(k) + middle;
        } else {
          means[j] = Double.NaN;
          continue;
        }
        if (top < 0 || means[j] > means[top]) {
          top = j;
        }
      }
      int optimum = policies.indexOf(Policy.OPTIMAL);
      top = optimum >= 0 && !Double.isNaN(means[optimum]) ? optimum : top;
      Policy best = top < 0 ? null : policies.get(top);
      int other = left.indexOf(best);
      List<PolicyValue> values = new ArrayList<>();
      for (int j = 0; j < means.length; j++) {
        if (Double.isNaN(means[j])) {
          continue;
        }
        Policy policy = policies.get(j);
        double value = means[j];
        double regret = means[top] - value;
        ExactValue known = exact.get(policy);
        if (known != null) {
          double error =
              other < 0 || simulation == null ? 0 : simulation.statistics().standardError(other);
          values.add(
              new PolicyValue(
                  policy,
                  true,
                  value,
                  0,
                  known.errorBound(),
                  regret,
                  error,
                  known.shares(),
                  new double[arms],
                  known.shareErrorBound(),
                  0));
          continue;
        }
        PathStatistics statistics = java.util.Objects.requireNonNull(simulation).statistics();
        int k = left.indexOf(policy);
        double[] shares = new double[arms];
        double[] errors = new double[arms];
        for (int i = 0; i < arms; i++) {
          shares[i] = statistics.share(k, i);
          errors[i] = statistics.shareError(k, i);
        }
        double error = statistics.standardError(k);
        values.add(
            new PolicyValue(
                policy,
                false,
                value,
                error,
                restError(periods) + rounding(),
                regret,
                other < 0 ? error : statistics.standardError(k, other),
                shares,
                errors,
                0,
                statistics.count()));
      }
      return new PolicyComparison(
          List.copyOf(values),
          Map.copyOf(omitted),
          best,
          periods,
          simulation != null && simulation.reached());
    }
  }
}
