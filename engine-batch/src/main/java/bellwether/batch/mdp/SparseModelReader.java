package bellwether.batch.mdp;

import bellwether.batch.array.EntryReader;
import bellwether.batch.array.EntryTable;
import bellwether.batch.array.NumberArrays;
import bellwether.batch.array.NumberTable;
import bellwether.batch.array.TableReader;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a model of entries [s, a, t, p], in the job or in files. */
final class SparseModelReader {
  private static final int MOST = Integer.MAX_VALUE - 8;
  private static final String COUNT = "an integer from 1 to " + MOST;
  private static final String ENTRIES =
      "a list of entries [s, a, t, p], {file: E.npy or P.mtx or P.npz}, or a list of one file for"
          + " each action";
  private static final String REWARDS =
      "rewards [s][a], entries [s, a, r] or [s, a, t, r], or {file: r.npy}";

  private final Mistakes mistakes;
  private final EntryReader entries;
  private final TableReader tables;

  SparseModelReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.entries = new EntryReader(mistakes, arrays);
    this.tables = new TableReader(mistakes, arrays);
  }

  @Nullable MdpSource read(Fields model) {
    long before = mistakes.count();
    int states = (int) model.integer("states", 1, MOST, COUNT);
    int actions = (int) model.integer("actions", 1, MOST, COUNT);
    Node entryNode = model.required("entries", ENTRIES);
    Node rewardNode = model.required("rewards", REWARDS);
    if (mistakes.count() > before
        || entryNode == null
        || rewardNode == null
        || !EntryAssembly.fits(mistakes, model.position(), model.path(), states, actions)) {
      return null;
    }
    KeyPath path = model.path().key("entries");
    EntryTable transitions = transitions(entryNode, path, states, actions);
    if (transitions == null) {
      return null;
    }
    EntryAssembly assembly =
        new EntryAssembly(mistakes, entryNode.position(), path, states, actions);
    if (!assembly.transitions(transitions)) {
      return null;
    }
    KeyPath rewardPath = model.path().key("rewards");
    rewards(assembly, rewardNode, rewardPath, states, actions);
    return mistakes.count() > before ? null : assembly.finish(rewardNode.position(), rewardPath);
  }

  private @Nullable EntryTable transitions(Node node, KeyPath path, int states, int actions) {
    if (node instanceof Node.ObjectNode object) {
      EntryReader.Found found = entries.file(object, path);
      if (found == null) {
        return null;
      }
      if (!found.matrix()) {
        return wide(found, 4, node, path, "n x 4, a row [s, a, t, p] for each entry");
      }
      long rows = (long) states * actions;
      return shaped(found, rows, states, node, path)
          ? MatrixViews.stacked(found.entries(), actions)
          : null;
    }
    if (!(node instanceof Node.ListNode list) || list.items().isEmpty()) {
      mistakes.add(node.position(), path, "no entries", node.shown(), ENTRIES);
      return null;
    }
    return list.items().getFirst() instanceof Node.ObjectNode
        ? byAction(list, path, states, actions)
        : entries.inline(list, path, 4, "[s, a, t, p]");
  }

  private @Nullable EntryTable byAction(Node.ListNode list, KeyPath path, int states, int actions) {
    int given = list.items().size();
    if (given != actions) {
      mistakes.add(
          list.position(),
          path,
          "sizes differ",
          given + (given == 1 ? " file" : " files"),
          actions + ", one for each action");
      return null;
    }
    List<EntryTable> matrices = new ArrayList<>();
    for (int a = 0; a < actions; a++) {
      Node item = list.items().get(a);
      Node.ObjectNode object = Fields.object(mistakes, item, path.index(a), "{file: P.mtx}");
      EntryReader.Found found = object == null ? null : entries.file(object, path.index(a));
      if (found == null) {
        continue;
      }
      if (!found.matrix()) {
        mistakes.add(
            item.position(),
            path.index(a),
            "not a sparse matrix",
            found.shape() + " numbers",
            "a Matrix Market file, or a .npz file of SciPy's save_npz");
      } else if (shaped(found, states, states, item, path.index(a))) {
        matrices.add(found.entries());
      }
    }
    return matrices.size() == actions ? MatrixViews.byAction(matrices) : null;
  }

  private boolean shaped(
      EntryReader.Found found, long rows, long columns, Node node, KeyPath path) {
    if (found.rows() == rows && found.columns() == columns) {
      return true;
    }
    mistakes.add(node.position(), path, "wrong shape", found.shape(), rows + " x " + columns);
    return false;
  }

  private @Nullable EntryTable wide(
      EntryReader.Found found, int width, Node node, KeyPath path, String allowed) {
    if (found.columns() == width && found.rows() > 0) {
      return found.entries();
    }
    mistakes.add(node.position(), path, "wrong shape", found.shape(), allowed);
    return null;
  }

  private void rewards(EntryAssembly assembly, Node node, KeyPath path, int states, int actions) {
    switch (node) {
      case Node.ObjectNode object when object.member("entries") != null -> {
        Fields fields = new Fields(object, path, mistakes, List.of("entries"));
        List<Node> items = fields.list("entries", true, false, "a list of entries");
        Node list = fields.optional("entries");
        if (list instanceof Node.ListNode all && !items.isEmpty()) {
          inline(assembly, all, path.key("entries"));
        }
      }
      case Node.ObjectNode object -> file(assembly, object, path, states, actions);
      case Node.ListNode list when isTable(list, states, actions) -> {
        NumberTable table = tables.table(list, path, 2, 2, REWARDS);
        if (table != null) {
          table(assembly, table, states, actions);
        }
      }
      case Node.ListNode list when !list.items().isEmpty() -> inline(assembly, list, path);
      default -> mistakes.add(node.position(), path, "no rewards", node.shown(), REWARDS);
    }
  }

  /** What has as many rows as states, and the first as long as there are actions, is a table. */
  private static boolean isTable(Node.ListNode list, int states, int actions) {
    return list.items().size() == states && length(list.items().getFirst()) == actions;
  }

  private static int length(Node node) {
    return switch (node) {
      case Node.NumbersNode numbers -> numbers.values().length;
      case Node.ListNode list -> list.items().size();
      default -> -1;
    };
  }

  private void inline(EntryAssembly assembly, Node.ListNode list, KeyPath path) {
    int width = length(list.items().getFirst());
    if (width != 3 && width != 4) {
      mistakes.add(
          list.items().getFirst().position(),
          path.index(0),
          "neither a row of a table nor an entry",
          list.items().getFirst().shown(),
          REWARDS);
      return;
    }
    assembly.rewards(
        entries.inline(list, path, width, width == 3 ? "[s, a, r]" : "[s, a, t, r]"), width);
  }

  private void file(
      EntryAssembly assembly, Node.ObjectNode object, KeyPath path, int states, int actions) {
    EntryReader.Found found = entries.file(object, path);
    if (found == null) {
      return;
    }
    if (found.rows() == states && found.columns() == actions) {
      NumberTable table = tables.table(object, path, 2, 2, REWARDS);
      if (table != null) {
        table(assembly, table, states, actions);
      }
    } else if (!found.matrix() && (found.columns() == 3 || found.columns() == 4)) {
      assembly.rewards(found.entries(), (int) found.columns());
    } else {
      mistakes.add(
          object.position(),
          path,
          "wrong shape",
          found.shape(),
          states + " x " + actions + ", or n x 3 or n x 4 for entries");
    }
  }

  private static void table(EntryAssembly assembly, NumberTable table, int states, int actions) {
    if (table.side(0) == states && table.side(1) == actions) {
      assembly.rewards(table);
    } else {
      table.wrong("wrong shape", table.shape(), states + " x " + actions);
    }
  }
}
