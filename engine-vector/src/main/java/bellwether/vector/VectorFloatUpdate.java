package bellwether.vector;

import static bellwether.core.kernel.DenseKernels.FLOAT_PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

import bellwether.core.kernel.DenseKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of a strip and panels of floats, in tiles of C that stay in registers through the
 * whole depth.
 */
final class VectorFloatUpdate {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  /** Rows and columns of C that fit the registers: 8 x 3 vectors where there are 32 of them. */
  private static final int TILE_ROWS = W >= 16 ? 8 : 4;

  private VectorFloatUpdate() {}

  /** {@link DenseKernels#rankUpdate} of floats. */
  static void add(
      int panels,
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int panelStride,
      float[] c,
      int cOffset,
      int stride) {
    assert aOffset + depth * STRIP <= a.length;
    if (W == 16) {
      for (int p = 0; p < panels; p++) {
        tile8(
            depth, a, aOffset, b, bOffset + p * panelStride, c, cOffset + p * FLOAT_PANEL, stride);
      }
      return;
    }
    for (int p = 0; p < panels; p++) {
      for (int j = 0; j < FLOAT_PANEL; j += 3 * W) {
        for (int i = 0; i < STRIP; i += TILE_ROWS) {
          tile4(
              depth,
              a,
              aOffset + i,
              b,
              bOffset + p * panelStride + j,
              c,
              cOffset + i * stride + p * FLOAT_PANEL + j,
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
      int depth, float[] a, int aOffset, float[] b, int bOffset, float[] c, int o0, int stride) {
    int o1 = o0 + stride;
    int o2 = o1 + stride;
    int o3 = o2 + stride;
    int o4 = o3 + stride;
    int o5 = o4 + stride;
    int o6 = o5 + stride;
    int o7 = o6 + stride;
    FloatVector c00 = FloatVector.fromArray(S, c, o0),
        c01 = FloatVector.fromArray(S, c, o0 + W),
        c02 = FloatVector.fromArray(S, c, o0 + 2 * W);
    FloatVector c10 = FloatVector.fromArray(S, c, o1),
        c11 = FloatVector.fromArray(S, c, o1 + W),
        c12 = FloatVector.fromArray(S, c, o1 + 2 * W);
    FloatVector c20 = FloatVector.fromArray(S, c, o2),
        c21 = FloatVector.fromArray(S, c, o2 + W),
        c22 = FloatVector.fromArray(S, c, o2 + 2 * W);
    FloatVector c30 = FloatVector.fromArray(S, c, o3),
        c31 = FloatVector.fromArray(S, c, o3 + W),
        c32 = FloatVector.fromArray(S, c, o3 + 2 * W);
    FloatVector c40 = FloatVector.fromArray(S, c, o4),
        c41 = FloatVector.fromArray(S, c, o4 + W),
        c42 = FloatVector.fromArray(S, c, o4 + 2 * W);
    FloatVector c50 = FloatVector.fromArray(S, c, o5),
        c51 = FloatVector.fromArray(S, c, o5 + W),
        c52 = FloatVector.fromArray(S, c, o5 + 2 * W);
    FloatVector c60 = FloatVector.fromArray(S, c, o6),
        c61 = FloatVector.fromArray(S, c, o6 + W),
        c62 = FloatVector.fromArray(S, c, o6 + 2 * W);
    FloatVector c70 = FloatVector.fromArray(S, c, o7),
        c71 = FloatVector.fromArray(S, c, o7 + W),
        c72 = FloatVector.fromArray(S, c, o7 + 2 * W);
    for (int l = 0, i = aOffset, j = bOffset; l < depth; l++, i += STRIP, j += FLOAT_PANEL) {
      FloatVector b0 = FloatVector.fromArray(S, b, j),
          b1 = FloatVector.fromArray(S, b, j + W),
          b2 = FloatVector.fromArray(S, b, j + 2 * W);
      FloatVector f = FloatVector.broadcast(S, a[i]);
      c00 = f.lanewise(VectorOperators.FMA, b0, c00);
      c01 = f.lanewise(VectorOperators.FMA, b1, c01);
      c02 = f.lanewise(VectorOperators.FMA, b2, c02);
      f = FloatVector.broadcast(S, a[i + 1]);
      c10 = f.lanewise(VectorOperators.FMA, b0, c10);
      c11 = f.lanewise(VectorOperators.FMA, b1, c11);
      c12 = f.lanewise(VectorOperators.FMA, b2, c12);
      f = FloatVector.broadcast(S, a[i + 2]);
      c20 = f.lanewise(VectorOperators.FMA, b0, c20);
      c21 = f.lanewise(VectorOperators.FMA, b1, c21);
      c22 = f.lanewise(VectorOperators.FMA, b2, c22);
      f = FloatVector.broadcast(S, a[i + 3]);
      c30 = f.lanewise(VectorOperators.FMA, b0, c30);
      c31 = f.lanewise(VectorOperators.FMA, b1, c31);
      c32 = f.lanewise(VectorOperators.FMA, b2, c32);
      f = FloatVector.broadcast(S, a[i + 4]);
      c40 = f.lanewise(VectorOperators.FMA, b0, c40);
      c41 = f.lanewise(VectorOperators.FMA, b1, c41);
      c42 = f.lanewise(VectorOperators.FMA, b2, c42);
      f = FloatVector.broadcast(S, a[i + 5]);
      c50 = f.lanewise(VectorOperators.FMA, b0, c50);
      c51 = f.lanewise(VectorOperators.FMA, b1, c51);
      c52 = f.lanewise(VectorOperators.FMA, b2, c52);
      f = FloatVector.broadcast(S, a[i + 6]);
      c60 = f.lanewise(VectorOperators.FMA, b0, c60);
      c61 = f.lanewise(VectorOperators.FMA, b1, c61);
      c62 = f.lanewise(VectorOperators.FMA, b2, c62);
      f = FloatVector.broadcast(S, a[i + 7]);
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
      int depth, float[] a, int aOffset, float[] b, int bOffset, float[] c, int o0, int stride) {
    int o1 = o0 + stride;
    int o2 = o1 + stride;
    int o3 = o2 + stride;
    FloatVector c00 = FloatVector.fromArray(S, c, o0),
        c01 = FloatVector.fromArray(S, c, o0 + W),
        c02 = FloatVector.fromArray(S, c, o0 + 2 * W);
    FloatVector c10 = FloatVector.fromArray(S, c, o1),
        c11 = FloatVector.fromArray(S, c, o1 + W),
        c12 = FloatVector.fromArray(S, c, o1 + 2 * W);
    FloatVector c20 = FloatVector.fromArray(S, c, o2),
        c21 = FloatVector.fromArray(S, c, o2 + W),
        c22 = FloatVector.fromArray(S, c, o2 + 2 * W);
    FloatVector c30 = FloatVector.fromArray(S, c, o3),
        c31 = FloatVector.fromArray(S, c, o3 + W),
        c32 = FloatVector.fromArray(S, c, o3 + 2 * W);
    for (int l = 0, i = aOffset, j = bOffset; l < depth; l++, i += STRIP, j += FLOAT_PANEL) {
      FloatVector b0 = FloatVector.fromArray(S, b, j),
          b1 = FloatVector.fromArray(S, b, j + W),
          b2 = FloatVector.fromArray(S, b, j + 2 * W);
      FloatVector f = FloatVector.broadcast(S, a[i]);
      c00 = f.lanewise(VectorOperators.FMA, b0, c00);
      c01 = f.lanewise(VectorOperators.FMA, b1, c01);
      c02 = f.lanewise(VectorOperators.FMA, b2, c02);
      f = FloatVector.broadcast(S, a[i + 1]);
      c10 = f.lanewise(VectorOperators.FMA, b0, c10);
      c11 = f.lanewise(VectorOperators.FMA, b1, c11);
      c12 = f.lanewise(VectorOperators.FMA, b2, c12);
      f = FloatVector.broadcast(S, a[i + 2]);
      c20 = f.lanewise(VectorOperators.FMA, b0, c20);
      c21 = f.lanewise(VectorOperators.FMA, b1, c21);
      c22 = f.lanewise(VectorOperators.FMA, b2, c22);
      f = FloatVector.broadcast(S, a[i + 3]);
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
