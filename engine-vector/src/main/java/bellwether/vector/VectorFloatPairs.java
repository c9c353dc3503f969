package bellwether.vector;

import bellwether.core.kernel.FloatModeKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Combinations of two rows of each of one block, two or four blocks: {@link
 * FloatModeKernels#turnPairs} before the turn. The sixteen rows come in squares, a vector of each
 * row after the other: that of column u of row i at {@code offset + 16 u + i * lanes}, and where
 * columns are left, one more square of the last ones. Each loop stands in a method too large to be
 * inlined: together with others C2 does not inline its operations, and boxes vectors.
 */
final class VectorFloatPairs {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final int ROWS = FloatModeKernels.LANES;

  private VectorFloatPairs() {}

  /** Of one block, two rows at a time. */
  static void one(
      float[] blocks,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      int[] from,
      double[] weight,
      int row,
      int columns,
      float[] target,
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
      float v0 = (float) (weight0 * weight[e]);
      float v1 = (float) (weight0 * weight[e + 1]);
      int b0 = block0 + from[e + 2];
      int b1 = block0 + from[e + 3];
      float w0 = (float) (weight0 * weight[e + 2]);
      float w1 = (float) (weight0 * weight[e + 3]);
      int u = 0;
      for (; u < whole; u += W) {
        FloatVector x = FloatVector.fromArray(S, blocks, a0 + u).mul(FloatVector.broadcast(S, v0));
        FloatVector y = FloatVector.fromArray(S, blocks, b0 + u).mul(FloatVector.broadcast(S, w0));
        FloatVector.fromArray(S, blocks, a1 + u)
            .fma(FloatVector.broadcast(S, v1), x)
            .intoArray(target, to + ROWS * u);
        FloatVector.fromArray(S, blocks, b1 + u)
            .fma(FloatVector.broadcast(S, w1), y)
            .intoArray(target, to2 + ROWS * u);
      }
      if (u < columns) {
        u = columns - W;
        FloatVector x = FloatVector.fromArray(S, blocks, a0 + u).mul(FloatVector.broadcast(S, v0));
        FloatVector y = FloatVector.fromArray(S, blocks, b0 + u).mul(FloatVector.broadcast(S, w0));
        FloatVector.fromArray(S, blocks, a1 + u)
            .fma(FloatVector.broadcast(S, v1), x)
            .intoArray(target, to + ROWS * whole);
        FloatVector.fromArray(S, blocks, b1 + u)
            .fma(FloatVector.broadcast(S, w1), y)
            .intoArray(target, to2 + ROWS * whole);
      }
    }
  }

  /** Of two blocks, two rows at a time. */
  static void two(
      float[] blocks,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      int[] from,
      double[] weight,
      int row,
      int columns,
      float[] target,
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
      float v0 = (float) (weight0 * weight[e]);
      float v1 = (float) (weight0 * weight[e + 1]);
      float v2 = (float) (weight1 * weight[e]);
      float v3 = (float) (weight1 * weight[e + 1]);
      int b0 = block0 + from[e + 2];
      int b1 = block0 + from[e + 3];
      int b2 = block1 + from[e + 2];
      int b3 = block1 + from[e + 3];
      float w0 = (float) (weight0 * weight[e + 2]);
      float w1 = (float) (weight0 * weight[e + 3]);
      float w2 = (float) (weight1 * weight[e + 2]);
      float w3 = (float) (weight1 * weight[e + 3]);
      int u = 0;
      for (; u < whole; u += W) {
        FloatVector x = FloatVector.fromArray(S, blocks, a0 + u).mul(FloatVector.broadcast(S, v0));
        FloatVector y = FloatVector.fromArray(S, blocks, b0 + u).mul(FloatVector.broadcast(S, w0));
        x = FloatVector.fromArray(S, blocks, a1 + u).fma(FloatVector.broadcast(S, v1), x);
        y = FloatVector.fromArray(S, blocks, b1 + u).fma(FloatVector.broadcast(S, w1), y);
        x = FloatVector.fromArray(S, blocks, a2 + u).fma(FloatVector.broadcast(S, v2), x);
        y = FloatVector.fromArray(S, blocks, b2 + u).fma(FloatVector.broadcast(S, w2), y);
        FloatVector.fromArray(S, blocks, a3 + u)
            .fma(FloatVector.broadcast(S, v3), x)
            .intoArray(target, to + ROWS * u);
        FloatVector.fromArray(S, blocks, b3 + u)
            .fma(FloatVector.broadcast(S, w3), y)
            .intoArray(target, to2 + ROWS * u);
      }
      if (u < columns) {
        u = columns - W;
        FloatVector x = FloatVector.fromArray(S, blocks, a0 + u).mul(FloatVector.broadcast(S, v0));
        FloatVector y = FloatVector.fromArray(S, blocks, b0 + u).mul(FloatVector.broadcast(S, w0));
        x = FloatVector.fromArray(S, blocks, a1 + u).fma(FloatVector.broadcast(S, v1), x);
        y = FloatVector.fromArray(S, blocks, b1 + u).fma(FloatVector.broadcast(S, w1), y);
        x = FloatVector.fromArray(S, blocks, a2 + u).fma(FloatVector.broadcast(S, v2), x);
        y = FloatVector.fromArray(S, blocks, b2 + u).fma(FloatVector.broadcast(S, w2), y);
        FloatVector.fromArray(S, blocks, a3 + u)
            .fma(FloatVector.broadcast(S, v3), x)
            .intoArray(target, to + ROWS * whole);
        FloatVector.fromArray(S, blocks, b3 + u)
            .fma(FloatVector.broadcast(S, w3), y)
            .intoArray(target, to2 + ROWS * whole);
      }
    }
  }

  /** Of four blocks. */
  static void four(
      float[] blocks,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      int[] from,
      double[] weight,
      int row,
      int columns,
      float[] target,
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
      float v0 = (float) (weight0 * weight[e]);
      float v1 = (float) (weight0 * weight[e + 1]);
      float v2 = (float) (weight1 * weight[e]);
      float v3 = (float) (weight1 * weight[e + 1]);
      float v4 = (float) (weight2 * weight[e]);
      float v5 = (float) (weight2 * weight[e + 1]);
      float v6 = (float) (weight3 * weight[e]);
      float v7 = (float) (weight3 * weight[e + 1]);
      int u = 0;
      for (; u < whole; u += W) {
        FloatVector x = FloatVector.fromArray(S, blocks, a0 + u).mul(FloatVector.broadcast(S, v0));
        x = FloatVector.fromArray(S, blocks, a1 + u).fma(FloatVector.broadcast(S, v1), x);
        x = FloatVector.fromArray(S, blocks, a2 + u).fma(FloatVector.broadcast(S, v2), x);
        x = FloatVector.fromArray(S, blocks, a3 + u).fma(FloatVector.broadcast(S, v3), x);
        x = FloatVector.fromArray(S, blocks, a4 + u).fma(FloatVector.broadcast(S, v4), x);
        x = FloatVector.fromArray(S, blocks, a5 + u).fma(FloatVector.broadcast(S, v5), x);
        x = FloatVector.fromArray(S, blocks, a6 + u).fma(FloatVector.broadcast(S, v6), x);
        FloatVector.fromArray(S, blocks, a7 + u)
            .fma(FloatVector.broadcast(S, v7), x)
            .intoArray(target, to + ROWS * u);
      }
      if (u < columns) {
        u = columns - W;
        FloatVector x = FloatVector.fromArray(S, blocks, a0 + u).mul(FloatVector.broadcast(S, v0));
        x = FloatVector.fromArray(S, blocks, a1 + u).fma(FloatVector.broadcast(S, v1), x);
        x = FloatVector.fromArray(S, blocks, a2 + u).fma(FloatVector.broadcast(S, v2), x);
        x = FloatVector.fromArray(S, blocks, a3 + u).fma(FloatVector.broadcast(S, v3), x);
        x = FloatVector.fromArray(S, blocks, a4 + u).fma(FloatVector.broadcast(S, v4), x);
        x = FloatVector.fromArray(S, blocks, a5 + u).fma(FloatVector.broadcast(S, v5), x);
        x = FloatVector.fromArray(S, blocks, a6 + u).fma(FloatVector.broadcast(S, v6), x);
        FloatVector.fromArray(S, blocks, a7 + u)
            .fma(FloatVector.broadcast(S, v7), x)
            .intoArray(target, to + ROWS * whole);
      }
    }
  }
}
