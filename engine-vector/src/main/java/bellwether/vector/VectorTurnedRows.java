package bellwether.vector;

import bellwether.core.kernel.ModeKernels;
import jdk.incubator.vector.DoubleVector;

/** Kernels of {@link VectorModes} that turn strips of eight rows, put together from their parts. */
final class VectorTurnedRows {
  private static final int W = DoubleVector.SPECIES_PREFERRED.length();
  private static final int LANES = ModeKernels.LANES;

  private VectorTurnedRows() {}

  /** {@link ModeKernels#turnPairs} of as many columns as rows at least. */
  static void combine(
      int depth,
      double[] blocks,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      int[] from,
      double[] weight,
      int row,
      int columns,
      double[] target,
      int targetOffset,
      int targetApart,
      double[] work,
      int workOffset) {
    rows(
        depth,
        blocks,
        offsets,
        offsetFrom,
        weights,
        weightFrom,
        from,
        weight,
        row,
        columns,
        work,
        workOffset);
    if (W == LANES) {
      VectorSquares.turn(columns, work, workOffset, target, targetOffset, targetApart);
    } else if (2 * W == LANES) {
      VectorHalfTurn.squares(columns, work, workOffset, target, targetOffset, targetApart);
    } else {
      turn(columns, work, workOffset, target, targetOffset, targetApart);
    }
  }

  /** The rows before they are turned. */
  private static void rows(
      int depth,
      double[] blocks,
      int[] offsets,
      int o,
      double[] weights,
      int w,
      int[] from,
      double[] weight,
      int row,
      int columns,
      double[] x,
      int to) {
    if (depth == 1) {
      VectorPairs.one(blocks, offsets, o, weights, w, from, weight, row, columns, x, to);
      return;
    }
    int l;
    if (depth < 4) {
      VectorPairs.two(blocks, offsets, o, weights, w, from, weight, row, columns, x, to);
      l = 2;
    } else {
      VectorPairs.four(blocks, offsets, o, weights, w, from, weight, row, columns, x, to);
      l = 4;
    }
    for (; l + 2 <= depth; l += 2) {
      VectorAdd.two(l, blocks, offsets, o, weights, w, from, weight, row, columns, x, to);
    }
    if (l < depth) {
      VectorAdd.one(l, blocks, offsets, o, weights, w, from, weight, row, columns, x, to);
    }
  }

  /** Turns the squares of {@link VectorPairs}, number by number. */
  private static void turn(
      int columns, double[] x, int xOffset, double[] target, int targetOffset, int targetApart) {
    for (int square = 0; square < columns; square += W) {
      int u = Math.min(square, columns - W);
      for (int k = 0; k < W; k++) {
        int at = xOffset + LANES * square + k;
        int to = targetOffset + (u + k) * targetApart;
        for (int i = 0; i < LANES; i++) {
          target[to + i] = x[at + i * W];
        }
      }
    }
  }

  /**
   * {@link ModeKernels#settleTurned} with registers of four lanes at least, of as many rows and
   * columns as a strip has rows at least.
   */
  static void settle(
      int rows,
      int columns,
      double[] old,
      int oldOffset,
      int oldApart,
      double[] out,
      int outOffset,
      int outApart,
      double[] extremes,
      double[] work,
      int workOffset) {
    for (int r = 0; r < rows; r += LANES) {
      // The last strip ends with the rows: some of them are looked at twice.
      int row = Math.min(r, rows - LANES);
      int from = oldOffset + row * oldApart;
      int to = outOffset + row;
      if (W == LANES) {
        VectorTurn.turn(columns, old, from, oldApart, work, workOffset);
        VectorSettleTurned.columns(columns, work, workOffset, out, to, outApart, extremes);
      } else {
        VectorHalfTurn.rows(columns, old, from, oldApart, work, workOffset);
        VectorHalfSettle.columns(columns, work, workOffset, out, to, outApart, extremes);
      }
    }
  }
}
