package bellwether.batch.kind;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.HeapSpace;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.core.stopping.Market;
import bellwether.core.stopping.SimulatedOption;
import bellwether.core.stopping.SimulationOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Problems {@code americanPut} and {@code bermudanMaxCall}, simulated, as they were read.
 *
 * @param assets 0 for a put, else of a call on the largest
 * @param continuous whether the dates stand for exercise at any time
 */
record SimulatedOptionJob(
    Market market,
    double strike,
    double maturity,
    int assets,
    int dates,
    boolean continuous,
    SimulationOptions options)
    implements Job {
  /** The keys of {@code simulation}. */
  static final List<String> KEYS =
      List.of("paths", "pricingPaths", "basis", "degree", "dualPaths", "innerPaths", "seed");

  static final List<String> METHODS = List.of("exact", "simulation");

  /** Dates that stand for exercise at any time. */
  static final int DATES = 50;

  private static final String METHOD =
      "exact, simulation, or {simulation: {" + String.join(", ", KEYS) + "}}";

  /** Bytes a path and asset, or one more, take in the regression. */
  private static final double BYTES = 16;

  /** Whether a job asks to be simulated; {@code exactAssets} are the most without. */
  static boolean asked(Fields job, int assets, int exactAssets) {
    Node node = job.optional("method");
    if (node == null) {
      return job.has("simulation") || assets > exactAssets;
    }
    if (node instanceof Node.ObjectNode) {
      return true;
    }
    if (!(node instanceof Node.TextNode)) {
      job.mistakes()
          .add(node.position(), job.path().key("method"), "no method", node.shown(), METHOD);
      return false;
    }
    boolean simulated = "simulation".equals(job.choice("method", METHODS));
    if (!simulated && assets > exactAssets) {
      job.mistakes()
          .add(
              node.position(),
              job.path().key("method"),
              "exact for at most " + exactAssets + " assets",
              node.shown(),
              "simulation, or fewer assets");
    }
    Node options = job.optional("simulation");
    if (!simulated && options != null) {
      job.mistakes()
          .add(
              options.position(),
              job.path().key("simulation"),
              "not with method exact",
              options.shown(),
              "method simulation, or no simulation");
    }
    return simulated;
  }

  static Job read(
      Fields job,
      CommonKeys common,
      Market market,
      double strike,
      double maturity,
      int assets,
      int dates) {
    Mistakes mistakes = job.mistakes();
    long before = mistakes.count();
    SimulationOptions options = options(job, common);
    if (mistakes.count() > before || options == null) {
      return OptimalStoppingKind.NONE;
    }
    String refusal =
        HeapSpace.refusal(
            options.paths() + " paths", BYTES * options.paths() * (1.0 + Math.max(1, assets)));
    if (refusal != null) {
      mistakes.add(job.position(), job.path().key("simulation").key("paths"), refusal);
      return OptimalStoppingKind.NONE;
    }
    return new SimulatedOptionJob(
        market, strike, maturity, assets, dates == 0 ? DATES : dates, dates == 0, options);
  }

  private static @Nullable SimulationOptions options(Fields job, CommonKeys common) {
    Mistakes mistakes = job.mistakes();
    SimulationOptions otherwise = SimulationOptions.DEFAULT;
    KeyPath path = job.path().key("simulation");
    Node node = job.optional("simulation");
    if (job.optional("method") instanceof Node.ObjectNode method) {
      path = job.path().key("method").key("simulation");
      Fields fields = new Fields(method, job.path().key("method"), mistakes, List.of("simulation"));
      node = fields.required("simulation", "an object with " + String.join(", ", KEYS));
    }
    Long seed = common.seed();
    long own = seed == null ? otherwise.seed() : seed;
    if (node == null || node instanceof Node.NullNode) {
      return with(otherwise, own);
    }
    Node.ObjectNode object =
        Fields.object(mistakes, node, path, "an object with " + String.join(", ", KEYS));
    if (object == null) {
      return null;
    }
    long before = mistakes.count();
    Fields fields = new Fields(object, path, mistakes, KEYS);
    int paths = count(fields, "paths", otherwise.paths(), SimulationOptions.MOST_PATHS);
    int pricing =
        count(fields, "pricingPaths", otherwise.pricingPaths(), SimulationOptions.MOST_PATHS);
    int dual = count(fields, "dualPaths", otherwise.dualPaths(), SimulationOptions.MOST_PATHS);
    int inner = count(fields, "innerPaths", otherwise.innerPaths(), SimulationOptions.MOST_INNER);
    if (fields.has("basis")) {
      fields.choice("basis", List.of("polynomial"));
    }
    int degree =
        (int)
            fields.integer(
                "degree",
                1,
                SimulationOptions.MOST_DEGREE,
                "an integer from 1 to " + SimulationOptions.MOST_DEGREE,
                otherwise.degree());
    long drawn = fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE, CommonKeys.SEED, own);
    return mistakes.count() > before
        ? null
        : new SimulationOptions(paths, pricing, degree, dual, inner, drawn, _ -> {});
  }

  private static SimulationOptions with(SimulationOptions o, long seed) {
    return new SimulationOptions(
        o.paths(), o.pricingPaths(), o.degree(), o.dualPaths(), o.innerPaths(), seed, _ -> {});
  }

  private static int count(Fields fields, String key, int otherwise, int most) {
    return (int) fields.integer(key, 2, most, "an integer from 2 to " + most, otherwise);
  }

  @Override
  public Outcome solve(Resources resources) throws JobFailedException {
    SimulationOptions heard =
        new SimulationOptions(
            options.paths(),
            options.pricingPaths(),
            options.degree(),
            options.dualPaths(),
            options.innerPaths(),
            options.seed(),
            resources.progress());
    SimulatedOption found =
        assets == 0
            ? SimulatedOption.put(
                market, strike, maturity, dates, heard, resources.kernels(), resources.workers())
            : SimulatedOption.maxCall(
                market,
                strike,
                maturity,
                dates,
                assets,
                heard,
                resources.kernels(),
                resources.workers());
    if (!Double.isFinite(found.lower()) || !Double.isFinite(found.upper())) {
      throw new JobFailedException("the value overflows: smaller rates, volatility or maturity");
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("value", found.value());
    result.put("valueStandardError", found.valueStandardError());
    result.put("lower", found.lower());
    result.put("lowerStandardError", found.lowerStandardError());
    result.put("upper", found.upper());
    result.put("upperStandardError", found.upperStandardError());
    result.put("european", found.european());
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("method", "simulation");
    certificate.put("lower", found.lower() - Z_95 * found.lowerStandardError());
    certificate.put("upper", found.upper() + Z_95 * found.upperStandardError());
    certificate.put("confidence", "95% on each side");
    certificate.put("exerciseDates", dates);
    if (continuous) {
      certificate.put(
          "exerciseDatesNote",
          dates + " dates stand for any time: upper bounds the value of these dates only");
    }
    certificate.put("paths", options.paths());
    certificate.put("pricingPaths", options.pricingPaths());
    certificate.put("dualPaths", options.dualPaths());
    certificate.put("innerPaths", options.innerPaths());
    certificate.put("degree", options.degree());
    certificate.put("seed", options.seed());
    return new Outcome(result, certificate);
  }

  private static final double Z_95 = 1.959963984540054;
}
