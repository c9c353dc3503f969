package bellwether.batch.tree;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one object and tells every mistake in them. After a mistake the reader goes on
 * with some allowed value, so that one run finds as many mistakes as it can; nothing is solved
 * then.
 */
public final class Fields {
  private final Node.ObjectNode node;
  private final KeyPath path;
  private final Mistakes mistakes;

  /**
   * Reads {@code node}, whose keys may only be {@code known}.
   *
   * @param path where the object stands
   */
  public Fields(Node.ObjectNode node, KeyPath path, Mistakes mistakes, Collection<String> known) {
    this.node = node;
    this.path = path;
    this.mistakes = mistakes;
    for (Node.Member member : node.members()) {
      if (!known.contains(member.key())) {
        mistakes.add(
            member.keyPosition(),
            path.key(member.key()),
            "unknown key",
            Shown.text(member.key()),
            String.join(", ", known) + Nearest.suggestion(member.key(), known));
      }
    }
  }

  /** Where the object stands. */
  public KeyPath path() {
    return path;
  }

  /** The mistakes that are added to. */
  public Mistakes mistakes() {
    return mistakes;
  }

  /** Where the object begins. */
  public int position() {
    return node.position();
  }

  /** Whether the key is there, if only as null. */
  public boolean has(String key) {
    return node.member(key) != null;
  }

  /** The value of a key; null when the key is absent. */
  public @Nullable Node optional(String key) {
    Node.Member member = node.member(key);
    return member == null ? null : member.value();
  }

  /** The value of a key that must be there; null after telling that it is not. */
  public @Nullable Node required(String key, String allowed) {
    Node value = optional(key);
    if (value == null) {
      mistakes.add(node.position(), path.key(key), "missing", "nothing", allowed);
    }
    return value;
  }

  /** A number that must be there. */
  public double number(String key, Range range) {
    Node value = required(key, range.words());
    return value == null ? range.stopgap() : number(value, path.key(key), range);
  }

  /** A number, or {@code absent} where the key is not there. */
  public double number(String key, Range range, double absent) {
    Node value = optional(key);
    return value == null ? absent : number(value, path.key(key), range);
  }

  private double number(Node value, KeyPath at, Range range) {
    if (!(value instanceof Node.NumberNode number)) {
      notANumber(mistakes, value, at, range.words());
      return range.stopgap();
    }
    if (!range.contains(number.value())) {
      mistakes.add(
          value.position(), at, range.wrong(number.value()), number.shown(), range.words());
      return range.stopgap();
    }
    // Minus zero is zero.
    return number.value() + 0.0;
  }

  /** Tells that a value is no number. */
  public static void notANumber(Mistakes mistakes, Node value, KeyPath at, String allowed) {
    boolean quoted = value instanceof Node.TextNode text && PlainScalar.isDecimal(text.text());
    mistakes.add(
        value.position(),
        at,
        quoted ? "is text, not a number" : "not a number",
        value.shown(),
        allowed + (quoted ? ", without quotes" : ""));
  }

  /** An integer that must be there. */
  public long integer(String key, long low, long high, String allowed) {
    Node value = required(key, allowed);
    return value == null ? low : integer(mistakes, value, path.key(key), low, high, allowed);
  }

  /** An integer, or {@code absent} where the key is not there. */
  public long integer(String key, long low, long high, String allowed, long absent) {
    Node value = optional(key);
    return value == null ? absent : integer(mistakes, value, path.key(key), low, high, allowed);
  }

  /** The integer in {@code value}: 3, and also 3.0 and 3e0. */
  public static long integer(
      Mistakes mistakes, Node value, KeyPath at, long low, long high, String allowed) {
    if (!(value instanceof Node.NumberNode number)) {
      notANumber(mistakes, value, at, allowed);
      return low;
    }
    double nearest = number.value();
    String wrong = null;
    long integer = low;
    if (!Double.isFinite(nearest)) {
      wrong = "not a finite number";
    } else if (nearest != Math.rint(nearest)) {
      wrong = "not an integer";
    } else {
      try {
        integer = Long.parseLong(number.text());
      } catch (NumberFormatException _) {
        // 3.0, 3e0 or an integer too large for a long, which the bounds of a long refuse.
        integer = (long) nearest;
        if (nearest >= 0x1p63 || nearest < -0x1p63) {
          wrong = "out of range";
        }
      }
      if (integer < low || integer > high) {
        wrong = "out of range";
      }
    }
    if (wrong != null) {
      mistakes.add(value.position(), at, wrong, number.shown(), allowed);
      return low;
    }
    return integer;
  }

  /** Text that is not blank, or null where the key is not there. */
  public @Nullable String text(String key) {
    Node value = optional(key);
    return value == null ? null : text(value, key, "text");
  }

  private @Nullable String text(Node value, String key, String allowed) {
    if (value instanceof Node.TextNode text && !text.text().isBlank()) {
      return text.text();
    }
    String wrong = value instanceof Node.TextNode ? "empty" : "not text";
    mistakes.add(value.position(), path.key(key), wrong, value.shown(), allowed);
    return null;
  }

  /** One of some words that must be there; null after a mistake. */
  public @Nullable String choice(String key, List<String> words) {
    String allowed = either(words);
    Node value = required(key, allowed);
    if (value == null) {
      return null;
    }
    String word = text(value, key, allowed);
    if (word != null && !words.contains(word)) {
      mistakes.add(
          value.position(),
          path.key(key),
          "unknown " + key,
          value.shown(),
          allowed + Nearest.suggestion(word, words));
      return null;
    }
    return word;
  }

  private static String either(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.getFirst()
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  /** The object in {@code value}; null after telling that it is none. */
  public static Node.@Nullable ObjectNode object(
      Mistakes mistakes, Node value, KeyPath at, String allowed) {
    if (value instanceof Node.ObjectNode object) {
      return object;
    }
    mistakes.add(value.position(), at, "not an object", value.shown(), allowed);
    return null;
  }

  /** The entries of a list; empty after telling that there is none. */
  public List<Node> list(String key, boolean mayBeEmpty, boolean mayBeAbsent, String allowed) {
    Node value = mayBeAbsent ? optional(key) : required(key, allowed);
    if (value == null) {
      return List.of();
    }
    return switch (value) {
      case Node.ListNode list -> {
        if (list.items().isEmpty() && !mayBeEmpty) {
          mistakes.add(value.position(), path.key(key), "empty", value.shown(), allowed);
        }
        yield list.items();
      }
      case Node.NumbersNode numbers -> entries(numbers);
      default -> {
        mistakes.add(value.position(), path.key(key), "not a list", value.shown(), allowed);
        yield List.of();
      }
    };
  }

  private static List<Node> entries(Node.NumbersNode numbers) {
    Node[] entries = new Node[numbers.values().length];
    for (int i = 0; i < entries.length; i++) {
      double value = numbers.values()[i];
      entries[i] = new Node.NumberNode(numbers.positions()[i], Shown.number(value), value);
    }
    return List.of(entries);
  }
}
