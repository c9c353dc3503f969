package bellwether.batch.mechanism;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.array.NumberTable;
import bellwether.batch.array.TableReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Shown;
import bellwether.mechanisms.affine.Alternatives;
import bellwether.mechanisms.affine.PrivateEnvironment;
import bellwether.mechanisms.environment.Environment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an environment whose agents have alternative tables of values: the keys of {@link
 * EnvironmentReader}, and {@code values} with {@code probabilities} of agents.
 */
public final class PrivateEnvironmentReader {
  private static final List<String> AGENT = keys();
  private static final String VALUES =
      "values [alternative][action][type]: a list of tables, or {file: v.npy}";
  private static final String SERVED_VALUES =
      "values [alternative][type] of being served: a list of lists, or {file: v.npy}";

  /** The most alternatives of an agent. */
  private static final int MOST = 1_000_000;

  private final Mistakes mistakes;
  private final NumberArrays arrays;
  private final TableReader tables;

  /** Reads environments of the job whose mistakes are these. */
  public PrivateEnvironmentReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.arrays = arrays;
    this.tables = new TableReader(mistakes, arrays);
  }

  private static List<String> keys() {
    List<String> keys = new ArrayList<>(EnvironmentReader.AGENT);
    keys.add("values");
    keys.add("probabilities");
    return List.copyOf(keys);
  }

  /** An agent's tables as they were read: {@code [m][row]}, and where the agent is served. */
  private record Tables(double[][][] value, double[] probability, int servedBy) {
    int actions() {
      return servedBy < 0 ? value[0].length : 0;
    }
  }

  /** The environment whose keys stand in {@code job}; null after a mistake. */
  public @Nullable PrivateEnvironment read(Fields job) {
    long before = mistakes.count();
    List<Node> nodes = job.list("agents", false, false, "a list of agents, at least one");
    KeyPath path = job.path().key("agents");
    List<Tables> own = new ArrayList<>();
    List<Node> plain = new ArrayList<>();
    int actions = 0;
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      Node.ObjectNode object =
          Fields.object(mistakes, node, path.index(i), "an agent: an object with values");
      if (object == null) {
        continue;
      }
      Fields fields = new Fields(object, path.index(i), mistakes, AGENT);
      Tables table = tables(fields, object, actions);
      if (table != null) {
        own.add(table);
        actions = Math.max(actions, table.actions());
        plain.add(plain(fields, object, table));
      }
    }
    if (mistakes.count() > before) {
      return null;
    }
    Environment base = new EnvironmentReader(mistakes, arrays).read(withAgents(job, plain));
    if (base == null || mistakes.count() > before) {
      return null;
    }
    List<Alternatives> alternatives = new ArrayList<>();
    for (Tables table : own) {
      alternatives.add(alternatives(table, base.actions()));
    }
    try {
      return PrivateEnvironment.of(base, alternatives);
    } catch (IllegalArgumentException e) {
      mistakes.add(job.position(), path, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** The keys of the environment, with agents whose value is their first alternative. */
  private Fields withAgents(Fields job, List<Node> agents) {
    List<Node.Member> members = new ArrayList<>();
    List<String> known =
        List.of("discount", "horizon", "designerValue", "agents", "actions", "physical");
    for (String key : known) {
      Node node = job.optional(key);
      if (node != null) {
        Node value = key.equals("agents") ? new Node.ListNode(node.position(), agents) : node;
        members.add(new Node.Member(key, node.position(), value));
      }
    }
    return new Fields(new Node.ObjectNode(job.position(), members), job.path(), mistakes, known);
  }

  private @Nullable Tables tables(Fields fields, Node.ObjectNode object, int actions) {
    Node servedBy = fields.optional("servedBy");
    boolean served = servedBy != null;
    boolean single = fields.has("value");
    if (single == fields.has("values")) {
      mistakes.add(
          object.position(),
          fields.path().key("values"),
          single ? "not with value" : "missing",
          single ? "both" : "nothing",
          served ? SERVED_VALUES : VALUES);
      return null;
    }
    String key = single ? "value" : "values";
    Node node = fields.required(key, VALUES);
    if (node == null) {
      return null;
    }
    int dimensions = (served ? 1 : 2) + (single ? 0 : 1);
    List<NumberTable> read = parts(node, fields.path().key(key), dimensions, served);
    if (read.isEmpty()) {
      return null;
    }
    double[][][] value = served ? vectors(read, single) : matrices(read, single);
    if (value.length > MOST) {
      mistakes.add(
          node.position(),
          fields.path().key(key),
          "too many",
          value.length + "",
          "at most " + MOST);
      return null;
    }
    if (actions > 0 && !served && value[0].length != actions) {
      mistakes.add(
          node.position(),
          fields.path().key(key),
          "sizes differ",
          value[0].length + (value[0].length == 1 ? " action" : " actions"),
          actions + ", as many as the agents before");
      return null;
    }
    double[] law = probabilities(fields, value.length);
    int action = servedBy instanceof Node.NumberNode number ? (int) number.value() : -1;
    return law == null ? null : new Tables(value, law, served ? Math.max(0, action) : -1);
  }

  /** One table of all alternatives, or a table of each where one of them stands in a file. */
  private List<NumberTable> parts(Node node, KeyPath path, int dimensions, boolean served) {
    String allowed = served ? SERVED_VALUES : VALUES;
    List<NumberTable> read = new ArrayList<>();
    boolean files =
        node instanceof Node.ListNode list
            && list.items().stream().anyMatch(item -> item instanceof Node.ObjectNode);
    if (!files) {
      NumberTable table = tables.table(node, path, dimensions, dimensions, allowed);
      if (table == null || !finite(table)) {
        return List.of();
      }
      return List.of(table);
    }
    List<Node> items = ((Node.ListNode) node).items();
    for (int m = 0; m < items.size(); m++) {
      NumberTable table =
          tables.table(items.get(m), path.index(m), dimensions - 1, dimensions - 1, allowed);
      if (table == null || !finite(table)) {
        return List.of();
      }
      if (!read.isEmpty() && !table.shape().equals(read.getFirst().shape())) {
        table.wrong("sizes differ", table.shape(), read.getFirst().shape() + ", as the first");
        return List.of();
      }
      read.add(table);
    }
    return read;
  }

  private static boolean finite(NumberTable table) {
    for (int flat = 0; flat < table.values().length; flat++) {
      double number = table.values()[flat];
      if (!Double.isFinite(number)) {
        table.wrong(
            flat,
            "not a finite number",
            Double.isNaN(number) ? "none" : Shown.number(number),
            "a finite number");
        return false;
      }
    }
    return true;
  }

  /** [alternative][0][type]. */
  private static double[][][] vectors(List<NumberTable> read, boolean single) {
    NumberTable first = read.getFirst();
    boolean apart = single || first.dimensions() == 1;
    int count = apart ? read.size() : first.side(0);
    int types = first.side(first.dimensions() - 1);
    double[][][] value = new double[count][1][];
    for (int m = 0; m < count; m++) {
      double[] from = apart ? read.get(m).values() : first.values();
      int at = apart ? 0 : m * types;
      value[m][0] = Arrays.copyOfRange(from, at, at + types);
    }
    return value;
  }

  /** [alternative][action][type]. */
  private static double[][][] matrices(List<NumberTable> read, boolean single) {
    NumberTable first = read.getFirst();
    boolean apart = single || first.dimensions() == 2;
    int count = apart ? read.size() : first.side(0);
    int types = first.side(first.dimensions() - 1);
    int actions = first.side(first.dimensions() - 2);
    double[][][] value = new double[count][actions][];
    for (int m = 0; m < count; m++) {
      double[] from = apart ? read.get(m).values() : first.values();
      for (int a = 0; a < actions; a++) {
        int at = ((apart ? 0 : m * actions) + a) * types;
        value[m][a] = Arrays.copyOfRange(from, at, at + types);
      }
    }
    return value;
  }

  private double @Nullable [] probabilities(Fields fields, int count) {
    if (!LawReader.given(fields, "probabilities")) {
      double[] equal = new double[count];
      Arrays.fill(equal, 1.0 / count);
      return equal;
    }
    return new LawReader(mistakes, arrays).read(fields, "probabilities", count, "alternative");
  }

  /** The agent with its first alternative as its value, and what one type need not say. */
  private Node plain(Fields fields, Node.ObjectNode object, Tables table) {
    boolean served = table.servedBy >= 0;
    int types = table.value[0][0].length;
    List<Node.Member> members = new ArrayList<>();
    for (Node.Member member : object.members()) {
      String key = member.key();
      if (EnvironmentReader.AGENT.contains(key) && !key.equals("value")) {
        members.add(member);
      }
    }
    int position = object.position();
    List<Node> rows = new ArrayList<>();
    for (double[] row : table.value[0]) {
      rows.add(numbers(position, row));
    }
    Node value = served ? rows.getFirst() : new Node.ListNode(position, rows);
    members.add(new Node.Member("value", position, value));
    if (types == 1 && !fields.has("transition")) {
      Node one = new Node.ListNode(position, List.of(numbers(position, 1)));
      members.add(new Node.Member("transition", position, one));
    }
    if (!fields.has("initial") || fields.optional("initial") instanceof Node.NullNode) {
      if (types == 1) {
        members.removeIf(member -> member.key().equals("initial"));
        members.add(new Node.Member("initial", position, numbers(position, 1)));
      } else {
        mistakes.add(
            position,
            fields.path().key("initial"),
            "missing",
            "nothing",
            "a probability for each of the " + types + " types");
      }
    }
    return new Node.ObjectNode(position, members);
  }

  private static Node numbers(int position, double... values) {
    int[] positions = new int[values.length];
    Arrays.fill(positions, position);
    return new Node.NumbersNode(position, values, positions);
  }

  private static Alternatives alternatives(Tables table, int actions) {
    if (table.servedBy < 0) {
      return Alternatives.of(table.value, table.probability);
    }
    int types = table.value[0][0].length;
    double[] nothing = new double[types];
    double[][][] value = new double[table.value.length][actions][];
    for (int m = 0; m < value.length; m++) {
      Arrays.fill(value[m], nothing);
      value[m][table.servedBy] = table.value[m][0];
    }
    return Alternatives.of(value, table.probability);
  }
}
