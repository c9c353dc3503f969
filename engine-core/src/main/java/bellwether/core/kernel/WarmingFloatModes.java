package bellwether.core.kernel;

/**
 * Scalar kernels in single precision until the fast ones are compiled, see {@link WarmUp}. Who
 * begins in single precision goes on in double: the warm-up of those kernels follows.
 */
final class WarmingFloatModes implements FloatModeKernels {
  private static final int LENGTH = 112;
  private static final int BLOCKS = 8;

  private final WarmingGroup<FloatModeKernels> kernels;

  WarmingFloatModes(FloatModeKernels slow, FloatModeKernels fast, WarmingModes next) {
    float[] rows = new float[BLOCKS * LENGTH];
    int[] offsets = new int[BLOCKS];
    java.util.Arrays.setAll(offsets, l -> l * LENGTH);
    double[] weights = new double[BLOCKS];
    int[] from = new int[2 * LANES];
    double[] weight = new double[2 * LANES];
    float[] reward = new float[LENGTH];
    float[] target = new float[LENGTH * (LANES + 1)];
    float[] work = new float[LENGTH * LANES];
    float[] extremes = new float[3 * LANES];
    kernels =
        new WarmingGroup<>(
            slow,
            fast,
            i -> {
              int length = LENGTH - i % 35;
              int depth = 1 + i % BLOCKS;
              fast.turnPairs(
                  depth, rows, offsets, 0, weights, 0, from, weight, 0, length, target, 0, LANES,
                  work, 0);
              fast.backupPairs(
                  LANES, rows, 0, LENGTH, 0.5, 0.5, from, weight, 0, reward, reward, 0, 0, target,
                  0, LENGTH, length);
              fast.raiseRewards(LANES, 0, reward, reward, target, 0, length);
              fast.settleTurned(
                  LANES + 1, length, target, 0, 0, target, 0, LANES + 1, extremes, work, 0);
              fast.touch(rows, i % 3, rows.length - 3);
            },
            next::start);
  }

  @Override
  public void turnPairs(
      int depth,
      float[] blocks,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      int[] from,
      double[] weight,
      int row,
      int columns,
      float[] target,
      int targetOffset,
      int targetApart,
      float[] work,
      int workOffset) {
    kernels
        .current(4L * LANES * depth * columns)
        .turnPairs(
            depth,
            blocks,
            offsets,
            offsetFrom,
            weights,
            weightFrom,
            from,
            weight,
            row,
            columns,
            target,
            targetOffset,
            targetApart,
            work,
            workOffset);
  }

  @Override
  public void backupPairs(
      int rows,
      float[] source,
      int one,
      int two,
      double first,
      double second,
      int[] from,
      double[] weight,
      float constant,
      float[] rowReward,
      float[] reward,
      int rewardFrom,
      int rewardApart,
      float[] out,
      int outOffset,
      int outApart,
      int length) {
    kernels
        .current(8L * rows * length)
        .backupPairs(
            rows,
            source,
            one,
            two,
            first,
            second,
            from,
            weight,
            constant,
            rowReward,
            reward,
            rewardFrom,
            rewardApart,
            out,
            outOffset,
            outApart,
            length);
  }

  @Override
  public void raiseRewards(
      int rows,
      float constant,
      float[] rowReward,
      float[] reward,
      float[] out,
      int outOffset,
      int length) {
    kernels
        .current(2L * rows * length)
        .raiseRewards(rows, constant, rowReward, reward, out, outOffset, length);
  }

  @Override
  public void settleTurned(
      int rows,
      int columns,
      float[] old,
      int oldOffset,
      int oldApart,
      float[] out,
      int outOffset,
      int outApart,
      float[] extremes,
      float[] work,
      int workOffset) {
    kernels
        .current(4L * rows * columns)
        .settleTurned(
            rows,
            columns,
            old,
            oldOffset,
            oldApart,
            out,
            outOffset,
            outApart,
            extremes,
            work,
            workOffset);
  }

  @Override
  public float touch(float[] x, int offset, int length) {
    return kernels.current(0).touch(x, offset, length);
  }
}
