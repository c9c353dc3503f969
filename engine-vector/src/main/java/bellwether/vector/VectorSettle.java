package bellwether.vector;

import bellwether.core.kernel.ModeKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ModeKernels#settle} with registers of four or more lanes. Each lane has extremes of its
 * own, in two sets that take turns, so that no comparison waits for the one before. All is written
 * out: C2 does not inline small methods everywhere, and boxes vectors that cross a call.
 */
final class VectorSettle {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final int MOST = ModeKernels.LANES;
  private static final int LARGEST = 2 * ModeKernels.LANES;

  private VectorSettle() {}

  static void settle(
      double[] old, int oldOffset, double[] out, int outOffset, int length, double[] extremes) {
    DoubleVector least = DoubleVector.fromArray(S, extremes, 0);
    DoubleVector most = DoubleVector.fromArray(S, extremes, MOST);
    DoubleVector largest = DoubleVector.fromArray(S, extremes, LARGEST);
    DoubleVector least2 = least;
    DoubleVector most2 = most;
    DoubleVector largest2 = largest;
    int x = 0;
    for (; x + 2 * W <= length; x += 2 * W) {
      DoubleVector value = DoubleVector.fromArray(S, out, outOffset + x);
      DoubleVector change = value.sub(DoubleVector.fromArray(S, old, oldOffset + x));
      least = least.blend(change, change.compare(VectorOperators.LT, least));
      most = most.blend(change, change.compare(VectorOperators.GT, most));
      DoubleVector size = value.abs();
      largest = largest.blend(size, size.compare(VectorOperators.GT, largest));
      DoubleVector value2 = DoubleVector.fromArray(S, out, outOffset + x + W);
      DoubleVector change2 = value2.sub(DoubleVector.fromArray(S, old, oldOffset + x + W));
      least2 = least2.blend(change2, change2.compare(VectorOperators.LT, least2));
      most2 = most2.blend(change2, change2.compare(VectorOperators.GT, most2));
      DoubleVector size2 = value2.abs();
      largest2 = largest2.blend(size2, size2.compare(VectorOperators.GT, largest2));
    }
    least = least.blend(least2, least2.compare(VectorOperators.LT, least));
    most = most.blend(most2, most2.compare(VectorOperators.GT, most));
    largest = largest.blend(largest2, largest2.compare(VectorOperators.GT, largest));
    for (; x < length; x += W) {
      VectorMask<Double> in = S.indexInRange(x, length);
      DoubleVector value = DoubleVector.fromArray(S, out, outOffset + x, in);
      DoubleVector change = value.sub(DoubleVector.fromArray(S, old, oldOffset + x, in));
      least = least.blend(change, change.compare(VectorOperators.LT, least, in));
      most = most.blend(change, change.compare(VectorOperators.GT, most, in));
      DoubleVector size = value.abs();
      largest = largest.blend(size, size.compare(VectorOperators.GT, largest, in));
    }
    least.intoArray(extremes, 0);
    most.intoArray(extremes, MOST);
    largest.intoArray(extremes, LARGEST);
  }
}
