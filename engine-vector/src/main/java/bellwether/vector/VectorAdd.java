package bellwether.vector;

import bellwether.core.kernel.ModeKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Adds block l and others to the combinations of {@link VectorPairs}. */
final class VectorAdd {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final int ROWS = ModeKernels.LANES;

  private VectorAdd() {}

  /** One block, two rows at a time. */
  static void one(
      int l,
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
    int block0 = offsets[offsetFrom + l];
    double weight0 = weights[weightFrom + l];
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
        DoubleVector x = DoubleVector.fromArray(S, target, to + ROWS * u);
        DoubleVector y = DoubleVector.fromArray(S, target, to2 + ROWS * u);
        x = DoubleVector.fromArray(S, blocks, a0 + u).fma(DoubleVector.broadcast(S, v0), x);
        y = DoubleVector.fromArray(S, blocks, b0 + u).fma(DoubleVector.broadcast(S, w0), y);
        DoubleVector.fromArray(S, blocks, a1 + u)
            .fma(DoubleVector.broadcast(S, v1), x)
            .intoArray(target, to + ROWS * u);
        DoubleVector.fromArray(S, blocks, b1 + u)
            .fma(DoubleVector.broadcast(S, w1), y)
            .intoArray(target, to2 + ROWS * u);
      }
      if (u < columns) {
        u = columns - W;
        DoubleVector x = DoubleVector.fromArray(S, target, to + ROWS * whole);
        DoubleVector y = DoubleVector.fromArray(S, target, to2 + ROWS * whole);
        x = DoubleVector.fromArray(S, blocks, a0 + u).fma(DoubleVector.broadcast(S, v0), x);
        y = DoubleVector.fromArray(S, blocks, b0 + u).fma(DoubleVector.broadcast(S, w0), y);
        DoubleVector.fromArray(S, blocks, a1 + u)
            .fma(DoubleVector.broadcast(S, v1), x)
            .intoArray(target, to + ROWS * whole);
        DoubleVector.fromArray(S, blocks, b1 + u)
            .fma(DoubleVector.broadcast(S, w1), y)
            .intoArray(target, to2 + ROWS * whole);
      }
    }
  }

  /** Two blocks, two rows at a time. */
  static void two(
      int l,
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
        DoubleVector x = DoubleVector.fromArray(S, target, to + ROWS * u);
        DoubleVector y = DoubleVector.fromArray(S, target, to2 + ROWS * u);
        x = DoubleVector.fromArray(S, blocks, a0 + u).fma(DoubleVector.broadcast(S, v0), x);
        y = DoubleVector.fromArray(S, blocks, b0 + u).fma(DoubleVector.broadcast(S, w0), y);
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
        DoubleVector x = DoubleVector.fromArray(S, target, to + ROWS * whole);
        DoubleVector y = DoubleVector.fromArray(S, target, to2 + ROWS * whole);
        x = DoubleVector.fromArray(S, blocks, a0 + u).fma(DoubleVector.broadcast(S, v0), x);
        y = DoubleVector.fromArray(S, blocks, b0 + u).fma(DoubleVector.broadcast(S, w0), y);
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
}
