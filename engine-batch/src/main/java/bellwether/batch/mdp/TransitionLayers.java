package bellwether.batch.mdp;

import bellwether.batch.array.NumberTable;
import bellwether.batch.array.TableReader;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Shown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads transition matrices, one for every action: a stack of them, or one by one. */
public final class TransitionLayers {
  public static final String ALLOWED =
      "transition [a][s][t]: nested lists, {file: P.npy}, or a list of one matrix or file for each"
          + " action";
  private static final double ROW_TOLERANCE = 1e-9;

  private final Mistakes mistakes;
  private final TableReader tables;

  /** Reads matrices of the job whose mistakes are these. */
  public TransitionLayers(Mistakes mistakes, TableReader tables) {
    this.mistakes = mistakes;
    this.tables = tables;
  }

  /** The matrix of one action, in a table from {@code offset} on. */
  public record Layer(NumberTable table, int offset, int states) {
    /** Copies a row. */
    public void copyRow(int state, double[] target, int at) {
      System.arraycopy(table.values(), offset + state * states, target, at, states);
    }

    /** Tells what is wrong with a row. */
    public void check(int state) {
      int from = offset + state * states;
      double sum = 0;
      boolean proper = true;
      for (int flat = from; flat < from + states; flat++) {
        double p = table.values()[flat];
        if (!(p >= 0 && p <= 1 + ROW_TOLERANCE)) {
          proper = false;
          table.wrong(
              flat,
              p < 0 ? "negative probability" : "not a probability",
              Double.isNaN(p) ? "none" : Shown.number(p),
              "a number from 0 to 1");
        }
        sum += p;
      }
      if (proper && !(Math.abs(sum - 1) <= ROW_TOLERANCE)) {
        table.wrongRow(
            from,
            "row " + state + " does not sum to 1",
            "a sum of " + Shown.number(sum),
            "1 within 1e-9");
      }
    }
  }

  /**
   * The matrices, or none after a mistake.
   *
   * @param states how many rows and columns each has
   * @param shared whether one matrix may stand for all actions
   */
  public List<Layer> read(Node node, KeyPath path, int actions, int states, boolean shared) {
    if (node instanceof Node.ListNode list
        && !list.items().isEmpty()
        && list.items().stream().allMatch(item -> item instanceof Node.ObjectNode)) {
      return files(list, path, actions, states);
    }
    NumberTable table = tables.table(node, path, shared ? 2 : 3, 3, ALLOWED);
    if (table == null) {
      return List.of();
    }
    int last = table.dimensions() - 1;
    boolean one = table.dimensions() == 2;
    if (table.side(last) != states
        || table.side(last - 1) != states
        || (!one && table.side(0) != actions)) {
      table.wrong(
          "wrong shape",
          table.shape(),
          actions
              + " x "
              + states
              + " x "
              + states
              + (shared ? ", or " + states + " x " + states + " for all actions" : ""));
      return List.of();
    }
    if (one) {
      return Collections.nCopies(actions, new Layer(table, 0, states));
    }
    List<Layer> layers = new ArrayList<>();
    for (int a = 0; a < actions; a++) {
      layers.add(new Layer(table, a * states * states, states));
    }
    return layers;
  }

  private List<Layer> files(Node.ListNode list, KeyPath path, int actions, int states) {
    int given = list.items().size();
    if (given != actions) {
      mistakes.add(
          list.position(),
          path,
          "sizes differ",
          given + (given == 1 ? " file" : " files"),
          actions + ", one for each action");
      return List.of();
    }
    List<Layer> layers = new ArrayList<>();
    for (int a = 0; a < actions; a++) {
      NumberTable table = tables.table(list.items().get(a), path.index(a), 2, 2, ALLOWED);
      if (table == null) {
        continue;
      }
      if (table.side(0) != states || table.side(1) != states) {
        table.wrong("wrong shape", table.shape(), states + " x " + states);
        continue;
      }
      layers.add(new Layer(table, 0, states));
    }
    return layers.size() == actions ? layers : List.of();
  }
}
