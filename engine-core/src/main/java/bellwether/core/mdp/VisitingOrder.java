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

  /** With so few types, some are tried as the first: a few milliseconds. */
  private static final int FEW_TYPES = 128;

  private static final int STARTS = 16;

  private VisitingOrder() {}

  /**
   * The order for agent i.
   *
   * @param parts so many parts are thought to be in a cache
   */
  static int[] of(ProductMdp model, int i, int parts) {
    TypeTransition[] matrices = new TypeTransition[model.actions()];
    Arrays.setAll(matrices, a -> model.agent(i).transition(a));
    return of(parts, matrices);
  }

  /**
   * The order for types that move by one of some matrices.
   *
   * @param parts so many parts are thought to be in a cache
   */
  static int[] of(int parts, TypeTransition... matrices) {
    int n = matrices[0].types();
    int[] natural = new int[n];
    Arrays.setAll(natural, t -> t);
    if (n > MOST_TYPES) {
      return natural;
    }
    int[][] reads = new int[n][];
    for (int t = 0; t < n; t++) {
      reads[t] = reads(matrices, t);
      if (reads[t].length > MOST_SUCCESSORS) {
        return natural;
      }
    }
    int[] order = natural;
    int fewest = Integer.MAX_VALUE;
    int starts = n <= FEW_TYPES ? Math.min(n, STARTS) : 1;
    for (int start = 0; start < starts; start++) {
      int[] one = new int[n];
      int loads = from(start * n / starts, reads, parts, one);
      if (loads < fewest) {
        fewest = loads;
        order = one;
      }
    }
    return order;
  }

  /**
   * The order that begins with a type and goes on with what misses fewest parts, of such what ends
   * the use of most; how many parts it loads.
   */
  private static int from(int start, int[][] reads, int parts, int[] order) {
    int n = reads.length;
    int[] uses = new int[n];
    for (int[] some : reads) {
      for (int u : some) {
        uses[u]++;
      }
    }
    boolean[] visited = new boolean[n];
    int[] cached = new int[parts];
    Arrays.fill(cached, -1);
    int loads = 0;
    int next = start;
    for (int k = 0; k < n; k++) {
      order[k] = next;
      visited[next] = true;
      loads += missing(reads[next], cached);
      for (int u : reads[next]) {
        touch(cached, u);
        uses[u]--;
      }
      int fewest = Integer.MAX_VALUE;
      int fewestUses = Integer.MAX_VALUE;
      for (int t = 0; t < n; t++) {
        if (!visited[t]) {
          int missing = missing(reads[t], cached);
          if (missing <= fewest) {
            int left = 0;
            for (int u : reads[t]) {
              left += uses[u];
            }
            if (missing < fewest || left < fewestUses) {
              fewest = missing;
              fewestUses = left;
              next = t;
            }
          }
        }
      }
    }
    return loads;
  }

  /** The types whose parts a visit reads: all successors. */
  private static int[] reads(TypeTransition[] matrices, int type) {
    int[] found = new int[MOST_SUCCESSORS + 1];
    int count = 0;
    for (TypeTransition p : matrices) {
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
