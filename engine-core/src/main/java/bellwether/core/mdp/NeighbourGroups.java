package bellwether.core.mdp;

import java.util.Arrays;

/**
 * How a sweep goes where one action is all there is and each agent moves to one of two types at
 * most. The outer types but the last make a <em>prefix</em>; prefixes that share successors form a
 * group. For one last outer type u after the other, the blocks (prefix', u) of the prefixes that
 * follow the group's are read from memory, once for the whole group, and averaged for each of its
 * prefixes over the prefix and the last mode; such averages of a few u are kept, and a block of the
 * image combines four rows of two of them: the average over the last outer mode and over the mode
 * of the rows. So memory is read little more than once, and what is averaged stays in the caches.
 *
 * <p>The order in which last outer types are visited is cut into parts, so that there are enough
 * pieces, each a group and a part.
 */
final class NeighbourGroups {
  /** Entries of a row. */
  static final int PAIR = 2;

  /** Rows that are averaged together. */
  private static final int STRIP = RowMode.ROWS;

  /** Outer modes, at most: the number of blocks that are averaged doubles with each. */
  private static final int MOST_OUTER = 4;

  /** Last outer types whose averages are kept. */
  private static final int WINDOW = 5;

  /** Doubles of averages that are kept: a part of the second and third cache. */
  private static final int KEPT = 1 << 18;

  private static final int FEWEST_PREFIXES = 2;
  private static final int MOST_PREFIXES = 8;

  /** Pieces, at least, where there are so many blocks; their number is a multiple of the next. */
  private static final int PIECES = 16;

  private static final int EVEN = 8;

  /** Blocks that are averaged for a prefix. */
  final int depth;

  /** In visiting order, by prefix: its first block, and its reward. */
  final int[] base;

  final double[] reward;

  /** By prefix, {@link #depth} each: the first blocks of those that are averaged, and weights. */
  final int[] source;

  final double[] weight;

  /** Group g has the prefixes from first[g] to first[g+1] - 1. */
  final int[] first;

  /** Prefixes of a group, at most. */
  final int most;

  /** By group: the different ones of its prefixes' sources. */
  final int[][] sources;

  /**
   * By row of a block, two each: where the rows begin in an average that follow it, and weights.
   */
  final int[] row;

  final double[] rowWeight;

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

  private final int blocks;

  NeighbourGroups(ProductPlan plan) {
    int outer = plan.outer;
    int last = outer - 1;
    depth = 1 << last;
    int prefixes = plan.blocks / plan.size[last];
    base = new int[prefixes];
    reward = new double[prefixes];
    source = new int[prefixes * depth];
    weight = new double[prefixes * depth];
    for (int p = 0; p < prefixes; p++) {
      prefix(plan, p);
    }
    slots = Math.min(WINDOW, plan.size[last]);
    long together =
        Math.clamp(KEPT / ((long) slots * plan.roomyBlock), FEWEST_PREFIXES, MOST_PREFIXES);
    int groups = (int) Math.ceilDiv(prefixes, together);
    if (groups > 1) {
      groups = Math.max(groups, Math.min(prefixes, PIECES));
      groups = Math.min(prefixes, Math.ceilDiv(groups, EVEN) * EVEN);
    }
    first = new int[groups + 1];
    sources = new int[groups][];
    int largest = 0;
    for (int g = 0; g < groups; g++) {
      first[g + 1] = (int) ((long) prefixes * (g + 1) / groups);
      largest = Math.max(largest, first[g + 1] - first[g]);
      sources[g] =
          Arrays.stream(source, first[g] * depth, first[g + 1] * depth).distinct().toArray();
    }
    most = largest;
    row = new int[PAIR * plan.blockRows];
    rowWeight = new double[PAIR * plan.blockRows];
    pairs(plan.step(0, outer), plan.roomyRow, row, rowWeight);
    int parts = Math.clamp(Math.ceilDiv(PIECES, groups), 1, plan.size[last]);
    int n = plan.size[last];
    part = new int[parts + 1];
    type = plan.order[last].clone();
    make = new int[PAIR * n];
    slot = new int[PAIR * n];
    stepWeight = new double[PAIR * n];
    lastMake = new boolean[PAIR * n];
    blocks = plan.blocks;
    for (int p = 0; p < parts; p++) {
      part[p + 1] = (int) ((long) n * (p + 1) / parts);
      steps(plan.step(0, last), part[p], part[p + 1]);
    }
  }

  /** Whether a model is made for this. */
  static boolean suit(ProductMdp model, int lastMode, TypeTransition last, ProductLayout layout) {
    int rows = lastMode - 1;
    if (model.actions() > 1 || rows < 1 || rows > MOST_OUTER) {
      return false;
    }
    int blockRows = model.agent(rows).types();
    if (blockRows < STRIP
        || last.types() < STRIP
        || (long) blockRows * last.types() > layout.block()
        || !BlockVectors.fits(
            model.states() / ((long) blockRows * last.types()), stored(blockRows, last.types()))
        || last.stays()
        || RowMode.dense(last, layout.denseShare())) {
      return false;
    }
    for (int j = 0; j <= rows; j++) {
      TypeTransition p = model.agent(j).transition(0);
      if (p.stays() || p.longestRow() > PAIR) {
        return false;
      }
    }
    return true;
  }

  /** Doubles between rows of a block in a slot: room up to a cache line where that costs little. */
  static int storedRow(int rowLength) {
    int roomy = Workspace.lines(rowLength);
    return roomy - rowLength <= rowLength / 8 ? roomy : rowLength;
  }

  /** Doubles of a slot. */
  static int stored(int blockRows, int rowLength) {
    return Workspace.lines(blockRows * storedRow(rowLength));
  }

  int pieces() {
    return (first.length - 1) * (part.length - 1);
  }

  /** By block: how many pieces read it. */
  int[] readers() {
    int types = type.length;
    int[] groupsOf = new int[blocks];
    for (int[] some : sources) {
      for (int b : some) {
        groupsOf[b]++;
      }
    }
    int[] partsOf = new int[types];
    for (int e = 0; e < make.length; e++) {
      if (lastMake[e]) {
        partsOf[make[e]]++;
      }
    }
    int[] readers = new int[blocks];
    for (int b = 0; b < blocks; b++) {
      readers[b] = groupsOf[b / types * types] * partsOf[b % types];
    }
    return readers;
  }

  /** The p-th prefix in visiting order: the last of its types changes fastest. */
  private void prefix(ProductPlan plan, int p) {
    int from = p * depth;
    weight[from] = 1;
    reward[p] = plan.sign * plan.model.designerValue(0);
    int rest = p;
    int[] types = new int[plan.outer - 1];
    for (int j = types.length - 1; j >= 0; j--) {
      types[j] = plan.order[j][rest % plan.size[j]];
      rest /= plan.size[j];
    }
    int count = 1;
    for (int j = 0; j < types.length; j++) {
      ProductPlan.ModeStep step = plan.step(0, j);
      int t = types[j];
      base[p] += t * (plan.stride[j] / plan.blockSize);
      reward[p] += plan.outerReward[0][j][t];
      int one = step.start[t];
      int two = step.start[t + 1] - 1;
      for (int i = count - 1; i >= 0; i--) {
        int at = from + i;
        source[from + PAIR * i + 1] = source[at] + step.offset[two] / plan.blockSize;
        weight[from + PAIR * i + 1] = two > one ? weight[at] * step.weight[two] : 0;
        source[from + PAIR * i] = source[at] + step.offset[one] / plan.blockSize;
        weight[from + PAIR * i] = weight[at] * step.weight[one];
      }
      count *= PAIR;
    }
  }

  /** Two entries a type: the same twice, the second without weight, where there is one. */
  private static void pairs(ProductPlan.ModeStep step, int apart, int[] offset, double[] weights) {
    for (int t = 0; PAIR * t < offset.length; t++) {
      int one = step.start[t];
      int two = step.start[t + 1] - 1;
      offset[PAIR * t] = step.successor[one] * apart;
      offset[PAIR * t + 1] = step.successor[two] * apart;
      weights[PAIR * t] = step.weight[one];
      weights[PAIR * t + 1] = two > one ? step.weight[two] : 0;
    }
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
