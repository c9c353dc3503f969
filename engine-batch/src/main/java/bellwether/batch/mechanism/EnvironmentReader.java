package bellwether.batch.mechanism;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.array.NumberTable;
import bellwether.batch.array.TableReader;
import bellwether.batch.mdp.TransitionLayers;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.batch.tree.Shown;
import bellwether.core.mdp.TypeTransition;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.PhysicalStates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an environment: agents, designerValue, physical, discount, horizon. */
public final class EnvironmentReader {
  private static final String VALUE = "value [a][type]: nested lists, or {file: v.npy}";
  private static final String HORIZON = "an integer from 1 to 100000, or null";
  private static final int MOST_PERIODS = 100_000;
  private static final Range WITH_HORIZON = new Range(0, true, 1, true, "a number from 0 to 1");

  /** The keys of an agent. */
  public static final List<String> AGENT =
      List.of("name", "types", "value", "transition", "initial", "servedBy");

  private static final String SERVED_VALUE =
      "value [type] of being served: a list, or {file: v.npy}";
  private static final String SERVED_TRANSITION =
      "transition [type][type] when served: nested lists, or {file: P.npy}";

  /** The most actions that a key may announce. */
  private static final int MOST_ACTIONS = 1_000_000;

  private final Mistakes mistakes;
  private final NumberArrays arrays;
  private final TableReader tables;

  /** Reads environments of the job whose mistakes are these. */
  public EnvironmentReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.arrays = arrays;
    this.tables = new TableReader(mistakes, arrays);
  }

  /** The environment whose keys stand in {@code job}; null after a mistake. */
  public @Nullable Environment read(Fields job) {
    long before = mistakes.count();
    int horizon = horizon(job);
    double discount = discount(job, horizon);
    double[] designer = null;
    Node designerNode = job.optional("designerValue");
    if (designerNode != null && !(designerNode instanceof Node.NullNode)) {
      designer = arrays.vector(designerNode, job.path().key("designerValue"));
    }
    List<Node> nodes = job.list("agents", false, false, "a list of agents, at least one");
    int actions = actions(job, nodes, designer);
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Agent agent = agent(nodes.get(i), job.path().key("agents").index(i), actions);
      if (agent != null) {
        agents.add(agent);
        actions = agent.actions();
      }
    }
    if (mistakes.count() > before) {
      return null;
    }
    PhysicalStates physical = PhysicalStates.none(actions);
    Node physicalNode = job.optional("physical");
    if (physicalNode != null && !(physicalNode instanceof Node.NullNode)) {
      physical =
          new PhysicalReader(mistakes).read(physicalNode, job.path().key("physical"), actions);
    }
    if (physical == null || mistakes.count() > before) {
      return null;
    }
    try {
      return Environment.builder(agents, discount)
          .designerValue(designer == null ? new double[actions] : designer)
          .physical(physical)
          .horizon(horizon)
          .build();
    } catch (IllegalArgumentException e) {
      // Each value is right, and what they sum to is not.
      mistakes.add(job.position(), job.path().key("agents"), String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** The discount, 1 allowed with a horizon. */
  public static double discount(Fields job, int horizon) {
    return job.number("discount", horizon > 0 ? WITH_HORIZON : Range.DISCOUNT);
  }

  /** The number of periods, 0 for infinitely many. */
  public static int horizon(Fields job) {
    Node node = job.optional("horizon");
    if (node == null || node instanceof Node.NullNode) {
      return 0;
    }
    return (int) job.integer("horizon", 1, MOST_PERIODS, HORIZON);
  }

  private @Nullable Agent agent(Node node, KeyPath path, int actions) {
    Node.ObjectNode object =
        Fields.object(mistakes, node, path, "an agent: an object with value and transition");
    return object == null ? null : agent(new Fields(object, path, mistakes, AGENT), actions);
  }

  /**
   * The agent whose keys, {@link #AGENT}, stand in {@code fields}; null after a mistake.
   *
   * @param actions how many there are, 0 where the agent is to say
   */
  public @Nullable Agent agent(Fields fields, int actions) {
    long before = mistakes.count();
    KeyPath path = fields.path();
    fields.text("name");
    if (fields.has("servedBy")) {
      return served(fields, actions);
    }
    Node valueNode = fields.required("value", VALUE);
    Node transitionNode = fields.required("transition", TransitionLayers.ALLOWED);
    NumberTable value =
        valueNode == null ? null : tables.table(valueNode, path.key("value"), 2, 2, VALUE);
    if (value == null) {
      return null;
    }
    if (actions > 0 && value.side(0) != actions) {
      value.wrong(
          "sizes differ",
          value.side(0) + (value.side(0) == 1 ? " row" : " rows"),
          actions + ", one for each action");
      return null;
    }
    int types = value.side(1);
    checkFinite(value);
    List<String> names = names(fields, "types", types, "type");
    double[] initial = initial(fields, types);
    if (transitionNode == null) {
      return null;
    }
    double[][][] p = transition(transitionNode, path.key("transition"), value.side(0), types);
    if (mistakes.count() > before) {
      return null;
    }
    double[][] v = new double[value.side(0)][];
    for (int a = 0; a < v.length; a++) {
      v[a] = Arrays.copyOfRange(value.values(), a * types, (a + 1) * types);
    }
    Agent agent = Agent.of(v, p);
    agent = initial == null ? agent : agent.withInitial(initial);
    return names.isEmpty() ? agent : agent.named(names);
  }

  /**
   * How many actions there are, as far as can be told before the agents are read: what the key
   * says, or the designer's values; else, where an agent is served, one after the last that serves.
   * 0 where the first agent is to say.
   */
  private int actions(Fields job, List<Node> nodes, double @Nullable [] designer) {
    return actions(job, "designerValue", nodes, designer);
  }

  /**
   * The same with another key for numbers of all actions.
   *
   * @param designer what stands at {@code key}, or null
   */
  public int actions(Fields job, String key, List<Node> nodes, double @Nullable [] designer) {
    if (job.has("actions")) {
      int given =
          (int) job.integer("actions", 1, MOST_ACTIONS, "an integer from 1 to " + MOST_ACTIONS);
      Node node = job.optional(key);
      if (node != null && designer != null && designer.length > 0 && designer.length != given) {
        mistakes.add(
            node.position(),
            job.path().key(key),
            "sizes differ",
            designer.length + (designer.length == 1 ? " number" : " numbers"),
            given + ", one for each action");
      }
      return given;
    }
    if (designer != null && designer.length > 0) {
      return designer.length;
    }
    int last = -1;
    for (Node node : nodes) {
      if (!(node instanceof Node.ObjectNode object)) {
        continue;
      }
      Node.Member by = object.member("servedBy");
      if (by == null) {
        return 0;
      }
      if (by.value() instanceof Node.NumberNode number && number.value() < MOST_ACTIONS) {
        last = Math.max(last, (int) number.value());
      }
    }
    return last + 1;
  }

  /** An agent that one action serves: values and matrix of that action alone. */
  private @Nullable Agent served(Fields fields, int actions) {
    long before = mistakes.count();
    KeyPath path = fields.path();
    int last = actions > 0 ? actions - 1 : MOST_ACTIONS - 1;
    int action = (int) fields.integer("servedBy", 0, last, "an action, 0 to " + last);
    Node valueNode = fields.required("value", SERVED_VALUE);
    Node transitionNode = fields.required("transition", SERVED_TRANSITION);
    if (valueNode == null || transitionNode == null) {
      return null;
    }
    double[] value = arrays.vector(valueNode, path.key("value"));
    if (value.length == 0) {
      return null;
    }
    NumberTable table =
        tables.table(transitionNode, path.key("transition"), 2, 2, SERVED_TRANSITION);
    if (table == null) {
      return null;
    }
    int types = value.length;
    if (table.side(0) != types || table.side(1) != types) {
      table.wrong("wrong shape", table.shape(), types + " x " + types);
      return null;
    }
    TransitionLayers.Layer layer = new TransitionLayers.Layer(table, 0, types);
    double[][] p = new double[types][types];
    for (int t = 0; t < types; t++) {
      layer.check(t);
      layer.copyRow(t, p[t], 0);
    }
    List<String> names = names(fields, "types", types, "type");
    double[] initial = initial(fields, types);
    if (mistakes.count() > before) {
      return null;
    }
    Agent agent = Agent.served(action, actions, value, TypeTransition.dense(p));
    agent = initial == null ? agent : agent.withInitial(initial);
    return names.isEmpty() ? agent : agent.named(names);
  }

  private double[][][] transition(Node node, KeyPath path, int actions, int types) {
    List<TransitionLayers.Layer> layers =
        new TransitionLayers(mistakes, tables).read(node, path, actions, types, true);
    double[][][] p = new double[layers.size()][][];
    for (int a = 0; a < layers.size(); a++) {
      TransitionLayers.Layer layer = layers.get(a);
      if (a > 0 && layer.equals(layers.get(a - 1))) {
        p[a] = p[a - 1];
        continue;
      }
      p[a] = new double[types][types];
      for (int t = 0; t < types; t++) {
        layer.check(t);
        layer.copyRow(t, p[a][t], 0);
      }
    }
    return p;
  }

  private double @Nullable [] initial(Fields fields, int types) {
    return new LawReader(mistakes, arrays).read(fields, "initial", types, "type");
  }

  /** Names of things, one for each; empty where there are none. */
  private List<String> names(Fields fields, String key, int count, String what) {
    Node node = fields.optional(key);
    if (node == null || node instanceof Node.NullNode) {
      return List.of();
    }
    List<Node> items =
        fields.list(key, false, true, "a list of " + count + " names, one for each " + what);
    List<String> names = new ArrayList<>();
    for (Node item : items) {
      names.add(item instanceof Node.TextNode text ? text.text() : item.shown());
    }
    if (!items.isEmpty() && items.size() != count) {
      mistakes.add(
          node.position(),
          fields.path().key(key),
          "sizes differ",
          items.size() + " names",
          count + ", one for each " + what);
      return List.of();
    }
    return names;
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
