package bellwether.mechanisms.optimal;

import bellwether.core.parallel.Workers;

/**
 * Where nobody controls types, the optimal rule takes the best action of now, and G(y) = sum_theta
 * m(theta) max_a w(a, theta; y), m the occupation of joint states: no dynamic program.
 */
final class MyopicWelfare implements WeightedWelfare {
  private final WeightedFlows flows;
  private final double[] measure;
  private final double[] flow;
  private final double[] best;
  private final int[] action;
  private long asked;

  MyopicWelfare(WeightedFlows flows) {
    this.flows = flows;
    measure = Occupation.of(flows.environment, flows.first());
    flow = new double[flows.states];
    best = new double[flows.states];
    action = new int[flows.states];
  }

  @Override
  public Plane at(double... y) {
    Workers.checkInterrupted();
    asked++;
    for (int a = 0; a < flows.actions; a++) {
      flows.flow(a, y, flow);
      for (int s = 0; s < flow.length; s++) {
        if (a == 0 || flow[s] > best[s]) {
          best[s] = flow[s];
          action[s] = a;
        }
      }
    }
    double[] totals = new double[flows.parts];
    for (int k = 0; k < totals.length; k++) {
      double sum = 0;
      for (int s = 0; s < measure.length; s++) {
        if (measure[s] != 0) {
          sum += measure[s] * flows.part(k, action[s], s);
        }
      }
      totals[k] = sum;
    }
    return flows.plane(totals, rounding(y));
  }

  @Override
  public long asked() {
    return asked;
  }

  @Override
  public double rounding(double... y) {
    return 0x1p-46 * flows.scale(y);
  }

  @Override
  public String method() {
    return "myopic";
  }
}
