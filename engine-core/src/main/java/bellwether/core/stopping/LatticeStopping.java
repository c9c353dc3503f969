package bellwether.core.stopping;

import bellwether.core.parallel.Workers;
import java.util.Arrays;

/**
 * Stopping on a recombining lattice: layer t = 0..steps has 1 + t (branches - 1) nodes, and node i
 * of layer t moves to nodes i..i+branches-1 of the next with the given probabilities. Two branches
 * make a binomial tree, three a trinomial one.
 *
 * <p>V_t(i) = max(payoff(t, i), -cost + discount sum_k p_k V_(t+1)(i + k)), and in the last layer
 * max(payoff, 0).
 */
public final class LatticeStopping {
  /** The most nodes of one layer. */
  public static final int MOST_NODES = 50_000_000;

  private LatticeStopping() {}

  /** What stopping pays at node {@code node} of layer {@code layer}. */
  @FunctionalInterface
  public interface Payoff {
    /** The payoff; must be finite. */
    double at(int layer, int node);
  }

  /**
   * What came out.
   *
   * @param value at the root
   * @param stops the number of nodes of each layer in which stopping is optimal
   * @param region of each layer the ends of the runs of nodes where stopping is optimal, {first,
   *     last, first, last, ...}, both included; ties stop
   */
  public record Result(double value, int[] stops, int[][] region) {}

  /**
   * Solves a lattice, in O(steps^2 branches^2) time and O(steps branches) memory beside the
   * regions.
   *
   * @param steps layers after the root, at least 0
   * @param probability of each branch, at least 0, their sum 1 within 1e-9
   * @param discount of one step, in [0, 1]
   * @param cost of going on for one step, finite
   * @throws IllegalArgumentException naming what is wrong; a payoff that is not finite by its node
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static Result solve(
      int steps, double[] probability, double discount, double cost, Payoff payoff) {
    int branches = probability.length;
    check(steps, probability, discount, cost);
    int[][] region = new int[steps + 1][];
    int[] stops = new int[steps + 1];
    double[] value = new double[1 + steps * (branches - 1)];
    int[] runs = new int[16];
    for (int t = steps; t >= 0; t--) {
      Workers.checkInterrupted();
      int nodes = 1 + t * (branches - 1);
      int ends = 0;
      boolean before = false;
      for (int i = 0; i < nodes; i++) {
        double paid = payoff.at(t, i);
        if (!Double.isFinite(paid)) {
          throw new IllegalArgumentException(
              "payoff of node " + i + " in layer " + t + " must be finite: " + paid);
        }
        double goesOn = 0;
        if (t < steps) {
          double sum = 0;
          for (int k = 0; k < branches; k++) {
            sum = Math.fma(probability[k], value[i + k], sum);
          }
          goesOn = Math.fma(discount, sum, -cost);
        }
        boolean stop = Ties.stops(paid, goesOn);
        if (stop != before) {
          runs = ends == runs.length ? Arrays.copyOf(runs, 2 * ends) : runs;
          runs[ends++] = stop ? i : i - 1;
          before = stop;
        }
        stops[t] += stop ? 1 : 0;
        value[i] = Math.max(paid, goesOn);
      }
      region[t] = Arrays.copyOf(runs, ends + (before ? 1 : 0));
      if (before) {
        region[t][ends] = nodes - 1;
      }
    }
    return new Result(value[0], stops, region);
  }

  private static void check(int steps, double[] probability, double discount, double cost) {
    int branches = probability.length;
    if (branches < 1 || steps < 0 || 1 + (long) steps * (branches - 1) > MOST_NODES) {
      throw new IllegalArgumentException(
          "steps and branches must make at most "
              + MOST_NODES
              + " nodes in the last layer: "
              + steps
              + " steps, "
              + branches
              + " branches");
    }
    double sum = 0;
    for (int k = 0; k < branches; k++) {
      if (!(probability[k] >= 0)) {
        throw new IllegalArgumentException(
            "probability[" + k + "] must be at least 0: " + probability[k]);
      }
      sum += probability[k];
    }
    if (!(Math.abs(sum - 1) <= 1e-9)) {
      throw new IllegalArgumentException("probabilities must sum to 1 within 1e-9: " + sum);
    }
    if (!(discount >= 0 && discount <= 1)) {
      throw new IllegalArgumentException("discount must be from 0 to 1: " + discount);
    }
    if (!Double.isFinite(cost)) {
      throw new IllegalArgumentException("cost must be finite: " + cost);
    }
  }
}
