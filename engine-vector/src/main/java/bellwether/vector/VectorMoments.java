package bellwether.vector;

import bellwether.core.kernel.PathKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link PathKernels#moments} with eight partial sums in one register or two. */
final class VectorMoments {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = PathKernels.LANES;
  private static final int HALF = LANES / 2;

  private VectorMoments() {}

  private static DoubleVector load(double[] array, int offset) {
    return DoubleVector.fromArray(S, array, offset);
  }

  /** At eight lanes: four sums are under way while each waits for its own addition. */
  static void eight(
      double[] q,
      int qOffset,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int length,
      double[] sums,
      int sumsOffset) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = DoubleVector.zero(S);
    DoubleVector s2 = DoubleVector.zero(S);
    DoubleVector s3 = DoubleVector.zero(S);
    for (int i = 0; i < length; i += LANES) {
      DoubleVector v = load(q, qOffset + i);
      s0 = s0.add(v);
      s1 = v.fma(v, s1);
      s2 = v.fma(load(x, xOffset + i), s2);
      s3 = v.fma(load(y, yOffset + i), s3);
    }
    sums[sumsOffset] += ofEight(s0);
    sums[sumsOffset + 1] += ofEight(s1);
    sums[sumsOffset + 2] += ofEight(s2);
    sums[sumsOffset + 3] += ofEight(s3);
  }

  private static double ofEight(DoubleVector s) {
    double even = (s.lane(0) + s.lane(4)) + (s.lane(2) + s.lane(6));
    double odd = (s.lane(1) + s.lane(5)) + (s.lane(3) + s.lane(7));
    return even + odd;
  }

  /** At four lanes: the second register of each pair has partial sums 4 to 7. */
  static void four(
      double[] q,
      int qOffset,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int length,
      double[] sums,
      int sumsOffset) {
    DoubleVector a0 = DoubleVector.zero(S);
    DoubleVector a1 = DoubleVector.zero(S);
    DoubleVector a2 = DoubleVector.zero(S);
    DoubleVector a3 = DoubleVector.zero(S);
    DoubleVector b0 = DoubleVector.zero(S);
    DoubleVector b1 = DoubleVector.zero(S);
    DoubleVector b2 = DoubleVector.zero(S);
    DoubleVector b3 = DoubleVector.zero(S);
    for (int i = 0; i < length; i += LANES) {
      DoubleVector v = load(q, qOffset + i);
      a0 = a0.add(v);
      a1 = v.fma(v, a1);
      a2 = v.fma(load(x, xOffset + i), a2);
      a3 = v.fma(load(y, yOffset + i), a3);
      DoubleVector w = load(q, qOffset + i + HALF);
      b0 = b0.add(w);
      b1 = w.fma(w, b1);
      b2 = w.fma(load(x, xOffset + i + HALF), b2);
      b3 = w.fma(load(y, yOffset + i + HALF), b3);
    }
    sums[sumsOffset] += ofFour(a0.add(b0));
    sums[sumsOffset + 1] += ofFour(a1.add(b1));
    sums[sumsOffset + 2] += ofFour(a2.add(b2));
    sums[sumsOffset + 3] += ofFour(a3.add(b3));
  }

  private static double ofFour(DoubleVector s) {
    return (s.lane(0) + s.lane(2)) + (s.lane(1) + s.lane(3));
  }
}
