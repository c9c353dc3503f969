package bellwether.vector;

import bellwether.core.kernel.ModeKernels;
import bellwether.core.kernel.ScalarKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link ModeKernels} with the Vector API: entry by entry the operations of the scalar twin. */
final class VectorModes implements ModeKernels {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final ModeKernels SCALAR = ScalarKernels.INSTANCE.modes();

  /** Doubles of a target that stays in the first cache while many rows are added to it. */
  private static final int CHUNK = 1024;

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
    if (depth <= 4) {
      boolean oneRun = count == 1 || (apart == length && targetApart == length);
      VectorMix.first(
          oneRun ? 1 : count,
          oneRun ? count * length : length,
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
      return;
    }
    for (int i = 0; i < count; i++) {
      for (int x = 0; x < length; x += CHUNK) {
        int part = Math.min(CHUNK, length - x);
        int from = base + i * apart + x;
        int to = targetOffset + i * targetApart + x;
        VectorMix.first(
            1, part, 4, rows, from, 0, offsets, offsetFrom, weights, weightFrom, target, to, 0);
        int l = 4;
        for (; l + 4 <= depth; l += 4) {
          VectorMix.add4(
              rows, from, offsets, offsetFrom + l, weights, weightFrom + l, target, to, part);
        }
        for (; l < depth; l++) {
          VectorMix.add1(
              rows, from + offsets[offsetFrom + l], weights[weightFrom + l], target, to, part);
        }
      }
    }
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
    for (int i = 0; i < count; i++) {
      int e = start[first + i];
      int depth = start[first + i + 1] - e;
      int to = targetOffset + i * targetApart;
      if (depth == 2) {
        int one = base + offsets[e];
        int two = base + offsets[e + 1];
        VectorMix.first2(rows, one, two, weights[e], weights[e + 1], target, to, length);
      } else {
        mix(1, length, depth, rows, base, 0, offsets, e, weights, e, target, to, 0);
      }
    }
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
    if (W != LANES) {
      SCALAR.multiply(
          types, start, from, weight, x, xOffset, xApart, y, yOffset, yApart, work, workOffset);
      return;
    }
    VectorMultiply.multiply(
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
    if (W != LANES || types < LANES) {
      SCALAR.multiplyPairs(types, from, array, weight, x, xApart, y, yApart, work);
      return;
    }
    int room = (types + LANES - 1) / LANES * LANES;
    VectorTurn.squares(0, room, array, x, 1, xApart, array, work, LANES, LANES);
    VectorMultiply.pairs(types, from, array, weight, work, y, yApart);
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
    if (columns < LANES) {
      SCALAR.turnPairs(
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
      return;
    }
    VectorTurnedRows.combine(
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
    VectorBackup.backup(
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
    VectorBackup.backupTwo(
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
    VectorBackup.backupPairs(
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
    if (W == 2) {
      // C2 boxes compare and blend at two lanes.
      SCALAR.raise(
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
      return;
    }
    VectorBackup.raise(
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
    if (W == 2) {
      SCALAR.settle(old, oldOffset, out, outOffset, length, extremes);
      return;
    }
    VectorSettle.settle(old, oldOffset, out, outOffset, length, extremes);
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
    if (2 * W < LANES || rows < LANES || columns < LANES) {
      SCALAR.settleTurned(
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
      return;
    }
    VectorTurnedRows.settle(
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
    DoubleVector a = DoubleVector.zero(S);
    DoubleVector b = DoubleVector.zero(S);
    int end = offset + length - 2 * W;
    for (int i = offset; i <= end; i += 2 * W) {
      a = a.add(DoubleVector.fromArray(S, x, i));
      b = b.add(DoubleVector.fromArray(S, x, i + W));
    }
    return a.lane(0) + b.lane(0);
  }
}
