package bellwether.core.mdp;

import bellwether.core.parallel.Team;

/** {@link BlockVectors} of doubles. */
final class DoubleSlots extends BlockVectors {
  private double[] array;

  DoubleSlots(ProductPlan plan, NeighbourGroups groups) {
    super(plan, groups, groups.doubles);
    array = new double[shape.slots(blocks)];
  }

  double[] array() {
    return array;
  }

  @Override
  void set(double[] v, double scale, double less) {
    for (int b = 0; b < blocks; b++) {
      forEachState(b, (state, at) -> array[at] = scale * v[state] - less);
    }
  }

  /** Takes the vector of single precision. */
  void set(FloatSlots rough, Team team) {
    lieAs(rough);
    BlockSide from = rough.side();
    BlockSide to = side();
    float[] x = rough.array();
    double unit = rough.unit();
    team.forEach(
        blocks,
        b -> {
          for (int i = 0; i < to.rows; i++) {
            int source = rough.place(b) + i * from.apart;
            int target = place(b) + i * to.apart;
            for (int u = 0; u < to.columns; u++) {
              array[target + u] = unit * x[source + u];
            }
          }
        });
  }

  @Override
  void mix(double stay, int count, int from, int apart, int to) {
    for (int u = 0; u < count; u++) {
      double next = array[to + u];
      array[to + u] = Math.fma(stay, array[from + u * apart] - next, next);
    }
  }

  @Override
  double[] vector(Team team) {
    double[] v = new double[plan.model.states()];
    team.forEach(blocks, b -> forEachState(b, (state, at) -> v[state] = array[at]));
    array = new double[0];
    return v;
  }
}
