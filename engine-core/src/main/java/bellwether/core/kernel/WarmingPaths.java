package bellwether.core.kernel;

/** Scalar kernels of simulation until the fast ones are compiled, see {@link WarmUp}. */
final class WarmingPaths implements PathKernels {
  private static final int LENGTH = 6 * GROUP;

  private final WarmUp warmUp;
  private volatile boolean ready;
  private PathKernels current;

  WarmingPaths(PathKernels slow, PathKernels fast) {
    current = slow;
    long[] state = new long[STATE];
    java.util.Arrays.setAll(state, i -> i + 1);
    double[] out = new double[LENGTH];
    double[] sums = new double[4];
    warmUp =
        new WarmUp(
            i -> {
              fast.uniforms(state, out, 0, LENGTH - i % 3 * GROUP);
              fast.normals(state, out, 0, LENGTH - i % 3 * GROUP);
              fast.moments(out, 0, out, 0, out, 0, LENGTH - i % 7 * LANES, sums, 0);
            },
            () -> {
              current = fast;
              ready = true;
            });
  }

  private PathKernels current(long flops) {
    if (!ready) {
      warmUp.count(flops);
    }
    return current;
  }

  @Override
  public void uniforms(long[] state, double[] out, int offset, int length) {
    current(10L * length).uniforms(state, out, offset, length);
  }

  @Override
  public void normals(long[] state, double[] out, int offset, int length) {
    current(40L * length).normals(state, out, offset, length);
  }

  @Override
  public void moments(
      double[] q,
      int qOffset,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int length,
      double[] sums,
      int sumsOffset) {
    current(7L * length).moments(q, qOffset, x, xOffset, y, yOffset, length, sums, sumsOffset);
  }
}
