package bellwether.core.stopping;

import bellwether.core.distribution.Discrete;
import bellwether.core.distribution.Distribution;
import bellwether.core.parallel.Workers;
import bellwether.core.quadrature.AdaptiveIntegral;

/**
 * Independent offers from one distribution, one a period; the first is free, each later one costs
 * {@code searchCost}, paid when it is asked for, and is worth {@code discount} as much as the one
 * before. Rejecting everything is worth 0.
 *
 * @param offers what is drawn
 * @param discount weight of the next period, in (0, 1]
 * @param searchCost of every draw after the first, at least 0
 */
public record OfferStopping(Distribution offers, double discount, double searchCost) {
  /** The most offers: thresholds are an array. */
  public static final int MOST_OFFERS = 10_000_000;

  private static final double RELATIVE = 0x1p-46;

  /** Expected numbers of offers above. */
  private static final double[] LEVELS = {40, 15, 5, 2, 0.7, 0.2, 0.04, 1e-3, 1e-6, 1e-10, 0};

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public OfferStopping {
    if (!(discount >= 0 && discount <= 1)) {
      throw new IllegalArgumentException("discount must be from 0 to 1: " + discount);
    }
    if (!(searchCost >= 0 && searchCost < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("searchCost must be finite and at least 0: " + searchCost);
    }
  }

  /**
   * A rule and what it is worth.
   *
   * @param value the expected value before the first offer
   * @param thresholds of finitely many offers without recall: offer j is accepted when it is at
   *     least thresholds[j]; empty otherwise
   * @param reservation with recall or without an end: stop when the best is at least this; infinite
   *     where one never stops before the end; NaN otherwise
   */
  public record Rule(double value, double[] thresholds, double reservation) {}

  private static void checkCount(int count) {
    if (count < 1 || count > MOST_OFFERS) {
      throw new IllegalArgumentException(
          "offers must number from 1 to " + MOST_OFFERS + ": " + count);
    }
  }

  /**
   * At most {@code count} offers, each to be taken at once or never: v_k = a_(k-1) + E (X -
   * a_(k-1))+ with k left, a_k = max(0, discount v_k - searchCost), a_0 = 0 (Moser 1956). O(count).
   *
   * @throws IllegalArgumentException when {@code count} is below 1 or above {@link #MOST_OFFERS}
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public Rule withoutRecall(int count) {
    checkCount(count);
    double[] thresholds = new double[count];
    double continuation = 0;
    double value = 0;
    for (int k = 1; k <= count; k++) {
      thresholds[count - k] = continuation;
      value = continuation + offers.excess(continuation);
      continuation = Math.max(0, discount * value - searchCost);
      if (k % 4096 == 0) {
        Workers.checkInterrupted();
      }
    }
    return new Rule(value, thresholds, Double.NaN);
  }

  /**
   * As many offers as one likes; recall makes no difference: one takes the first that is at least z
   * = max(0, the root of z = -searchCost + discount (z + E (X - z)+)) (McCall 1970, Weitzman 1979),
   * and the value is z + E (X - z)+.
   *
   * @throws IllegalArgumentException when the value is infinite: discount 1, no cost and offers
   *     without a bound
   */
  public Rule withoutEnd() {
    double z = reservation();
    if (Double.isInfinite(z)) {
      throw new IllegalArgumentException(
          "the value is infinite: with discount 1, no search cost and offers without an upper bound"
              + " one never stops");
    }
    return new Rule(z + offers.excess(z), new double[0], z);
  }

  /**
   * At most {@code count} offers, any of which may be taken later. One goes on while the best is
   * below the z of {@link #withoutEnd} (one step ahead is far enough: the set is left for good).
   * With G = P(X &lt; z), the value is
   *
   * <pre>
   * sum_(j&lt;count) (discount G)^j E[X; X &gt;= z] - searchCost sum_(1&lt;=j&lt;count) discount^(j-1) G^j
   * + discount^(count-1) (z G^count - integral of P(X &lt;= x)^count over [0, z])</pre>
   */
  public Rule withRecall(int count) {
    checkCount(count);
    double z = reservation();
    if (z == 0) {
      return new Rule(offers.excess(0), new double[0], z);
    }
    if (discount == 0) {
      // Only the first draw counts, and going on is never worth more than 0.
      return new Rule(offers.excess(0), new double[0], 0);
    }
    double end = Math.min(z, end(count));
    // The probability of going on: an offer of z itself is taken.
    double stops = offers instanceof Discrete discrete ? atLeast(discrete, z) : offers.survival(z);
    double taken = offers.excess(z) + (Double.isInfinite(z) ? 0 : z * stops);
    double logGoes = StrictMath.log1p(-stops);
    double step = discount * (1 - stops);
    double later = StrictMath.exp((count - 1) * StrictMath.log(discount));
    double sum = geometric(step, count);
    double value = taken * sum;
    value -= searchCost * (1 - stops) * geometric(step, count - 1);
    // z G^n - the integral of F^n over [0, z] = the integral of G^n - F^n.
    double rest =
        offers instanceof Discrete discrete
            ? atTheEnd(discrete, count, z, logGoes)
            : integral(count, end, stops);
    return new Rule(value + later * rest, new double[0], z);
  }

  /** 1 + x + ... + x^(terms - 1). */
  private static double geometric(double x, int terms) {
    if (x == 1) {
      return terms;
    }
    if (x == 0) {
      return terms > 0 ? 1 : 0;
    }
    return StrictMath.expm1(terms * StrictMath.log(x)) / (x - 1);
  }

  private static double atLeast(Discrete discrete, double z) {
    double sum = 0;
    for (int i = discrete.size() - 1; i >= 0 && discrete.value(i) >= z; i--) {
      sum += discrete.probability(i);
    }
    return Math.min(1, sum);
  }

  /** Where P(largest of count &gt; x) has become negligible. */
  private double end(int count) {
    double high = offers.high();
    return Double.isInfinite(high) ? offers.upperQuantile(1e-20 / count) : high;
  }

  /** The integral of P(X &lt; z)^n - P(X &lt;= x)^n over x in [0, end]. */
  private double integral(int count, double end, double stops) {
    double low = Math.max(0, offers.low());
    double most = StrictMath.exp(count * StrictMath.log1p(-stops));
    double tolerance = 1e-15 * Math.max(1e-3, end);
    double sum = most * Math.min(end, low);
    double from = low;
    // P(X <= x)^n rises from 0 to 1 within few of these levels, however many offers there are.
    for (double level : LEVELS) {
      double to = Math.min(end, offers.upperQuantile(Math.min(1, level / count)));
      to = level == 0 ? end : Math.max(from, to);
      sum +=
          AdaptiveIntegral.of(
              x -> most - StrictMath.exp(count * StrictMath.log1p(-offers.survival(x))),
              from,
              to,
              tolerance);
      from = to;
    }
    return sum;
  }

  /** E[max(M, 0); M &lt; z], M the largest of {@code count}. */
  private static double atTheEnd(Discrete discrete, int count, double z, double logGoes) {
    double sum = 0;
    double below = 0;
    for (int i = 0; i < discrete.size() && discrete.value(i) < z; i++) {
      double now =
          i + 1 < discrete.size() && discrete.value(i + 1) < z
              ? StrictMath.exp(count * StrictMath.log1p(-discrete.survival(discrete.value(i))))
              : StrictMath.exp(count * logGoes);
      sum += (now - below) * Math.max(0, discrete.value(i));
      below = now;
    }
    return sum;
  }

  /** The least z &gt;= 0 at which one more draw is not worth its cost; may be infinite. */
  private double reservation() {
    double gainAt0 = gain(0);
    if (!(gainAt0 > 0)) {
      return 0;
    }
    double high = offers.high();
    if (discount == 1 && searchCost == 0) {
      return high;
    }
    double low = 0;
    double top = Double.isInfinite(high) ? 1 : high;
    while (gain(top) > 0) {
      low = top;
      top *= 2;
      if (Double.isInfinite(top)) {
        return top;
      }
    }
    // gain is convex and decreasing: Newton's steps from the left never pass the root.
    double z = low;
    for (int i = 0; i < 200; i++) {
      double slope = -(1 - discount) - discount * offers.survival(z);
      double next = slope < 0 ? z - gain(z) / slope : top;
      if (!(next > z + RELATIVE * z)) {
        return Math.max(z, Math.min(next, top));
      }
      z = Math.min(next, top);
    }
    return z;
  }

  /** discount (z + E (X - z)+) - searchCost - z. */
  private double gain(double z) {
    return discount * offers.excess(z) - (1 - discount) * z - searchCost;
  }
}
