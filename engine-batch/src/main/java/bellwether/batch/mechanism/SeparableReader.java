package bellwether.batch.mechanism;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.distribution.DistributionReader;
import bellwether.batch.distribution.PrivateTypeReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Shown;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.optimal.SeparableAgent;
import bellwether.mechanisms.optimal.SeparableEnvironment;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.Valuation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a separable environment: agents with private initial types, cost, discount, horizon. */
public final class SeparableReader {
  private static final String AGENT =
      "an agent: an object with distribution, value, transition and initial";
  private static final List<String> KEYS = keys();

  private final Mistakes mistakes;
  private final NumberArrays arrays;
  private final EnvironmentReader environments;
  private final PrivateTypeReader types;

  private static List<String> keys() {
    List<String> keys = new ArrayList<>(EnvironmentReader.AGENT);
    keys.addAll(PrivateTypeReader.KEYS);
    keys.add("C");
    return List.copyOf(keys);
  }

  /** Reads for the job whose mistakes are these. */
  public SeparableReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.arrays = arrays;
    environments = new EnvironmentReader(mistakes, arrays);
    types = new PrivateTypeReader(mistakes, new DistributionReader(mistakes, arrays));
  }

  /** The environment whose keys stand in {@code job}; null after a mistake. */
  public @Nullable SeparableEnvironment read(Fields job) {
    long before = mistakes.count();
    int horizon = EnvironmentReader.horizon(job);
    double discount = EnvironmentReader.discount(job, horizon);
    double[] cost = null;
    Node costNode = job.optional("cost");
    if (costNode != null && !(costNode instanceof Node.NullNode)) {
      cost = arrays.vector(costNode, job.path().key("cost"));
    }
    List<Node> nodes = job.list("agents", false, false, "a list of agents, at least one");
    int actions = environments.actions(job, "cost", nodes, cost);
    List<SeparableAgent> agents = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      SeparableAgent agent = agent(nodes.get(i), job.path().key("agents").index(i), actions);
      if (agent != null) {
        agents.add(agent);
        actions = agent.signals().actions();
      }
    }
    if (mistakes.count() > before) {
      return null;
    }
    try {
      return new SeparableEnvironment(
          agents, cost == null ? new double[actions] : cost, discount, horizon);
    } catch (IllegalArgumentException e) {
      // Each value is right, and what they sum to is not.
      mistakes.add(job.position(), job.path().key("agents"), String.valueOf(e.getMessage()));
      return null;
    }
  }

  private @Nullable SeparableAgent agent(Node node, KeyPath path, int actions) {
    Node.ObjectNode object = Fields.object(mistakes, node, path, AGENT);
    if (object == null) {
      return null;
    }
    long before = mistakes.count();
    Fields fields = new Fields(object, path, mistakes, KEYS);
    PrivateType type = types.read(fields);
    Agent signals = environments.agent(fields, actions);
    if (fields.optional("initial") == null || fields.optional("initial") instanceof Node.NullNode) {
      mistakes.add(
          fields.position(),
          path.key("initial"),
          "missing",
          "nothing",
          "the law of the first signal, a probability for each");
    }
    if (type == null || signals == null || mistakes.count() > before) {
      return null;
    }
    double[] constant = constant(fields, type, signals.actions());
    return mistakes.count() > before ? null : new SeparableAgent(type, signals, constant);
  }

  /** C by action; one number where a single action serves the agent, 1 unless given. */
  private double[] constant(Fields fields, PrivateType type, int actions) {
    KeyPath path = fields.path().key("C");
    Node node = fields.optional("C");
    if (type.valuation() == Valuation.MULTIPLICATIVE) {
      if (node != null) {
        mistakes.add(node.position(), path, "only with valuation additive", node.shown(), "no C");
      }
      return new double[0];
    }
    Node served = fields.optional("servedBy");
    if (served instanceof Node.NumberNode by) {
      double[] constant = new double[actions];
      constant[(int) by.value()] = served(node, path);
      return constant;
    }
    String allowed = "a list of " + actions + " numbers, one for each action";
    if (node == null) {
      fields.required("C", allowed);
      return new double[0];
    }
    if (!(node instanceof Node.NumbersNode) && !(node instanceof Node.ObjectNode)) {
      mistakes.add(node.position(), path, "not a list of numbers", node.shown(), allowed);
      return new double[0];
    }
    double[] constant = arrays.vector(node, path);
    if (constant.length != actions && constant.length > 0) {
      mistakes.add(
          node.position(),
          path,
          "sizes differ",
          constant.length + (constant.length == 1 ? " number" : " numbers"),
          actions + ", one for each action");
    }
    return constant;
  }

  private double served(@Nullable Node node, KeyPath path) {
    if (node == null) {
      return 1;
    }
    if (node instanceof Node.NumberNode number && Double.isFinite(number.value())) {
      return number.value();
    }
    Fields.notANumber(mistakes, node, path, "a finite number, C of being served");
    return 1;
  }

  /** An initial type of every agent, inside its support; empty after a mistake. */
  public double[] initialTypes(Fields job, SeparableEnvironment environment) {
    int n = environment.size();
    String allowed = "a list of numbers, one for each of the " + n + " agents";
    Node node = job.required("initialTypes", allowed);
    KeyPath path = job.path().key("initialTypes");
    if (node == null) {
      return new double[0];
    }
    if (!(node instanceof Node.NumbersNode numbers)) {
      mistakes.add(node.position(), path, "not a list of numbers", node.shown(), allowed);
      return new double[0];
    }
    double[] found = numbers.values();
    if (found.length != n) {
      mistakes.add(
          node.position(),
          path,
          "sizes differ",
          found.length + (found.length == 1 ? " type" : " types"),
          n + ", one for each agent");
      return new double[0];
    }
    boolean whole = true;
    for (int i = 0; i < n; i++) {
      PrivateType type = environment.agent(i).type();
      if (!type.supports(found[i])) {
        whole = false;
        mistakes.add(
            numbers.positions()[i],
            path.index(i),
            "outside the support of distribution",
            Shown.number(found[i]),
            "a number from " + type.distribution().low() + " to " + type.distribution().high());
      }
    }
    return whole ? Arrays.copyOf(found, n) : new double[0];
  }
}
