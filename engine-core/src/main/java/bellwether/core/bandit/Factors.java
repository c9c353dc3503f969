package bellwether.core.bandit;

/**
 * The result of state elimination: pivots in their order, and the rows of U, block by block.
 *
 * <p>States keep positions that change after each block: with m states left and K of them
 * eliminated, those that survive take positions 0..m-K-1 and the block's pivots m-K..m-1, in the
 * order of their elimination. The row of the block's l-th pivot stands in row m-K+l of {@code q};
 * its columns are the positions after the block. Where L is kept, L(x,l) of the block's l-th pivot
 * and a state x eliminated after it stands in column m-K+l of the row of x.
 */
final class Factors {
  final double discount;

  /** State of the k-th pivot. */
  final int[] order;

  /** Index of the k-th pivot. */
  final double[] index;

  /** b of the k-th pivot at its elimination: (1 - delta) (L^-1 1)(k). */
  final double[] b;

  /** q(k) = 1 - delta Q(k,k) at the elimination of the k-th pivot. */
  final double[] denominator;

  /** Rows of Q at their elimination. */
  final EliminationMatrix q;

  /** Pivots of block t are {@code blockStart[t]} .. {@code blockStart[t + 1] - 1}. */
  final int[] blockStart;

  int blocks;

  /** Position of the k-th pivot before its block was compacted. */
  final int[] pivotPosition;

  /** Within block t, entry i of the moves: position {@code moveFrom} went to {@code moveTo}. */
  final int[] moveFrom;

  final int[] moveTo;

  /** Moves of block t start at {@code blockStart[t]}; there are {@code moves[t]}. */
  final int[] moves;

  Factors(int n, double discount, EliminationMatrix q, int maxBlocks) {
    this.discount = discount;
    this.q = q;
    order = new int[n];
    index = new double[n];
    b = new double[n];
    denominator = new double[n];
    pivotPosition = new int[n];
    moveFrom = new int[n];
    moveTo = new int[n];
    blockStart = new int[maxBlocks + 1];
    moves = new int[maxBlocks];
  }

  int states() {
    return order.length;
  }
}
