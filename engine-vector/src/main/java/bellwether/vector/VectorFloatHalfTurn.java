package bellwether.vector;

import bellwether.core.kernel.FloatModeKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turns sixteen rows with registers of eight lanes, half the rows after the other, by squares of 8
 * x 8: steps that exchange lanes which differ in one bit.
 */
final class VectorFloatHalfTurn {
  private static final int ROWS = FloatModeKernels.LANES;
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;
  private static final int W = 8;
  private static final VectorShuffle<Float> BY_1 = VectorShuffle.fromOp(S, i -> i ^ 1);
  private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(S, i -> i ^ 2);
  private static final VectorShuffle<Float> BY_4 = VectorShuffle.fromOp(S, i -> i ^ 4);
  private static final VectorMask<Float> ODD_1 = VectorMask.fromLong(S, 0b10101010);
  private static final VectorMask<Float> ODD_2 = VectorMask.fromLong(S, 0b11001100);
  private static final VectorMask<Float> ODD_4 = VectorMask.fromLong(S, 0b11110000);

  private VectorFloatHalfTurn() {}

  /**
   * Turns rows of eight columns at least to columns that follow each other: that of column u comes
   * to {@code offset + 16 u}. Some at the end are turned twice.
   */
  static void rows(int columns, float[] x, int xOffset, int apart, float[] target, int offset) {
    for (int half = 0; half < ROWS; half += W) {
      for (int u = 0; u < columns; u += W) {
        int column = Math.min(u, columns - W);
        int from = xOffset + half * apart + column;
        int to = offset + half + ROWS * column;
        FloatVector r0 = FloatVector.fromArray(S, x, from);
        from += apart;
        FloatVector r1 = FloatVector.fromArray(S, x, from);
        from += apart;
        FloatVector r2 = FloatVector.fromArray(S, x, from);
        from += apart;
        FloatVector r3 = FloatVector.fromArray(S, x, from);
        from += apart;
        FloatVector r4 = FloatVector.fromArray(S, x, from);
        from += apart;
        FloatVector r5 = FloatVector.fromArray(S, x, from);
        from += apart;
        FloatVector r6 = FloatVector.fromArray(S, x, from);
        from += apart;
        FloatVector r7 = FloatVector.fromArray(S, x, from);
        FloatVector a0 = r0.blend(r4.rearrange(BY_4), ODD_4);
        FloatVector a4 = r0.rearrange(BY_4).blend(r4, ODD_4);
        FloatVector a1 = r1.blend(r5.rearrange(BY_4), ODD_4);
        FloatVector a5 = r1.rearrange(BY_4).blend(r5, ODD_4);
        FloatVector a2 = r2.blend(r6.rearrange(BY_4), ODD_4);
        FloatVector a6 = r2.rearrange(BY_4).blend(r6, ODD_4);
        FloatVector a3 = r3.blend(r7.rearrange(BY_4), ODD_4);
        FloatVector a7 = r3.rearrange(BY_4).blend(r7, ODD_4);
        FloatVector b0 = a0.blend(a2.rearrange(BY_2), ODD_2);
        FloatVector b2 = a0.rearrange(BY_2).blend(a2, ODD_2);
        FloatVector b1 = a1.blend(a3.rearrange(BY_2), ODD_2);
        FloatVector b3 = a1.rearrange(BY_2).blend(a3, ODD_2);
        FloatVector b4 = a4.blend(a6.rearrange(BY_2), ODD_2);
        FloatVector b6 = a4.rearrange(BY_2).blend(a6, ODD_2);
        FloatVector b5 = a5.blend(a7.rearrange(BY_2), ODD_2);
        FloatVector b7 = a5.rearrange(BY_2).blend(a7, ODD_2);
        FloatVector c0 = b0.blend(b1.rearrange(BY_1), ODD_1);
        FloatVector c1 = b0.rearrange(BY_1).blend(b1, ODD_1);
        FloatVector c2 = b2.blend(b3.rearrange(BY_1), ODD_1);
        FloatVector c3 = b2.rearrange(BY_1).blend(b3, ODD_1);
        FloatVector c4 = b4.blend(b5.rearrange(BY_1), ODD_1);
        FloatVector c5 = b4.rearrange(BY_1).blend(b5, ODD_1);
        FloatVector c6 = b6.blend(b7.rearrange(BY_1), ODD_1);
        FloatVector c7 = b6.rearrange(BY_1).blend(b7, ODD_1);
        c0.intoArray(target, to);
        c1.intoArray(target, to + 1 * ROWS);
        c2.intoArray(target, to + 2 * ROWS);
        c3.intoArray(target, to + 3 * ROWS);
        c4.intoArray(target, to + 4 * ROWS);
        c5.intoArray(target, to + 5 * ROWS);
        c6.intoArray(target, to + 6 * ROWS);
        c7.intoArray(target, to + 7 * ROWS);
      }
    }
  }

  /**
   * Turns the squares of {@link VectorFloatPairs} to columns that are apart; the last square has
   * the last columns.
   */
  static void squares(
      int columns, float[] x, int xOffset, float[] target, int offset, int targetApart) {
    for (int half = 0; half < ROWS; half += W) {
      for (int u = 0; u < columns; u += W) {
        int from = xOffset + half * W + ROWS * u;
        int to = offset + half + targetApart * Math.min(u, columns - W);
        FloatVector r0 = FloatVector.fromArray(S, x, from);
        FloatVector r1 = FloatVector.fromArray(S, x, from + 1 * W);
        FloatVector r2 = FloatVector.fromArray(S, x, from + 2 * W);
        FloatVector r3 = FloatVector.fromArray(S, x, from + 3 * W);
        FloatVector r4 = FloatVector.fromArray(S, x, from + 4 * W);
        FloatVector r5 = FloatVector.fromArray(S, x, from + 5 * W);
        FloatVector r6 = FloatVector.fromArray(S, x, from + 6 * W);
        FloatVector r7 = FloatVector.fromArray(S, x, from + 7 * W);
        FloatVector a0 = r0.blend(r4.rearrange(BY_4), ODD_4);
        FloatVector a4 = r0.rearrange(BY_4).blend(r4, ODD_4);
        FloatVector a1 = r1.blend(r5.rearrange(BY_4), ODD_4);
        FloatVector a5 = r1.rearrange(BY_4).blend(r5, ODD_4);
        FloatVector a2 = r2.blend(r6.rearrange(BY_4), ODD_4);
        FloatVector a6 = r2.rearrange(BY_4).blend(r6, ODD_4);
        FloatVector a3 = r3.blend(r7.rearrange(BY_4), ODD_4);
        FloatVector a7 = r3.rearrange(BY_4).blend(r7, ODD_4);
        FloatVector b0 = a0.blend(a2.rearrange(BY_2), ODD_2);
        FloatVector b2 = a0.rearrange(BY_2).blend(a2, ODD_2);
        FloatVector b1 = a1.blend(a3.rearrange(BY_2), ODD_2);
        FloatVector b3 = a1.rearrange(BY_2).blend(a3, ODD_2);
        FloatVector b4 = a4.blend(a6.rearrange(BY_2), ODD_2);
        FloatVector b6 = a4.rearrange(BY_2).blend(a6, ODD_2);
        FloatVector b5 = a5.blend(a7.rearrange(BY_2), ODD_2);
        FloatVector b7 = a5.rearrange(BY_2).blend(a7, ODD_2);
        FloatVector c0 = b0.blend(b1.rearrange(BY_1), ODD_1);
        FloatVector c1 = b0.rearrange(BY_1).blend(b1, ODD_1);
        FloatVector c2 = b2.blend(b3.rearrange(BY_1), ODD_1);
        FloatVector c3 = b2.rearrange(BY_1).blend(b3, ODD_1);
        FloatVector c4 = b4.blend(b5.rearrange(BY_1), ODD_1);
        FloatVector c5 = b4.rearrange(BY_1).blend(b5, ODD_1);
        FloatVector c6 = b6.blend(b7.rearrange(BY_1), ODD_1);
        FloatVector c7 = b6.rearrange(BY_1).blend(b7, ODD_1);
        c0.intoArray(target, to);
        to += targetApart;
        c1.intoArray(target, to);
        to += targetApart;
        c2.intoArray(target, to);
        to += targetApart;
        c3.intoArray(target, to);
        to += targetApart;
        c4.intoArray(target, to);
        to += targetApart;
        c5.intoArray(target, to);
        to += targetApart;
        c6.intoArray(target, to);
        to += targetApart;
        c7.intoArray(target, to);
      }
    }
  }
}
