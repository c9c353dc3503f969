package bellwether.vector;

import static bellwether.core.kernel.DenseKernels.PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

import bellwether.core.kernel.DenseKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of a strip and panels, in tiles of C that stay in registers through the whole depth.
 */
final class VectorRankUpdate {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  /** Rows and columns of C that fit the registers: 8 x 3 vectors where there are 32 of them. */
  private static final int TILE_ROWS = W >= 8 ? 8 : 4;

  private VectorRankUpdate() {}

  /** {@link DenseKernels#rankUpdate}. */
  static void add(
      int panels,
      int depth,
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      int panelStride,
      double[] c,
      int cOffset,
      int stride) {
    assert aOffset + depth * STRIP <= a.length;
    if (W == 8) {
      for (int p = 0; p < panels; p++) {
        tile8(depth, a, aOffset, b, bOffset + p * panelStride, c, cOffset + p * PANEL, stride);
      }
      return;
    }
    for (int p = 0; p < panels; p++) {
      for (int j = 0; j < PANEL; j += 3 * W) {
        for (int i = 0; i < STRIP; i += TILE_ROWS) {
          tile4(
              depth,
              a,
              aOffset + i,
              b,
              bOffset + p * panelStride + j,
              c,
              cOffset + i * stride + p * PANEL + j,
              stride);
        }
      }
    }
  }

  /**
   * Eight rows by three vectors: 24 accumulators. For 512 bits.
   *
   * <p>Spelled out without helpers: C2 stops inlining ordinary methods in one of this size, and
   * every vector that crosses such a call is boxed (a hundred times slower).
   */
  private static void tile8(
      int depth, double[] a, int aOffset, double[] b, int bOffset, double[] c, int o0, int stride) {
    int o1 = o0 + stride;
    int o2 = o1 + stride;
    int o3 = o2 + stride;
    int o4 = o3 + stride;
    int o5 = o4 + stride;
    int o6 = o5 + stride;
    int o7 = o6 + stride;
    DoubleVector c00 = DoubleVector.fromArray(S, c, o0),
        c01 = DoubleVector.fromArray(S, c, o0 + W),
        c02 = DoubleVector.fromArray(S, c, o0 + 2 * W);
    DoubleVector c10 = DoubleVector.fromArray(S, c, o1),
        c11 = DoubleVector.fromArray(S, c, o1 + W),
        c12 = DoubleVector.fromArray(S, c, o1 + 2 * W);
    DoubleVector c20 = DoubleVector.fromArray(S, c, o2),
        c21 = DoubleVector.fromArray(S, c, o2 + W),
        c22 = DoubleVector.fromArray(S, c, o2 + 2 * W);
    DoubleVector c30 = DoubleVector.fromArray(S, c, o3),
        c31 = DoubleVector.fromArray(S, c, o3 + W),
        c32 = DoubleVector.fromArray(S, c, o3 + 2 * W);
    DoubleVector c40 = DoubleVector.fromArray(S, c, o4),
        c41 = DoubleVector.fromArray(S, c, o4 + W),
        c42 = DoubleVector.fromArray(S, c, o4 + 2 * W);
    DoubleVector c50 = DoubleVector.fromArray(S, c, o5),
        c51 = DoubleVector.fromArray(S, c, o5 + W),
        c52 = DoubleVector.fromArray(S, c, o5 + 2 * W);
    DoubleVector c60 = DoubleVector.fromArray(S, c, o6),
        c61 = DoubleVector.fromArray(S, c, o6 + W),
        c62 = DoubleVector.fromArray(S, c, o6 + 2 * W);
    DoubleVector c70 = DoubleVector.fromArray(S, c, o7),
        c71 = DoubleVector.fromArray(S, c, o7 + W),
        c72 = DoubleVector.fromArray(S, c, o7 + 2 * W);
    for (int l = 0, i = aOffset, j = bOffset; l < depth; l++, i += STRIP, j += PANEL) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, j),
          b1 = DoubleVector.fromArray(S, b, j + W),
          b2 = DoubleVector.fromArray(S, b, j + 2 * W);
      DoubleVector f = DoubleVector.broadcast(S, a[i]);
      c00 = f.lanewise(VectorOperators.FMA, b0, c00);
      c01 = f.lanewise(VectorOperators.FMA, b1, c01);
      c02 = f.lanewise(VectorOperators.FMA, b2, c02);
      f = DoubleVector.broadcast(S, a[i + 1]);
      c10 = f.lanewise(VectorOperators.FMA, b0, c10);
      c11 = f.lanewise(VectorOperators.FMA, b1, c11);
      c12 = f.lanewise(VectorOperators.FMA, b2, c12);
      f = DoubleVector.broadcast(S, a[i + 2]);
      c20 = f.lanewise(VectorOperators.FMA, b0, c20);
      c21 = f.lanewise(VectorOperators.FMA, b1, c21);
      c22 = f.lanewise(VectorOperators.FMA, b2, c22);
      f = DoubleVector.broadcast(S, a[i + 3]);
      c30 = f.lanewise(VectorOperators.FMA, b0, c30);
      c31 = f.lanewise(VectorOperators.FMA, b1, c31);
      c32 = f.lanewise(VectorOperators.FMA, b2, c32);
      f = DoubleVector.broadcast(S, a[i + 4]);
      c40 = f.lanewise(VectorOperators.FMA, b0, c40);
      c41 = f.lanewise(VectorOperators.FMA, b1, c41);
      c42 = f.lanewise(VectorOperators.FMA, b2, c42);
      f = DoubleVector.broadcast(S, a[i + 5]);
      c50 = f.lanewise(VectorOperators.FMA, b0, c50);
      c51 = f.lanewise(VectorOperators.FMA, b1, c51);
      c52 = f.lanewise(VectorOperators.FMA, b2, c52);
      f = DoubleVector.broadcast(S, a[i + 6]);
      c60 = f.lanewise(VectorOperators.FMA, b0, c60);
      c61 = f.lanewise(VectorOperators.FMA, b1, c61);
      c62 = f.lanewise(VectorOperators.FMA, b2, c62);
      f = DoubleVector.broadcast(S, a[i + 7]);
      c70 = f.lanewise(VectorOperators.FMA, b0, c70);
      c71 = f.lanewise(VectorOperators.FMA, b1, c71);
      c72 = f.lanewise(VectorOperators.FMA, b2, c72);
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + W);
    c02.intoArray(c, o0 + 2 * W);
    c10.intoArray(c, o1);
    c11.intoArray(c, o1 + W);
    c12.intoArray(c, o1 + 2 * W);
    c20.intoArray(c, o2);
    c21.intoArray(c, o2 + W);
    c22.intoArray(c, o2 + 2 * W);
    c30.intoArray(c, o3);
    c31.intoArray(c, o3 + W);
    c32.intoArray(c, o3 + 2 * W);
    c40.intoArray(c, o4);
    c41.intoArray(c, o4 + W);
    c42.intoArray(c, o4 + 2 * W);
    c50.intoArray(c, o5);
    c51.intoArray(c, o5 + W);
    c52.intoArray(c, o5 + 2 * W);
    c60.intoArray(c, o6);
    c61.intoArray(c, o6 + W);
    c62.intoArray(c, o6 + 2 * W);
    c70.intoArray(c, o7);
    c71.intoArray(c, o7 + W);
    c72.intoArray(c, o7 + 2 * W);
  }

  /** Four rows by three vectors: 12 accumulators. For machines with 16 vector registers. */
  private static void tile4(
      int depth, double[] a, int aOffset, double[] b, int bOffset, double[] c, int o0, int stride) {
    int o1 = o0 + stride;
    int o2 = o1 + stride;
    int o3 = o2 + stride;
    DoubleVector c00 = DoubleVector.fromArray(S, c, o0),
        c01 = DoubleVector.fromArray(S, c, o0 + W),
        c02 = DoubleVector.fromArray(S, c, o0 + 2 * W);
    DoubleVector c10 = DoubleVector.fromArray(S, c, o1),
        c11 = DoubleVector.fromArray(S, c, o1 + W),
        c12 = DoubleVector.fromArray(S, c, o1 + 2 * W);
    DoubleVector c20 = DoubleVector.fromArray(S, c, o2),
        c21 = DoubleVector.fromArray(S, c, o2 + W),
        c22 = DoubleVector.fromArray(S, c, o2 + 2 * W);
    DoubleVector c30 = DoubleVector.fromArray(S, c, o3),
        c31 = DoubleVector.fromArray(S, c, o3 + W),
        c32 = DoubleVector.fromArray(S, c, o3 + 2 * W);
    for (int l = 0, i = aOffset, j = bOffset; l < depth; l++, i += STRIP, j += PANEL) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, j),
          b1 = DoubleVector.fromArray(S, b, j + W),
          b2 = DoubleVector.fromArray(S, b, j + 2 * W);
      DoubleVector f = DoubleVector.broadcast(S, a[i]);
      c00 = f.lanewise(VectorOperators.FMA, b0, c00);
      c01 = f.lanewise(VectorOperators.FMA, b1, c01);
      c02 = f.lanewise(VectorOperators.FMA, b2, c02);
      f = DoubleVector.broadcast(S, a[i + 1]);
      c10 = f.lanewise(VectorOperators.FMA, b0, c10);
      c11 = f.lanewise(VectorOperators.FMA, b1, c11);
      c12 = f.lanewise(VectorOperators.FMA, b2, c12);
      f = DoubleVector.broadcast(S, a[i + 2]);
      c20 = f.lanewise(VectorOperators.FMA, b0, c20);
      c21 = f.lanewise(VectorOperators.FMA, b1, c21);
      c22 = f.lanewise(VectorOperators.FMA, b2, c22);
      f = DoubleVector.broadcast(S, a[i + 3]);
      c30 = f.lanewise(VectorOperators.FMA, b0, c30);
      c31 = f.lanewise(VectorOperators.FMA, b1, c31);
      c32 = f.lanewise(VectorOperators.FMA, b2, c32);
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + W);
    c02.intoArray(c, o0 + 2 * W);
    c10.intoArray(c, o1);
    c11.intoArray(c, o1 + W);
    c12.intoArray(c, o1 + 2 * W);
    c20.intoArray(c, o2);
    c21.intoArray(c, o2 + W);
    c22.intoArray(c, o2 + 2 * W);
    c30.intoArray(c, o3);
    c31.intoArray(c, o3 + W);
    c32.intoArray(c, o3 + 2 * W);
  }
}
