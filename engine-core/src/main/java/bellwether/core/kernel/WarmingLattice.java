package bellwether.core.kernel;

/** Scalar lattice kernels until the fast ones are compiled, see {@link WarmUp}. */
final class WarmingLattice implements LatticeKernels {
  private static final int LENGTH = 96;

  private final WarmUp warmUp;
  private volatile boolean ready;
  private LatticeKernels current;

  WarmingLattice(LatticeKernels slow, LatticeKernels fast) {
    current = slow;
    double[] value = new double[LENGTH + 1];
    double[] time = new double[LENGTH + 1];
    double[] lanes = new double[3 * LANES];
    double[] low = new double[LANES * (LENGTH + 1)];
    double[] pulls = new double[LANES * (LENGTH + 1)];
    double[] high = new double[LANES * (LENGTH + 1)];
    warmUp =
        new WarmUp(
            i -> {
              fast.bernoulliLayer(0.5, 0.3, 0.01, 0, value, time, i % 13, LENGTH - i % 7);
              fast.bernoulliLanes(0.5, lanes, low, pulls, high, i % 13, LENGTH - i % 7);
            },
            () -> {
              current = fast;
              ready = true;
            });
  }

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
    if (!ready) {
      warmUp.count(10L * (to - from));
    }
    current.bernoulliLayer(discount, charge, slope, origin, value, time, from, to);
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
    if (!ready) {
      warmUp.count(110L * (to - from));
    }
    current.bernoulliLanes(discount, lanes, low, time, high, from, to);
  }
}
