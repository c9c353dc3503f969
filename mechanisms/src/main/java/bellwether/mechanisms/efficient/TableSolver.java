package bellwether.mechanisms.efficient;

import bellwether.core.mdp.FiniteHorizon;
import bellwether.core.mdp.Mdp;
import bellwether.core.mdp.MdpProblem;
import bellwether.core.mdp.MdpSolver;
import bellwether.core.mdp.ProductAgent;
import bellwether.core.mdp.ProductMdp;
import bellwether.core.mdp.ProductWelfare;
import bellwether.core.mdp.Solution;
import bellwether.core.mdp.SolveOptions;
import bellwether.core.mdp.TypeTransition;
import bellwether.core.mdp.WelfareSolution;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.PhysicalStates;
import bellwether.mechanisms.environment.Solver;
import bellwether.mechanisms.joint.ProfileSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * W and every W_-i as Markov decision processes, of a product of chains or with the joint matrix
 * written out. The physical state is the first factor of the product.
 */
final class TableSolver {
  private final Environment environment;
  private final Solver solver;
  private final double tolerance;
  private final Consumer<String> progress;
  private final Workers workers;
  private final ProductMdp model;
  private double gap;
  private long sweeps;

  TableSolver(
      Environment environment,
      Solver solver,
      double tolerance,
      Consumer<String> progress,
      Workers workers) {
    this.environment = environment;
    this.solver = solver;
    this.tolerance = tolerance;
    this.progress = progress;
    this.workers = workers;
    List<ProductAgent> factors = new ArrayList<>();
    factors.add(physical(environment.physical()));
    for (Agent agent : environment.agents()) {
      factors.add(agent.factor());
    }
    double[] designer = new double[environment.actions()];
    java.util.Arrays.setAll(designer, environment::designerValue);
    model = ProductMdp.of(designer, factors);
  }

  private static ProductAgent physical(PhysicalStates physical) {
    int states = physical.count();
    int[] start = new int[states + 1];
    double[] one = new double[states];
    for (int k = 0; k < states; k++) {
      start[k + 1] = k + 1;
      one[k] = 1;
    }
    TypeTransition[] moves = new TypeTransition[physical.actions()];
    boolean[][] allowed = new boolean[moves.length][states];
    for (int a = 0; a < moves.length; a++) {
      int[] next = new int[states];
      for (int k = 0; k < states; k++) {
        allowed[a][k] = physical.feasible(k, a);
        next[k] = allowed[a][k] ? physical.next(k, a) : k;
      }
      moves[a] = TypeTransition.sparse(states, start, next, one);
    }
    return ProductAgent.of(new double[moves.length][states], moves).allowing(allowed);
  }

  WelfareTables solve() {
    int n = environment.size();
    int periods = Math.max(1, environment.horizon());
    double[][] welfare = new double[periods][];
    int[][] action = new int[periods][];
    double[][][] without = new double[periods][n][];
    if (!environment.isInfinite()) {
      finite(welfare, action, without);
    } else if (solver == Solver.PRODUCT) {
      int[] agents = new int[n];
      java.util.Arrays.setAll(agents, i -> i + 1);
      WelfareSolution solution =
          ProductWelfare.solve(model, environment.discount(), options(), agents, workers);
      take(solution.welfare());
      welfare[0] = solution.welfare().value();
      action[0] = solution.welfare().policy();
      for (int i = 0; i < n; i++) {
        take(solution.without().get(i));
        without[0][i] = solution.without().get(i).value();
      }
    } else {
      Solution solution = joint(model);
      welfare[0] = solution.value();
      action[0] = solution.policy();
      for (int i = 0; i < n; i++) {
        without[0][i] = joint(model.without(i + 1)).value();
      }
    }
    return new WelfareTables(
        environment,
        new ProfileSpace(environment),
        solver,
        welfare,
        action,
        without,
        gap,
        sweeps,
        workers);
  }

  private SolveOptions options() {
    return SolveOptions.DEFAULT
        .withTolerance(tolerance)
        .reporting(
            (sweep, error) -> {
              progress.accept(
                  String.format(Locale.ROOT, "sweep %d, error at most %.3g", sweep, error));
              return true;
            });
  }

  private void take(Solution solution) {
    gap = Math.max(gap, Math.max(solution.lowerGap(), solution.upperGap()));
    sweeps += solution.sweeps();
  }

  private Solution joint(ProductMdp product) {
    MdpProblem problem = MdpProblem.maximize(JointMatrix.of(product), environment.discount());
    Solution solution = MdpSolver.solve(problem, options(), workers);
    take(solution);
    return solution;
  }

  /** Backward induction, one period at a time. */
  private void finite(double[][] welfare, int[][] action, double[][][] without) {
    int n = environment.size();
    for (int i = -1; i < n; i++) {
      ProductMdp product = i < 0 ? model : model.without(i + 1);
      Mdp mdp = solver == Solver.PRODUCT ? product : JointMatrix.of(product);
      MdpProblem problem = MdpProblem.maximize(mdp, environment.discount());
      double[] next = null;
      double error = 0;
      for (int t = welfare.length - 1; t >= 0; t--) {
        progress.accept("period " + t + (i < 0 ? "" : " without agent " + i));
        Solution solution = FiniteHorizon.solve(problem, 1, next, workers);
        error = environment.discount() * error + Math.max(solution.lowerGap(), solution.upperGap());
        next = solution.value();
        sweeps++;
        if (i < 0) {
          welfare[t] = next;
          action[t] = solution.policy();
        } else {
          without[t][i] = next;
        }
      }
      gap = Math.max(gap, error);
    }
  }
}
