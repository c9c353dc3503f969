package bellwether.core.stopping;

/**
 * Taking the best of n independent draws from a known continuous distribution, each taken at once
 * or never (Gilbert and Mosteller 1966, section 3). Draws are told by their quantiles, so that they
 * are uniform on [0, 1].
 *
 * <p>With k draws left a largest so far of quantile x is taken when x is at least d_k, where the
 * best is as likely not to be beaten, x^k, as to be had by waiting for the next record: sum over j
 * of (d_k^-j - 1) / j, j = 1..k, is 1; d_0 = 0.
 */
public final class FullInformation {
  /** The most draws: cost grows with their square. */
  public static final int MOST_DRAWS = 10_000;

  private FullInformation() {}

  /**
   * The rule.
   *
   * @param thresholds draw j (from 0) is taken when it is the largest so far and its quantile is at
   *     least thresholds[j]
   * @param value the probability that it is the largest of all
   */
  public record Rule(double[] thresholds, double value) {}

  /**
   * The best rule for {@code draws} draws. O(draws^2).
   *
   * @throws IllegalArgumentException when there are fewer than 1 or more than {@link #MOST_DRAWS}
   */
  public static Rule of(int draws) {
    if (draws < 1 || draws > MOST_DRAWS) {
      throw new IllegalArgumentException(
          "draws must number from 1 to " + MOST_DRAWS + ": " + draws);
    }
    double[] left = new double[draws];
    for (int k = 1; k < draws; k++) {
      left[k] = threshold(k);
    }
    double[] thresholds = new double[draws];
    for (int j = 0; j < draws; j++) {
      thresholds[j] = left[draws - 1 - j];
    }
    return new Rule(thresholds, value(thresholds));
  }

  /** The root of sum (d^-j - 1) / j = 1; d = 1 - O(1/k). */
  private static double threshold(int k) {
    double low = 0;
    double high = 1;
    // Bisection to the last bit: the sum decreases from infinity to 0.
    while (true) {
      double d = (low + high) / 2;
      if (d <= low || d >= high) {
        return high;
      }
      double sum = 0;
      double power = 1;
      for (int j = 1; j <= k && sum <= 1; j++) {
        power /= d;
        sum += (power - 1) / j;
      }
      if (sum > 1) {
        low = d;
      } else {
        high = d;
      }
    }
  }

  /**
   * P(win) = sum over the draw i that wins. Draw i of quantile x is the best of all and taken when
   * it is at least its threshold t_i, all later ones are below it (x^(n-i)), and no earlier draw
   * was taken: the largest of the i-1 before, of quantile y at place r, was below t_r or y &gt; x.
   * Since the thresholds decrease, the largest before was not taken when it is below its own
   * threshold; then none before it was taken either.
   */
  private static double value(double[] t) {
    int n = t.length;
    double[] last = new double[n];
    for (int r = 0; r < n; r++) {
      last[r] = t[r] == 0 ? 0 : StrictMath.exp(n * StrictMath.log(t[r]));
    }
    // No draw before the first: x from its threshold to 1.
    double sum = (1 - last[0]) / n;
    // t_r^(i-1), for the r below i.
    double[] power = new double[n];
    double allLast = 0;
    for (int i = 2; i <= n; i++) {
      int newest = i - 2;
      allLast += last[newest];
      power[newest] = t[newest] == 0 ? 0 : StrictMath.exp((i - 2) * StrictMath.log(t[newest]));
      // The integral over x in [own, 1] of x^(n-i) sum over r < i of the integral over y in
      // [0, min(x, t_r)] of y^(i-2); t_r >= own.
      double allPowers = 0;
      for (int r = 0; r < i - 1; r++) {
        power[r] *= t[r];
        allPowers += power[r];
      }
      double below = (allLast - (i - 1) * last[i - 1]) / n;
      double above = (allPowers - allLast) / (n - i + 1);
      sum += (below + above) / (i - 1);
    }
    return sum;
  }
}
