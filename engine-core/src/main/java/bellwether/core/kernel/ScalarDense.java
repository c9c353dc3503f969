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
      for (int j = 0; j < PANEL; j++) {
        column(
            depth,
            a,
            aOffset,
            b,
            bOffset + p * panelStride + j,
            c,
            cOffset + p * PANEL + j,
            stride);
      }
    }
  }

  /** One column of a strip: eight chains side by side, where one alone would wait for itself. */
  private static void column(
      int depth, double[] a, int aOffset, double[] b, int bOffset, double[] c, int o0, int stride) {
    int o4 = o0 + 4 * stride;
    double c0 = c[o0];
    double c1 = c[o0 + stride];
    double c2 = c[o0 + 2 * stride];
    double c3 = c[o0 + 3 * stride];
    double c4 = c[o4];
    double c5 = c[o4 + stride];
    double c6 = c[o4 + 2 * stride];
    double c7 = c[o4 + 3 * stride];
    for (int l = 0; l < depth; l++) {
      double factor = b[bOffset + l * PANEL];
      int i = aOffset + l * STRIP;
      c0 = Math.fma(a[i], factor, c0);
      c1 = Math.fma(a[i + 1], factor, c1);
      c2 = Math.fma(a[i + 2], factor, c2);
      c3 = Math.fma(a[i + 3], factor, c3);
      c4 = Math.fma(a[i + 4], factor, c4);
      c5 = Math.fma(a[i + 5], factor, c5);
      c6 = Math.fma(a[i + 6], factor, c6);
      c7 = Math.fma(a[i + 7], factor, c7);
    }
    c[o0] = c0;
    c[o0 + stride] = c1;
    c[o0 + 2 * stride] = c2;
    c[o0 + 3 * stride] = c3;
    c[o4] = c4;
    c[o4 + stride] = c5;
    c[o4 + 2 * stride] = c6;
    c[o4 + 3 * stride] = c7;
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
    for (int p = 0; p < panels; p++) {
      for (int j = 0; j < FLOAT_PANEL; j++) {
        column(
            depth,
            a,
            aOffset,
            b,
            bOffset + p * panelStride + j,
            c,
            cOffset + p * FLOAT_PANEL + j,
            stride);
      }
    }
  }

  /** One column of a strip: eight chains side by side, where one alone would wait for itself. */
  private static void column(
      int depth, float[] a, int aOffset, float[] b, int bOffset, float[] c, int o0, int stride) {
    int o4 = o0 + 4 * stride;
    float c0 = c[o0];
    float c1 = c[o0 + stride];
    float c2 = c[o0 + 2 * stride];
    float c3 = c[o0 + 3 * stride];
    float c4 = c[o4];
    float c5 = c[o4 + stride];
    float c6 = c[o4 + 2 * stride];
    float c7 = c[o4 + 3 * stride];
    for (int l = 0; l < depth; l++) {
      float factor = b[bOffset + l * FLOAT_PANEL];
      int i = aOffset + l * STRIP;
      c0 = Math.fma(a[i], factor, c0);
      c1 = Math.fma(a[i + 1], factor, c1);
      c2 = Math.fma(a[i + 2], factor, c2);
      c3 = Math.fma(a[i + 3], factor, c3);
      c4 = Math.fma(a[i + 4], factor, c4);
      c5 = Math.fma(a[i + 5], factor, c5);
      c6 = Math.fma(a[i + 6], factor, c6);
      c7 = Math.fma(a[i + 7], factor, c7);
    }
    c[o0] = c0;
    c[o0 + stride] = c1;
    c[o0 + 2 * stride] = c2;
    c[o0 + 3 * stride] = c3;
    c[o4] = c4;
    c[o4 + stride] = c5;
    c[o4 + 2 * stride] = c6;
    c[o4 + 3 * stride] = c7;
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
