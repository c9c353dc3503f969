package bellwether.core.bandit;

import bellwether.core.kernel.LatticeKernels;
import bellwether.core.parallel.Workers;

/**
 * All beliefs of a Beta-Bernoulli arm at eight charges, from a distant horizon back to the first
 * pull, between bounds.
 *
 * <p>In the last layer h(a, b) is at least what pulling forever pays, and at most what is left to
 * someone who then learns theta: E(theta - lambda)+ &lt;= (sqrt(s^2 + x^2) + x) / 2 with x = mu -
 * lambda and s the standard deviation (Scarf 1958), a pull. Rows are closed from some mean on where
 * pulling forever loses next to nothing, {@link BetaExcess#bound}: for fixed mean that falls with
 * the counts, and at fixed counts with the mean.
 */
final class BetaOuterSweep {
  private final BetaPassPlan plan;
  private final double forever;
  private final BetaStrip strip;
  final BetaRecord record;
  private double[] charges = new double[0];

  /** The mean from which on a layer is closed, and what that may hide. */
  private double[] closing = new double[0];

  private double[] slack = new double[0];

  BetaOuterSweep(BetaPassPlan plan, LatticeKernels kernels) {
    this.plan = plan;
    this.forever = 1 / (1 - plan.discount);
    this.strip = new BetaStrip(plan.discount, kernels);
    this.record = new BetaRecord(plan.allowance);
  }

  /**
   * Sweeps at the charges of the record, and keeps layers 0..kept with a border {@code height} rows
   * above where pulling surely pays at the highest charge; layer {@code kept} whole.
   */
  void run(int last, int kept, int height) {
    charges = record.charges;
    System.arraycopy(charges, 0, strip.lanes, 0, charges.length);
    close(last);
    int hi = end(last);
    strip.rows(hi + height + 3);
    int lo = fillLast(last, hi);
    record.open(kept);
    if (kept == last) {
      keep(last, lo, hi, height, true);
    }
    for (int t = last - 1; t >= 0; t--) {
      if ((t & 255) == 0) {
        Workers.checkInterrupted();
      }
      int next = Math.min(end(t), t + 1);
      for (int i = hi; i <= next; i++) {
        closed(t + 1, i);
      }
      if (lo > 0) {
        strip.clear(lo - 1, lo);
        lo--;
      }
      hi = next;
      lo = Math.min(lo, hi);
      strip.means(plan.alpha, plan.counts + t);
      strip.step(lo, hi);
      while (lo < hi && strip.dead(lo)) {
        lo++;
      }
      if (t <= kept) {
        keep(t, lo, hi, height, t == kept);
      }
    }
  }

  private void keep(int t, int lo, int hi, int height, boolean whole) {
    int surely = strip.alive(BetaStrip.LANES - 1, lo, hi);
    int border = record.border(t, Math.min(surely + height, hi));
    for (int i = hi; i <= border; i++) {
      closed(t, i);
    }
    record.keep(t, lo, border, strip, whole);
  }

  /** Chooses closing means for blocks of layers, about 24 for each doubling of the counts. */
  private void close(int last) {
    if (closing.length <= last) {
      closing = new double[last + 1];
      slack = new double[last + 1];
    }
    double charge = charges[charges.length - 1];
    double aim = plan.missed * (1 - plan.discount);
    double deviations = 5;
    for (int t = 0; t <= last; ) {
      double n = plan.counts + t;
      int end = (int) Math.min(last, t + n / 32);
      double deviation = Math.sqrt(charge * (1 - charge) / n);
      double mean;
      double hidden;
      do {
        // Cornish and Fisher: the tail of a skewed sum.
        double skew = (deviations * deviations - 1) / (3 * n) * (1 - 2 * charge);
        mean = charge + deviations * deviation + Math.max(0, skew);
        hidden = mean < 1 ? BetaExcess.bound(charge, mean, n) : 0;
        deviations += hidden > aim ? 0.25 : 0;
      } while (hidden > aim);
      for (int k = t; k <= end; k++) {
        closing[k] = mean;
        slack[k] = hidden;
      }
      t = end + 1;
    }
  }

  /** The first closed row of a layer. */
  private int end(int t) {
    double row = Math.ceil(closing[t] * (plan.counts + t) - plan.alpha);
    return (int) Math.max(0, Math.min(t + 1.0, row));
  }

  /** A closed row: pulling forever, and what that may hide. */
  private void closed(int t, int row) {
    double mean = (plan.alpha + row) / (plan.counts + t);
    for (int l = 0; l < BetaStrip.LANES; l++) {
      int at = BetaStrip.LANES * row + l;
      double gain = mean - charges[l];
      strip.low[at] = Math.max(0, gain) * forever;
      strip.time[at] = gain > 0 ? forever : 0;
      strip.high[at] = (Math.max(0, gain) + slack[t]) * forever;
    }
  }

  /** The last layer below its closed rows; returns the first row that may pay. */
  private int fillLast(int t, int end) {
    double n = plan.counts + t;
    double future = plan.discount * forever;
    for (int row = end - 1; row >= 0; row--) {
      double mean = (plan.alpha + row) / n;
      double variance = mean * (1 - mean) / (n + 1);
      for (int l = 0; l < BetaStrip.LANES; l++) {
        int at = BetaStrip.LANES * row + l;
        double gain = mean - charges[l];
        double informed = 0.5 * (Math.sqrt(variance + gain * gain) + gain);
        strip.low[at] = Math.max(0, gain) * forever;
        strip.time[at] = gain > 0 ? forever : 0;
        // An ulp or two more: the root and the sums are rounded.
        double high = gain + future * informed + 4 * plan.rounding * forever * informed;
        strip.high[at] = Math.max(0, high);
      }
      if (strip.dead(row)) {
        return row + 1;
      }
    }
    return 0;
  }
}
