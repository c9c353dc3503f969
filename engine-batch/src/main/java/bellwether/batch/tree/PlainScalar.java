package bellwether.batch.tree;

/** What unquoted text means in YAML: the core schema of YAML 1.2.2, chapter 10.3. */
public final class PlainScalar {
  private PlainScalar() {}

  static Node resolve(String text, int position) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> new Node.NullNode(position);
      case "true", "True", "TRUE" -> new Node.BooleanNode(position, true);
      case "false", "False", "FALSE" -> new Node.BooleanNode(position, false);
      case ".nan", ".NaN", ".NAN" -> new Node.NumberNode(position, text, Double.NaN);
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" ->
          new Node.NumberNode(position, text, Double.POSITIVE_INFINITY);
      case "-.inf", "-.Inf", "-.INF" ->
          new Node.NumberNode(position, text, Double.NEGATIVE_INFINITY);
      default ->
          isDecimal(text)
              ? new Node.NumberNode(position, text, Double.parseDouble(text))
              : new Node.TextNode(position, text);
    };
  }

  /** {@code [-+]? ( digits | digits . digits? | . digits ) ( [eE] [-+]? digits )?}, all of it. */
  public static boolean isDecimal(String text) {
    int n = text.length();
    int i = n > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    int whole = digits(text, i);
    int mantissa = whole - i;
    i = whole;
    if (i < n && text.charAt(i) == '.') {
      int fraction = digits(text, i + 1);
      mantissa += fraction - i - 1;
      i = fraction;
    }
    if (mantissa == 0) {
      return false;
    }
    if (i < n && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      i++;
      if (i < n && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
        i++;
      }
      int exponent = digits(text, i);
      if (exponent == i) {
        return false;
      }
      i = exponent;
    }
    return i == n;
  }

  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }
}
