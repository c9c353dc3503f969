package bellwether.vector;

import bellwether.core.kernel.PathKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PathKernels#moments} with eight partial sums in one register or two. All is written out,
 * in methods too large to be inlined: what C2 does not inline any more would have vectors in boxes.
 */
final class VectorMoments {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = PathKernels.LANES;
  private static final int HALF = LANES / 2;

  private VectorMoments() {}

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
      DoubleVector v = DoubleVector.fromArray(S, q, qOffset + i);
      s0 = s0.add(v);
      s1 = v.fma(v, s1);
      s2 = v.fma(DoubleVector.fromArray(S, x, xOffset + i), s2);
      s3 = v.fma(DoubleVector.fromArray(S, y, yOffset + i), s3);
    }
    double even0 = (s0.lane(0) + s0.lane(4)) + (s0.lane(2) + s0.lane(6));
    double odd0 = (s0.lane(1) + s0.lane(5)) + (s0.lane(3) + s0.lane(7));
    sums[sumsOffset] += even0 + odd0;
    double even1 = (s1.lane(0) + s1.lane(4)) + (s1.lane(2) + s1.lane(6));
    double odd1 = (s1.lane(1) + s1.lane(5)) + (s1.lane(3) + s1.lane(7));
    sums[sumsOffset + 1] += even1 + odd1;
    double even2 = (s2.lane(0) + s2.lane(4)) + (s2.lane(2) + s2.lane(6));
    double odd2 = (s2.lane(1) + s2.lane(5)) + (s2.lane(3) + s2.lane(7));
    sums[sumsOffset + 2] += even2 + odd2;
    double even3 = (s3.lane(0) + s3.lane(4)) + (s3.lane(2) + s3.lane(6));
    double odd3 = (s3.lane(1) + s3.lane(5)) + (s3.lane(3) + s3.lane(7));
    sums[sumsOffset + 3] += even3 + odd3;
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
      DoubleVector v = DoubleVector.fromArray(S, q, qOffset + i);
      a0 = a0.add(v);
      a1 = v.fma(v, a1);
      a2 = v.fma(DoubleVector.fromArray(S, x, xOffset + i), a2);
      a3 = v.fma(DoubleVector.fromArray(S, y, yOffset + i), a3);
      DoubleVector w = DoubleVector.fromArray(S, q, qOffset + i + HALF);
      b0 = b0.add(w);
      b1 = w.fma(w, b1);
      b2 = w.fma(DoubleVector.fromArray(S, x, xOffset + i + HALF), b2);
      b3 = w.fma(DoubleVector.fromArray(S, y, yOffset + i + HALF), b3);
    }
    DoubleVector c0 = a0.add(b0);
    sums[sumsOffset] += (c0.lane(0) + c0.lane(2)) + (c0.lane(1) + c0.lane(3));
    DoubleVector c1 = a1.add(b1);
    sums[sumsOffset + 1] += (c1.lane(0) + c1.lane(2)) + (c1.lane(1) + c1.lane(3));
    DoubleVector c2 = a2.add(b2);
    sums[sumsOffset + 2] += (c2.lane(0) + c2.lane(2)) + (c2.lane(1) + c2.lane(3));
    DoubleVector c3 = a3.add(b3);
    sums[sumsOffset + 3] += (c3.lane(0) + c3.lane(2)) + (c3.lane(1) + c3.lane(3));
  }
}
