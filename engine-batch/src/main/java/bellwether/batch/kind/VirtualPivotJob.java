package bellwether.batch.kind;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Structure;
import bellwether.mechanisms.optimal.Allocation;
import bellwether.mechanisms.optimal.AllocationAudit;
import bellwether.mechanisms.optimal.BanditPivot;
import bellwether.mechanisms.optimal.ExactProfit;
import bellwether.mechanisms.optimal.ExpectedProfit;
import bellwether.mechanisms.optimal.SampledProfit;
import bellwether.mechanisms.optimal.SeparableEnvironment;
import bellwether.mechanisms.optimal.Subscription;
import bellwether.mechanisms.optimal.SubscriptionAudit;
import bellwether.mechanisms.optimal.VirtualPivot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A virtual-pivot mechanism as it was read.
 *
 * @param environment who there is
 * @param initialTypes reports at time 0
 * @param states signals of an allocation period, or null
 * @param period which, from 1
 * @param profit whether expected profits are asked for
 * @param method of expected profits
 * @param draws of initial types where they are drawn
 * @param shifts of the points
 * @param seed of the shifts
 * @param audit the grid, or null
 * @param tolerance asked for, or null
 */
@SuppressWarnings("ArrayRecordComponent")
record VirtualPivotJob(
    SeparableEnvironment environment,
    double[] initialTypes,
    int @Nullable [] states,
    int period,
    boolean profit,
    String method,
    int draws,
    int shifts,
    long seed,
    @Nullable Audit audit,
    @Nullable Double tolerance)
    implements Job {
  /** Joint states times periods up to which every lie about signals is tried. */
  private static final double MOST_AUDITED = 2e6;

  /**
   * An audit that is asked for.
   *
   * @param grid types of every agent
   * @param low the least, NaN for the support's
   * @param high the largest, NaN likewise
   */
  record Audit(int grid, double low, double high) {}

  @Override
  public Outcome solve(Resources resources) throws JobFailedException {
    try {
      return Structure.of(VirtualPivotKind.shapes(environment)).hasTables()
          ? run(resources)
          : BanditPivotRun.of(this, resources);
    } catch (IllegalArgumentException | ArithmeticException e) {
      // The job was read and found right: what is left is numbers too large to work with.
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private Outcome run(Resources resources) throws JobFailedException {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    Map<String, @Nullable Object> timing = new LinkedHashMap<>();
    long start = System.nanoTime();
    VirtualPivot pivot =
        new VirtualPivot(
            environment,
            initialTypes,
            tolerance == null ? 0 : tolerance,
            resources.progress(),
            resources.workers());
    checkTolerance(pivot.tables().gap());
    subscription(pivot.subscription(), result, certificate);
    if (states != null) {
      Allocation allocation = pivot.allocation(period, states);
      result.put("allocation", allocation(allocation));
    }
    certificate.put("method", pivot.method());
    certificate.put("solver", pivot.tables().solver().word());
    certificate.put("jointStates", (long) pivot.tables().environment().jointStates());
    certificate.put("welfareGap", pivot.tables().gap());
    certificate.put("residual", pivot.residual());
    certificate.put("regularity", RegularityResult.of(environment));
    start = took("mechanismSeconds", start, timing);
    if (profit) {
      ExpectedProfit found = expectedProfit(resources, certificate);
      profit(found, result, certificate);
      start = took("profitSeconds", start, timing);
    }
    if (audit != null) {
      result.put("audit", audit(pivot, audit, resources, certificate));
      took("auditSeconds", start, timing);
    }
    return new Outcome(result, certificate, timing, List.of());
  }

  static Map<String, @Nullable Object> allocation(Allocation allocation) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("action", allocation.action());
    map.put("welfare", allocation.welfare());
    map.put("welfareWithout", allocation.welfareWithout());
    map.put("payments", allocation.payments());
    return map;
  }

  static long took(String what, long since, Map<String, @Nullable Object> timing) {
    long now = System.nanoTime();
    timing.put(what, Math.round((now - since) / 1e3) / 1e6);
    return now;
  }

  private void checkTolerance(double gap) throws JobFailedException {
    if (tolerance != null && gap > tolerance) {
      throw new JobFailedException(
          "tolerance: "
              + tolerance
              + " cannot be reached, an error of up to "
              + gap
              + " is left in this environment");
    }
  }

  static void subscription(
      Subscription found,
      Map<String, @Nullable Object> result,
      Map<String, @Nullable Object> certificate) {
    result.put("alpha", found.alpha());
    result.put("beta", found.beta());
    result.put("active", flags(found.active()));
    result.put("expectedPayment", found.expectedPayment());
    result.put("upfront", found.upfront());
    result.put("utility", found.utility());
    result.put("expectedValue", found.expectedValue());
    result.put("slope", found.slope());
    result.put("weightedWelfare", found.weightedWelfare());
    for (int i = 0; i < found.alpha().length; i++) {
      if (!Double.isFinite(found.alpha()[i]) || !Double.isFinite(sum(found.beta()[i]))) {
        certificate.put(
            "weights", "alpha or beta of agent " + i + " is not finite, so that it gets no weight");
      }
    }
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static List<Boolean> flags(boolean[] flags) {
    Boolean[] boxed = new Boolean[flags.length];
    java.util.Arrays.setAll(boxed, i -> flags[i]);
    return List.of(boxed);
  }

  private ExpectedProfit expectedProfit(
      Resources resources, Map<String, @Nullable Object> certificate) throws JobFailedException {
    Workers workers = resources.workers();
    boolean few = environment.size() <= 2;
    if (few && !"sampled".equals(method)) {
      try {
        return ExactProfit.of(
            environment, tolerance == null ? 0 : tolerance, resources.progress(), workers);
      } catch (ExactProfit.TooManyPiecesException e) {
        if ("exact".equals(method)) {
          throw new JobFailedException(
              "profitMethod: " + e.getMessage() + "; sampled draws initial types", e);
        }
        certificate.put("profitMethod", e.getMessage() + ", so initial types are drawn");
      }
    }
    if (!"sampled".equals(method) && BanditPivot.refusal(environment) == null) {
      return BanditPivot.of(environment, resources.kernels(), workers).expectedProfit();
    }
    return SampledProfit.of(environment, draws, shifts, seed, resources.progress(), workers);
  }

  void profit(
      ExpectedProfit found,
      Map<String, @Nullable Object> result,
      Map<String, @Nullable Object> certificate) {
    result.put("expectedProfit", found.profit());
    result.put("profitBound", found.bound());
    if (found.drawn()) {
      result.put("expectedProfitStandardError", found.profitError());
      result.put("profitBoundStandardError", found.boundError());
    }
    certificate.put("profit", profit(found));
  }

  private Map<String, @Nullable Object> profit(ExpectedProfit found) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("method", found.method());
    map.put("lower", found.lower());
    map.put("upper", found.upper());
    map.put("solutions", found.questions());
    if (found.drawn()) {
      map.put("interval", "95 %");
      map.put("draws", found.draws());
      map.put("shifts", found.shifts());
      map.put("seed", seed);
    } else {
      map.put("profitErrorEstimate", found.profitError());
      map.put("boundErrorEstimate", found.boundError());
    }
    return map;
  }

  private static Map<String, @Nullable Object> audit(
      VirtualPivot pivot,
      Audit asked,
      Resources resources,
      Map<String, @Nullable Object> certificate) {
    SubscriptionAudit found = SubscriptionAudit.of(pivot, asked.grid(), asked.low(), asked.high());
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("maxIncentiveGain", found.maxIncentiveGain());
    map.put("minUtility", found.minUtility());
    if (found.gainAgent() >= 0) {
      map.put("worstDeviation", place(found.gainAgent(), found.gainType(), found.gainReport()));
    }
    Map<String, @Nullable Object> dominance = new LinkedHashMap<>();
    dominance.put("holds", found.dominates());
    dominance.put("least", found.leastDominance());
    if (!found.dominates()) {
      dominance.put(
          "where", place(found.dominanceAgent(), found.dominanceType(), found.dominanceReport()));
    }
    map.put("intervalDominance", dominance);
    certificate.put("auditTolerance", found.tolerance());
    double size =
        pivot.tables().environment().jointStates() * Math.max(1, pivot.environment().horizon());
    if (size > MOST_AUDITED) {
      certificate.put("auditOfPeriods", "none, there are too many joint states");
      return map;
    }
    AllocationAudit periods = AllocationAudit.of(pivot, resources.progress());
    Map<String, @Nullable Object> each = new LinkedHashMap<>();
    each.put("maxIncentiveGain", periods.maxIncentiveGain());
    each.put("maxMultiPeriodGain", periods.maxMultiPeriodGain());
    each.put("minUtility", periods.minUtility());
    if (periods.worst().agent() >= 0) {
      Map<String, @Nullable Object> worst = new LinkedHashMap<>();
      worst.put("agent", periods.worst().agent());
      worst.put("period", periods.worst().period() + 1);
      worst.put("states", periods.worst().profile());
      worst.put("report", periods.worst().report());
      each.put("worstDeviation", worst);
    }
    each.put("uncontrolled", periods.dominant());
    if (periods.dominant()) {
      each.put("dominantStrategyGain", periods.dominantGain());
    }
    map.put("allocationPhase", each);
    certificate.put("auditErrorBound", periods.errorBound());
    return map;
  }

  private static Map<String, @Nullable Object> place(int agent, double type, double report) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("agent", agent);
    map.put("type", type);
    map.put("report", report);
    return map;
  }
}
