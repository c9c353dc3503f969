package bellwether.mechanisms.efficient;

import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.joint.TypeTensor;
import org.jspecify.annotations.Nullable;

/** One step back: r + d P_x V. */
final class FlowEvaluation {
  private final double discount;
  private final int actions;
  private final TypeTensor tensor;
  private final double[][] space;

  FlowEvaluation(Environment environment, TypeTensor tensor) {
    this.discount = environment.discount();
    this.actions = environment.actions();
    this.tensor = tensor;
    this.space = new double[2][tensor.length()];
  }

  /**
   * The value a period earlier.
   *
   * @param policy the action by joint state
   * @param flow by joint state
   * @param next the value a period later; null for 0
   */
  double[] step(int[] policy, double[] flow, double @Nullable [] next) {
    double[] value = flow.clone();
    if (next == null) {
      return value;
    }
    boolean[] used = new boolean[actions];
    for (int a : policy) {
      used[a] = true;
    }
    for (int a = 0; a < actions; a++) {
      if (used[a]) {
        double[] expected = tensor.expect(a, next, space);
        for (int s = 0; s < value.length; s++) {
          if (policy[s] == a) {
            value[s] += discount * expected[s];
          }
        }
      }
    }
    return value;
  }
}
