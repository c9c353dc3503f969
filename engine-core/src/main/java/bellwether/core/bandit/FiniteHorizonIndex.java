package bellwether.core.bandit;

import bellwether.core.parallel.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Indices of Markov arms when only some pulls are left:
 *
 * <pre>
 *   G_T(s) = max over 1 &lt;= tau &lt;= T of E[sum_{t&lt;tau} d^t r_t] / E[sum_{t&lt;tau} d^t],
 * </pre>
 *
 * the charge g at which c = r(s) - g + d P(s,.) V_{T-1} = 0, V_0 = 0, V_k(x) = max(0, r(x) - g + d
 * P(x,.) V_{k-1}). c is convex in g with slope at most -1; Dinkelbach's (1967) iteration g += c / e
 * with e = -dc/dg, the discounted number of pulls, finds its root. An index policy that uses G_T
 * with T periods left is a good rule for finite horizons, not an optimal one (Gittins, Glazebrook
 * and Weber 2011, section 3).
 *
 * <p>Cost: about six times T passes over the transitions for each state; states go in parallel and
 * have the same bits on any number of threads.
 */
public final class FiniteHorizonIndex {
  private static final int MOST_STEPS = 100;
  private static final double UNIT = 0x1p-53;

  private final double[] indices;
  private final double errorBound;

  private FiniteHorizonIndex(double[] indices, double errorBound) {
    this.indices = indices;
    this.errorBound = errorBound;
  }

  /**
   * Indices of a dense arm.
   *
   * @see #of(SparseArm, int[], double, int, Workers)
   */
  public static FiniteHorizonIndex of(
      FiniteArm arm, int @Nullable [] states, double discount, int horizon, Workers workers) {
    int n = arm.states();
    int[] rowStart = new int[n + 1];
    for (int s = 0; s < n; s++) {
      rowStart[s + 1] = Math.multiplyExact(s + 1, n);
    }
    int[] column = new int[n * n];
    double[] probability = new double[n * n];
    arm.forEachRow(
        (s, array, offset) -> {
          System.arraycopy(array, offset, probability, s * n, n);
          for (int t = 0; t < n; t++) {
            column[s * n + t] = t;
          }
        });
    double[] rewards = new double[n];
    arm.fillRewards(rewards);
    SparseArm sparse = SparseArm.of(rewards, rowStart, column, probability);
    return of(sparse, states, discount, horizon, workers);
  }

  /**
   * Indices with {@code horizon} pulls left.
   *
   * @param states whose indices are wanted; null for all
   * @param discount d, in [0, 1]
   * @param horizon T, at least 1
   * @throws IllegalArgumentException when a number is out of range
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static FiniteHorizonIndex of(
      SparseArm arm, int @Nullable [] states, double discount, int horizon, Workers workers) {
    if (!(discount >= 0 && discount <= 1)) {
      throw new IllegalArgumentException("discount must be in [0, 1]: " + discount);
    }
    if (horizon < 1) {
      throw new IllegalArgumentException("horizon must be at least 1: " + horizon);
    }
    int n = arm.states();
    int[] wanted = states == null ? new int[n] : states.clone();
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = states == null ? i : states[i];
      if (wanted[i] < 0 || wanted[i] >= n) {
        throw new IllegalArgumentException("state must be 0 to " + (n - 1) + ": " + wanted[i]);
      }
    }
    double[] indices = new double[wanted.length];
    double[] missed = new double[wanted.length];
    double rounding = rounding(arm, discount, horizon);
    workers.forEach(
        wanted.length, i -> solve(arm, discount, horizon, wanted[i], rounding, i, indices, missed));
    return new FiniteHorizonIndex(indices, Arrays.stream(missed).max().orElse(0) + rounding);
  }

  /**
   * What the rounding of one step can come to: an error of r in every pull is outweighed by a
   * charge r higher or lower.
   */
  private static double rounding(SparseArm arm, double discount, int horizon) {
    int longest = 0;
    for (int s = 0; s < arm.states(); s++) {
      longest = Math.max(longest, arm.rowStart[s + 1] - arm.rowStart[s]);
    }
    double periods = Math.min(horizon, 1 / (1 - discount));
    return UNIT * (longest + 4) * 2 * arm.largestReward() * (periods + 1);
  }

  private static void solve(
      SparseArm arm,
      double discount,
      int horizon,
      int state,
      double rounding,
      int at,
      double[] indices,
      double[] missed) {
    int n = arm.states();
    double[] value = new double[n];
    double[] time = new double[n];
    double[] nextValue = new double[n];
    double[] nextTime = new double[n];
    double charge = arm.reward[state];
    for (int step = 0; step < MOST_STEPS; step++) {
      Arrays.fill(value, 0);
      Arrays.fill(time, 0);
      for (int k = 1; k < horizon; k++) {
        Workers.checkInterrupted();
        for (int s = 0; s < n; s++) {
          double c = Math.fma(discount, arm.expected(s, value), arm.reward[s] - charge);
          boolean on = c > 0;
          nextValue[s] = on ? c : 0;
          nextTime[s] = on ? Math.fma(discount, arm.expected(s, time), 1) : 0;
        }
        double[] swap = value;
        value = nextValue;
        nextValue = swap;
        swap = time;
        time = nextTime;
        nextTime = swap;
      }
      double c = Math.fma(discount, arm.expected(state, value), arm.reward[state] - charge);
      double e = Math.fma(discount, arm.expected(state, time), 1);
      charge += c / e;
      missed[at] = Math.abs(c);
      if (missed[at] <= rounding) {
        break;
      }
    }
    indices[at] = charge;
  }

  /** The indices, in the order in which states were asked for; a copy. */
  public double[] indices() {
    return indices.clone();
  }

  /** No index is further from the true one than this. */
  public double errorBound() {
    return errorBound;
  }
}
