package bellwether.batch.distribution;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.core.distribution.Distribution;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.TypeFunction;
import bellwether.mechanisms.virtual.Valuation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code distribution}, {@code A} and {@code valuation}: how initial types enter values. */
public final class PrivateTypeReader {
  /** The keys that this reader reads. */
  public static final List<String> KEYS = List.of("distribution", "A", "valuation");

  private static final Map<String, List<String>> PARAMETERS = new LinkedHashMap<>();

  static {
    PARAMETERS.put("identity", List.of());
    PARAMETERS.put("power", List.of("exponent", "scale"));
    PARAMETERS.put("affine", List.of("intercept", "slope"));
    PARAMETERS.put("log1p", List.of("scale"));
  }

  private static final String FUNCTION =
      "a function: an object with a type, " + String.join(", ", PARAMETERS.keySet());

  private final Mistakes mistakes;
  private final DistributionReader distributions;

  /** Reads private types of one job. */
  public PrivateTypeReader(Mistakes mistakes, DistributionReader distributions) {
    this.mistakes = mistakes;
    this.distributions = distributions;
  }

  /**
   * The private type whose keys stand in {@code fields}: {@code distribution} must be there, {@code
   * A} is the identity and {@code valuation} multiplicative unless given; null after a mistake.
   */
  public @Nullable PrivateType read(Fields fields) {
    long before = mistakes.count();
    Distribution distribution = distributions.read(fields, "distribution");
    TypeFunction function = function(fields);
    Node valuationNode = fields.optional("valuation");
    String valuation =
        valuationNode == null
            ? "multiplicative"
            : fields.choice("valuation", List.of("multiplicative", "additive"));
    if (distribution == null
        || function == null
        || valuation == null
        || mistakes.count() > before) {
      return null;
    }
    Node node = fields.required("distribution", "a distribution");
    if (node != null && !distribution.continuous()) {
      mistakes.add(
          node.position(),
          fields.path().key("distribution"),
          "initial types need a density",
          node.shown(),
          "a distribution of another type than discrete");
      return null;
    }
    if (!(distribution.low() >= function.domainLow())) {
      Node a = fields.optional("A");
      mistakes.add(
          a == null ? fields.position() : a.position(),
          fields.path().key("A"),
          "not defined on the whole support of distribution, which begins at " + distribution.low(),
          function.toString(),
          "a function defined there, such as identity or affine");
      return null;
    }
    return new PrivateType(
        distribution,
        function,
        valuation.equals("additive") ? Valuation.ADDITIVE : Valuation.MULTIPLICATIVE);
  }

  private @Nullable TypeFunction function(Fields job) {
    Node node = job.optional("A");
    if (node == null) {
      return new TypeFunction.Identity();
    }
    KeyPath path = job.path().key("A");
    Node.ObjectNode object = Fields.object(mistakes, node, path, FUNCTION);
    if (object == null) {
      return null;
    }
    long before = mistakes.count();
    Node.Member member = object.member("type");
    List<String> parameters =
        member != null && member.value() instanceof Node.TextNode text
            ? PARAMETERS.getOrDefault(
                text.text(), List.of("exponent", "scale", "intercept", "slope"))
            : List.of("exponent", "scale", "intercept", "slope");
    List<String> known = new ArrayList<>(List.of("type"));
    known.addAll(parameters);
    Fields fields = new Fields(object, path, mistakes, known);
    String type = fields.choice("type", List.copyOf(PARAMETERS.keySet()));
    if (type == null) {
      return null;
    }
    double[] p = new double[2];
    switch (type) {
      case "power" -> {
        p[0] = fields.number("exponent", Range.POSITIVE);
        p[1] = fields.has("scale") ? fields.number("scale", Range.POSITIVE) : 1;
      }
      case "affine" -> {
        p[0] = fields.number("intercept", Range.FINITE);
        p[1] = fields.number("slope", Range.POSITIVE);
      }
      case "log1p" -> p[0] = fields.has("scale") ? fields.number("scale", Range.POSITIVE) : 1;
      default -> {}
    }
    if (mistakes.count() > before) {
      return null;
    }
    return switch (type) {
      case "power" -> new TypeFunction.Power(p[0], p[1]);
      case "affine" -> new TypeFunction.Affine(p[0], p[1]);
      case "log1p" -> new TypeFunction.Log1p(p[0]);
      default -> new TypeFunction.Identity();
    };
  }
}
