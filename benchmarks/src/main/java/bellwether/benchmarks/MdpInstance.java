package bellwether.benchmarks;

import bellwether.core.mdp.Mdp;
import bellwether.core.mdp.MdpGenerators;
import bellwether.core.mdp.MdpProblem;
import bellwether.core.mdp.Solution;
import bellwether.core.parallel.Workers;

/** The published instances, discount 0.99, with the values that solvers have to find. */
public enum MdpInstance {
  /** 100,000 states, 8 actions, 8 successors anywhere. */
  G1E5(89.492887407, 8950643.02906846),
  /** A million states, 4 actions, 8 successors anywhere. */
  G1E6(80.7364710098, 80884446.2369227),
  /** 100,000 states, 8 actions, 8 successors at most 50 away: it mixes slowly. */
  RING1E5(89.2759038347, 8958003.73333986),
  /** 2,000 states, 10 actions, every state a successor. */
  DENSE2000(90.5684008026, 180949.520737865);

  private final double firstValue;
  private final double sumOfValues;

  MdpInstance(double firstValue, double sumOfValues) {
    this.firstValue = firstValue;
    this.sumOfValues = sumOfValues;
  }

  /** The problem, drawn anew. */
  MdpProblem problem(Workers workers) {
    long seed = MdpGenerators.SEED;
    Mdp model =
        switch (this) {
          case G1E5 -> MdpGenerators.garnet(100_000, 8, 8, seed, workers);
          case G1E6 -> MdpGenerators.garnet(1_000_000, 4, 8, seed, workers);
          case RING1E5 -> MdpGenerators.ring(100_000, 8, 8, 50, seed, workers);
          case DENSE2000 -> MdpGenerators.denseRandom(2000, 10, seed, workers);
        };
    return MdpProblem.maximize(model, 0.99);
  }

  /** Throws unless a solution is within {@code error} of the known values. */
  Solution check(Solution solution, double error) {
    double sum = 0;
    for (double v : solution.value()) {
      sum += v;
    }
    if (!solution.converged()
        || !(Math.abs(solution.value()[0] - firstValue) <= error)
        || !(Math.abs(sum - sumOfValues) <= error * solution.value().length)) {
      throw new IllegalStateException(
          this + ": V[0] is " + solution.value()[0] + " and the sum of V is " + sum);
    }
    return solution;
  }
}
