package bellwether.vector;

import bellwether.core.kernel.DenseKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Linear combinations of rows, several rows a pass. */
final class VectorCombine {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  private VectorCombine() {}

  /** {@link DenseKernels#combine}. */
  static void add(
      int depth,
      double[] rows,
      int offset,
      int stride,
      double[] weights,
      int weightOffset,
      double[] target,
      int targetOffset,
      int length) {
    int l = 0;
    // Eight or four rows a pass: the target is loaded and stored once for all of them.
    for (; l + 8 <= depth; l += 8) {
      int row = offset + l * stride;
      combine8(rows, row, stride, weights, weightOffset + l, target, targetOffset, length);
    }
    for (; l + 4 <= depth; l += 4) {
      int row = offset + l * stride;
      combine4(rows, row, stride, weights, weightOffset + l, target, targetOffset, length);
    }
    for (; l < depth; l++) {
      combine1(rows, offset + l * stride, weights[weightOffset + l], target, targetOffset, length);
    }
  }

  private static void combine8(
      double[] rows,
      int r0,
      int stride,
      double[] weights,
      int w,
      double[] target,
      int targetOffset,
      int length) {
    int r1 = r0 + stride;
    int r2 = r1 + stride;
    int r3 = r2 + stride;
    int r4 = r3 + stride;
    int r5 = r4 + stride;
    int r6 = r5 + stride;
    int r7 = r6 + stride;
    double w0 = weights[w];
    double w1 = weights[w + 1];
    double w2 = weights[w + 2];
    double w3 = weights[w + 3];
    double w4 = weights[w + 4];
    double w5 = weights[w + 5];
    double w6 = weights[w + 6];
    double w7 = weights[w + 7];
    int x = 0;
    for (int bound = S.loopBound(length); x < bound; x += W) {
      DoubleVector y = DoubleVector.fromArray(S, target, targetOffset + x);
      y = DoubleVector.fromArray(S, rows, r0 + x).fma(DoubleVector.broadcast(S, w0), y);
      y = DoubleVector.fromArray(S, rows, r1 + x).fma(DoubleVector.broadcast(S, w1), y);
      y = DoubleVector.fromArray(S, rows, r2 + x).fma(DoubleVector.broadcast(S, w2), y);
      y = DoubleVector.fromArray(S, rows, r3 + x).fma(DoubleVector.broadcast(S, w3), y);
      y = DoubleVector.fromArray(S, rows, r4 + x).fma(DoubleVector.broadcast(S, w4), y);
      y = DoubleVector.fromArray(S, rows, r5 + x).fma(DoubleVector.broadcast(S, w5), y);
      y = DoubleVector.fromArray(S, rows, r6 + x).fma(DoubleVector.broadcast(S, w6), y);
      y = DoubleVector.fromArray(S, rows, r7 + x).fma(DoubleVector.broadcast(S, w7), y);
      y.intoArray(target, targetOffset + x);
    }
    for (; x < length; x++) {
      double y = target[targetOffset + x];
      y = Math.fma(rows[r0 + x], w0, y);
      y = Math.fma(rows[r1 + x], w1, y);
      y = Math.fma(rows[r2 + x], w2, y);
      y = Math.fma(rows[r3 + x], w3, y);
      y = Math.fma(rows[r4 + x], w4, y);
      y = Math.fma(rows[r5 + x], w5, y);
      y = Math.fma(rows[r6 + x], w6, y);
      y = Math.fma(rows[r7 + x], w7, y);
      target[targetOffset + x] = y;
    }
  }

  private static void combine4(
      double[] rows,
      int r0,
      int stride,
      double[] weights,
      int w,
      double[] target,
      int targetOffset,
      int length) {
    int r1 = r0 + stride;
    int r2 = r1 + stride;
    int r3 = r2 + stride;
    double w0 = weights[w];
    double w1 = weights[w + 1];
    double w2 = weights[w + 2];
    double w3 = weights[w + 3];
    int x = 0;
    for (int bound = S.loopBound(length); x < bound; x += W) {
      DoubleVector y = DoubleVector.fromArray(S, target, targetOffset + x);
      y = DoubleVector.fromArray(S, rows, r0 + x).fma(DoubleVector.broadcast(S, w0), y);
      y = DoubleVector.fromArray(S, rows, r1 + x).fma(DoubleVector.broadcast(S, w1), y);
      y = DoubleVector.fromArray(S, rows, r2 + x).fma(DoubleVector.broadcast(S, w2), y);
      y = DoubleVector.fromArray(S, rows, r3 + x).fma(DoubleVector.broadcast(S, w3), y);
      y.intoArray(target, targetOffset + x);
    }
    for (; x < length; x++) {
      double y = target[targetOffset + x];
      y = Math.fma(rows[r0 + x], w0, y);
      y = Math.fma(rows[r1 + x], w1, y);
      y = Math.fma(rows[r2 + x], w2, y);
      y = Math.fma(rows[r3 + x], w3, y);
      target[targetOffset + x] = y;
    }
  }

  private static void combine1(
      double[] rows, int row, double weight, double[] target, int targetOffset, int length) {
    int x = 0;
    for (int bound = S.loopBound(length); x < bound; x += W) {
      DoubleVector.fromArray(S, rows, row + x)
          .fma(
              DoubleVector.broadcast(S, weight),
              DoubleVector.fromArray(S, target, targetOffset + x))
          .intoArray(target, targetOffset + x);
    }
    for (; x < length; x++) {
      target[targetOffset + x] = Math.fma(rows[row + x], weight, target[targetOffset + x]);
    }
  }
}
