package bellwether.core.mdp;

import bellwether.core.parallel.Team;

/**
 * {@link BlockVectors} in single precision, in units in which rewards are about 1, so that they do
 * not overflow.
 */
final class FloatSlots extends BlockVectors {
  private final double unit;
  private float[] array;

  FloatSlots(ProductPlan plan, NeighbourGroups groups) {
    super(plan, groups, groups.floats);
    array = new float[shape.slots(blocks)];
    unit = Math.scalb(1.0, Math.getExponent(plan.model.largestReward()));
  }

  /** What a number of the array has to be multiplied with: a power of two. */
  double unit() {
    return unit;
  }

  float[] array() {
    return array;
  }

  @Override
  void set(double[] v, double scale, double less) {
    for (int b = 0; b < blocks; b++) {
      forEachState(b, (state, at) -> array[at] = (float) ((scale * v[state] - less) / unit));
    }
  }

  @Override
  void mix(double stay, int count, int from, int apart, int to) {
    for (int u = 0; u < count; u++) {
      float next = array[to + u];
      array[to + u] = Math.fma((float) stay, array[from + u * apart] - next, next);
    }
  }

  @Override
  double[] vector(Team team) {
    double[] v = new double[plan.model.states()];
    team.forEach(blocks, b -> forEachState(b, (state, at) -> v[state] = unit * array[at]));
    array = new float[0];
    return v;
  }
}
