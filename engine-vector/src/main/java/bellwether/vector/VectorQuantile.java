package bellwether.vector;

import bellwether.core.kernel.FunctionKernels;
import bellwether.core.kernel.NormalQuantile;
import bellwether.core.kernel.ScalarKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The standard normal quantile by lanes, at four or more of them, in two passes: the tails first,
 * of all lanes, then the middle over them.
 */
final class VectorQuantile {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final FunctionKernels SCALAR = ScalarKernels.INSTANCE.functions();

  private static final double MT0 = NormalQuantile.middleTop()[0];
  private static final double MT1 = NormalQuantile.middleTop()[1];
  private static final double MT2 = NormalQuantile.middleTop()[2];
  private static final double MT3 = NormalQuantile.middleTop()[3];
  private static final double MT4 = NormalQuantile.middleTop()[4];
  private static final double MT5 = NormalQuantile.middleTop()[5];
  private static final double MT6 = NormalQuantile.middleTop()[6];
  private static final double MT7 = NormalQuantile.middleTop()[7];

  private static final double MB1 = NormalQuantile.middleBottom()[1];
  private static final double MB2 = NormalQuantile.middleBottom()[2];
  private static final double MB3 = NormalQuantile.middleBottom()[3];
  private static final double MB4 = NormalQuantile.middleBottom()[4];
  private static final double MB5 = NormalQuantile.middleBottom()[5];
  private static final double MB6 = NormalQuantile.middleBottom()[6];
  private static final double MB7 = NormalQuantile.middleBottom()[7];

  private static final double TT0 = NormalQuantile.tailTop()[0];
  private static final double TT1 = NormalQuantile.tailTop()[1];
  private static final double TT2 = NormalQuantile.tailTop()[2];
  private static final double TT3 = NormalQuantile.tailTop()[3];
  private static final double TT4 = NormalQuantile.tailTop()[4];
  private static final double TT5 = NormalQuantile.tailTop()[5];
  private static final double TT6 = NormalQuantile.tailTop()[6];
  private static final double TT7 = NormalQuantile.tailTop()[7];

  private static final double TB1 = NormalQuantile.tailBottom()[1];
  private static final double TB2 = NormalQuantile.tailBottom()[2];
  private static final double TB3 = NormalQuantile.tailBottom()[3];
  private static final double TB4 = NormalQuantile.tailBottom()[4];
  private static final double TB5 = NormalQuantile.tailBottom()[5];
  private static final double TB6 = NormalQuantile.tailBottom()[6];
  private static final double TB7 = NormalQuantile.tailBottom()[7];

  /** Numbers nearer to 0 or 1 are in the third region, or would be but for rounding. */
  private static final double NEAR = 1.5e-11;

  private static final Pass RADII = Pass.of(VectorQuantile::radii);
  private static final Pass TAILS = Pass.of(VectorQuantile::tails);
  private static final Pass MIDDLE = Pass.of(VectorQuantile::middle);
  private static final Pass REPAIR = Pass.of(VectorQuantile::repair);

  private VectorQuantile() {}

  private static DoubleVector all(double value) {
    return DoubleVector.broadcast(S, value);
  }

  /** How many are done: all whole vectors. */
  static int inverseNormal(double[] p, int pOffset, double[] z, int zOffset, int length) {
    int end = length - length % W;
    RADII.run(p, pOffset, z, zOffset, z, zOffset, end);
    TAILS.run(p, pOffset, z, zOffset, z, zOffset, end);
    MIDDLE.run(p, pOffset, z, zOffset, z, zOffset, end);
    REPAIR.run(p, pOffset, z, zOffset, z, zOffset, end);
    return end;
  }

  private static void radii(
      double[] p, int pOffset, double[] z, int zOffset, double[] unused, int none, int end) {
    for (int i = 0; i < end; i += W) {
      DoubleVector v = DoubleVector.fromArray(S, p, pOffset + i);
      DoubleVector small = all(1).sub(v).blend(v, v.compare(VectorOperators.LT, 0.5));
      VectorFunctions.logOfNormal(small).neg().sqrt().intoArray(z, zOffset + i);
    }
  }

  private static void tails(
      double[] p, int pOffset, double[] z, int zOffset, double[] unused, int none, int end) {
    for (int i = 0; i < end; i += W) {
      DoubleVector r = DoubleVector.fromArray(S, z, zOffset + i);
      DoubleVector x = r.sub(NormalQuantile.TAIL);
      DoubleVector t = x.fma(all(TT7), all(TT6)).fma(x, all(TT5)).fma(x, all(TT4));
      t = t.fma(x, all(TT3)).fma(x, all(TT2)).fma(x, all(TT1)).fma(x, all(TT0));
      DoubleVector b = x.fma(all(TB7), all(TB6)).fma(x, all(TB5)).fma(x, all(TB4));
      b = b.fma(x, all(TB3)).fma(x, all(TB2)).fma(x, all(TB1)).fma(x, all(1));
      DoubleVector inner = r.fma(all(NormalQuantile.ROOT_2_REST), t.div(b));
      DoubleVector size = r.fma(all(NormalQuantile.ROOT_2), inner);
      VectorMask<Double> lower =
          DoubleVector.fromArray(S, p, pOffset + i).compare(VectorOperators.LT, 0.5);
      size.blend(size.neg(), lower).intoArray(z, zOffset + i);
    }
  }

  private static void middle(
      double[] p, int pOffset, double[] z, int zOffset, double[] unused, int none, int end) {
    for (int i = 0; i < end; i += W) {
      DoubleVector q = DoubleVector.fromArray(S, p, pOffset + i).sub(0.5);
      DoubleVector away = q.abs();
      DoubleVector x = q.neg().fma(q, all(NormalQuantile.MIDDLE_SQUARE));
      DoubleVector t = x.fma(all(MT7), all(MT6)).fma(x, all(MT5)).fma(x, all(MT4));
      t = t.fma(x, all(MT3)).fma(x, all(MT2)).fma(x, all(MT1)).fma(x, all(MT0));
      DoubleVector b = x.fma(all(MB7), all(MB6)).fma(x, all(MB5)).fma(x, all(MB4));
      b = b.fma(x, all(MB3)).fma(x, all(MB2)).fma(x, all(MB1)).fma(x, all(1));
      DoubleVector inner = q.mul(q).fma(t.div(b), all(NormalQuantile.ROOT_2_PI_REST)).mul(q);
      DoubleVector near = q.fma(all(NormalQuantile.ROOT_2_PI), inner);
      DoubleVector.fromArray(S, z, zOffset + i)
          .blend(near, away.compare(VectorOperators.LE, NormalQuantile.MIDDLE))
          .intoArray(z, zOffset + i);
    }
  }

  /** What the others are not for: numbers near to 0 or 1 and those that are no probabilities. */
  private static void repair(
      double[] p, int pOffset, double[] z, int zOffset, double[] unused, int none, int end) {
    for (int i = 0; i < end; i += W) {
      DoubleVector away = DoubleVector.fromArray(S, p, pOffset + i).sub(0.5).abs();
      if (!away.compare(VectorOperators.LE, 0.5 - NEAR).allTrue()) {
        SCALAR.inverseNormal(p, pOffset + i, z, zOffset + i, W);
      }
    }
  }
}
