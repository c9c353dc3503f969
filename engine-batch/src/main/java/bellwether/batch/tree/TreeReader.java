package bellwether.batch.tree;

import java.util.Locale;

/** Reads a job file, YAML or JSON, into a tree. */
public final class TreeReader {
  /** How deep values may nest; no job needs a tenth of it. */
  static final int DEEPEST = 64;

  private TreeReader() {}

  /**
   * The tree in {@code mistakes.file()}: JSON if its name ends so or, where the name tells nothing,
   * if it begins with a brace; else YAML. Duplicate keys are added to {@code mistakes}.
   *
   * @throws UnreadableFileException when the file is empty or breaks the rules of its format
   */
  public static Node read(Mistakes mistakes) throws UnreadableFileException {
    SourceFile file = mistakes.file();
    if (file.isBlank()) {
      throw new UnreadableFileException(
          file.shownName() + ":1: the file is empty, a job is expected");
    }
    return isJson(file) ? new JsonTree(mistakes).read() : new YamlTree(mistakes).read();
  }

  private static boolean isJson(SourceFile file) {
    String name = String.valueOf(file.path().getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".json")) {
      return true;
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return false;
    }
    byte[] bytes = file.bytes();
    int i = file.start();
    while (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\n' || bytes[i] == '\r') {
      i++;
    }
    return bytes[i] == '{' || bytes[i] == '[';
  }

  static UnreadableFileException syntax(SourceFile file, int position, String sentence) {
    Location at = file.locate(position);
    return new UnreadableFileException(
        file.shownName() + ":" + at.line() + ": column " + at.column() + ": " + sentence);
  }

  static UnreadableFileException tooDeep(SourceFile file, int position) {
    return syntax(file, position, "values nest deeper than " + DEEPEST + " levels");
  }

  /** Tells of a key that its object has already. */
  static void duplicate(Mistakes mistakes, Node.Member first, int position, KeyPath path) {
    Location at = mistakes.file().locate(first.keyPosition());
    mistakes.add(
        position,
        path.key(first.key()),
        "duplicate key",
        "again after line " + at.line(),
        "each key once");
  }
}
