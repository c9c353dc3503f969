package bellwether.batch.mechanism;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.mechanisms.environment.PhysicalStates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code physical}: states, initial, feasible, next. */
final class PhysicalReader {
  private static final int MOST_STATES = 1_000_000;
  private static final List<String> KEYS = List.of("states", "initial", "feasible", "next");

  private final Mistakes mistakes;

  PhysicalReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  @Nullable PhysicalStates read(Node node, KeyPath path, int actions) {
    long before = mistakes.count();
    Node.ObjectNode object =
        Fields.object(mistakes, node, path, "an object with states, feasible and next");
    if (object == null) {
      return null;
    }
    Fields fields = new Fields(object, path, mistakes, KEYS);
    List<String> names = new ArrayList<>();
    int states = states(fields, names);
    int initial = 0;
    if (fields.has("initial")) {
      Node initialNode = fields.required("initial", "a state");
      initial =
          initialNode == null
              ? 0
              : index(mistakes, initialNode, path.key("initial"), states, names, "state");
    }
    if (mistakes.count() > before) {
      return null;
    }
    boolean[][] feasible = feasible(fields, states, actions);
    int[][] next = next(fields, states, actions, feasible, names);
    for (int k = 0; k < states && mistakes.count() == before; k++) {
      if (java.util.Arrays.stream(next[k]).allMatch(to -> to < 0)) {
        mistakes.add(
            node.position(),
            path.key("next").index(k),
            "no action",
            "null for all",
            "at least one action in every state");
      }
    }
    if (mistakes.count() > before) {
      return null;
    }
    PhysicalStates physical = PhysicalStates.of(initial, next);
    return names.isEmpty() ? physical : physical.named(names);
  }

  private int states(Fields fields, List<String> names) {
    Node node = fields.required("states", "a list of names, or how many");
    if (node instanceof Node.ListNode) {
      for (Node item : fields.list("states", false, false, "a list of names, or how many")) {
        names.add(item instanceof Node.TextNode text ? text.text() : item.shown());
      }
      return names.size();
    }
    String allowed = "a list of names, or an integer from 1 to " + MOST_STATES;
    return node == null ? 0 : (int) fields.integer("states", 1, MOST_STATES, allowed);
  }

  /** An index, or the name that has it. */
  static int index(
      Mistakes mistakes, Node node, KeyPath path, int count, List<String> names, String what) {
    String allowed =
        "a " + what + ", 0 to " + (count - 1) + (names.isEmpty() ? "" : " or its name");
    if (node instanceof Node.TextNode text && names.contains(text.text())) {
      return names.indexOf(text.text());
    }
    return (int) Fields.integer(mistakes, node, path, 0, count - 1L, allowed);
  }

  private List<Node> rows(Fields fields, String key, int states, String allowed) {
    List<Node> rows = fields.list(key, false, false, allowed);
    Node node = fields.optional(key);
    if (node != null && !rows.isEmpty() && rows.size() != states) {
      mistakes.add(
          node.position(),
          fields.path().key(key),
          "sizes differ",
          rows.size() + (rows.size() == 1 ? " row" : " rows"),
          states + ", one for each state");
      return List.of();
    }
    return rows;
  }

  /** The entries of a row. */
  private List<Node> row(Node node, KeyPath path, String allowed) {
    return switch (node) {
      case Node.ListNode list -> list.items();
      case Node.NumbersNode numbers -> {
        List<Node> items = new ArrayList<>();
        for (int k = 0; k < numbers.values().length; k++) {
          double value = numbers.values()[k];
          items.add(
              new Node.NumberNode(
                  numbers.positions()[k], bellwether.batch.tree.Shown.number(value), value));
        }
        yield items;
      }
      default -> {
        mistakes.add(node.position(), path, "not a list", node.shown(), allowed);
        yield List.of();
      }
    };
  }

  private boolean[][] feasible(Fields fields, int states, int actions) {
    boolean[][] feasible = new boolean[states][actions];
    String allowed = "for each state a list of actions, 0 to " + (actions - 1);
    if (!fields.has("feasible")) {
      for (boolean[] row : feasible) {
        java.util.Arrays.fill(row, true);
      }
      return feasible;
    }
    KeyPath path = fields.path().key("feasible");
    List<Node> rows = rows(fields, "feasible", states, allowed);
    for (int k = 0; k < rows.size(); k++) {
      List<Node> items = row(rows.get(k), path.index(k), allowed);
      if (items.isEmpty()) {
        mistakes.add(
            rows.get(k).position(),
            path.index(k),
            "no action",
            rows.get(k).shown(),
            "at least one action in every state");
      }
      for (int x = 0; x < items.size(); x++) {
        int a =
            (int)
                Fields.integer(
                    mistakes,
                    items.get(x),
                    path.index(k).index(x),
                    0,
                    actions - 1L,
                    "an action, 0 to " + (actions - 1));
        feasible[k][a] = true;
      }
    }
    return feasible;
  }

  private int[][] next(
      Fields fields, int states, int actions, boolean[][] feasible, List<String> names) {
    int[][] next = new int[states][actions];
    KeyPath path = fields.path().key("next");
    String allowed =
        "for each state and action the next state, null where the action is not feasible";
    List<Node> rows = rows(fields, "next", states, allowed);
    for (int k = 0; k < rows.size(); k++) {
      List<Node> items = row(rows.get(k), path.index(k), allowed);
      if (items.size() != actions) {
        mistakes.add(
            rows.get(k).position(),
            path.index(k),
            "sizes differ",
            items.size() + (items.size() == 1 ? " entry" : " entries"),
            actions + ", one for each action");
        continue;
      }
      for (int a = 0; a < actions; a++) {
        Node item = items.get(a);
        KeyPath at = path.index(k).index(a);
        if (!feasible[k][a]) {
          next[k][a] = -1;
        } else if (item instanceof Node.NullNode && !fields.has("feasible")) {
          next[k][a] = -1;
        } else if (item instanceof Node.NullNode) {
          mistakes.add(
              item.position(), at, "missing for a feasible action", item.shown(), "a state");
        } else {
          next[k][a] = index(mistakes, item, at, states, names, "state");
        }
      }
    }
    return next;
  }
}
