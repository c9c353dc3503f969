package bellwether.core.bandit;

import bellwether.core.kernel.LatticeKernels;
import java.util.Arrays;

/**
 * Brackets of eight indices at a time: a few layers and rows from each belief on, at a charge next
 * to its index, with what lies beyond bounded by an inner sweep.
 *
 * <p>From below: the policy that the sweep finds gains c at the charge, and e less for each unit
 * more of it, so the index is at least charge + c / e. From above: c is convex and falls at a rate
 * of at least 1, so the index is at most where the chord from the bound from above to one where c
 * is negative meets 0.
 */
final class BetaLocalSweep {
  private static final int LANES = BetaStrip.LANES;
  private static final int ROUNDS = 4;

  private final BetaPassPlan plan;
  private final BetaStrip strip;
  private final int[] layer = new int[LANES];
  private final int[] row = new int[LANES];
  private final int[] interval = new int[LANES];
  private final int[] ahead = new int[LANES];
  private final double[] end = new double[LANES];
  private double[] slopes = new double[0];

  final double[] lower = new double[LANES];
  final double[] upper = new double[LANES];

  BetaLocalSweep(BetaPassPlan plan, LatticeKernels kernels) {
    this.plan = plan;
    this.strip = new BetaStrip(plan.discount, kernels);
  }

  /**
   * Brackets entries first..first+7 of what an inner sweep found, or as many as there are.
   *
   * @param reach layers to look ahead at least
   * @return how many there are
   */
  int run(BetaInnerSweep inner, int first, int reach) {
    int count = Math.min(LANES, inner.found - first);
    int most = 0;
    for (int l = 0; l < LANES; l++) {
      int entry = first + Math.min(l, count - 1);
      layer[l] = inner.layer[entry];
      row[l] = inner.row[entry];
      interval[l] = inner.interval[entry];
      int step = BetaInnerSweep.WHOLE;
      ahead[l] = (layer[l] + reach + step - 1) / step * step - layer[l];
      most = Math.max(most, ahead[l]);
      strip.lanes[l] = inner.charge[entry];
      end[l] = inner.end[entry];
      lower[l] = 0;
      upper[l] = 1;
    }
    strip.rows(most + 3);
    slopes(Arrays.stream(layer).max().getAsInt() + most);
    for (int round = 0; round < ROUNDS; round++) {
      sweep(inner.record, most);
      if (!bracket(inner.record)) {
        break;
      }
    }
    return count;
  }

  /** 1 / counts of the layers up to one. */
  private void slopes(int last) {
    int known = slopes.length;
    if (known <= last) {
      slopes = Arrays.copyOf(slopes, Math.max(last + 1, 2 * known));
      for (int t = known; t < slopes.length; t++) {
        slopes[t] = 1 / (plan.counts + t);
      }
    }
  }

  private void sweep(BetaRecord record, int most) {
    double[] lanes = strip.lanes;
    for (int l = 0; l < LANES; l++) {
      record.aim(l, interval[l], lanes[l]);
    }
    int from = 0;
    for (int y = most; y >= 1; y--) {
      int least = Integer.MAX_VALUE;
      int highest = 0;
      for (int l = 0; l < LANES; l++) {
        int t = layer[l] + Math.min(y, ahead[l]);
        least = Math.min(least, record.first(t) - row[l]);
        highest = Math.max(highest, record.border(t) - row[l]);
        double slope = slopes[layer[l] + y];
        lanes[LANES + l] = slope;
        lanes[2 * LANES + l] = (plan.alpha + row[l]) * slope;
      }
      least = Math.clamp(least, 0, y);
      highest = Math.clamp(highest, least, y + 1);
      if (y == most) {
        strip.clear(least, highest + 1);
      } else {
        strip.clear(least, from);
        strip.step(least, highest);
      }
      from = least;
      for (int l = 0; l < LANES; l++) {
        int t = layer[l] + y;
        int border = record.border(t) - row[l];
        if (y < ahead[l] && border <= y) {
          record.border(t, l, strip, border);
        } else if (y == ahead[l]) {
          begin(record, y, l, from);
        }
      }
    }
  }

  /** Puts the layer after y pulls into a lane. */
  private void begin(BetaRecord record, int y, int lane, int from) {
    int t = layer[lane] + y;
    int shift = row[lane];
    int first = Math.max(record.first(t), shift);
    for (int i = from; i < Math.min(first - shift, y + 1); i++) {
      strip.low[LANES * i + lane] = 0;
      strip.time[LANES * i + lane] = 0;
      strip.high[LANES * i + lane] = 0;
    }
    record.layer(t, lane, first, shift + y, shift, strip);
  }

  /** Narrows the brackets by the last sweep; whether there should be another. */
  private boolean bracket(BetaRecord record) {
    boolean again = false;
    double d = plan.discount;
    for (int l = 0; l < LANES; l++) {
      double charge = strip.lanes[l];
      double mean = (plan.alpha + row[l]) / (plan.counts + layer[l]);
      int next = LANES + l;
      double low = Math.fma(mean, strip.low[next] - strip.low[l], strip.low[l]);
      double high = Math.fma(mean, strip.high[next] - strip.high[l], strip.high[l]);
      double time = Math.fma(mean, strip.time[next] - strip.time[l], strip.time[l]);
      double c = Math.fma(d, low, mean - charge);
      double most = Math.fma(d, high, mean - charge);
      double pulls = Math.fma(d, time, 1.0);
      double step = c / pulls;
      double rounding = plan.rounding + 8 * 0x1p-53 * Math.abs(step) / (1 - d);
      lower[l] = Math.max(lower[l], charge + step - rounding);
      upper[l] = Math.min(upper[l], charge + Math.max(0, above(record, l, most)) + rounding);
      if (upper[l] - lower[l] > plan.tolerance) {
        again = true;
        // At the root of the bound from above both sides are as near as they come.
        double wish = charge + most / pulls;
        strip.lanes[l] =
            Math.clamp(wish, record.charges[interval[l]], record.charges[interval[l] + 1]);
      }
    }
    return again;
  }

  /** How far above its charge the index of a lane may be, if c is at most {@code most} there. */
  private double above(BetaRecord record, int lane, double most) {
    double width = record.charges[interval[lane] + 1] - strip.lanes[lane];
    double fall = most - (end[lane] + plan.allowance);
    // c is convex: the chord to the end of the interval, where it is negative, lies above.
    return width > 0 && fall > width && end[lane] + plan.allowance <= 0
        ? most * (width / fall) * (1 + 0x1p-50)
        : most;
  }
}
