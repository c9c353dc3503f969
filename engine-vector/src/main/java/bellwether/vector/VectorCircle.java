package bellwether.vector;

import bellwether.core.kernel.Circle;
import bellwether.core.kernel.Elementary;
import bellwether.core.kernel.FunctionKernels;
import bellwether.core.kernel.ScalarKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sine and cosine by lanes, at four or more of them. */
final class VectorCircle {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final FunctionKernels SCALAR = ScalarKernels.INSTANCE.functions();

  static final double S0 = Circle.sineSeries()[0];
  static final double S1 = Circle.sineSeries()[1];
  static final double S2 = Circle.sineSeries()[2];
  static final double S3 = Circle.sineSeries()[3];
  static final double S4 = Circle.sineSeries()[4];
  static final double S5 = Circle.sineSeries()[5];
  static final double C0 = Circle.cosineSeries()[0];
  static final double C1 = Circle.cosineSeries()[1];
  static final double C2 = Circle.cosineSeries()[2];
  static final double C3 = Circle.cosineSeries()[3];
  static final double C4 = Circle.cosineSeries()[4];
  static final double C5 = Circle.cosineSeries()[5];

  private static final Pass REDUCE = Pass.of(VectorCircle::reduce);
  private static final Pass POLYNOMIALS = Pass.of(VectorCircle::polynomials);
  private static final Pass TURN = Pass.of(VectorCircle::turn);
  private static final Pass REPAIR = Pass.of(VectorCircle::repair);

  private VectorCircle() {}

  private static DoubleVector all(double value) {
    return DoubleVector.broadcast(S, value);
  }

  private static DoubleVector sineTail(DoubleVector z) {
    DoubleVector p = z.fma(all(S5), all(S4)).fma(z, all(S3)).fma(z, all(S2));
    return p.fma(z, all(S1)).fma(z, all(S0));
  }

  private static DoubleVector cosineTail(DoubleVector z) {
    DoubleVector p = z.fma(all(C5), all(C4)).fma(z, all(C3)).fma(z, all(C2));
    return p.fma(z, all(C1)).fma(z, all(C0));
  }

  /** How many are done: all whole vectors. */
  static int sinCos(
      double[] x,
      int xOffset,
      double[] sine,
      int sineOffset,
      double[] cosine,
      int cosineOffset,
      int length) {
    int end = length - length % W;
    REDUCE.run(x, xOffset, sine, sineOffset, cosine, cosineOffset, end);
    POLYNOMIALS.run(x, xOffset, sine, sineOffset, cosine, cosineOffset, end);
    TURN.run(x, xOffset, sine, sineOffset, cosine, cosineOffset, end);
    REPAIR.run(x, xOffset, sine, sineOffset, cosine, cosineOffset, end);
    return end;
  }

  /** The two parts of x - k pi/2. */
  private static void reduce(
      double[] x, int xOffset, double[] r, int rOffset, double[] rest, int restOffset, int end) {
    for (int i = 0; i < end; i += W) {
      DoubleVector v = DoubleVector.fromArray(S, x, xOffset + i);
      DoubleVector k = v.fma(all(Circle.TWO_OVER_PI), all(Elementary.SHIFT)).sub(Elementary.SHIFT);
      DoubleVector minusK = k.neg();
      DoubleVector first = minusK.fma(all(Circle.HALF_PI), v);
      DoubleVector product = k.mul(Circle.HALF_PI_2);
      DoubleVector productRest = k.fma(all(Circle.HALF_PI_2), product.neg());
      DoubleVector sum = first.sub(product);
      DoubleVector back = sum.sub(first);
      DoubleVector lost = first.sub(sum.sub(back)).sub(product.add(back));
      sum.intoArray(r, rOffset + i);
      minusK.fma(all(Circle.HALF_PI_3), lost.sub(productRest)).intoArray(rest, restOffset + i);
    }
  }

  /** Sines and cosines of reduced arguments, in their places. */
  private static void polynomials(
      double[] unused,
      int none,
      double[] sine,
      int sineOffset,
      double[] cosine,
      int cosineOffset,
      int end) {
    for (int i = 0; i < end; i += W) {
      DoubleVector r = DoubleVector.fromArray(S, sine, sineOffset + i);
      DoubleVector rest = DoubleVector.fromArray(S, cosine, cosineOffset + i);
      DoubleVector z = r.mul(r);
      DoubleVector scaled = z.mul(-0.5).fma(rest, rest);
      r.add(z.mul(r).fma(sineTail(z), scaled)).intoArray(sine, sineOffset + i);
      DoubleVector zRest = r.fma(r, z.neg());
      DoubleVector half = z.mul(0.5);
      DoubleVector w = all(1).sub(half);
      DoubleVector gone = all(1).sub(w).sub(half);
      DoubleVector small = z.mul(z).fma(cosineTail(z), r.fma(rest, zRest.mul(0.5)).neg());
      w.add(gone.add(small)).intoArray(cosine, cosineOffset + i);
    }
  }

  /** By bits: the odd quarters swap, and the second bit of k, or of k + 1, is a sign. */
  private static void turn(
      double[] x,
      int xOffset,
      double[] sine,
      int sineOffset,
      double[] cosine,
      int cosineOffset,
      int end) {
    for (int i = 0; i < end; i += W) {
      DoubleVector v = DoubleVector.fromArray(S, x, xOffset + i);
      LongVector quarter =
          v.fma(all(Circle.TWO_OVER_PI), all(Elementary.SHIFT)).viewAsIntegralLanes();
      LongVector s = DoubleVector.fromArray(S, sine, sineOffset + i).viewAsIntegralLanes();
      LongVector c = DoubleVector.fromArray(S, cosine, cosineOffset + i).viewAsIntegralLanes();
      LongVector odd = quarter.and(1).neg();
      LongVector swap = s.lanewise(VectorOperators.XOR, c).and(odd);
      LongVector sineSign = quarter.and(2).lanewise(VectorOperators.LSHL, 62);
      LongVector cosineSign = quarter.add(1).and(2).lanewise(VectorOperators.LSHL, 62);
      s.lanewise(VectorOperators.XOR, swap)
          .lanewise(VectorOperators.XOR, sineSign)
          .viewAsFloatingLanes()
          .intoArray(sine, sineOffset + i);
      c.lanewise(VectorOperators.XOR, swap)
          .lanewise(VectorOperators.XOR, cosineSign)
          .viewAsFloatingLanes()
          .intoArray(cosine, cosineOffset + i);
    }
  }

  /** What the others are not for: numbers that are tiny, huge or not finite. */
  private static void repair(
      double[] x,
      int xOffset,
      double[] sine,
      int sineOffset,
      double[] cosine,
      int cosineOffset,
      int end) {
    for (int i = 0; i < end; i += W) {
      DoubleVector size = DoubleVector.fromArray(S, x, xOffset + i).abs();
      if (!size.compare(VectorOperators.GE, Circle.TINY)
          .and(size.compare(VectorOperators.LE, Circle.MAIN))
          .allTrue()) {
        SCALAR.sinCos(x, xOffset + i, sine, sineOffset + i, cosine, cosineOffset + i, W);
      }
    }
  }
}
