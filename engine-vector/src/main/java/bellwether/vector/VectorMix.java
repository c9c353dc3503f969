package bellwether.vector;

import bellwether.core.kernel.ModeKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Linear combinations of rows that lie anywhere, several rows a pass: {@link ModeKernels#mix}. What
 * is left of a row is done as a whole vector that ends with it, some entries twice: a masked store
 * is slow, and so is what reads it.
 */
final class VectorMix {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  private VectorMix() {}

  /** One to four rows, the first that a target gets; several targets. */
  static void first(
      int count,
      int length,
      int depth,
      double[] rows,
      int base,
      int apart,
      int[] offsets,
      int o,
      double[] weights,
      int w,
      double[] target,
      int targetOffset,
      int targetApart) {
    int r0 = base + offsets[o];
    double w0 = weights[w];
    if (depth == 1) {
      for (int i = 0; i < count; i++) {
        first1(rows, r0 + i * apart, w0, target, targetOffset + i * targetApart, length);
      }
      return;
    }
    int r1 = base + offsets[o + 1];
    double w1 = weights[w + 1];
    if (depth == 2) {
      for (int i = 0; i < count; i++) {
        int k = i * apart;
        first2(rows, r0 + k, r1 + k, w0, w1, target, targetOffset + i * targetApart, length);
      }
      return;
    }
    int r2 = base + offsets[o + 2];
    double w2 = weights[w + 2];
    if (depth == 3) {
      for (int i = 0; i < count; i++) {
        int k = i * apart;
        int to = targetOffset + i * targetApart;
        first3(rows, r0 + k, r1 + k, r2 + k, w0, w1, w2, target, to, length);
      }
      return;
    }
    int r3 = base + offsets[o + 3];
    double w3 = weights[w + 3];
    for (int i = 0; i < count; i++) {
      int k = i * apart;
      int to = targetOffset + i * targetApart;
      first4(rows, r0 + k, r1 + k, r2 + k, r3 + k, w0, w1, w2, w3, target, to, length);
    }
  }

  private static DoubleVector times(double[] rows, int offset, double weight) {
    return DoubleVector.fromArray(S, rows, offset).mul(DoubleVector.broadcast(S, weight));
  }

  private static DoubleVector fma(double[] rows, int offset, double weight, DoubleVector y) {
    return DoubleVector.fromArray(S, rows, offset).fma(DoubleVector.broadcast(S, weight), y);
  }

  private static void first1(
      double[] rows, int r0, double w0, double[] target, int targetOffset, int length) {
    int x = 0;
    for (int bound = S.loopBound(length); x < bound; x += W) {
      times(rows, r0 + x, w0).intoArray(target, targetOffset + x);
    }
    for (; x < length; x++) {
      target[targetOffset + x] = w0 * rows[r0 + x];
    }
  }

  static void first2(
      double[] rows,
      int r0,
      int r1,
      double w0,
      double w1,
      double[] target,
      int targetOffset,
      int length) {
    int x = 0;
    for (int bound = S.loopBound(length); x < bound; x += W) {
      fma(rows, r1 + x, w1, times(rows, r0 + x, w0)).intoArray(target, targetOffset + x);
    }
    if (x < length && length >= W) {
      x = length - W;
      fma(rows, r1 + x, w1, times(rows, r0 + x, w0)).intoArray(target, targetOffset + x);
      return;
    }
    for (; x < length; x++) {
      target[targetOffset + x] = Math.fma(w1, rows[r1 + x], w0 * rows[r0 + x]);
    }
  }

  private static void first3(
      double[] rows,
      int r0,
      int r1,
      int r2,
      double w0,
      double w1,
      double w2,
      double[] target,
      int targetOffset,
      int length) {
    int x = 0;
    for (int bound = S.loopBound(length); x < bound; x += W) {
      fma(rows, r2 + x, w2, fma(rows, r1 + x, w1, times(rows, r0 + x, w0)))
          .intoArray(target, targetOffset + x);
    }
    for (; x < length; x++) {
      target[targetOffset + x] =
          Math.fma(w2, rows[r2 + x], Math.fma(w1, rows[r1 + x], w0 * rows[r0 + x]));
    }
  }

  private static void first4(
      double[] rows,
      int r0,
      int r1,
      int r2,
      int r3,
      double w0,
      double w1,
      double w2,
      double w3,
      double[] target,
      int targetOffset,
      int length) {
    int x = 0;
    for (int bound = S.loopBound(length); x < bound; x += W) {
      DoubleVector y = fma(rows, r1 + x, w1, times(rows, r0 + x, w0));
      fma(rows, r3 + x, w3, fma(rows, r2 + x, w2, y)).intoArray(target, targetOffset + x);
    }
    if (x < length && length >= W) {
      x = length - W;
      DoubleVector y = fma(rows, r1 + x, w1, times(rows, r0 + x, w0));
      fma(rows, r3 + x, w3, fma(rows, r2 + x, w2, y)).intoArray(target, targetOffset + x);
      return;
    }
    for (; x < length; x++) {
      double y = Math.fma(w1, rows[r1 + x], w0 * rows[r0 + x]);
      target[targetOffset + x] = Math.fma(w3, rows[r3 + x], Math.fma(w2, rows[r2 + x], y));
    }
  }

  /** Four more rows. */
  static void add4(
      double[] rows,
      int base,
      int[] offsets,
      int o,
      double[] weights,
      int w,
      double[] target,
      int targetOffset,
      int length) {
    int r0 = base + offsets[o];
    int r1 = base + offsets[o + 1];
    int r2 = base + offsets[o + 2];
    int r3 = base + offsets[o + 3];
    double w0 = weights[w];
    double w1 = weights[w + 1];
    double w2 = weights[w + 2];
    double w3 = weights[w + 3];
    int x = 0;
    for (int bound = S.loopBound(length); x < bound; x += W) {
      DoubleVector y = DoubleVector.fromArray(S, target, targetOffset + x);
      y = fma(rows, r1 + x, w1, fma(rows, r0 + x, w0, y));
      fma(rows, r3 + x, w3, fma(rows, r2 + x, w2, y)).intoArray(target, targetOffset + x);
    }
    for (; x < length; x++) {
      double y = Math.fma(w0, rows[r0 + x], target[targetOffset + x]);
      y = Math.fma(w1, rows[r1 + x], y);
      target[targetOffset + x] = Math.fma(w3, rows[r3 + x], Math.fma(w2, rows[r2 + x], y));
    }
  }

  /** One more row. */
  static void add1(
      double[] rows, int row, double weight, double[] target, int targetOffset, int length) {
    int x = 0;
    for (int bound = S.loopBound(length); x < bound; x += W) {
      fma(rows, row + x, weight, DoubleVector.fromArray(S, target, targetOffset + x))
          .intoArray(target, targetOffset + x);
    }
    for (; x < length; x++) {
      target[targetOffset + x] = Math.fma(weight, rows[row + x], target[targetOffset + x]);
    }
  }
}
