package bellwether.batch.path;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.distribution.DistributionReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.core.distribution.Distribution;
import bellwether.core.path.ArithmeticBrownian;
import bellwether.core.path.Arrivals;
import bellwether.core.path.Autoregressive;
import bellwether.core.path.BetaBernoulliLearning;
import bellwether.core.path.FiniteChain;
import bellwether.core.path.GeometricBrownian;
import bellwether.core.path.MultiplicativeWalk;
import bellwether.core.path.NormalLearning;
import bellwether.core.path.OrnsteinUhlenbeck;
import bellwether.core.path.PathProcess;
import bellwether.core.path.Start;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads processes: objects with a {@code type} and its parameters. */
public final class ProcessReader {
  /** The parameters of each type. */
  private static final Map<String, List<String>> PARAMETERS = new LinkedHashMap<>();

  static {
    PARAMETERS.put("ar1", List.of("gamma", "noise", "initial"));
    PARAMETERS.put("abm", List.of("initial", "drift", "volatility"));
    PARAMETERS.put("gbm", List.of("initial", "drift", "volatility"));
    PARAMETERS.put("ou", List.of("initial", "meanReversion", "mean", "volatility"));
    PARAMETERS.put("multiplicativeWalk", List.of("initial", "factor"));
    PARAMETERS.put("markovChain", List.of("values", "transition", "initial"));
    PARAMETERS.put("betaBernoulli", List.of("alpha", "beta"));
    PARAMETERS.put("normalLearning", List.of("mean", "observations", "noiseSd"));
    PARAMETERS.put("poissonArrivals", List.of("rate", "marks"));
  }

  /** The types, as messages and descriptions list them. */
  public static final List<String> TYPES = List.copyOf(PARAMETERS.keySet());

  private static final int MOST_STATES = 20_000;
  private static final String INITIAL = "a finite number, or a distribution";
  private static final Range ABOVE_0 =
      new Range(0, false, Double.POSITIVE_INFINITY, false, "a finite number greater than 0");

  private final Mistakes mistakes;
  private final NumberArrays arrays;
  private final DistributionReader distributions;

  /** Reads processes of one job. */
  public ProcessReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.arrays = arrays;
    distributions = new DistributionReader(mistakes, arrays);
  }

  /**
   * A process as it was read.
   *
   * @param type its name
   * @param drawn whether paths begin at different points
   */
  public record Read(PathProcess process, String type, boolean drawn) {}

  /** What each type takes, a line each, for descriptions. */
  public static List<String> notes() {
    return PARAMETERS.entrySet().stream()
        .map(type -> "  {type: " + type.getKey() + ", " + String.join(", ", type.getValue()) + "}")
        .toList();
  }

  /** What may stand where a process is expected. */
  public static String allowed() {
    return "a process: an object with a type, " + String.join(", ", TYPES);
  }

  /** The process in {@code node}; null after a mistake. */
  public @Nullable Read read(Node node, KeyPath path) {
    Node.ObjectNode object = Fields.object(mistakes, node, path, allowed());
    if (object == null) {
      return null;
    }
    long before = mistakes.count();
    Node.Member member = object.member("type");
    List<String> parameters =
        member != null && member.value() instanceof Node.TextNode text
            ? PARAMETERS.get(text.text())
            : null;
    List<String> known = new ArrayList<>(List.of("type"));
    if (parameters != null) {
      known.addAll(parameters);
    } else {
      PARAMETERS.values().stream().flatMap(List::stream).distinct().forEach(known::add);
    }
    Fields fields = new Fields(object, path, mistakes, known);
    String type = fields.choice("type", TYPES);
    if (type == null) {
      return null;
    }
    Read read = of(type, fields);
    return mistakes.count() > before ? null : read;
  }

  private @Nullable Read of(String type, Fields fields) {
    return switch (type) {
      case "ar1" -> autoregressive(type, fields);
      case "abm" -> {
        Start initial = initial(fields, false);
        double drift = fields.number("drift", Range.FINITE);
        double volatility = fields.number("volatility", Range.NOT_NEGATIVE);
        yield initial == null
            ? null
            : read(new ArithmeticBrownian(initial, drift, volatility), type, initial);
      }
      case "gbm" -> {
        Start initial = initial(fields, true);
        double drift = fields.number("drift", Range.FINITE);
        double volatility = fields.number("volatility", Range.NOT_NEGATIVE);
        yield initial == null
            ? null
            : read(new GeometricBrownian(initial, drift, volatility), type, initial);
      }
      case "ou" -> {
        Start initial = initial(fields, false);
        double reversion = fields.number("meanReversion", Range.POSITIVE);
        double mean = fields.number("mean", Range.FINITE);
        double volatility = fields.number("volatility", Range.NOT_NEGATIVE);
        yield initial == null
            ? null
            : read(new OrnsteinUhlenbeck(initial, reversion, mean, volatility), type, initial);
      }
      case "multiplicativeWalk" -> {
        Start initial = initial(fields, false);
        Distribution factor = distributions.read(fields, "factor");
        yield initial == null || factor == null
            ? null
            : read(new MultiplicativeWalk(initial, factor), type, initial);
      }
      case "markovChain" -> chain(type, fields);
      case "betaBernoulli" -> {
        double alpha = fields.number("alpha", Range.POSITIVE);
        double beta = fields.number("beta", Range.POSITIVE);
        yield new Read(new BetaBernoulliLearning(alpha, beta), type, false);
      }
      case "normalLearning" -> {
        double mean = fields.number("mean", Range.FINITE);
        double observations = fields.number("observations", Range.POSITIVE);
        double noise = fields.number("noiseSd", Range.POSITIVE);
        yield new Read(new NormalLearning(mean, observations, noise), type, false);
      }
      default -> arrivals(type, fields);
    };
  }

  private static Read read(PathProcess process, String type, Start initial) {
    return new Read(process, type, initial instanceof Start.Drawn);
  }

  private @Nullable Read autoregressive(String type, Fields fields) {
    double gamma = fields.number("gamma", Range.FINITE);
    Distribution noise = distributions.read(fields, "noise");
    Start initial = initial(fields, false);
    return initial == null || noise == null
        ? null
        : read(new Autoregressive(initial, gamma, noise), type, initial);
  }

  private @Nullable Read arrivals(String type, Fields fields) {
    double rate = fields.number("rate", Range.POSITIVE);
    Node marks = fields.optional("marks");
    if (marks == null || marks instanceof Node.NullNode) {
      return new Read(Arrivals.counted(rate), type, false);
    }
    Distribution distribution = distributions.read(fields, "marks");
    return distribution == null ? null : new Read(Arrivals.marked(rate, distribution), type, false);
  }

  /** A number or a distribution; null after a mistake. */
  private @Nullable Start initial(Fields fields, boolean positive) {
    Node node = fields.required("initial", INITIAL);
    if (node == null) {
      return null;
    }
    KeyPath path = fields.path().key("initial");
    if (node instanceof Node.ObjectNode) {
      Distribution distribution = distributions.read(node, path);
      if (distribution != null && positive && !(distribution.low() >= 0)) {
        mistakes.add(
            node.position(),
            path,
            "may be negative",
            "a distribution from " + distribution.low(),
            "a distribution of numbers at least 0");
        return null;
      }
      return distribution == null ? null : Start.from(distribution);
    }
    if (!(node instanceof Node.NumberNode)) {
      Fields.notANumber(mistakes, node, path, INITIAL);
      return null;
    }
    return Start.at(fields.number("initial", positive ? ABOVE_0 : Range.FINITE));
  }

  private @Nullable Read chain(String type, Fields fields) {
    long before = mistakes.count();
    Node valuesNode = fields.required("values", "a list of finite numbers, one for each state");
    Node transitionNode = fields.required("transition", "a list of rows of probabilities");
    Node initialNode =
        fields.required("initial", "a list of probabilities, one for each state, or a state");
    if (valuesNode == null || transitionNode == null || initialNode == null) {
      return null;
    }
    KeyPath path = fields.path();
    double[] values = arrays.vector(valuesNode, path.key("values"));
    double[] transition = arrays.transition(transitionNode, path.key("transition"), 0, MOST_STATES);
    if (mistakes.count() > before) {
      return null;
    }
    int states = (int) Math.round(Math.sqrt(transition.length));
    if (values.length != states) {
      sizes(valuesNode, path.key("values"), values.length, states);
      return null;
    }
    double[] initial = new double[states];
    boolean drawn = false;
    if (initialNode instanceof Node.NumberNode) {
      String state = states == 1 ? "0" : "an integer from 0 to " + (states - 1);
      initial[(int) fields.integer("initial", 0, states - 1, state)] = 1;
    } else {
      initial = arrays.vector(initialNode, path.key("initial"));
      if (mistakes.count() == before && initial.length != states) {
        sizes(initialNode, path.key("initial"), initial.length, states);
      }
      drawn = true;
    }
    if (mistakes.count() > before) {
      return null;
    }
    try {
      return new Read(new FiniteChain(values, transition, initial), type, drawn);
    } catch (IllegalArgumentException e) {
      // Rows were checked: what is left is the initial law.
      mistakes.add(
          initialNode.position(),
          path.key("initial"),
          String.valueOf(e.getMessage()).replaceFirst("^initial ", "")
              + ", allowed: numbers from 0 to 1 that sum to 1 within 1e-9");
      return null;
    }
  }

  private void sizes(Node node, KeyPath path, int given, int states) {
    mistakes.add(
        node.position(),
        path,
        "sizes differ",
        given + (given == 1 ? " number" : " numbers"),
        states + ", one for each state");
  }
}
