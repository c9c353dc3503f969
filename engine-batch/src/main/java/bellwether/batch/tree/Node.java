package bellwether.batch.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value in a job file. Its position is an offset that {@link SourceFile#locate} understands. */
public sealed interface Node {

  /** Where the value begins. */
  int position();

  /** The value as a message shows it. */
  String shown();

  /** Keys with their values, in the order of the file, each key once. */
  record ObjectNode(int position, List<Member> members) implements Node {
    /** The member called {@code key}, or null. */
    public @Nullable Member member(String key) {
      for (Member member : members) {
        if (member.key().equals(key)) {
          return member;
        }
      }
      return null;
    }

    @Override
    public String shown() {
      return "an object";
    }
  }

  /** A key and its value. */
  record Member(String key, int keyPosition, Node value) {}

  /** A list that is empty or holds something other than finite numbers. */
  record ListNode(int position, List<Node> items) implements Node {
    @Override
    public String shown() {
      return items.isEmpty() ? "an empty list" : "a list of " + items.size();
    }
  }

  /**
   * A list of finite numbers, at least one, kept without an object for each: an inline matrix may
   * have a million entries.
   */
  @SuppressWarnings("ArrayRecordComponent")
  record NumbersNode(int position, double[] values, int[] positions) implements Node {
    @Override
    public String shown() {
      return values.length == 1 ? "a list of 1 number" : "a list of " + values.length + " numbers";
    }
  }

  /** Text. */
  record TextNode(int position, String text) implements Node {
    @Override
    public String shown() {
      return Shown.text(text);
    }
  }

  /** A number as it was written, and the nearest double (infinite where there is none). */
  record NumberNode(int position, String text, double value) implements Node {
    @Override
    public String shown() {
      String quoted = Shown.text(text);
      return quoted.substring(1, quoted.length() - 1);
    }
  }

  /** True or false. */
  record BooleanNode(int position, boolean value) implements Node {
    @Override
    public String shown() {
      return Boolean.toString(value);
    }
  }

  /** Null, or nothing after a key in YAML. */
  record NullNode(int position) implements Node {
    @Override
    public String shown() {
      return "null";
    }
  }
}
