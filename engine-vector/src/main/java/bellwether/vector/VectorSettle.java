package bellwether.vector;

import bellwether.core.kernel.ModeKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ModeKernels#settle} with registers of four or more lanes. Each lane has extremes of its
 * own, in two sets that take turns, so that no comparison waits for the one before.
 */
final class VectorSettle {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final int MOST = ModeKernels.LANES;
  private static final int LARGEST = 2 * ModeKernels.LANES;

  private VectorSettle() {}

  private static DoubleVector load(double[] array, int offset) {
    return DoubleVector.fromArray(S, array, offset);
  }

  private static DoubleVector less(DoubleVector x, DoubleVector y) {
    return x.blend(y, y.compare(VectorOperators.LT, x));
  }

  private static DoubleVector more(DoubleVector x, DoubleVector y) {
    return x.blend(y, y.compare(VectorOperators.GT, x));
  }

  static void settle(
      double[] old, int oldOffset, double[] out, int outOffset, int length, double[] extremes) {
    DoubleVector least = load(extremes, 0);
    DoubleVector most = load(extremes, MOST);
    DoubleVector largest = load(extremes, LARGEST);
    DoubleVector least2 = least;
    DoubleVector most2 = most;
    DoubleVector largest2 = largest;
    int x = 0;
    for (; x + 2 * W <= length; x += 2 * W) {
      DoubleVector value = load(out, outOffset + x);
      DoubleVector change = value.sub(load(old, oldOffset + x));
      least = less(least, change);
      most = more(most, change);
      largest = more(largest, value.abs());
      DoubleVector value2 = load(out, outOffset + x + W);
      DoubleVector change2 = value2.sub(load(old, oldOffset + x + W));
      least2 = less(least2, change2);
      most2 = more(most2, change2);
      largest2 = more(largest2, value2.abs());
    }
    least = less(least, least2);
    most = more(most, most2);
    largest = more(largest, largest2);
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

  /** Rows of one vector each; those of out are apart. */
  static void columns(
      int count,
      double[] old,
      int oldOffset,
      double[] out,
      int outOffset,
      int outApart,
      double[] extremes) {
    DoubleVector least = load(extremes, 0);
    DoubleVector most = load(extremes, MOST);
    DoubleVector largest = load(extremes, LARGEST);
    DoubleVector least2 = least;
    DoubleVector most2 = most;
    DoubleVector largest2 = largest;
    int u = 0;
    for (; u < count - 1; u += 2) {
      int to = outOffset + u * outApart;
      DoubleVector value = load(out, to);
      DoubleVector change = value.sub(load(old, oldOffset + u * W));
      least = less(least, change);
      most = more(most, change);
      largest = more(largest, value.abs());
      DoubleVector value2 = load(out, to + outApart);
      DoubleVector change2 = value2.sub(load(old, oldOffset + u * W + W));
      least2 = less(least2, change2);
      most2 = more(most2, change2);
      largest2 = more(largest2, value2.abs());
    }
    if (u < count) {
      DoubleVector value = load(out, outOffset + u * outApart);
      DoubleVector change = value.sub(load(old, oldOffset + u * W));
      least = less(least, change);
      most = more(most, change);
      largest = more(largest, value.abs());
    }
    less(least, least2).intoArray(extremes, 0);
    more(most, most2).intoArray(extremes, MOST);
    more(largest, largest2).intoArray(extremes, LARGEST);
  }
}
