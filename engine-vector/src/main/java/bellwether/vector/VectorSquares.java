package bellwether.vector;

import bellwether.core.kernel.ModeKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turns the squares of {@link VectorPairs} to columns that are apart, as {@link VectorTurn} does.
 * The distance that is known, here that of the rows, makes addresses part of an instruction.
 */
final class VectorSquares {
  private static final int ROWS = ModeKernels.LANES;
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_512;
  private static final VectorShuffle<Double> BY_1 = VectorShuffle.fromOp(S, i -> i ^ 1);
  private static final VectorShuffle<Double> BY_2 = VectorShuffle.fromOp(S, i -> i ^ 2);
  private static final VectorShuffle<Double> BY_4 = VectorShuffle.fromOp(S, i -> i ^ 4);
  private static final VectorMask<Double> ODD_1 = VectorMask.fromLong(S, 0b10101010);
  private static final VectorMask<Double> ODD_2 = VectorMask.fromLong(S, 0b11001100);
  private static final VectorMask<Double> ODD_4 = VectorMask.fromLong(S, 0b11110000);

  private VectorSquares() {}

  /** Turns squares of eight columns at least, of which the last has the last eight. */
  static void turn(
      int columns, double[] x, int xOffset, double[] target, int offset, int targetApart) {
    for (int u = 0; u < columns; u += ROWS) {
      int from = xOffset + ROWS * u;
      int to = offset + targetApart * Math.min(u, columns - ROWS);
      DoubleVector r0 = DoubleVector.fromArray(S, x, from);
      DoubleVector r1 = DoubleVector.fromArray(S, x, from + 1 * ROWS);
      DoubleVector r2 = DoubleVector.fromArray(S, x, from + 2 * ROWS);
      DoubleVector r3 = DoubleVector.fromArray(S, x, from + 3 * ROWS);
      DoubleVector r4 = DoubleVector.fromArray(S, x, from + 4 * ROWS);
      DoubleVector r5 = DoubleVector.fromArray(S, x, from + 5 * ROWS);
      DoubleVector r6 = DoubleVector.fromArray(S, x, from + 6 * ROWS);
      DoubleVector r7 = DoubleVector.fromArray(S, x, from + 7 * ROWS);
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
      // Sums one after the other: products with the distance would all be kept, on the stack.
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
