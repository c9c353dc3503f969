package bellwether.mechanisms.optimal;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.Solver;
import bellwether.mechanisms.environment.Structure;

/**
 * G(y) = d E W(s_1), the weighted welfare before signals are known, as a function of the effective
 * weights y: the highest of the planes of all rules, hence convex, piecewise linear over a finite
 * number of states, with slope E sum d^t B_i in y_i. Kinds of environments differ in how the
 * optimal rule is found.
 */
interface WeightedWelfare {
  /**
   * The plane of an optimal rule.
   *
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  Plane at(double... y);

  /** Planes that were asked for. */
  long asked();

  /** How much a value may be off because numbers are rounded, at these weights. */
  double rounding(double... y);

  /** A word for how rules are found. */
  String method();

  /**
   * The welfare of an environment.
   *
   * @param counted agents that count; the others' weights mean nothing
   * @throws IllegalArgumentException when it has too many joint states
   */
  static WeightedWelfare of(SeparableEnvironment environment, boolean[] counted, Workers workers) {
    double[] one = new double[counted.length];
    java.util.Arrays.fill(one, 1);
    Environment weighted = environment.weighted(one, counted);
    Structure structure = Structure.of(weighted);
    String refusal = structure.refusal(Solver.PRODUCT);
    if (refusal != null) {
      throw new IllegalArgumentException("the environment is too large: " + refusal);
    }
    WeightedFlows flows = new WeightedFlows(environment, counted, weighted);
    if (structure.allows(Solver.UNCONTROLLED)) {
      return new MyopicWelfare(flows);
    }
    return environment.horizon() == 0
        ? new StationaryWelfare(flows, workers)
        : new BackwardWelfare(flows, workers);
  }
}
