package bellwether.mechanisms.efficient;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.PhysicalStates;
import bellwether.mechanisms.environment.Solver;
import bellwether.mechanisms.joint.Evaluation;
import bellwether.mechanisms.joint.PolicyEvaluation;
import bellwether.mechanisms.joint.ProfileSpace;
import bellwether.mechanisms.joint.TypeTensor;

/**
 * Where no action moves types or the physical state differently from another, the efficient action
 * is the best one now, and W is one linear evaluation of max_a w(a, theta).
 */
final class UncontrolledSolver {
  private static final double TIE = 1e-9;

  private final Environment environment;
  private final double tolerance;
  private final Workers workers;
  private final ProfileSpace space;
  private double gap;
  private long sweeps;

  UncontrolledSolver(Environment environment, double tolerance, Workers workers) {
    this.environment = environment;
    this.tolerance = tolerance;
    this.workers = workers;
    this.space = new ProfileSpace(environment);
  }

  WelfareTables solve() {
    int n = environment.size();
    int periods = Math.max(1, environment.horizon());
    int[] best = new int[space.states()];
    double[] flow = flow(TypeTensor.NOBODY, best);
    double[][] welfare = evaluate(TypeTensor.all(environment, workers), flow, periods);
    int[][] action = new int[periods][];
    for (int t = 0; t < periods; t++) {
      action[t] = tieFree(welfare[t], flow, best);
    }
    double[][][] without = new double[periods][n][];
    for (int i = 0; i < n; i++) {
      double[] others = flow(i, new int[space.statesWithout(i)]);
      double[][] values = evaluate(TypeTensor.without(environment, i, workers), others, periods);
      for (int t = 0; t < periods; t++) {
        without[t][i] = values[t];
      }
    }
    return new WelfareTables(
        environment, space, Solver.UNCONTROLLED, welfare, action, without, gap, sweeps, workers);
  }

  /** The largest flow in every joint state, without agent {@code out}, and where it is reached. */
  private double[] flow(int out, int[] best) {
    FlowTables flows = new FlowTables(environment, space);
    double[] most = new double[best.length];
    java.util.Arrays.fill(most, Double.NEGATIVE_INFINITY);
    PhysicalStates physical = environment.physical();
    int block = best.length / physical.count();
    for (int a = 0; a < environment.actions(); a++) {
      double[] w = flows.welfare(a, out);
      for (int k = 0; k < physical.count(); k++) {
        if (physical.feasible(k, a)) {
          for (int x = 0; x < block; x++) {
            if (w[x] > most[k * block + x]) {
              most[k * block + x] = w[x];
              best[k * block + x] = a;
            }
          }
        }
      }
    }
    return most;
  }

  /** The lowest action that comes within 1e-9 (1 + |W|) of the best, as the other solvers have. */
  private int[] tieFree(double[] welfare, double[] flow, int[] best) {
    int[] chosen = best.clone();
    FlowTables flows = new FlowTables(environment, space);
    PhysicalStates physical = environment.physical();
    int block = space.profiles();
    for (int a = environment.actions() - 1; a >= 0; a--) {
      double[] w = flows.welfare(a, TypeTensor.NOBODY);
      for (int s = 0; s < chosen.length; s++) {
        if (physical.feasible(s / block, a)
            && flow[s] - w[s % block] <= TIE * (1 + Math.abs(welfare[s]))) {
          chosen[s] = a;
        }
      }
    }
    return chosen;
  }

  private double[][] evaluate(TypeTensor tensor, double[] flow, int periods) {
    double[][] value = new double[periods][];
    // Any feasible action moves everything as the best one does.
    int[] policy = new int[flow.length];
    PhysicalStates physical = environment.physical();
    int block = tensor.block();
    for (int k = 0; k < physical.count(); k++) {
      int a = 0;
      while (!physical.feasible(k, a)) {
        a++;
      }
      java.util.Arrays.fill(policy, k * block, (k + 1) * block, a);
    }
    if (environment.isInfinite()) {
      Evaluation evaluation =
          new PolicyEvaluation(tensor, policy, environment.actions(), environment.discount())
              .solve(flow, null, tolerance);
      gap = Math.max(gap, evaluation.gap());
      sweeps += evaluation.sweeps();
      value[0] = evaluation.value();
      return value;
    }
    FlowEvaluation backward = new FlowEvaluation(environment, tensor);
    double[] next = null;
    for (int t = periods - 1; t >= 0; t--) {
      next = backward.step(policy, flow, next);
      value[t] = next;
      sweeps++;
    }
    gap = Math.max(gap, 0x1p-48 * environment.largestFlow() * environment.annuity());
    return value;
  }
}
