package bellwether.batch.kind;

import bellwether.core.bandit.IndexTable;
import bellwether.core.policy.BanditProblem;
import bellwether.core.policy.Policy;
import bellwether.core.policy.PolicyComparison;
import bellwether.core.policy.PolicyOptions;
import bellwether.core.policy.PolicyRefusedException;
import bellwether.core.policy.PolicyValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Policies on a bandit, as they were read.
 *
 * @param problem the bandit
 * @param policies to compare
 * @param method how
 * @param tolerance of exact values, null for the default
 * @param paths the most to simulate
 * @param targetHalfWidth of the 95% intervals, null for none
 * @param seed of the simulation
 * @param tables of indices, looked up before they are computed
 */
record IndexPolicyJob(
    BanditProblem problem,
    List<Policy> policies,
    PolicyOptions.Method method,
    @Nullable Double tolerance,
    long paths,
    @Nullable Double targetHalfWidth,
    long seed,
    List<IndexTable> tables)
    implements Job {
  @Override
  public Outcome solve(Resources resources) throws JobFailedException {
    PolicyOptions options =
        new PolicyOptions(
            method,
            tolerance == null ? Double.NaN : tolerance,
            paths,
            targetHalfWidth == null ? Double.NaN : targetHalfWidth,
            seed,
            tables,
            resources.progress());
    try {
      PolicyComparison found =
          PolicyComparison.of(problem, policies, options, resources.kernels(), resources.workers());
      return outcome(found);
    } catch (PolicyRefusedException e) {
      throw new JobFailedException("policies: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      // The job was read and found right: what is left is numbers too large to work with.
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private Outcome outcome(PolicyComparison found) throws JobFailedException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    Map<String, @Nullable Object> bounds = new LinkedHashMap<>();
    boolean simulated = false;
    for (PolicyValue value : found.values()) {
      double wide = value.errorBound();
      if (tolerance != null && value.exact() && wide > tolerance) {
        throw new JobFailedException(
            "tolerance: "
                + tolerance
                + " cannot be reached, the value of "
                + value.policy().word()
                + " is known within "
                + wide);
      }
      simulated |= !value.exact();
      values.put(value.policy().word(), value(value));
      bounds.put(value.policy().word(), bound(value, found));
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    Policy best = found.best();
    result.put("best", best == null ? null : best.word());
    result.put("policies", values);
    if (!found.omitted().isEmpty()) {
      Map<String, @Nullable Object> omitted = new LinkedHashMap<>();
      for (Policy policy : policies) {
        if (found.omitted().containsKey(policy)) {
          omitted.put(policy.word(), found.omitted().get(policy));
        }
      }
      result.put("omitted", omitted);
    }
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("policies", bounds);
    if (simulated) {
      certificate.put("seed", seed);
      certificate.put("simulatedPeriods", found.periods());
    }
    return new Outcome(result, certificate);
  }

  private static Map<String, @Nullable Object> value(PolicyValue value) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("value", value.value());
    map.put("valueStandardError", value.standardError());
    map.put("regret", value.regret());
    map.put("regretStandardError", value.regretStandardError());
    map.put("activationShare", value.activationShare());
    map.put("activationShareStandardError", value.activationShareStandardError());
    return map;
  }

  private Map<String, @Nullable Object> bound(PolicyValue value, PolicyComparison found) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("method", value.exact() ? "exact" : "simulation");
    map.put("errorBound", value.errorBound());
    if (Double.isNaN(value.activationShare()[0])) {
      map.put(
          "activationShareNote", "the joint chain is too large, and mixes too slowly, to follow");
    } else if (value.activationShareErrorBound() > 0) {
      map.put("activationShareErrorBound", value.activationShareErrorBound());
    }
    if (!value.exact()) {
      double half = 1.96 * value.standardError() + value.errorBound();
      map.put("lower", value.value() - half);
      map.put("upper", value.value() + half);
      map.put("confidence", 0.95);
      map.put("paths", value.paths());
      map.put("stoppedBy", found.reached() ? "targetHalfWidth" : "paths");
    }
    return map;
  }
}
