package bellwether.benchmarks;

import bellwether.mechanisms.affine.Alternatives;
import bellwether.mechanisms.affine.PrivateEnvironment;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.PhysicalStates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Items sold one a period to bidders who want one each, for {@link AffineMaximizerBenchmark}. */
final class SequentialSales {
  private SequentialSales() {}

  /**
   * The physical state is who got each item so far, as in Curry et al. (2024): 1 + (n + 1) + (n +
   * 1)^2 + ... states; a bidder who has one can have no other. Values are 1/count, 2/count, ..., 1,
   * each as likely.
   */
  static PrivateEnvironment byHistory(int bidders, int items, int count, double discount) {
    int actions = bidders + 1;
    int[] layer = new int[items + 2];
    for (int t = 0, size = 1; t <= items; t++, size *= actions) {
      layer[t + 1] = layer[t] + size;
    }
    int over = layer[items];
    int[][] next = new int[over + 1][actions];
    for (int t = 0; t < items; t++) {
      for (int h = 0; h < layer[t + 1] - layer[t]; h++) {
        for (int a = 0; a < actions; a++) {
          boolean allowed = a == 0 || !has(h, t, actions, a);
          int to = t + 1 == items ? over : layer[t + 1] + h * actions + a;
          next[layer[t] + h][a] = allowed ? to : -1;
        }
      }
    }
    Arrays.fill(next[over], -1);
    next[over][0] = over;
    return environment(bidders, next, count, discount);
  }

  /** Whether action a is among the last t digits of a history. */
  private static boolean has(int history, int t, int actions, int a) {
    int rest = history;
    for (int k = 0; k < t; k++) {
      if (rest % actions == a) {
        return true;
      }
      rest /= actions;
    }
    return false;
  }

  private static PrivateEnvironment environment(
      int bidders, int[][] next, int count, double discount) {
    int actions = bidders + 1;
    List<Agent> agents = new ArrayList<>();
    List<Alternatives> alternatives = new ArrayList<>();
    double[] law = new double[count];
    Arrays.fill(law, 1.0 / count);
    for (int i = 0; i < bidders; i++) {
      agents.add(Agent.uncontrolled(new double[actions][1], new double[][] {{1}}));
      double[][][] values = new double[count][actions][1];
      for (int m = 0; m < count; m++) {
        values[m][i + 1][0] = (m + 1.0) / count;
      }
      alternatives.add(Alternatives.of(values, law));
    }
    return PrivateEnvironment.of(
        Environment.builder(agents, discount).physical(PhysicalStates.of(0, next)).build(),
        alternatives);
  }

  /** The same with interest that comes and goes: every bidder has three types, in and out. */
  static PrivateEnvironment moving(int bidders, int items, int count, double discount) {
    PrivateEnvironment still = byHistory(bidders, items, count, discount);
    int actions = bidders + 1;
    double[][] move = {{0.8, 0.2, 0}, {0.1, 0.8, 0.1}, {0, 0.2, 0.8}};
    List<Agent> agents = new ArrayList<>();
    List<Alternatives> alternatives = new ArrayList<>();
    double[] law = new double[count];
    Arrays.fill(law, 1.0 / count);
    for (int i = 0; i < bidders; i++) {
      agents.add(Agent.uncontrolled(new double[actions][3], move).withInitial(0.3, 0.4, 0.3));
      double[][][] values = new double[count][actions][3];
      for (int m = 0; m < count; m++) {
        for (int t = 0; t < 3; t++) {
          values[m][i + 1][t] = (m + 1.0) / count * (0.5 + 0.5 * t);
        }
      }
      alternatives.add(Alternatives.of(values, law));
    }
    return PrivateEnvironment.of(
        Environment.builder(agents, discount).physical(still.base().physical()).build(),
        alternatives);
  }
}
