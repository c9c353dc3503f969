package bellwether.vector;

import bellwether.core.kernel.FloatModeKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatModeKernels#backupPairs} and {@link FloatModeKernels#raiseRewards} of rows of a
 * vector at least; the last vector of a row overlaps the one before.
 */
final class VectorFloatBackup {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  private VectorFloatBackup() {}

  static void backupPairs(
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
    int whole = S.loopBound(length);
    int last = length - W;
    for (int i = 0; i < rows; i++) {
      int e = 2 * i;
      int k0 = one + from[e];
      int k1 = one + from[e + 1];
      int k2 = two + from[e];
      int k3 = two + from[e + 1];
      float w0 = (float) (first * weight[e]);
      float w1 = (float) (first * weight[e + 1]);
      float w2 = (float) (second * weight[e]);
      float w3 = (float) (second * weight[e + 1]);
      float fixed = constant + rowReward[i];
      int r = rewardFrom + i * rewardApart;
      int to = outOffset + i * outApart;
      int x = 0;
      for (; x < whole; x += W) {
        FloatVector y =
            FloatVector.fromArray(S, reward, r + x).add(FloatVector.broadcast(S, fixed));
        y = FloatVector.fromArray(S, source, k0 + x).fma(FloatVector.broadcast(S, w0), y);
        y = FloatVector.fromArray(S, source, k1 + x).fma(FloatVector.broadcast(S, w1), y);
        y = FloatVector.fromArray(S, source, k2 + x).fma(FloatVector.broadcast(S, w2), y);
        FloatVector.fromArray(S, source, k3 + x)
            .fma(FloatVector.broadcast(S, w3), y)
            .intoArray(out, to + x);
      }
      if (x < length) {
        FloatVector y =
            FloatVector.fromArray(S, reward, r + last).add(FloatVector.broadcast(S, fixed));
        y = FloatVector.fromArray(S, source, k0 + last).fma(FloatVector.broadcast(S, w0), y);
        y = FloatVector.fromArray(S, source, k1 + last).fma(FloatVector.broadcast(S, w1), y);
        y = FloatVector.fromArray(S, source, k2 + last).fma(FloatVector.broadcast(S, w2), y);
        FloatVector.fromArray(S, source, k3 + last)
            .fma(FloatVector.broadcast(S, w3), y)
            .intoArray(out, to + last);
      }
    }
  }

  static void raiseRewards(
      int rows,
      float constant,
      float[] rowReward,
      float[] reward,
      float[] out,
      int outOffset,
      int length) {
    int last = length - W;
    for (int i = 0; i < rows; i++) {
      float fixed = constant + rowReward[i];
      int to = outOffset + i * length;
      for (int x = 0; x < last; x += W) {
        FloatVector r = FloatVector.fromArray(S, reward, x).add(FloatVector.broadcast(S, fixed));
        FloatVector before = FloatVector.fromArray(S, out, to + x);
        before.blend(r, r.compare(VectorOperators.GT, before)).intoArray(out, to + x);
      }
      // The larger of the larger is the same: numbers of the overlap change once.
      FloatVector r = FloatVector.fromArray(S, reward, last).add(FloatVector.broadcast(S, fixed));
      FloatVector before = FloatVector.fromArray(S, out, to + last);
      before.blend(r, r.compare(VectorOperators.GT, before)).intoArray(out, to + last);
    }
  }
}
