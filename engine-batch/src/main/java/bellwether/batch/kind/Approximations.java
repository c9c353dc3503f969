package bellwether.batch.kind;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.IndexApproximations;
import bellwether.core.bandit.NormalArm;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people quote instead of an index, beside the index, so that one sees how far off it is. */
final class Approximations {
  private static final int PULLS = 10;

  private Approximations() {}

  /**
   * Approximations of one arm's index, each with what it is too high by; null for arms that have
   * none: those of tables, of finite horizons and of other types.
   *
   * @param index the arm's index, exact but for its bracket
   */
  static @Nullable Map<String, @Nullable Object> of(ArmSpec spec, Object index, double discount) {
    if (!(index instanceof Double exact) || spec.horizon() > 0 || discount == 0) {
      return null;
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    double scale = spec.scale();
    switch (spec.arm()) {
      case BetaBernoulliArm arm -> {
        put(all, "knowledgeGradient", scale * kg(arm, discount), exact);
        put(all, "giPlus", scale * IndexApproximations.revealed(arm, discount), exact);
        double ahead = IndexApproximations.optimistic(arm, discount, PULLS);
        put(all, "optimistic" + PULLS, scale * ahead, exact);
      }
      case NormalArm arm -> {
        double n = arm.observations();
        double mean = scale * arm.mean();
        double unit = scale * arm.noiseSd();
        double lower = IndexApproximations.knowledgeGradient(n, discount);
        put(all, "knowledgeGradient", Math.fma(unit, lower, mean), exact);
        double upper = IndexApproximations.revealed(n, discount);
        put(all, "giPlus", Math.fma(unit, upper, mean), exact);
        double fit = IndexApproximations.brezziLai(n, discount);
        put(all, "brezziLai", Math.fma(unit, fit, mean), exact);
        double motion = IndexApproximations.chickGans(n, discount);
        put(all, "chickGans", Math.fma(unit, motion, mean), exact);
        double corrected = IndexApproximations.chickGansCorrected(n, discount);
        put(all, "chickGansCorrected", Math.fma(unit, corrected, mean), exact);
      }
      default -> {
        return null;
      }
    }
    return all;
  }

  private static double kg(BetaBernoulliArm arm, double discount) {
    return IndexApproximations.knowledgeGradient(arm, discount);
  }

  private static void put(
      Map<String, @Nullable Object> all, String name, double value, double exact) {
    Map<String, @Nullable Object> one = new LinkedHashMap<>();
    one.put("value", value);
    one.put("error", value - exact);
    all.put(name, one);
  }
}
