package bellwether.batch.array;

import bellwether.batch.tree.HeapSpace;
import bellwether.batch.tree.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * A Matrix Market file (Boisvert, Pozo and Remington, NISTIR 5935): coordinate or array; real,
 * integer or pattern; general or symmetric. Entries that a coordinate file gives twice are summed.
 */
final class MatrixMarketFile implements ArrayFile {
  private final TextLines lines;
  private final boolean coordinate;
  private final boolean pattern;
  private final boolean symmetric;
  private final int rows;
  private final int columns;
  private final long entries;

  /** Takes the entries one by one. */
  @FunctionalInterface
  interface EntryVisitor {
    /**
     * One entry, rows and columns from 0.
     *
     * @return whether reading should go on
     */
    boolean accept(int line, int row, int column, double value);
  }

  private MatrixMarketFile(TextLines lines) throws IOException, ArrayFileException {
    this.lines = lines;
    String first = lines.line();
    List<String> banner =
        first == null ? List.of() : List.of(first.toLowerCase(Locale.ROOT).strip().split("\\s+"));
    if (banner.size() != 5 || !banner.get(0).equals("%%matrixmarket")) {
      throw lines.wrong(
          "is not a Matrix Market file: it does not begin with %%MatrixMarket and four words");
    }
    if (!banner.get(1).equals("matrix")) {
      throw lines.wrong("holds " + Shown.text(banner.get(1)) + ", allowed: matrix");
    }
    oneOf(banner.get(2), List.of("coordinate", "array"));
    oneOf(banner.get(3), List.of("real", "double", "integer", "pattern"));
    oneOf(banner.get(4), List.of("general", "symmetric"));
    this.coordinate = banner.get(2).equals("coordinate");
    this.pattern = banner.get(3).equals("pattern");
    this.symmetric = banner.get(4).equals("symmetric");
    if (pattern && !coordinate) {
      throw lines.wrong("an array cannot be a pattern");
    }
    StringTokenizer size = words(coordinate ? 3 : 2, "the size line");
    this.rows = (int) lines.count(size.nextToken(), Integer.MAX_VALUE, "the number of rows");
    this.columns = (int) lines.count(size.nextToken(), Integer.MAX_VALUE, "the number of columns");
    this.entries =
        coordinate ? lines.count(size.nextToken(), Long.MAX_VALUE, "the number of entries") : 0;
    if (symmetric && rows != columns) {
      throw lines.wrong("a symmetric matrix must be square, " + rows + " x " + columns + " given");
    }
  }

  static MatrixMarketFile open(String name, Path path) throws IOException, ArrayFileException {
    TextLines lines = TextLines.open(name, '%', path);
    try {
      return new MatrixMarketFile(lines);
    } catch (IOException | ArrayFileException e) {
      lines.close();
      throw e;
    }
  }

  private void oneOf(String word, List<String> allowed) throws ArrayFileException {
    if (!allowed.contains(word)) {
      throw lines.wrong(Shown.text(word) + " given, allowed: " + String.join(", ", allowed));
    }
  }

  private StringTokenizer words(int count, String what) throws IOException, ArrayFileException {
    return lines.words(count, count, what);
  }

  private int place(String word, int size, String what) throws ArrayFileException {
    long place = lines.count(word, Long.MAX_VALUE, what);
    if (place < 1 || place > size) {
      throw lines.wrong(what + " must be 1 to " + size + ", given " + place);
    }
    return (int) place - 1;
  }

  @Override
  public int dimensions() {
    return 2;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long columns() {
    return columns;
  }

  /** Whether entries, and not all numbers, are given. */
  boolean isCoordinate() {
    return coordinate;
  }

  /** How many entries {@link #visit} gives, at most. */
  double entries() {
    return coordinate ? (symmetric ? 2.0 : 1.0) * entries : (double) rows * columns;
  }

  @Override
  public double @Nullable [] read(RowCheck check) throws IOException, ArrayFileException {
    long size = (long) rows * columns;
    String refusal = HeapSpace.refusal(lines.name(), 8.0 * size);
    if (refusal != null) {
      throw new ArrayFileException(refusal);
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw lines.wrong(rows + " x " + columns + " numbers are too many for one array");
    }
    double[] all = new double[(int) size];
    visit(
        (_, r, c, value) -> {
          all[r * columns + c] += value;
          return true;
        });
    for (int r = 0; r < rows; r++) {
      if (!check.accept(r, all, r * columns, columns)) {
        return null;
      }
    }
    return all;
  }

  /** Reads the entries in the order of the file, both halves of a symmetric matrix. */
  void visit(EntryVisitor visitor) throws IOException, ArrayFileException {
    boolean whole = coordinate ? visitCoordinates(visitor) : visitArray(visitor);
    if (whole) {
      lines.end("more entries than the size line says");
    }
  }

  private boolean visitCoordinates(EntryVisitor visitor) throws IOException, ArrayFileException {
    for (long e = 0; e < entries; e++) {
      StringTokenizer words = words(pattern ? 2 : 3, "entry " + (e + 1) + " of " + entries);
      int r = place(words.nextToken(), rows, "the row");
      int c = place(words.nextToken(), columns, "the column");
      double value = pattern ? 1 : lines.number(words.nextToken());
      if (symmetric && r < c) {
        throw lines.wrong(
            "a symmetric matrix is given by its lower triangle, row "
                + (r + 1)
                + " column "
                + (c + 1)
                + " given");
      }
      if (!give(visitor, r, c, value)) {
        return false;
      }
    }
    return true;
  }

  private boolean visitArray(EntryVisitor visitor) throws IOException, ArrayFileException {
    for (int c = 0; c < columns; c++) {
      for (int r = symmetric ? c : 0; r < rows; r++) {
        String what = "row " + (r + 1) + " of column " + (c + 1);
        if (!give(visitor, r, c, lines.number(words(1, what).nextToken()))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean give(EntryVisitor visitor, int r, int c, double value) {
    return visitor.accept(lines.lineNumber(), r, c, value)
        && (!symmetric || r == c || visitor.accept(lines.lineNumber(), c, r, value));
  }

  @Override
  public String sha256() {
    return lines.sha256();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
