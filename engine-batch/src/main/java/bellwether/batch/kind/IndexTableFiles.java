package bellwether.batch.kind;

import bellwether.batch.array.NumberArrays;
import bellwether.batch.parquet.ParquetColumn;
import bellwether.batch.parquet.ParquetFile;
import bellwether.batch.result.JsonText;
import bellwether.batch.tree.Fields;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Node;
import bellwether.batch.tree.Range;
import bellwether.batch.tree.Shown;
import bellwether.batch.tree.SourceFile;
import bellwether.batch.tree.TreeReader;
import bellwether.batch.tree.UnreadableFileException;
import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.IndexTable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tables of indices in files: the numbers in a .npy file that is mapped (or in Parquet, read into
 * memory), and a manifest in JSON that says whose indices they are.
 */
final class IndexTableFiles {
  /** Forms in which a table can be saved. */
  static final List<String> FORMS = List.of("npy", "parquet");

  private static final String FORMAT = "bellwetherIndexTable";
  private static final int VERSION = 1;
  private static final String WRITER = "bellwether";
  private static final List<String> KEYS =
      List.of("format", "version", "arm", "discount", "size", "widestBracket", "array", "layout");

  private IndexTableFiles() {}

  /**
   * The files of a table.
   *
   * @param stem what their names begin with
   * @param form one of {@link #FORMS}
   */
  static List<SideFile> files(IndexTable table, String stem, String form, double widest) {
    String array = stem + "." + form;
    Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
    manifest.put("format", FORMAT);
    manifest.put("version", VERSION);
    Map<String, @Nullable Object> arm = new LinkedHashMap<>();
    arm.put("type", "betaBernoulli");
    arm.put("alpha", table.corner().alpha());
    arm.put("beta", table.corner().beta());
    manifest.put("arm", arm);
    manifest.put("discount", table.discount());
    manifest.put("size", table.size());
    manifest.put("widestBracket", widest);
    manifest.put("array", array);
    manifest.put(
        "layout", "[0][i][j] at most, [1][i][j] at least the index at (alpha + i, beta + j)");
    SideFile numbers =
        form.equals("npy") ? new SideFile(array, table::write) : parquet(table, array);
    return List.of(
        numbers, new SideFile(stem + ".json", out -> JsonText.write(out, manifest, true)));
  }

  private static SideFile parquet(IndexTable table, String name) {
    int n = table.size();
    double[] lower = new double[n * n];
    double[] upper = new double[n * n];
    for (int cell = 0; cell < n * n; cell++) {
      int successes = cell / n;
      int failures = cell % n;
      double alpha = table.corner().alpha() + successes;
      double beta = table.corner().beta() + failures;
      lower[cell] = table.lower(alpha, beta);
      upper[cell] = table.upper(alpha, beta);
    }
    return new SideFile(name, out -> ParquetFile.write(out, WRITER, columns(n, lower, upper)));
  }

  private static ParquetColumn[] columns(int n, double[] lower, double[] upper) {
    int[] row = new int[n * n];
    int[] column = new int[n * n];
    for (int cell = 0; cell < n * n; cell++) {
      row[cell] = cell / n;
      column[cell] = cell % n;
    }
    return new ParquetColumn[] {
      new ParquetColumn.Ints("successes", row),
      new ParquetColumn.Ints("failures", column),
      new ParquetColumn.Doubles("lower", lower),
      new ParquetColumn.Doubles("upper", upper)
    };
  }

  /** Reads a table in Parquet into memory. */
  private static IndexTable readParquet(
      Path file, BetaBernoulliArm corner, double discount, int size) throws IOException {
    // Before memory is taken: 8 bytes of counts and 16 of bounds a row, and some headers.
    if (Files.size(file) < 24L * size * size) {
      throw new IOException("the file is too small for a table of size " + size);
    }
    double[] lower = new double[size * size];
    double[] upper = new double[size * size];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      ParquetFile.read(in, WRITER, columns(size, lower, upper));
    }
    return IndexTable.of(corner, discount, size, lower, upper);
  }

  /** The tables that {@code indexTables} names. */
  static List<IndexTable> read(Fields job, NumberArrays arrays, double discount) {
    List<Node> nodes =
        job.list("indexTables", true, true, "a list of file names of manifests of index tables");
    List<IndexTable> tables = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      KeyPath path = job.path().key("indexTables").index(i);
      if (!(node instanceof Node.TextNode name)) {
        job.mistakes()
            .add(node.position(), path, "not a file name", node.shown(), "a manifest, table.json");
        continue;
      }
      IndexTable table = table(job.mistakes(), name.text(), node.position(), path, arrays);
      if (table != null && table.discount() != discount) {
        job.mistakes()
            .add(
                node.position(),
                path,
                "a table for another discount",
                Shown.number(table.discount()),
                "the job's, " + Shown.number(discount));
      } else if (table != null) {
        tables.add(table);
      }
    }
    return List.copyOf(tables);
  }

  private static @Nullable IndexTable table(
      Mistakes mistakes, String name, int position, KeyPath path, NumberArrays arrays) {
    try {
      SourceFile file =
          SourceFile.read(mistakes.file().sibling(name), mistakes.file().resolve(name));
      Mistakes own = new Mistakes(file);
      Node tree = TreeReader.read(own);
      IndexTable table = table(own, tree);
      own.lines().forEach(line -> mistakes.addElsewhere(position, line));
      arrays.note(name, file.sha256());
      return table;
    } catch (UnreadableFileException e) {
      mistakes.add(position, path, String.valueOf(e.getMessage()));
    } catch (InvalidPathException _) {
      mistakes.add(position, path, Shown.plain(name) + ": is no file name");
    }
    return null;
  }

  private static @Nullable IndexTable table(Mistakes own, Node tree) {
    Node.ObjectNode object =
        Fields.object(own, tree, KeyPath.ROOT, "the manifest of an index table");
    if (object == null) {
      return null;
    }
    Fields fields = new Fields(object, KeyPath.ROOT, own, KEYS);
    fields.choice("format", List.of(FORMAT));
    fields.integer("version", VERSION, VERSION, String.valueOf(VERSION));
    double discount = fields.number("discount", Range.DISCOUNT);
    int most = IndexTable.MAX_SIZE;
    int size = (int) fields.integer("size", 1, most, "an integer from 1 to " + most);
    Node armNode = fields.required("arm", "an arm of type betaBernoulli");
    Node arrayNode = fields.required("array", "the name of a .npy or .parquet file");
    String array = fields.text("array");
    Node.ObjectNode armObject =
        armNode == null ? null : Fields.object(own, armNode, KeyPath.ROOT.key("arm"), "an arm");
    if (armObject == null || arrayNode == null || array == null) {
      return null;
    }
    Fields arm =
        new Fields(armObject, KeyPath.ROOT.key("arm"), own, List.of("type", "alpha", "beta"));
    arm.choice("type", List.of("betaBernoulli"));
    double alpha = arm.number("alpha", Range.POSITIVE);
    double beta = arm.number("beta", Range.POSITIVE);
    if (!own.none()) {
      return null;
    }
    try {
      Path file = own.file().resolve(array);
      BetaBernoulliArm corner = new BetaBernoulliArm(alpha, beta);
      return array.endsWith(".parquet")
          ? readParquet(file, corner, discount, size)
          : IndexTable.map(file, corner, discount, size);
    } catch (IOException | InvalidPathException e) {
      own.add(
          arrayNode.position(),
          KeyPath.ROOT.key("array"),
          Shown.plain(array) + ": cannot be read: " + e.getMessage());
      return null;
    }
  }
}
