package bellwether.core.mdp;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ModeKernels;
import org.jspecify.annotations.Nullable;

/**
 * E[h | theta, a] for the states of a block, some rows at a time: averages of blocks by {@link
 * OuterModes}, averages within a block by {@link InnerModes}.
 */
final class ExpectedRows {
  private final ProductPlan plan;
  private final ModeKernels kernels;
  private final Workspace workspace;
  private final @Nullable OuterModes[] outerModes;
  private final InnerModes[] innerModes;

  /** A block after an only outer mode, and rows. */
  private final int averagedBlock;

  private final int averaged;

  /** Which of the two makes the rows. */
  private @Nullable OuterModes outer;

  private InnerModes inner;

  /** What {@link #next} found: row i from {@code offset + i * apart} of {@code rows}. */
  double[] rows = new double[0];

  int offset;
  int apart;

  private double[] h = new double[0];
  private int base;

  ExpectedRows(ProductPlan plan, Kernels kernels) {
    this.plan = plan;
    this.kernels = kernels.modes();
    workspace = new Workspace(plan.model.states(), Workspace.DOUBLES);
    int actions = plan.step.length;
    outerModes = new OuterModes[actions];
    innerModes = new InnerModes[actions];
    InnerModes.Buffers buffers = new InnerModes.Buffers(plan, workspace);
    averagedBlock = workspace.reserve(plan.outer > 0 ? plan.roomyBlock : 0);
    averaged = workspace.reserve(RowMode.ROWS * plan.roomyRow);
    for (int[] same : plan.alike) {
      int a = same[0];
      innerModes[a] = new InnerModes(plan, a, kernels, buffers);
      outerModes[a] = OuterModes.of(plan, a, innerModes[a], this.kernels, workspace, averagedBlock);
    }
    inner = innerModes[0];
  }

  /** Before another h. */
  void forget() {
    for (OuterModes modes : outerModes) {
      if (modes != null) {
        modes.forget();
      }
    }
  }

  /**
   * Before the rows of a block.
   *
   * @param action the lowest of those that are alike
   */
  void begin(int action, double[] from, int block, int[] types) {
    h = from;
    base = block;
    inner = innerModes[action];
    outer = outerModes[action];
    if (outer == null) {
      inner.begin(h, base);
      return;
    }
    outer.prepare(types, h);
    if (outer.levels() == 1 && !inner.none()) {
      outer.average(averagedBlock);
      inner.begin(averagedBlock);
      outer = null;
    }
  }

  /** The average of two rows that each row is, if it is no more; else null. */
  @Nullable OuterModes averageOfTwo() {
    return outer != null && outer.depth == 2 ? outer : null;
  }

  /** Makes the next rows, {@link RowMode#ROWS} at most. */
  void next(int row, int count) {
    rows = workspace.array();
    offset = averaged;
    apart = plan.roomyRow;
    OuterModes modes = outer;
    if (modes != null) {
      // With the room between rows if there is any: one run is faster than rows.
      kernels.mix(
          count,
          modes.apart,
          modes.depth,
          modes.source,
          modes.base + row * modes.apart,
          modes.apart,
          modes.offsets,
          modes.offsetFrom,
          modes.weights,
          modes.weightFrom,
          rows,
          averaged,
          modes.apart);
      apart = modes.apart;
    } else if (inner.none()) {
      rows = h;
      offset = base + row * plan.rowLength;
      apart = plan.rowLength;
    } else {
      inner.next(row, count, averaged);
    }
  }
}
