package bellwether.core.mdp;

import bellwether.core.kernel.FloatModeKernels;
import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ModeKernels;
import java.util.Arrays;

/** {@link GroupedBlocks} in single precision, in units of {@link FloatSlots}. */
final class FloatBlocks extends GroupedBlocks {
  private static final int PAIR = NeighbourGroups.PAIR;
  private static final int LANES = FloatModeKernels.LANES;

  private final FloatSlots h;
  private final FloatModeKernels kernels;
  private final double unit;
  private final float[] array;

  /** With several actions: the largest rewards in a block. */
  private final int best;

  /** By action, as {@link BlockSide} has them, of sides that are plain and turned. */
  private final float[][] plainRows;

  private final float[][] plainColumns;
  private final float[] noReward;

  /** As {@link #extremes}. */
  private final float[] roughExtremes = new float[3 * LANES];

  /** So that what is read ahead is read. */
  float touched;

  FloatBlocks(ProductPlan plan, FloatSlots vectors, double discount, Kernels kernels) {
    this(plan, vectors, discount, kernels, new Workspace(plan.model.states(), Workspace.FLOATS));
  }

  private FloatBlocks(
      ProductPlan plan, FloatSlots vectors, double discount, Kernels kernels, Workspace workspace) {
    super(plan, vectors, discount, workspace, LANES);
    h = vectors;
    this.kernels = kernels.floatModes();
    unit = vectors.unit();
    noReward = new float[widest()];
    best = workspace.reserve(constant.length > 1 ? vectors.shape.stored() : 0);
    array = workspace.floats();
    BlockSide plain = vectors.shape.plain();
    plainRows = inUnits(plain.rowReward);
    plainColumns = inUnits(plain.columnReward);
  }

  private float[][] inUnits(double[][] rewards) {
    float[][] scaled = new float[rewards.length][];
    for (int a = 0; a < rewards.length; a++) {
      scaled[a] = new float[rewards[a].length];
      for (int k = 0; k < rewards[a].length; k++) {
        scaled[a][k] = (float) (rewards[a][k] / unit);
      }
    }
    return scaled;
  }

  /** Rewards by row of the image: those of the columns, where the vector lies plain. */
  private float[][] rowReward() {
    return side == h.shape.plain() ? plainRows : plainColumns;
  }

  private float[][] columnReward() {
    return side == h.shape.plain() ? plainColumns : plainRows;
  }

  @Override
  void run(int piece) {
    Arrays.fill(roughExtremes, 0, LANES, Float.POSITIVE_INFINITY);
    Arrays.fill(roughExtremes, LANES, 2 * LANES, Float.NEGATIVE_INFINITY);
    Arrays.fill(roughExtremes, 2 * LANES, 3 * LANES, 0);
    super.run(piece);
    for (int i = 0; i < LANES; i++) {
      int to = i % ModeKernels.LANES;
      int most = to + ModeKernels.LANES;
      int largest = most + ModeKernels.LANES;
      extremes[to] = Math.min(extremes[to], unit * roughExtremes[i]);
      extremes[most] = Math.max(extremes[most], unit * roughExtremes[LANES + i]);
      extremes[largest] = Math.max(extremes[largest], unit * roughExtremes[2 * LANES + i]);
    }
  }

  @Override
  void turn(int offset, int source, int row, int target) {
    kernels.turnPairs(
        groups.depth,
        h.array(),
        offsets,
        offset,
        groups.weight,
        source,
        side.row,
        side.rowWeight,
        row,
        side.width,
        array,
        target,
        side.imageApart,
        array,
        work);
  }

  @Override
  void backUp(int step, int one, int two, int to) {
    boolean alone = constant.length == 1;
    if (!alone) {
      takeBestRewards();
    }
    kernels.backupPairs(
        side.columns,
        array,
        one,
        two,
        discount * steps.stepWeight[PAIR * step],
        discount * steps.stepWeight[PAIR * step + 1],
        side.imageRow,
        side.imageWeight,
        alone ? (float) (constant[0] / unit) : 0,
        alone ? rowReward()[0] : noReward,
        alone ? columnReward()[0] : array,
        alone ? 0 : best,
        alone ? 0 : side.imageWidth,
        h.array(),
        to,
        side.imageApart,
        side.imageWidth);
  }

  /** The largest reward of an action for each state of a block of the image. */
  private void takeBestRewards() {
    Arrays.fill(array, best, best + side.columns * side.imageWidth, Float.NEGATIVE_INFINITY);
    for (int a = 0; a < constant.length; a++) {
      if (constant[a] > Double.NEGATIVE_INFINITY) {
        kernels.raiseRewards(
            side.columns,
            (float) (constant[a] / unit),
            rowReward()[a],
            columnReward()[a],
            array,
            best,
            side.imageWidth);
      }
    }
  }

  @Override
  void settle(int block, int image) {
    kernels.settleTurned(
        side.rows,
        side.columns,
        h.array(),
        block,
        side.apart,
        h.array(),
        image,
        side.imageApart,
        roughExtremes,
        array,
        work);
  }

  @Override
  void choose(int block, int image) {
    throw new IllegalStateException("choices are made in doubles");
  }

  @Override
  void touch(int place) {
    touched += kernels.touch(h.array(), place, side.rows * side.apart);
  }
}
