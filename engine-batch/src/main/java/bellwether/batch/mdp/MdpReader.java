package bellwether.batch.mdp;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the model of a job, whatever its type. */
public final class MdpReader {
  private static final Map<String, List<String>> KEYS = keys();

  /** The types of models. */
  public static final List<String> TYPES = List.copyOf(KEYS.keySet());

  private final Mistakes mistakes;
  private final NumberArrays arrays;

  /** Reads a model of the job whose mistakes are these. */
  public MdpReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.arrays = arrays;
  }

  private static Map<String, List<String>> keys() {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    keys.put("dense", List.of("rewards", "transition", "actions"));
    keys.put("sparse", List.of("states", "actions", "entries", "rewards"));
    keys.put("product", List.of("agents", "designerValue"));
    keys.put("prism", List.of("tra", "rewards", "initial"));
    keys.put("garnet", List.of("states", "actions", "branching", "seed"));
    keys.put("ring", List.of("states", "actions", "branching", "halfWidth", "seed"));
    keys.put("denseRandom", List.of("states", "actions", "seed"));
    return keys;
  }

  /** The model; null after a mistake. */
  public @Nullable MdpSource read(Node node, KeyPath path) {
    long before = mistakes.count();
    Node.ObjectNode object =
        Fields.object(
            mistakes, node, path, "a model: an object with a type, " + String.join(", ", TYPES));
    if (object == null) {
      return null;
    }
    Node.Member member = object.member("type");
    String type = member != null && member.value() instanceof Node.TextNode text ? text.text() : "";
    List<String> known = new ArrayList<>(List.of("type"));
    if (KEYS.containsKey(type)) {
      known.addAll(KEYS.getOrDefault(type, List.of()));
    } else {
      KEYS.values().stream().flatMap(List::stream).distinct().forEach(known::add);
    }
    Fields fields = new Fields(object, path, mistakes, known);
    String given = fields.choice("type", TYPES);
    if (given == null) {
      return null;
    }
    MdpSource source =
        switch (given) {
          case "dense" -> new DenseModelReader(mistakes, arrays).read(fields);
          case "sparse" -> new SparseModelReader(mistakes, arrays).read(fields);
          case "product" -> new ProductModelReader(mistakes, arrays).read(fields);
          case "prism" -> new PrismModelReader(mistakes, arrays).read(fields);
          default -> GeneratedModelReader.read(given, fields);
        };
    return mistakes.count() > before ? null : source;
  }
}
