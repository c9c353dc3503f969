package bellwether.mechanisms.population;

import bellwether.core.distribution.Discrete;
import bellwether.core.distribution.Distribution;
import java.util.ArrayList;
import java.util.List;

/**
 * One object, bidder 0 present in period 0 only and bidder 1 in period 1 only, whose types are
 * correlated: the law of theta1 is constant on segments of theta0 (Bergemann and Valimaki's survey,
 * section 4).
 *
 * <p>The efficient rule serves bidder 0 iff theta0 &gt;= d E[theta1 | theta0]. With payments that
 * wait for theta1, bidder 0 pays theta1 if served and bidder 1 theta0 / d, in money of period 1,
 * truth is optimal in expectation. Payments in period 0 only can do it iff the types that are
 * served form an up-set.
 */
public final class CorrelatedPopulation {
  private final double discount;
  private final double low;
  private final List<Segment> segments;
  private final double[] later;

  private CorrelatedPopulation(double discount, double low, List<Segment> segments) {
    this.discount = discount;
    this.low = low;
    this.segments = segments;
    later = segments.stream().mapToDouble(segment -> discount * segment.mean()).toArray();
  }

  /**
   * A population.
   *
   * @param discount in (0, 1]
   * @param low the support of theta0 begins here
   * @param high and ends here
   * @param segments with increasing ends, the last one's at {@code high}; each contains its
   *     beginning, the last one its end too
   * @throws IllegalArgumentException naming what does not fit
   */
  public static CorrelatedPopulation of(
      double discount, double low, double high, List<Segment> segments) {
    if (!(discount > 0 && discount <= 1)) {
      throw new IllegalArgumentException("discount must be in (0, 1]: " + discount);
    }
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("segments must be at least one: 0");
    }
    if (!Double.isFinite(low)) {
      throw new IllegalArgumentException("low must be finite: " + low);
    }
    double before = low;
    for (int k = 0; k < segments.size(); k++) {
      double upTo = segments.get(k).upTo();
      if (!(upTo > before)) {
        throw new IllegalArgumentException(
            "segments[" + k + "].upTo must be above " + before + ": " + upTo);
      }
      before = upTo;
    }
    if (before != high) {
      throw new IllegalArgumentException(
          "the last segment must end where the support does, " + high + ": " + before);
    }
    return new CorrelatedPopulation(discount, low, List.copyOf(segments));
  }

  private double begin(int segment) {
    return segment == 0 ? low : segments.get(segment - 1).upTo();
  }

  private double end(int segment) {
    return segments.get(segment).upTo();
  }

  private double high() {
    return end(later.length - 1);
  }

  private boolean isLast(int segment) {
    return segment == later.length - 1;
  }

  /** The maximal intervals [lo, hi] of theta0 in which bidder 0 is served. */
  public double[][] regions() {
    List<double[]> regions = new ArrayList<>();
    for (int k = 0; k < later.length; k++) {
      double from = Math.max(begin(k), later[k]);
      if (from < end(k) || (isLast(k) && from == end(k))) {
        double[] before = regions.isEmpty() ? null : regions.getLast();
        if (before != null && before[1] == from) {
          before[1] = end(k);
        } else {
          regions.add(new double[] {from, end(k)});
        }
      }
    }
    return regions.toArray(double[][]::new);
  }

  /** Whether the types that are served are an up-set, or none. */
  public boolean monotone() {
    double[][] regions = regions();
    return regions.length == 0 || (regions.length == 1 && regions[0][1] == high());
  }

  private int segment(double theta0) {
    if (!(theta0 >= low && theta0 <= high())) {
      throw new IllegalArgumentException(
          "theta0 must be in the support, " + low + " to " + high() + ": " + theta0);
    }
    int k = 0;
    while (!isLast(k) && theta0 >= end(k)) {
      k++;
    }
    return k;
  }

  /**
   * d E[theta1 | theta0].
   *
   * @throws IllegalArgumentException when theta0 is not in the support
   */
  public double expectedLaterValue(double theta0) {
    return later[segment(theta0)];
  }

  /** Who is served at theta0: bidder 0 or 1. */
  public int allocation(double theta0) {
    return theta0 >= expectedLaterValue(theta0) ? 0 : 1;
  }

  /** What both pay, in money of period 1, when theta1 is known. */
  public double[] payments(double theta0, double theta1) {
    return allocation(theta0) == 0 ? new double[] {theta1, 0} : new double[] {0, theta0 / discount};
  }

  /** What bidder 0 expects, in money of period 0. */
  public double utility(double theta0) {
    return Math.max(0, theta0 - expectedLaterValue(theta0));
  }

  /**
   * The most that a report of theta0 gains, in expectation of theta1, over the truth: 0, since
   * being served costs d E[theta1 | theta0], whatever is reported.
   */
  public double maxIncentiveGain() {
    double gain = 0;
    boolean some = regions().length > 0;
    boolean all = everybodyServed();
    for (int k = 0; k < later.length && some && !all; k++) {
      // A served type that asks not to be gives up theta0 - d E; the others would pay for it.
      double served = later[k] - Math.max(begin(k), later[k]);
      double unserved = Math.min(end(k), later[k]) - later[k];
      gain = Math.max(gain, Math.max(served, unserved));
    }
    return gain;
  }

  private boolean everybodyServed() {
    for (int k = 0; k < later.length; k++) {
      if (later[k] > begin(k)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The most that bidder 0 gains by a lie when it knows that bidder 1 reports v: the supremum over
   * types and over the values v of all segments. 0 where no report changes who is served.
   */
  public double dominantStrategyGain() {
    double[][] regions = regions();
    if (regions.length == 0 || everybodyServed()) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Segment segment : segments) {
      for (double v : segment.values()) {
        least = Math.min(least, v);
        most = Math.max(most, v);
      }
    }
    double gain = 0;
    for (double[] region : regions) {
      gain = Math.max(gain, discount * most - region[0]);
    }
    for (int k = 0; k < later.length; k++) {
      double to = Math.min(end(k), later[k]);
      if (to > begin(k)) {
        gain = Math.max(gain, to - discount * least);
      }
    }
    return gain;
  }

  /**
   * E max(theta0, d E[theta1 | theta0]).
   *
   * @throws IllegalArgumentException when the distribution has mass outside the support
   */
  public double expectedWelfare(Distribution theta0) {
    double outside = below(theta0, low) + theta0.survival(high());
    if (!(outside <= 1e-12)) {
      throw new IllegalArgumentException(
          "distribution must lie within the support, "
              + low
              + " to "
              + high()
              + ", mass outside: "
              + outside);
    }
    double sum = 0;
    for (int k = 0; k < later.length; k++) {
      double from = begin(k);
      double to = end(k);
      double cut = Math.clamp(later[k], from, to);
      double mass = below(theta0, cut) - below(theta0, from);
      sum += later[k] * mass;
      sum += upper(theta0, cut) - (isLast(k) ? 0 : upper(theta0, to));
      if (isLast(k) && later[k] > to) {
        // Of an atom at the end of the support it is the later value that counts.
        sum += (later[k] - to) * (1 - below(theta0, to));
      }
    }
    return sum;
  }

  /** P(X &lt; x). */
  private static double below(Distribution distribution, double x) {
    return distribution instanceof Discrete
        ? distribution.cumulative(Math.nextDown(x))
        : distribution.cumulative(x);
  }

  /** E[X; X &gt;= x]. */
  private static double upper(Distribution distribution, double x) {
    double atLeast =
        distribution instanceof Discrete
            ? distribution.survival(Math.nextDown(x))
            : distribution.survival(x);
    return distribution.excess(x) + x * atLeast;
  }
}
