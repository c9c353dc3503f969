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
   * A row of {@link ModeKernels#turnPairs} before it is turned; there are as many columns as lanes
   * at least, and some at the end are done twice.
   */
  static void row(
      int depth,
      double[] blocks,
      int[] offsets,
      double[] weights,
      int weightFrom,
      int[] from,
      double[] weight,
      int e,
      int columns,
      double[] target,
      int to) {
    double factor = weights[weightFrom];
    int r0 = offsets[0] + from[e];
    int r1 = offsets[0] + from[e + 1];
    if (depth == 1) {
      VectorMix.first2(
          blocks, r0, r1, factor * weight[e], factor * weight[e + 1], target, to, columns);
      return;
    }
    double second = weights[weightFrom + 1];
    int r2 = offsets[1] + from[e];
    int r3 = offsets[1] + from[e + 1];
    combineFour(
        blocks,
        r0,
        r1,
        r2,
        r3,
        factor * weight[e],
        factor * weight[e + 1],
        second * weight[e],
        second * weight[e + 1],
        columns,
        target,
        to);
    for (int l = 2; l < depth; l++) {
      double more = weights[weightFrom + l];
      VectorMix.add1(blocks, offsets[l] + from[e], more * weight[e], target, to, columns);
      VectorMix.add1(blocks, offsets[l] + from[e + 1], more * weight[e + 1], target, to, columns);
    }
  }

  private static void combineFour(
      double[] blocks,
      int r0,
      int r1,
      int r2,
      int r3,
      double w0,
      double w1,
      double w2,
      double w3,
      int columns,
      double[] target,
      int to) {
    int u = 0;
    for (int bound = S.loopBound(columns); u < bound; u += W) {
      DoubleVector x = DoubleVector.fromArray(S, blocks, r0 + u).mul(DoubleVector.broadcast(S, w0));
      x = DoubleVector.fromArray(S, blocks, r1 + u).fma(DoubleVector.broadcast(S, w1), x);
      x = DoubleVector.fromArray(S, blocks, r2 + u).fma(DoubleVector.broadcast(S, w2), x);
      DoubleVector.fromArray(S, blocks, r3 + u)
          .fma(DoubleVector.broadcast(S, w3), x)
          .intoArray(target, to + u);
    }
    if (u < columns) {
      u = columns - W;
      DoubleVector x = DoubleVector.fromArray(S, blocks, r0 + u).mul(DoubleVector.broadcast(S, w0));
      x = DoubleVector.fromArray(S, blocks, r1 + u).fma(DoubleVector.broadcast(S, w1), x);
      x = DoubleVector.fromArray(S, blocks, r2 + u).fma(DoubleVector.broadcast(S, w2), x);
      DoubleVector.fromArray(S, blocks, r3 + u)
          .fma(DoubleVector.broadcast(S, w3), x)
          .intoArray(target, to + u);
    }
  }
}
