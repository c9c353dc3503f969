package bellwether.core.bandit;

import bellwether.core.kernel.LatticeKernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * Backward sweeps over the posterior lattice of a Beta-Bernoulli arm that costs a charge lambda a
 * pull and may be left at any time: h(a, b) = max(0, c), c = mu - lambda + d (mu h(a+1, b) + (1 -
 * mu) h(a, b+1)), mu = a / (a + b).
 *
 * <p>Layer t holds the states after t pulls; cell i is the one with i successes. One array serves
 * all layers in place. Below the first cell with c &gt; 0 a layer is zero: h grows with i, and
 * going one layer back that cell moves down by one at most, because it needs c &gt; 0 at (t+1,
 * i+1). Above, a layer is closed as {@link BetaBand} says. What is computed lies between the two.
 *
 * <p><b>Rounding.</b> One step makes an error of at most u (5.5 H + 4.5) in c, with u = 2^-53 and H
 * = (1 - lambda) / (1 - d) &gt;= h. An error of at most r in every pull is outweighed by a charge r
 * higher or lower (induction over layers): the exact value at lambda + r is at most, and at lambda
 * - r at least, the computed one. {@link #rounding} is that r.
 */
final class BetaLattice {
  private static final double UNIT = 0x1p-53;

  private final double alpha;
  private final double beta;
  private final double counts;
  private final double discount;
  private final LatticeKernels kernels;
  private final BetaBand band;
  private double[] value = new double[0];
  private double[] time = new double[0];
  private double rootValue;
  private double rootTime;

  BetaLattice(double alpha, double beta, double discount, LatticeKernels kernels) {
    this.alpha = alpha;
    this.beta = beta;
    this.counts = alpha + beta;
    this.discount = discount;
    this.kernels = kernels;
    this.band = new BetaBand(alpha, beta, discount);
  }

  /** Chooses the band for the sweeps that follow: {@link BetaBand#plan}. */
  void plan(double charge, int horizon, double budget) {
    band.plan(charge, horizon, budget);
  }

  /** c of the root after a sweep; not cut off at 0. */
  double rootValue() {
    return rootValue;
  }

  /** e of the root after a sweep: the discounted number of pulls, at least 1. */
  double rootTime() {
    return rootTime;
  }

  /** By how much the charge of a sweep may be wrong in effect; {@code step} is a Newton step. */
  double rounding(double charge, double step) {
    double most = (Math.max(0, 1 - charge) + Math.abs(step)) / (1 - discount);
    return 8 * UNIT * (most + 1);
  }

  /**
   * The arm that pays its mean forever after {@code horizon} pulls: at the root c <= the true
   * arm's, and e = -dc/dlambda. The band must be planned.
   */
  void sweepLower(double charge, int horizon) {
    prepare(horizon);
    double total = counts + horizon;
    double slope = 1 / total;
    double origin = alpha * slope;
    int zeros = (int) Math.max(0, Math.min(horizon + 1.0, Math.floor(charge * total - alpha) + 1));
    run(charge, horizon, zeros, zeros, slope, origin, false);
  }

  /**
   * The arm that reveals theta after {@code horizon} + 1 pulls: at the root c >= the true arm's.
   * The band must be planned.
   */
  void sweepUpper(double charge, int horizon) {
    prepare(horizon);
    double total = counts + horizon;
    double slope = 1 / total;
    double origin = alpha * slope;
    int top = horizon == 0 ? 0 : band.end(band.blocks() - 1, horizon - 1);
    int zeros = fillRevealed(charge, horizon, top, slope, origin);
    run(charge, horizon, zeros, top + 1, slope, origin, true);
  }

  private void prepare(int horizon) {
    if (value.length < horizon + 3) {
      value = new double[horizon + 3];
      time = new double[horizon + 3];
    } else {
      Arrays.fill(value, 0, horizon + 3, 0.0);
      Arrays.fill(time, 0, horizon + 3, 0.0);
    }
  }

  /**
   * Layer {@code horizon} of the revealed arm from cell top down to the first with c <= 0, whose
   * number plus one is returned: c = mu - lambda + d/(1-d) E(theta - lambda)+.
   */
  private int fillRevealed(double charge, int horizon, int top, double slope, double origin) {
    double probability = 0;
    double step = 0;
    double odds = (1 - charge) / charge;
    for (int i = top; i >= 0; i--) {
      double a = alpha + i;
      double b = beta + (horizon - i);
      if (step < 1e-250) {
        probability = RegularizedBeta.value(charge, a, b);
        step = BetaExcess.step(charge, a, b);
      } else {
        // From (a+1, b-1) to (a, b): p by its ratio, P(theta <= lambda) by adding p.
        step *= odds * (a + 1) / (b - 1);
        probability += step;
      }
      double mean = Math.fma(i, slope, origin);
      double excess = BetaExcess.of(charge, mean, counts + horizon, probability, step);
      double c = (mean - charge + discount * excess) / (1 - discount);
      if (mean < charge) {
        c = mean - charge + discount / (1 - discount) * Math.max(0, mean - charge + excess);
      }
      if (!(c > 0)) {
        return i + 1;
      }
      value[i] = c;
      time[i] = 1 / (1 - discount);
    }
    return 0;
  }

  /**
   * All layers from {@code horizon} to the root. The arrays hold layer {@code horizon} up to cell
   * {@code end} - 1, zero below cell {@code zeros}.
   */
  private void run(
      double charge,
      int horizon,
      int zeros,
      int end,
      double lastSlope,
      double lastOrigin,
      boolean revealed) {
    double forever = 1 / (1 - discount);
    int lo = zeros;
    int hi = end;
    double slope = lastSlope;
    double origin = lastOrigin;
    int block = band.blocks() - 1;
    while (band.first(block) > horizon) {
      block--;
    }
    double slack = revealed ? slack(charge, block) : 0;
    for (int t = horizon - 1; t >= 0; t--) {
      if ((t & 1023) == 0) {
        Workers.checkInterrupted();
      }
      boolean jump = band.first(block) > t;
      int nextHi = Math.max(band.end(jump ? block - 1 : block, t), t == 0 ? 1 : 0);
      // Layer t reads layer t+1 up to cell nextHi: what is not computed there is closed.
      for (int i = hi; i <= nextHi; i++) {
        double mean = Math.fma(i, slope, origin);
        double h = Math.max(0, mean - charge + slack) * forever;
        value[i] = h;
        time[i] = h > 0 ? forever : 0;
      }
      if (jump) {
        block--;
        slack = revealed ? slack(charge, block) : 0;
      }
      slope = 1 / (counts + t);
      origin = alpha * slope;
      hi = nextHi;
      if (t > 0) {
        lo = Math.max(0, lo - 1);
        if (lo < hi) {
          kernels.bernoulliLayer(discount, charge, slope, origin, value, time, lo, hi);
          while (lo < hi && value[lo] == 0) {
            lo++;
          }
        } else {
          lo = hi;
        }
      }
    }
    double mean = origin;
    double h = Math.fma(mean, value[1] - value[0], value[0]);
    double e = Math.fma(mean, time[1] - time[0], time[0]);
    rootValue = Math.fma(discount, h, mean - charge);
    rootTime = Math.fma(discount, e, 1.0);
  }

  /** What closing block k may hide: E(lambda - theta)+ at its lowest count and mean. */
  private double slack(double charge, int block) {
    // For fixed mean Beta falls in the convex order as counts grow (densities cross twice), and at
    // fixed counts it rises stochastically with the mean: the first closed corner is the worst.
    double mean = band.mean(block);
    return mean >= 1 ? 0 : BetaExcess.bound(charge, mean, counts + band.first(block));
  }
}
