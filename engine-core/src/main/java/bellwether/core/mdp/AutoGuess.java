package bellwether.core.mdp;

/**
 * Chooses by what it sees: where every sweep closes the bounds a good deal, sweeps, which skip most
 * rows soon; where they close slowly, the best policy's equation.
 */
final class AutoGuess implements SpanIteration.Guess {
  /** Sweeps before the bounds' ratio says how well the model mixes. */
  private static final int LOOKS = 2;

  /** Slower than this a sweep, and with many sweeps to go, an equation is cheaper. */
  private static final double SLOW = 0.6;

  private static final double MANY_SWEEPS = 24;

  private final PolicyGuesses policy;
  private int looked;
  private boolean equations;

  AutoGuess(SpanIteration iteration) {
    policy = new PolicyGuesses(iteration);
  }

  @Override
  public void improve(SpanIteration iteration) {
    looked++;
    double ratio = Math.min(iteration.bounds().ratio(), 1 - 1e-12);
    if (!equations && looked > LOOKS && ratio > SLOW) {
      equations = Math.log(iteration.bounds().toGo()) / -Math.log(ratio) > MANY_SWEEPS;
    }
    if (equations) {
      policy.byEquation(MdpSolver.REDUCTION, MdpSolver.MOST_ITERATIONS);
    } else {
      iteration.takeImage();
    }
  }

  /** What was chosen in the end. */
  SolveMethod chosen() {
    return equations ? SolveMethod.INEXACT_POLICY_ITERATION : SolveMethod.VALUE_ITERATION;
  }
}
