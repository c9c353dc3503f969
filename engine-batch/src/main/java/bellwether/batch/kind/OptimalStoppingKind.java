package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code optimalStopping}: when to stop, and what that is worth. */
final class OptimalStoppingKind implements JobKind {
  /** The keys of each problem, beside {@code problem}. */
  static final Map<String, List<String>> PROBLEMS = new LinkedHashMap<>();

  private static final List<String> MARKET =
      List.of("spot", "strike", "rate", "dividend", "volatility");

  static {
    PROBLEMS.put("markov", List.of("transition", "payoff", "runningCost", "discount", "horizon"));
    PROBLEMS.put("offers", List.of("offers", "horizon", "recall", "discount", "searchCost"));
    PROBLEMS.put("secretary", List.of("candidates", "objective"));
    PROBLEMS.put("perpetualPut", MARKET);
    PROBLEMS.put("americanPut", with("maturity", "exerciseDates", "method", "simulation"));
    PROBLEMS.put(
        "bermudanMaxCall", with("maturity", "exerciseDates", "assets", "method", "simulation"));
  }

  private static List<String> with(String... more) {
    List<String> keys = new ArrayList<>(MARKET);
    keys.addAll(List.of(more));
    return List.copyOf(keys);
  }

  @Override
  public String name() {
    return "optimalStopping";
  }

  @Override
  public String summary() {
    return "When to stop: chains, offers, candidates, options; exact, or simulated between two bounds";
  }

  @Override
  public List<KeyDoc> keys() {
    return OptimalStoppingDocs.KEYS;
  }

  @Override
  public List<String> notes() {
    return OptimalStoppingDocs.notes();
  }

  @Override
  public String example() {
    return OptimalStoppingDocs.EXAMPLE;
  }

  @Override
  public Job read(Fields job, CommonKeys common, NumberArrays arrays) {
    String problem = job.choice("problem", List.copyOf(PROBLEMS.keySet()));
    if (problem == null) {
      return NONE;
    }
    onlyKeysOf(problem, job);
    return switch (problem) {
      case "markov" -> ChainStoppingJob.read(job, common, arrays);
      case "offers" -> OfferStoppingJob.read(job, arrays);
      case "secretary" -> SecretaryJob.read(job);
      case "perpetualPut" -> PerpetualPutJob.read(job);
      default -> OptionJob.read(job, common, problem.equals("americanPut"));
    };
  }

  /** Stands for a job that could not be read: it is not solved then. */
  static final Job NONE =
      _ -> {
        throw new IllegalStateException("there were mistakes");
      };

  /** Tells of keys that other problems have. */
  private static void onlyKeysOf(String problem, Fields job) {
    List<String> own = PROBLEMS.getOrDefault(problem, List.of());
    List<String> others = new ArrayList<>();
    PROBLEMS.values().forEach(others::addAll);
    for (String key : others.stream().distinct().toList()) {
      Node node = own.contains(key) ? null : job.optional(key);
      if (node != null) {
        job.mistakes()
            .add(
                node.position(),
                job.path().key(key),
                "not with problem " + problem,
                node.shown(),
                String.join(", ", own));
      }
    }
  }
}
