package bellwether.vector;

import bellwether.core.kernel.Elementary;
import bellwether.core.kernel.Exponential;
import bellwether.core.kernel.FunctionKernels;
import bellwether.core.kernel.Logarithm;
import bellwether.core.kernel.ScalarKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FunctionKernels} by lanes. Vectors with an argument that needs care, and the rest of an
 * array, are left to the scalar twin: in loops of their own, for C2 boxes vectors in a large loop
 * that has a way out.
 */
final class VectorFunctions implements FunctionKernels {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final FunctionKernels SCALAR = ScalarKernels.INSTANCE.functions();

  private static final double E0 = Exponential.series()[0];
  private static final double E1 = Exponential.series()[1];
  private static final double E2 = Exponential.series()[2];
  private static final double E3 = Exponential.series()[3];
  private static final double E4 = Exponential.series()[4];
  private static final double E5 = Exponential.series()[5];
  private static final double E6 = Exponential.series()[6];
  private static final double E7 = Exponential.series()[7];
  private static final double E8 = Exponential.series()[8];
  private static final double E9 = Exponential.series()[9];
  private static final double E10 = Exponential.series()[10];

  private static final double L0 = Logarithm.series()[0];
  private static final double L1 = Logarithm.series()[1];
  private static final double L2 = Logarithm.series()[2];
  private static final double L3 = Logarithm.series()[3];
  private static final double L4 = Logarithm.series()[4];
  private static final double L5 = Logarithm.series()[5];
  private static final double L6 = Logarithm.series()[6];

  private static final Pass EXP = Pass.of(VectorFunctions::expMain);
  private static final Pass EXP_REPAIR = Pass.of(VectorFunctions::expRepair);
  private static final Pass LOG = Pass.of(VectorFunctions::logMain);
  private static final Pass LOG_REPAIR = Pass.of(VectorFunctions::logRepair);

  private static DoubleVector all(double value) {
    return DoubleVector.broadcast(S, value);
  }

  @Override
  public void exp(double[] x, int xOffset, double[] y, int yOffset, int length) {
    if (W == 2) {
      // C2 boxes masks of two lanes.
      SCALAR.exp(x, xOffset, y, yOffset, length);
      return;
    }
    int end = length - length % W;
    EXP.run(x, xOffset, y, yOffset, y, yOffset, end);
    EXP_REPAIR.run(x, xOffset, y, yOffset, y, yOffset, end);
    SCALAR.exp(x, xOffset + end, y, yOffset + end, length - end);
  }

  private static void expMain(
      double[] x, int xOffset, double[] y, int yOffset, double[] unused, int none, int end) {
    for (int i = 0; i < end; i += W) {
      DoubleVector v = DoubleVector.fromArray(S, x, xOffset + i);
      DoubleVector shifted = v.fma(all(Exponential.LOG2_E), all(Elementary.SHIFT));
      DoubleVector k = shifted.sub(Elementary.SHIFT).neg();
      DoubleVector r = k.fma(all(Exponential.LN2_LOW), k.fma(all(Exponential.LN2_HIGH), v));
      DoubleVector p = r.fma(all(E10), all(E9));
      p = p.fma(r, all(E8)).fma(r, all(E7)).fma(r, all(E6)).fma(r, all(E5)).fma(r, all(E4));
      p = p.fma(r, all(E3)).fma(r, all(E2)).fma(r, all(E1)).fma(r, all(E0));
      p = p.fma(r, all(1)).fma(r, all(1));
      LongVector power = shifted.viewAsIntegralLanes().lanewise(VectorOperators.LSHL, 52);
      p.viewAsIntegralLanes().add(power).viewAsFloatingLanes().intoArray(y, yOffset + i);
    }
  }

  private static void expRepair(
      double[] x, int xOffset, double[] y, int yOffset, double[] unused, int none, int end) {
    for (int i = 0; i < end; i += W) {
      DoubleVector size = DoubleVector.fromArray(S, x, xOffset + i).abs();
      if (!size.compare(VectorOperators.LE, Exponential.MAIN).allTrue()) {
        SCALAR.exp(x, xOffset + i, y, yOffset + i, W);
      }
    }
  }

  /** Of normal positive numbers. */
  static DoubleVector logOfNormal(DoubleVector v) {
    LongVector carried = v.viewAsIntegralLanes().add(Logarithm.CARRY);
    DoubleVector k =
        carried
            .lanewise(VectorOperators.LSHR, 52)
            .add(Logarithm.INTEGER)
            .viewAsFloatingLanes()
            .sub(Elementary.SHIFT);
    DoubleVector f =
        carried.and(Logarithm.MANTISSA).add(Logarithm.ROOT_HALF).viewAsFloatingLanes().sub(1);
    DoubleVector s = f.div(f.add(2));
    DoubleVector z = s.mul(s);
    DoubleVector p = z.fma(all(L6), all(L5)).fma(z, all(L4)).fma(z, all(L3));
    p = p.fma(z, all(L2)).fma(z, all(L1)).fma(z, all(L0));
    DoubleVector half = f.mul(0.5).mul(f);
    DoubleVector rest = s.fma(p.fma(z, half), k.mul(Logarithm.LN2_REST));
    return k.fma(all(Logarithm.LN2_33), f.sub(half.sub(rest)));
  }

  @Override
  public void log(double[] x, int xOffset, double[] y, int yOffset, int length) {
    if (W == 2) {
      SCALAR.log(x, xOffset, y, yOffset, length);
      return;
    }
    int end = length - length % W;
    LOG.run(x, xOffset, y, yOffset, y, yOffset, end);
    LOG_REPAIR.run(x, xOffset, y, yOffset, y, yOffset, end);
    SCALAR.log(x, xOffset + end, y, yOffset + end, length - end);
  }

  private static void logMain(
      double[] x, int xOffset, double[] y, int yOffset, double[] unused, int none, int end) {
    for (int i = 0; i < end; i += W) {
      logOfNormal(DoubleVector.fromArray(S, x, xOffset + i)).intoArray(y, yOffset + i);
    }
  }

  private static void logRepair(
      double[] x, int xOffset, double[] y, int yOffset, double[] unused, int none, int end) {
    for (int i = 0; i < end; i += W) {
      DoubleVector v = DoubleVector.fromArray(S, x, xOffset + i);
      if (!v.compare(VectorOperators.GE, Double.MIN_NORMAL)
          .and(v.compare(VectorOperators.LE, Double.MAX_VALUE))
          .allTrue()) {
        SCALAR.log(x, xOffset + i, y, yOffset + i, W);
      }
    }
  }

  @Override
  public void sinCos(
      double[] x,
      int xOffset,
      double[] sine,
      int sineOffset,
      double[] cosine,
      int cosineOffset,
      int length) {
    if (W == 2) {
      SCALAR.sinCos(x, xOffset, sine, sineOffset, cosine, cosineOffset, length);
      return;
    }
    int done = VectorCircle.sinCos(x, xOffset, sine, sineOffset, cosine, cosineOffset, length);
    SCALAR.sinCos(
        x, xOffset + done, sine, sineOffset + done, cosine, cosineOffset + done, length - done);
  }

  @Override
  public void inverseNormal(double[] p, int pOffset, double[] z, int zOffset, int length) {
    if (W == 2) {
      SCALAR.inverseNormal(p, pOffset, z, zOffset, length);
      return;
    }
    int done = VectorQuantile.inverseNormal(p, pOffset, z, zOffset, length);
    SCALAR.inverseNormal(p, pOffset + done, z, zOffset + done, length - done);
  }
}
