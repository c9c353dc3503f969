package bellwether.core.kernel;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Scalar mode kernels until the fast ones are compiled, see {@link WarmUp}. */
final class WarmingModes implements ModeKernels {
  private static final int LENGTH = 96;
  private static final int DEPTH = 24;

  /** Kernels of rows with any number of successors, and of rows with two. */
  private final WarmingGroup<ModeKernels> anyRows;

  private final WarmingGroup<ModeKernels> pairRows;

  WarmingModes(ModeKernels slow, ModeKernels fast) {
    anyRows = new WarmingGroup<>(slow, fast, rowsRound(fast), () -> {});
    pairRows = new WarmingGroup<>(slow, fast, pairsRound(fast), () -> {});
  }

  private static int[] multiples(int of) {
    int[] values = new int[3 * DEPTH];
    Arrays.setAll(values, t -> of * t);
    return values;
  }

  private static IntConsumer rowsRound(ModeKernels fast) {
    double[] rows = new double[DEPTH * LENGTH];
    int[] offsets = multiples(LENGTH);
    double[] weights = new double[3 * DEPTH];
    double[] reward = new double[LENGTH];
    int[] pairs = multiples(2);
    int[] triples = multiples(3);
    int[] from = new int[3 * DEPTH];
    double[] work = new double[2 * LANES * DEPTH];
    double[] array = new double[(2 + 3 * LANES) * DEPTH];
    int free = array.length - LANES * DEPTH;
    double[] out = new double[8 * LENGTH];
    double[] extremes = new double[3 * LANES];
    return i -> {
      int length = LENGTH - i % 13;
      fast.mix(1, length, 1 + i % 4, rows, 0, 0, offsets, 0, weights, 0, out, 0, 0);
      fast.mix(2, length, 1 + i % DEPTH, rows, 0, 0, offsets, 0, weights, 0, out, 0, 0);
      int t = Math.min(length, DEPTH);
      int apart = LENGTH;
      fast.multiply(t, pairs, from, weights, rows, 0, apart, out, 0, apart, work, 0);
      fast.multiply(t, triples, from, weights, rows, 0, apart, out, 0, apart, work, 0);
      fast.mixEach(4, length, pairs, 0, rows, 0, from, weights, out, 0, apart);
      fast.mixEach(4, length, triples, 0, rows, 0, from, weights, out, 0, apart);
      fast.backupTwo(8, 0.5, rows, 0, 1, LENGTH, 0.5, 0.5, 0, reward, 0, reward, out, 0, length);
      fast.multiplyPairs(DEPTH, from, array, 0, 2 * DEPTH, DEPTH, 2 * DEPTH, DEPTH, free);
      fast.settle(rows, 0, out, 0, length, extremes);
    };
  }

  private static IntConsumer pairsRound(ModeKernels fast) {
    double[] rows = new double[DEPTH * LENGTH];
    int[] offsets = multiples(LENGTH);
    double[] weights = new double[3 * DEPTH];
    double[] reward = new double[LENGTH];
    int[] from = new int[3 * DEPTH];
    double[] array = new double[(2 + 3 * LANES) * DEPTH];
    int free = array.length - LANES * DEPTH;
    double[] out = new double[8 * LENGTH];
    double[] extremes = new double[3 * LANES];
    return i -> {
      int length = LENGTH - i % 13;
      for (int depth = 1; depth <= 4; depth++) {
        fast.turnPairs(
            depth, rows, offsets, 0, weights, 0, from, weights, 0, DEPTH, array, 2 * DEPTH, LANES,
            array, free);
      }
      fast.backupPairs(
          8, rows, 0, 1, 0.5, 0.5, from, weights, 0, reward, reward, 0, 0, out, 0, LENGTH, length);
      fast.touch(rows, i % 3, rows.length - 3);
      fast.backup(8, 0.5, rows, 0, LENGTH, 0, reward, 0, reward, out, 0, length);
      fast.raise(8, 0.5, rows, 0, LENGTH, 0, reward, 0, reward, out, 0, length);
      fast.settleTurned(
          LANES + 1, DEPTH, rows, 0, LENGTH, out, 0, LANES + 1, extremes, array, free);
    };
  }

  /** Warms up what sweeps need that begin in single precision. */
  void start() {
    pairRows.start();
  }

  @Override
  public void mix(
      int count,
      int length,
      int depth,
      double[] rows,
      int base,
      int apart,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      double[] target,
      int targetOffset,
      int targetApart) {
    anyRows
        .current(2L * depth * length * count)
        .mix(
            count,
            length,
            depth,
            rows,
            base,
            apart,
            offsets,
            offsetFrom,
            weights,
            weightFrom,
            target,
            targetOffset,
            targetApart);
  }

  @Override
  public void mixEach(
      int count,
      int length,
      int[] start,
      int first,
      double[] rows,
      int base,
      int[] offsets,
      double[] weights,
      double[] target,
      int targetOffset,
      int targetApart) {
    anyRows
        .current(2L * length * (start[first + count] - start[first]))
        .mixEach(
            count,
            length,
            start,
            first,
            rows,
            base,
            offsets,
            weights,
            target,
            targetOffset,
            targetApart);
  }

  @Override
  public void multiply(
      int types,
      int[] start,
      int[] from,
      double[] weight,
      double[] x,
      int xOffset,
      int xApart,
      double[] y,
      int yOffset,
      int yApart,
      double[] work,
      int workOffset) {
    anyRows
        .current(2L * LANES * (start[types] - start[0]))
        .multiply(
            types, start, from, weight, x, xOffset, xApart, y, yOffset, yApart, work, workOffset);
  }

  @Override
  public void multiplyPairs(
      int types,
      int[] from,
      double[] array,
      int weight,
      int x,
      int xApart,
      int y,
      int yApart,
      int work) {
    anyRows
        .current(4L * LANES * types)
        .multiplyPairs(types, from, array, weight, x, xApart, y, yApart, work);
  }

  @Override
  public void turnPairs(
      int depth,
      double[] blocks,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      int[] from,
      double[] weight,
      int row,
      int columns,
      double[] target,
      int targetOffset,
      int targetApart,
      double[] work,
      int workOffset) {
    pairRows
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
    pairRows
        .current(3L * rows * length)
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
  public void backupTwo(
      int rows,
      double discount,
      double[] source,
      int one,
      int two,
      int apart,
      double first,
      double second,
      double constant,
      double[] rowReward,
      int rowFrom,
      double[] reward,
      double[] out,
      int outOffset,
      int length) {
    anyRows
        .current(6L * rows * length)
        .backupTwo(
            rows, discount, source, one, two, apart, first, second, constant, rowReward, rowFrom,
            reward, out, outOffset, length);
  }

  @Override
  public void backupPairs(
      int rows,
      double[] source,
      int one,
      int two,
      double first,
      double second,
      int[] from,
      double[] weight,
      double constant,
      double[] rowReward,
      double[] reward,
      int rewardFrom,
      int rewardApart,
      double[] out,
      int outOffset,
      int outApart,
      int length) {
    pairRows
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
    pairRows
        .current(4L * rows * length)
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
      double[] old, int oldOffset, double[] out, int outOffset, int length, double[] extremes) {
    anyRows.current(4L * length).settle(old, oldOffset, out, outOffset, length, extremes);
  }

  @Override
  public void settleTurned(
      int rows,
      int columns,
      double[] old,
      int oldOffset,
      int oldApart,
      double[] out,
      int outOffset,
      int outApart,
      double[] extremes,
      double[] work,
      int workOffset) {
    pairRows
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
  public double touch(double[] x, int offset, int length) {
    return pairRows.current(0).touch(x, offset, length);
  }
}
