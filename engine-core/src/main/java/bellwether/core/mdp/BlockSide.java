package bellwether.core.mdp;

import java.util.Arrays;

/**
 * A sweep within the blocks of {@link NeighbourGroups}: from blocks with rows and columns to blocks
 * with rows that were columns. Types stand in an order in which those that share successors are
 * near: rows that are combined are still in the first cache.
 */
final class BlockSide {
  /** Rows of two blocks that the first cache has beside others. */
  private static final int ROWS_AT_HAND = 12;

  /** One over the room in rows that costs little. */
  private static final int DOUBLE_ROOM = 8;

  private static final int FLOAT_ROOM = 5;

  /** Successors of a row, or the same one twice, the second without weight. */
  private static final int PAIR = NeighbourGroups.PAIR;

  final int rows;
  final int columns;

  /** Numbers between rows, and between those of the image. */
  final int apart;

  final int imageApart;

  /** Columns, and those of the image, with those beyond them in roomy rows. */
  final int width;

  final int imageWidth;

  /** By row, two each: where rows begin that follow it, and weights. */
  final int[] row;

  final double[] rowWeight;

  /** By row of the image, two each: where rows of an average begin, and weights. */
  final int[] imageRow;

  final double[] imageWeight;

  /** By action, and by row and column of the image. */
  final double[][] rowReward;

  final double[][] columnReward;

  private final int line;

  private BlockSide(Mode rowMode, Mode columnMode, int line) {
    this.line = line;
    rows = rowMode.types;
    columns = columnMode.types;
    apart = apart(columns, line);
    imageApart = apart(rows, line);
    width = apart == Workspace.lines(columns, line) ? apart : columns;
    imageWidth = imageApart == Workspace.lines(rows, line) ? imageApart : rows;
    row = rowMode.offsets(apart);
    rowWeight = rowMode.weight;
    imageRow = columnMode.offsets(imageApart);
    imageWeight = columnMode.weight;
    rowReward = columnMode.reward;
    columnReward = rowMode.reward;
  }

  /**
   * The two sides: from blocks with the rows and columns of the joint vector, and from turned ones.
   *
   * @param line numbers of a cache line
   * @param rowPlace where the types of the rows are, {@link #places}
   */
  static BlockSide[] both(
      int line,
      TypeTransition rowMatrix,
      int[] rowPlace,
      double[][] rowReward,
      TypeTransition columnMatrix,
      int[] columnPlace,
      double[][] columnReward) {
    Mode rows = new Mode(rowMatrix, rowPlace, rowReward, line);
    Mode columns = new Mode(columnMatrix, columnPlace, columnReward, line);
    return new BlockSide[] {new BlockSide(rows, columns, line), new BlockSide(columns, rows, line)};
  }

  /** Where the types of a mode within a block are in it. */
  static int[] places(TypeTransition p) {
    int[] order = VisitingOrder.of(ROWS_AT_HAND, p);
    int[] place = new int[order.length];
    for (int k = 0; k < order.length; k++) {
      place[order[k]] = k;
    }
    return place;
  }

  /** Numbers between rows of a block: room up to a cache line where that costs little. */
  private static int apart(int length, int line) {
    int roomy = Workspace.lines(length, line);
    int most = length / (line == Workspace.FLOATS ? FLOAT_ROOM : DOUBLE_ROOM);
    return roomy - length <= most ? roomy : length;
  }

  /** Numbers of averages over the rows, turned: {@link #width} rows. */
  int averaged() {
    return Workspace.lines(width * imageApart, line);
  }

  /** Numbers of a block, turned or not. */
  static int stored(int rows, int columns, int line) {
    return Workspace.lines(
        Math.max(rows * apart(columns, line), columns * apart(rows, line)), line);
  }

  /** A mode within a block: two successors each, and rewards. */
  private static final class Mode {
    final int types;
    final int[] successor;
    final double[] weight;
    final double[][] reward;

    Mode(TypeTransition p, int[] place, double[][] rewards, int line) {
      types = p.types();
      reward = new double[rewards.length][Workspace.lines(types, line)];
      successor = new int[PAIR * types];
      weight = new double[PAIR * types];
      for (int t = 0; t < types; t++) {
        int one = p.start(t);
        int two = p.start(t + 1) - 1;
        int at = PAIR * place[t];
        successor[at] = place[p.successor(one)];
        successor[at + 1] = place[p.successor(two)];
        weight[at] = p.probability(one);
        weight[at + 1] = two > one ? p.probability(two) : 0;
        for (int a = 0; a < rewards.length; a++) {
          reward[a][place[t]] = rewards[a][t];
        }
      }
    }

    /** Where successors begin if rows are so far apart. */
    int[] offsets(int apart) {
      return Arrays.stream(successor).map(u -> u * apart).toArray();
    }
  }
}
