package bellwether.vector;

import bellwether.core.kernel.Circle;
import bellwether.core.kernel.PathKernels;
import bellwether.core.kernel.ScalarKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link PathKernels} by lanes; registers of fewer than eight take the generators in turns. */
final class VectorPaths implements PathKernels {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> L = LongVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final PathKernels SCALAR = ScalarKernels.INSTANCE.paths();
  private static final long ONE = 0x3FF0000000000000L;
  private static final double HALF_STEP_BELOW_1 = 1 - 0x1p-53;

  private static final Pass RADII = Pass.of(VectorPaths::radii);
  private static final Pass TURN = Pass.of(VectorPaths::turn);

  private static DoubleVector all(double value) {
    return DoubleVector.broadcast(S, value);
  }

  @Override
  public void uniforms(long[] state, double[] out, int offset, int length) {
    for (int lane = 0; lane < LANES; lane += W) {
      words(state, lane, out, offset, length, HALF_STEP_BELOW_1);
    }
  }

  @Override
  public void normals(long[] state, double[] out, int offset, int length) {
    for (int lane = 0; lane < LANES; lane += W) {
      words(state, lane, out, offset, length, 0);
    }
    for (int lane = 0; lane < LANES; lane += W) {
      RADII.run(out, offset + lane, out, offset, out, offset, length);
    }
    for (int lane = 0; lane < LANES; lane += W) {
      TURN.run(out, offset + lane, out, offset, out, offset, length);
    }
  }

  /**
   * Numbers in [1, 2), less {@code below}, of the generators from {@code lane} on. Two at a time,
   * which makes the method too large to be inlined.
   */
  private static void words(
      long[] state, int lane, double[] out, int offset, int length, double below) {
    LongVector s0 = LongVector.fromArray(L, state, lane);
    LongVector s1 = LongVector.fromArray(L, state, LANES + lane);
    LongVector s2 = LongVector.fromArray(L, state, 2 * LANES + lane);
    LongVector s3 = LongVector.fromArray(L, state, 3 * LANES + lane);
    for (int i = 0; i < length; i += GROUP) {
      LongVector word = s0.add(s3).lanewise(VectorOperators.ROL, 23).add(s0);
      word.lanewise(VectorOperators.LSHR, 12)
          .or(ONE)
          .viewAsFloatingLanes()
          .sub(below)
          .intoArray(out, offset + i + lane);
      LongVector t = s1.lanewise(VectorOperators.LSHL, 17);
      s2 = s2.lanewise(VectorOperators.XOR, s0);
      s3 = s3.lanewise(VectorOperators.XOR, s1);
      s1 = s1.lanewise(VectorOperators.XOR, s2);
      s0 = s0.lanewise(VectorOperators.XOR, s3);
      s2 = s2.lanewise(VectorOperators.XOR, t);
      s3 = s3.lanewise(VectorOperators.ROL, 45);
      LongVector next = s0.add(s3).lanewise(VectorOperators.ROL, 23).add(s0);
      next.lanewise(VectorOperators.LSHR, 12)
          .or(ONE)
          .viewAsFloatingLanes()
          .sub(below)
          .intoArray(out, offset + i + lane + LANES);
      LongVector u = s1.lanewise(VectorOperators.LSHL, 17);
      s2 = s2.lanewise(VectorOperators.XOR, s0);
      s3 = s3.lanewise(VectorOperators.XOR, s1);
      s1 = s1.lanewise(VectorOperators.XOR, s2);
      s0 = s0.lanewise(VectorOperators.XOR, s3);
      s2 = s2.lanewise(VectorOperators.XOR, u);
      s3 = s3.lanewise(VectorOperators.ROL, 45);
    }
    s0.intoArray(state, lane);
    s1.intoArray(state, LANES + lane);
    s2.intoArray(state, 2 * LANES + lane);
    s3.intoArray(state, 3 * LANES + lane);
  }

  /** Square roots of minus logarithms, of the first half of every group. */
  private static void radii(
      double[] out, int offset, double[] unused, int none, double[] too, int noneToo, int length) {
    for (int i = offset; i < offset + length; i += GROUP) {
      DoubleVector u = all(2).sub(DoubleVector.fromArray(S, out, i));
      VectorFunctions.logOfNormal(u).neg().sqrt().intoArray(out, i);
    }
  }

  /** Radii and angles to pairs of normal numbers. */
  private static void turn(
      double[] out, int offset, double[] unused, int none, double[] too, int noneToo, int length) {
    for (int i = offset; i < offset + length; i += GROUP) {
      DoubleVector r = DoubleVector.fromArray(S, out, i);
      DoubleVector n = DoubleVector.fromArray(S, out, i + LANES);
      LongVector bits = n.viewAsIntegralLanes();
      DoubleVector y = n.sub(1.5).mul(Circle.HALF_PI);
      DoubleVector z = y.mul(y);
      DoubleVector sine =
          z.fma(
              DoubleVector.broadcast(S, VectorCircle.S5),
              DoubleVector.broadcast(S, VectorCircle.S4));
      sine =
          sine.fma(z, DoubleVector.broadcast(S, VectorCircle.S3))
              .fma(z, DoubleVector.broadcast(S, VectorCircle.S2));
      sine =
          sine.fma(z, DoubleVector.broadcast(S, VectorCircle.S1))
              .fma(z, DoubleVector.broadcast(S, VectorCircle.S0));
      sine = z.mul(y).fma(sine, y);
      DoubleVector cosine =
          z.fma(
              DoubleVector.broadcast(S, VectorCircle.C5),
              DoubleVector.broadcast(S, VectorCircle.C4));
      cosine =
          cosine
              .fma(z, DoubleVector.broadcast(S, VectorCircle.C3))
              .fma(z, DoubleVector.broadcast(S, VectorCircle.C2));
      cosine =
          cosine
              .fma(z, DoubleVector.broadcast(S, VectorCircle.C1))
              .fma(z, DoubleVector.broadcast(S, VectorCircle.C0));
      cosine = z.fma(z.fma(cosine, DoubleVector.broadcast(S, -0.5)), DoubleVector.broadcast(S, 1));
      LongVector first = r.mul(cosine.sub(sine)).viewAsIntegralLanes();
      LongVector second = r.mul(cosine.add(sine)).viewAsIntegralLanes();
      first
          .lanewise(VectorOperators.XOR, bits.lanewise(VectorOperators.LSHL, 63))
          .viewAsFloatingLanes()
          .intoArray(out, i);
      second
          .lanewise(
              VectorOperators.XOR, bits.lanewise(VectorOperators.LSHL, 62).and(Long.MIN_VALUE))
          .viewAsFloatingLanes()
          .intoArray(out, i + LANES);
    }
  }

  @Override
  public void moments(
      double[] q,
      int qOffset,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int length,
      double[] sums,
      int sumsOffset) {
    if (W == 8) {
      VectorMoments.eight(q, qOffset, x, xOffset, y, yOffset, length, sums, sumsOffset);
    } else if (W == 4) {
      VectorMoments.four(q, qOffset, x, xOffset, y, yOffset, length, sums, sumsOffset);
    } else {
      SCALAR.moments(q, qOffset, x, xOffset, y, yOffset, length, sums, sumsOffset);
    }
  }
}
