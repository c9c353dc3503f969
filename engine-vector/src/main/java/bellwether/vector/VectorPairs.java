package bellwether.vector;

import bellwether.core.kernel.ModeKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Combinations of two rows of each of some blocks. The loop stands here written out, in a method
 * too large to be inlined: together with others C2 does not inline its operations, and boxes
 * vectors.
 */
final class VectorPairs {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  private VectorPairs() {}

  /**
   * Two rows of {@link ModeKernels#turnPairs} before they are turned, of entries e to e + 3, at
   * {@code to} and {@code apart} beyond; there are as many columns as lanes at least, and some at
   * the end are done twice. One loop for two rows: what comes before and after it counts.
   */
  static void rows(
      int depth,
      double[] blocks,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      int[] from,
      double[] weight,
      int e,
      int columns,
      double[] target,
      int to,
      int apart) {
    if (depth == 1) {
      double w = weights[weightFrom];
      int block = offsets[offsetFrom];
      int a0 = block + from[e];
      int a1 = block + from[e + 1];
      VectorMix.first2(blocks, a0, a1, w * weight[e], w * weight[e + 1], target, to, columns);
      int b0 = block + from[e + 2];
      int b1 = block + from[e + 3];
      double w0 = w * weight[e + 2];
      double w1 = w * weight[e + 3];
      VectorMix.first2(blocks, b0, b1, w0, w1, target, to + apart, columns);
      return;
    }
    int one = offsets[offsetFrom];
    int two = offsets[offsetFrom + 1];
    double first = weights[weightFrom];
    double second = weights[weightFrom + 1];
    int to2 = to + apart;
    int a0 = one + from[e];
    int a1 = one + from[e + 1];
    int a2 = two + from[e];
    int a3 = two + from[e + 1];
    int b0 = one + from[e + 2];
    int b1 = one + from[e + 3];
    int b2 = two + from[e + 2];
    int b3 = two + from[e + 3];
    double v0 = first * weight[e];
    double v1 = first * weight[e + 1];
    double v2 = second * weight[e];
    double v3 = second * weight[e + 1];
    double w0 = first * weight[e + 2];
    double w1 = first * weight[e + 3];
    double w2 = second * weight[e + 2];
    double w3 = second * weight[e + 3];
    int u = 0;
    for (int bound = S.loopBound(columns); u < bound; u += W) {
      DoubleVector x = DoubleVector.fromArray(S, blocks, a0 + u).mul(DoubleVector.broadcast(S, v0));
      DoubleVector y = DoubleVector.fromArray(S, blocks, b0 + u).mul(DoubleVector.broadcast(S, w0));
      x = DoubleVector.fromArray(S, blocks, a1 + u).fma(DoubleVector.broadcast(S, v1), x);
      y = DoubleVector.fromArray(S, blocks, b1 + u).fma(DoubleVector.broadcast(S, w1), y);
      x = DoubleVector.fromArray(S, blocks, a2 + u).fma(DoubleVector.broadcast(S, v2), x);
      y = DoubleVector.fromArray(S, blocks, b2 + u).fma(DoubleVector.broadcast(S, w2), y);
      DoubleVector.fromArray(S, blocks, a3 + u)
          .fma(DoubleVector.broadcast(S, v3), x)
          .intoArray(target, to + u);
      DoubleVector.fromArray(S, blocks, b3 + u)
          .fma(DoubleVector.broadcast(S, w3), y)
          .intoArray(target, to2 + u);
    }
    if (u < columns) {
      u = columns - W;
      DoubleVector x = DoubleVector.fromArray(S, blocks, a0 + u).mul(DoubleVector.broadcast(S, v0));
      x = DoubleVector.fromArray(S, blocks, a1 + u).fma(DoubleVector.broadcast(S, v1), x);
      x = DoubleVector.fromArray(S, blocks, a2 + u).fma(DoubleVector.broadcast(S, v2), x);
      DoubleVector.fromArray(S, blocks, a3 + u)
          .fma(DoubleVector.broadcast(S, v3), x)
          .intoArray(target, to + u);
      DoubleVector y = DoubleVector.fromArray(S, blocks, b0 + u).mul(DoubleVector.broadcast(S, w0));
      y = DoubleVector.fromArray(S, blocks, b1 + u).fma(DoubleVector.broadcast(S, w1), y);
      y = DoubleVector.fromArray(S, blocks, b2 + u).fma(DoubleVector.broadcast(S, w2), y);
      DoubleVector.fromArray(S, blocks, b3 + u)
          .fma(DoubleVector.broadcast(S, w3), y)
          .intoArray(target, to2 + u);
    }
    if (depth > 2) {
      add(
          depth,
          blocks,
          offsets,
          offsetFrom,
          weights,
          weightFrom,
          from,
          weight,
          e,
          columns,
          target,
          to,
          apart);
    }
  }

  /** The blocks after the first two. */
  private static void add(
      int depth,
      double[] blocks,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      int[] from,
      double[] weight,
      int e,
      int columns,
      double[] target,
      int to,
      int apart) {
    for (int i = 0; i < 2; i++) {
      int one = e + 2 * i;
      int two = one + 1;
      int row = to + i * apart;
      for (int l = 2; l < depth; l++) {
        double w = weights[weightFrom + l];
        int block = offsets[offsetFrom + l];
        VectorMix.add1(blocks, block + from[one], w * weight[one], target, row, columns);
        VectorMix.add1(blocks, block + from[two], w * weight[two], target, row, columns);
      }
    }
  }
}
