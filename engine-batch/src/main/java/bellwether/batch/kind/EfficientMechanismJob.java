package bellwether.batch.kind;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.audit.AuditReport;
import bellwether.mechanisms.audit.BalancedAudit;
import bellwether.mechanisms.audit.ExPostAudit;
import bellwether.mechanisms.audit.Place;
import bellwether.mechanisms.efficient.BalancedTransfers;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.Solver;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An efficient mechanism as it was read.
 *
 * @param environment who there is
 * @param mechanism how it is paid for
 * @param solver how W is found
 * @param tolerance of W and every W_-i, null for the default
 * @param profile the reports of the period that is asked for
 * @param physical the physical state then
 * @param period which one
 * @param previous the reports before, for the balanced mechanism
 * @param audit exact or none
 */
@SuppressWarnings("ArrayRecordComponent")
record EfficientMechanismJob(
    Environment environment,
    Mechanism mechanism,
    Solver solver,
    @Nullable Double tolerance,
    int[] profile,
    int physical,
    int period,
    @Nullable Previous previous,
    String audit)
    implements Job {
  /** Reports of the period before. */
  @SuppressWarnings("ArrayRecordComponent")
  record Previous(int physical, int[] profile) {}

  @Override
  public Outcome solve(Resources resources) throws JobFailedException {
    try {
      return tables(resources);
    } catch (IllegalArgumentException | ArithmeticException e) {
      // The job was read and found right: what is left is numbers too large to work with.
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private Outcome tables(Resources resources) throws JobFailedException {
    Workers workers = resources.workers();
    long start = System.nanoTime();
    double asked = tolerance == null ? WelfareTables.defaultTolerance(environment) : tolerance;
    WelfareTables tables =
        WelfareTables.solve(environment, solver, asked, resources.progress(), workers);
    if (tolerance != null && tables.gap() > tolerance) {
      throw new JobFailedException(
          "tolerance: "
              + tolerance
              + " cannot be reached, rounding alone leaves an error of up to "
              + tables.gap()
              + " in this environment");
    }
    long solved = System.nanoTime();
    DynamicMechanism dynamic = DynamicMechanism.of(tables, mechanism);
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    put(outcome(dynamic), result);
    if (environment.hasPrior()) {
      result.put("expectedWelfare", dynamic.expectedWelfare());
      result.put("expectedRevenue", dynamic.expectedRevenue());
    }
    long paid = System.nanoTime();
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("solver", tables.solver().word());
    certificate.put("jointStates", environment.jointStates());
    certificate.put("welfareGap", tables.gap());
    certificate.put("sweeps", tables.sweeps());
    if ("exact".equals(audit)) {
      AuditReport report =
          mechanism instanceof Mechanism.Balanced
              ? BalancedAudit.of(dynamic, resources.progress())
              : ExPostAudit.of(dynamic, resources.progress());
      result.put("audit", audit(report));
      certificate.put("auditErrorBound", report.errorBound());
      certificate.put("deviations", report.deviations());
    }
    Map<String, @Nullable Object> timing = new LinkedHashMap<>();
    timing.put("solveSeconds", seconds(start, solved));
    timing.put("paymentSeconds", seconds(solved, paid));
    timing.put("auditSeconds", seconds(paid, System.nanoTime()));
    return new Outcome(result, certificate, timing, java.util.List.of());
  }

  private static double seconds(long from, long to) {
    return Math.round((to - from) / 1e3) / 1e6;
  }

  private bellwether.mechanisms.efficient.Outcome outcome(DynamicMechanism dynamic) {
    if (previous == null) {
      return dynamic.outcome(period, physical, profile);
    }
    BalancedTransfers.History before =
        dynamic.balanced().after(Math.max(0, period - 1), previous.physical(), previous.profile());
    return dynamic.outcome(period, before, profile);
  }

  private static void put(
      bellwether.mechanisms.efficient.Outcome outcome, Map<String, @Nullable Object> result) {
    result.put("welfare", outcome.welfare());
    result.put("action", outcome.action());
    result.put("welfareWithout", outcome.welfareWithout());
    result.put("marginalContribution", outcome.marginalContribution());
    result.put("flowMarginalContribution", outcome.flowMarginalContribution());
    if (outcome.gamma().length > 0) {
      result.put("gamma", outcome.gamma());
    }
    result.put("payment", outcome.payment());
    result.put("utility", outcome.utility());
    if (outcome.transfer().length > 0) {
      result.put("totalTransfer", outcome.transfer());
    }
  }

  private Map<String, @Nullable Object> audit(AuditReport report) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("maxIncentiveGain", report.maxIncentiveGain());
    map.put("maxMultiPeriodGain", report.maxMultiPeriodGain());
    map.put("minUtility", report.minUtility());
    map.put("maxBudgetImbalance", report.maxBudgetImbalance());
    map.put("maxDeficit", report.maxDeficit());
    map.put("worstDeviation", place(report.worstDeviation()));
    map.put("worstUtility", place(report.worstUtility()));
    return map;
  }

  private @Nullable Map<String, @Nullable Object> place(Place place) {
    if (place.agent() < 0) {
      return null;
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("agent", place.agent());
    if (!environment.isInfinite()) {
      map.put("period", place.period());
    }
    if (place.physical() >= 0) {
      map.put("physicalState", place.physical());
      map.put("profile", place.profile());
    } else {
      map.put("type", place.profile()[0]);
    }
    if (place.report() >= 0) {
      map.put("report", place.report());
    }
    return map;
  }
}
