package bellwether.vector;

import bellwether.core.kernel.FloatModeKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turns sixteen rows that are apart to columns that follow each other, with registers of sixteen
 * lanes, by squares of 16 x 16: four steps that exchange lanes which differ in one bit.
 */
final class VectorFloatTurn {
  private static final int ROWS = FloatModeKernels.LANES;
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
  private static final VectorShuffle<Float> BY_1 = VectorShuffle.fromOp(S, i -> i ^ 1);
  private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(S, i -> i ^ 2);
  private static final VectorShuffle<Float> BY_4 = VectorShuffle.fromOp(S, i -> i ^ 4);
  private static final VectorShuffle<Float> BY_8 = VectorShuffle.fromOp(S, i -> i ^ 8);
  private static final VectorMask<Float> ODD_1 = VectorMask.fromLong(S, 0b10101010_10101010);
  private static final VectorMask<Float> ODD_2 = VectorMask.fromLong(S, 0b11001100_11001100);
  private static final VectorMask<Float> ODD_4 = VectorMask.fromLong(S, 0b11110000_11110000);
  private static final VectorMask<Float> ODD_8 = VectorMask.fromLong(S, 0b11111111_00000000);

  private VectorFloatTurn() {}

  /**
   * Turns rows of sixteen columns at least: that of column u comes to {@code offset + 16 u}. Some
   * at the end are turned twice.
   */
  static void turn(int columns, float[] x, int xOffset, int apart, float[] target, int offset) {
    for (int u = 0; u < columns; u += ROWS) {
      int column = Math.min(u, columns - ROWS);
      int from = xOffset + column;
      int to = offset + ROWS * column;
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
      from += apart;
      FloatVector r8 = FloatVector.fromArray(S, x, from);
      from += apart;
      FloatVector r9 = FloatVector.fromArray(S, x, from);
      from += apart;
      FloatVector r10 = FloatVector.fromArray(S, x, from);
      from += apart;
      FloatVector r11 = FloatVector.fromArray(S, x, from);
      from += apart;
      FloatVector r12 = FloatVector.fromArray(S, x, from);
      from += apart;
      FloatVector r13 = FloatVector.fromArray(S, x, from);
      from += apart;
      FloatVector r14 = FloatVector.fromArray(S, x, from);
      from += apart;
      FloatVector r15 = FloatVector.fromArray(S, x, from);
      FloatVector a0 = r0.blend(r8.rearrange(BY_8), ODD_8);
      FloatVector a8 = r0.rearrange(BY_8).blend(r8, ODD_8);
      FloatVector a1 = r1.blend(r9.rearrange(BY_8), ODD_8);
      FloatVector a9 = r1.rearrange(BY_8).blend(r9, ODD_8);
      FloatVector a2 = r2.blend(r10.rearrange(BY_8), ODD_8);
      FloatVector a10 = r2.rearrange(BY_8).blend(r10, ODD_8);
      FloatVector a3 = r3.blend(r11.rearrange(BY_8), ODD_8);
      FloatVector a11 = r3.rearrange(BY_8).blend(r11, ODD_8);
      FloatVector a4 = r4.blend(r12.rearrange(BY_8), ODD_8);
      FloatVector a12 = r4.rearrange(BY_8).blend(r12, ODD_8);
      FloatVector a5 = r5.blend(r13.rearrange(BY_8), ODD_8);
      FloatVector a13 = r5.rearrange(BY_8).blend(r13, ODD_8);
      FloatVector a6 = r6.blend(r14.rearrange(BY_8), ODD_8);
      FloatVector a14 = r6.rearrange(BY_8).blend(r14, ODD_8);
      FloatVector a7 = r7.blend(r15.rearrange(BY_8), ODD_8);
      FloatVector a15 = r7.rearrange(BY_8).blend(r15, ODD_8);
      FloatVector b0 = a0.blend(a4.rearrange(BY_4), ODD_4);
      FloatVector b4 = a0.rearrange(BY_4).blend(a4, ODD_4);
      FloatVector b1 = a1.blend(a5.rearrange(BY_4), ODD_4);
      FloatVector b5 = a1.rearrange(BY_4).blend(a5, ODD_4);
      FloatVector b2 = a2.blend(a6.rearrange(BY_4), ODD_4);
      FloatVector b6 = a2.rearrange(BY_4).blend(a6, ODD_4);
      FloatVector b3 = a3.blend(a7.rearrange(BY_4), ODD_4);
      FloatVector b7 = a3.rearrange(BY_4).blend(a7, ODD_4);
      FloatVector b8 = a8.blend(a12.rearrange(BY_4), ODD_4);
      FloatVector b12 = a8.rearrange(BY_4).blend(a12, ODD_4);
      FloatVector b9 = a9.blend(a13.rearrange(BY_4), ODD_4);
      FloatVector b13 = a9.rearrange(BY_4).blend(a13, ODD_4);
      FloatVector b10 = a10.blend(a14.rearrange(BY_4), ODD_4);
      FloatVector b14 = a10.rearrange(BY_4).blend(a14, ODD_4);
      FloatVector b11 = a11.blend(a15.rearrange(BY_4), ODD_4);
      FloatVector b15 = a11.rearrange(BY_4).blend(a15, ODD_4);
      FloatVector c0 = b0.blend(b2.rearrange(BY_2), ODD_2);
      FloatVector c2 = b0.rearrange(BY_2).blend(b2, ODD_2);
      FloatVector c1 = b1.blend(b3.rearrange(BY_2), ODD_2);
      FloatVector c3 = b1.rearrange(BY_2).blend(b3, ODD_2);
      FloatVector c4 = b4.blend(b6.rearrange(BY_2), ODD_2);
      FloatVector c6 = b4.rearrange(BY_2).blend(b6, ODD_2);
      FloatVector c5 = b5.blend(b7.rearrange(BY_2), ODD_2);
      FloatVector c7 = b5.rearrange(BY_2).blend(b7, ODD_2);
      FloatVector c8 = b8.blend(b10.rearrange(BY_2), ODD_2);
      FloatVector c10 = b8.rearrange(BY_2).blend(b10, ODD_2);
      FloatVector c9 = b9.blend(b11.rearrange(BY_2), ODD_2);
      FloatVector c11 = b9.rearrange(BY_2).blend(b11, ODD_2);
      FloatVector c12 = b12.blend(b14.rearrange(BY_2), ODD_2);
      FloatVector c14 = b12.rearrange(BY_2).blend(b14, ODD_2);
      FloatVector c13 = b13.blend(b15.rearrange(BY_2), ODD_2);
      FloatVector c15 = b13.rearrange(BY_2).blend(b15, ODD_2);
      FloatVector d0 = c0.blend(c1.rearrange(BY_1), ODD_1);
      FloatVector d1 = c0.rearrange(BY_1).blend(c1, ODD_1);
      FloatVector d2 = c2.blend(c3.rearrange(BY_1), ODD_1);
      FloatVector d3 = c2.rearrange(BY_1).blend(c3, ODD_1);
      FloatVector d4 = c4.blend(c5.rearrange(BY_1), ODD_1);
      FloatVector d5 = c4.rearrange(BY_1).blend(c5, ODD_1);
      FloatVector d6 = c6.blend(c7.rearrange(BY_1), ODD_1);
      FloatVector d7 = c6.rearrange(BY_1).blend(c7, ODD_1);
      FloatVector d8 = c8.blend(c9.rearrange(BY_1), ODD_1);
      FloatVector d9 = c8.rearrange(BY_1).blend(c9, ODD_1);
      FloatVector d10 = c10.blend(c11.rearrange(BY_1), ODD_1);
      FloatVector d11 = c10.rearrange(BY_1).blend(c11, ODD_1);
      FloatVector d12 = c12.blend(c13.rearrange(BY_1), ODD_1);
      FloatVector d13 = c12.rearrange(BY_1).blend(c13, ODD_1);
      FloatVector d14 = c14.blend(c15.rearrange(BY_1), ODD_1);
      FloatVector d15 = c14.rearrange(BY_1).blend(c15, ODD_1);
      d0.intoArray(target, to);
      d1.intoArray(target, to + 1 * ROWS);
      d2.intoArray(target, to + 2 * ROWS);
      d3.intoArray(target, to + 3 * ROWS);
      d4.intoArray(target, to + 4 * ROWS);
      d5.intoArray(target, to + 5 * ROWS);
      d6.intoArray(target, to + 6 * ROWS);
      d7.intoArray(target, to + 7 * ROWS);
      d8.intoArray(target, to + 8 * ROWS);
      d9.intoArray(target, to + 9 * ROWS);
      d10.intoArray(target, to + 10 * ROWS);
      d11.intoArray(target, to + 11 * ROWS);
      d12.intoArray(target, to + 12 * ROWS);
      d13.intoArray(target, to + 13 * ROWS);
      d14.intoArray(target, to + 14 * ROWS);
      d15.intoArray(target, to + 15 * ROWS);
    }
  }
}
