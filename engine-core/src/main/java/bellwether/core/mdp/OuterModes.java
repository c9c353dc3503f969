package bellwether.core.mdp;

import bellwether.core.kernel.ModeKernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Averages whole blocks over the successors of the outer modes that one action moves, one mode
 * after the other. What the first modes make of a block is used again for other types of the later
 * modes, so the last few of such blocks are kept: with rows of two entries nearly every one is
 * found, and a block costs little more than the sum of the rows' lengths.
 */
final class OuterModes {
  /** Blocks of a level that are kept where rows are short. */
  private static final int FEW = 4;

  /** Doubles that all blocks of a level may take where rows are long. */
  private static final int MOST_KEPT = 1 << 22;

  private final ProductPlan plan;
  private final ModeKernels kernels;

  /** The outer modes that move. */
  private final int[] mode;

  private final ProductPlan.ModeStep[] step;

  /** By level, from 0 to that before the last: kept blocks, what they are, and when last used. */
  private final double[][] kept;

  private final int[][] key;
  private final long[][] used;

  /** By level: where the sources of a sum are. */
  private final int[][] sources;

  private double[] result = new double[0];

  /** What {@link #prepare} found; whether these are blocks of h itself. */
  boolean ofWhole;

  double[] source = new double[0];

  int base;
  int depth;
  int[] offsets = new int[0];
  int offsetFrom;
  double[] weights = new double[0];
  int weightFrom;

  /** Types, of which those of modes that have not been applied yet are successors. */
  private final int[] at;

  private double[] h = new double[0];
  private long clock;

  private OuterModes(
      ProductPlan plan, ModeKernels kernels, int[] mode, ProductPlan.ModeStep[] step) {
    this.plan = plan;
    this.kernels = kernels;
    this.mode = mode;
    this.step = step;
    int levels = mode.length;
    kept = new double[levels - 1][];
    key = new int[levels - 1][];
    used = new long[levels - 1][];
    sources = new int[levels][];
    for (int level = 0; level < levels; level++) {
      sources[level] = new int[step[level].longestRow];
    }
    for (int level = 0; level < levels - 1; level++) {
      // All blocks that have the same types up to this level's mode.
      int all = plan.stride[mode[level]] / plan.blockSize;
      int longest = step[level + 1].longestRow;
      int count = Math.max(FEW, 2 * longest);
      if (longest > 2 || levels > 2) {
        count = Math.max(count, MOST_KEPT / plan.blockSize);
      }
      count = Math.min(all, count);
      kept[level] = new double[Math.multiplyExact(count, plan.blockSize)];
      key[level] = new int[count];
      used[level] = new long[count];
    }
    at = new int[plan.outer];
    forget();
  }

  /** For one action; null where no outer mode moves. */
  static @Nullable OuterModes of(ProductPlan plan, int action, ModeKernels kernels) {
    int count = 0;
    int[] mode = new int[plan.outer];
    ProductPlan.ModeStep[] step = new ProductPlan.ModeStep[plan.outer];
    for (int j = 0; j < plan.outer; j++) {
      ProductPlan.ModeStep one = plan.step[action][j];
      if (one != null) {
        mode[count] = j;
        step[count++] = one;
      }
    }
    return count == 0
        ? null
        : new OuterModes(plan, kernels, Arrays.copyOf(mode, count), Arrays.copyOf(step, count));
  }

  /** Before another h. */
  void forget() {
    for (int[] keys : key) {
      Arrays.fill(keys, -1);
    }
  }

  /**
   * Prepares the average of the blocks that follow some outer types: it is the combination of
   * {@link #depth} blocks, block l from {@code source[base + offsets[offsetFrom + l]]} with weight
   * {@code weights[weightFrom + l]}.
   */
  void prepare(int[] types, double[] from) {
    h = from;
    System.arraycopy(types, 0, at, 0, at.length);
    int level = mode.length - 1;
    ProductPlan.ModeStep one = step[level];
    int j = mode[level];
    int type = at[j];
    weightFrom = one.start[type];
    depth = one.start[type + 1] - weightFrom;
    weights = one.weight;
    ofWhole = level == 0;
    if (level == 0) {
      source = h;
      base = place() - type * plan.stride[j];
      offsets = one.offset;
      offsetFrom = weightFrom;
    } else {
      source = kept[level - 1];
      base = 0;
      offsets = findSources(level);
      offsetFrom = 0;
    }
  }

  /** Carries the average out; it is then one block with weight 1. */
  void carryOut() {
    if (result.length == 0) {
      result = new double[plan.blockSize];
    }
    kernels.mix(
        depth, source, base, offsets, offsetFrom, weights, weightFrom, result, 0, plan.blockSize);
    source = result;
  }

  /** Where the current block lies in the joint vector. */
  private int place() {
    int place = 0;
    for (int j = 0; j < at.length; j++) {
      place += at[j] * plan.stride[j];
    }
    return place;
  }

  /** Averages over the mode of a level, and of those before. */
  private void make(int level, double[] target, int targetOffset) {
    ProductPlan.ModeStep one = step[level];
    int j = mode[level];
    int type = at[j];
    int e = one.start[type];
    int count = one.start[type + 1] - e;
    if (level == 0) {
      kernels.mix(
          count,
          h,
          place() - type * plan.stride[j],
          one.offset,
          e,
          one.weight,
          e,
          target,
          targetOffset,
          plan.blockSize);
      return;
    }
    int[] places = findSources(level);
    kernels.mix(
        count, kept[level - 1], 0, places, 0, one.weight, e, target, targetOffset, plan.blockSize);
  }

  /** Where the blocks are kept that a level averages. */
  private int[] findSources(int level) {
    ProductPlan.ModeStep one = step[level];
    int j = mode[level];
    int type = at[j];
    int[] places = sources[level];
    for (int e = one.start[type]; e < one.start[type + 1]; e++) {
      at[j] = one.successor[e];
      places[e - one.start[type]] = find(level - 1);
    }
    at[j] = type;
    return places;
  }

  /** Where the current block is kept; makes it first if it is not. */
  private int find(int level) {
    int[] keys = key[level];
    long[] times = used[level];
    int wanted = place() / plan.blockSize;
    int slot = 0;
    if (keys.length == plan.stride[mode[level]] / plan.blockSize) {
      slot = wanted % keys.length;
    } else {
      for (int i = 0; i < keys.length; i++) {
        if (keys[i] == wanted) {
          slot = i;
          break;
        }
        if (times[i] < times[slot]) {
          slot = i;
        }
      }
    }
    times[slot] = ++clock;
    if (keys[slot] != wanted) {
      keys[slot] = wanted;
      make(level, kept[level], slot * plan.blockSize);
    }
    return slot * plan.blockSize;
  }
}
