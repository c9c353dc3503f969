package bellwether.core.stopping;

import bellwether.core.mdp.FiniteHorizon;
import bellwether.core.mdp.MdpProblem;
import bellwether.core.mdp.MdpSolver;
import bellwether.core.mdp.Solution;
import bellwether.core.mdp.SolveOptions;
import bellwether.core.mdp.SparseMdp;
import bellwether.core.parallel.Workers;
import java.util.Arrays;

/**
 * Stopping a finite Markov chain: V(s) = max(payoff[s], -cost[s] + discount sum_t P(s, t) V(t)).
 * With a horizon of T periods the value after the last is 0.
 *
 * <p>As a decision process it has two actions in every state, to stop (and go to a state of value 0
 * for ever) and to go on, so the solvers of {@link bellwether.core.mdp} and their two-sided bounds
 * do the work.
 */
public final class ChainStopping {
  private final int states;
  private final double[] payoff;
  private final double[] cost;
  private final SparseMdp model;

  // The model's rows: those of state s are 2 s, to stop, and 2 s + 1.
  private final int[] rowStart;
  private final int[] successor;
  private final double[] probability;
  private final double size;

  private ChainStopping(
      double[] payoff, double[] cost, int[] rowStart, int[] successor, double[] probability) {
    this.states = payoff.length;
    this.payoff = payoff;
    this.cost = cost;
    this.rowStart = rowStart;
    this.successor = successor;
    this.probability = probability;
    int[] firstRow = new int[states + 2];
    int[] action = new int[2 * states + 1];
    double[] reward = new double[2 * states + 1];
    for (int s = 0; s < states; s++) {
      firstRow[s] = 2 * s;
      reward[2 * s] = payoff[s];
      reward[2 * s + 1] = -cost[s];
      action[2 * s + 1] = 1;
    }
    firstRow[states] = 2 * states;
    firstRow[states + 1] = 2 * states + 1;
    model =
        SparseMdp.owning(states + 1, 2, firstRow, action, rowStart, successor, probability, reward);
    double largest = 0;
    for (int s = 0; s < states; s++) {
      largest = Math.max(largest, Math.max(Math.abs(payoff[s]), Math.abs(cost[s])));
    }
    size = largest;
  }

  /**
   * What came out.
   *
   * @param values V by state (in the first period)
   * @param stop whether stopping is optimal in each state (in the first period); ties stop
   * @param lowerGap the true values may be lower by this, rounding included
   * @param upperGap and higher by this
   * @param sweeps passes over all states
   */
  public record Result(
      double[] values, boolean[] stop, double lowerGap, double upperGap, long sweeps) {}

  /**
   * A chain with a full matrix.
   *
   * @param transition row-major, {@code transition[s * n + t]}; rows sum to 1 within 1e-9
   * @param payoff finite, of stopping in each state
   * @param cost finite, of every period in which one goes on; may be negative
   * @throws IllegalArgumentException naming what is wrong
   */
  public static ChainStopping dense(double[] transition, double[] payoff, double[] cost) {
    int n = payoff.length;
    if (transition.length != (long) n * n) {
      throw new IllegalArgumentException(
          "transition must have states^2 entries, " + (long) n * n + ": " + transition.length);
    }
    int[] rowStart = new int[n + 1];
    for (int s = 0; s < n; s++) {
      int entries = 0;
      for (int t = 0; t < n; t++) {
        entries += transition[s * n + t] == 0 ? 0 : 1;
      }
      rowStart[s + 1] = rowStart[s] + entries;
    }
    int[] successor = new int[rowStart[n]];
    double[] probability = new double[rowStart[n]];
    int at = 0;
    for (int s = 0; s < n; s++) {
      for (int t = 0; t < n; t++) {
        if (transition[s * n + t] != 0) {
          successor[at] = t;
          probability[at++] = transition[s * n + t];
        }
      }
    }
    return sparse(rowStart, successor, probability, payoff, cost);
  }

  /**
   * A chain by compressed rows: {@code successor[e]} has {@code probability[e]} for rowStart[s]
   * &lt;= e &lt; rowStart[s + 1].
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static ChainStopping sparse(
      int[] rowStart, int[] successor, double[] probability, double[] payoff, double[] cost) {
    int n = payoff.length;
    if (n < 1 || cost.length != n || rowStart.length != n + 1) {
      throw new IllegalArgumentException(
          "payoff, cost and rows must be as many, at least one: "
              + n
              + ", "
              + cost.length
              + ", "
              + (rowStart.length - 1));
    }
    check("payoff", payoff);
    check("cost", cost);
    int entries = rowStart[n];
    // States 0..n-1 stop to state n; rows stand in the order stop, continue; state n only stays.
    int[] starts = new int[2 * n + 2];
    int[] to = new int[entries + n + 1];
    double[] p = new double[entries + n + 1];
    int at = 0;
    for (int s = 0; s < n; s++) {
      to[at] = n;
      p[at++] = 1;
      starts[2 * s + 1] = at;
      for (int e = rowStart[s]; e < rowStart[s + 1]; e++) {
        to[at] = successor[e];
        p[at++] = probability[e];
      }
      starts[2 * s + 2] = at;
    }
    to[at] = n;
    p[at] = 1;
    starts[2 * n + 1] = at + 1;
    return new ChainStopping(payoff.clone(), cost.clone(), starts, to, p);
  }

  private static void check(String name, double[] values) {
    for (int s = 0; s < values.length; s++) {
      if (!Double.isFinite(values[s])) {
        throw new IllegalArgumentException(name + "[" + s + "] must be finite: " + values[s]);
      }
    }
  }

  /**
   * Without a horizon.
   *
   * @param discount in [0, 1)
   * @param tolerance the guaranteed error that is asked for; NaN for 1e-11 times the largest payoff
   *     or cost. Rounding may leave more, see the gaps
   * @throws IllegalArgumentException when the discount is 1, or rewards overflow
   */
  public Result infinite(double discount, double tolerance, Workers workers) {
    double largest = Math.max(size, Double.MIN_NORMAL);
    // Eleven digits of the payoffs, and not less than rounding leaves.
    double otherwise = Math.max(1e-11 * largest, 1e-15 * largest / (1 - discount));
    double wanted = Double.isNaN(tolerance) ? otherwise : tolerance;
    SolveOptions options = SolveOptions.DEFAULT.withTolerance(Math.max(wanted, Double.MIN_NORMAL));
    return result(
        MdpSolver.solve(MdpProblem.maximize(model, discount), options.atMost(100_000), workers));
  }

  /**
   * With {@code horizon} periods t = 0..horizon-1: after the last there is nothing.
   *
   * @param discount in [0, 1]
   * @param horizon at least 1
   * @throws IllegalArgumentException when the horizon is less than 1, or values overflow
   */
  public Result finite(double discount, int horizon, Workers workers) {
    return result(
        FiniteHorizon.solve(MdpProblem.maximize(model, discount), horizon, null, workers));
  }

  private Result result(Solution solution) {
    boolean[] stop = new boolean[states];
    for (int s = 0; s < states; s++) {
      stop[s] = solution.policy()[s] == 0;
    }
    return new Result(
        Arrays.copyOf(solution.value(), states),
        stop,
        solution.lowerGap(),
        solution.upperGap(),
        solution.sweeps());
  }

  /**
   * The stopping region of every period of a finite problem: {@code [t][s]}, in O(horizon) sweeps.
   *
   * @throws IllegalArgumentException as {@link #finite}
   */
  public boolean[][] regions(double discount, int horizon) {
    if (horizon < 1) {
      throw new IllegalArgumentException("horizon must be at least 1: " + horizon);
    }
    boolean[][] regions = new boolean[horizon][states];
    double[] next = new double[states];
    double[] now = new double[states];
    for (int t = horizon - 1; t >= 0; t--) {
      Workers.checkInterrupted();
      for (int s = 0; s < states; s++) {
        double expected = t == horizon - 1 ? 0 : expected(s, next);
        double goesOn = Math.fma(discount, expected, -cost[s]);
        regions[t][s] = Ties.stops(payoff[s], goesOn);
        now[s] = Math.max(payoff[s], goesOn);
      }
      double[] old = next;
      next = now;
      now = old;
    }
    return regions;
  }

  private double expected(int state, double[] v) {
    double sum = 0;
    for (int e = rowStart[2 * state + 1]; e < rowStart[2 * state + 2]; e++) {
      sum = Math.fma(probability[e], v[successor[e]], sum);
    }
    return sum;
  }
}
