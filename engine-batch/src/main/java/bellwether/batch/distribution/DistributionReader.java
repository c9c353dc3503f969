package bellwether.batch.distribution;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.batch.tree.Shown;
import bellwether.core.distribution.Beta;
import bellwether.core.distribution.Discrete;
import bellwether.core.distribution.Distribution;
import bellwether.core.distribution.Exponential;
import bellwether.core.distribution.Kumaraswamy;
import bellwether.core.distribution.Lognormal;
import bellwether.core.distribution.Normal;
import bellwether.core.distribution.Power;
import bellwether.core.distribution.Uniform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads distributions: objects with a {@code type} and its parameters. */
public final class DistributionReader {
  /** The parameters of each type. */
  private static final Map<String, List<String>> PARAMETERS = new LinkedHashMap<>();

  static {
    PARAMETERS.put("uniform", List.of("low", "high"));
    PARAMETERS.put("normal", List.of("mean", "sd"));
    PARAMETERS.put("exponential", List.of("rate"));
    PARAMETERS.put("lognormal", List.of("mu", "sigma"));
    PARAMETERS.put("beta", List.of("alpha", "beta"));
    PARAMETERS.put("power", List.of("exponent"));
    PARAMETERS.put("kumaraswamy", List.of("a", "b"));
    PARAMETERS.put("discrete", List.of("values", "probabilities"));
  }

  /** The types, as messages and descriptions list them. */
  public static final List<String> TYPES = List.copyOf(PARAMETERS.keySet());

  private final Mistakes mistakes;
  private final NumberArrays arrays;

  /** Reads distributions of one job. */
  public DistributionReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.arrays = arrays;
  }

  /** What each type takes, a line each, for descriptions. */
  public static List<String> notes() {
    return PARAMETERS.entrySet().stream()
        .map(type -> "  {type: " + type.getKey() + ", " + String.join(", ", type.getValue()) + "}")
        .toList();
  }

  /** The distribution at a key that must be there; null after a mistake. */
  public @Nullable Distribution read(Fields job, String key) {
    Node node = job.required(key, allowed());
    return node == null ? null : read(node, job.path().key(key));
  }

  private static String allowed() {
    return "a distribution: an object with a type, " + String.join(", ", TYPES);
  }

  /** The distribution in {@code node}; null after a mistake. */
  public @Nullable Distribution read(Node node, KeyPath path) {
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
      PARAMETERS.values().forEach(known::addAll);
    }
    Fields fields = new Fields(object, path, mistakes, known);
    String type = fields.choice("type", TYPES);
    if (type == null) {
      return null;
    }
    Distribution distribution = null;
    try {
      distribution = of(type, fields);
    } catch (IllegalArgumentException e) {
      // Each number may be right, and what they make together not.
      if (mistakes.count() == before) {
        mistakes.add(object.position(), path, String.valueOf(e.getMessage()));
      }
    }
    return mistakes.count() > before ? null : distribution;
  }

  private @Nullable Distribution of(String type, Fields fields) {
    return switch (type) {
      case "uniform" -> uniform(fields);
      case "normal" -> new Normal(fields.number("mean", Range.FINITE), positive(fields, "sd"));
      case "exponential" -> new Exponential(positive(fields, "rate"));
      case "lognormal" ->
          new Lognormal(fields.number("mu", Range.FINITE), positive(fields, "sigma"));
      case "beta" -> new Beta(positive(fields, "alpha"), positive(fields, "beta"));
      case "power" -> new Power(positive(fields, "exponent"));
      case "kumaraswamy" -> new Kumaraswamy(positive(fields, "a"), positive(fields, "b"));
      default -> discrete(fields);
    };
  }

  private static double positive(Fields fields, String key) {
    return fields.number(key, Range.POSITIVE);
  }

  private @Nullable Distribution uniform(Fields fields) {
    long before = mistakes.count();
    double low = fields.number("low", Range.FINITE);
    double high = fields.number("high", Range.FINITE);
    if (mistakes.count() > before) {
      return null;
    }
    Node node = fields.optional("high");
    if (node != null && !(low < high)) {
      mistakes.add(
          node.position(),
          fields.path().key("high"),
          "not above low",
          node.shown(),
          "a number greater than " + Shown.number(low));
      return null;
    }
    return new Uniform(low, high);
  }

  private @Nullable Distribution discrete(Fields fields) {
    long before = mistakes.count();
    Node valuesNode = fields.required("values", "a list of finite numbers");
    Node weightsNode = fields.required("probabilities", "a list of numbers from 0 to 1");
    if (valuesNode == null || weightsNode == null) {
      return null;
    }
    KeyPath path = fields.path().key("probabilities");
    double[] values = arrays.vector(valuesNode, fields.path().key("values"));
    double[] weights = arrays.vector(weightsNode, path);
    if (mistakes.count() > before) {
      return null;
    }
    if (weights.length != values.length) {
      mistakes.add(
          weightsNode.position(),
          path,
          "sizes differ",
          weights.length + (weights.length == 1 ? " number" : " numbers"),
          values.length + ", one for each value");
      return null;
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0 && weights[i] <= 1 + Discrete.SUM_TOLERANCE)) {
        mistakes.add(
            weightsNode instanceof Node.NumbersNode numbers
                ? numbers.positions()[i]
                : weightsNode.position(),
            path.index(i),
            weights[i] < 0 ? "negative probability" : "not a probability",
            Shown.number(weights[i]),
            "a number from 0 to 1");
      }
      sum += weights[i];
    }
    if (mistakes.count() == before && !(Math.abs(sum - 1) <= Discrete.SUM_TOLERANCE)) {
      mistakes.add(
          weightsNode.position(),
          path,
          "probabilities do not sum to 1",
          "a sum of " + Shown.number(sum),
          "1 within 1e-9");
    }
    return mistakes.count() > before ? null : Discrete.of(values, weights);
  }
}
