package bellwether.batch.array;

import bellwether.batch.tree.Fields;
import bellwether.batch.tree.HeapSpace;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Shown;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arrays of one job, each of which may stand in the job file or, as {@code {"file":
 * "P.npy"}}, in a file beside it.
 */
public final class NumberArrays {
  private static final double[] NONE = {};

  private final Mistakes mistakes;
  private final Map<String, String> files = new LinkedHashMap<>();

  /** Reads arrays of the job whose mistakes are these. */
  public NumberArrays(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** The files that were read, by the names the job gives them, with their SHA-256. */
  public Map<String, String> files() {
    return Collections.unmodifiableMap(files);
  }

  /** Notes one more file that belongs to the input. */
  public void note(String name, String sha256) {
    files.put(name, sha256);
  }

  /** A vector of at least one finite number; empty after a mistake. */
  public double[] vector(Node node, KeyPath path) {
    String allowed = "a list of finite numbers";
    return switch (node) {
      case Node.NumbersNode numbers -> numbers.values();
      case Node.ListNode list -> {
        if (list.items().isEmpty()) {
          mistakes.add(node.position(), path, "empty", node.shown(), allowed);
        }
        entriesThatAreNone(list, path);
        yield NONE;
      }
      case Node.ObjectNode object -> {
        RowCheck finite = (_, values, offset, n) -> finite(object, path, values, offset, n);
        double[] values = fromFile(object, path, 1, 0, -1, finite);
        if (values != null && values.length == 0) {
          mistakes.add(node.position(), path, "empty", "a file of no numbers", allowed);
        }
        yield values == null ? NONE : values;
      }
      default -> {
        mistakes.add(node.position(), path, "not a list", node.shown(), allowed);
        yield NONE;
      }
    };
  }

  private boolean finite(Node node, KeyPath path, double[] values, int offset, int n) {
    long before = mistakes.count();
    for (int i = 0; i < n && goesOn(before); i++) {
      double value = values[offset + i];
      if (!Double.isFinite(value)) {
        mistakes.add(
            node.position(),
            path.index(i),
            "not a finite number",
            Shown.number(value),
            "a finite number");
      }
    }
    return mistakes.count() == before;
  }

  /**
   * A square matrix of transition probabilities by rows; empty after a mistake.
   *
   * @param states how many rows there should be, or 0 where that is not known
   * @param most how many rows there may be
   */
  public double[] transition(Node node, KeyPath path, int states, int most) {
    String allowed = "a list of rows of probabilities, or {file: P.npy or P.mtx}";
    return switch (node) {
      case Node.ListNode list when !list.items().isEmpty() -> rows(list, path, states, most);
      case Node.ObjectNode object -> {
        long before = mistakes.count();
        Probabilities rows = new Probabilities(mistakes, path, object.position(), null, in(object));
        // A first row of nonsense is enough: the file may be huge, and is then not read.
        RowCheck check =
            (r, values, offset, n) ->
                rows.accept(r, values, offset, n) && (r > 0 || mistakes.count() == before);
        double[] all = fromFile(object, path, 2, states, most, check);
        yield all == null ? NONE : all;
      }
      default -> {
        String wrong = node instanceof Node.ListNode ? "empty" : "not a list of rows";
        mistakes.add(node.position(), path, wrong, node.shown(), allowed);
        yield NONE;
      }
    };
  }

  private static String in(Node.ObjectNode object) {
    Node.Member file = object.member("file");
    return file != null && file.value() instanceof Node.TextNode text
        ? " in " + Shown.plain(text.text())
        : "";
  }

  private void wrongRows(Node node, KeyPath path, int n, int states) {
    mistakes.add(
        node.position(),
        path,
        "sizes differ",
        n + (n == 1 ? " row" : " rows"),
        states + ", one for each of the " + states + " rewards");
  }

  private double[] rows(Node.ListNode list, KeyPath path, int states, int most) {
    int n = list.items().size();
    long before = mistakes.count();
    if (states > 0 && n != states) {
      wrongRows(list, path, n, states);
    } else if (n > most) {
      mistakes.add(list.position(), path, "too many rows", String.valueOf(n), "at most " + most);
    }
    String refusal = HeapSpace.refusal("the matrix", 8.0 * n * n);
    if (refusal != null) {
      mistakes.add(list.position(), path, refusal);
      return NONE;
    }
    double[] all = n <= most ? new double[n * n] : NONE;
    for (int r = 0; r < n; r++) {
      Node row = list.items().get(r);
      double[] values = row(row, path.index(r), n);
      if (values.length != n) {
        continue;
      }
      int[] positions = row instanceof Node.NumbersNode numbers ? numbers.positions() : null;
      new Probabilities(mistakes, path, row.position(), positions, "").accept(r, values, 0, n);
      if (mistakes.count() == before) {
        System.arraycopy(values, 0, all, r * n, n);
      }
    }
    return mistakes.count() == before ? all : NONE;
  }

  private double[] row(Node row, KeyPath path, int n) {
    double[] values = NONE;
    switch (row) {
      case Node.NumbersNode numbers -> values = numbers.values();
      case Node.ListNode empty when empty.items().isEmpty() -> values = NONE;
      case Node.ListNode _, Node.ObjectNode _ -> {
        values = vector(row, path);
        if (values.length == 0) {
          return NONE;
        }
      }
      default -> {
        mistakes.add(
            row.position(), path, "not a row", row.shown(), "a list of " + n + " probabilities");
        return NONE;
      }
    }
    if (values.length != n) {
      mistakes.add(
          row.position(),
          path,
          "ragged matrix",
          values.length + (values.length == 1 ? " entry" : " entries"),
          n + ", one for each of the " + n + " rows");
      return NONE;
    }
    return values;
  }

  private void entriesThatAreNone(Node.ListNode list, KeyPath path) {
    long before = mistakes.count();
    List<Node> items = list.items();
    for (int i = 0; i < items.size() && goesOn(before); i++) {
      Node item = items.get(i);
      if (!(item instanceof Node.NumberNode number)) {
        Fields.notANumber(mistakes, item, path.index(i), "a finite number");
      } else if (!Double.isFinite(number.value())) {
        mistakes.add(
            item.position(),
            path.index(i),
            "not a finite number",
            number.shown(),
            "a finite number");
      }
    }
  }

  private boolean goesOn(long before) {
    return mistakes.count() - before <= Mistakes.TOLD;
  }

  private double @Nullable [] fromFile(
      Node.ObjectNode object, KeyPath path, int dimensions, int states, int most, RowCheck check) {
    FileReference reference = FileReference.of(mistakes, object, path);
    if (reference == null) {
      return null;
    }
    String shown = reference.shown();
    try (ArrayFile file = ArrayFile.open(reference, 2)) {
      boolean column =
          dimensions == 1 && file.dimensions() == 2 && (file.rows() == 1 || file.columns() == 1);
      if (file.dimensions() != dimensions && !column) {
        mistakes.add(
            object.position(),
            path,
            shown
                + ": wrong shape, given "
                + shape(file)
                + ", allowed: "
                + (dimensions == 1 ? "one row or column of numbers" : "a square matrix"));
        return null;
      }
      if (dimensions == 2
          && (file.rows() != file.columns() || file.rows() < 1 || file.rows() > most)) {
        mistakes.add(
            object.position(),
            path,
            shown
                + ": wrong shape, given "
                + shape(file)
                + ", allowed: a square matrix of 1 to "
                + most
                + " rows");
        return null;
      }
      if (states > 0 && dimensions == 2 && file.rows() != states) {
        wrongRows(object, path, (int) file.rows(), states);
        return null;
      }
      double[] values = file.read(column ? (_, _, _, _) -> true : check);
      if (values == null || (column && !check.accept(0, values, 0, values.length))) {
        return null;
      }
      files.put(reference.name(), file.sha256());
      return values;
    } catch (ArrayFileException e) {
      mistakes.add(object.position(), path, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      mistakes.add(object.position(), path, shown + ": cannot be read: " + e.getMessage());
    }
    return null;
  }

  private static String shape(ArrayFile file) {
    return file.dimensions() == 1
        ? "a list of " + file.columns()
        : file.rows() + " x " + file.columns();
  }
}
