package bellwether.core.mdp;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ModeKernels;
import org.jspecify.annotations.Nullable;

/**
 * Averages over the modes within a block, for one action: mode by mode for the whole block, but for
 * the last two that move, which go a few rows at a time in the first cache.
 */
final class InnerModes {
  /** Buffers that the actions of a thread share. */
  static final class Buffers {
    final Workspace workspace;

    /** A block after some of its modes, and one more. */
    private final int[] image = new int[2];

    /** Rows before the last mode, and what the last mode works in. */
    private final int mixed;

    private final int work;

    Buffers(ProductPlan plan, Workspace workspace) {
      this.workspace = workspace;
      boolean whole = false;
      int space = 0;
      for (int a = 0; a < plan.step.length; a++) {
        int moving = 0;
        for (int j = plan.outer; j < plan.size.length - 1; j++) {
          moving += plan.step[a][j] == null ? 0 : 1;
        }
        whole |= moving > 1;
        RowMode mode = plan.last[a];
        space = Math.max(space, mode == null ? 0 : mode.workspace());
      }
      for (int i = 0; i < 2; i++) {
        image[i] = workspace.reserve(whole ? plan.roomyBlock : 0);
      }
      mixed = workspace.reserve(RowMode.ROWS * plan.roomyRow);
      work = workspace.reserve(space);
    }
  }

  private final ProductPlan plan;
  private final Kernels kernels;
  private final ModeKernels modes;
  private final Buffers buffers;

  /** The modes within a block that move, but for the last mode of all. */
  private final ProductPlan.ModeStep[] step;

  private final int[] mode;
  private final @Nullable RowMode last;

  /** Where the last mode's constants are in the workspace; whether they are there yet. */
  private final int constants;

  private boolean prepared;

  /** Where rows come from, and how far they are apart. */
  private double[] source = new double[0];

  private int from;
  private int apart;

  /** Doubles of a row that are mixed: without a rest where there is room. */
  private int length;

  InnerModes(ProductPlan plan, int action, Kernels kernels, Buffers buffers) {
    this.plan = plan;
    this.kernels = kernels;
    this.buffers = buffers;
    modes = kernels.modes();
    last = plan.last[action];
    constants = buffers.workspace.reserve(last == null ? 0 : last.constants());
    int count = 0;
    ProductPlan.ModeStep[] steps = new ProductPlan.ModeStep[plan.size.length];
    int[] which = new int[plan.size.length];
    for (int j = plan.outer; j < plan.size.length - 1; j++) {
      ProductPlan.ModeStep one = plan.step[action][j];
      if (one != null) {
        which[count] = j;
        steps[count++] = one;
      }
    }
    step = java.util.Arrays.copyOf(steps, count);
    mode = java.util.Arrays.copyOf(which, count);
  }

  /** Whether no mode moves. */
  boolean none() {
    return step.length == 0 && last == null;
  }

  /** Before the rows of a block of the joint vector, which end where it ends. */
  void begin(double[] h, int offset) {
    begin(h, offset, plan.rowLength);
  }

  /** Before the rows of a block in the workspace, laid out as in the joint vector, with room. */
  void begin(int offset) {
    begin(buffers.workspace.array(), offset, plan.roomyRow);
  }

  private void begin(double[] rows, int offset, int doubles) {
    source = rows;
    from = offset;
    apart = plan.rowLength;
    length = doubles;
    for (int i = 0; i < step.length - 1; i++) {
      wholeBlock(step[i], mode[i], buffers.image[i % 2]);
    }
  }

  /** Applies a mode to the whole block. */
  private void wholeBlock(ProductPlan.ModeStep one, int j, int target) {
    double[] array = buffers.workspace.array();
    int run = plan.stride[j] / plan.rowLength;
    int span = run * plan.size[j];
    int[] offset = one.offsets(apart, plan.rowLength);
    for (int before = 0; before < plan.blockRows; before += span) {
      for (int t = 0; t < plan.size[j]; t++) {
        int e = one.start[t];
        modes.mix(
            run,
            plan.rowLength,
            one.start[t + 1] - e,
            source,
            from + before * apart,
            apart,
            offset,
            e,
            one.weight,
            e,
            array,
            target + (before + t * run) * plan.roomyRow,
            plan.roomyRow);
      }
    }
    source = array;
    from = target;
    apart = plan.roomyRow;
    length = plan.roomyRow;
  }

  /**
   * Makes the next rows in the workspace, {@link RowMode#ROWS} at most.
   *
   * @param target where the first goes, with room for {@link RowMode#ROWS}
   */
  void next(int row, int count, int target) {
    double[] array = buffers.workspace.array();
    int into = last == null ? target : buffers.mixed;
    if (step.length == 0) {
      for (int i = 0; i < count; i++) {
        int at = from + (row + i) * apart;
        System.arraycopy(source, at, array, into + i * plan.roomyRow, plan.rowLength);
      }
    } else {
      mixRows(row, count, array, into);
    }
    if (last != null) {
      if (!prepared) {
        last.prepare(array, constants);
        prepared = true;
      }
      last.apply(kernels, array, constants, into, target, plan.roomyRow, buffers.work);
    }
  }

  private void mixRows(int row, int count, double[] array, int target) {
    ProductPlan.ModeStep one = step[step.length - 1];
    int j = mode[step.length - 1];
    int between = plan.stride[j] / plan.rowLength;
    int[] offset = one.offsets(apart, plan.rowLength);
    int i = 0;
    while (i < count) {
      int type = (row + i) / between % plan.size[j];
      int group = (row + i) / between - type;
      if (between == 1) {
        // Rows follow each other as the types do.
        int many = Math.min(count - i, plan.size[j] - type);
        modes.mixEach(
            many,
            length,
            one.start,
            type,
            source,
            from + group * apart,
            offset,
            one.weight,
            array,
            target + i * plan.roomyRow,
            plan.roomyRow);
        i += many;
        continue;
      }
      int e = one.start[type];
      modes.mix(
          1,
          length,
          one.start[type + 1] - e,
          source,
          from + (row + i - type * between) * apart,
          apart,
          offset,
          e,
          one.weight,
          e,
          array,
          target + i * plan.roomyRow,
          plan.roomyRow);
      i++;
    }
  }
}
