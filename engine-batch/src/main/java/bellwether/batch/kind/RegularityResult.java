package bellwether.batch.kind;

import bellwether.mechanisms.optimal.SeparableAgent;
import bellwether.mechanisms.optimal.SeparableEnvironment;
import bellwether.mechanisms.virtual.Regularity;
import bellwether.mechanisms.virtual.TypeInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says of every agent whether the assumptions of optimality hold, and where they do not. */
final class RegularityResult {
  private RegularityResult() {}

  static List<Map<String, @Nullable Object>> of(SeparableEnvironment environment) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (SeparableAgent agent : environment.agents()) {
      all.add(of(agent));
    }
    return all;
  }

  private static Map<String, @Nullable Object> of(SeparableAgent agent) {
    Regularity found = Regularity.of(agent.type());
    boolean negative = false;
    for (int a = 0; a < agent.signals().actions(); a++) {
      negative |= agent.constant(a) < 0;
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("assumptionsHold", found.assumptionsHold() && !negative);
    map.put("weightsRise", found.monotoneWeights());
    put("hazardRateFalls", found.hazardFalls(), map);
    put("hazardRateConstant", found.hazardConstant(), map);
    put("virtualTypeFalls", found.virtualTypeFalls(), map);
    put("weightFalls", found.weightFalls(), map);
    put("convex", found.convex(), map);
    put("notPositive", found.notPositive(), map);
    if (negative) {
      map.put("negativeC", true);
    }
    return map;
  }

  /** Intervals as pairs; ends that are infinite are null. */
  private static void put(
      String key, List<TypeInterval> intervals, Map<String, @Nullable Object> map) {
    if (intervals.isEmpty()) {
      return;
    }
    List<List<@Nullable Object>> pairs = new ArrayList<>();
    for (TypeInterval interval : intervals) {
      List<@Nullable Object> pair = new ArrayList<>();
      pair.add(Double.isFinite(interval.from()) ? interval.from() : null);
      pair.add(Double.isFinite(interval.to()) ? interval.to() : null);
      pairs.add(pair);
    }
    map.put(key, pairs);
  }
}
