package bellwether.core.bandit;

import bellwether.core.kernel.LatticeKernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;

/**
 * Beliefs near where pulling begins to pay, at eight charges between two of an outer sweep, which
 * bounds h at the border; finds the entries of the table whose index is between these charges.
 */
final class BetaInnerSweep {
  private static final int LANES = BetaStrip.LANES;

  /** A local sweep begins in a layer whose number is a multiple of this. */
  static final int WHOLE = 32;

  private static final int SAVED = 12;

  private final BetaPassPlan plan;
  private final BetaStrip strip;
  final BetaRecord record;

  /** Entries found: layer, row, interval, and a charge a little below the index. */
  int found;

  int[] layer = new int[64];
  int[] row = new int[64];
  int[] interval = new int[64];
  double[] charge = new double[64];

  /** c from above at the end of the interval: not positive; NaN where it was not kept. */
  double[] end = new double[64];

  /** The bound from above in the layer after, from row {@code saved} on. */
  private final double[] later = new double[LANES * SAVED];

  private int saved;

  BetaInnerSweep(BetaPassPlan plan, LatticeKernels kernels) {
    this.plan = plan;
    this.strip = new BetaStrip(plan.discount, kernels);
    this.record = new BetaRecord(plan.allowance);
  }

  /**
   * Sweeps at the charges of the record.
   *
   * @param outer which has a whole layer {@code last}
   * @param between number of its interval
   * @param kept last layer to keep
   * @param table last layer with entries
   * @param height of what is kept, in rows
   */
  void run(BetaRecord outer, int between, int last, int kept, int table, int height) {
    found = 0;
    System.arraycopy(record.charges, 0, strip.lanes, 0, LANES);
    int lo = outer.first(last);
    int hi = Math.min(outer.border(last), last + 1);
    strip.rows(outer.border(last) + 3);
    lo = Math.min(lo, hi);
    for (int l = 0; l < LANES; l++) {
      outer.aim(l, between, record.charges[l]);
      outer.layer(last, l, lo, last, 0, strip);
    }
    record.open(kept);
    for (int t = last - 1; t >= 0; t--) {
      if ((t & 1023) == 0) {
        Workers.checkInterrupted();
      }
      hi = Math.min(outer.border(t), t + 1);
      if (lo > 0) {
        strip.clear(lo - 1, lo);
        lo--;
      }
      lo = Math.min(lo, hi);
      if (t <= table) {
        saved = lo;
        System.arraycopy(strip.high, LANES * lo, later, 0, LANES * Math.min(SAVED, hi + 1 - lo));
      }
      strip.means(plan.alpha, plan.counts + t);
      strip.step(lo, hi);
      while (lo < hi && strip.dead(lo)) {
        lo++;
      }
      if (outer.border(t) <= t) {
        for (int l = 0; l < LANES; l++) {
          outer.border(t, l, strip, hi);
        }
      }
      if (t <= kept) {
        int surely = strip.alive(LANES - 1, lo, hi);
        int border = record.border(t, Math.min(surely + height, hi));
        record.keep(t, lo, border, strip, t % WHOLE == 0);
        if (t <= table) {
          find(t, lo, surely);
        }
      }
    }
  }

  /** The entries of layer t in rows lo..surely-1: in the last lane none surely pays. */
  private void find(int t, int lo, int surely) {
    int least = plan.triangle ? 0 : Math.max(0, t - plan.size + 1);
    int most = Math.min(plan.size - 1, t);
    for (int i = Math.max(lo, least); i <= Math.min(surely - 1, most); i++) {
      int k = LANES - 1;
      while (k >= 0 && strip.low[LANES * i + k] <= 0) {
        k--;
      }
      if (k < 0 || k == LANES - 1) {
        continue;
      }
      if (found == layer.length) {
        layer = Arrays.copyOf(layer, 2 * found);
        row = Arrays.copyOf(row, 2 * found);
        interval = Arrays.copyOf(interval, 2 * found);
        charge = Arrays.copyOf(charge, 2 * found);
        end = Arrays.copyOf(end, 2 * found);
      }
      int at = LANES * i + k;
      layer[found] = t;
      row[found] = i;
      interval[found] = k;
      double root = record.charges[k] + strip.low[at] / strip.time[at];
      charge[found] = Math.min(root, record.charges[k + 1]);
      end[found++] = end(t, i, k + 1);
    }
  }

  private double end(int t, int i, int lane) {
    int at = LANES * (i - saved) + lane;
    if (i - saved + 2 > SAVED) {
      return Double.NaN;
    }
    double mean = (plan.alpha + i) / (plan.counts + t);
    double high = Math.fma(mean, later[at + LANES] - later[at], later[at]);
    return Math.fma(plan.discount, high, mean - record.charges[lane]);
  }
}
