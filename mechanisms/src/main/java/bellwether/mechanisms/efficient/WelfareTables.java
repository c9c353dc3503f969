package bellwether.mechanisms.efficient;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.Solver;
import bellwether.mechanisms.environment.Structure;
import bellwether.mechanisms.joint.ProfileSpace;
import bellwether.mechanisms.joint.TypeTensor;
import java.util.function.Consumer;

/**
 * W, the efficient action and every W_-i in all joint states, and in all periods of a finite
 * horizon:
 *
 * <p>W(k, theta) = max over feasible a of w(a, theta) + d E[W(next(k, a), theta') | theta, a],
 *
 * <p>W_-i the same with w_-i. The efficient action is the lowest that comes within 1e-9 (1 +
 * |best|) of the best (Bergemann and Valimaki 2010).
 *
 * <p>Joint state s = k J + theta has the last agent's type fastest; W_-i is over the same numbers
 * without agent i.
 */
public final class WelfareTables {
  private final Environment environment;
  private final ProfileSpace space;
  private final Solver solver;
  private final Workers workers;

  /** By period; one period for an infinite horizon. */
  private final double[][] welfare;

  private final int[][] action;

  /** [period][agent]. */
  private final double[][][] without;

  private final double gap;
  private final long sweeps;
  private final TypeTensor tensor;
  private final TypeTensor[] tensorWithout;

  WelfareTables(
      Environment environment,
      ProfileSpace space,
      Solver solver,
      double[][] welfare,
      int[][] action,
      double[][][] without,
      double gap,
      long sweeps,
      Workers workers) {
    this.environment = environment;
    this.space = space;
    this.solver = solver;
    this.welfare = welfare;
    this.action = action;
    this.without = without;
    this.gap = gap;
    this.sweeps = sweeps;
    this.workers = workers;
    tensor = TypeTensor.all(environment, workers);
    tensorWithout = new TypeTensor[environment.size()];
    java.util.Arrays.setAll(tensorWithout, i -> TypeTensor.without(environment, i, workers));
  }

  /**
   * Solves with the solver that the structure calls for, to the default tolerance.
   *
   * @see #solve(Environment, Solver, double, Consumer, Workers)
   */
  public static WelfareTables solve(Environment environment, Workers workers) {
    Structure structure = Structure.of(environment);
    Solver solver = structure.choose();
    if (solver == Solver.BANDIT) {
      throw new IllegalArgumentException(
          "the environment is too large for tables, "
              + structure.refusal(Solver.PRODUCT)
              + ": use BanditEnvironment");
    }
    return solve(environment, solver, defaultTolerance(environment), words -> {}, workers);
  }

  /**
   * Solves.
   *
   * @param solver any that applies but BANDIT, which has no tables
   * @param tolerance of every value; rounding may leave more, {@link #gap} says how much
   * @param progress hears how far it is
   * @throws IllegalArgumentException when the solver does not apply
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static WelfareTables solve(
      Environment environment,
      Solver solver,
      double tolerance,
      Consumer<String> progress,
      Workers workers) {
    Structure structure = Structure.of(environment);
    String refusal =
        solver == Solver.BANDIT
            ? "it has no tables"
            : structure.hasTables() ? structure.refusal(solver) : structure.refusal(Solver.PRODUCT);
    if (refusal != null) {
      throw new IllegalArgumentException("solver " + solver.word() + " does not apply: " + refusal);
    }
    return solver == Solver.UNCONTROLLED
        ? new UncontrolledSolver(environment, tolerance, workers).solve()
        : new TableSolver(environment, solver, tolerance, progress, workers).solve();
  }

  /** 1e-11 of what the largest flow would be worth in all periods, or of 1. */
  public static double defaultTolerance(Environment environment) {
    return 1e-11 * Math.max(1, environment.largestFlow() * environment.annuity());
  }

  /** What was solved. */
  public Environment environment() {
    return environment;
  }

  /** The numbers of joint states. */
  public ProfileSpace space() {
    return space;
  }

  /** What solved it. */
  public Solver solver() {
    return solver;
  }

  /** Whose loops run on these tables. */
  public Workers workers() {
    return workers;
  }

  /** How many periods have tables: the horizon, or 1. */
  public int periods() {
    return welfare.length;
  }

  private int at(int period) {
    if (environment.isInfinite()) {
      return 0;
    }
    return java.util.Objects.checkIndex(period, welfare.length);
  }

  /** Whether nothing comes after a period. */
  public boolean isLast(int period) {
    return !environment.isInfinite() && period == welfare.length - 1;
  }

  /** W by joint state; not to be changed. */
  public double[] welfare(int period) {
    return welfare[at(period)];
  }

  /** The efficient action by joint state; not to be changed. */
  public int[] action(int period) {
    return action[at(period)];
  }

  /** W_-i by joint state without i; not to be changed. */
  public double[] without(int period, int i) {
    return without[at(period)][i];
  }

  /** No value is further from the true one. */
  public double gap() {
    return gap;
  }

  /** Passes over all joint states. */
  public long sweeps() {
    return sweeps;
  }

  /** Functions of all types. */
  public TypeTensor tensor() {
    return tensor;
  }

  /** Functions of the types of all but one. */
  public TypeTensor tensorWithout(int i) {
    return tensorWithout[i];
  }
}
