package bellwether.core.kernel;

/** The specification of {@link DenseKernels}. */
final class ScalarDense implements DenseKernels {

  private static final int SUMS = 32;

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
    for (int p = 0; p < panels; p++) {
      for (int i = 0; i < STRIP; i++) {
        int row = cOffset + i * stride + p * PANEL;
        for (int l = 0; l < depth; l++) {
          double factor = a[aOffset + l * STRIP + i];
          int source = bOffset + p * panelStride + l * PANEL;
          for (int j = 0; j < PANEL; j++) {
            c[row + j] = Math.fma(factor, b[source + j], c[row + j]);
          }
        }
      }
    }
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
    for (int l = 0; l < depth; l++) {
      double weight = weights[weightOffset + l];
      int row = offset + l * stride;
      for (int x = 0; x < length; x++) {
        target[targetOffset + x] = Math.fma(weight, rows[row + x], target[targetOffset + x]);
      }
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
    int best = from;
    double largest = Double.NEGATIVE_INFINITY;
    for (int x = from; x < to; x++) {
      double l = lambda * column[columnOffset + x];
      column[columnOffset + x] = l;
      d[x] = Math.fma(l, dPivot, d[x]);
      b[x] = Math.fma(l, bPivot, b[x]);
      double ratio = d[x] / b[x];
      if (ratio > largest) {
        largest = ratio;
        best = x;
      }
    }
    return best;
  }

  @Override
  public double dot(double[] x, int xOffset, double[] y, int yOffset, int length) {
    double[] sums = new double[SUMS];
    for (int i = 0; i < length; i++) {
      sums[i % SUMS] = Math.fma(x[xOffset + i], y[yOffset + i], sums[i % SUMS]);
    }
    for (int apart = SUMS / 2; apart >= 1; apart /= 2) {
      for (int k = 0; k < apart; k++) {
        sums[k] += sums[k + apart];
      }
    }
    return sums[0];
  }
}
