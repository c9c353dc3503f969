package bellwether.core.kernel;

/** Scalar mode kernels until the fast ones are compiled, see {@link WarmUp}. */
final class WarmingModes implements ModeKernels {
  private static final int LENGTH = 96;
  private static final int DEPTH = 24;

  private final WarmUp warmUp;
  private volatile boolean ready;
  private ModeKernels current;

  WarmingModes(ModeKernels slow, ModeKernels fast) {
    current = slow;
    double[] rows = new double[DEPTH * LENGTH];
    int[] offsets = new int[DEPTH];
    java.util.Arrays.setAll(offsets, l -> l * LENGTH);
    double[] weights = new double[DEPTH];
    double[] reward = new double[LENGTH];
    double[] out = new double[8 * LENGTH];
    double[] extremes = new double[3 * LANES];
    warmUp =
        new WarmUp(
            i -> {
              int length = LENGTH - i % 13;
              fast.mix(1 + i % 4, rows, 0, offsets, 0, weights, 0, out, 0, length);
              fast.mix(1 + i % DEPTH, rows, 0, offsets, 0, weights, 0, out, 0, length);
              fast.backup(8, 0.5, rows, 0, LENGTH, 0, reward, 0, reward, out, 0, length);
              fast.raise(8, 0.5, rows, 0, LENGTH, 0, reward, 0, reward, out, 0, length);
              fast.settle(rows, 0, out, 0, length, 0, extremes);
            },
            () -> {
              current = fast;
              ready = true;
            });
  }

  private ModeKernels current(long flops) {
    if (!ready) {
      warmUp.count(flops);
    }
    return current;
  }

  @Override
  public void mix(
      int depth,
      double[] rows,
      int base,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      double[] target,
      int targetOffset,
      int length) {
    current(2L * depth * length)
        .mix(
            depth,
            rows,
            base,
            offsets,
            offsetFrom,
            weights,
            weightFrom,
            target,
            targetOffset,
            length);
  }

  @Override
  public void backup(
      int rows,
      double discount,
      double[] expected,
      int expectedOffset,
      int apart,
      double constant,
      double[] rowReward,
      int rowFrom,
      double[] reward,
      double[] out,
      int outOffset,
      int length) {
    current(3L * rows * length)
        .backup(
            rows,
            discount,
            expected,
            expectedOffset,
            apart,
            constant,
            rowReward,
            rowFrom,
            reward,
            out,
            outOffset,
            length);
  }

  @Override
  public void raise(
      int rows,
      double discount,
      double[] expected,
      int expectedOffset,
      int apart,
      double constant,
      double[] rowReward,
      int rowFrom,
      double[] reward,
      double[] out,
      int outOffset,
      int length) {
    current(4L * rows * length)
        .raise(
            rows,
            discount,
            expected,
            expectedOffset,
            apart,
            constant,
            rowReward,
            rowFrom,
            reward,
            out,
            outOffset,
            length);
  }

  @Override
  public void settle(
      double[] old,
      int oldOffset,
      double[] out,
      int outOffset,
      int length,
      double drift,
      double[] extremes) {
    current(5L * length).settle(old, oldOffset, out, outOffset, length, drift, extremes);
  }
}
