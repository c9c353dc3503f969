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

  /** Plans steps that begin with nothing kept: what is used again last makes room (Belady 1966). */
  private void steps(ProductPlan.ModeStep step, int from, int to) {
    int[] nextUse = nextUse(step, from, to);
    int[] kept = new int[slots];
    int[] next = new int[slots];
    Arrays.fill(kept, -1);
    Arrays.fill(next, to + 1);
    int[] made = new int[type.length];
    Arrays.fill(made, -1);
    for (int i = from; i < to; i++) {
      int one = step.start[type[i]];
      int two = step.start[type[i] + 1] - 1;
      for (int k = 0; k < PAIR; k++) {
        int at = PAIR * i + k;
        int e = k == 0 ? one : two;
        int wanted = step.successor[e];
        stepWeight[at] = k == 0 || two > one ? step.weight[e] : 0;
        int found = find(kept, next, wanted, step.successor[k == 0 ? two : one]);
        boolean there = kept[found] == wanted;
        make[at] = there ? -1 : wanted;
        if (!there) {
          if (made[wanted] >= 0) {
            lastMake[made[wanted]] = false;
          }
          made[wanted] = at;
          lastMake[at] = true;
        }
        kept[found] = wanted;
        next[found] = nextUse[at - PAIR * from];
        slot[at] = found;
      }
    }
  }

  /** By step and successor: the next step that uses it, or {@code to}. */
  private int[] nextUse(ProductPlan.ModeStep step, int from, int to) {
    int[] nextUse = new int[PAIR * (to - from)];
    int[] next = new int[type.length];
    Arrays.fill(next, to);
    for (int i = to - 1; i >= from; i--) {
      int one = step.successor[step.start[type[i]]];
      int two = step.successor[step.start[type[i] + 1] - 1];
      nextUse[PAIR * (i - from)] = next[one];
      nextUse[PAIR * (i - from) + 1] = next[two];
      next[one] = i;
      next[two] = i;
    }
    return nextUse;
  }

  /** Where a type is kept, or can be without losing the other one or what is used before others. */
  private static int find(int[] kept, int[] next, int wanted, int other) {
    int best = -1;
    for (int s = 0; s < kept.length; s++) {
      if (kept[s] == wanted) {
        return s;
      }
      if (kept[s] != other && (best < 0 || next[s] > next[best])) {
        best = s;
      }
    }
    return best;
  }
}
