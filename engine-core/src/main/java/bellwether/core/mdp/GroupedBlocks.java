package bellwether.core.mdp;

import bellwether.core.kernel.Kernels;
import java.util.Arrays;

/** Backs up the blocks of {@link NeighbourGroups}, group by group. */
final class GroupedBlocks extends ProductPieces {
  private static final int PAIR = NeighbourGroups.PAIR;
  private static final int ROWS = RowMode.ROWS;

  private final BlockVectors h;
  private final NeighbourGroups groups;
  private final OuterSteps steps;
  private final double[] array;

  /**
   * Averages: of prefix i of a group in slot s from {@code kept + (s * most + i) * storedBlock}.
   */
  private final int kept;

  private final int keptBlock;

  private final int work;

  /** By action: its reward in a block, but for rows and columns. */
  private final double[] constant;

  /** With several actions: the largest rewards in a block; a row of zeros. */
  private final int best;

  private final int zeros;
  private final double[] noReward;
  private final boolean large;
  private final int[] offsets;

  private BlockSide side;

  /** Where blocks were that nothing reads any more, the latest last. */
  private int[] released = new int[16];

  private int releasedCount;

  /** So that what is read ahead is read. */
  double touched;

  GroupedBlocks(ProductPlan plan, BlockVectors vectors, double discount, Kernels kernels) {
    super(plan, discount, kernels);
    h = vectors;
    groups = vectors.groups();
    steps = groups.steps;
    large = plan.model.states() >= Workspace.LARGE_MODEL;
    Workspace workspace = new Workspace(plan.model.states());
    keptBlock = Math.max(groups.plain.averaged(), groups.turned.averaged());
    kept = workspace.reserve(Math.multiplyExact(steps.slots * groups.most, keptBlock));
    work = workspace.reserve(ROWS * Workspace.lines(Math.max(plan.blockRows, plan.rowLength)));
    constant = new double[plan.model.actions()];
    noReward = new double[Math.max(plan.blockRows, plan.rowLength)];
    best = workspace.reserve(constant.length > 1 ? plan.blockSize : 0);
    zeros = workspace.reserve(noReward.length);
    array = workspace.array();
    offsets = new int[groups.most * groups.depth];
    side = h.side();
  }

  @Override
  void forget() {
    releasedCount = 0;
    side = h.side();
  }

  @Override
  void run(int piece) {
    int parts = steps.parts();
    int group = groups.turn[piece / parts];
    int part = piece % parts;
    for (int step = steps.part[part]; step < steps.part[part + 1]; step++) {
      for (int e = PAIR * step; e < PAIR * (step + 1); e++) {
        int type = steps.make[e];
        if (type >= 0) {
          average(group, type, steps.slot[e]);
        }
      }
      for (int e = PAIR * step; e < PAIR * (step + 1); e++) {
        if (steps.lastMake[e]) {
          for (int source : groups.sources[group]) {
            release(source + steps.make[e]);
          }
        }
      }
      backUp(group, step);
    }
  }

  private void release(int block) {
    if (h.release(block)) {
      if (releasedCount == released.length) {
        released = Arrays.copyOf(released, 2 * releasedCount);
      }
      released[releasedCount++] = h.place(block);
    }
  }

  private int place(int slot, int prefix, int group) {
    return kept + (slot * groups.most + prefix - groups.first[group]) * keptBlock;
  }

  /** Averages over the prefixes' successors and over the mode of the rows. */
  private void average(int group, int type, int slot) {
    int first = groups.first[group];
    int end = groups.first[group + 1];
    if (large) {
      for (int source : groups.sources[group]) {
        touch(h.place(source + type));
      }
    }
    int depth = groups.depth;
    for (int k = first * depth; k < end * depth; k++) {
      offsets[k - first * depth] = h.place(groups.source[k] + type);
    }
    for (int r = 0; r < side.rows; r += ROWS) {
      // The last strip ends with the block: some of its rows are made twice.
      int row = Math.min(r, side.rows - ROWS);
      for (int p = first; p < end; p++) {
        kernels.turnPairs(
            depth,
            h.array(),
            offsets,
            (p - first) * depth,
            groups.weight,
            p * depth,
            side.row,
            side.rowWeight,
            row,
            side.width,
            array,
            place(slot, p, group) + row,
            side.imageApart,
            array,
            work);
      }
    }
  }

  private void backUp(int group, int step) {
    int type = steps.type[step];
    for (int p = groups.first[group]; p < groups.first[group + 1]; p++) {
      int block = groups.base[p] + type;
      int to = h.takePlace(block, releasedCount > 0 ? released[--releasedCount] : -1);
      for (int a = 0; a < constant.length; a++) {
        double typeReward = plan.outerReward[a][plan.outer - 1][type];
        constant[a] = groups.reward[a][p] + typeReward - drift;
      }
      boolean alone = constant.length == 1;
      if (!alone) {
        takeBestRewards();
      }
      kernels.backupPairs(
          side.columns,
          array,
          place(steps.slot[PAIR * step], p, group),
          place(steps.slot[PAIR * step + 1], p, group),
          discount * steps.stepWeight[PAIR * step],
          discount * steps.stepWeight[PAIR * step + 1],
          side.imageRow,
          side.imageWeight,
          alone ? constant[0] : 0,
          alone ? side.rowReward[0] : noReward,
          alone ? side.columnReward[0] : array,
          alone ? 0 : best,
          alone ? 0 : side.rows,
          h.array(),
          to,
          side.imageApart,
          alone ? side.imageWidth : side.rows);
      if (bounding) {
        settle(block, to);
        release(block);
      }
      if (!alone && policy.length > 0) {
        choose(block, to);
      }
    }
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
            side.rows);
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
            side.rows);
      }
      first = false;
    }
  }

  /** The lowest action whose reward is as good as the best, of each state of a block. */
  private void choose(int block, int image) {
    for (int i = 0; i < side.columns; i++) {
      for (int u = 0; u < side.rows; u++) {
        double most = array[best + i * side.rows + u];
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

  private void settle(int block, int image) {
    int before = h.place(block);
    touch(before);
    kernels.settleTurned(
        side.rows,
        side.columns,
        h.array(),
        before,
        side.apart,
        h.array(),
        image,
        side.imageApart,
        extremes,
        array,
        work);
  }

  /** Reads a block in one run, before it is read here and there. */
  private void touch(int place) {
    touched += kernels.touch(h.array(), place, side.rows * side.apart);
  }
}
