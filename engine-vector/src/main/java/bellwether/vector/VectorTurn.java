package bellwether.vector;

import bellwether.core.kernel.ModeKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turns eight rows to columns with registers of eight lanes, by squares of 8 x 8: three steps that
 * exchange lanes which differ in one bit.
 */
final class VectorTurn {
  private static final int ROWS = ModeKernels.LANES;
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_512;
  private static final VectorShuffle<Double> BY_1 = VectorShuffle.fromOp(S, i -> i ^ 1);
  private static final VectorShuffle<Double> BY_2 = VectorShuffle.fromOp(S, i -> i ^ 2);
  private static final VectorShuffle<Double> BY_4 = VectorShuffle.fromOp(S, i -> i ^ 4);
  private static final VectorMask<Double> ODD_1 = VectorMask.fromLong(S, 0b10101010);
  private static final VectorMask<Double> ODD_2 = VectorMask.fromLong(S, 0b11001100);
  private static final VectorMask<Double> ODD_4 = VectorMask.fromLong(S, 0b11110000);

  private VectorTurn() {}

  /**
   * Turns rows of eight columns at least to columns that follow each other: that of column u comes
   * to {@code offset + 8 u}. Some at the end are turned twice.
   */
  static void turn(int columns, double[] x, int xOffset, int apart, double[] target, int offset) {
    for (int u = 0; u < columns; u += ROWS) {
      int column = Math.min(u, columns - ROWS);
      int from = xOffset + column;
      int to = offset + ROWS * column;
      DoubleVector r0 = DoubleVector.fromArray(S, x, from);
      from += apart;
      DoubleVector r1 = DoubleVector.fromArray(S, x, from);
      from += apart;
      DoubleVector r2 = DoubleVector.fromArray(S, x, from);
      from += apart;
      DoubleVector r3 = DoubleVector.fromArray(S, x, from);
      from += apart;
      DoubleVector r4 = DoubleVector.fromArray(S, x, from);
      from += apart;
      DoubleVector r5 = DoubleVector.fromArray(S, x, from);
      from += apart;
      DoubleVector r6 = DoubleVector.fromArray(S, x, from);
      from += apart;
      DoubleVector r7 = DoubleVector.fromArray(S, x, from);
      DoubleVector a0 = r0.blend(r4.rearrange(BY_4), ODD_4);
      DoubleVector a4 = r0.rearrange(BY_4).blend(r4, ODD_4);
      DoubleVector a1 = r1.blend(r5.rearrange(BY_4), ODD_4);
      DoubleVector a5 = r1.rearrange(BY_4).blend(r5, ODD_4);
      DoubleVector a2 = r2.blend(r6.rearrange(BY_4), ODD_4);
      DoubleVector a6 = r2.rearrange(BY_4).blend(r6, ODD_4);
      DoubleVector a3 = r3.blend(r7.rearrange(BY_4), ODD_4);
      DoubleVector a7 = r3.rearrange(BY_4).blend(r7, ODD_4);
      DoubleVector b0 = a0.blend(a2.rearrange(BY_2), ODD_2);
      DoubleVector b2 = a0.rearrange(BY_2).blend(a2, ODD_2);
      DoubleVector b1 = a1.blend(a3.rearrange(BY_2), ODD_2);
      DoubleVector b3 = a1.rearrange(BY_2).blend(a3, ODD_2);
      DoubleVector b4 = a4.blend(a6.rearrange(BY_2), ODD_2);
      DoubleVector b6 = a4.rearrange(BY_2).blend(a6, ODD_2);
      DoubleVector b5 = a5.blend(a7.rearrange(BY_2), ODD_2);
      DoubleVector b7 = a5.rearrange(BY_2).blend(a7, ODD_2);
      DoubleVector c0 = b0.blend(b1.rearrange(BY_1), ODD_1);
      DoubleVector c1 = b0.rearrange(BY_1).blend(b1, ODD_1);
      DoubleVector c2 = b2.blend(b3.rearrange(BY_1), ODD_1);
      DoubleVector c3 = b2.rearrange(BY_1).blend(b3, ODD_1);
      DoubleVector c4 = b4.blend(b5.rearrange(BY_1), ODD_1);
      DoubleVector c5 = b4.rearrange(BY_1).blend(b5, ODD_1);
      DoubleVector c6 = b6.blend(b7.rearrange(BY_1), ODD_1);
      DoubleVector c7 = b6.rearrange(BY_1).blend(b7, ODD_1);
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

  /**
   * Turns squares, as many as there are whole ones from the first column: that of column u from
   * {@code xOffset + u * xStep}, rows {@code apart}, to {@code offset + u * targetStep}.
   */
  static void squares(
      int first,
      int columns,
      double[] x,
      int xOffset,
      int xStep,
      int apart,
      double[] target,
      int offset,
      int targetStep,
      int targetApart) {
    int end = columns - ROWS + 1;
    for (int u = first; u < end; u += ROWS) {
      int from = xOffset + xStep * u;
      int to = offset + targetStep * u;
      DoubleVector r0 = DoubleVector.fromArray(S, x, from + 0 * apart);
      DoubleVector r1 = DoubleVector.fromArray(S, x, from + 1 * apart);
      DoubleVector r2 = DoubleVector.fromArray(S, x, from + 2 * apart);
      DoubleVector r3 = DoubleVector.fromArray(S, x, from + 3 * apart);
      DoubleVector r4 = DoubleVector.fromArray(S, x, from + 4 * apart);
      DoubleVector r5 = DoubleVector.fromArray(S, x, from + 5 * apart);
      DoubleVector r6 = DoubleVector.fromArray(S, x, from + 6 * apart);
      DoubleVector r7 = DoubleVector.fromArray(S, x, from + 7 * apart);
      DoubleVector a0 = r0.blend(r1.rearrange(BY_1), ODD_1);
      DoubleVector a1 = r0.rearrange(BY_1).blend(r1, ODD_1);
      DoubleVector a2 = r2.blend(r3.rearrange(BY_1), ODD_1);
      DoubleVector a3 = r2.rearrange(BY_1).blend(r3, ODD_1);
      DoubleVector a4 = r4.blend(r5.rearrange(BY_1), ODD_1);
      DoubleVector a5 = r4.rearrange(BY_1).blend(r5, ODD_1);
      DoubleVector a6 = r6.blend(r7.rearrange(BY_1), ODD_1);
      DoubleVector a7 = r6.rearrange(BY_1).blend(r7, ODD_1);
      DoubleVector b0 = a0.blend(a2.rearrange(BY_2), ODD_2);
      DoubleVector b2 = a0.rearrange(BY_2).blend(a2, ODD_2);
      DoubleVector b1 = a1.blend(a3.rearrange(BY_2), ODD_2);
      DoubleVector b3 = a1.rearrange(BY_2).blend(a3, ODD_2);
      DoubleVector b4 = a4.blend(a6.rearrange(BY_2), ODD_2);
      DoubleVector b6 = a4.rearrange(BY_2).blend(a6, ODD_2);
      DoubleVector b5 = a5.blend(a7.rearrange(BY_2), ODD_2);
      DoubleVector b7 = a5.rearrange(BY_2).blend(a7, ODD_2);
      DoubleVector c0 = b0.blend(b4.rearrange(BY_4), ODD_4);
      DoubleVector c4 = b0.rearrange(BY_4).blend(b4, ODD_4);
      DoubleVector c1 = b1.blend(b5.rearrange(BY_4), ODD_4);
      DoubleVector c5 = b1.rearrange(BY_4).blend(b5, ODD_4);
      DoubleVector c2 = b2.blend(b6.rearrange(BY_4), ODD_4);
      DoubleVector c6 = b2.rearrange(BY_4).blend(b6, ODD_4);
      DoubleVector c3 = b3.blend(b7.rearrange(BY_4), ODD_4);
      DoubleVector c7 = b3.rearrange(BY_4).blend(b7, ODD_4);
      c0.intoArray(target, to);
      c1.intoArray(target, to + 1 * targetApart);
      c2.intoArray(target, to + 2 * targetApart);
      c3.intoArray(target, to + 3 * targetApart);
      c4.intoArray(target, to + 4 * targetApart);
      c5.intoArray(target, to + 5 * targetApart);
      c6.intoArray(target, to + 6 * targetApart);
      c7.intoArray(target, to + 7 * targetApart);
    }
  }
}
