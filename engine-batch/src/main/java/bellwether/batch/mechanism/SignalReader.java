package bellwether.batch.mechanism;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.distribution.DistributionReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.core.distribution.Distribution;
import bellwether.mechanisms.contract.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a buyer learns over time: objects with a {@code type} and its parameters. */
public final class SignalReader {
  /** The parameters of each type. */
  private static final Map<String, List<String>> PARAMETERS = new LinkedHashMap<>();

  static {
    PARAMETERS.put("constant", List.of("value"));
    PARAMETERS.put("path", List.of("values"));
    PARAMETERS.put("iid", List.of("distribution"));
    PARAMETERS.put("markov", List.of("values", "initial", "transition"));
    PARAMETERS.put("gaussianWalk", List.of("mean", "sd"));
  }

  private static final List<String> TYPES = List.copyOf(PARAMETERS.keySet());

  private final Mistakes mistakes;
  private final NumberArrays arrays;

  /** Reads signals of one job. */
  public SignalReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.arrays = arrays;
  }

  /** What each type takes, a line each, for descriptions. */
  public static List<String> notes() {
    return List.of(
        "  {type: constant, value}                       B_t = value",
        "  {type: path, values}                          B_t = values[t - 1]; horizon = length",
        "  {type: iid, distribution}                     independent",
        "  {type: markov, values, initial, transition}   B_t = values[state at t]",
        "  {type: gaussianWalk, sd, mean = 0}            B_t normal(mean, t sd^2)");
  }

  /** What may stand where a signal is expected. */
  public static String allowed() {
    return "a signal: an object with a type, " + String.join(", ", TYPES);
  }

  /**
   * A signal as it was read.
   *
   * @param length of a path, else 0
   */
  public record Read(Signal signal, int length) {}

  /** The signal at a key that must be there; null after a mistake. */
  public @Nullable Read read(Fields job, String key) {
    Node node = job.required(key, allowed());
    KeyPath path = job.path().key(key);
    Node.ObjectNode object = node == null ? null : Fields.object(mistakes, node, path, allowed());
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
    Read read =
        switch (type) {
          case "constant" -> constant(fields);
          case "path" -> path(fields);
          case "iid" -> independent(fields);
          case "markov" -> markov(fields);
          default -> gaussianWalk(fields);
        };
    return mistakes.count() > before ? null : read;
  }

  private static Read constant(Fields fields) {
    return new Read(new Signal.Constant(fields.number("value", Range.FINITE)), 0);
  }

  private static Read gaussianWalk(Fields fields) {
    double mean = fields.number("mean", Range.FINITE, 0);
    return new Read(new Signal.GaussianWalk(mean, fields.number("sd", Range.POSITIVE)), 0);
  }

  private @Nullable Read independent(Fields fields) {
    Distribution distribution =
        new DistributionReader(mistakes, arrays).read(fields, "distribution");
    return distribution == null ? null : new Read(new Signal.Independent(distribution), 0);
  }

  private @Nullable Read path(Fields fields) {
    double[] values = vector(fields, "values", "a list of finite numbers, one a period");
    return values.length == 0 ? null : new Read(new Signal.Path(values), values.length);
  }

  private double[] vector(Fields fields, String key, String allowed) {
    Node node = fields.required(key, allowed);
    return node == null ? new double[0] : arrays.vector(node, fields.path().key(key));
  }

  private @Nullable Read markov(Fields fields) {
    long before = mistakes.count();
    double[] values = vector(fields, "values", "a list of finite numbers, one for each state");
    double[] initial = vector(fields, "initial", "a list of probabilities, one for each state");
    Node node = fields.required("transition", "a list of rows of probabilities");
    if (node == null || mistakes.count() > before) {
      return null;
    }
    int states = values.length;
    if (states > Signal.MOST_STATES) {
      wrongSize(fields, "values", states, "at most " + Signal.MOST_STATES);
      return null;
    }
    if (initial.length != states) {
      wrongSize(fields, "initial", initial.length, states + ", one for each state");
      return null;
    }
    double[] transition =
        arrays.transition(node, fields.path().key("transition"), states, Signal.MOST_STATES);
    if (mistakes.count() > before) {
      return null;
    }
    try {
      return new Read(new Signal.Markov(values, initial, transition), 0);
    } catch (IllegalArgumentException e) {
      // Rows were checked: what is left is the initial law.
      Node at = fields.optional("initial");
      mistakes.add(
          at == null ? fields.position() : at.position(),
          fields.path().key("initial"),
          String.valueOf(e.getMessage()).replaceFirst("^initial ", ""));
      return null;
    }
  }

  private void wrongSize(Fields fields, String key, int given, String allowed) {
    Node node = fields.optional(key);
    mistakes.add(
        node == null ? fields.position() : node.position(),
        fields.path().key(key),
        "sizes differ",
        given + (given == 1 ? " number" : " numbers"),
        allowed);
  }
}
