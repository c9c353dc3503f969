package bellwether.batch.kind;

import bellwether.batch.tree.Fields;
import bellwether.core.stopping.FullInformation;
import bellwether.core.stopping.SecretaryProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Problem {@code secretary}, as it was read. */
record SecretaryJob(int candidates, String objective) implements Job {
  static final List<String> OBJECTIVES = List.of("best", "expectedRank", "fullInformation");

  static Job read(Fields job) {
    String objective = job.has("objective") ? job.choice("objective", OBJECTIVES) : "best";
    int most =
        "fullInformation".equals(objective)
            ? FullInformation.MOST_DRAWS
            : SecretaryProblem.MOST_CANDIDATES;
    int candidates = (int) job.integer("candidates", 1, most, "an integer from 1 to " + most);
    return objective == null ? OptimalStoppingKind.NONE : new SecretaryJob(candidates, objective);
  }

  @Override
  public Outcome solve(Resources resources) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    switch (objective) {
      case "best" -> {
        SecretaryProblem.Best best = SecretaryProblem.best(candidates);
        result.put("skip", best.skip());
        result.put("value", best.value());
      }
      case "expectedRank" -> {
        SecretaryProblem.Rank rank = SecretaryProblem.lowestRank(candidates);
        result.put("acceptRank", rank.acceptRank());
        result.put("value", rank.value());
      }
      default -> {
        FullInformation.Rule rule = FullInformation.of(candidates);
        result.put("thresholds", rule.thresholds());
        result.put("value", rule.value());
      }
    }
    return new Outcome(
        result, Map.of("method", objective.equals("best") ? "closedForm" : "recursion"));
  }
}
