package bellwether.batch.mdp;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Shown;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which actions are allowed in which states: {@code actions}, a list of actions for each state. */
final class ActionSets {
  private final int[] firstRow;
  private final int[] rowAction;
  private final boolean all;

  private ActionSets(int[] firstRow, int[] rowAction, boolean all) {
    this.firstRow = firstRow;
    this.rowAction = rowAction;
    this.all = all;
  }

  /** The sets of a model; null after a mistake. Without the key every action is allowed. */
  static @Nullable ActionSets read(Fields model, int states, int actions) {
    if (!model.has("actions")) {
      return new ActionSets(new int[] {states * actions}, new int[0], true);
    }
    Mistakes mistakes = model.mistakes();
    long before = mistakes.count();
    String allowed = "a list of actions for each of the " + states + " states";
    List<Node> sets = model.list("actions", false, false, allowed);
    KeyPath path = model.path().key("actions");
    if (mistakes.count() == before && sets.size() != states) {
      Node node = model.optional("actions");
      mistakes.add(
          node == null ? model.position() : node.position(),
          path,
          "sizes differ",
          sets.size() + (sets.size() == 1 ? " set" : " sets"),
          allowed);
    }
    if (mistakes.count() > before) {
      return null;
    }
    int[] firstRow = new int[states + 1];
    int[] rowAction = new int[states * actions];
    int rows = 0;
    for (int s = 0; s < states; s++) {
      boolean[] in = set(mistakes, sets.get(s), path.index(s), actions);
      for (int a = 0; a < actions; a++) {
        if (in[a]) {
          rowAction[rows++] = a;
        }
      }
      firstRow[s + 1] = rows;
    }
    return mistakes.count() > before
        ? null
        : new ActionSets(firstRow, Arrays.copyOf(rowAction, rows), rows == states * actions);
  }

  private static boolean[] set(Mistakes mistakes, Node node, KeyPath path, int actions) {
    boolean[] in = new boolean[actions];
    if (!(node instanceof Node.NumbersNode numbers)) {
      mistakes.add(
          node.position(),
          path,
          "not a set of actions",
          node.shown(),
          "a list of actions, at least one");
      return in;
    }
    String allowed = "an integer from 0 to " + (actions - 1);
    for (int i = 0; i < numbers.values().length; i++) {
      double value = numbers.values()[i];
      String given = Shown.number(value);
      int position = numbers.positions()[i];
      if (value != Math.rint(value) || value < 0 || value >= actions) {
        mistakes.add(position, path.index(i), "no such action", given, allowed);
      } else if (in[(int) value]) {
        mistakes.add(position, path.index(i), "the same action again", given, "each action once");
      } else {
        in[(int) value] = true;
      }
    }
    return in;
  }

  /** Whether every action is allowed everywhere. */
  boolean all() {
    return all;
  }

  /** How many pairs of a state and an allowed action there are. */
  int rows() {
    return firstRow[firstRow.length - 1];
  }

  boolean allowed(int state, int action) {
    return all || Arrays.binarySearch(rowAction, firstRow[state], firstRow[state + 1], action) >= 0;
  }

  /** As {@link bellwether.core.mdp.SparseMdp} takes it, where not all actions are allowed. */
  int[] firstRow() {
    return firstRow;
  }

  int[] rowAction() {
    return rowAction;
  }
}
