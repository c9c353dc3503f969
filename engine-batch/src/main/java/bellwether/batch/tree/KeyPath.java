package bellwether.batch.tree;

import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in a job: {@code bidders[3].arm.transition[2]}.
 *
 * <p>A path is a chain to the root, put into words only when a mistake is told.
 */
public final class KeyPath {
  /** The job itself. */
  public static final KeyPath ROOT = new KeyPath(null, "", -1);

  private final @Nullable KeyPath parent;
  private final String key;
  private final int index;

  private KeyPath(@Nullable KeyPath parent, String key, int index) {
    this.parent = parent;
    this.key = key;
    this.index = index;
  }

  /** The value of {@code key} in the object here. */
  public KeyPath key(String key) {
    return new KeyPath(this, key, -1);
  }

  /** The entry {@code index} of the list here. */
  public KeyPath index(int index) {
    return new KeyPath(this, "", index);
  }

  /** The path in words; the root is {@code job}. */
  @Override
  public String toString() {
    if (parent == null) {
      return "job";
    }
    StringBuilder words = new StringBuilder();
    append(words);
    return words.toString();
  }

  private void append(StringBuilder words) {
    if (parent == null) {
      return;
    }
    parent.append(words);
    if (index >= 0) {
      words.append('[').append(index).append(']');
    } else if (isPlain(key)) {
      words.append(words.isEmpty() ? "" : ".").append(key);
    } else {
      words.append('[').append(Shown.text(key)).append(']');
    }
  }

  private static boolean isPlain(String key) {
    return !key.isEmpty()
        && key.length() <= Shown.LONGEST
        && key.chars()
            .allMatch(c -> c == '_' || c == '-' || (c < 128 && Character.isLetterOrDigit(c)));
  }
}
