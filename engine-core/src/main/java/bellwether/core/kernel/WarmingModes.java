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
    double[] out = new double[LENGTH];
    double[] extremes = new double[3 * LANES];
    warmUp =
        new WarmUp(
            i -> {
              int length = LENGTH - i % 13;
              fast.mix(1 + i % 4, rows, 0, offsets, 0, weights, 0, out, 0, length);
              fast.mix(1 + i % DEPTH, rows, 0, offsets, 0, weights, 0, out, 0, length);
              fast.backup(0.5, rows, 0, 0, reward, out, 0, length);
              fast.raise(0.5, rows, 0, 0, reward, out, 0, length);
              fast.settle(rows, 0, out, 0, length, 0, extremes);
              fast.backupAndSettle(0.5, rows, 0, 0, reward, rows, 0, out, 0, length, 0, extremes);
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
      double discount,
      double[] expected,
      int expectedOffset,
      double constant,
      double[] reward,
      double[] out,
      int outOffset,
      int length) {
    current(3L * length)
        .backup(discount, expected, expectedOffset, constant, reward, out, outOffset, length);
  }

  @Override
  public void raise(
      double discount,
      double[] expected,
      int expectedOffset,
      double constant,
      double[] reward,
      double[] out,
      int outOffset,
      int length) {
    current(4L * length)
        .raise(discount, expected, expectedOffset, constant, reward, out, outOffset, length);
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

  @Override
  public void backupAndSettle(
      double discount,
      double[] expected,
      int expectedOffset,
      double constant,
      double[] reward,
      double[] old,
      int oldOffset,
      double[] out,
      int outOffset,
      int length,
      double drift,
      double[] extremes) {
    current(8L * length)
        .backupAndSettle(
            discount,
            expected,
            expectedOffset,
            constant,
            reward,
            old,
            oldOffset,
            out,
            outOffset,
            length,
            drift,
            extremes);
  }
}
