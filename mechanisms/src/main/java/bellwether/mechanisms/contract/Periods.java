package bellwether.mechanisms.contract;

import bellwether.core.quadrature.GaussSum;
import java.util.Arrays;

/**
 * A discounted sum over periods as a short one: sum_{t=1}^{T} d^t g(t) = sum_i weight[i]
 * g(period[i]) for a function g that is smooth in the logarithm of t.
 *
 * <p>The first 32 periods are themselves; then come blocks that are no longer than all before them
 * and over which d^t falls by no more than a factor e^8, each with a Gauss rule of 16 nodes. A
 * function that is analytic and bounded for Re t &gt; 0 is then summed within 1e-20 of its bound
 * (Bernstein ellipses of parameter 5.8). Periods of less than 1e-18 of the whole weight are left
 * out.
 *
 * @param period increasing, from 1
 * @param weight above 0
 */
@SuppressWarnings("ArrayRecordComponent")
record Periods(double[] period, double[] weight) {
  private static final int SINGLE = 32;
  private static final int ORDER = 16;
  private static final double FALL = 8;

  /** -ln 1e-18. */
  private static final double NEGLIGIBLE = 41.5;

  /**
   * The periods of a discount.
   *
   * @param discount in [0, 1], 1 only with a horizon
   * @param horizon at least 1, or 0 for no end
   */
  static Periods of(double discount, long horizon) {
    if (discount == 0) {
      return new Periods(new double[0], new double[0]);
    }
    double logarithm = StrictMath.log(discount);
    long end = horizon > 0 ? horizon : Long.MAX_VALUE;
    long longest = Long.MAX_VALUE;
    if (discount < 1) {
      end = Math.min(end, 1 + (long) (NEGLIGIBLE / -logarithm));
      longest = Math.max(ORDER, (long) (FALL / -logarithm));
    }
    double[] period = new double[SINGLE];
    double[] weight = new double[SINGLE];
    int n = 0;
    long begin = 1;
    while (begin <= end) {
      long count = begin <= SINGLE ? 1 : Math.min(Math.min(begin - 1, longest), end - begin + 1);
      GaussSum rule = GaussSum.of(count, ORDER);
      if (n + ORDER > period.length) {
        period = Arrays.copyOf(period, 2 * period.length);
        weight = Arrays.copyOf(weight, 2 * weight.length);
      }
      for (int i = 0; i < rule.nodes().length; i++) {
        period[n] = begin + rule.nodes()[i];
        weight[n] = rule.weights()[i] * StrictMath.exp(logarithm * period[n]);
        n++;
      }
      begin += count;
    }
    return new Periods(Arrays.copyOf(period, n), Arrays.copyOf(weight, n));
  }

  /** sum_{t=1}^{T} d^t. */
  static double mass(double discount, long horizon) {
    if (horizon == 0) {
      return discount / (1 - discount);
    }
    if (discount == 1) {
      return horizon;
    }
    return -discount * StrictMath.expm1(horizon * StrictMath.log(discount)) / (1 - discount);
  }
}
