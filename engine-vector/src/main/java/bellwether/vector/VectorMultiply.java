package bellwether.vector;

import bellwether.core.kernel.ModeKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ModeKernels#multiply} and {@link ModeKernels#multiplyPairs} with registers of eight lanes.
 * Successors lie here and there in a row, but eight rows turned by squares of 8 x 8 have the eight
 * values of a type side by side: then a product is a few vector operations, and turning there and
 * back costs three permutations a vector. The squares stand here written out: C2 boxes vectors that
 * cross a call in a method of that size.
 */
final class VectorMultiply {
  private static final int ROWS = ModeKernels.LANES;
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_512;
  private static final VectorShuffle<Double> BY_1 = VectorShuffle.fromOp(S, i -> i ^ 1);
  private static final VectorShuffle<Double> BY_2 = VectorShuffle.fromOp(S, i -> i ^ 2);
  private static final VectorShuffle<Double> BY_4 = VectorShuffle.fromOp(S, i -> i ^ 4);
  private static final VectorMask<Double> ODD_1 = VectorMask.fromLong(S, 0b10101010);
  private static final VectorMask<Double> ODD_2 = VectorMask.fromLong(S, 0b11001100);
  private static final VectorMask<Double> ODD_4 = VectorMask.fromLong(S, 0b11110000);

  private VectorMultiply() {}

  static void multiply(
      int types,
      int[] start,
      int[] from,
      double[] weight,
      double[] x,
      int xOffset,
      int xApart,
      double[] y,
      int yOffset,
      int yApart,
      double[] work,
      int workOffset) {
    int room = (types + ROWS - 1) / ROWS * ROWS;
    VectorTurn.squares(0, room, x, xOffset, 1, xApart, work, workOffset, ROWS, ROWS);
    int sums = workOffset + ROWS * room;
    sums(types, start, from, weight, work, workOffset, sums);
    VectorTurn.squares(0, room, work, sums, ROWS, ROWS, y, yOffset, 1, yApart);
  }

  /**
   * Two entries each, from 2 t, of rows that stand turned at x: the sums of eight types are turned
   * back in registers. All is in one array, for which C2 has enough registers where it has not for
   * three.
   */
  static void pairs(int types, int[] from, double[] array, int weight, int x, int y, int yApart) {
    pairs(0, types, from, array, weight, x, y, yApart);
    if (types % ROWS > 0) {
      // Some types twice.
      pairs(types - ROWS, types, from, array, weight, x, y, yApart);
    }
  }

  private static void pairs(
      int t0, int t1, int[] from, double[] array, int weight, int x, int y, int yApart) {
    int end = t1 - ROWS + 1;
    for (int t = t0; t < end; t += ROWS) {
      int e = 2 * t;
      int v = weight + e;
      int to = y + t;
      DoubleVector r0 =
          DoubleVector.fromArray(S, array, x + ROWS * from[e + 1])
              .fma(
                  DoubleVector.broadcast(S, array[v + 1]),
                  DoubleVector.fromArray(S, array, x + ROWS * from[e + 0])
                      .mul(DoubleVector.broadcast(S, array[v + 0])));
      DoubleVector r1 =
          DoubleVector.fromArray(S, array, x + ROWS * from[e + 3])
              .fma(
                  DoubleVector.broadcast(S, array[v + 3]),
                  DoubleVector.fromArray(S, array, x + ROWS * from[e + 2])
                      .mul(DoubleVector.broadcast(S, array[v + 2])));
      DoubleVector r2 =
          DoubleVector.fromArray(S, array, x + ROWS * from[e + 5])
              .fma(
                  DoubleVector.broadcast(S, array[v + 5]),
                  DoubleVector.fromArray(S, array, x + ROWS * from[e + 4])
                      .mul(DoubleVector.broadcast(S, array[v + 4])));
      DoubleVector r3 =
          DoubleVector.fromArray(S, array, x + ROWS * from[e + 7])
              .fma(
                  DoubleVector.broadcast(S, array[v + 7]),
                  DoubleVector.fromArray(S, array, x + ROWS * from[e + 6])
                      .mul(DoubleVector.broadcast(S, array[v + 6])));
      DoubleVector r4 =
          DoubleVector.fromArray(S, array, x + ROWS * from[e + 9])
              .fma(
                  DoubleVector.broadcast(S, array[v + 9]),
                  DoubleVector.fromArray(S, array, x + ROWS * from[e + 8])
                      .mul(DoubleVector.broadcast(S, array[v + 8])));
      DoubleVector r5 =
          DoubleVector.fromArray(S, array, x + ROWS * from[e + 11])
              .fma(
                  DoubleVector.broadcast(S, array[v + 11]),
                  DoubleVector.fromArray(S, array, x + ROWS * from[e + 10])
                      .mul(DoubleVector.broadcast(S, array[v + 10])));
      DoubleVector r6 =
          DoubleVector.fromArray(S, array, x + ROWS * from[e + 13])
              .fma(
                  DoubleVector.broadcast(S, array[v + 13]),
                  DoubleVector.fromArray(S, array, x + ROWS * from[e + 12])
                      .mul(DoubleVector.broadcast(S, array[v + 12])));
      DoubleVector r7 =
          DoubleVector.fromArray(S, array, x + ROWS * from[e + 15])
              .fma(
                  DoubleVector.broadcast(S, array[v + 15]),
                  DoubleVector.fromArray(S, array, x + ROWS * from[e + 14])
                      .mul(DoubleVector.broadcast(S, array[v + 14])));
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
      c0.intoArray(array, to);
      to += yApart;
      c1.intoArray(array, to);
      to += yApart;
      c2.intoArray(array, to);
      to += yApart;
      c3.intoArray(array, to);
      to += yApart;
      c4.intoArray(array, to);
      to += yApart;
      c5.intoArray(array, to);
      to += yApart;
      c6.intoArray(array, to);
      to += yApart;
      c7.intoArray(array, to);
    }
  }

  private static void sums(
      int types, int[] start, int[] from, double[] weight, double[] work, int x, int y) {
    for (int t = 0; t < types; t++) {
      int e = start[t];
      DoubleVector sum =
          DoubleVector.fromArray(S, work, x + ROWS * from[e])
              .mul(DoubleVector.broadcast(S, weight[e]));
      for (int k = e + 1; k < start[t + 1]; k++) {
        sum =
            DoubleVector.fromArray(S, work, x + ROWS * from[k])
                .fma(DoubleVector.broadcast(S, weight[k]), sum);
      }
      sum.intoArray(work, y + ROWS * t);
    }
  }
}
