package bellwether.batch.mdp;

import bellwether.batch.array.ArrayFileException;
import bellwether.batch.array.FileEntries;
import bellwether.batch.array.FileReference;
import bellwether.batch.array.NumberArrays;
import bellwether.batch.array.TextLines;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import java.io.IOException;
import java.util.StringTokenizer;

/**
 * The entries of a file of PRISM's explicit format: a line of sizes, then a line each, whole
 * numbers and a number at the end; lines that begin with # are passed over. A chain without choices
 * has no column for them, and is read as if every choice were 0.
 */
final class PrismEntries extends FileEntries {
  /** The kinds of files. */
  enum Kind {
    /** s choice t p, and perhaps the choice's name. */
    TRANSITIONS(4, 1),
    /** s choice t r. */
    TRANSITION_REWARDS(4, 1),
    /** s r. */
    STATE_REWARDS(2, 0);

    final int width;
    private final int more;

    Kind(int width, int more) {
      this.width = width;
      this.more = more;
    }
  }

  /**
   * The first line of a file.
   *
   * @param choices of all states together; as many as states where there are none
   * @param chooses whether lines name a choice
   */
  record Header(long states, long choices, long entries, boolean chooses) {}

  private final Kind kind;
  private final Header header;

  PrismEntries(
      Mistakes mistakes,
      NumberArrays arrays,
      int position,
      KeyPath path,
      FileReference reference,
      Kind kind,
      Header header) {
    super(mistakes, arrays, position, path, reference);
    this.kind = kind;
    this.header = header;
  }

  /** Reads the line of sizes. */
  static Header header(FileReference reference, Kind kind) throws IOException, ArrayFileException {
    try (TextLines lines = TextLines.open(reference.shown(), '#', reference.path())) {
      return header(lines, kind);
    }
  }

  private static Header header(TextLines lines, Kind kind) throws IOException, ArrayFileException {
    int most = kind == Kind.STATE_REWARDS ? 2 : 3;
    String what =
        most == 2
            ? "the first line, states and rewards,"
            : "the first line, states, choices and entries,";
    StringTokenizer words = lines.words(2, most, what);
    boolean chooses = words.countTokens() == 3;
    long states = lines.count(words.nextToken(), Integer.MAX_VALUE - 8, "the number of states");
    long choices =
        chooses ? lines.count(words.nextToken(), Long.MAX_VALUE, "the number of choices") : states;
    long entries = lines.count(words.nextToken(), Long.MAX_VALUE, "the number of entries");
    return new Header(states, choices, entries, chooses);
  }

  @Override
  public double count() {
    return header.entries;
  }

  @Override
  protected String read(FileReference reference, LineVisitor visitor)
      throws IOException, ArrayFileException {
    try (TextLines lines = TextLines.open(reference.shown(), '#', reference.path())) {
      header(lines, kind);
      boolean short3 = kind.width == 4 && !header.chooses;
      int given = short3 ? 3 : kind.width;
      double[] values = new double[kind.width];
      for (long e = 0; e < header.entries; e++) {
        StringTokenizer words =
            lines.words(given, given + kind.more, "line " + (e + 1) + " of " + header.entries);
        for (int c = 0; c < kind.width; c++) {
          if (c == 1 && short3) {
            values[c] = 0;
          } else if (c < kind.width - 1) {
            values[c] = lines.count(words.nextToken(), Long.MAX_VALUE, word(c));
          } else {
            values[c] = lines.number(words.nextToken());
          }
        }
        if (!visitor.accept(lines.lineNumber(), values)) {
          return "";
        }
      }
      lines.end("more lines than the first line says, " + header.entries);
      return lines.sha256();
    }
  }

  private static String word(int column) {
    return column == 0 ? "the state" : column == 1 ? "the choice" : "the successor";
  }
}
