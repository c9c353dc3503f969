package bellwether.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Blocks l and more that are added to combinations of the blocks before, see {@link
 * VectorFloatPairs}.
 */
final class VectorFloatAdd {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  private VectorFloatAdd() {}

  /** Adds rows of one block to two rows. */
  static void one(
      int l,
      float[] blocks,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      int[] from,
      double[] weight,
      int e,
      int columns,
      float[] target,
      int to,
      int apart) {
    int block0 = offsets[offsetFrom + l];
    double weight0 = weights[weightFrom + l];
    int to2 = to + apart;
    int a0 = block0 + from[e];
    int a1 = block0 + from[e + 1];
    float v0 = (float) (weight0 * weight[e]);
    float v1 = (float) (weight0 * weight[e + 1]);
    int b0 = block0 + from[e + 2];
    int b1 = block0 + from[e + 3];
    float w0 = (float) (weight0 * weight[e + 2]);
    float w1 = (float) (weight0 * weight[e + 3]);
    // The last vectors overlap those before: made of what was there, and written at the end.
    int last = columns - W;
    int u = last;
    FloatVector xLast = FloatVector.fromArray(S, target, to + u);
    FloatVector yLast = FloatVector.fromArray(S, target, to2 + u);
    xLast = FloatVector.fromArray(S, blocks, a0 + u).fma(FloatVector.broadcast(S, v0), xLast);
    yLast = FloatVector.fromArray(S, blocks, b0 + u).fma(FloatVector.broadcast(S, w0), yLast);
    xLast = FloatVector.fromArray(S, blocks, a1 + u).fma(FloatVector.broadcast(S, v1), xLast);
    yLast = FloatVector.fromArray(S, blocks, b1 + u).fma(FloatVector.broadcast(S, w1), yLast);
    for (u = 0; u < last; u += W) {
      FloatVector x = FloatVector.fromArray(S, target, to + u);
      FloatVector y = FloatVector.fromArray(S, target, to2 + u);
      x = FloatVector.fromArray(S, blocks, a0 + u).fma(FloatVector.broadcast(S, v0), x);
      y = FloatVector.fromArray(S, blocks, b0 + u).fma(FloatVector.broadcast(S, w0), y);
      FloatVector.fromArray(S, blocks, a1 + u)
          .fma(FloatVector.broadcast(S, v1), x)
          .intoArray(target, to + u);
      FloatVector.fromArray(S, blocks, b1 + u)
          .fma(FloatVector.broadcast(S, w1), y)
          .intoArray(target, to2 + u);
    }
    xLast.intoArray(target, to + last);
    yLast.intoArray(target, to2 + last);
  }

  /** Adds rows of two blocks to two rows. */
  static void two(
      int l,
      float[] blocks,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      int[] from,
      double[] weight,
      int e,
      int columns,
      float[] target,
      int to,
      int apart) {
    int block0 = offsets[offsetFrom + l];
    double weight0 = weights[weightFrom + l];
    int block1 = offsets[offsetFrom + l + 1];
    double weight1 = weights[weightFrom + l + 1];
    int to2 = to + apart;
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
    // The last vectors overlap those before: made of what was there, and written at the end.
    int last = columns - W;
    int u = last;
    FloatVector xLast = FloatVector.fromArray(S, target, to + u);
    FloatVector yLast = FloatVector.fromArray(S, target, to2 + u);
    xLast = FloatVector.fromArray(S, blocks, a0 + u).fma(FloatVector.broadcast(S, v0), xLast);
    yLast = FloatVector.fromArray(S, blocks, b0 + u).fma(FloatVector.broadcast(S, w0), yLast);
    xLast = FloatVector.fromArray(S, blocks, a1 + u).fma(FloatVector.broadcast(S, v1), xLast);
    yLast = FloatVector.fromArray(S, blocks, b1 + u).fma(FloatVector.broadcast(S, w1), yLast);
    xLast = FloatVector.fromArray(S, blocks, a2 + u).fma(FloatVector.broadcast(S, v2), xLast);
    yLast = FloatVector.fromArray(S, blocks, b2 + u).fma(FloatVector.broadcast(S, w2), yLast);
    xLast = FloatVector.fromArray(S, blocks, a3 + u).fma(FloatVector.broadcast(S, v3), xLast);
    yLast = FloatVector.fromArray(S, blocks, b3 + u).fma(FloatVector.broadcast(S, w3), yLast);
    for (u = 0; u < last; u += W) {
      FloatVector x = FloatVector.fromArray(S, target, to + u);
      FloatVector y = FloatVector.fromArray(S, target, to2 + u);
      x = FloatVector.fromArray(S, blocks, a0 + u).fma(FloatVector.broadcast(S, v0), x);
      y = FloatVector.fromArray(S, blocks, b0 + u).fma(FloatVector.broadcast(S, w0), y);
      x = FloatVector.fromArray(S, blocks, a1 + u).fma(FloatVector.broadcast(S, v1), x);
      y = FloatVector.fromArray(S, blocks, b1 + u).fma(FloatVector.broadcast(S, w1), y);
      x = FloatVector.fromArray(S, blocks, a2 + u).fma(FloatVector.broadcast(S, v2), x);
      y = FloatVector.fromArray(S, blocks, b2 + u).fma(FloatVector.broadcast(S, w2), y);
      FloatVector.fromArray(S, blocks, a3 + u)
          .fma(FloatVector.broadcast(S, v3), x)
          .intoArray(target, to + u);
      FloatVector.fromArray(S, blocks, b3 + u)
          .fma(FloatVector.broadcast(S, w3), y)
          .intoArray(target, to2 + u);
    }
    xLast.intoArray(target, to + last);
    yLast.intoArray(target, to2 + last);
  }
}
