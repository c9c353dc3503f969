package bellwether.batch.mechanism;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.simulation.ReportingStrategy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code simulation}: paths, periods, from, strategies. */
public final class PlayReader {
  /** Paths where their number is not given. */
  public static final long PATHS = 10_000;

  private static final long MOST_PATHS = 1_000_000_000;
  private static final String STRATEGY =
      "truthful, {type: shading, factor}, {type: random, probability} or {type: table, report}";
  private static final List<String> TYPES = List.of("truthful", "shading", "random", "table");
  private static final Range SHARE = new Range(0, true, 1, true, "a number from 0 to 1");

  private final Mistakes mistakes;
  private final Environment environment;

  /** Reads for this environment. */
  public PlayReader(Mistakes mistakes, Environment environment) {
    this.mistakes = mistakes;
    this.environment = environment;
  }

  /**
   * What is to be played.
   *
   * @param paths how many
   * @param periods how many, 0 for all that matter
   * @param fromPrior whether first types are drawn
   * @param strategies one of every agent
   */
  public record Play(
      long paths, int periods, boolean fromPrior, List<ReportingStrategy> strategies) {}

  /** Reads the key {@code simulation}; null where it is not there or after a mistake. */
  public @Nullable Play read(Fields job) {
    Node node = job.optional("simulation");
    KeyPath path = job.path().key("simulation");
    if (node == null || node instanceof Node.NullNode) {
      return null;
    }
    long before = mistakes.count();
    Node.ObjectNode object =
        Fields.object(mistakes, node, path, "an object with paths, periods, from, strategies");
    if (object == null) {
      return null;
    }
    Fields fields =
        new Fields(object, path, mistakes, List.of("paths", "periods", "from", "strategies"));
    long paths =
        fields.integer("paths", 2, MOST_PATHS, "an integer from 2 to " + MOST_PATHS, PATHS);
    int most = environment.isInfinite() ? 1_000_000 : environment.horizon();
    int periods = (int) fields.integer("periods", 1, most, "an integer from 1 to " + most, 0);
    String from =
        fields.has("from")
            ? fields.choice("from", List.of("prior", "profile"))
            : environment.hasPrior() ? "prior" : "profile";
    boolean prior = "prior".equals(from);
    if (prior && !environment.hasPrior()) {
      mistakes.add(
          node.position(),
          path.key("from"),
          "an agent has no initial",
          "prior",
          "profile, or initial for every agent");
    }
    List<ReportingStrategy> strategies = strategies(fields);
    return mistakes.count() > before ? null : new Play(paths, periods, prior, strategies);
  }

  private List<ReportingStrategy> strategies(Fields fields) {
    if (!fields.has("strategies")) {
      return ReportingStrategy.allTruthful(environment.agents());
    }
    int n = environment.size();
    String allowed = "a list of " + n + " strategies, one for each agent: " + STRATEGY;
    List<Node> items = fields.list("strategies", false, false, allowed);
    KeyPath path = fields.path().key("strategies");
    if (!items.isEmpty() && items.size() != n) {
      mistakes.add(
          items.getFirst().position(),
          path,
          "sizes differ",
          items.size() + (items.size() == 1 ? " strategy" : " strategies"),
          n + ", one for each agent");
      return List.of();
    }
    List<ReportingStrategy> strategies = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      ReportingStrategy strategy = strategy(items.get(i), path.index(i), environment.agent(i));
      if (strategy != null) {
        strategies.add(strategy);
      }
    }
    return strategies;
  }

  private @Nullable ReportingStrategy strategy(Node node, KeyPath path, Agent agent) {
    if (node instanceof Node.TextNode text && "truthful".equals(text.text())) {
      return ReportingStrategy.truthful(agent);
    }
    Node.ObjectNode object = Fields.object(mistakes, node, path, STRATEGY);
    if (object == null) {
      return null;
    }
    long before = mistakes.count();
    Fields fields =
        new Fields(object, path, mistakes, List.of("type", "factor", "probability", "report"));
    String type = fields.choice("type", TYPES);
    if (type == null) {
      return null;
    }
    return switch (type) {
      case "truthful" -> ReportingStrategy.truthful(agent);
      case "shading" -> ReportingStrategy.shading(agent, fields.number("factor", Range.FINITE));
      case "random" -> ReportingStrategy.random(agent, fields.number("probability", SHARE));
      default -> {
        String allowed = "a report for each of the " + agent.types() + " types";
        List<Node> items = fields.list("report", false, false, allowed);
        int[] report = new int[agent.types()];
        if (!items.isEmpty() && items.size() != report.length) {
          mistakes.add(
              items.getFirst().position(),
              path.key("report"),
              "sizes differ",
              items.size() + (items.size() == 1 ? " report" : " reports"),
              report.length + ", one for each type");
          yield null;
        }
        for (int t = 0; t < items.size(); t++) {
          report[t] =
              PhysicalReader.index(
                  mistakes,
                  items.get(t),
                  path.key("report").index(t),
                  report.length,
                  agent.typeNames(),
                  "type");
        }
        yield mistakes.count() > before ? null : ReportingStrategy.table(agent, report);
      }
    };
  }
}
