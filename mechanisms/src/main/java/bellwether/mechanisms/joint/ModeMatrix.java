package bellwether.mechanisms.joint;

import bellwether.core.mdp.TypeTransition;

/** A matrix of transition probabilities that is multiplied with one dimension of an array. */
final class ModeMatrix {
  final boolean stays;
  private final int types;
  private final int[] start;
  private final int[] successor;
  private final double[] probability;

  ModeMatrix(TypeTransition transition) {
    stays = transition.stays();
    types = transition.types();
    start = new int[types + 1];
    successor = new int[transition.entries()];
    probability = new double[transition.entries()];
    int[] at = {0};
    for (int t = 0; t < types; t++) {
      transition.forEachSuccessor(
          t,
          (u, p) -> {
            successor[at[0]] = u;
            probability[at[0]++] = p;
          });
      start[t + 1] = at[0];
    }
  }

  /** One row of probabilities, added to zeros. */
  void fill(int type, double[] law) {
    for (int e = start[type]; e < start[type + 1]; e++) {
      law[successor[e]] = probability[e];
    }
  }

  /** to[t] = sum_u P(t, u) from[u], both from {@code offset} on. */
  void row(double[] from, double[] to, int offset) {
    for (int t = 0; t < types; t++) {
      double even = 0;
      double odd = 0;
      int e = start[t];
      int end = start[t + 1];
      for (; e + 1 < end; e += 2) {
        even += probability[e] * from[offset + successor[e]];
        odd += probability[e + 1] * from[offset + successor[e + 1]];
      }
      if (e < end) {
        even += probability[e] * from[offset + successor[e]];
      }
      to[offset + t] = even + odd;
    }
  }

  /**
   * to[t][x] = sum_u P(t, u) from[u][x] for x below {@code width}, rows {@code length} apart. Four
   * rows are added at a time: loads and stores of the sum are what the loop costs.
   */
  void block(double[] from, double[] to, int offset, int length, int width) {
    for (int t = 0; t < types; t++) {
      int target = offset + t * length;
      int e = start[t];
      int end = start[t + 1];
      first(to, target, from, offset + successor[e] * length, probability[e], width);
      e++;
      for (; e + 3 < end; e += 4) {
        four(
            to,
            target,
            from,
            offset + successor[e] * length,
            offset + successor[e + 1] * length,
            offset + successor[e + 2] * length,
            offset + successor[e + 3] * length,
            e,
            width);
      }
      for (; e < end; e++) {
        one(to, target, from, offset + successor[e] * length, probability[e], width);
      }
    }
  }

  private static void first(double[] to, int target, double[] from, int at, double p, int width) {
    for (int x = 0; x < width; x++) {
      to[target + x] = p * from[at + x];
    }
  }

  private static void one(double[] to, int target, double[] from, int at, double p, int width) {
    for (int x = 0; x < width; x++) {
      to[target + x] += p * from[at + x];
    }
  }

  private void four(
      double[] to, int target, double[] from, int a, int b, int c, int d, int e, int width) {
    double p = probability[e];
    double q = probability[e + 1];
    double r = probability[e + 2];
    double s = probability[e + 3];
    for (int x = 0; x < width; x++) {
      to[target + x] += (p * from[a + x] + q * from[b + x]) + (r * from[c + x] + s * from[d + x]);
    }
  }
}
