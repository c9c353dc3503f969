package bellwether.core.mdp;

import bellwether.core.kernel.FloatModeKernels;
import java.util.Arrays;

/**
 * How a sweep goes where types move in the same way whatever the action is, each to one of two at
 * most. The outer types but the last make a <em>prefix</em>; prefixes that share successors form a
 * group. For one last outer type u after the other, the blocks (prefix', u) of the prefixes that
 * follow the group's are read from memory, once for the whole group, and averaged for each of its
 * prefixes over the prefix and over one of the two modes within a block. Such averages of a few u
 * are kept, and a block of the image combines four rows of two of them: the average over the last
 * outer mode and over the other mode within a block. So memory is read little more than once, and
 * what is averaged stays in the caches.
 *
 * <p>Averages over a mode are combinations of rows as long as the mode's types are not neighbours
 * in memory. Hence a block is turned between the two modes within it, and lies turned afterwards:
 * sweeps have two {@linkplain BlockSide sides} that take turns.
 *
 * <p>The order in which last outer types are visited is cut into parts, so that there are enough
 * pieces, each a group and a part.
 */
final class NeighbourGroups {
  /** Entries of a row. */
  static final int PAIR = 2;

  /** Rows that are averaged together. */
  private static final int STRIP = RowMode.ROWS;

  /** Outer modes, at most: the number of blocks that are averaged doubles with each. */
  private static final int MOST_OUTER = 4;

  /** Last outer types whose averages are kept. */
  private static final int WINDOW = 5;

  /** Doubles of averages that are kept: a part of the second and third cache. */
  private static final int KEPT = 1 << 18;

  /** The least largest reward that makes a unit for single precision, and one over the largest. */
  private static final double LEAST_ROUGH = 1e-200;

  private static final int FEWEST_PREFIXES = 2;
  private static final int MOST_PREFIXES = 8;

  /** Pieces, at least, where there are so many blocks; their number is a multiple of the next. */
  private static final int PIECES = 16;

  private static final int EVEN = 8;

  private static final int PIECES_PER_THREAD = 4;

  /** Last outer types of a part beyond those pieces, at least: each begins with nothing kept. */
  private static final int SHORTEST_PART = 8;

  /** Blocks that are averaged for a prefix. */
  final int depth;

  /** In visiting order, by prefix: its first block, and rewards [action][prefix]. */
  final int[] base;

  final double[][] reward;

  /** By prefix, {@link #depth} each: the first blocks of those that are averaged, and weights. */
  final int[] source;

  final double[] weight;

  /** Group g has the prefixes from first[g] to first[g+1] - 1. */
  final int[] first;

  /** Prefixes of a group, at most. */
  final int most;

  /** By group: the different ones of its prefixes' sources, in the order of their first use. */
  final int[][] sources;

  /**
   * In which order groups are taken: each far from the ones before it. Neighbours share sources,
   * and threads that read the same blocks at the same time have lines in common that one then
   * writes.
   */
  final int[] turn;

  /** Where the types of the two modes within a block are in it: types that share rows are near. */
  final int[] rowPlace;

  final int[] columnPlace;

  /** Blocks of doubles, and of floats. */
  final BlockShape doubles;

  final BlockShape floats;

  final OuterSteps steps;
  private final int blocks;

  NeighbourGroups(ProductPlan plan, TypeTransition lastMatrix) {
    int outer = plan.outer;
    int last = outer - 1;
    depth = 1 << last;
    int prefixes = plan.blocks / plan.size[last];
    base = new int[prefixes];
    reward = new double[plan.model.actions()][prefixes];
    source = new int[prefixes * depth];
    weight = new double[prefixes * depth];
    for (int p = 0; p < prefixes; p++) {
      prefix(plan, p);
    }
    TypeTransition rowMatrix = plan.model.agent(outer).transition(0);
    rowPlace = BlockSide.places(rowMatrix);
    columnPlace = BlockSide.places(lastMatrix);
    doubles = shape(plan, rowMatrix, lastMatrix, Workspace.DOUBLES);
    floats = shape(plan, rowMatrix, lastMatrix, Workspace.FLOATS);
    int slots = Math.min(WINDOW, plan.size[last]);
    long together =
        Math.clamp(KEPT / ((long) slots * doubles.stored()), FEWEST_PREFIXES, MOST_PREFIXES);
    int groups = (int) Math.ceilDiv(prefixes, together);
    if (groups > 1) {
      groups = Math.max(groups, Math.min(prefixes, PIECES));
      groups = Math.min(prefixes, Math.ceilDiv(groups, EVEN) * EVEN);
    }
    first = new int[groups + 1];
    sources = new int[groups][];
    int largest = 0;
    for (int g = 0; g < groups; g++) {
      first[g + 1] = (int) ((long) prefixes * (g + 1) / groups);
      largest = Math.max(largest, first[g + 1] - first[g]);
      sources[g] =
          Arrays.stream(source, first[g] * depth, first[g + 1] * depth).distinct().toArray();
    }
    most = largest;
    turn = farApart(groups);
    steps =
        new OuterSteps(plan.step(0, last), plan.order[last], parts(groups, plan.size[last]), slots);
    blocks = plan.blocks;
  }

  private BlockShape shape(
      ProductPlan plan, TypeTransition rowMatrix, TypeTransition lastMatrix, int line) {
    return BlockShape.of(
        line,
        BlockSide.both(
            line, rowMatrix, rowPlace, plan.rowReward, lastMatrix, columnPlace, plan.lastReward));
  }

  /** Whether a model whose actions are alike is made for this. */
  static boolean suit(ProductMdp model, int lastMode, TypeTransition last, ProductLayout layout) {
    int rows = lastMode - 1;
    if (rows < 1 || rows > MOST_OUTER) {
      return false;
    }
    int blockRows = model.agent(rows).types();
    if (blockRows < STRIP
        || last.types() < STRIP
        || (long) blockRows * last.types() > layout.block()
        || !BlockShape.fits(
            model.states() / ((long) blockRows * last.types()),
            BlockSide.stored(blockRows, last.types(), Workspace.DOUBLES),
            Workspace.DOUBLES)
        || last.stays()
        || last.longestRow() > PAIR) {
      return false;
    }
    for (int j = 0; j <= rows; j++) {
      TypeTransition p = model.agent(j).transition(0);
      if (p.stays() || p.longestRow() > PAIR) {
        return false;
      }
    }
    return true;
  }

  /** Whether a model that suits can be swept in single precision, and is worth it. */
  static boolean suitRough(ProductMdp model, int rows, int columns, ProductLayout layout) {
    double largest = model.largestReward();
    return model.states() >= layout.rough()
        && Math.min(rows, columns) >= FloatModeKernels.LANES
        && largest > LEAST_ROUGH
        && largest < 1 / LEAST_ROUGH
        && BlockShape.fits(
            model.states() / ((long) rows * columns),
            BlockSide.stored(rows, columns, Workspace.FLOATS),
            Workspace.FLOATS);
  }

  /**
   * Into how many parts the last outer types are cut: there shall be work for all threads, and with
   * many of them they shall end at about the same time.
   */
  private static int parts(int groups, int types) {
    int even = PIECES_PER_THREAD * Runtime.getRuntime().availableProcessors();
    return Math.max(
        Math.ceilDiv(PIECES, groups), Math.min(Math.ceilDiv(even, groups), types / SHORTEST_PART));
  }

  /**
   * 0, ..., n - 1 in the order of van der Corput's (1935) sequence: 0, n / 2, n / 4, 3 n / 4, ...
   */
  private static int[] farApart(int n) {
    long[] reversed = new long[n];
    for (int k = 0; k < n; k++) {
      reversed[k] = ((long) Integer.reverse(k) & 0xFFFFFFFFL) << 31 | k;
    }
    Arrays.sort(reversed);
    int[] order = new int[n];
    for (int rank = 0; rank < n; rank++) {
      order[(int) (reversed[rank] & Integer.MAX_VALUE)] = rank;
    }
    return order;
  }

  int pieces() {
    return (first.length - 1) * steps.parts();
  }

  /** By block: how many pieces read it. */
  int[] readers() {
    int types = steps.type.length;
    int[] groupsOf = new int[blocks];
    for (int[] some : sources) {
      for (int b : some) {
        groupsOf[b]++;
      }
    }
    int[] partsOf = steps.readers();
    int[] readers = new int[blocks];
    for (int b = 0; b < blocks; b++) {
      readers[b] = groupsOf[b / types * types] * partsOf[b % types];
    }
    return readers;
  }

  /** The p-th prefix in visiting order: the last of its types changes fastest. */
  private void prefix(ProductPlan plan, int p) {
    int from = p * depth;
    weight[from] = 1;
    for (int a = 0; a < reward.length; a++) {
      reward[a][p] = plan.sign * plan.model.designerValue(a);
    }
    int rest = p;
    int[] types = new int[plan.outer - 1];
    for (int j = types.length - 1; j >= 0; j--) {
      types[j] = plan.order[j][rest % plan.size[j]];
      rest /= plan.size[j];
    }
    int count = 1;
    for (int j = 0; j < types.length; j++) {
      ProductPlan.ModeStep step = plan.step(0, j);
      int t = types[j];
      base[p] += t * (plan.stride[j] / plan.blockSize);
      for (int a = 0; a < reward.length; a++) {
        reward[a][p] += plan.outerReward[a][j][t];
      }
      int one = step.start[t];
      int two = step.start[t + 1] - 1;
      for (int i = count - 1; i >= 0; i--) {
        int at = from + i;
        source[from + PAIR * i + 1] = source[at] + step.offset[two] / plan.blockSize;
        weight[from + PAIR * i + 1] = two > one ? weight[at] * step.weight[two] : 0;
        source[from + PAIR * i] = source[at] + step.offset[one] / plan.blockSize;
        weight[from + PAIR * i] = weight[at] * step.weight[one];
      }
      count *= PAIR;
    }
  }
}
