package bellwether.batch.kind;

import bellwether.mechanisms.affine.AffineAudit;
import bellwether.mechanisms.affine.AffineRule;
import bellwether.mechanisms.affine.AffineSearch;
import bellwether.mechanisms.affine.Boosts;
import bellwether.mechanisms.affine.Mean;
import bellwether.mechanisms.affine.Objective;
import bellwether.mechanisms.affine.PrivateEnvironment;
import bellwether.mechanisms.affine.RuleValue;
import bellwether.mechanisms.affine.SearchOptions;
import bellwether.mechanisms.audit.AuditReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A search for an affine maximizer as it was read.
 *
 * @param environment who there is, and what they may be
 * @param options what is searched, and how long
 * @param audit exact, sampled, none, or null for what can be done
 * @param history whether every improvement is told
 */
record AffineMaximizerJob(
    PrivateEnvironment environment, SearchOptions options, @Nullable String audit, boolean history)
    implements Job {
  /** Of the standard normal distribution, 97.5%: intervals hold 95%. */
  private static final double QUANTILE = 1.959963984540054;

  @Override
  public Outcome solve(Resources resources) throws JobFailedException {
    try {
      return search(resources);
    } catch (IllegalArgumentException | ArithmeticException e) {
      // The job was read and found right: what is left is sizes that only a look at it tells.
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private Outcome search(Resources resources) throws JobFailedException {
    long start = System.nanoTime();
    AffineSearch.Found found =
        AffineSearch.run(environment, options, resources.progress(), resources.workers());
    long searched = System.nanoTime();
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    AffineRule rule = found.rule();
    result.put("weights", rule.weights());
    double[][] boosts = rule.boosts();
    result.put("boosts", options.boosts() == Boosts.STATE_ACTION ? boosts : boosts[0]);
    Objective objective = options.objective();
    put("objectiveValue", found.value().estimate(objective), result);
    put("baseline", found.pivot().estimate(objective), result);
    Mean gain = found.value().gainOver(found.pivot(), objective);
    put("gain", gain, result);
    double half = QUANTILE * gain.standardError();
    result.put("gainInterval", new double[] {gain.value() - half, gain.value() + half});
    result.put("searchValue", found.searchValue());
    result.put("affine", totals(found.value()));
    result.put("pivot", totals(found.pivot()));
    if (history) {
      List<Object> list = new ArrayList<>();
      for (AffineSearch.Improvement step : found.history()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("evaluation", step.evaluation());
        one.put("value", step.value());
        list.add(one);
      }
      result.put("history", list);
    }
    boolean exact = found.value().combinations().exact();
    certificate.put(
        "method",
        exact
            ? "all combinations of alternatives"
            : "fresh draws of alternatives, the same for both mechanisms");
    double combinations = environment.combinations();
    certificate.put(
        "combinations", combinations < 0x1p53 ? (Object) (long) combinations : combinations);
    certificate.put("searchedAll", found.exactSearch());
    certificate.put("searchDraws", found.exactSearch() ? 0 : options.draws());
    certificate.put("freshDraws", exact ? 0 : options.freshDraws());
    certificate.put("intervalLevel", 0.95);
    certificate.put("evaluations", found.evaluations());
    certificate.put("restarts", found.restarts());
    certificate.put("dimension", found.dimension());
    certificate.put("nodes", found.nodes());
    certificate.put("welfareGap", found.gap());
    certificate.put("seed", options.seed());
    audit(rule, result, certificate, resources);
    Map<String, @Nullable Object> timing = new LinkedHashMap<>();
    timing.put("searchSeconds", seconds(searched - start));
    timing.put("evaluationMilliseconds", seconds(searched - start) * 1e3 / found.evaluations());
    timing.put("auditSeconds", seconds(System.nanoTime() - searched));
    return new Outcome(result, certificate, timing, List.of());
  }

  private static double seconds(long nanoseconds) {
    return Math.round(nanoseconds / 1e3) / 1e6;
  }

  private Map<String, @Nullable Object> totals(RuleValue value) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    put("revenue", value.estimate(Objective.REVENUE), map);
    put("welfare", value.estimate(Objective.WELFARE), map);
    int n = environment.size();
    double[] mean = new double[n];
    double[] error = new double[n];
    for (int i = 0; i < n; i++) {
      mean[i] = value.utility(i).value();
      error[i] = value.utility(i).standardError();
    }
    map.put("utility", mean);
    map.put("utilityStandardError", error);
    return map;
  }

  private static void put(String key, Mean mean, Map<String, @Nullable Object> map) {
    map.put(key, mean.value());
    map.put(key + "StandardError", mean.standardError());
  }

  private void audit(
      AffineRule rule,
      Map<String, @Nullable Object> result,
      Map<String, @Nullable Object> certificate,
      Resources resources)
      throws JobFailedException {
    if ("none".equals(audit)) {
      certificate.put("audit", "none");
      return;
    }
    if ("exact".equals(audit) && !AffineAudit.canBeExact(environment, rule)) {
      throw new JobFailedException(
          "audit: there are too many states and combinations of alternatives for an exact one; use"
              + " sampled");
    }
    AffineAudit.Result found =
        AffineAudit.of(
            environment, rule, options.seed(), resources.progress(), resources.workers());
    if (found == null) {
      certificate.put("audit", "none: there are too many joint states");
      return;
    }
    AuditReport report = found.report();
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("maxIncentiveGain", report.maxIncentiveGain());
    map.put("maxMultiPeriodGain", report.maxMultiPeriodGain());
    map.put("minUtility", report.minUtility());
    map.put("maxBudgetImbalance", report.maxBudgetImbalance());
    map.put("maxDeficit", report.maxDeficit());
    // A gain within the error is none, and has no place.
    boolean real = report.maxIncentiveGain() > report.errorBound();
    map.put("worstDeviation", real ? spot(found.worstDeviation()) : null);
    map.put("worstUtility", spot(found.worstUtility()));
    result.put("audit", map);
    certificate.put("audit", found.exact() ? "exact" : "sampled");
    certificate.put("auditSamples", found.samples());
    certificate.put("auditErrorBound", report.errorBound());
    certificate.put("deviations", (long) report.deviations());
  }

  private @Nullable Map<String, @Nullable Object> spot(AffineAudit.@Nullable Spot spot) {
    if (spot == null) {
      return null;
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("agent", spot.agent());
    if (!environment.base().isInfinite()) {
      map.put("period", spot.period());
    }
    map.put("physicalState", spot.physical());
    map.put("alternatives", spot.alternatives());
    map.put("profile", spot.types());
    if (spot.reportedType() >= 0) {
      map.put("reportedAlternative", spot.reportedAlternative());
      map.put("report", spot.reportedType());
    }
    return map;
  }
}
