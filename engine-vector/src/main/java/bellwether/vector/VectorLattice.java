package bellwether.vector;

import bellwether.core.kernel.LatticeKernels;
import bellwether.core.kernel.ScalarKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link LatticeKernels} by lanes: element by element the same operations as the scalar twin. */
final class VectorLattice implements LatticeKernels {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();
  private static final LatticeKernels SCALAR = ScalarKernels.INSTANCE.lattice();

  @Override
  public void bernoulliLayer(
      double discount,
      double charge,
      double slope,
      double origin,
      double[] value,
      double[] time,
      int from,
      int to) {
    if (WIDTH == 2) {
      // C2 (JDK 25) boxes masks of two lanes: 30 kB a call and 30 times slower than plain Java.
      SCALAR.bernoulliLayer(discount, charge, slope, origin, value, time, from, to);
      return;
    }
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
    DoubleVector d = DoubleVector.broadcast(SPECIES, discount);
    DoubleVector base = DoubleVector.broadcast(SPECIES, origin);
    // Cell numbers are exact in double, so adding to them does not round.
    DoubleVector cell = zero.addIndex(1).add(from);
    // In place: a block reads cell i + WIDTH before the block after it writes that cell.
    int i = from;
    for (; i + WIDTH <= to; i += WIDTH) {
      DoubleVector mean = cell.fma(DoubleVector.broadcast(SPECIES, slope), base);
      DoubleVector h0 = DoubleVector.fromArray(SPECIES, value, i);
      DoubleVector h1 = DoubleVector.fromArray(SPECIES, value, i + 1);
      DoubleVector t0 = DoubleVector.fromArray(SPECIES, time, i);
      DoubleVector t1 = DoubleVector.fromArray(SPECIES, time, i + 1);
      DoubleVector c = d.fma(mean.fma(h1.sub(h0), h0), mean.sub(charge));
      DoubleVector e = d.fma(mean.fma(t1.sub(t0), t0), one);
      VectorMask<Double> on = c.compare(VectorOperators.GT, zero);
      zero.blend(c, on).intoArray(value, i);
      zero.blend(e, on).intoArray(time, i);
      cell = cell.add(WIDTH);
    }
    if (i < to) {
      VectorMask<Double> in = SPECIES.indexInRange(i, to);
      DoubleVector mean = cell.fma(DoubleVector.broadcast(SPECIES, slope), base);
      DoubleVector h0 = DoubleVector.fromArray(SPECIES, value, i, in);
      DoubleVector h1 = DoubleVector.fromArray(SPECIES, value, i + 1, in);
      DoubleVector t0 = DoubleVector.fromArray(SPECIES, time, i, in);
      DoubleVector t1 = DoubleVector.fromArray(SPECIES, time, i + 1, in);
      DoubleVector c = d.fma(mean.fma(h1.sub(h0), h0), mean.sub(charge));
      DoubleVector e = d.fma(mean.fma(t1.sub(t0), t0), one);
      VectorMask<Double> on = c.compare(VectorOperators.GT, zero);
      zero.blend(c, on).intoArray(value, i, in);
      zero.blend(e, on).intoArray(time, i, in);
    }
  }

  @Override
  public void bernoulliLanes(
      double discount,
      double[] lanes,
      double[] low,
      double[] time,
      double[] high,
      int from,
      int to) {
    if (WIDTH == 2 || WIDTH > LANES) {
      SCALAR.bernoulliLanes(discount, lanes, low, time, high, from, to);
      return;
    }
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      lanes(discount, lanes, low, time, high, lane, from, to);
    }
  }

  private static void lanes(
      double discount,
      double[] lanes,
      double[] low,
      double[] time,
      double[] high,
      int lane,
      int from,
      int to) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
    DoubleVector d = DoubleVector.broadcast(SPECIES, discount);
    DoubleVector charge = DoubleVector.fromArray(SPECIES, lanes, lane);
    DoubleVector slope = DoubleVector.fromArray(SPECIES, lanes, LANES + lane);
    DoubleVector origin = DoubleVector.fromArray(SPECIES, lanes, 2 * LANES + lane);
    int at = LANES * from + lane;
    DoubleVector h0 = DoubleVector.fromArray(SPECIES, low, at);
    DoubleVector t0 = DoubleVector.fromArray(SPECIES, time, at);
    DoubleVector u0 = DoubleVector.fromArray(SPECIES, high, at);
    for (int i = from; i < to; i++) {
      DoubleVector mean = DoubleVector.broadcast(SPECIES, (double) i).fma(slope, origin);
      DoubleVector gain = mean.sub(charge);
      DoubleVector h1 = DoubleVector.fromArray(SPECIES, low, at + LANES);
      DoubleVector t1 = DoubleVector.fromArray(SPECIES, time, at + LANES);
      DoubleVector u1 = DoubleVector.fromArray(SPECIES, high, at + LANES);
      DoubleVector c = d.fma(mean.fma(h1.sub(h0), h0), gain);
      DoubleVector e = d.fma(mean.fma(t1.sub(t0), t0), one);
      DoubleVector u = d.fma(mean.fma(u1.sub(u0), u0), gain);
      VectorMask<Double> on = c.compare(VectorOperators.GT, zero);
      zero.blend(c, on).intoArray(low, at);
      zero.blend(e, on).intoArray(time, at);
      zero.blend(u, u.compare(VectorOperators.GT, zero)).intoArray(high, at);
      h0 = h1;
      t0 = t1;
      u0 = u1;
      at += LANES;
    }
  }
}
