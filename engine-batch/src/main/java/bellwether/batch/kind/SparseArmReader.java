package bellwether.batch.kind;

import bellwether.batch.array.EntryReader;
import bellwether.batch.array.EntryTable;
import bellwether.batch.array.NumberArrays;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.HeapSpace;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Shown;
import bellwether.core.bandit.MarkovArm;
import bellwether.core.bandit.SparseArm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the transition of an arm that is given by its entries above 0. */
final class SparseArmReader {
  private static final String ENTRY = "[s, t, p]";
  private static final List<String> ROWS = List.of("indptr", "indices", "data");

  /** A .mtx file of fewer than a tenth of all entries is a sparse arm. */
  private static final double SPARSE = 0.1;

  private final Mistakes mistakes;
  private final NumberArrays arrays;

  private int[] row = {};
  private int[] column = {};
  private double[] probability = {};
  private int count;

  SparseArmReader(Mistakes mistakes, NumberArrays arrays) {
    this.mistakes = mistakes;
    this.arrays = arrays;
  }

  /**
   * Whether a transition is given by its entries: as such, in compressed rows, or in a Matrix
   * Market file of few. A file that cannot be read is a mistake.
   */
  boolean reads(Node node, KeyPath path) {
    if (!(node instanceof Node.ObjectNode object)) {
      return false;
    }
    Node.Member file = object.member("file");
    if (file == null) {
      return object.member("entries") != null
          || ROWS.stream().anyMatch(key -> object.member(key) != null);
    }
    if (!(file.value() instanceof Node.TextNode text) || object.member("member") != null) {
      return false;
    }
    String name = text.text().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".mtx") && !name.endsWith(".npz")) {
      return false;
    }
    EntryReader.Found found = new EntryReader(mistakes, arrays).file(object, path);
    return found != null
        && found.matrix()
        && (name.endsWith(".npz")
            || found.entries().count() < SPARSE * found.rows() * found.columns());
  }

  /** The arm; null after a mistake. */
  @Nullable SparseArm read(Node node, KeyPath path, double[] rewards) {
    Node.ObjectNode object = Fields.object(mistakes, node, path, "an object");
    if (object == null) {
      return null;
    }
    long before = mistakes.count();
    int n = rewards.length;
    EntryTable entries =
        object.member("file") != null
            ? matrix(object, path, n)
            : object.member("entries") != null ? triplets(object, path) : null;
    if (mistakes.count() > before) {
      return null;
    }
    if (entries == null) {
      return rows(object, path, rewards);
    }
    collect(entries, node, path, n);
    return mistakes.count() > before ? null : arm(rewards, node, path);
  }

  private @Nullable EntryTable matrix(Node.ObjectNode object, KeyPath path, int n) {
    EntryReader.Found found = new EntryReader(mistakes, arrays).file(object, path);
    if (found == null) {
      return null;
    }
    if (found.rows() != n || found.columns() != n) {
      mistakes.add(
          object.position(),
          path,
          "wrong shape",
          found.shape(),
          n + " x " + n + ", one row for each of the " + n + " rewards");
    }
    return found.entries();
  }

  private @Nullable EntryTable triplets(Node.ObjectNode object, KeyPath path) {
    Fields fields = new Fields(object, path, mistakes, List.of("entries"));
    String allowed = "a list of entries " + ENTRY + ", or {file: E.npy} of n x 3 numbers";
    Node node = fields.required("entries", allowed);
    KeyPath at = path.key("entries");
    EntryReader reader = new EntryReader(mistakes, arrays);
    return switch (node) {
      case null -> null;
      case Node.ListNode list when !list.items().isEmpty() -> reader.inline(list, at, 3, ENTRY);
      case Node.ObjectNode file -> {
        EntryReader.Found found = reader.file(file, at);
        if (found != null && (found.matrix() || found.columns() != 3)) {
          mistakes.add(
              file.position(), at, "wrong shape", found.shape(), "n x 3, a row " + ENTRY + " each");
        }
        yield found == null ? null : found.entries();
      }
      default -> {
        mistakes.add(node.position(), at, "no entries", node.shown(), allowed);
        yield null;
      }
    };
  }

  private void collect(EntryTable entries, Node node, KeyPath path, int n) {
    String refusal = HeapSpace.refusal("the entries", 60 * entries.count() + 200.0 * n);
    if (refusal != null) {
      mistakes.add(node.position(), path, refusal);
      return;
    }
    int most = (int) entries.count();
    row = new int[most];
    column = new int[most];
    probability = new double[most];
    int[] first = new int[n];
    double[] sum = new double[n];
    Arrays.fill(first, -1);
    long before = mistakes.count();
    entries.forEach(
        (entry, values) -> {
          if (index(entries, entry, 0, values[0], "state", n)
              && index(entries, entry, 1, values[1], "successor", n)
              && probability(entries, entry, values[2])) {
            int s = (int) values[0];
            row[count] = s;
            column[count] = (int) values[1];
            probability[count] = values[2];
            count++;
            first[s] = first[s] < 0 ? entry : first[s];
            sum[s] += values[2];
          }
          return mistakes.count() - before <= Mistakes.TOLD;
        });
    for (int s = 0; s < n && mistakes.count() == before; s++) {
      if (first[s] < 0) {
        mistakes.add(
            node.position(), path, "row " + s + " is empty", "no entry", "a sum of 1 within 1e-9");
      } else if (!(Math.abs(sum[s] - 1) <= MarkovArm.ROW_TOLERANCE)) {
        entries.wrong(
            first[s],
            -1,
            "row " + s + " does not sum to 1",
            "a sum of " + Shown.number(sum[s]),
            "1 within 1e-9");
      }
    }
  }

  private static boolean index(
      EntryTable entries, int entry, int at, double value, String what, int n) {
    if (value >= 0 && value < n && value == Math.rint(value)) {
      return true;
    }
    entries.wrong(
        entry,
        at,
        what + (value == Math.rint(value) ? " out of range" : " not an integer"),
        Shown.number(value),
        "an integer from 0 to " + (n - 1));
    return false;
  }

  private static boolean probability(EntryTable entries, int entry, double p) {
    if (p >= 0 && p <= 1 + MarkovArm.ROW_TOLERANCE) {
      return true;
    }
    entries.wrong(
        entry,
        2,
        p < 0 ? "negative probability" : "not a probability",
        Shown.number(p),
        "a number from 0 to 1");
    return false;
  }

  private @Nullable SparseArm arm(double[] rewards, Node node, KeyPath path) {
    try {
      return SparseArm.ofTriplets(
          rewards,
          Arrays.copyOf(row, count),
          Arrays.copyOf(column, count),
          Arrays.copyOf(probability, count));
    } catch (IllegalArgumentException e) {
      // What was checked above in another order of sums may be wrong by a rounding here.
      mistakes.add(node.position(), path, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** Compressed rows in the job file, or each array in a file of its own. */
  private @Nullable SparseArm rows(Node.ObjectNode object, KeyPath path, double[] rewards) {
    long before = mistakes.count();
    Fields fields = new Fields(object, path, mistakes, ROWS);
    double[][] parts = new double[ROWS.size()][];
    for (int i = 0; i < parts.length; i++) {
      String key = ROWS.get(i);
      Node node = fields.required(key, "a list of numbers");
      parts[i] = node == null ? new double[0] : arrays.vector(node, path.key(key));
    }
    if (mistakes.count() > before) {
      return null;
    }
    try {
      return SparseArm.of(rewards, whole(parts[0], "indptr"), whole(parts[1], "indices"), parts[2]);
    } catch (IllegalArgumentException e) {
      mistakes.add(object.position(), path, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static int[] whole(double[] values, String key) {
    int[] integers = new int[values.length];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = (int) values[i];
      if (integers[i] != values[i]) {
        throw new IllegalArgumentException(
            key + "[" + i + "] must be an integer: " + Shown.number(values[i]));
      }
    }
    return integers;
  }
}
