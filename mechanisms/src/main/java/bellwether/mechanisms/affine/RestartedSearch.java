package bellwether.mechanisms.affine;

import java.util.Arrays;
import org.hipparchus.optim.ConvergenceChecker;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.hipparchus.random.RandomGenerator;
import org.hipparchus.random.Well19937c;

/**
 * Maximizes a function without derivatives, which may have steps: covariance matrix adaptation
 * (Hansen 2006) with restarts from populations that double (Auger and Hansen 2005), from the
 * reference, around the best and from anywhere in turn; then a compass search (Kolda, Lewis and
 * Torczon 2003) around the best.
 */
final class RestartedSearch {
  /** Dimensions beyond which covariances are no longer learned, which costs their cube. */
  private static final int MOST_COVARIANCES = 150;

  /** A rise below this share of the value is none. */
  private static final double RISE = 1e-8;

  private final SearchSpace space;
  private final Trials trials;
  private final RandomGenerator random;
  private final double annuity;
  private int restarts;
  private double[] best;
  private double bestValue = Double.NEGATIVE_INFINITY;

  RestartedSearch(SearchSpace space, Trials trials, long seed, double annuity) {
    this.space = space;
    this.trials = trials;
    this.annuity = annuity;
    random = new Well19937c(seed);
    best = space.start();
  }

  int restarts() {
    return restarts;
  }

  /** Searches until the trials are spent up to a number of evaluations. */
  void run(int until) {
    int from = trials.used();
    try {
      trials.limit(until);
      value(best);
      if (best.length == 0) {
        return;
      }
      int polish = until - (until - from) / 5;
      int population = 4 + (int) (3 * Math.log(best.length));
      for (int run = 0; trials.used() < polish; run++) {
        // No run may use up what is left for others.
        trials.limit(Math.min(polish, trials.used() + Math.max(1, (polish - from + 1) / 2)));
        int before = trials.used();
        adapt(run, population << Math.min(run / 2, 6));
        if (trials.used() == before) {
          break;
        }
      }
    } catch (Trials.BudgetSpentException e) {
      // What was found is remembered.
    }
    try {
      trials.limit(until);
      compass();
    } catch (Trials.BudgetSpentException e) {
      // The best so far stands.
    }
  }

  private double value(double[] x) {
    double value = trials.value(space.rule(x));
    if (value > bestValue) {
      bestValue = value;
      best = x.clone();
    }
    return value;
  }

  private void adapt(int run, int population) {
    double[] lower = space.lower();
    double[] upper = space.upper();
    // Boosts matter as a whole or by the period: from the middle outwards.
    double share = Math.pow(annuity, new double[] {-0.5, 0, -1}[run / 2 % 3]);
    double[] sigma = space.spread(share);
    double[] start;
    if (run == 0) {
      start = space.start();
    } else if (run % 2 == 1) {
      // Around the best, near and nearer.
      start = best.clone();
      double near = new double[] {0.25, 0.05}[run / 2 % 2];
      for (int d = 0; d < sigma.length; d++) {
        sigma[d] *= near;
      }
    } else {
      start = anywhere(lower, upper, sigma);
    }
    for (int d = 0; d < start.length; d++) {
      start[d] = Math.clamp(start[d], lower[d], upper[d]);
      sigma[d] = Math.min(sigma[d], (upper[d] - lower[d]) / 2);
    }
    restarts++;
    CMAESOptimizer optimizer =
        new CMAESOptimizer(
            1_000_000,
            0,
            true,
            start.length > MOST_COVARIANCES ? 1_000_000 : 0,
            0,
            random,
            false,
            new Stagnation(start.length, population));
    try {
      optimizer.optimize(
          new MaxEval(Integer.MAX_VALUE),
          new ObjectiveFunction(this::value),
          GoalType.MAXIMIZE,
          new InitialGuess(start),
          new SimpleBounds(lower, upper),
          new CMAESOptimizer.Sigma(sigma),
          new CMAESOptimizer.PopulationSize(population));
    } catch (Trials.BudgetSpentException e) {
      // The next run has its own share.
    }
  }

  private double[] anywhere(double[] lower, double[] upper, double[] sigma) {
    double[] x = space.start();
    for (int d = 0; d < x.length; d++) {
      x[d] += 4 * sigma[d] * (2 * random.nextDouble() - 1);
      x[d] = Math.clamp(x[d], lower[d], upper[d]);
    }
    return x;
  }

  /** Ends a run whose generations no longer find anything better. */
  private static final class Stagnation implements ConvergenceChecker<PointValuePair> {
    private final int patience;
    private double highest = Double.NEGATIVE_INFINITY;
    private int since;

    Stagnation(int dimension, int population) {
      patience = 15 + 20 * dimension / population;
    }

    @Override
    public boolean converged(int iteration, PointValuePair previous, PointValuePair current) {
      double value = current.getValue();
      if (value > highest + RISE * (1 + Math.abs(highest)) || since < 0) {
        highest = Math.max(highest, value);
        since = 0;
      } else {
        since++;
      }
      return since > patience;
    }
  }

  /** One coordinate after another, up and down; half the step where none rises. */
  private void compass() {
    double[] lower = space.lower();
    double[] upper = space.upper();
    double[] sigma = space.spread(1 / Math.sqrt(annuity));
    double step = 0.5;
    while (step > 1e-9) {
      boolean rose = false;
      for (int d = 0; d < best.length; d++) {
        for (int side = -1; side <= 1; side += 2) {
          double[] x = best.clone();
          x[d] = Math.clamp(x[d] + side * step * sigma[d], lower[d], upper[d]);
          double before = bestValue;
          if (!Arrays.equals(x, best) && value(x) > before) {
            rose |= bestValue > before + RISE * step * (1 + Math.abs(before));
            break;
          }
        }
      }
      if (!rose) {
        step /= 2;
      }
    }
  }
}
