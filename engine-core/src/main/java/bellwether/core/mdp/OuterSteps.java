package bellwether.core.mdp;

import java.util.Arrays;

/**
 * In which steps {@link NeighbourGroups} go over the last outer mode: for each of its types, in
 * visiting order, which averages are made, and where they are kept.
 */
final class OuterSteps {
  private static final int PAIR = NeighbourGroups.PAIR;

  /** Part p has the steps from part[p] to part[p+1] - 1. */
  final int[] part;

  /** By step: the last outer type whose blocks are made. */
  final int[] type;

  /** By step, two each: the averages to make first, or -1, where kept, and the weights. */
  final int[] make;

  final int[] slot;
  final double[] stepWeight;

  /** By entry of {@link #make}: whether the part makes no average of that type any more. */
  final boolean[] lastMake;

  /** Averages of a prefix that are kept. */
  final int slots;

  OuterSteps(ProductPlan.ModeStep step, int[] order, int wantedParts, int slots) {
    this.slots = slots;
    int n = order.length;
    int parts = Math.clamp(wantedParts, 1, n);
    part = new int[parts + 1];
    type = order.clone();
    make = new int[PAIR * n];
    slot = new int[PAIR * n];
    stepWeight = new double[PAIR * n];
    lastMake = new boolean[PAIR * n];
    for (int p = 0; p < parts; p++) {
      part[p + 1] = (int) ((long) n * (p + 1) / parts);
      steps(step, part[p], part[p + 1]);
    }
  }

  int parts() {
    return part.length - 1;
  }

  /** By last outer type: how many parts make its averages. */
  int[] readers() {
    int[] readers = new int[type.length];
    for (int e = 0; e < make.length; e++) {
      if (lastMake[e]) {
        readers[make[e]]++;
      }
    }
    return readers;
  }

  /** Plans steps that begin with nothing kept: what was used least recently makes room. */
  private void steps(ProductPlan.ModeStep step, int from, int to) {
    int[] kept = new int[slots];
    int[] used = new int[slots];
    Arrays.fill(kept, -1);
    int[] made = new int[type.length];
    Arrays.fill(made, -1);
    for (int i = from; i < to; i++) {
      int one = step.start[type[i]];
      int two = step.start[type[i] + 1] - 1;
      for (int k = 0; k < PAIR; k++) {
        int e = k == 0 ? one : two;
        stepWeight[PAIR * i + k] = k == 0 || two > one ? step.weight[e] : 0;
        int other = step.successor[k == 0 ? two : one];
        int found = find(kept, used, step.successor[e], other);
        boolean there = kept[found] == step.successor[e];
        make[PAIR * i + k] = there ? -1 : step.successor[e];
        if (!there) {
          if (made[step.successor[e]] >= 0) {
            lastMake[made[step.successor[e]]] = false;
          }
          made[step.successor[e]] = PAIR * i + k;
          lastMake[PAIR * i + k] = true;
        }
        kept[found] = step.successor[e];
        used[found] = i + 1;
        slot[PAIR * i + k] = found;
      }
    }
  }

  /** Where a type is kept, or can be without losing another one. */
  private static int find(int[] kept, int[] used, int wanted, int other) {
    int best = -1;
    for (int s = 0; s < kept.length; s++) {
      if (kept[s] == wanted) {
        return s;
      }
      if (kept[s] != other && (best < 0 || used[s] < used[best])) {
        best = s;
      }
    }
    return best;
  }
}
