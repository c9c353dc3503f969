package bellwether.mechanisms.affine;

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
 * Maximizes a function without derivatives, which may have steps: first one coordinate at a time
 * and some points anywhere, then covariance matrix adaptation (Hansen 2006) with restarts whose
 * populations double (Auger and Hansen 2005), from the reference, around the best and from anywhere
 * in turn; then climbs by steps of all sizes from perturbations of the best, which end on the
 * brinks where the maximum often lies.
 */
final class RestartedSearch {
  /** Dimensions beyond which covariances are no longer learned, which costs their cube. */
  private static final int MOST_COVARIANCES = 150;

  /** A rise below this share of the value is none. */
  private static final double RISE = 1e-8;

  /** Shares of the evaluations that are made before the next method begins. */
  private static final double SCATTERED = 0.1;

  private static final double ADAPTED = 0.5;

  /** Evaluations for each coordinate that is looked at alone. */
  private static final int SCAN = 56;

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
    int dimension = best.length;
    try {
      trials.limit(until);
      value(best);
      if (dimension == 0) {
        return;
      }
      if (dimension * SCAN <= (until - from) / 5) {
        scan();
      }
      scatter(trials.used() + (int) ((until - from) * SCATTERED));
      int adapted = from + (int) ((until - from) * ADAPTED);
      int population = 4 + (int) (3 * StrictMath.log(dimension));
      for (int run = 0; trials.used() < adapted; run++) {
        // No run may use up what is left for others.
        trials.limit(Math.min(adapted, trials.used() + Math.max(1, (until - from) / 4)));
        int before = trials.used();
        adapt(run, population << Math.min(run / 2, 6));
        if (trials.used() == before) {
          break;
        }
      }
      trials.limit(until);
      double[] start = best.clone();
      double height = bestValue;
      while (true) {
        climb(start, height);
        // From somewhere about the best once more.
        start = best.clone();
        double[] sigma = space.spread(share(random.nextInt(3)));
        double size = StrictMath.pow(10, 0.3 - 1.5 * random.nextDouble());
        for (int d = 0; d < dimension; d++) {
          start[d] += size * sigma[d] * random.nextGaussian();
        }
        start = along(start, start, 0, space.lower(), space.upper());
        height = value(start);
      }
    } catch (Trials.BudgetSpentException e) {
      // What was found is remembered.
    }
  }

  /** One coordinate at a time from the reference: what a lone reserve price does, say. */
  private void scan() {
    double[] lower = space.lower();
    double[] upper = space.upper();
    double[] unit = space.spread(share(0) / 0.3);
    for (int d = 0; d < unit.length; d++) {
      double[] direction = new double[unit.length];
      direction[d] = unit[d];
      double[] from = space.start();
      double at = 0;
      double held = Double.NEGATIVE_INFINITY;
      for (int k = -16; k <= 16; k++) {
        double value = value(along(from, direction, k / 16.0, lower, upper));
        if (value > held) {
          held = value;
          at = k / 16.0;
        }
      }
      for (double step = 1 / 32.0; step > 1e-5; step /= 2) {
        for (int side = -1; side <= 1; side += 2) {
          double value = value(along(from, direction, at + side * step, lower, upper));
          if (value > held) {
            held = value;
            at += side * step;
          }
        }
      }
    }
  }

  /** Looks anywhere. */
  private void scatter(int until) {
    double[] lower = space.lower();
    double[] upper = space.upper();
    for (int k = 0; trials.used() < until; k++) {
      value(anywhere(lower, upper, space.spread(share(k))));
    }
  }

  /** Boosts matter as a whole or by the period: from the middle outwards. */
  private double share(int k) {
    return StrictMath.pow(annuity, new double[] {-0.5, 0, -1}[k % 3]);
  }

  /**
   * Steps of any size along single coordinates, pairs of them or all; where one rises it is doubled
   * while it does, then halved between the last rise and the fall, which may be a step of the
   * function.
   */
  private void climb(double[] start, double height) {
    double[] lower = space.lower();
    double[] upper = space.upper();
    int dimension = best.length;
    double[] at = start;
    double held = height;
    int patience = 40 + 30 * dimension;
    for (int since = 0; since < patience; ) {
      double[] sigma = space.spread(share(random.nextInt(3)));
      double[] direction = new double[dimension];
      int kind = random.nextInt(3);
      if (kind == 2) {
        for (int d = 0; d < dimension; d++) {
          direction[d] = sigma[d] * random.nextGaussian();
        }
      } else {
        for (int k = 0; k <= kind; k++) {
          int d = random.nextInt(dimension);
          direction[d] = sigma[d] * (random.nextBoolean() ? 1 : -1);
        }
      }
      double step = 4 * StrictMath.pow(10, -6 * random.nextDouble());
      double[] to = along(at, direction, step, lower, upper);
      double value = value(to);
      since++;
      if (value <= held) {
        continue;
      }
      double before = held;
      double[] from = at;
      double good = step;
      double bad = 2 * step;
      double next = value(along(from, direction, bad, lower, upper));
      held = value;
      while (next > held) {
        held = next;
        good = bad;
        bad *= 2;
        next = value(along(from, direction, bad, lower, upper));
      }
      for (int k = 0; k < 10; k++) {
        double middle = (good + bad) / 2;
        next = value(along(from, direction, middle, lower, upper));
        if (next > held) {
          held = next;
          good = middle;
        } else {
          bad = middle;
        }
      }
      at = along(from, direction, good, lower, upper);
      if (held > before + 1e-5 * Math.abs(before)) {
        since = 0;
      }
    }
  }

  private static double[] along(
      double[] from, double[] direction, double step, double[] lower, double[] upper) {
    double[] x = from.clone();
    for (int d = 0; d < x.length; d++) {
      x[d] = Math.clamp(x[d] + step * direction[d], lower[d], upper[d]);
    }
    return x;
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
    double[] sigma = space.spread(share(run / 2));
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
}
