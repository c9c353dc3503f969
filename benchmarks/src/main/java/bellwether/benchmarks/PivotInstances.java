package bellwether.benchmarks;

import bellwether.core.mdp.TypeTransition;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random environments for {@link PivotBenchmark}. */
final class PivotInstances {
  private PivotInstances() {}

  /** Agents whose types move everywhere, in a way that every action chooses. */
  static Environment controlled(int agents, int types, int actions, double discount) {
    SplittableRandom random = new SplittableRandom(1);
    List<Agent> list = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      double[][] value = new double[actions][types];
      double[][][] transition = new double[actions][types][];
      for (int a = 0; a < actions; a++) {
        for (int t = 0; t < types; t++) {
          value[a][t] = random.nextDouble();
          transition[a][t] = row(types, random);
        }
      }
      list.add(Agent.of(value, transition).withInitial(uniform(types)));
    }
    return Environment.of(list, discount);
  }

  /** Bidders of whom one is served a period, and nobody is the last action. */
  static Environment bandit(int bidders, int types, double discount) {
    SplittableRandom random = new SplittableRandom(2);
    List<Agent> list = new ArrayList<>();
    for (int i = 0; i < bidders; i++) {
      double[] value = new double[types];
      double[][] transition = new double[types][];
      for (int t = 0; t < types; t++) {
        value[t] = random.nextDouble();
        transition[t] = row(types, random);
      }
      list.add(
          Agent.served(i, bidders + 1, value, TypeTransition.dense(transition))
              .withInitial(uniform(types)));
    }
    return Environment.of(list, discount);
  }

  private static double[] uniform(int types) {
    double[] law = new double[types];
    java.util.Arrays.fill(law, 1.0 / types);
    return law;
  }

  private static double[] row(int types, SplittableRandom random) {
    double[] row = new double[types];
    double sum = 0;
    for (int t = 0; t < types; t++) {
      row[t] = random.nextDouble();
      sum += row[t];
    }
    for (int t = 0; t < types; t++) {
      row[t] /= sum;
    }
    return row;
  }
}
