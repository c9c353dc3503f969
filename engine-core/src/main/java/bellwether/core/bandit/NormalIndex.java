package bellwether.core.bandit;

import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * Gittins indices of {@link NormalArm}s, with guaranteed bounds.
 *
 * <p>After n draws with posterior mean m and noise of standard deviation sigma the index is
 *
 * <pre>
 *   G(m, n, sigma) = m + sigma g(n, d),
 * </pre>
 *
 * where g(n, d) is the charge per pull at which an arm with mean 0 and noise 1 is just worth
 * pulling: x = -g solves x + d E f_{n+1}(x + Z / sqrt(n (n + 1))) = 0 with f_n(x) = max(0, x + d E
 * f_{n+1}(x + Z / sqrt(n (n + 1)))), Z standard normal and d the discount factor (Gittins 1989,
 * section 7.2, whose table holds n sqrt(1 - d) g; Yao 2006).
 *
 * <p>The recursion is cut off at some N twice. Learning nothing from pull N on bounds g from below;
 * an exponential that is superharmonic for all later pulls bounds it from above. N grows until the
 * two are as close as asked; allowances for rounding and for interpolation are part of the bracket.
 *
 * <p>Cost: about 13 microseconds a pull of the horizon N - n on one core, and N - n is about 10 /
 * (1 - d) for the default tolerance whatever n is: a millisecond at d = 0.9, 15 at 0.99, 0.15
 * seconds at 0.999. One sweep gives every smaller n on its way, see {@link #table}. Results have
 * the same bits on every machine and at every stage of compilation.
 *
 * <p>An object of this class is a table for one discount factor and n = 1, ..., {@link
 * #observations()}; it is immutable.
 */
public final class NormalIndex {
  /** Widest bracket returned for g unless asked otherwise. */
  public static final double DEFAULT_TOLERANCE = 1e-10;

  /**
   * The largest discount factor allowed: there rounding leaves 2e-10 at n = 1 and a sweep takes
   * three seconds. At 0.99998 the sweep was seen to lose the boundary altogether.
   */
  public static final double MAX_DISCOUNT = 0.999_95;

  /** The most pulls that a computation looks ahead. */
  public static final int MAX_HORIZON = 1 << 22;

  /** The second sweep is nearly always enough; each after it costs as much again. */
  private static final int MAX_SWEEPS = 4;

  private final double discount;
  private final List<IndexBracket> brackets;

  private NormalIndex(double discount, List<IndexBracket> brackets) {
    this.discount = discount;
    this.brackets = brackets;
  }

  /**
   * The index of one arm with {@link #DEFAULT_TOLERANCE}.
   *
   * @param arm any
   * @param discount discount factor d, from 0 to {@link #MAX_DISCOUNT}
   * @throws IllegalArgumentException as {@link #of(NormalArm, double, double)}
   */
  public static IndexBracket of(NormalArm arm, double discount) {
    return of(arm, discount, DEFAULT_TOLERANCE);
  }

  /**
   * The index of one arm.
   *
   * @param arm any
   * @param discount discount factor d, from 0 to {@link #MAX_DISCOUNT}
   * @param tolerance the widest bracket wanted for g(n, d), positive; the bracket returned is
   *     noiseSd times that wide, give or take two roundings
   * @return bounds of the index in units of reward, with the horizon N - n
   * @throws IllegalArgumentException when an argument is out of range, when rounding or {@link
   *     #MAX_HORIZON} do not allow the tolerance, or when the index exceeds the largest double
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static IndexBracket of(NormalArm arm, double discount, double tolerance) {
    check(discount, tolerance);
    return scaled(arm, bracket(arm.observations(), arm.observations(), discount, tolerance).get(0));
  }

  /**
   * The indices of all arms with up to {@code observations} draws, from one sweep.
   *
   * @param observations largest n, at least 1; the cost is that of {@code observations} more pulls
   * @param discount discount factor d, from 0 to {@link #MAX_DISCOUNT}
   * @param tolerance the widest bracket wanted for any g(n, d), positive
   * @throws IllegalArgumentException as {@link #of(NormalArm, double, double)}
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static NormalIndex table(int observations, double discount, double tolerance) {
    if (observations < 1) {
      throw new IllegalArgumentException("observations must be at least 1: " + observations);
    }
    check(discount, tolerance);
    return new NormalIndex(discount, bracket(1, observations, discount, tolerance));
  }

  /** The discount factor of this table. */
  public double discount() {
    return discount;
  }

  /** The largest n in this table. */
  public int observations() {
    return brackets.size();
  }

  /**
   * Bounds of g(n, d).
   *
   * @param n draws seen, from 1 to {@link #observations()}
   * @throws IllegalArgumentException when the table does not hold n
   */
  public IndexBracket standard(int n) {
    if (n < 1 || n > brackets.size()) {
      throw new IllegalArgumentException(
          "observations must be 1 to " + brackets.size() + " in this table: " + n);
    }
    return brackets.get(n - 1);
  }

  /**
   * Bounds of an arm's index.
   *
   * @throws IllegalArgumentException when the table does not hold the arm's number of draws, or
   *     when the index exceeds the largest double
   */
  public IndexBracket of(NormalArm arm) {
    return scaled(arm, standard(arm.observations()));
  }

  private static void check(double discount, double tolerance) {
    if (!(discount >= 0 && discount <= MAX_DISCOUNT)) {
      throw new IllegalArgumentException("discount must be 0 to " + MAX_DISCOUNT + ": " + discount);
    }
    if (!(tolerance > 0)) {
      throw new IllegalArgumentException("tolerance must be positive: " + tolerance);
    }
  }

  /** m + sigma g, each bound one double outward of its only rounding. */
  private static IndexBracket scaled(NormalArm arm, IndexBracket g) {
    if (g.upper() == 0) {
      return new IndexBracket(arm.mean(), arm.mean(), g.horizon());
    }
    double lower =
        Math.max(arm.mean(), Math.nextDown(Math.fma(arm.noiseSd(), g.lower(), arm.mean())));
    double upper = Math.nextUp(Math.fma(arm.noiseSd(), g.upper(), arm.mean()));
    if (!(upper < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the index of " + arm + " exceeds the largest double");
    }
    return new IndexBracket(lower, upper, g.horizon());
  }

  /** Bounds of g(n, d) for n = from..to, each at most {@code tolerance} wide. */
  private static List<IndexBracket> bracket(int from, int to, double discount, double tolerance) {
    List<IndexBracket> brackets = new ArrayList<>();
    if (discount == 0) {
      // Nothing after the first pull counts: the index is the mean.
      for (int n = from; n <= to; n++) {
        brackets.add(new IndexBracket(0, 0, 0));
      }
      return List.copyOf(brackets);
    }
    int horizon = firstHorizon(to, discount, tolerance);
    double widest = 0;
    for (int sweeps = 0; sweeps < MAX_SWEEPS; sweeps++) {
      NormalSweep sweep = new NormalSweep(discount, (double) to + horizon);
      double truncation = 0;
      double allowance = 0;
      widest = 0;
      brackets.clear();
      while (sweep.observations() > from) {
        Workers.checkInterrupted();
        sweep.step();
        long n = sweep.observations();
        if (n <= to) {
          // Rounding must not turn a width of 0 around, nor a positive index negative.
          double lower = Math.max(0, sweep.lower());
          double upper = Math.max(lower, sweep.upper());
          brackets.add(new IndexBracket(lower, upper, (int) (to - n) + horizon));
          widest = Math.max(widest, upper - lower);
          allowance = Math.max(allowance, sweep.allowance());
          truncation = Math.max(truncation, upper - lower - sweep.allowance());
        }
      }
      if (widest <= tolerance) {
        return List.copyOf(brackets.reversed());
      }
      horizon = longerHorizon(horizon, truncation, allowance, discount, tolerance);
    }
    throw new IllegalArgumentException(
        "tolerance "
            + tolerance
            + " at discount "
            + discount
            + " was not reached: the bracket is still "
            + (float) widest
            + " wide");
  }

  /** How far to look ahead, by a formula fitted to widths measured at d = 0.1, ..., 0.9999. */
  private static int firstHorizon(int to, double discount, double tolerance) {
    double decay = -StrictMath.log(discount);
    double low = 1;
    double high = MAX_HORIZON;
    while (high - low > 1) {
      double middle = Math.floor(0.5 * (low + high));
      if (logWidth(to, middle, decay) <= StrictMath.log(0.5 * tolerance)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return (int) Math.max(2, high);
  }

  /** log of 0.4 f^-1.4 sqrt(n / N) d^(N - n) s_N / theta, f = (N - n)(1 - d): twice the width. */
  private static double logWidth(int to, double horizon, double decay) {
    double end = to + horizon;
    double units = Math.max(1, horizon * Math.min(decay, 1));
    return StrictMath.log(0.4)
        - 1.4 * StrictMath.log(units)
        - 0.5 * StrictMath.log(end / to)
        - decay * horizon
        - StrictMath.log(end)
        - 0.5 * StrictMath.log(2 * decay);
  }

  private static int longerHorizon(
      int horizon, double truncation, double allowance, double discount, double tolerance) {
    double room = tolerance - allowance;
    if (!(room > 0.05 * tolerance)) {
      throw new IllegalArgumentException(
          "tolerance must be at least "
              + (float) (1.1 * allowance)
              + " at discount "
              + discount
              + " because of rounding: "
              + tolerance);
    }
    double more =
        StrictMath.log(Math.max(truncation, room) / (0.5 * room)) / -StrictMath.log(discount);
    double longer = horizon + Math.ceil(more) + 1;
    if (!(longer <= MAX_HORIZON)) {
      throw new IllegalArgumentException(
          "tolerance "
              + tolerance
              + " at discount "
              + discount
              + " needs a horizon of "
              + (long) longer
              + " pulls, at most "
              + MAX_HORIZON
              + " are allowed");
    }
    return (int) longer;
  }
}
