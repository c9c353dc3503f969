package bellwether.core.kernel;

/** Kernels over dense arrays. Overlapping arguments are not allowed unless said otherwise. */
public interface DenseKernels {

  /** Rows of a packed strip in {@link #rankUpdate}. */
  int STRIP = 8;

  /** Columns of a packed panel in {@link #rankUpdate}. */
  int PANEL = 24;

  /** Columns of a packed panel of floats. */
  int FLOAT_PANEL = 48;

  /**
   * Adds a product to {@link #STRIP} rows of a matrix: C += A B, each entry by the chain {@code c =
   * fma(a[i][l], b[l][j], c)} for l = 0, 1, ..., depth-1.
   *
   * <p>Cost: 2 * 8 * 24 * panels * depth flops. {@code b} and {@code c} may be the same array as
   * long as the regions are apart.
   *
   * @param panels how many panels of {@link #PANEL} columns
   * @param depth columns of A and rows of B
   * @param a A packed by columns: A[i][l] at {@code aOffset + l * STRIP + i}
   * @param b B packed by panels: B[l][p * PANEL + j] at {@code bOffset + p * panelStride + l *
   *     PANEL + j}
   * @param c C by rows: C[i][j] at {@code cOffset + i * stride + j}
   */
  void rankUpdate(
      int panels,
      int depth,
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      int panelStride,
      double[] c,
      int cOffset,
      int stride);

  /**
   * The same in single precision: {@code c = fma(a[i][l], b[l][j], c)} rounded to floats, with
   * panels of {@link #FLOAT_PANEL} columns, B[l][p * FLOAT_PANEL + j] at {@code bOffset + p *
   * panelStride + l * FLOAT_PANEL + j}.
   *
   * <p>Cost: 2 * 8 * 48 * panels * depth flops, at twice the rate of doubles where registers are
   * used.
   */
  void rankUpdate(
      int panels,
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int panelStride,
      float[] c,
      int cOffset,
      int stride);

  /**
   * Adds a linear combination of rows to a vector: y[x] = fma(w[l], rows[l][x], y[x]) for l = 0, 1,
   * ..., depth-1, for each x = 0..length-1.
   *
   * @param rows row l starts at {@code offset + l * stride}
   * @param weights w, from {@code weightOffset}
   * @param target y, from {@code targetOffset}
   */
  void combine(
      int depth,
      double[] rows,
      int offset,
      int stride,
      double[] weights,
      int weightOffset,
      double[] target,
      int targetOffset,
      int length);

  /**
   * One pivot of state elimination (see {@code StateElimination}): for x = from..to-1 sets
   * column[x] *= lambda, d[x] = fma(column[x], dPivot, d[x]), b[x] = fma(column[x], bPivot, b[x]),
   * and returns the lowest x at which d[x] / b[x] is largest. No entry may be NaN.
   *
   * @param column from {@code columnOffset + from} to {@code columnOffset + to - 1}
   * @return a position in from..to-1
   */
  int eliminate(
      double lambda,
      double dPivot,
      double bPivot,
      double[] column,
      int columnOffset,
      double[] d,
      double[] b,
      int from,
      int to);

  /**
   * The inner product of two vectors, in 32 partial sums (entry i into sum i mod 32 by {@code fma})
   * that are added in a fixed tree: sum k to sum k + 16, then 8, 4, 2, 1 apart.
   */
  double dot(double[] x, int xOffset, double[] y, int yOffset, int length);
}
