package bellwether.core.bandit;

import bellwether.core.mdp.MdpProblem;
import bellwether.core.mdp.MdpSolver;
import bellwether.core.mdp.Solution;
import bellwether.core.mdp.SolveOptions;
import bellwether.core.mdp.SparseMdp;
import bellwether.core.parallel.Workers;
import java.util.Arrays;

/**
 * The index of one state of a sparse arm, from the states that can be reached from it only.
 *
 * <p>When none of these comes back once left (beliefs, wear), one backward pass solves V(x) =
 * max(0, r(x) - g + delta P V) for a charge g, and Dinkelbach's (1967) iteration g += c / e finds
 * the charge at which pulling in s is worth 0. Otherwise {@link MdpSolver} solves the
 * restart-in-state problem of Katehakis and Veinott (1987),
 *
 * <pre>
 *   V(x) = max(r(x) + delta P(x,.) V, r(s) + delta P(s,.) V),   G(s) = (1 - delta) V(s).
 * </pre>
 *
 * <p>In both cases the values are put into the equations with a charge: {@link RestartCertificate}
 * says why what they miss bounds the error of the index.
 */
final class RestartProblem {
  /** The error of an index that is asked of the solver, as a share of the largest reward. */
  private static final double TOLERANCE = 1e-12;

  /** Dinkelbach's iteration squares its error: ten steps are many. */
  private static final int MOST_STEPS = 200;

  private static final double CANCELLATION = 0.5;

  private final SparseArm arm;
  private final double discount;
  private final int start;

  /** Number of a state among those that can be reached, from 1; 0 of others. */
  private final int[] number;

  /** The states that can be reached, each after its successors where there are no cycles. */
  private int[] reached = new int[16];

  private int count;
  private boolean acyclic = true;

  /**
   * What is known of an index.
   *
   * @param errorBound |G(s) - index| is at most this
   */
  record Solved(double index, double errorBound) {}

  private RestartProblem(SparseArm arm, double discount, int start) {
    this.arm = arm;
    this.discount = discount;
    this.start = start;
    this.number = new int[arm.states()];
  }

  static Solved solve(SparseArm arm, double discount, int state, Workers workers) {
    RestartProblem problem = new RestartProblem(arm, discount, state);
    problem.explore();
    return problem.acyclic ? problem.byCharge() : problem.byRestart(workers);
  }

  /** Depth first: a state's number is given when all its successors have theirs. */
  private void explore() {
    int[] stack = new int[16];
    int[] next = new int[16];
    int depth = 0;
    number[start] = -1;
    stack[0] = start;
    next[0] = arm.rowStart[start];
    while (depth >= 0) {
      int s = stack[depth];
      if (next[depth] == arm.rowStart[s + 1]) {
        if (count == reached.length) {
          reached = Arrays.copyOf(reached, 2 * count);
        }
        reached[count++] = s;
        number[s] = count;
        depth--;
        continue;
      }
      int t = arm.column[next[depth]++];
      if (number[t] == 0) {
        depth++;
        if (depth == stack.length) {
          stack = Arrays.copyOf(stack, 2 * depth);
          next = Arrays.copyOf(next, 2 * depth);
        }
        number[t] = -1;
        stack[depth] = t;
        next[depth] = arm.rowStart[t];
      } else if (number[t] < 0 && t != s) {
        acyclic = false;
      }
    }
  }

  private Solved byCharge() {
    double[] value = new double[count];
    double[] time = new double[count];
    double charge = arm.reward[start];
    for (int step = 0; step < MOST_STEPS; step++) {
      Workers.checkInterrupted();
      backward(charge, value, time);
      double better = charge + value[count - 1] / time[count - 1];
      if (!(better > charge)) {
        break;
      }
      charge = better;
    }
    backward(charge, value, time);
    value[count - 1] = Math.max(0, value[count - 1]);
    return new Solved(charge, missing(charge, value));
  }

  /** V and e = -dV/dg of all; of the start, where the arm is pulled, not cut off at 0. */
  private void backward(double charge, double[] value, double[] time) {
    for (int i = 0; i < count; i++) {
      int s = reached[i];
      double v = 0;
      double e = 0;
      double self = 0;
      double leaving = 0;
      for (int k = arm.rowStart[s]; k < arm.rowStart[s + 1]; k++) {
        double p = arm.probability[k];
        if (arm.column[k] == s) {
          self = p;
        } else {
          int t = number[arm.column[k]] - 1;
          v = Math.fma(p, value[t], v);
          e = Math.fma(p, time[t], e);
          leaving += p;
        }
      }
      double den =
          discount * self <= CANCELLATION ? 1 - discount * self : 1 - discount + discount * leaving;
      double worth = Math.fma(discount, v, arm.reward[s] - charge) / den;
      boolean on = worth > 0 || i == count - 1;
      value[i] = on ? worth : 0;
      time[i] = on ? Math.fma(discount, e, 1) / den : 0;
    }
  }

  private Solved byRestart(Workers workers) {
    int startLength = arm.rowStart[start + 1] - arm.rowStart[start];
    double entries = (double) count * startLength;
    for (int i = 0; i < count; i++) {
      entries += arm.rowStart[reached[i] + 1] - arm.rowStart[reached[i]];
    }
    if (entries > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "the restart problem of state " + start + " would have " + entries + " entries");
    }
    int[] rowStart = new int[2 * count + 1];
    int[] successor = new int[(int) entries];
    double[] probability = new double[(int) entries];
    double[] reward = new double[2 * count];
    int e = 0;
    for (int row = 0; row < 2 * count; row++) {
      int s = (row & 1) == 0 ? reached[row >> 1] : start;
      rowStart[row] = e;
      reward[row] = arm.reward[s];
      for (int k = arm.rowStart[s]; k < arm.rowStart[s + 1]; k++) {
        successor[e] = number[arm.column[k]] - 1;
        probability[e] = arm.probability[k];
        e++;
      }
    }
    rowStart[2 * count] = e;
    SparseMdp model = SparseMdp.owning(count, 2, rowStart, successor, probability, reward);
    double tolerance = TOLERANCE * arm.largestReward() / (1 - discount);
    SolveOptions options =
        tolerance > 0 ? SolveOptions.DEFAULT.withTolerance(tolerance) : SolveOptions.DEFAULT;
    Solution solution = MdpSolver.solve(MdpProblem.maximize(model, discount), options, workers);
    double restart = solution.value()[count - 1];
    double[] value = new double[count];
    for (int i = 0; i < count; i++) {
      value[i] = Math.max(0, solution.value()[i] - restart);
    }
    value[count - 1] = 0;
    // The charge at which these values make pulling in s worth exactly nothing.
    double charge = Math.fma(discount, expected(start, value), arm.reward[start]);
    return new Solved(charge, missing(charge, value));
  }

  private double expected(int s, double[] value) {
    double sum = 0;
    for (int k = arm.rowStart[s]; k < arm.rowStart[s + 1]; k++) {
      sum = Math.fma(arm.probability[k], value[number[arm.column[k]] - 1], sum);
    }
    return sum;
  }

  /** max(rho, |c|) of {@link RestartCertificate}. */
  private double missing(double charge, double[] value) {
    double bound = 0;
    for (int i = 0; i < count; i++) {
      int s = reached[i];
      double worth = Math.fma(discount, expected(s, value), arm.reward[s] - charge);
      double gap = i == count - 1 ? Math.abs(worth) : Math.abs(value[i] - Math.max(0, worth));
      bound = Math.max(bound, gap);
    }
    double largest = RestartCertificate.largest(value);
    return bound
        + RestartCertificate.rounding(arm.longestRow(), largest, arm.largestReward(), charge);
  }
}
