package bellwether.core.mdp;

import bellwether.core.kernel.Kernels;
import java.util.Arrays;
import java.util.Objects;

/** Backs up the blocks of {@link NeighbourGroups}, group by group. */
final class GroupedBlocks extends ProductPieces {
  /** Models of fewer joint states are in the caches anyway. */
  private static final int LARGE_MODEL = 1_000_000;

  private static final int PAIR = NeighbourGroups.PAIR;

  private final BlockVectors h;
  private final NeighbourGroups groups;
  private final RowMode.Sparse last;
  private final double[] array;

  /** Averages: of prefix i of a group in slot s from {@code kept + (s * most + i) * roomyBlock}. */
  private final int kept;

  private final int constants;
  private final int work;
  private final boolean large;
  private final int[] offsets;

  /** Where blocks were that nothing reads any more, the latest last. */
  private int[] released = new int[16];

  private int releasedCount;

  /** So that what is read ahead is read. */
  double touched;

  GroupedBlocks(ProductPlan plan, BlockVectors vectors, double discount, Kernels kernels) {
    super(plan, discount, kernels);
    h = vectors;
    groups = vectors.groups();
    last = (RowMode.Sparse) Objects.requireNonNull(plan.last[0]);
    large = plan.model.states() >= LARGE_MODEL;
    Workspace workspace = new Workspace(plan.model.states());
    kept = workspace.reserve(Math.multiplyExact(groups.slots * groups.most, plan.roomyBlock));
    constants = workspace.reserve(last.constants());
    work = workspace.reserve(last.workspace());
    array = workspace.array();
    last.prepare(array, constants);
    offsets = new int[groups.depth];
  }

  @Override
  void forget() {
    releasedCount = 0;
  }

  @Override
  void run(int piece) {
    int parts = groups.part.length - 1;
    int group = piece / parts;
    int part = piece % parts;
    for (int step = groups.part[part]; step < groups.part[part + 1]; step++) {
      for (int e = PAIR * step; e < PAIR * (step + 1); e++) {
        int type = groups.make[e];
        if (type >= 0) {
          average(group, type, groups.slot[e]);
        }
      }
      for (int e = PAIR * step; e < PAIR * (step + 1); e++) {
        if (groups.lastMake[e]) {
          for (int source : groups.sources[group]) {
            release(source + groups.make[e]);
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
    return kept + (slot * groups.most + prefix - groups.first[group]) * plan.roomyBlock;
  }

  /** Averages over the prefixes' successors and over the last mode. */
  private void average(int group, int type, int slot) {
    if (large) {
      for (int source : groups.sources[group]) {
        touched += kernels.touch(h.array(), h.place(source + type), plan.storedBlock);
      }
    }
    for (int p = groups.first[group]; p < groups.first[group + 1]; p++) {
      for (int l = 0; l < groups.depth; l++) {
        offsets[l] = h.place(groups.source[p * groups.depth + l] + type);
      }
      int target = place(slot, p, group);
      for (int r = 0; r < plan.blockRows; r += RowMode.ROWS) {
        // The last strip ends with the block: some of its rows are made twice.
        int row = Math.min(r, plan.blockRows - RowMode.ROWS);
        last.applyMixed(
            kernels,
            groups.depth,
            h.array(),
            row * plan.storedRow,
            plan.storedRow,
            offsets,
            groups.weight,
            p * groups.depth,
            array,
            constants,
            target + row * plan.roomyRow,
            plan.roomyRow,
            work);
      }
    }
  }

  private void backUp(int group, int step) {
    int type = groups.type[step];
    double typeReward = plan.outerReward[0][plan.outer - 1][type];
    double[] target = h.target();
    int apart = h.targetApart();
    for (int p = groups.first[group]; p < groups.first[group + 1]; p++) {
      int block = groups.base[p] + type;
      int to = h.takePlace(block, releasedCount > 0 ? released[--releasedCount] : -1);
      kernels.backupPairs(
          plan.blockRows,
          array,
          place(groups.slot[PAIR * step], p, group),
          place(groups.slot[PAIR * step + 1], p, group),
          discount * groups.stepWeight[PAIR * step],
          discount * groups.stepWeight[PAIR * step + 1],
          groups.row,
          groups.rowWeight,
          groups.reward[p] + typeReward - drift,
          plan.rowReward[0],
          plan.lastReward[0],
          target,
          to,
          apart,
          plan.rowLength);
      if (bounding) {
        int from = h.place(block);
        for (int r = 0; r < plan.blockRows; r++) {
          kernels.settle(
              h.array(),
              from + r * plan.storedRow,
              target,
              to + r * apart,
              plan.rowLength,
              extremes);
        }
        release(block);
      }
    }
  }
}
