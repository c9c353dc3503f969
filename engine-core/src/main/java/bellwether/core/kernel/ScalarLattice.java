package bellwether.core.kernel;

/** The specification of {@link LatticeKernels}. */
final class ScalarLattice implements LatticeKernels {

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
    for (int i = from; i < to; i++) {
      double mean = Math.fma(i, slope, origin);
      double h = Math.fma(mean, value[i + 1] - value[i], value[i]);
      double t = Math.fma(mean, time[i + 1] - time[i], time[i]);
      double c = Math.fma(discount, h, mean - charge);
      double e = Math.fma(discount, t, 1.0);
      boolean on = c > 0;
      value[i] = on ? c : 0.0;
      time[i] = on ? e : 0.0;
    }
  }
}
