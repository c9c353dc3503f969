package bellwether.core.mdp;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ModeKernels;
import org.jspecify.annotations.Nullable;

/**
 * E[h | theta, a] for the states of a block, some rows at a time. The outer modes are averaged
 * block by block, the modes within the block one after the other; the last two of them a few rows
 * at a time, in the first cache.
 */
final class ExpectedRows {
  /** Sums of up to so many products are made in one go instead of mode by mode. */
  private static final int JOINT = 4;

  private final ProductPlan plan;
  private final ModeKernels kernels;
  private final @Nullable OuterModes[] outerModes;

  /** A block after some of its modes, and one more; which of the two was written last. */
  private double[] image = new double[0];

  private double[] other = new double[0];
  private boolean intoOther;

  /** Rows after the mode before the last, and after the last. */
  private final double[] mixed;

  private final double[] averaged;
  private final double[] workspace;

  /** Products of the entries of an outer and an inner mode, and where they belong. */
  private final double[] jointWeight;

  private final int[] jointOffset;
  private int jointDepth;

  private double[] source = new double[0];
  private int from;
  private @Nullable OuterModes outer;
  private ProductPlan.@Nullable ModeStep inner;
  private int innerMode;
  private @Nullable RowMode last;

  /** What {@link #next} found: row i from {@code offset + i * apart} of {@code rows}. */
  double[] rows = new double[0];

  int offset;
  int apart;

  ExpectedRows(ProductPlan plan, Kernels kernels) {
    this.plan = plan;
    this.kernels = kernels.modes();
    int actions = plan.step.length;
    outerModes = new OuterModes[actions];
    int space = 0;
    int rowStride = RowMode.apart(plan.rowLength);
    int entries = 0;
    for (int a = 0; a < actions; a++) {
      outerModes[a] = OuterModes.of(plan, a, this.kernels);
      RowMode mode = plan.last[a];
      if (mode != null) {
        space = Math.max(space, mode.workspace());
        rowStride = Math.max(rowStride, mode.stride());
      }
      for (ProductPlan.ModeStep step : plan.step[a]) {
        if (step != null) {
          entries = Math.max(entries, step.weight.length);
        }
      }
    }
    mixed = new double[RowMode.ROWS * RowMode.apart(plan.rowLength)];
    averaged = new double[RowMode.ROWS * rowStride];
    workspace = new double[space];
    jointWeight = new double[JOINT * entries];
    jointOffset = new int[JOINT * entries];
  }

  /** Before another h. */
  void forget() {
    for (OuterModes modes : outerModes) {
      if (modes != null) {
        modes.forget();
      }
    }
  }

  /** Before the rows of a block. */
  void begin(int action, double[] h, int base, int[] types) {
    source = h;
    from = base;
    inner = null;
    last = plan.last[action];
    outer = outerModes[action];
    if (outer != null) {
      outer.prepare(types, h);
    }
    int lastMode = plan.size.length - 1;
    for (int j = plan.outer; j < lastMode; j++) {
      ProductPlan.ModeStep step = plan.step[action][j];
      if (step != null) {
        if (inner != null) {
          apply(inner, innerMode);
        }
        inner = step;
        innerMode = j;
      }
    }
    if (inner != null && outer != null) {
      // Rows of h itself would be read here and there, which is slow where they are in no cache.
      if (outer.ofWhole || outer.depth * inner.longestRow > JOINT) {
        carryOut();
      } else {
        join(inner, outer);
      }
    }
  }

  /** Makes one block of what the outer modes average. */
  private void carryOut() {
    if (outer != null) {
      outer.carryOut();
      source = outer.source;
      from = 0;
      outer = null;
    }
  }

  /** Multiplies the entries of an inner mode with those that the outer modes average. */
  private void join(ProductPlan.ModeStep step, OuterModes blocks) {
    jointDepth = blocks.depth;
    for (int e = 0; e < step.weight.length; e++) {
      for (int l = 0; l < jointDepth; l++) {
        int k = e * jointDepth + l;
        jointWeight[k] = step.weight[e] * blocks.weights[blocks.weightFrom + l];
        jointOffset[k] = step.offset[e] + blocks.offsets[blocks.offsetFrom + l];
      }
    }
  }

  /** Applies a mode within the block to a whole block. */
  private void apply(ProductPlan.ModeStep step, int mode) {
    carryOut();
    if (image.length == 0) {
      image = new double[plan.blockSize];
      other = new double[plan.blockSize];
    }
    intoOther = !intoOther;
    double[] target = intoOther ? other : image;
    int run = plan.stride[mode];
    int span = run * plan.size[mode];
    for (int before = 0; before < plan.blockSize; before += span) {
      for (int t = 0; t < plan.size[mode]; t++) {
        int e = step.start[t];
        kernels.mix(
            step.start[t + 1] - e,
            source,
            from + before,
            step.offset,
            e,
            step.weight,
            e,
            target,
            before + t * run,
            run);
      }
    }
    source = target;
    from = 0;
  }

  /** Makes the next rows, {@link RowMode#ROWS} at most. */
  void next(int row, int count) {
    int length = plan.rowLength;
    if (inner == null && outer == null && last == null) {
      rows = source;
      offset = from + row * length;
      apart = length;
      return;
    }
    rows = mixed;
    offset = 0;
    apart = RowMode.apart(length);
    if (inner != null) {
      mixInner(inner, row, count);
    } else if (outer != null) {
      for (int i = 0; i < count; i++) {
        kernels.mix(
            outer.depth,
            outer.source,
            outer.base + (row + i) * length,
            outer.offsets,
            outer.offsetFrom,
            outer.weights,
            outer.weightFrom,
            mixed,
            i * apart,
            length);
      }
    } else {
      for (int i = 0; i < count; i++) {
        System.arraycopy(source, from + (row + i) * length, mixed, i * apart, length);
      }
    }
    if (last != null) {
      last.apply(count, mixed, averaged, workspace);
      rows = averaged;
      apart = last.stride();
    }
  }

  private void mixInner(ProductPlan.ModeStep step, int row, int count) {
    int length = plan.rowLength;
    int between = plan.stride[innerMode] / length;
    for (int i = 0; i < count; i++) {
      int type = (row + i) / between % plan.size[innerMode];
      int e = step.start[type];
      int depth = step.start[type + 1] - e;
      int place = (row + i - type * between) * length;
      if (outer == null) {
        kernels.mix(
            depth, source, from + place, step.offset, e, step.weight, e, mixed, i * apart, length);
      } else {
        int k = e * jointDepth;
        kernels.mix(
            depth * jointDepth,
            outer.source,
            outer.base + place,
            jointOffset,
            k,
            jointWeight,
            k,
            mixed,
            i * apart,
            length);
      }
    }
  }
}
