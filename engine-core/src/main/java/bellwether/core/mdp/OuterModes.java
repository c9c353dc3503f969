package bellwether.core.mdp;

import bellwether.core.kernel.ModeKernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Averages blocks over the modes outside of them, for one action. What the earlier modes have made
 * of a block serves every block that has it among its successors: some such blocks are kept, those
 * before the last outer mode with the modes within the block averaged too, so that what is left to
 * do for a block is one average of a few blocks. Since blocks are visited in an order in which
 * neighbours share successors, with rows of two entries most of these are in the second cache, and
 * a block costs little more than the sum of the rows' lengths.
 */
final class OuterModes {
  /** Doubles that the blocks of a level may take: a part of the third cache. */
  private static final int MOST_KEPT = 1 << 22;

  private final ProductPlan plan;
  private final InnerModes inner;
  private final ModeKernels kernels;
  private final Workspace workspace;

  /** A block between the outer and the inner modes. */
  private final int between;

  /** The outer modes that move. */
  private final int[] mode;

  private final ProductPlan.ModeStep[] step;

  /** By level, from 0 to that before the last: kept blocks, what they are, and when last used. */
  private final int[] kept;

  private final int[][] key;
  private final long[][] used;

  /** By level: where the sources of a sum are in the workspace. */
  private final int[][] sources;

  /** What {@link #prepare} found, and how far rows are apart. */
  double[] source = new double[0];

  int base;
  int apart;
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
      ProductPlan plan,
      InnerModes inner,
      ModeKernels kernels,
      Workspace workspace,
      int between,
      int[] mode,
      ProductPlan.ModeStep[] step) {
    this.plan = plan;
    this.inner = inner;
    this.kernels = kernels;
    this.workspace = workspace;
    this.between = between;
    this.mode = mode;
    this.step = step;
    int levels = mode.length;
    kept = new int[levels - 1];
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
      int count = Math.min(all, Math.max(2 * longest, MOST_KEPT / plan.roomyBlock));
      kept[level] = workspace.reserve(Math.multiplyExact(count, plan.roomyBlock));
      key[level] = new int[count];
      used[level] = new long[count];
    }
    at = new int[plan.outer];
    forget();
  }

  /** For one action; null where no outer mode moves. */
  static @Nullable OuterModes of(
      ProductPlan plan,
      int action,
      InnerModes inner,
      ModeKernels kernels,
      Workspace workspace,
      int between) {
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
        : new OuterModes(
            plan,
            inner,
            kernels,
            workspace,
            between,
            Arrays.copyOf(mode, count),
            Arrays.copyOf(step, count));
  }

  int levels() {
    return mode.length;
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
   * {@code weights[weightFrom + l]} and rows {@link #apart}. With more than one level the modes
   * within the block are averaged too.
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
    if (level == 0) {
      source = h;
      base = place() - type * plan.stride[j];
      apart = plan.rowLength;
      offsets = one.offset;
      offsetFrom = weightFrom;
    } else {
      source = workspace.array();
      base = 0;
      apart = inner.none() ? plan.rowLength : plan.roomyRow;
      offsets = findSources(level);
      offsetFrom = 0;
    }
  }

  /** Carries the average out: one row after the other, as in the joint vector. */
  void average(int target) {
    mix(depth, source, base, offsets, offsetFrom, weights, weightFrom, target);
  }

  /** Blocks without room between rows: one long row, which is faster than many. */
  private void mix(
      int entries,
      double[] blocks,
      int from,
      int[] places,
      int placeFrom,
      double[] weight,
      int first,
      int target) {
    kernels.mix(
        1,
        plan.blockSize,
        entries,
        blocks,
        from,
        0,
        places,
        placeFrom,
        weight,
        first,
        workspace.array(),
        target,
        0);
  }

  /** Where the current block lies in the joint vector. */
  private int place() {
    int place = 0;
    for (int j = 0; j < at.length; j++) {
      place += at[j] * plan.stride[j];
    }
    return place;
  }

  /** Averages over the mode of a level, and of those before; at last over those within a block. */
  private void make(int level, int target) {
    ProductPlan.ModeStep one = step[level];
    int j = mode[level];
    int type = at[j];
    int e = one.start[type];
    int count = one.start[type + 1] - e;
    boolean finish = level == mode.length - 2 && !inner.none();
    int into = finish ? between : target;
    if (level == 0) {
      int from = place() - type * plan.stride[j];
      mix(count, h, from, one.offset, e, one.weight, e, into);
    } else {
      int[] places = findSources(level);
      mix(count, workspace.array(), 0, places, 0, one.weight, e, into);
    }
    if (finish) {
      inner.begin(between);
      for (int r = 0; r < plan.blockRows; r += RowMode.ROWS) {
        int rows = Math.min(RowMode.ROWS, plan.blockRows - r);
        inner.next(r, rows, target + r * plan.roomyRow);
      }
    }
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
      make(level, kept[level] + slot * plan.roomyBlock);
    }
    return kept[level] + slot * plan.roomyBlock;
  }
}
