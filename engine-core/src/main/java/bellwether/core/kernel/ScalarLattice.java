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

  @Override
  public void bernoulliLanes(
      double discount,
      double[] lanes,
      double[] low,
      double[] time,
      double[] high,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      for (int l = 0; l < LANES; l++) {
        int at = LANES * i + l;
        int next = at + LANES;
        double mean = Math.fma(i, lanes[LANES + l], lanes[2 * LANES + l]);
        double gain = mean - lanes[l];
        double c = Math.fma(discount, Math.fma(mean, low[next] - low[at], low[at]), gain);
        double e = Math.fma(discount, Math.fma(mean, time[next] - time[at], time[at]), 1.0);
        double u = Math.fma(discount, Math.fma(mean, high[next] - high[at], high[at]), gain);
        boolean on = c > 0;
        low[at] = on ? c : 0.0;
        time[at] = on ? e : 0.0;
        high[at] = u > 0 ? u : 0.0;
      }
    }
  }
}
