package bellwether.mechanisms.optimal;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.joint.TypeTensor;

/** Controlled types over a finite horizon: backward induction, all parts carried along. */
final class BackwardWelfare implements WeightedWelfare {
  private final WeightedFlows flows;
  private final TypeTensor tensor;
  private final TypeTensor parts;
  private final double[][] room;
  private final double[][] partRoom;
  private final double[] flow;
  private long asked;

  BackwardWelfare(WeightedFlows flows, Workers workers) {
    this.flows = flows;
    tensor = TypeTensor.all(flows.environment, workers);
    int[] all = new int[flows.agents];
    java.util.Arrays.setAll(all, i -> i);
    parts = new TypeTensor(flows.environment, all, flows.parts, workers);
    room = new double[2][tensor.length()];
    partRoom = new double[2][parts.length()];
    flow = new double[flows.states];
  }

  @Override
  public Plane at(double... y) {
    asked++;
    int states = flows.states;
    int width = flows.parts;
    double discount = flows.discount();
    double[] value = new double[states];
    double[] totals = new double[states * width];
    int[] action = new int[states];
    for (int t = flows.environment.horizon() - 1; t >= 0; t--) {
      Workers.checkInterrupted();
      double[] best = new double[states];
      for (int a = 0; a < flows.actions; a++) {
        flows.flow(a, y, flow);
        double[] later = tensor.expect(a, value, room);
        for (int s = 0; s < states; s++) {
          double q = flow[s] + discount * later[s];
          if (a == 0 || q > best[s]) {
            best[s] = q;
            action[s] = a;
          }
        }
      }
      double[] next = new double[totals.length];
      for (int a = 0; a < flows.actions; a++) {
        double[] later = parts.expect(a, totals, partRoom);
        for (int s = 0; s < states; s++) {
          if (action[s] == a) {
            for (int k = 0; k < width; k++) {
              next[s * width + k] = flows.part(k, a, s) + discount * later[s * width + k];
            }
          }
        }
      }
      value = best;
      totals = next;
    }
    return flows.plane(StationaryWelfare.mean(flows, totals), rounding(y));
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
    return "backwardInduction";
  }
}
