package bellwether.mechanisms.affine;

import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.PhysicalStates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sales whose best affine maximizers are known, and some whose are not. */
final class Sales {
  private Sales() {}

  /** One object now or never: action 0 keeps it, action i + 1 gives it to bidder i. */
  static PrivateEnvironment auction(double[][] values, double[][] laws) {
    int n = values.length;
    List<Agent> agents = new ArrayList<>();
    List<Alternatives> alternatives = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      agents.add(Agent.uncontrolled(new double[n + 1][1], new double[][] {{1}}));
      alternatives.add(bidder(i + 1, n + 1, values[i], laws[i]));
    }
    return PrivateEnvironment.of(Environment.builder(agents, 0).horizon(1).build(), alternatives);
  }

  /** Who is worth {@code values[m]} in one action. */
  static Alternatives bidder(int action, int actions, double[] values, double[] law) {
    double[][][] tables = new double[values.length][actions][1];
    for (int m = 0; m < values.length; m++) {
      tables[m][action][0] = values[m];
    }
    return Alternatives.of(tables, law);
  }

  static double[] uniform(int count) {
    double[] law = new double[count];
    Arrays.fill(law, 1.0 / count);
    return law;
  }

  /** high/count, ..., high. */
  static double[] grid(int count, double high) {
    double[] values = new double[count];
    Arrays.setAll(values, m -> high * (m + 1) / count);
    return values;
  }

  /**
   * Items sold one after another, one a period, each to one of the bidders who have none yet or to
   * nobody; the physical state is the round and who has bought.
   */
  static PrivateEnvironment sequence(int bidders, int items, double discount, double[][] values) {
    int sets = 1 << bidders;
    int[][] next = new int[items * sets + 1][bidders + 1];
    int over = items * sets;
    for (int round = 0; round < items; round++) {
      for (int set = 0; set < sets; set++) {
        int to = round + 1 == items ? over : (round + 1) * sets;
        int stay = round + 1 == items ? 0 : set;
        next[round * sets + set][0] = to + stay;
        for (int i = 0; i < bidders; i++) {
          boolean has = (set >> i & 1) == 1;
          int then = round + 1 == items ? over : to + (set | 1 << i);
          next[round * sets + set][i + 1] = has ? -1 : then;
        }
      }
    }
    Arrays.fill(next[over], -1);
    next[over][0] = over;
    List<Agent> agents = new ArrayList<>();
    List<Alternatives> alternatives = new ArrayList<>();
    for (int i = 0; i < bidders; i++) {
      agents.add(Agent.uncontrolled(new double[bidders + 1][1], new double[][] {{1}}));
      alternatives.add(bidder(i + 1, bidders + 1, values[i], uniform(values[i].length)));
    }
    return PrivateEnvironment.of(
        Environment.builder(agents, discount).physical(PhysicalStates.of(0, next)).build(),
        alternatives);
  }

  /** A law on an even grid whose virtual values are affine: (1 - F_m) / f_m = (count - m) / k. */
  static double[] affineVirtual(int count, double k) {
    double[] law = new double[count];
    double survival = 1;
    for (int m = 0; m < count; m++) {
      double left = count - 1 - m;
      double next = survival * left / (k + left);
      law[m] = survival - next;
      survival = next;
    }
    return law;
  }

  /** E max(0, virtual values) of regular laws on grids (Myerson 1981 for discrete values). */
  static double optimum(double[][] values, double[][] laws) {
    double sum = 0;
    double[][] virtual = new double[2][];
    for (int i = 0; i < 2; i++) {
      virtual[i] = new double[values[i].length];
      double above = 0;
      for (int m = values[i].length - 1; m >= 0; m--) {
        double step = m + 1 < values[i].length ? values[i][m + 1] - values[i][m] : 0;
        virtual[i][m] = values[i][m] - step * above / laws[i][m];
        above += laws[i][m];
      }
    }
    for (int a = 0; a < virtual[0].length; a++) {
      for (int b = 0; b < virtual[1].length; b++) {
        sum += laws[0][a] * laws[1][b] * Math.max(0, Math.max(virtual[0][a], virtual[1][b]));
      }
    }
    return sum;
  }
}
