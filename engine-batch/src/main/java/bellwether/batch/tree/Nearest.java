package bellwether.batch.tree;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what a user may have meant. */
public final class Nearest {
  private static final int LONGEST = 64;

  private Nearest() {}

  /**
   * The candidate nearest to {@code word}, or null when no letter is where it should be: in edits,
   * but a candidate that begins or ends with the word is near however long it is.
   */
  public static @Nullable String to(String word, Collection<String> candidates) {
    if (word.length() > LONGEST || word.isEmpty()) {
      return null;
    }
    String lower = word.toLowerCase(Locale.ROOT);
    String nearest = null;
    int fewest = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      String other = candidate.toLowerCase(Locale.ROOT);
      int edits = distance(lower, other);
      if (lower.length() >= 3 && (other.startsWith(lower) || other.endsWith(lower))) {
        edits = Math.min(edits, 2);
      }
      if (edits < fewest && edits < Math.max(lower.length(), other.length())) {
        fewest = edits;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** {@code (did you mean X?)} or nothing. */
  public static String suggestion(String word, Collection<String> candidates) {
    String nearest = to(word, candidates);
    return nearest == null ? "" : " (did you mean " + nearest + "?)";
  }

  /** Edits (insert, delete, replace, swap neighbours) from one word to the other. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + same, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
