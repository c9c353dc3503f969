package bellwether.mechanisms.environment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An objective that falls apart: actions are all combinations of one choice for each agent, agent i
 * cares for its own choice only, and what the designer gets is a sum over choices,
 *
 * <p>w(a, theta) = base + sum_i (v_i(a_i, theta_i) + d_i(a_i)).
 *
 * <p>Choices are told by the agents' values: two actions with the same values for agent i are the
 * same choice for it.
 */
public final class SeparableObjective {
  private static final double ROUNDING = 1e-12;

  private final double base;

  /** By agent, then choice: an action that makes it, and what it is worth to the designer. */
  private final int[][] action;

  private final double[][] designer;

  private SeparableObjective(double base, int[][] action, double[][] designer) {
    this.base = base;
    this.action = action;
    this.designer = designer;
  }

  /** A row of values as a key. */
  private record Row(double[] values) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Row row && Arrays.equals(values, row.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }

  /** The parts of an environment's objective; null where it does not fall apart so. */
  static @Nullable SeparableObjective of(Environment environment) {
    int n = environment.size();
    int actions = environment.actions();
    int[][] choice = new int[actions][n];
    int[] choices = new int[n];
    List<List<Integer>> firsts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Map<Row, Integer> known = new HashMap<>();
      List<Integer> first = new ArrayList<>();
      Agent agent = environment.agent(i);
      for (int a = 0; a < actions; a++) {
        double[] row = new double[agent.types()];
        for (int t = 0; t < row.length; t++) {
          row[t] = agent.value(a, t) + 0.0;
        }
        Integer number = known.get(new Row(row));
        if (number == null) {
          number = known.size();
          known.put(new Row(row), number);
          first.add(a);
        }
        choice[a][i] = number;
      }
      choices[i] = known.size();
      firsts.add(first);
    }
    double combinations = 1;
    for (int count : choices) {
      combinations *= count;
    }
    if (combinations > actions) {
      return null;
    }
    // The best designer's value of every combination; all must be there.
    double[] best = new double[(int) combinations];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    for (int a = 0; a < actions; a++) {
      int code = code(choice[a], choices);
      best[code] = Math.max(best[code], environment.designerValue(a));
    }
    int[] none = new int[n];
    double base = best[0];
    double[][] designer = new double[n][];
    int[][] action = new int[n][];
    double size = Math.abs(base);
    for (int i = 0; i < n; i++) {
      designer[i] = new double[choices[i]];
      action[i] = firsts.get(i).stream().mapToInt(Integer::intValue).toArray();
      for (int c = 0; c < choices[i]; c++) {
        int[] one = none.clone();
        one[i] = c;
        designer[i][c] = best[code(one, choices)] - base;
        size = Math.max(size, Math.abs(designer[i][c]));
      }
    }
    for (int a = 0; a < actions; a++) {
      double sum = base;
      for (int i = 0; i < n; i++) {
        sum += designer[i][choice[a][i]];
      }
      double there = best[code(choice[a], choices)];
      if (!(Math.abs(sum - there) <= ROUNDING * (1 + n * size))) {
        return null;
      }
    }
    for (double value : best) {
      if (value == Double.NEGATIVE_INFINITY) {
        return null;
      }
    }
    return new SeparableObjective(base, action, designer);
  }

  private static int code(int[] choice, int[] choices) {
    int code = 0;
    for (int i = 0; i < choice.length; i++) {
      code = code * choices[i] + choice[i];
    }
    return code;
  }

  /** What every action is worth to the designer, apart from choices. */
  public double base() {
    return base;
  }

  /** max over choices of v_i + d_i. */
  public double best(Environment environment, int i, int type) {
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < action[i].length; c++) {
      most = Math.max(most, environment.agent(i).value(action[i][c], type) + designer[i][c]);
    }
    return most;
  }

  /** max over choices of d_i: what is left where agent i's value does not count. */
  public double bestWithout(int i) {
    return Arrays.stream(designer[i]).max().orElseThrow();
  }
}
