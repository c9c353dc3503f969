package bellwether.batch.kind;

import bellwether.mechanisms.optimal.SeparableAgent;
import bellwether.mechanisms.optimal.SeparableEnvironment;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.Regularity;
import bellwether.mechanisms.virtual.TypeInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says of every agent whether the assumptions of optimality hold, and where they do not. */
final class RegularityResult {
  /** So many different types are looked at. */
  private static final int MOST = 100;

  /** Of so many it is told where the assumptions fail. */
  private static final int TOLD = 10;

  private RegularityResult() {}

  static List<Map<String, @Nullable Object>> of(SeparableEnvironment environment) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (SeparableAgent agent : environment.agents()) {
      all.add(of(agent));
    }
    return all;
  }

  /**
   * Of many bidders: of the first {@link #MOST} different types, whether all is well, else where.
   */
  static Map<String, @Nullable Object> of(List<PrivateType> bidders) {
    Map<PrivateType, Integer> first = new LinkedHashMap<>();
    for (int i = 0; i < bidders.size() && first.size() < MOST; i++) {
      first.putIfAbsent(bidders.get(i), i);
    }
    boolean hold = true;
    boolean rise = true;
    List<Map<String, @Nullable Object>> failing = new ArrayList<>();
    for (Map.Entry<PrivateType, Integer> entry : first.entrySet()) {
      Map<String, @Nullable Object> found = of(entry.getKey(), false);
      boolean holds = Boolean.TRUE.equals(found.get("assumptionsHold"));
      hold &= holds;
      rise &= Boolean.TRUE.equals(found.get("weightsRise"));
      if (!holds && failing.size() < TOLD) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("bidder", entry.getValue());
        one.putAll(found);
        failing.add(one);
      }
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("assumptionsHold", hold);
    map.put("weightsRise", rise);
    map.put("differentTypes", first.size());
    if (!failing.isEmpty()) {
      map.put("failing", failing);
    }
    return map;
  }

  private static Map<String, @Nullable Object> of(SeparableAgent agent) {
    boolean negative = false;
    for (int a = 0; a < agent.signals().actions(); a++) {
      negative |= agent.constant(a) < 0;
    }
    return of(agent.type(), negative);
  }

  /**
   * The same of one private type.
   *
   * @param negative whether an additive constant is below 0, which is not allowed for
   */
  static Map<String, @Nullable Object> of(PrivateType type, boolean negative) {
    Regularity found = Regularity.of(type);
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
  static void put(String key, List<TypeInterval> intervals, Map<String, @Nullable Object> map) {
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
