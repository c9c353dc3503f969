package bellwether.vector;

import bellwether.core.kernel.ModeKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Combinations of two rows of each of one block, two or four blocks: {@link ModeKernels#turnPairs}
 * before the turn. The eight rows come in squares, a vector of each row after the other: that of
 * column u of row i at {@code offset + 8 u + i * lanes}, and where columns are left, one more
 * square of the last ones. Each loop stands in a method too large to be inlined: together with
 * others C2 does not inline its operations, and boxes vectors.
 */
final class VectorPairs {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final int ROWS = ModeKernels.LANES;

  private VectorPairs() {}

  /** Of one block, two rows at a time. */
  static void one(
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
      int offset) {
    int whole = S.loopBound(columns);
    int block0 = offsets[offsetFrom];
    double weight0 = weights[weightFrom];
    for (int i = 0; i < ROWS; i += 2) {
      int e = 2 * (row + i);
      int to = offset + i * W;
      int to2 = to + W;
      int a0 = block0 + from[e];
      int a1 = block0 + from[e + 1];
      double v0 = weight0 * weight[e];
      double v1 = weight0 * weight[e + 1];
      int b0 = block0 + from[e + 2];
      int b1 = block0 + from[e + 3];
      double w0 = weight0 * weight[e + 2];
      double w1 = weight0 * weight[e + 3];
      int u = 0;
      for (; u < whole; u += W) {
        DoubleVector x =
            DoubleVector.fromArray(S, blocks, a0 + u).mul(DoubleVector.broadcast(S, v0));
        DoubleVector y =
            DoubleVector.fromArray(S, blocks, b0 + u).mul(DoubleVector.broadcast(S, w0));
        DoubleVector.fromArray(S, blocks, a1 + u)
            .fma(DoubleVector.broadcast(S, v1), x)
            .intoArray(target, to + ROWS * u);
        DoubleVector.fromArray(S, blocks, b1 + u)
            .fma(DoubleVector.broadcast(S, w1), y)
            .intoArray(target, to2 + ROWS * u);
      }
      if (u < columns) {
        u = columns - W;
        DoubleVector x =
            DoubleVector.fromArray(S, blocks, a0 + u).mul(DoubleVector.broadcast(S, v0));
        DoubleVector y =
            DoubleVector.fromArray(S, blocks, b0 + u).mul(DoubleVector.broadcast(S, w0));
        DoubleVector.fromArray(S, blocks, a1 + u)
            .fma(DoubleVector.broadcast(S, v1), x)
            .intoArray(target, to + ROWS * whole);
        DoubleVector.fromArray(S, blocks, b1 + u)
            .fma(DoubleVector.broadcast(S, w1), y)
            .intoArray(target, to2 + ROWS * whole);
      }
    }
  }

  /** Of two blocks, two rows at a time. */
  static void two(
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
      int offset) {
    int whole = S.loopBound(columns);
    int block0 = offsets[offsetFrom];
    double weight0 = weights[weightFrom];
    int block1 = offsets[offsetFrom + 1];
    double weight1 = weights[weightFrom + 1];
    for (int i = 0; i < ROWS; i += 2) {
      int e = 2 * (row + i);
      int to = offset + i * W;
      int to2 = to + W;
      int a0 = block0 + from[e];
      int a1 = block0 + from[e + 1];
      int a2 = block1 + from[e];
      int a3 = block1 + from[e + 1];
      double v0 = weight0 * weight[e];
      double v1 = weight0 * weight[e + 1];
      double v2 = weight1 * weight[e];
      double v3 = weight1 * weight[e + 1];
      int b0 = block0 + from[e + 2];
      int b1 = block0 + from[e + 3];
      int b2 = block1 + from[e + 2];
      int b3 = block1 + from[e + 3];
      double w0 = weight0 * weight[e + 2];
      double w1 = weight0 * weight[e + 3];
      double w2 = weight1 * weight[e + 2];
      double w3 = weight1 * weight[e + 3];
      int u = 0;
      for (; u < whole; u += W) {
        DoubleVector x =
            DoubleVector.fromArray(S, blocks, a0 + u).mul(DoubleVector.broadcast(S, v0));
        DoubleVector y =
            DoubleVector.fromArray(S, blocks, b0 + u).mul(DoubleVector.broadcast(S, w0));
        x = DoubleVector.fromArray(S, blocks, a1 + u).fma(DoubleVector.broadcast(S, v1), x);
        y = DoubleVector.fromArray(S, blocks, b1 + u).fma(DoubleVector.broadcast(S, w1), y);
        x = DoubleVector.fromArray(S, blocks, a2 + u).fma(DoubleVector.broadcast(S, v2), x);
        y = DoubleVector.fromArray(S, blocks, b2 + u).fma(DoubleVector.broadcast(S, w2), y);
        DoubleVector.fromArray(S, blocks, a3 + u)
            .fma(DoubleVector.broadcast(S, v3), x)
            .intoArray(target, to + ROWS * u);
        DoubleVector.fromArray(S, blocks, b3 + u)
            .fma(DoubleVector.broadcast(S, w3), y)
            .intoArray(target, to2 + ROWS * u);
      }
      if (u < columns) {
        u = columns - W;
        DoubleVector x =
            DoubleVector.fromArray(S, blocks, a0 + u).mul(DoubleVector.broadcast(S, v0));
        DoubleVector y =
            DoubleVector.fromArray(S, blocks, b0 + u).mul(DoubleVector.broadcast(S, w0));
        x = DoubleVector.fromArray(S, blocks, a1 + u).fma(DoubleVector.broadcast(S, v1), x);
        y = DoubleVector.fromArray(S, blocks, b1 + u).fma(DoubleVector.broadcast(S, w1), y);
        x = DoubleVector.fromArray(S, blocks, a2 + u).fma(DoubleVector.broadcast(S, v2), x);
        y = DoubleVector.fromArray(S, blocks, b2 + u).fma(DoubleVector.broadcast(S, w2), y);
        DoubleVector.fromArray(S, blocks, a3 + u)
            .fma(DoubleVector.broadcast(S, v3), x)
            .intoArray(target, to + ROWS * whole);
        DoubleVector.fromArray(S, blocks, b3 + u)
            .fma(DoubleVector.broadcast(S, w3), y)
            .intoArray(target, to2 + ROWS * whole);
      }
    }
  }

  /** Of four blocks. */
  static void four(
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
      int offset) {
    int whole = S.loopBound(columns);
    int block0 = offsets[offsetFrom];
    double weight0 = weights[weightFrom];
    int block1 = offsets[offsetFrom + 1];
    double weight1 = weights[weightFrom + 1];
    int block2 = offsets[offsetFrom + 2];
    double weight2 = weights[weightFrom + 2];
    int block3 = offsets[offsetFrom + 3];
    double weight3 = weights[weightFrom + 3];
    for (int i = 0; i < ROWS; i++) {
      int e = 2 * (row + i);
      int to = offset + i * W;
      int a0 = block0 + from[e];
      int a1 = block0 + from[e + 1];
      int a2 = block1 + from[e];
      int a3 = block1 + from[e + 1];
      int a4 = block2 + from[e];
      int a5 = block2 + from[e + 1];
      int a6 = block3 + from[e];
      int a7 = block3 + from[e + 1];
      double v0 = weight0 * weight[e];
      double v1 = weight0 * weight[e + 1];
      double v2 = weight1 * weight[e];
      double v3 = weight1 * weight[e + 1];
      double v4 = weight2 * weight[e];
      double v5 = weight2 * weight[e + 1];
      double v6 = weight3 * weight[e];
      double v7 = weight3 * weight[e + 1];
      int u = 0;
      for (; u < whole; u += W) {
        DoubleVector x =
            DoubleVector.fromArray(S, blocks, a0 + u).mul(DoubleVector.broadcast(S, v0));
        x = DoubleVector.fromArray(S, blocks, a1 + u).fma(DoubleVector.broadcast(S, v1), x);
        x = DoubleVector.fromArray(S, blocks, a2 + u).fma(DoubleVector.broadcast(S, v2), x);
        x = DoubleVector.fromArray(S, blocks, a3 + u).fma(DoubleVector.broadcast(S, v3), x);
        x = DoubleVector.fromArray(S, blocks, a4 + u).fma(DoubleVector.broadcast(S, v4), x);
        x = DoubleVector.fromArray(S, blocks, a5 + u).fma(DoubleVector.broadcast(S, v5), x);
        x = DoubleVector.fromArray(S, blocks, a6 + u).fma(DoubleVector.broadcast(S, v6), x);
        DoubleVector.fromArray(S, blocks, a7 + u)
            .fma(DoubleVector.broadcast(S, v7), x)
            .intoArray(target, to + ROWS * u);
      }
      if (u < columns) {
        u = columns - W;
        DoubleVector x =
            DoubleVector.fromArray(S, blocks, a0 + u).mul(DoubleVector.broadcast(S, v0));
        x = DoubleVector.fromArray(S, blocks, a1 + u).fma(DoubleVector.broadcast(S, v1), x);
        x = DoubleVector.fromArray(S, blocks, a2 + u).fma(DoubleVector.broadcast(S, v2), x);
        x = DoubleVector.fromArray(S, blocks, a3 + u).fma(DoubleVector.broadcast(S, v3), x);
        x = DoubleVector.fromArray(S, blocks, a4 + u).fma(DoubleVector.broadcast(S, v4), x);
        x = DoubleVector.fromArray(S, blocks, a5 + u).fma(DoubleVector.broadcast(S, v5), x);
        x = DoubleVector.fromArray(S, blocks, a6 + u).fma(DoubleVector.broadcast(S, v6), x);
        DoubleVector.fromArray(S, blocks, a7 + u)
            .fma(DoubleVector.broadcast(S, v7), x)
            .intoArray(target, to + ROWS * whole);
      }
    }
  }
}
