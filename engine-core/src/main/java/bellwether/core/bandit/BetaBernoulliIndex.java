package bellwether.core.bandit;

import bellwether.core.kernel.Kernels;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * The Gittins index of a Beta-Bernoulli arm, between guaranteed bounds.
 *
 * <p>The index G is the charge lambda per pull at which pulling at all just pays (Gittins 1979):
 *
 * <pre>
 * mu - lambda + d (mu h(a+1, b) + (1 - mu) h(a, b+1)) = 0,    mu = a / (a + b),
 * h(a, b) = max(0, mu - lambda + d (mu h(a+1, b) + (1 - mu) h(a, b+1)))
 * </pre>
 *
 * in reward per pull, so 0 &lt; mu &lt;= G &lt; 1. Two arms that differ only after N pulls enclose
 * it: one that pays its mean forever from then on (its index is at most G), and one that then
 * reveals its success probability (at least G). Their roots are found by Dinkelbach's (1967)
 * iteration, Newton's method on a convex piecewise linear function: lambda += c / e, where c is the
 * left side above and e = -dc/dlambda the discounted number of pulls. A step lands at or below the
 * root from wherever it starts. The first steps look a few pulls ahead; since one step squares the
 * error, each next one looks as far as its result deserves, and only the last runs the full
 * horizon. One sweep of the revealing arm then proves that a charge a little higher is too high.
 *
 * <p>Sweeps compute a band of about sqrt(t) cells of layer t ({@link BetaBand}), so an index costs
 * O(N^1.5) with N about ln(1 / tolerance) / (1 - d). Bounds include all rounding errors ({@link
 * BetaLattice}), on the assumption that the beta densities of Commons Numbers are right to what
 * {@link BetaExcess} allows them.
 *
 * <p>Largest remaining index: Varaiya, Walrand and Buyukkoc (1985); calibration on a truncated
 * lattice: Gittins, Glazebrook and Weber (2011), ch. 8.
 */
public final class BetaBernoulliIndex {
  /** The widest bracket returned unless asked otherwise. */
  public static final double DEFAULT_TOLERANCE = 1e-10;

  /** The most pulls looked ahead; enough for 1e-10 at discount 0.99999. */
  public static final int MAX_HORIZON = 1 << 22;

  /** The largest alpha + beta, up to which the errors of beta densities are known. */
  public static final double MAX_COUNTS = 1e9;

  /** The smallest alpha and beta: near it theta is 0 or 1 but for one case in a billion. */
  public static final double MIN_COUNT = 1e-9;

  private static final int FIRST_HORIZON = 16;

  /** Where in the tolerance above the lower root the upper bound is tried. */
  private static final double TRIAL = 0.8;

  private final double alpha;
  private final double beta;
  private final double mean;
  private final double discount;
  private final double tolerance;
  private final BetaLattice lattice;

  private BetaBernoulliIndex(
      BetaBernoulliArm arm, double discount, double tolerance, Kernels kernels) {
    this.alpha = arm.alpha();
    this.beta = arm.beta();
    this.mean = alpha / (alpha + beta);
    this.discount = discount;
    this.tolerance = tolerance;
    this.lattice = new BetaLattice(alpha, beta, discount, kernels.lattice());
  }

  /** The index within {@link #DEFAULT_TOLERANCE}, with the best kernels. */
  public static IndexBracket of(BetaBernoulliArm arm, double discount) {
    return of(arm, discount, DEFAULT_TOLERANCE, Kernels.best());
  }

  /**
   * A bracket around the index, at most {@code tolerance} wide.
   *
   * @param arm with alpha and beta at least {@link #MIN_COUNT}, their sum at most {@link
   *     #MAX_COUNTS}
   * @param discount d, in [0, 1); at 0 the index is the mean
   * @param tolerance positive and finite
   * @param kernels whose bits do not matter: all give the same
   * @throws IllegalArgumentException when an argument is out of range, or when the tolerance is
   *     below what rounding (about 1e-14 (1 - G) / (1 - d)) or {@link #MAX_HORIZON} allows
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static IndexBracket of(
      BetaBernoulliArm arm, double discount, double tolerance, Kernels kernels) {
    if (!(discount >= 0 && discount < 1)) {
      throw new IllegalArgumentException("discount must be in [0, 1): " + discount);
    }
    if (!(tolerance > 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("tolerance must be positive and finite: " + tolerance);
    }
    checkCounts(arm);
    if (discount == 0) {
      double mean = arm.alpha() / (arm.alpha() + arm.beta());
      return new IndexBracket(mean, mean, 0);
    }
    return new BetaBernoulliIndex(arm, discount, Math.min(tolerance, 0.1), kernels).bracket();
  }

  /** Refuses counts beyond which the error bounds are not known. */
  static void checkCounts(BetaBernoulliArm arm) {
    if (!(arm.alpha() + arm.beta() <= MAX_COUNTS)) {
      throw new IllegalArgumentException(
          "alpha + beta must be at most " + MAX_COUNTS + ": " + (arm.alpha() + arm.beta()));
    }
    if (!(Math.min(arm.alpha(), arm.beta()) >= MIN_COUNT)) {
      throw new IllegalArgumentException(
          "alpha and beta must be at least "
              + MIN_COUNT
              + ": "
              + Math.min(arm.alpha(), arm.beta()));
    }
  }

  private IndexBracket bracket() {
    double charge = mean;
    double aim = 0.01;
    double planned = Double.NaN;
    int horizon = FIRST_HORIZON;
    int plannedHorizon = -1;
    double time = 1;
    while (true) {
      // The band depends little on the charge; planning it costs a third of a sweep.
      if (horizon != plannedHorizon || Math.abs(charge - planned) > 0.05 * (charge - mean)) {
        lattice.plan(charge, horizon, -StrictMath.log(aim * time * (1 - discount)));
        planned = charge;
        plannedHorizon = horizon;
      }
      lattice.sweepLower(charge, horizon);
      time = lattice.rootTime();
      double step = lattice.rootValue() / time;
      charge += step;
      // What is left after a step is of the order of its square, in units of G - mu.
      double gain = Math.max(charge - mean, 1e-3 * tolerance);
      double missed = step * step / gain;
      double density = RegularizedBeta.derivative(charge, alpha, beta);
      int needed = horizonFor(2 * tolerance, charge, time, density, horizon);
      if (horizon < needed) {
        double error = missed + gap(charge, time, density, horizon);
        aim = error * Math.min(0.1, error / gain);
        horizon = horizonFor(aim, charge, time, density, horizon);
        if (horizon > 0.6 * needed) {
          horizon = needed;
          aim = 0.1 * tolerance;
        }
      } else if (missed < 0.1 * tolerance) {
        double lower = charge - checkedRounding(charge, step);
        double trial = charge + TRIAL * tolerance;
        lattice.sweepUpper(trial, horizon);
        if (lattice.rootValue() <= 0) {
          double upper = Math.min(1, trial + lattice.rounding(trial, 0));
          return new IndexBracket(Math.max(mean * (1 - 1e-15), lower), upper, horizon);
        }
        // The trial charge was too low by what the two arms still differ: look further.
        double apart = TRIAL * tolerance + lattice.rootValue() / lattice.rootTime();
        double more = 2 - StrictMath.log(apart / (0.2 * tolerance)) / StrictMath.log(discount);
        horizon = allowed(horizon + more);
        aim *= 0.1;
      }
    }
  }

  private double checkedRounding(double charge, double step) {
    double rounding = lattice.rounding(charge, step);
    if (!(2 * rounding <= (1 - TRIAL) * tolerance)) {
      throw new IllegalArgumentException(
          "tolerance at discount "
              + discount
              + " must be at least "
              + 2 * rounding / (1 - TRIAL)
              + " because of rounding: "
              + tolerance);
    }
    return rounding;
  }

  /** About how far the indices of the two arms that enclose this one are apart. */
  private double gap(double charge, double time, double density, double horizon) {
    // E[sd psi(z)] over means that lie near the charge with this density after N pulls; that many
    // paths stopped before makes it five to twenty times too large.
    double counts = alpha + beta;
    double near = density * Math.sqrt((counts + horizon) / horizon);
    double variance = charge * (1 - charge) / (counts + horizon);
    double loss = Math.min(0.5 * near * variance, 0.4 * Math.sqrt(variance));
    return StrictMath.pow(discount, horizon) * loss / ((1 - discount) * time);
  }

  /** The horizon, from {@code start} on, at which {@link #gap} is about {@code target}. */
  private int horizonFor(double target, double charge, double time, double density, int start) {
    double low = start;
    double high = start;
    while (gap(charge, time, density, high) > target) {
      low = high;
      high = allowed(2 * high);
    }
    while (high - low > 1) {
      double middle = Math.floor(0.5 * (low + high));
      if (gap(charge, time, density, middle) > target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (int) high;
  }

  private int allowed(double horizon) {
    if (!(horizon <= MAX_HORIZON)) {
      throw new IllegalArgumentException(
          "tolerance "
              + tolerance
              + " at discount "
              + discount
              + " needs a horizon of "
              + Math.round(horizon)
              + " pulls, more than "
              + MAX_HORIZON);
    }
    return (int) horizon;
  }
}
