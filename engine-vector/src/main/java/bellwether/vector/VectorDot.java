package bellwether.vector;

import bellwether.core.kernel.DenseKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Inner products, by the 32 partial sums that {@link DenseKernels#dot} fixes. */
final class VectorDot {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  /** Partial sums; 32 / W registers hold them. */
  private static final int SUMS = 32;

  private VectorDot() {}

  /** {@link DenseKernels#dot}. */
  static double of(double[] x, int xOffset, double[] y, int yOffset, int length) {
    return W == 8
        ? dotInRegisters(x, xOffset, y, yOffset, length)
        : dotInPasses(x, xOffset, y, yOffset, length);
  }

  /** All 32 partial sums in four registers of 512 bits. */
  private static double dotInRegisters(
      double[] x, int xOffset, double[] y, int yOffset, int length) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = DoubleVector.zero(S);
    DoubleVector s2 = DoubleVector.zero(S);
    DoubleVector s3 = DoubleVector.zero(S);
    int i = 0;
    for (; i <= length - SUMS; i += SUMS) {
      int j = xOffset + i;
      int k = yOffset + i;
      s0 = DoubleVector.fromArray(S, x, j).fma(DoubleVector.fromArray(S, y, k), s0);
      s1 = DoubleVector.fromArray(S, x, j + 8).fma(DoubleVector.fromArray(S, y, k + 8), s1);
      s2 = DoubleVector.fromArray(S, x, j + 16).fma(DoubleVector.fromArray(S, y, k + 16), s2);
      s3 = DoubleVector.fromArray(S, x, j + 24).fma(DoubleVector.fromArray(S, y, k + 24), s3);
    }
    s0 = addTail(x, xOffset + i, y, yOffset + i, length - i, s0);
    s1 = addTail(x, xOffset + i + 8, y, yOffset + i + 8, length - i - 8, s1);
    s2 = addTail(x, xOffset + i + 16, y, yOffset + i + 16, length - i - 16, s2);
    s3 = addTail(x, xOffset + i + 24, y, yOffset + i + 24, length - i - 24, s3);
    DoubleVector s = s0.add(s2).add(s1.add(s3));
    double t0 = s.lane(0) + s.lane(4);
    double t1 = s.lane(1) + s.lane(5);
    double t2 = s.lane(2) + s.lane(6);
    double t3 = s.lane(3) + s.lane(7);
    return (t0 + t2) + (t1 + t3);
  }

  private static DoubleVector addTail(
      double[] x, int xOffset, double[] y, int yOffset, int length, DoubleVector sum) {
    if (length <= 0) {
      return sum;
    }
    VectorMask<Double> mask = S.indexInRange(0, length);
    DoubleVector product =
        DoubleVector.fromArray(S, x, xOffset, mask)
            .fma(DoubleVector.fromArray(S, y, yOffset, mask), sum);
    return sum.blend(product, mask);
  }

  /** Narrower registers: one pass for every four of them. */
  private static double dotInPasses(double[] x, int xOffset, double[] y, int yOffset, int length) {
    int whole = length - length % SUMS;
    double[] sums = new double[SUMS];
    for (int k = 0; k < SUMS; k += 4 * W) {
      dot4(x, xOffset + k, y, yOffset + k, whole, sums, k);
    }
    for (int i = whole; i < length; i++) {
      sums[i - whole] = Math.fma(x[xOffset + i], y[yOffset + i], sums[i - whole]);
    }
    for (int apart = SUMS / 2; apart >= 1; apart /= 2) {
      for (int k = 0; k < apart; k++) {
        sums[k] += sums[k + apart];
      }
    }
    return sums[0];
  }

  /** Partial sums k..k+4W-1, each over every 32nd entry of the first {@code whole}. */
  private static void dot4(
      double[] x, int xOffset, double[] y, int yOffset, int whole, double[] sums, int k) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = DoubleVector.zero(S);
    DoubleVector s2 = DoubleVector.zero(S);
    DoubleVector s3 = DoubleVector.zero(S);
    for (int i = 0; i < whole; i += SUMS) {
      s0 =
          DoubleVector.fromArray(S, x, xOffset + i)
              .fma(DoubleVector.fromArray(S, y, yOffset + i), s0);
      s1 =
          DoubleVector.fromArray(S, x, xOffset + i + W)
              .fma(DoubleVector.fromArray(S, y, yOffset + i + W), s1);
      s2 =
          DoubleVector.fromArray(S, x, xOffset + i + 2 * W)
              .fma(DoubleVector.fromArray(S, y, yOffset + i + 2 * W), s2);
      s3 =
          DoubleVector.fromArray(S, x, xOffset + i + 3 * W)
              .fma(DoubleVector.fromArray(S, y, yOffset + i + 3 * W), s3);
    }
    s0.intoArray(sums, k);
    s1.intoArray(sums, k + W);
    s2.intoArray(sums, k + 2 * W);
    s3.intoArray(sums, k + 3 * W);
  }
}
