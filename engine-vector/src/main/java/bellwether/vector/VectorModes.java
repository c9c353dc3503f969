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
    if (depth <= 4) {
      VectorMix.first(
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
      return;
    }
    for (int x = 0; x < length; x += CHUNK) {
      int part = Math.min(CHUNK, length - x);
      int from = base + x;
      int to = targetOffset + x;
      VectorMix.first(4, rows, from, offsets, offsetFrom, weights, weightFrom, target, to, part);
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
      double[] old,
      int oldOffset,
      double[] out,
      int outOffset,
      int length,
      double drift,
      double[] extremes) {
    if (W == 2) {
      SCALAR.settle(old, oldOffset, out, outOffset, length, drift, extremes);
      return;
    }
    VectorSettle.settle(old, oldOffset, out, outOffset, length, drift, extremes);
  }
}
