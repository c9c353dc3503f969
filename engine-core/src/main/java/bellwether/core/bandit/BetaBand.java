package bellwether.core.bandit;

import java.util.Arrays;

/**
 * Which cells of a Beta-Bernoulli lattice are worth computing at a charge lambda: from some mean
 * on, so many successes have been seen that going on forever loses next to nothing, or the state is
 * next to never reached, and the cell is closed with a formula.
 *
 * <p>Layer t has n + t counts. A path from the mean mu_0 of n counts to the mean m at t, and from
 * there to a success probability below lambda, has by large deviations the weight exp(-rate),
 *
 * <pre>
 * rate(m) = [t KL(x, m) + n KL(mu_0, m)] (m &gt; mu_0) + (n + t) KL(m, lambda) (m &gt; lambda),
 * </pre>
 *
 * where x = (m (n + t) - alpha) / t is the share of successes on the way and KL the relative
 * entropy of two coins. Cells close where the rate exceeds a budget; that is only a choice of
 * where, the values put there are bounds in their own right. The width so grows like sqrt(t), not
 * t.
 *
 * <p>Layers go in blocks (about 8 for each doubling of n + t) that close at one mean.
 */
final class BetaBand {
  private static final int NEWTON_STEPS = 4;

  private final double alpha;
  private final double counts;
  private final double discount;
  private int blocks;
  private int[] first = new int[64];
  private double[] mean = new double[64];
  private final double own;
  private final double logOwn;
  private final double logNotOwn;
  private double logCharge;
  private double logNotCharge;

  /** What {@link #rate(double, double, int, int)} found. */
  private double rate;

  private double slope;

  BetaBand(double alpha, double beta, double discount) {
    this.alpha = alpha;
    this.counts = alpha + beta;
    this.discount = discount;
    own = alpha / counts;
    logOwn = log(own);
    logNotOwn = log(1 - own);
  }

  /**
   * Chooses the closing means of layers 0..horizon.
   *
   * @param charge lambda, in (0, 1)
   * @param budget the rate at which layer 0 closes; layer t needs t ln(1/discount) less
   */
  void plan(double charge, int horizon, double budget) {
    double decay = -StrictMath.log(discount);
    double longest = 0.5 / (1 - discount);
    logCharge = log(charge);
    logNotCharge = log(1 - charge);
    double last = 1;
    blocks = 0;
    for (int t = 0; t <= horizon; ) {
      int end = (int) Math.min(horizon, t + Math.min((counts + t) / 8, longest));
      // Losses are proportional to the standard deviation of theta, which falls like sqrt(n + t).
      double need = budget - t * decay - 0.5 * StrictMath.log1p(t / counts);
      last = closing(charge, t, end, need, last);
      if (blocks == first.length) {
        first = Arrays.copyOf(first, 2 * blocks);
        mean = Arrays.copyOf(mean, 2 * blocks);
      }
      first[blocks] = t;
      mean[blocks++] = last;
      t = end + 1;
    }
  }

  /** The mean from which on layers start..end may close, at least the charge; 1 if none. */
  private double closing(double charge, int start, int end, double need, double guess) {
    if (need <= 0) {
      return charge;
    }
    double most = end == 0 ? own : (alpha + end) / (counts + end);
    if (most <= charge) {
      return 1;
    }
    rate(most, charge, start, end);
    if (rate <= need) {
      return 1;
    }
    // The rate is convex and increasing: Newton's steps end on the far side of the root.
    double m = Math.min(guess, most * (1 - 1e-9));
    for (int k = 0; k < NEWTON_STEPS; k++) {
      rate(m, charge, start, end);
      if (!(slope > 0)) {
        m = 0.5 * (m + most);
        continue;
      }
      double next = m - (rate - need) / slope;
      m = next >= most ? 0.5 * (m + most) : Math.max(next, charge + 1e-3 * (m - charge));
    }
    return m;
  }

  /** Sets the rate at a mean and its slope there, with four logarithms. */
  private void rate(double m, double charge, int start, int end) {
    rate = 0;
    slope = 0;
    double logM = log(m);
    double logRest = log(1 - m);
    if (m > own && end > 0) {
      double share = Math.min(1, (m * (counts + end) - alpha) / end);
      double logShare = log(share);
      double logOther = log(1 - share);
      rate +=
          end * (share * (logShare - logM) + (1 - share) * (logOther - logRest))
              + counts * (own * (logOwn - logM) + (1 - own) * (logNotOwn - logRest));
      slope += (counts + end) * ((logShare - logOther) - (logM - logRest));
    }
    if (m > charge) {
      rate += (counts + start) * (m * (logM - logCharge) + (1 - m) * (logRest - logNotCharge));
      slope += (counts + start) * ((logM - logRest) - (logCharge - logNotCharge));
    }
  }

  /** Finite at zero, where it is multiplied by zero. */
  private static double log(double p) {
    return StrictMath.log(Math.max(p, Double.MIN_NORMAL));
  }

  int blocks() {
    return blocks;
  }

  /** The first layer of block k. */
  int first(int k) {
    return first[k];
  }

  /** The mean from which on block k is closed; 1 when it is open. */
  double mean(int k) {
    return mean[k];
  }

  /** The first closed cell of layer t, which lies in block k; t + 1 when none is. */
  int end(int k, int t) {
    double cell = Math.ceil(mean[k] * (counts + t) - alpha);
    return (int) Math.max(0, Math.min(t + 1, cell));
  }
}
