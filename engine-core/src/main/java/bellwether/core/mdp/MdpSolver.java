package bellwether.core.mdp;

import bellwether.core.parallel.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Solves discounted problems over an infinite horizon.
 *
 * <p>Every method alternates sweeps, V' = T h with (T h)(s) = max_a r(s, a) + d sum_t P(s, a, t)
 * h(t), and better guesses h; every sweep bounds the optimum on both sides (MacQueen 1966, Porteus
 * 1971), whatever the guess, and the solve ends when the bounds are 2 tolerance apart. The value is
 * their middle. Rounding is counted. Results are the same bits for any number of threads.
 *
 * <p>Product models are solved by value iteration, whatever method is asked for. Large ones whose
 * types move to one of two are swept in single precision at first, if no start is given; what is
 * guaranteed is proved in doubles.
 *
 * <p>A sweep costs one pass over the rows that may be best: at first all, later few (12 bytes an
 * entry of a sparse model, 8 of a dense one). Memory beside the model: from 3 doubles a state and
 * one a row (sweeps) to 12 doubles a state (policy equations).
 */
public final class MdpSolver {
  /** A rough evaluation makes the policy's residual this much smaller. */
  static final double REDUCTION = 0.03;

  /** And stops after so many iterations of BiCGStab. */
  static final int MOST_ITERATIONS = 60;

  /** An exact one goes as far as this, or as the tolerance asks where that is less. */
  private static final double FULL_REDUCTION = 1e-12;

  /** The share of the tolerance that an evaluation may leave. */
  private static final double EVALUATION_SHARE = 0.05;

  private static final int MOST_FULL_ITERATIONS = 2000;

  /** Up to so many states a policy is evaluated by a factorization. */
  private static final int DENSE_STATES = 500;

  private MdpSolver() {}

  /**
   * Solves a problem.
   *
   * @param problem its discount is below 1
   * @return the solution; not converged where the tolerance is below what rounding allows, where
   *     the sweeps allowed were spent or where progress said to stop. Its value may start another
   *     solve
   * @throws IllegalArgumentException when the discount is 1, the start has another length than
   *     there are states or a number that is not finite, or rewards overflow
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static Solution solve(MdpProblem problem, SolveOptions options, Workers workers) {
    if (!(problem.discount() < 1)) {
      throw new IllegalArgumentException("discount must be below 1: " + problem.discount());
    }
    return iterate(problem, options, workers);
  }

  static Solution iterate(MdpProblem problem, SolveOptions options, Workers workers) {
    checkVector("initial", options.initial(), problem.model().states());
    return switch (problem.model()) {
      case RowMdp model -> rows(problem, model, options, workers);
      case ProductMdp model ->
          ProductIteration.solve(problem, model, options, workers, ProductLayout.DEFAULT);
    };
  }

  /** Checks a vector over states. */
  static void checkVector(String name, double @Nullable [] vector, int states) {
    if (vector == null) {
      return;
    }
    if (vector.length != states) {
      throw new IllegalArgumentException(
          name + " must have one value for every state, " + states + ": " + vector.length);
    }
    for (int s = 0; s < states; s++) {
      if (!Double.isFinite(vector[s])) {
        throw new IllegalArgumentException(name + "[" + s + "] must be finite: " + vector[s]);
      }
    }
  }

  private static Solution rows(
      MdpProblem problem, RowMdp model, SolveOptions options, Workers workers) {
    try (SpanIteration iteration = new SpanIteration(problem, model, options, workers)) {
      SolveMethod method = options.method();
      return switch (method) {
        case AUTO -> {
          AutoGuess auto = new AutoGuess(iteration);
          yield iteration.run(auto, auto::chosen);
        }
        case VALUE_ITERATION -> iteration.run(SpanIteration::takeImage, () -> method);
        case GAUSS_SEIDEL -> iteration.run(new GaussSeidelGuess(), () -> method);
        case ANDERSON -> iteration.run(new AndersonGuess(), () -> method);
        case MODIFIED_POLICY_ITERATION -> {
          PolicyGuesses policy = new PolicyGuesses(iteration);
          yield iteration.run(i -> policy.bySweeps(), () -> method);
        }
        case INEXACT_POLICY_ITERATION -> {
          PolicyGuesses policy = new PolicyGuesses(iteration);
          yield iteration.run(i -> policy.byEquation(REDUCTION, MOST_ITERATIONS), () -> method);
        }
        case POLICY_ITERATION -> {
          PolicyGuesses policy = new PolicyGuesses(iteration);
          yield iteration.run(
              i -> {
                if (model.states() > DENSE_STATES || !policy.byFactorization()) {
                  double enough = Math.min(REDUCTION, EVALUATION_SHARE / i.bounds().toGo());
                  policy.byEquation(Math.max(FULL_REDUCTION, enough), MOST_FULL_ITERATIONS);
                }
              },
              () -> method);
        }
      };
    }
  }
}
