package bellwether.vector;

import bellwether.core.kernel.ModeKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turns eight rows with registers of four lanes, half the rows after the other, by squares of 4 x
 * 4: steps that exchange lanes which differ in one bit.
 */
final class VectorHalfTurn {
  private static final int ROWS = ModeKernels.LANES;
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_256;
  private static final int W = 4;
  private static final VectorShuffle<Double> BY_1 = VectorShuffle.fromOp(S, i -> i ^ 1);
  private static final VectorShuffle<Double> BY_2 = VectorShuffle.fromOp(S, i -> i ^ 2);
  private static final VectorMask<Double> ODD_1 = VectorMask.fromLong(S, 0b1010);
  private static final VectorMask<Double> ODD_2 = VectorMask.fromLong(S, 0b1100);

  private VectorHalfTurn() {}

  /**
   * Turns rows of four columns at least to columns that follow each other: that of column u comes
   * to {@code offset + 8 u}. Some at the end are turned twice.
   */
  static void rows(int columns, double[] x, int xOffset, int apart, double[] target, int offset) {
    for (int half = 0; half < ROWS; half += W) {
      for (int u = 0; u < columns; u += W) {
        int column = Math.min(u, columns - W);
        int from = xOffset + half * apart + column;
        int to = offset + half + ROWS * column;
        DoubleVector r0 = DoubleVector.fromArray(S, x, from);
        from += apart;
        DoubleVector r1 = DoubleVector.fromArray(S, x, from);
        from += apart;
        DoubleVector r2 = DoubleVector.fromArray(S, x, from);
        from += apart;
        DoubleVector r3 = DoubleVector.fromArray(S, x, from);
        DoubleVector a0 = r0.blend(r2.rearrange(BY_2), ODD_2);
        DoubleVector a2 = r0.rearrange(BY_2).blend(r2, ODD_2);
        DoubleVector a1 = r1.blend(r3.rearrange(BY_2), ODD_2);
        DoubleVector a3 = r1.rearrange(BY_2).blend(r3, ODD_2);
        DoubleVector b0 = a0.blend(a1.rearrange(BY_1), ODD_1);
        DoubleVector b1 = a0.rearrange(BY_1).blend(a1, ODD_1);
        DoubleVector b2 = a2.blend(a3.rearrange(BY_1), ODD_1);
        DoubleVector b3 = a2.rearrange(BY_1).blend(a3, ODD_1);
        b0.intoArray(target, to);
        b1.intoArray(target, to + 1 * ROWS);
        b2.intoArray(target, to + 2 * ROWS);
        b3.intoArray(target, to + 3 * ROWS);
      }
    }
  }

  /**
   * Turns the squares of {@link VectorPairs} to columns that are apart; the last square has the
   * last columns.
   */
  static void squares(
      int columns, double[] x, int xOffset, double[] target, int offset, int targetApart) {
    for (int half = 0; half < ROWS; half += W) {
      for (int u = 0; u < columns; u += W) {
        int from = xOffset + half * W + ROWS * u;
        int to = offset + half + targetApart * Math.min(u, columns - W);
        DoubleVector r0 = DoubleVector.fromArray(S, x, from);
        DoubleVector r1 = DoubleVector.fromArray(S, x, from + 1 * W);
        DoubleVector r2 = DoubleVector.fromArray(S, x, from + 2 * W);
        DoubleVector r3 = DoubleVector.fromArray(S, x, from + 3 * W);
        DoubleVector a0 = r0.blend(r2.rearrange(BY_2), ODD_2);
        DoubleVector a2 = r0.rearrange(BY_2).blend(r2, ODD_2);
        DoubleVector a1 = r1.blend(r3.rearrange(BY_2), ODD_2);
        DoubleVector a3 = r1.rearrange(BY_2).blend(r3, ODD_2);
        DoubleVector b0 = a0.blend(a1.rearrange(BY_1), ODD_1);
        DoubleVector b1 = a0.rearrange(BY_1).blend(a1, ODD_1);
        DoubleVector b2 = a2.blend(a3.rearrange(BY_1), ODD_1);
        DoubleVector b3 = a2.rearrange(BY_1).blend(a3, ODD_1);
        b0.intoArray(target, to);
        to += targetApart;
        b1.intoArray(target, to);
        to += targetApart;
        b2.intoArray(target, to);
        to += targetApart;
        b3.intoArray(target, to);
      }
    }
  }
}
