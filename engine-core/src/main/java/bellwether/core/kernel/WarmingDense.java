package bellwether.core.kernel;

/** Scalar dense kernels until the fast ones are compiled, see {@link WarmUp}. */
final class WarmingDense implements DenseKernels {
  private static final int DEPTH = 24;
  private static final int LENGTH = 96;

  private final WarmUp warmUp;
  private volatile boolean ready;
  private DenseKernels current;

  WarmingDense(DenseKernels slow, DenseKernels fast) {
    current = slow;
    double[] a = new double[DEPTH * STRIP];
    double[] b = new double[DEPTH * PANEL];
    double[] c = new double[STRIP * PANEL];
    float[] floatA = new float[DEPTH * STRIP];
    float[] floatB = new float[DEPTH * FLOAT_PANEL];
    float[] floatC = new float[STRIP * FLOAT_PANEL];
    double[] rows = new double[DEPTH * LENGTH];
    double[] d = new double[LENGTH];
    double[] positive = new double[LENGTH];
    java.util.Arrays.fill(positive, 1);
    warmUp =
        new WarmUp(
            i -> {
              int length = LENGTH - i % 13;
              fast.rankUpdate(1, DEPTH, a, 0, b, 0, 0, c, 0, PANEL);
              fast.rankUpdate(1, DEPTH, floatA, 0, floatB, 0, 0, floatC, 0, FLOAT_PANEL);
              fast.combine(DEPTH - i % 7, rows, 0, LENGTH, a, 0, d, 0, length);
              fast.eliminate(0.5, 0.5, 0, rows, 0, d, positive, 0, length);
              fast.dot(rows, 0, d, 0, length);
            },
            () -> {
              current = fast;
              ready = true;
            });
  }

  private DenseKernels current(long flops) {
    if (!ready) {
      warmUp.count(flops);
    }
    return current;
  }

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
    current(2L * STRIP * PANEL * panels * depth)
        .rankUpdate(panels, depth, a, aOffset, b, bOffset, panelStride, c, cOffset, stride);
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
    current(2L * STRIP * FLOAT_PANEL * panels * depth)
        .rankUpdate(panels, depth, a, aOffset, b, bOffset, panelStride, c, cOffset, stride);
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
    current(2L * depth * length)
        .combine(depth, rows, offset, stride, weights, weightOffset, target, targetOffset, length);
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
    return current(6L * (to - from))
        .eliminate(lambda, dPivot, bPivot, column, columnOffset, d, b, from, to);
  }

  @Override
  public double dot(double[] x, int xOffset, double[] y, int yOffset, int length) {
    return current(2L * length).dot(x, xOffset, y, yOffset, length);
  }
}
