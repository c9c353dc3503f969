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
}
