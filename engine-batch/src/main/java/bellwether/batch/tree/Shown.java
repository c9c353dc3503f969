package bellwether.batch.tree;

/** How what a user gave is shown in a message: on one line, printable, and short. */
public final class Shown {
  static final int LONGEST = 48;

  private Shown() {}

  /** Text between quotation marks. */
  public static String text(String text) {
    return '"' + printable(text, LONGEST) + '"';
  }

  /** Text as it stands, with what would break the line escaped. */
  public static String plain(String text) {
    return printable(text, Integer.MAX_VALUE);
  }

  /** A number as a user would write it: 3 rather than 3.0. */
  public static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }

  private static String printable(String text, int longest) {
    StringBuilder shown = new StringBuilder();
    int length = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (++length > longest) {
        return shown.append("...").toString();
      }
      switch (c) {
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        default -> {
          if (isInvisible(c)) {
            shown.append(String.format("\\u%04x", c));
          } else {
            shown.appendCodePoint(c);
          }
        }
      }
    }
    return shown.toString();
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
