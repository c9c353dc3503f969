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
    VectorRankUpdate.add(panels, depth, a, aOffset, b, bOffset, panelStride, c, cOffset, stride);
  }

  @Override
  public void rankUpdate(
      int panels,
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int panelStride,
      float[] c,
      int cOffset,
      int stride) {
    VectorFloatUpdate.add(panels, depth, a, aOffset, b, bOffset, panelStride, c, cOffset, stride);
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
    VectorCombine.add(
        depth, rows, offset, stride, weights, weightOffset, target, targetOffset, length);
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

  private static DoubleVector load(double[] array, int offset) {
    return DoubleVector.fromArray(S, array, offset);
  }

  @Override
  public double dot(double[] x, int xOffset, double[] y, int yOffset, int length) {
    return VectorDot.of(x, xOffset, y, yOffset, length);
  }
}
