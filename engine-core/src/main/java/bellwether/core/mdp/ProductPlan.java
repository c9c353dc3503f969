package bellwether.core.mdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A product model as a sweep sees it: modes instead of agents, small agents at the end fused to one
 * mode. The joint vector falls into <em>blocks</em>, each the states that share the types of the
 * outer modes; a block has rows, each the states that differ in the last mode only.
 */
final class ProductPlan {
  /** Parts of the joint vector, of the states that share an outer type, in the third cache. */
  private static final int SLABS = 2;

  /** Blocks in the second cache. */
  private static final int BLOCKS = 5;

  /** Doubles of a piece, about, where there are enough blocks. */
  private static final int PIECE = 1 << 20;

  /** Pieces that small models are cut into. */
  private static final int PIECES = 16;

  final ProductMdp model;
  final double sign;

  /** By mode: types, and how far neighbours are apart in the joint vector. */
  final int[] size;

  final int[] stride;

  /** Modes before those of a block. */
  final int outer;

  final int rowLength;
  final int blockRows;
  final int blockSize;

  /** A row and a block with the room that kernels need. */
  final int roomyRow;

  final int roomyBlock;

  /** Combinations of outer types. */
  final int blocks;

  /** Actions under which all agents move in the same way, increasing; by the lowest of them. */
  final int[][] alike;

  /** [action][mode]: how the mode moves; null where it stays, and for the last mode. */
  final @Nullable ModeStep[][] step;

  /** [action]: how the last mode moves; null where it stays. */
  final @Nullable RowMode[] last;

  /** [action][outer mode][type]: rewards with the objective's sign, -infinity if not allowed. */
  final double[][][] outerReward;

  /** [action][row of a block]: what modes within a block but the last add. */
  final double[][] rowReward;

  /** [action][type of the last mode]. */
  final double[][] lastReward;

  /** By outer mode: the order in which its types are visited. */
  final int[][] order;

  /** Blocks that are made together, where rows are narrow enough for that. */
  final @Nullable NeighbourGroups groups;

  /** Whether early sweeps can be made in single precision. */
  final boolean rough;

  /** Pieces of a sweep, for threads to share. */
  final int pieces;

  /**
   * Without groups: blocks fall into runs that differ in the last outer type; a piece is some runs,
   * or one of the parts of a run.
   */
  final int runs;

  final int runsAPiece;
  final int parts;

  /** How far an expectation's rounding errors go, in units of the size of what is averaged. */
  final double roundings;

  /** The same in single precision, in which weights are rounded once more. */
  final double roughRoundings;

  ProductPlan(ProductMdp model, double sign, ProductLayout layout) {
    this.model = model;
    this.sign = sign;
    int agents = model.agents();
    int first = firstFused(model, layout);
    int row = lastTypes(model, first);
    int modes = first + 1;
    rowLength = row;
    size = new int[modes];
    stride = new int[modes];
    for (int j = 0; j < first; j++) {
      size[j] = model.agent(j).types();
      stride[j] = model.stride(j);
    }
    size[first] = row;
    stride[first] = 1;
    int inner = first;
    int block = row;
    boolean narrow = narrow(model, first, layout);
    while (inner > 0
        && (long) block * size[inner - 1] <= layout.block()
        && !(narrow && inner < first)) {
      inner--;
      block *= size[inner];
    }
    outer = inner;
    blockSize = block;
    blockRows = block / row;
    blocks = model.states() / block;
    int actions = model.actions();
    step = new ModeStep[actions][modes];
    last = new RowMode[actions];
    outerReward = new double[actions][outer][];
    rowReward = new double[actions][blockRows];
    lastReward = new double[actions][row];
    double most = 0;
    double sums = 0;
    alike = alike(model);
    for (int[] same : alike) {
      int a = same[0];
      double count = 0;
      double sumError = 0;
      for (int j = 0; j < first; j++) {
        TypeTransition p = model.agent(j).transition(a);
        if (!p.stays()) {
          step[a][j] = new ModeStep(p, stride[j]);
          count += p.longestRow() + 3;
          sumError += p.rowSumError();
        }
      }
      TypeTransition p = lastMatrix(model, first, a);
      if (!p.stays()) {
        last[a] = RowMode.of(p, layout.denseShare());
        count += p.longestRow() + 3;
        sumError += p.rowSumError();
        for (int i = first; i < agents; i++) {
          sumError += model.agent(i).transition(a).rowSumError();
          count += 1;
        }
      }
      most = Math.max(most, count);
      sums = Math.max(sums, sumError);
      for (int other : same) {
        step[other] = step[a];
        last[other] = last[a];
        fillRewards(other, first);
      }
    }
    int room = Workspace.lines(rowLength, Workspace.DOUBLES);
    for (RowMode mode : last) {
      room = Math.max(room, mode == null ? 0 : mode.room());
    }
    roomyRow = room;
    int rows = (blockRows + RowMode.ROWS - 1) / RowMode.ROWS * RowMode.ROWS;
    roomyBlock = Math.multiplyExact(rows, roomyRow);
    for (ModeStep[] steps : step) {
      for (int j = outer; j < first; j++) {
        if (steps[j] != null) {
          steps[j].spread(roomyRow, rowLength);
        }
      }
    }
    roundings = ((most + 8) * 0x1p-53 + sums) * (1 + 1e-6);
    roughRoundings = ((most + 12) * 0x1p-24 + sums) * (1 + 1e-6);
    order = new int[outer][];
    for (int j = 0; j < outer; j++) {
      order[j] = VisitingOrder.of(model, j, j == outer - 1 ? BLOCKS : SLABS);
    }
    groups = narrow ? new NeighbourGroups(this, lastMatrix(model, first, 0)) : null;
    rough = narrow && NeighbourGroups.suitRough(model, blockRows, rowLength, layout);
    int last = outer > 0 ? size[outer - 1] : 1;
    long share = Math.max(1, Math.min(PIECE / blockSize, blocks / PIECES));
    runs = blocks / last;
    parts = (int) Math.ceilDiv(last, share);
    runsAPiece = (int) Math.max(1, share / last);
    pieces = groups == null ? Math.ceilDiv(runs, runsAPiece) * parts : groups.pieces();
  }

  /**
   * Bytes that a solve takes beside the agents' matrices.
   *
   * @param discounted whether there is time for sweeps in single precision
   */
  static double bytes(ProductMdp model, ProductLayout layout, boolean discounted) {
    int first = firstFused(model, layout);
    double states = model.states();
    if (!narrow(model, first, layout)) {
      return ProductMdp.bytes(states);
    }
    int row = lastTypes(model, first);
    int rows = model.agent(first - 1).types();
    long blocks = model.states() / ((long) rows * row);
    double slots = Double.BYTES * slots(blocks, rows, row, Workspace.DOUBLES);
    double floats = 0;
    if (discounted && NeighbourGroups.suitRough(model, rows, row, layout)) {
      floats = Float.BYTES * slots(blocks, rows, row, Workspace.FLOATS);
    }
    // Beside the slots: at first those of floats; at the end values by joint state, and choices.
    double choices = model.actions() > 1 ? Integer.BYTES * states : 0;
    return slots + Math.max(floats, Double.BYTES * states + choices);
  }

  private static double slots(long blocks, int rows, int row, int line) {
    return BlockShape.slots(blocks, BlockSide.stored(rows, row, line), line);
  }

  /** The first of the agents at the end that are taken together. */
  private static int firstFused(ProductMdp model, ProductLayout layout) {
    int first = model.agents() - 1;
    long row = model.agent(first).types();
    while (first > 0
        && row < layout.row()
        && row * model.agent(first - 1).types() <= layout.fused()) {
      first--;
      row *= model.agent(first).types();
    }
    return first;
  }

  private static int lastTypes(ProductMdp model, int first) {
    int types = 1;
    for (int i = first; i < model.agents(); i++) {
      types *= model.agent(i).types();
    }
    return types;
  }

  private static boolean narrow(ProductMdp model, int first, ProductLayout layout) {
    return alike(model).length == 1
        && NeighbourGroups.suit(model, first, lastMatrix(model, first, 0), layout);
  }

  private static int[][] alike(ProductMdp model) {
    List<int[]> classes = new ArrayList<>();
    for (int a = 0; a < model.actions(); a++) {
      int k = 0;
      while (k < classes.size() && !same(model, classes.get(k)[0], a)) {
        k++;
      }
      if (k == classes.size()) {
        classes.add(new int[] {a});
      } else {
        int[] longer = Arrays.copyOf(classes.get(k), classes.get(k).length + 1);
        longer[longer.length - 1] = a;
        classes.set(k, longer);
      }
    }
    return classes.toArray(int[][]::new);
  }

  private static boolean same(ProductMdp model, int one, int other) {
    for (int i = 0; i < model.agents(); i++) {
      if (!model.agent(i).transition(one).same(model.agent(i).transition(other))) {
        return false;
      }
    }
    return true;
  }

  /** How the agents from a given one on move together. */
  private static TypeTransition lastMatrix(ProductMdp model, int first, int action) {
    TypeTransition p = model.agent(first).transition(action);
    for (int i = first + 1; i < model.agents(); i++) {
      p = TypeTransition.both(p, model.agent(i).transition(action));
    }
    return p;
  }

  /** How a mode moves that does, and is not the last. */
  ModeStep step(int action, int mode) {
    return Objects.requireNonNull(step[action][mode]);
  }

  private void fillRewards(int action, int first) {
    for (int j = 0; j < outer; j++) {
      outerReward[action][j] = rewards(j, action);
    }
    for (int j = outer; j < first; j++) {
      double[] one = rewards(j, action);
      int apart = stride[j] / rowLength;
      for (int r = 0; r < blockRows; r++) {
        rowReward[action][r] += one[r / apart % size[j]];
      }
    }
    for (int i = first; i < model.agents(); i++) {
      double[] one = rewards(i, action);
      for (int t = 0; t < rowLength; t++) {
        lastReward[action][t] += one[t / model.stride(i) % one.length];
      }
    }
  }

  private double[] rewards(int i, int action) {
    ProductAgent agent = model.agent(i);
    double[] reward = new double[agent.types()];
    for (int t = 0; t < reward.length; t++) {
      reward[t] =
          agent.allows(action, t) ? sign * agent.value(action, t) : Double.NEGATIVE_INFINITY;
    }
    return reward;
  }

  /** The matrix of a mode that is not the last, entry by entry. */
  static final class ModeStep {
    /** Row t has entries start[t] to start[t + 1] - 1. */
    final int[] start;

    final int[] successor;

    /** By entry: where the successor lies in the joint vector. */
    final int[] offset;

    final double[] weight;
    final int longestRow;

    /** The offsets for rows that are so far apart, where that was asked for. */
    private int[] spread = new int[0];

    private int spreadApart;

    ModeStep(TypeTransition p, int stride) {
      start = new int[p.types() + 1];
      successor = new int[p.entries()];
      offset = new int[p.entries()];
      weight = new double[p.entries()];
      longestRow = p.longestRow();
      for (int t = 0; t < p.types(); t++) {
        start[t + 1] = p.start(t + 1);
        for (int e = p.start(t); e < p.start(t + 1); e++) {
          successor[e] = p.successor(e);
          offset[e] = successor[e] * stride;
          weight[e] = p.probability(e);
        }
      }
    }

    /** Where successors lie if rows are so far apart instead of one after the other. */
    int[] offsets(int apart, int rowLength) {
      if (apart == rowLength) {
        return offset;
      }
      if (spreadApart != apart) {
        throw new IllegalStateException();
      }
      return spread;
    }

    /** Prepares {@link #offsets}. */
    void spread(int apart, int rowLength) {
      spreadApart = apart;
      spread = new int[offset.length];
      for (int e = 0; e < offset.length; e++) {
        spread[e] = offset[e] / rowLength * apart;
      }
    }
  }
}
