package bellwether.batch.mdp;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.array.NumberTable;
import bellwether.batch.array.TableReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a product of chains: agents with a value [a][type] and a transition [a][type][type]. */
final class ProductModelReader {
  private static final String VALUE = "value [a][type]: nested lists, or {file: v.npy}";

  private final Mistakes mistakes;
  private final NumberArrays arrays;
  private final TableReader tables;

  ProductModelReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.arrays = arrays;
    this.tables = new TableReader(mistakes, arrays);
  }

  @Nullable MdpSource read(Fields model) {
    long before = mistakes.count();
    List<Node> nodes = model.list("agents", false, false, "a list of agents, at least one");
    double[] designer = null;
    Node designerNode = model.optional("designerValue");
    KeyPath designerPath = model.path().key("designerValue");
    if (designerNode != null) {
      designer = arrays.vector(designerNode, designerPath);
    }
    List<double[][]> values = new ArrayList<>();
    List<double[][][]> transitions = new ArrayList<>();
    int actions = designer == null || designer.length == 0 ? 0 : designer.length;
    for (int i = 0; i < nodes.size(); i++) {
      KeyPath path = model.path().key("agents").index(i);
      actions = agent(nodes.get(i), path, actions, values, transitions);
    }
    if (mistakes.count() > before) {
      return null;
    }
    String refusal = JointModel.refusal(values, transitions);
    if (refusal != null) {
      mistakes.add(model.position(), model.path(), refusal);
      return null;
    }
    return JointModel.of(designer == null ? new double[actions] : designer, values, transitions);
  }

  /** Reads one agent; returns how many actions there are, which the first of all says. */
  private int agent(
      Node node,
      KeyPath path,
      int actions,
      List<double[][]> values,
      List<double[][][]> transitions) {
    Node.ObjectNode object =
        Fields.object(mistakes, node, path, "an agent: an object with value and transition");
    if (object == null) {
      return actions;
    }
    Fields fields = new Fields(object, path, mistakes, List.of("name", "value", "transition"));
    fields.text("name");
    Node valueNode = fields.required("value", VALUE);
    Node transitionNode = fields.required("transition", TransitionLayers.ALLOWED);
    NumberTable value =
        valueNode == null ? null : tables.table(valueNode, path.key("value"), 2, 2, VALUE);
    if (value == null) {
      return actions;
    }
    if (actions > 0 && value.side(0) != actions) {
      value.wrong(
          "sizes differ",
          value.side(0) + (value.side(0) == 1 ? " row" : " rows"),
          actions + ", one for each action");
      return actions;
    }
    int types = value.side(1);
    checkFinite(value);
    if (transitionNode == null) {
      return value.side(0);
    }
    List<TransitionLayers.Layer> layers =
        new TransitionLayers(mistakes, tables)
            .read(transitionNode, path.key("transition"), value.side(0), types, true);
    double[][] v = new double[layers.size()][];
    double[][][] p = new double[layers.size()][types][types];
    for (int a = 0; a < layers.size(); a++) {
      v[a] = Arrays.copyOfRange(value.values(), a * types, (a + 1) * types);
      for (int t = 0; t < types; t++) {
        if (a == 0 || !layers.get(a).equals(layers.get(a - 1))) {
          layers.get(a).check(t);
        }
        layers.get(a).copyRow(t, p[a][t], 0);
      }
    }
    values.add(v);
    transitions.add(p);
    return value.side(0);
  }

  private static void checkFinite(NumberTable table) {
    for (int flat = 0; flat < table.values().length; flat++) {
      double number = table.values()[flat];
      if (!Double.isFinite(number)) {
        table.wrong(
            flat,
            "not a finite number",
            Double.isNaN(number) ? "none" : Shown.number(number),
            "a finite number");
      }
    }
  }
}
