package bellwether.core.bandit;

/**
 * Which states of a chain lead to which, and whether all lead to one recurrent class. One bit for
 * each pair of states and direction.
 */
final class Reach {
  private final int n;
  private final int words;
  private final long[] next;
  private final long[] previous;

  private Reach(int n) {
    this.n = n;
    words = (n + 63) / 64;
    next = new long[n * words];
    previous = new long[n * words];
  }

  /** The chain of a restless arm that is passive in some states and active in the others. */
  static Reach of(RestlessArm arm, boolean[] passive) {
    Reach reach = new Reach(arm.states());
    arm.active().forEachRow((s, row, offset) -> reach.add(s, row, offset, !passive[s]));
    boolean any = false;
    for (boolean p : passive) {
      any |= p;
    }
    if (any) {
      arm.passive().forEachRow((s, row, offset) -> reach.add(s, row, offset, passive[s]));
    }
    return reach;
  }

  private void add(int s, double[] row, int offset, boolean used) {
    if (!used) {
      return;
    }
    for (int t = 0; t < n; t++) {
      if (row[offset + t] > 0) {
        next[s * words + (t >> 6)] |= 1L << t;
        previous[t * words + (s >> 6)] |= 1L << s;
      }
    }
  }

  /** A state of some recurrent class. */
  int recurrentState() {
    int s = 0;
    while (true) {
      long[] forward = from(s, next);
      long[] backward = from(s, previous);
      int stranger = -1;
      for (int w = 0; w < words && stranger < 0; w++) {
        long only = forward[w] & ~backward[w];
        if (only != 0) {
          stranger = (w << 6) + Long.numberOfTrailingZeros(only);
        }
      }
      if (stranger < 0) {
        return s;
      }
      // What s leads to without a way back is a smaller set.
      s = stranger;
    }
  }

  /** The states that {@code s} leads to, itself among them, one bit each. */
  long[] reached(int s) {
    return from(s, next);
  }

  /** Whether there is one recurrent class only: all states lead to a state of it. */
  boolean unichain(int recurrent) {
    int count = 0;
    for (long word : from(recurrent, previous)) {
      count += Long.bitCount(word);
    }
    return count == n;
  }

  private long[] from(int start, long[] edges) {
    long[] seen = new long[words];
    int[] queue = new int[n];
    int size = 1;
    queue[0] = start;
    seen[start >> 6] |= 1L << start;
    for (int head = 0; head < size; head++) {
      int row = queue[head] * words;
      for (int w = 0; w < words; w++) {
        long fresh = edges[row + w] & ~seen[w];
        seen[w] |= fresh;
        for (; fresh != 0; fresh &= fresh - 1) {
          queue[size++] = (w << 6) + Long.numberOfTrailingZeros(fresh);
        }
      }
    }
    return seen;
  }

  /** Whether a bit is set. */
  static boolean has(long[] set, int s) {
    return (set[s >> 6] >> s & 1) != 0;
  }

  /** Bytes of the chain of so many states. */
  static long bytes(int n) {
    return 2L * 8 * n * ((n + 63) / 64);
  }
}
