package bellwether.vector;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.kernel.ScalarKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DenseKernels} with the Vector API. Every chain of operations on one entry is the same as
 * in the scalar specification, whatever the width, so the bits are too.
 */
final class VectorDense implements DenseKernels {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  private static final DenseKernels SCALAR = ScalarKernels.INSTANCE.dense();

  /** Partial sums of {@link #dot}; 32 / W registers hold them. */
  private static final int SUMS = 32;

  /** Rows and columns of C that fit the registers: 8 x 3 vectors where there are 32 of them. */
  private static final int TILE_ROWS = W >= 8 ? 8 : 4;

  @Override
  public void rankUpdate(
      int panels,
      int depth,
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      int panelStride,
      double[] c,
      int cOffset,
      int stride) {
    assert aOffset + depth * STRIP <= a.length;
    if (W == 8) {
      for (int p = 0; p < panels; p++) {
        tile8(depth, a, aOffset, b, bOffset + p * panelStride, c, cOffset + p * PANEL, stride);
      }
      return;
    }
    for (int p = 0; p < panels; p++) {
      for (int j = 0; j < PANEL; j += 3 * W) {
        for (int i = 0; i < STRIP; i += TILE_ROWS) {
          tile4(
              depth,
              a,
              aOffset + i,
              b,
              bOffset + p * panelStride + j,
              c,
              cOffset + i * stride + p * PANEL + j,
              stride);
        }
      }
    }
  }

  /**
   * Eight rows by three vectors: 24 accumulators. For 512 bits.
   *
   * <p>Spelled out without helpers: C2 stops inlining ordinary methods in one of this size, and
   * every vector that crosses such a call is boxed (a hundred times slower).
   */
  private static void tile8(
      int depth, double[] a, int aOffset, double[] b, int bOffset, double[] c, int o0, int stride) {
    int o1 = o0 + stride;
    int o2 = o1 + stride;
    int o3 = o2 + stride;
    int o4 = o3 + stride;
    int o5 = o4 + stride;
    int o6 = o5 + stride;
    int o7 = o6 + stride;
    DoubleVector c00 = DoubleVector.fromArray(S, c, o0),
        c01 = DoubleVector.fromArray(S, c, o0 + W),
        c02 = DoubleVector.fromArray(S, c, o0 + 2 * W);
    DoubleVector c10 = DoubleVector.fromArray(S, c, o1),
        c11 = DoubleVector.fromArray(S, c, o1 + W),
        c12 = DoubleVector.fromArray(S, c, o1 + 2 * W);
    DoubleVector c20 = DoubleVector.fromArray(S, c, o2),
        c21 = DoubleVector.fromArray(S, c, o2 + W),
        c22 = DoubleVector.fromArray(S, c, o2 + 2 * W);
    DoubleVector c30 = DoubleVector.fromArray(S, c, o3),
        c31 = DoubleVector.fromArray(S, c, o3 + W),
        c32 = DoubleVector.fromArray(S, c, o3 + 2 * W);
    DoubleVector c40 = DoubleVector.fromArray(S, c, o4),
        c41 = DoubleVector.fromArray(S, c, o4 + W),
        c42 = DoubleVector.fromArray(S, c, o4 + 2 * W);
    DoubleVector c50 = DoubleVector.fromArray(S, c, o5),
        c51 = DoubleVector.fromArray(S, c, o5 + W),
        c52 = DoubleVector.fromArray(S, c, o5 + 2 * W);
    DoubleVector c60 = DoubleVector.fromArray(S, c, o6),
        c61 = DoubleVector.fromArray(S, c, o6 + W),
        c62 = DoubleVector.fromArray(S, c, o6 + 2 * W);
    DoubleVector c70 = DoubleVector.fromArray(S, c, o7),
        c71 = DoubleVector.fromArray(S, c, o7 + W),
        c72 = DoubleVector.fromArray(S, c, o7 + 2 * W);
    for (int l = 0, i = aOffset, j = bOffset; l < depth; l++, i += STRIP, j += PANEL) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, j),
          b1 = DoubleVector.fromArray(S, b, j + W),
          b2 = DoubleVector.fromArray(S, b, j + 2 * W);
      DoubleVector f = DoubleVector.broadcast(S, a[i]);
      c00 = f.lanewise(VectorOperators.FMA, b0, c00);
      c01 = f.lanewise(VectorOperators.FMA, b1, c01);
      c02 = f.lanewise(VectorOperators.FMA, b2, c02);
      f = DoubleVector.broadcast(S, a[i + 1]);
      c10 = f.lanewise(VectorOperators.FMA, b0, c10);
      c11 = f.lanewise(VectorOperators.FMA, b1, c11);
      c12 = f.lanewise(VectorOperators.FMA, b2, c12);
      f = DoubleVector.broadcast(S, a[i + 2]);
      c20 = f.lanewise(VectorOperators.FMA, b0, c20);
      c21 = f.lanewise(VectorOperators.FMA, b1, c21);
      c22 = f.lanewise(VectorOperators.FMA, b2, c22);
      f = DoubleVector.broadcast(S, a[i + 3]);
      c30 = f.lanewise(VectorOperators.FMA, b0, c30);
      c31 = f.lanewise(VectorOperators.FMA, b1, c31);
      c32 = f.lanewise(VectorOperators.FMA, b2, c32);
      f = DoubleVector.broadcast(S, a[i + 4]);
      c40 = f.lanewise(VectorOperators.FMA, b0, c40);
      c41 = f.lanewise(VectorOperators.FMA, b1, c41);
      c42 = f.lanewise(VectorOperators.FMA, b2, c42);
      f = DoubleVector.broadcast(S, a[i + 5]);
      c50 = f.lanewise(VectorOperators.FMA, b0, c50);
      c51 = f.lanewise(VectorOperators.FMA, b1, c51);
      c52 = f.lanewise(VectorOperators.FMA, b2, c52);
      f = DoubleVector.broadcast(S, a[i + 6]);
      c60 = f.lanewise(VectorOperators.FMA, b0, c60);
      c61 = f.lanewise(VectorOperators.FMA, b1, c61);
      c62 = f.lanewise(VectorOperators.FMA, b2, c62);
      f = DoubleVector.broadcast(S, a[i + 7]);
      c70 = f.lanewise(VectorOperators.FMA, b0, c70);
      c71 = f.lanewise(VectorOperators.FMA, b1, c71);
      c72 = f.lanewise(VectorOperators.FMA, b2, c72);
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + W);
    c02.intoArray(c, o0 + 2 * W);
    c10.intoArray(c, o1);
    c11.intoArray(c, o1 + W);
    c12.intoArray(c, o1 + 2 * W);
    c20.intoArray(c, o2);
    c21.intoArray(c, o2 + W);
    c22.intoArray(c, o2 + 2 * W);
    c30.intoArray(c, o3);
    c31.intoArray(c, o3 + W);
    c32.intoArray(c, o3 + 2 * W);
    c40.intoArray(c, o4);
    c41.intoArray(c, o4 + W);
    c42.intoArray(c, o4 + 2 * W);
    c50.intoArray(c, o5);
    c51.intoArray(c, o5 + W);
    c52.intoArray(c, o5 + 2 * W);
    c60.intoArray(c, o6);
    c61.intoArray(c, o6 + W);
    c62.intoArray(c, o6 + 2 * W);
    c70.intoArray(c, o7);
    c71.intoArray(c, o7 + W);
    c72.intoArray(c, o7 + 2 * W);
  }

  /** Four rows by three vectors: 12 accumulators. For machines with 16 vector registers. */
  private static void tile4(
      int depth, double[] a, int aOffset, double[] b, int bOffset, double[] c, int o0, int stride) {
    int o1 = o0 + stride;
    int o2 = o1 + stride;
    int o3 = o2 + stride;
    DoubleVector c00 = DoubleVector.fromArray(S, c, o0),
        c01 = DoubleVector.fromArray(S, c, o0 + W),
        c02 = DoubleVector.fromArray(S, c, o0 + 2 * W);
    DoubleVector c10 = DoubleVector.fromArray(S, c, o1),
        c11 = DoubleVector.fromArray(S, c, o1 + W),
        c12 = DoubleVector.fromArray(S, c, o1 + 2 * W);
    DoubleVector c20 = DoubleVector.fromArray(S, c, o2),
        c21 = DoubleVector.fromArray(S, c, o2 + W),
        c22 = DoubleVector.fromArray(S, c, o2 + 2 * W);
    DoubleVector c30 = DoubleVector.fromArray(S, c, o3),
        c31 = DoubleVector.fromArray(S, c, o3 + W),
        c32 = DoubleVector.fromArray(S, c, o3 + 2 * W);
    for (int l = 0, i = aOffset, j = bOffset; l < depth; l++, i += STRIP, j += PANEL) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, j),
          b1 = DoubleVector.fromArray(S, b, j + W),
          b2 = DoubleVector.fromArray(S, b, j + 2 * W);
      DoubleVector f = DoubleVector.broadcast(S, a[i]);
      c00 = f.lanewise(VectorOperators.FMA, b0, c00);
      c01 = f.lanewise(VectorOperators.FMA, b1, c01);
      c02 = f.lanewise(VectorOperators.FMA, b2, c02);
      f = DoubleVector.broadcast(S, a[i + 1]);
      c10 = f.lanewise(VectorOperators.FMA, b0, c10);
      c11 = f.lanewise(VectorOperators.FMA, b1, c11);
      c12 = f.lanewise(VectorOperators.FMA, b2, c12);
      f = DoubleVector.broadcast(S, a[i + 2]);
      c20 = f.lanewise(VectorOperators.FMA, b0, c20);
      c21 = f.lanewise(VectorOperators.FMA, b1, c21);
      c22 = f.lanewise(VectorOperators.FMA, b2, c22);
      f = DoubleVector.broadcast(S, a[i + 3]);
      c30 = f.lanewise(VectorOperators.FMA, b0, c30);
      c31 = f.lanewise(VectorOperators.FMA, b1, c31);
      c32 = f.lanewise(VectorOperators.FMA, b2, c32);
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + W);
    c02.intoArray(c, o0 + 2 * W);
    c10.intoArray(c, o1);
    c11.intoArray(c, o1 + W);
    c12.intoArray(c, o1 + 2 * W);
    c20.intoArray(c, o2);
    c21.intoArray(c, o2 + W);
    c22.intoArray(c, o2 + 2 * W);
    c30.intoArray(c, o3);
    c31.intoArray(c, o3 + W);
    c32.intoArray(c, o3 + 2 * W);
  }

  private static DoubleVector load(double[] array, int offset) {
    return DoubleVector.fromArray(S, array, offset);
  }

  @Override
  public void combine(
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
      load(rows, row + x)
          .fma(DoubleVector.broadcast(S, weight), load(target, targetOffset + x))
          .intoArray(target, targetOffset + x);
    }
    for (; x < length; x++) {
      target[targetOffset + x] = Math.fma(rows[row + x], weight, target[targetOffset + x]);
    }
  }

  @Override
  public int eliminate(
      double lambda,
      double dPivot,
      double bPivot,
      double[] column,
      int columnOffset,
      double[] d,
      double[] b,
      int from,
      int to) {
    if (W == 2) {
      // C2 boxes compare and blend at two lanes.
      return SCALAR.eliminate(lambda, dPivot, bPivot, column, columnOffset, d, b, from, to);
    }
    DoubleVector largest = DoubleVector.broadcast(S, Double.NEGATIVE_INFINITY);
    DoubleVector where = DoubleVector.broadcast(S, (double) from);
    int x = from;
    for (int bound = from + S.loopBound(to - from); x < bound; x += W) {
      DoubleVector l = load(column, columnOffset + x).mul(DoubleVector.broadcast(S, lambda));
      l.intoArray(column, columnOffset + x);
      DoubleVector dx = l.fma(DoubleVector.broadcast(S, dPivot), load(d, x));
      dx.intoArray(d, x);
      DoubleVector bx = l.fma(DoubleVector.broadcast(S, bPivot), load(b, x));
      bx.intoArray(b, x);
      DoubleVector ratio = dx.div(bx);
      VectorMask<Double> better = ratio.compare(VectorOperators.GT, largest);
      largest = largest.blend(ratio, better);
      // Lane i holds the first position of its block; i is added when the lanes are compared.
      where = where.blend(DoubleVector.broadcast(S, (double) x), better);
    }
    int best = from;
    double bestRatio = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < W; i++) {
      double ratio = largest.lane(i);
      int position = (int) where.lane(i) + i;
      if (ratio > bestRatio || (ratio == bestRatio && position < best)) {
        bestRatio = ratio;
        best = position;
      }
    }
    if (bestRatio == Double.NEGATIVE_INFINITY) {
      best = from;
    }
    for (; x < to; x++) {
      double l = lambda * column[columnOffset + x];
      column[columnOffset + x] = l;
      d[x] = Math.fma(l, dPivot, d[x]);
      b[x] = Math.fma(l, bPivot, b[x]);
      double ratio = d[x] / b[x];
      if (ratio > bestRatio) {
        bestRatio = ratio;
        best = x;
      }
    }
    return best;
  }

  @Override
  public double dot(double[] x, int xOffset, double[] y, int yOffset, int length) {
    return W == 8
        ? dotInRegisters(x, xOffset, y, yOffset, length)
        : dotInPasses(x, xOffset, y, yOffset, length);
  }

  /** All 32 partial sums in four registers of 512 bits. */
  private static double dotInRegisters(
      double[] x, int xOffset, double[] y, int yOffset, int length) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = DoubleVector.zero(S);
    DoubleVector s2 = DoubleVector.zero(S);
    DoubleVector s3 = DoubleVector.zero(S);
    int i = 0;
    for (; i <= length - SUMS; i += SUMS) {
      int j = xOffset + i;
      int k = yOffset + i;
      s0 = DoubleVector.fromArray(S, x, j).fma(DoubleVector.fromArray(S, y, k), s0);
      s1 = DoubleVector.fromArray(S, x, j + 8).fma(DoubleVector.fromArray(S, y, k + 8), s1);
      s2 = DoubleVector.fromArray(S, x, j + 16).fma(DoubleVector.fromArray(S, y, k + 16), s2);
      s3 = DoubleVector.fromArray(S, x, j + 24).fma(DoubleVector.fromArray(S, y, k + 24), s3);
    }
    s0 = addTail(x, xOffset + i, y, yOffset + i, length - i, s0);
    s1 = addTail(x, xOffset + i + 8, y, yOffset + i + 8, length - i - 8, s1);
    s2 = addTail(x, xOffset + i + 16, y, yOffset + i + 16, length - i - 16, s2);
    s3 = addTail(x, xOffset + i + 24, y, yOffset + i + 24, length - i - 24, s3);
    DoubleVector s = s0.add(s2).add(s1.add(s3));
    double t0 = s.lane(0) + s.lane(4);
    double t1 = s.lane(1) + s.lane(5);
    double t2 = s.lane(2) + s.lane(6);
    double t3 = s.lane(3) + s.lane(7);
    return (t0 + t2) + (t1 + t3);
  }

  private static DoubleVector addTail(
      double[] x, int xOffset, double[] y, int yOffset, int length, DoubleVector sum) {
    if (length <= 0) {
      return sum;
    }
    VectorMask<Double> mask = S.indexInRange(0, length);
    DoubleVector product =
        DoubleVector.fromArray(S, x, xOffset, mask)
            .fma(DoubleVector.fromArray(S, y, yOffset, mask), sum);
    return sum.blend(product, mask);
  }

  /** Narrower registers: one pass for every four of them. */
  private static double dotInPasses(double[] x, int xOffset, double[] y, int yOffset, int length) {
    int whole = length - length % SUMS;
    double[] sums = new double[SUMS];
    for (int k = 0; k < SUMS; k += 4 * W) {
      dot4(x, xOffset + k, y, yOffset + k, whole, sums, k);
    }
    for (int i = whole; i < length; i++) {
      sums[i - whole] = Math.fma(x[xOffset + i], y[yOffset + i], sums[i - whole]);
    }
    for (int apart = SUMS / 2; apart >= 1; apart /= 2) {
      for (int k = 0; k < apart; k++) {
        sums[k] += sums[k + apart];
      }
    }
    return sums[0];
  }

  /** Partial sums k..k+4W-1, each over every 32nd entry of the first {@code whole}. */
  private static void dot4(
      double[] x, int xOffset, double[] y, int yOffset, int whole, double[] sums, int k) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = DoubleVector.zero(S);
    DoubleVector s2 = DoubleVector.zero(S);
    DoubleVector s3 = DoubleVector.zero(S);
    for (int i = 0; i < whole; i += SUMS) {
      s0 = load(x, xOffset + i).fma(load(y, yOffset + i), s0);
      s1 = load(x, xOffset + i + W).fma(load(y, yOffset + i + W), s1);
      s2 = load(x, xOffset + i + 2 * W).fma(load(y, yOffset + i + 2 * W), s2);
      s3 = load(x, xOffset + i + 3 * W).fma(load(y, yOffset + i + 3 * W), s3);
    }
    s0.intoArray(sums, k);
    s1.intoArray(sums, k + W);
    s2.intoArray(sums, k + 2 * W);
    s3.intoArray(sums, k + 3 * W);
  }
}
