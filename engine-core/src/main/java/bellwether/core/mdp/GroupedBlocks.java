package bellwether.core.mdp;

import java.util.Arrays;

/** Backs up the blocks of {@link NeighbourGroups}, group by group. */
abstract sealed class GroupedBlocks extends ProductPieces permits DoubleBlocks, FloatBlocks {
  private static final int PAIR = NeighbourGroups.PAIR;

  final NeighbourGroups groups;
  final OuterSteps steps;

  /** Averages: of prefix i of a group in slot s from {@code kept + (s * most + i) * keptBlock}. */
  private final int kept;

  private final int keptBlock;

  /** Rows that are turned together. */
  private final int strip;

  final int work;

  /** By action: its reward in a block, but for rows and columns. */
  final double[] constant;

  final boolean large;

  /** Where the blocks begin that are averaged, {@link NeighbourGroups#depth} for each prefix. */
  final int[] offsets;

  BlockSide side;

  private final BlockVectors h;

  /** Where blocks were that nothing reads any more, the latest last. */
  private int[] released = new int[16];

  private int releasedCount;

  GroupedBlocks(
      ProductPlan plan, BlockVectors vectors, double discount, Workspace workspace, int strip) {
    super(plan, discount);
    h = vectors;
    groups = vectors.groups();
    steps = groups.steps;
    large = plan.model.states() >= Workspace.LARGE_MODEL;
    this.strip = strip;
    keptBlock = vectors.shape.averaged();
    kept = workspace.reserve(Math.multiplyExact(steps.slots * groups.most, keptBlock));
    work = workspace.reserve(strip * Workspace.lines(widest(), vectors.shape.line()));
    constant = new double[plan.model.actions()];
    offsets = new int[groups.most * groups.depth];
    side = h.side();
  }

  /** Rows or columns of a block, whichever are more. */
  final int widest() {
    return Math.max(plan.blockRows, plan.rowLength);
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
    for (int r = 0; r < side.rows; r += strip) {
      // The last strip ends with the block: some of its rows are made twice.
      int row = Math.min(r, side.rows - strip);
      for (int p = first; p < end; p++) {
        turn((p - first) * depth, p * depth, row, place(slot, p, group) + row);
      }
    }
  }

  /**
   * Averages a strip and turns it.
   *
   * @param offset where its blocks are in {@link #offsets}
   * @param source where their weights are in those of the groups
   */
  abstract void turn(int offset, int source, int row, int target);

  private void backUp(int group, int step) {
    int type = steps.type[step];
    int one = steps.slot[PAIR * step];
    int two = steps.slot[PAIR * step + 1];
    for (int p = groups.first[group]; p < groups.first[group + 1]; p++) {
      int block = groups.base[p] + type;
      int to = h.takePlace(block, releasedCount > 0 ? released[--releasedCount] : -1);
      for (int a = 0; a < constant.length; a++) {
        double typeReward = plan.outerReward[a][plan.outer - 1][type];
        constant[a] = groups.reward[a][p] + typeReward - drift;
      }
      backUp(step, place(one, p, group), place(two, p, group), to);
      if (bounding) {
        int before = h.place(block);
        touch(before);
        settle(before, to);
        release(block);
      }
      if (constant.length > 1 && policy.length > 0) {
        choose(block, to);
      }
    }
  }

  /** Backs up a block from the averages of two. */
  abstract void backUp(int step, int one, int two, int to);

  /** Looks at a block and its image. */
  abstract void settle(int block, int image);

  /** The lowest action whose reward is as good as the best, of each state of a block. */
  abstract void choose(int block, int image);

  /** Reads a block in one run, before it is read here and there. */
  abstract void touch(int place);
}
