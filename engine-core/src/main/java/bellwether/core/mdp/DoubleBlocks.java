package bellwether.core.mdp;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ModeKernels;

/** {@link GroupedBlocks} of doubles. */
final class DoubleBlocks extends GroupedBlocks {
  private static final int PAIR = NeighbourGroups.PAIR;

  private final DoubleSlots h;
  private final ModeKernels kernels;
  private final double[] array;

  /** With several actions: the largest rewards in a block; a row of zeros. */
  private final int best;

  private final int zeros;
  private final double[] noReward;

  /** So that what is read ahead is read. */
  double touched;

  DoubleBlocks(ProductPlan plan, DoubleSlots vectors, double discount, Kernels kernels) {
    this(plan, vectors, discount, kernels, new Workspace(plan.model.states(), Workspace.DOUBLES));
  }

  private DoubleBlocks(
      ProductPlan plan,
      DoubleSlots vectors,
      double discount,
      Kernels kernels,
      Workspace workspace) {
    super(plan, vectors, discount, workspace, ModeKernels.LANES);
    h = vectors;
    this.kernels = kernels.modes();
    noReward = new double[widest()];
    best = workspace.reserve(constant.length > 1 ? vectors.shape.stored() : 0);
    zeros = workspace.reserve(noReward.length);
    array = workspace.array();
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
        alone ? constant[0] : 0,
        alone ? side.rowReward[0] : noReward,
        alone ? side.columnReward[0] : array,
        alone ? 0 : best,
        alone ? 0 : side.imageWidth,
        h.array(),
        to,
        side.imageApart,
        side.imageWidth);
  }

  /** The largest reward of an action for each state of a block of the image. */
  private void takeBestRewards() {
    boolean first = true;
    for (int a = 0; a < constant.length; a++) {
      if (constant[a] == Double.NEGATIVE_INFINITY) {
        continue;
      }
      double[] rows = side.rowReward[a];
      double[] columns = side.columnReward[a];
      // Backups of nothing: expectations of zero, the same row of zeros for each row.
      if (first) {
        kernels.backup(
            side.columns,
            0,
            array,
            zeros,
            0,
            constant[a],
            rows,
            0,
            columns,
            array,
            best,
            side.imageWidth);
      } else {
        kernels.raise(
            side.columns,
            0,
            array,
            zeros,
            0,
            constant[a],
            rows,
            0,
            columns,
            array,
            best,
            side.imageWidth);
      }
      first = false;
    }
  }

  @Override
  void choose(int block, int image) {
    for (int i = 0; i < side.columns; i++) {
      for (int u = 0; u < side.rows; u++) {
        double most = array[best + i * side.imageWidth + u];
        double value = h.array()[image + i * side.imageApart + u];
        double enough = most - 1e-9 * (1 + Math.abs(value + discount * offset));
        int action = 0;
        while (constant[action] + side.rowReward[action][i] + side.columnReward[action][u]
            < enough) {
          action++;
        }
        policy[h.state(block, i, u)] = action;
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
        extremes,
        array,
        work);
  }

  @Override
  void touch(int place) {
    touched += kernels.touch(h.array(), place, side.rows * side.apart);
  }
}
