package bellwether.batch.array;

import bellwether.batch.tree.HeapSpace;
import bellwether.batch.tree.PlainScalar;
import bellwether.batch.tree.Shown;
import bellwether.batch.tree.SourceFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * A Matrix Market file (Boisvert, Pozo and Remington, NISTIR 5935): coordinate or array; real,
 * integer or pattern; general or symmetric. Entries that a coordinate file gives twice are summed.
 */
final class MatrixMarketFile implements ArrayFile {
  private static final int LONGEST_LINE = 1 << 14;

  private final String name;
  private final MessageDigest digest = SourceFile.digest();
  private final InputStream in;
  private final boolean coordinate;
  private final boolean pattern;
  private final boolean symmetric;
  private final int rows;
  private final int columns;
  private final long entries;
  private int lineNumber;

  private MatrixMarketFile(String name, InputStream raw) throws IOException, ArrayFileException {
    this.name = name;
    this.in = new BufferedInputStream(new DigestInputStream(raw, digest), 1 << 16);
    String first = line();
    List<String> banner =
        first == null ? List.of() : List.of(first.toLowerCase(Locale.ROOT).strip().split("\\s+"));
    if (banner.size() != 5 || !banner.get(0).equals("%%matrixmarket")) {
      throw wrong(
          "is not a Matrix Market file: it does not begin with %%MatrixMarket and four words");
    }
    if (!banner.get(1).equals("matrix")) {
      throw wrong("holds " + Shown.text(banner.get(1)) + ", allowed: matrix");
    }
    oneOf(banner.get(2), List.of("coordinate", "array"));
    oneOf(banner.get(3), List.of("real", "double", "integer", "pattern"));
    oneOf(banner.get(4), List.of("general", "symmetric"));
    this.coordinate = banner.get(2).equals("coordinate");
    this.pattern = banner.get(3).equals("pattern");
    this.symmetric = banner.get(4).equals("symmetric");
    if (pattern && !coordinate) {
      throw wrong("an array cannot be a pattern");
    }
    StringTokenizer size = words(coordinate ? 3 : 2, "the size line");
    this.rows = (int) count(size.nextToken(), Integer.MAX_VALUE, "the number of rows");
    this.columns = (int) count(size.nextToken(), Integer.MAX_VALUE, "the number of columns");
    this.entries =
        coordinate ? count(size.nextToken(), Long.MAX_VALUE, "the number of entries") : 0;
    if (symmetric && rows != columns) {
      throw wrong("a symmetric matrix must be square, " + rows + " x " + columns + " given");
    }
  }

  static MatrixMarketFile open(String name, Path path) throws IOException, ArrayFileException {
    InputStream raw = Files.newInputStream(path);
    try {
      return new MatrixMarketFile(name, raw);
    } catch (IOException | ArrayFileException e) {
      raw.close();
      throw e;
    }
  }

  private void oneOf(String word, List<String> allowed) throws ArrayFileException {
    if (!allowed.contains(word)) {
      throw wrong(Shown.text(word) + " given, allowed: " + String.join(", ", allowed));
    }
  }

  private ArrayFileException wrong(String sentence) {
    return new ArrayFileException(name + ":" + Math.max(1, lineNumber) + ": " + sentence);
  }

  /** The next line, or null at the end. */
  private @Nullable String line() throws IOException, ArrayFileException {
    int c = in.read();
    if (c < 0) {
      return null;
    }
    lineNumber++;
    StringBuilder line = new StringBuilder();
    for (; c >= 0 && c != '\n'; c = in.read()) {
      if (c == 0) {
        throw wrong("a zero byte is not text");
      }
      if (line.length() == LONGEST_LINE) {
        throw wrong("the line is longer than " + LONGEST_LINE + " characters");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  /** The words of the next line that is neither blank nor a comment. */
  private StringTokenizer words(int count, String what) throws IOException, ArrayFileException {
    while (true) {
      String line = line();
      if (line == null) {
        lineNumber++;
        throw wrong("the file ends where " + what + " should stand");
      }
      if (line.isBlank() || line.startsWith("%")) {
        continue;
      }
      StringTokenizer words = new StringTokenizer(line);
      if (words.countTokens() != count) {
        throw wrong(
            what
                + " must have "
                + count
                + " words, "
                + words.countTokens()
                + " given: "
                + Shown.text(line.strip()));
      }
      return words;
    }
  }

  private long count(String word, long most, String what) throws ArrayFileException {
    try {
      long value = Long.parseLong(word);
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw wrong(what + " must be a whole number at least 0, given " + Shown.text(word));
  }

  private int place(String word, int size, String what) throws ArrayFileException {
    long place = count(word, Long.MAX_VALUE, what);
    if (place < 1 || place > size) {
      throw wrong(what + " must be 1 to " + size + ", given " + place);
    }
    return (int) place - 1;
  }

  private double number(String word) throws ArrayFileException {
    if (!PlainScalar.isDecimal(word)) {
      String lower = word.toLowerCase(Locale.ROOT);
      if (!List.of("nan", "inf", "-inf", "+inf", "infinity", "-infinity").contains(lower)) {
        throw wrong("not a number, given " + Shown.text(word));
      }
      throw wrong("not a finite number, given " + Shown.text(word));
    }
    double value = Double.parseDouble(word);
    if (!Double.isFinite(value)) {
      throw wrong("not a finite number, given " + Shown.text(word));
    }
    return value;
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

  @Override
  public double @Nullable [] read(RowCheck check) throws IOException, ArrayFileException {
    long size = (long) rows * columns;
    String refusal = HeapSpace.refusal(name, 8.0 * size);
    if (refusal != null) {
      throw new ArrayFileException(refusal);
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw wrong(rows + " x " + columns + " numbers are too many for one array");
    }
    double[] all = new double[(int) size];
    if (coordinate) {
      readCoordinates(all);
    } else {
      readArray(all);
    }
    for (String rest = line(); rest != null; rest = line()) {
      if (!rest.isBlank() && !rest.startsWith("%")) {
        throw wrong("more entries than the size line says");
      }
    }
    for (int r = 0; r < rows; r++) {
      if (!check.accept(r, all, r * columns, columns)) {
        return null;
      }
    }
    return all;
  }

  private void readCoordinates(double[] all) throws IOException, ArrayFileException {
    for (long e = 0; e < entries; e++) {
      StringTokenizer words = words(pattern ? 2 : 3, "entry " + (e + 1) + " of " + entries);
      int r = place(words.nextToken(), rows, "the row");
      int c = place(words.nextToken(), columns, "the column");
      double value = pattern ? 1 : number(words.nextToken());
      all[r * columns + c] += value;
      if (symmetric && r < c) {
        throw wrong(
            "a symmetric matrix is given by its lower triangle, row "
                + (r + 1)
                + " column "
                + (c + 1)
                + " given");
      }
      if (symmetric && r != c) {
        all[c * columns + r] += value;
      }
    }
  }

  private void readArray(double[] all) throws IOException, ArrayFileException {
    for (int c = 0; c < columns; c++) {
      for (int r = symmetric ? c : 0; r < rows; r++) {
        double value = number(words(1, "row " + (r + 1) + " of column " + (c + 1)).nextToken());
        all[r * columns + c] = value;
        if (symmetric) {
          all[c * columns + r] = value;
        }
      }
    }
  }

  @Override
  public String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
