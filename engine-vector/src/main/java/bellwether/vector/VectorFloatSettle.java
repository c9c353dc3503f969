package bellwether.vector;

import bellwether.core.kernel.FloatModeKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatModeKernels#settleTurned} after the turn, with registers of sixteen lanes. Each lane
 * has extremes of its own, in two sets that take turns, so that no comparison waits for the one
 * before.
 */
final class VectorFloatSettle {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
  private static final int W = FloatModeKernels.LANES;
  private static final int MOST = FloatModeKernels.LANES;
  private static final int LARGEST = 2 * FloatModeKernels.LANES;

  private VectorFloatSettle() {}

  private static FloatVector load(float[] array, int offset) {
    return FloatVector.fromArray(S, array, offset);
  }

  private static FloatVector less(FloatVector x, FloatVector y) {
    return x.blend(y, y.compare(VectorOperators.LT, x));
  }

  private static FloatVector more(FloatVector x, FloatVector y) {
    return x.blend(y, y.compare(VectorOperators.GT, x));
  }

  /** Rows of one vector each, at least one; those of out are apart. */
  static void columns(
      int count,
      float[] old,
      int oldOffset,
      float[] out,
      int outOffset,
      int outApart,
      float[] extremes) {
    FloatVector least = load(extremes, 0);
    FloatVector most = load(extremes, MOST);
    FloatVector largest = load(extremes, LARGEST);
    FloatVector least2 = least;
    FloatVector most2 = most;
    FloatVector largest2 = largest;
    int u = 0;
    for (; u < count - 1; u += 2) {
      int to = outOffset + u * outApart;
      FloatVector value = load(out, to);
      FloatVector change = value.sub(load(old, oldOffset + u * W));
      least = less(least, change);
      most = more(most, change);
      largest = more(largest, value.abs());
      FloatVector value2 = load(out, to + outApart);
      FloatVector change2 = value2.sub(load(old, oldOffset + u * W + W));
      least2 = less(least2, change2);
      most2 = more(most2, change2);
      largest2 = more(largest2, value2.abs());
    }
    if (u < count) {
      FloatVector value = load(out, outOffset + u * outApart);
      FloatVector change = value.sub(load(old, oldOffset + u * W));
      least = less(least, change);
      most = more(most, change);
      largest = more(largest, value.abs());
    }
    less(least, least2).intoArray(extremes, 0);
    more(most, most2).intoArray(extremes, MOST);
    more(largest, largest2).intoArray(extremes, LARGEST);
  }
}
