package bellwether.core.bandit;

import bellwether.core.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * The retirement value of a Beta-Bernoulli arm that pays {@code rewardScale} on success:
 *
 * <pre>phi(M) = max over tau of E[sum_{t &lt; tau} d^t v X_t + d^tau M],   phi'(M) = E[d^tau_M].
 * </pre>
 *
 * <p>What is evaluated is the arm that after N pulls pays its posterior mean forever: with lambda =
 * (1 - d) M / v, the charge of {@link BetaBernoulliIndex}, phi(M) = M + v max(0, c) and phi'(M) = 1
 * - (1 - d) e where c &gt; 0. That is an arm in its own right, so its phi is convex, and {@link
 * #lastBreakpoint} belongs to it.
 *
 * <p><b>Truncation.</b> Someone who knew theta after N pulls would gain at most E[(theta - lambda)+
 * - (mean_N - lambda)+] &lt;= E(theta - mean_N)+ = E|theta - mean_N| / 2 &lt;= sd / 2 a pull from
 * then on, whatever lambda is. As E[(theta - mean_N)^2] = E[mean_N (1 - mean_N)] / (n + N + 1)
 * &lt;= mu (1 - mu) / (n + N + 1), n = alpha + beta,
 *
 * <pre>0 &lt;= phi_true - phi &lt;= v d^N / (1 - d) sqrt(mu (1 - mu) / (n + N + 1)) / 2.</pre>
 *
 * <p>N is the least that keeps this, and rounding, within the given error. One evaluation costs
 * O(N^1.5) and allocates nothing after the first few. An instance keeps arrays of N numbers and is
 * used by one thread at a time.
 */
public final class BetaBernoulliRetirement implements RetirementCurve {
  /** Cells close where they change c by less than exp(-45) = 3e-20 of one pull's reward. */
  private static final double BUDGET = 45;

  private final double discount;
  private final double scale;
  private final double mean;
  private final int horizon;
  private final double error;
  private final BetaLattice lattice;
  private final double lastBreakpoint;

  private BetaBernoulliRetirement(
      BetaBernoulliArm arm,
      double discount,
      double scale,
      int horizon,
      double error,
      @Nullable IndexBracket known,
      BetaLattice lattice) {
    this.discount = discount;
    this.scale = scale;
    this.mean = arm.alpha() / (arm.alpha() + arm.beta());
    this.horizon = horizon;
    this.error = error;
    this.lattice = lattice;
    // The truncated arm's index is at most the true one.
    double index = known == null ? index() : known.upper();
    this.lastBreakpoint = index * scale / (1 - discount);
  }

  /**
   * The curve of {@code arm} in its present state.
   *
   * @param arm with alpha + beta at most {@link BetaBernoulliIndex#MAX_COUNTS}
   * @param discount d, in [0, 1)
   * @param rewardScale v, what a success pays; positive and finite
   * @param truncationError bound on phi_true - phi in units of value, positive
   * @param kernels whose bits do not matter: all give the same
   * @throws IllegalArgumentException when an argument is out of range, or when the error is below
   *     what rounding or {@link BetaBernoulliIndex#MAX_HORIZON} allows
   */
  public static BetaBernoulliRetirement of(
      BetaBernoulliArm arm,
      double discount,
      double rewardScale,
      double truncationError,
      Kernels kernels) {
    return of(arm, discount, rewardScale, truncationError, null, kernels);
  }

  /**
   * As {@link #of(BetaBernoulliArm, double, double, double, Kernels)}, for an arm whose index is
   * known: {@link #lastBreakpoint} then comes from its upper bound and costs nothing.
   *
   * @param known bracket of the index of {@code arm} at this discount, or null
   */
  public static BetaBernoulliRetirement of(
      BetaBernoulliArm arm,
      double discount,
      double rewardScale,
      double truncationError,
      @Nullable IndexBracket known,
      Kernels kernels) {
    if (!(discount >= 0 && discount < 1)) {
      throw new IllegalArgumentException("discount must be in [0, 1): " + discount);
    }
    if (!(rewardScale > 0 && rewardScale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("rewardScale must be positive and finite: " + rewardScale);
    }
    if (!(truncationError > 0)) {
      throw new IllegalArgumentException("truncationError must be positive: " + truncationError);
    }
    BetaBernoulliIndex.checkCounts(arm);
    BetaLattice lattice = new BetaLattice(arm.alpha(), arm.beta(), discount, kernels.lattice());
    double rounding = rewardScale * lattice.rounding(0, 0) / (1 - discount);
    int horizon = horizonFor(arm, discount, rewardScale, truncationError - rounding);
    double error = rounding + bound(arm, discount, rewardScale, horizon);
    return new BetaBernoulliRetirement(arm, discount, rewardScale, horizon, error, known, lattice);
  }

  private static int horizonFor(BetaBernoulliArm arm, double discount, double scale, double error) {
    int high = 1;
    while (!(bound(arm, discount, scale, high) <= error)) {
      if (high >= BetaBernoulliIndex.MAX_HORIZON) {
        throw new IllegalArgumentException(
            "truncationError leaves "
                + error
                + " after rounding at discount "
                + discount
                + "; "
                + high
                + " pulls, the most allowed, reach "
                + bound(arm, discount, scale, high));
      }
      high *= 2;
    }
    int low = high / 2;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (bound(arm, discount, scale, middle) <= error) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private static double bound(BetaBernoulliArm arm, double discount, double scale, int horizon) {
    double counts = arm.alpha() + arm.beta();
    double variance = (arm.alpha() / counts) * (arm.beta() / counts) / (counts + horizon + 1);
    return scale * StrictMath.pow(discount, horizon) / (1 - discount) * 0.5 * Math.sqrt(variance);
  }

  /** The truncated arm's index per unit of reward: Newton's steps until they vanish. */
  private double index() {
    double charge = mean;
    if (discount == 0) {
      return charge;
    }
    int ahead = Math.min(horizon, 64);
    while (true) {
      lattice.plan(charge, ahead, BUDGET);
      lattice.sweepLower(charge, ahead);
      double step = lattice.rootValue() / lattice.rootTime();
      double next = charge + step;
      boolean still = Math.abs(step) <= lattice.rounding(charge, step);
      charge = next;
      if (ahead == horizon && still) {
        return charge;
      }
      if (ahead < horizon && Math.abs(step) < 1e-3) {
        ahead = (int) Math.min(horizon, 4L * ahead);
      }
    }
  }

  /** Pulls after which the evaluated arm pays its mean forever. */
  public int horizon() {
    return horizon;
  }

  @Override
  public double lastBreakpoint() {
    return lastBreakpoint;
  }

  @Override
  public double truncationError() {
    return error;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when {@code retirement} is not finite
   */
  @Override
  public void evaluate(double retirement, double[] result) {
    if (!Double.isFinite(retirement)) {
      throw new IllegalArgumentException("retirement must be finite: " + retirement);
    }
    if (retirement >= lastBreakpoint) {
      result[0] = retirement;
      result[1] = 1;
      return;
    }
    double charge = (1 - discount) * retirement / scale;
    if (charge <= 0 || discount == 0) {
      // Rewards are never negative: at M <= 0 nobody retires. At d = 0 there is one reward.
      result[0] = scale * mean / (1 - discount);
      result[1] = 0;
      return;
    }
    lattice.plan(charge, horizon, BUDGET);
    lattice.sweepLower(charge, horizon);
    double c = lattice.rootValue();
    boolean pull = c > 0;
    result[0] = pull ? Math.fma(scale, c, retirement) : retirement;
    result[1] = pull ? Math.clamp(1 - (1 - discount) * lattice.rootTime(), 0.0, 1.0) : 1;
  }
}
