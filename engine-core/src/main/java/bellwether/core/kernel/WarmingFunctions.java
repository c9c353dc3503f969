package bellwether.core.kernel;

/** Scalar elementary functions until the fast ones are compiled, see {@link WarmUp}. */
final class WarmingFunctions implements FunctionKernels {
  private static final int LENGTH = 96;

  private final WarmUp warmUp;
  private volatile boolean ready;
  private FunctionKernels current;

  WarmingFunctions(FunctionKernels slow, FunctionKernels fast) {
    current = slow;
    double[] x = new double[LENGTH];
    java.util.Arrays.setAll(x, i -> (i + 0.5) / LENGTH);
    double[] y = new double[LENGTH];
    double[] z = new double[LENGTH];
    warmUp =
        new WarmUp(
            i -> {
              int length = LENGTH - i % 13;
              fast.exp(x, 0, y, 0, length);
              fast.log(x, 0, y, 0, length);
              fast.sinCos(x, 0, y, 0, z, 0, length);
              fast.inverseNormal(x, 0, y, 0, length);
            },
            () -> {
              current = fast;
              ready = true;
            });
  }

  private FunctionKernels current(long flops) {
    if (!ready) {
      warmUp.count(flops);
    }
    return current;
  }

  @Override
  public void exp(double[] x, int xOffset, double[] y, int yOffset, int length) {
    current(20L * length).exp(x, xOffset, y, yOffset, length);
  }

  @Override
  public void log(double[] x, int xOffset, double[] y, int yOffset, int length) {
    current(25L * length).log(x, xOffset, y, yOffset, length);
  }

  @Override
  public void sinCos(
      double[] x,
      int xOffset,
      double[] sine,
      int sineOffset,
      double[] cosine,
      int cosineOffset,
      int length) {
    current(60L * length).sinCos(x, xOffset, sine, sineOffset, cosine, cosineOffset, length);
  }

  @Override
  public void inverseNormal(double[] p, int pOffset, double[] z, int zOffset, int length) {
    current(60L * length).inverseNormal(p, pOffset, z, zOffset, length);
  }
}
