package bellwether.mechanisms.efficient;

import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.joint.ProfileSpace;
import bellwether.mechanisms.joint.TypeTensor;

/** w(a, theta) and w_-i(a, theta_-i) for all profiles at once. */
final class FlowTables {
  private final Environment environment;
  private final ProfileSpace space;

  FlowTables(Environment environment, ProfileSpace space) {
    this.environment = environment;
    this.space = space;
  }

  /**
   * The flow of an action by profile of the others' types.
   *
   * @param out the agent left out, or {@link TypeTensor#NOBODY}
   */
  double[] welfare(int action, int out) {
    int profiles =
        out == TypeTensor.NOBODY ? space.profiles() : space.profiles() / space.types(out);
    double[] flow = new double[profiles];
    java.util.Arrays.fill(flow, environment.designerValue(action));
    int stride = 1;
    for (int i = space.agents() - 1; i >= 0; i--) {
      if (i == out) {
        continue;
      }
      int types = space.types(i);
      for (int x = 0, t = 0; x < profiles; x += stride, t = t + 1 == types ? 0 : t + 1) {
        double v = environment.agent(i).value(action, t);
        if (v != 0) {
          for (int y = x; y < x + stride; y++) {
            flow[y] += v;
          }
        }
      }
      stride *= types;
    }
    return flow;
  }
}
