package bellwether.vector;

import bellwether.core.kernel.FloatModeKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Adds block l and others to the combinations of {@link VectorFloatPairs}. */
final class VectorFloatAdd {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final int ROWS = FloatModeKernels.LANES;

  private VectorFloatAdd() {}

  /** One block, two rows at a time. */
  static void one(
      int l,
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
    int block0 = offsets[offsetFrom + l];
    double weight0 = weights[weightFrom + l];
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
        FloatVector x = FloatVector.fromArray(S, target, to + ROWS * u);
        FloatVector y = FloatVector.fromArray(S, target, to2 + ROWS * u);
        x = FloatVector.fromArray(S, blocks, a0 + u).fma(FloatVector.broadcast(S, v0), x);
        y = FloatVector.fromArray(S, blocks, b0 + u).fma(FloatVector.broadcast(S, w0), y);
        FloatVector.fromArray(S, blocks, a1 + u)
            .fma(FloatVector.broadcast(S, v1), x)
            .intoArray(target, to + ROWS * u);
        FloatVector.fromArray(S, blocks, b1 + u)
            .fma(FloatVector.broadcast(S, w1), y)
            .intoArray(target, to2 + ROWS * u);
      }
      if (u < columns) {
        u = columns - W;
        FloatVector x = FloatVector.fromArray(S, target, to + ROWS * whole);
        FloatVector y = FloatVector.fromArray(S, target, to2 + ROWS * whole);
        x = FloatVector.fromArray(S, blocks, a0 + u).fma(FloatVector.broadcast(S, v0), x);
        y = FloatVector.fromArray(S, blocks, b0 + u).fma(FloatVector.broadcast(S, w0), y);
        FloatVector.fromArray(S, blocks, a1 + u)
            .fma(FloatVector.broadcast(S, v1), x)
            .intoArray(target, to + ROWS * whole);
        FloatVector.fromArray(S, blocks, b1 + u)
            .fma(FloatVector.broadcast(S, w1), y)
            .intoArray(target, to2 + ROWS * whole);
      }
    }
  }

  /** Two blocks, two rows at a time. */
  static void two(
      int l,
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
    int block0 = offsets[offsetFrom + l];
    double weight0 = weights[weightFrom + l];
    int block1 = offsets[offsetFrom + l + 1];
    double weight1 = weights[weightFrom + l + 1];
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
        FloatVector x = FloatVector.fromArray(S, target, to + ROWS * u);
        FloatVector y = FloatVector.fromArray(S, target, to2 + ROWS * u);
        x = FloatVector.fromArray(S, blocks, a0 + u).fma(FloatVector.broadcast(S, v0), x);
        y = FloatVector.fromArray(S, blocks, b0 + u).fma(FloatVector.broadcast(S, w0), y);
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
        FloatVector x = FloatVector.fromArray(S, target, to + ROWS * whole);
        FloatVector y = FloatVector.fromArray(S, target, to2 + ROWS * whole);
        x = FloatVector.fromArray(S, blocks, a0 + u).fma(FloatVector.broadcast(S, v0), x);
        y = FloatVector.fromArray(S, blocks, b0 + u).fma(FloatVector.broadcast(S, w0), y);
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
}
