package bellwether.core.mdp;

import java.util.Arrays;

/**
 * In which order a sweep visits the types of an outer agent. A type's backup reads the parts of the
 * vector that belong to its successors, so types that share successors go one after the other,
 * while those parts are in a cache. The order changes no result.
 */
final class VisitingOrder {
  /** Beyond so many types, or successors, the natural order is taken. */
  private static final int MOST_TYPES = 2048;

  private static final int MOST_SUCCESSORS = 8;

  private VisitingOrder() {}

  /**
   * The order for agent i.
   *
   * @param parts so many parts are thought to be in a cache
   */
  static int[] of(ProductMdp model, int i, int parts) {
    int n = model.agent(i).types();
    int[] natural = new int[n];
    Arrays.setAll(natural, t -> t);
    if (n > MOST_TYPES) {
      return natural;
    }
    int[][] reads = new int[n][];
    for (int t = 0; t < n; t++) {
      reads[t] = reads(model, i, t);
      if (reads[t].length > MOST_SUCCESSORS) {
        return natural;
      }
    }
    int[] order = new int[n];
    boolean[] visited = new boolean[n];
    int[] cached = new int[parts];
    Arrays.fill(cached, -1);
    for (int k = 0; k < n; k++) {
      int best = -1;
      int fewest = Integer.MAX_VALUE;
      for (int t = 0; t < n; t++) {
        if (!visited[t]) {
          int missing = missing(reads[t], cached);
          if (missing < fewest) {
            fewest = missing;
            best = t;
          }
        }
      }
      order[k] = best;
      visited[best] = true;
      for (int u : reads[best]) {
        touch(cached, u);
      }
    }
    return order;
  }

  /** The types whose parts a visit reads: all successors. */
  private static int[] reads(ProductMdp model, int i, int type) {
    int[] found = new int[MOST_SUCCESSORS + 1];
    int count = 0;
    for (int a = 0; a < model.actions(); a++) {
      TypeTransition p = model.agent(i).transition(a);
      for (int e = p.start(type); e < p.start(type + 1) && count < found.length; e++) {
        int u = p.successor(e);
        boolean known = false;
        for (int k = 0; k < count; k++) {
          known |= found[k] == u;
        }
        if (!known) {
          found[count++] = u;
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static int missing(int[] reads, int[] cached) {
    int missing = 0;
    for (int u : reads) {
      boolean there = false;
      for (int c : cached) {
        there |= c == u;
      }
      missing += there ? 0 : 1;
    }
    return missing;
  }

  /** Puts a part first among those that were used last. */
  private static void touch(int[] cached, int part) {
    int at = 0;
    while (at < cached.length - 1 && cached[at] != part) {
      at++;
    }
    System.arraycopy(cached, 0, cached, 1, at);
    cached[0] = part;
  }
}
