package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.mechanism.PrivateEnvironmentReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.batch.tree.Shown;
import bellwether.mechanisms.affine.Boosts;
import bellwether.mechanisms.affine.Objective;
import bellwether.mechanisms.affine.PrivateEnvironment;
import bellwether.mechanisms.affine.SearchOptions;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code affineMaximizer}: weights and boosts for the best revenue, or another objective. */
final class AffineMaximizerKind implements JobKind {
  static final List<String> OBJECTIVES = List.of("revenue", "welfare", "profit");
  static final List<String> BOOSTS = Arrays.stream(Boosts.values()).map(Boosts::word).toList();
  static final List<String> AUDITS = List.of("exact", "sampled", "none");
  private static final String OBJECTIVE =
      "revenue, welfare, profit or {revenueWeight: a number from 0 to 1}";
  private static final Range SHARE = new Range(0, true, 1, true, "a number from 0 to 1");
  private static final int MOST_DRAWS = 10_000_000;
  private static final int MOST_EVALUATIONS = 100_000_000;
  private static final int FRESH = 10;

  @Override
  public String name() {
    return "affineMaximizer";
  }

  @Override
  public String summary() {
    return "truthful mechanisms for revenue: weights and boosts over time, against the pivot's";
  }

  @Override
  public List<KeyDoc> keys() {
    return AffineMaximizerDocs.KEYS;
  }

  @Override
  public List<String> notes() {
    return AffineMaximizerDocs.NOTES;
  }

  @Override
  public String example() {
    return AffineMaximizerDocs.EXAMPLE;
  }

  /** What cannot be solved: the job is not whole. */
  private static final Job NONE =
      resources -> {
        throw new IllegalStateException("there is no environment");
      };

  @Override
  public Job read(Fields job, CommonKeys common, NumberArrays arrays) {
    Mistakes mistakes = job.mistakes();
    long before = mistakes.count();
    Objective objective = objective(job);
    SearchOptions usual = SearchOptions.DEFAULT;
    String word = job.has("boosts") ? job.choice("boosts", BOOSTS) : usual.boosts().word();
    double[] range = weights(job);
    int draws = count(job, "draws", 1, MOST_DRAWS, usual.draws());
    int fresh =
        count(job, "freshDraws", 2, MOST_DRAWS, Math.clamp((long) FRESH * draws, 2, MOST_DRAWS));
    int budget = count(job, "budget", 1, MOST_EVALUATIONS, usual.budget());
    String audit = job.has("audit") ? job.choice("audit", AUDITS) : null;
    boolean history = flag(job, "history");
    PrivateEnvironment environment = new PrivateEnvironmentReader(mistakes, arrays).read(job);
    if (environment == null || objective == null || word == null || mistakes.count() > before) {
      return NONE;
    }
    Boosts boosts =
        Arrays.stream(Boosts.values())
            .filter(one -> one.word().equals(word))
            .findFirst()
            .orElseThrow();
    Long seed = common.seed();
    SearchOptions options =
        new SearchOptions(
            objective,
            boosts,
            range[0],
            range[1],
            draws,
            fresh,
            budget,
            seed == null ? usual.seed() : seed);
    return new AffineMaximizerJob(environment, options, audit, history);
  }

  private static int count(Fields job, String key, int low, int high, int absent) {
    return (int) job.integer(key, low, high, "an integer from " + low + " to " + high, absent);
  }

  private static @Nullable Objective objective(Fields job) {
    Node node = job.optional("objective");
    return switch (node) {
      case null -> Objective.REVENUE;
      case Node.ObjectNode object -> {
        Fields fields =
            new Fields(
                object, job.path().key("objective"), job.mistakes(), List.of("revenueWeight"));
        yield Objective.mix(fields.number("revenueWeight", SHARE));
      }
      case Node.TextNode _ -> {
        String word = job.choice("objective", OBJECTIVES);
        yield word == null
            ? null
            : switch (word) {
              case "revenue" -> Objective.REVENUE;
              case "welfare" -> Objective.WELFARE;
              default -> Objective.PROFIT;
            };
      }
      default -> {
        job.mistakes()
            .add(
                node.position(),
                job.path().key("objective"),
                "not an objective",
                node.shown(),
                OBJECTIVE);
        yield null;
      }
    };
  }

  /** The least and the largest weight. */
  private static double[] weights(Fields job) {
    double[] usual = {SearchOptions.DEFAULT.low(), SearchOptions.DEFAULT.high()};
    Node node = job.optional("weights");
    if (node == null || node instanceof Node.NullNode) {
      return usual;
    }
    Node.ObjectNode object =
        Fields.object(
            job.mistakes(), node, job.path().key("weights"), "an object with low and high");
    if (object == null) {
      return usual;
    }
    Fields fields =
        new Fields(object, job.path().key("weights"), job.mistakes(), List.of("low", "high"));
    double low = fields.number("low", Range.POSITIVE, Math.min(usual[0], 1));
    double high = fields.number("high", Range.POSITIVE, Math.max(usual[1], low));
    if (low > high) {
      job.mistakes()
          .add(
              node.position(),
              job.path().key("weights"),
              "low is greater than high",
              "low " + Shown.number(low) + ", high " + Shown.number(high),
              "low at most high");
    }
    return new double[] {low, high};
  }

  private static boolean flag(Fields job, String key) {
    Node node = job.optional(key);
    if (node == null || node instanceof Node.NullNode) {
      return false;
    }
    if (node instanceof Node.BooleanNode bool) {
      return bool.value();
    }
    job.mistakes()
        .add(
            node.position(),
            job.path().key(key),
            "not a truth value",
            node.shown(),
            "true or false");
    return false;
  }
}
