package bellwether.batch.tree;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what a user may have meant. */
public final class Nearest {
  private static final int LONGEST = 64;

  private Nearest() {}

  /** The candidate nearest to {@code word} in edits, or null when none is near. */
  public static @Nullable String to(String word, Collection<String> candidates) {
    if (word.length() > LONGEST) {
      return null;
    }
    String nearest = null;
    int fewest = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int edits = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (edits < fewest) {
        fewest = edits;
        nearest = candidate;
      }
    }
    // Further away than this, a suggestion puzzles more than it helps.
    int near = Math.max(2, word.length() / 2);
    return nearest != null && fewest <= near && fewest < nearest.length() ? nearest : null;
  }

  /** {@code , did you mean X?} or nothing. */
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
