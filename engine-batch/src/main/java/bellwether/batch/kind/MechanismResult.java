package bellwether.batch.kind;

import bellwether.batch.array.NpyWriter;
import bellwether.mechanisms.audit.AuditReport;
import bellwether.mechanisms.audit.Place;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.efficient.Outcome;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.joint.ProfileSpace;
import bellwether.mechanisms.simulation.Estimate;
import bellwether.mechanisms.simulation.SimulatedAudit;
import bellwether.mechanisms.simulation.SimulationReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts what mechanisms do into result trees. */
final class MechanismResult {
  /** Joint states of which all are written into a result. */
  static final int MOST_PROFILES = 10_000;

  private final Environment environment;

  MechanismResult(Environment environment) {
    this.environment = environment;
  }

  void put(Outcome outcome, Map<String, @Nullable Object> result) {
    result.put("welfare", outcome.welfare());
    result.put("action", outcome.action());
    result.put("welfareWithout", outcome.welfareWithout());
    result.put("marginalContribution", outcome.marginalContribution());
    result.put("flowMarginalContribution", outcome.flowMarginalContribution());
    if (outcome.gamma().length > 0) {
      result.put("gamma", outcome.gamma());
    }
    result.put("payment", outcome.payment());
    if (!Double.isNaN(outcome.utility()[0])) {
      result.put("utility", outcome.utility());
    }
    if (outcome.transfer().length > 0) {
      result.put("totalTransfer", outcome.transfer());
    }
  }

  Map<String, @Nullable Object> audit(AuditReport report) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("maxIncentiveGain", report.maxIncentiveGain());
    map.put("maxMultiPeriodGain", report.maxMultiPeriodGain());
    map.put("minUtility", report.minUtility());
    map.put("maxBudgetImbalance", report.maxBudgetImbalance());
    map.put("maxDeficit", report.maxDeficit());
    // A gain within the error is none, and has no place.
    boolean real = report.maxIncentiveGain() > report.errorBound();
    map.put("worstDeviation", real ? place(report.worstDeviation()) : null);
    map.put("worstUtility", place(report.worstUtility()));
    return map;
  }

  Map<String, @Nullable Object> audit(SimulatedAudit.Found found) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("maxIncentiveGain", found.gain().mean());
    map.put("maxIncentiveGainStandardError", found.gain().standardError());
    map.put("gainFound", found.gainFound());
    map.put("minUtility", found.minUtility().mean());
    map.put("minUtilityStandardError", found.minUtility().standardError());
    map.put("maxBudgetImbalance", found.maxBudgetImbalance());
    SimulatedAudit.Deviation best = found.best();
    if (best != null) {
      Map<String, @Nullable Object> deviation = new LinkedHashMap<>();
      deviation.put("agent", best.agent());
      deviation.put("physicalState", best.physical());
      deviation.put("profile", best.profile());
      deviation.put("once", best.once());
      deviation.put("reports", best.reports());
      map.put("worstDeviation", deviation);
    }
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

  /** Fails when all profiles need files and there can be none. */
  static void checkFiles(Environment environment, @Nullable String stem) throws JobFailedException {
    double states = environment.jointStates();
    if (states > MOST_PROFILES && stem == null) {
      throw new JobFailedException(
          String.format(
              Locale.ROOT,
              "allProfiles: %.0f joint states are written to files beside the result, and the"
                  + " result is printed: add --out DIR",
              states));
    }
  }

  /**
   * All profiles of a period, the last agent's types counted fastest: in the result where they are
   * few, else in files beside it.
   *
   * @param stem what names of files begin with; null where there can be none
   */
  Map<String, @Nullable Object> profiles(
      DynamicMechanism dynamic, int period, @Nullable String stem, List<SideFile> files) {
    ProfileSpace space = dynamic.tables().space();
    int n = space.agents();
    boolean inline = space.states() <= MOST_PROFILES;
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    int[] shape = new int[n + 1];
    shape[0] = space.physicalStates();
    for (int i = 0; i < n; i++) {
      shape[i + 1] = space.types(i);
    }
    map.put("shape", shape);
    int[] action = dynamic.tables().action(period);
    if (inline) {
      map.put("action", action);
    } else {
      String name = stem + ".action.npy";
      files.add(new SideFile(name, out -> NpyWriter.write(out, action)));
      map.put("actionFile", name);
    }
    put("welfare", dynamic.tables().welfare(period), inline ? null : stem, files, map);
    if (dynamic.mechanism() instanceof Mechanism.Balanced) {
      return map;
    }
    Map<String, @Nullable Object>[] agents = maps(n);
    for (int i = 0; i < n; i++) {
      String own = inline ? null : stem + ".agent" + i;
      double[] marginal = dynamic.marginalContributions(period, i);
      put("marginalContribution", marginal, own, files, agents[i]);
      put("payment", dynamic.payments(period, i), own, files, agents[i]);
      put("utility", dynamic.utilities(period, i), own, files, agents[i]);
    }
    map.put("agents", List.of(agents));
    return map;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map<String, @Nullable Object>[] maps(int n) {
    Map<String, @Nullable Object>[] maps = new Map[n];
    java.util.Arrays.setAll(maps, i -> new LinkedHashMap<>());
    return maps;
  }

  private static void put(
      String key,
      double[] values,
      @Nullable String stem,
      List<SideFile> files,
      Map<String, @Nullable Object> map) {
    if (stem == null) {
      map.put(key, values);
      return;
    }
    String name = stem + "." + key + ".npy";
    files.add(new SideFile(name, out -> NpyWriter.write(out, values)));
    map.put(key + "File", name);
  }

  Map<String, @Nullable Object> simulation(SimulationReport report) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    put("welfare", report.welfare(), map);
    put("revenue", report.revenue(), map);
    put("designerValue", report.designerValue(), map);
    put("utility", report.utility(), map);
    put("payment", report.payment(), map);
    map.put("maxBudgetImbalance", report.maxBudgetImbalance());
    map.put("periods", report.periods());
    map.put("paths", report.paths());
    map.put("remainder", report.remainder());
    return map;
  }

  private static void put(String key, Estimate estimate, Map<String, @Nullable Object> map) {
    map.put(key, estimate.mean());
    map.put(key + "StandardError", estimate.standardError());
  }

  private static void put(String key, List<Estimate> estimates, Map<String, @Nullable Object> map) {
    map.put(key, estimates.stream().mapToDouble(Estimate::mean).toArray());
    map.put(
        key + "StandardError", estimates.stream().mapToDouble(Estimate::standardError).toArray());
  }
}
