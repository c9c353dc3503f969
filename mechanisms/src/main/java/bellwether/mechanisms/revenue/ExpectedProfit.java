package bellwether.mechanisms.revenue;

import bellwether.core.parallel.Workers;
import bellwether.core.quadrature.AdaptiveIntegral;
import bellwether.mechanisms.revenue.SubscriberGroups.Group;
import bellwether.mechanisms.virtual.VirtualTypePieces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a bandit auction for revenue earns before anybody has told its type: the bound of Kakade,
 * Lobel and Nazerzadeh (2013, Corollary 3.1), which the virtual-pivot mechanism attains.
 *
 * <p>Initial types are independent, and so are the arms: the expectation of Whittle's product is
 * the product of expectations, whatever the number of bidders,
 *
 * <pre>
 *   E W = M0 + integral from M0 of 1 - prod_i E phi_i'(M) dM
 *   E phi_i'(M) = 1 - sum_k drop_ik P(breakpoint k of bidder i, as its type scales it, exceeds M).
 * </pre>
 *
 * The probability is that of a virtual type above (M + cost / (1 - delta)) / M_k where values are
 * A(s0) B, above ((1 - delta) (M - M_k) + cost) / C where they are A(s0) C + B. One integral over M
 * by adaptive Gauss-Legendre panels; no sampling.
 *
 * @param profit E W, allocations from period 0 on weighted delta^t, the outside value included
 * @param revenue what bidders pay, in expectation: the profit less the value of periods without a
 *     winner
 * @param tolerance the absolute error aimed at
 * @param evaluations of the product
 */
public record ExpectedProfit(double profit, double revenue, double tolerance, long evaluations) {
  private static final int PANELS = 64;

  /** With no more kinks than this each begins a panel. */
  private static final int KINKS = 512;

  /** What the integrals may be off, together, as a share of the profit above M0. */
  public static final double RELATIVE = 1e-10;

  /** Integrates as closely as it is worth where all steps are exact. */
  public static ExpectedProfit of(
      List<Subscriber> subscribers, double discount, double outsideValue, Workers workers) {
    return of(subscribers, discount, outsideValue, RELATIVE, workers);
  }

  /**
   * Integrates.
   *
   * @param subscribers any number; those that share steps, value and cost are one factor with a
   *     power
   * @param discount delta, in [0, 1)
   * @param outsideValue of nobody winning, a period, finite
   * @param relative what the integrals may be off, together, as a share of the profit above M0; in
   *     (0, 1)
   * @param workers for laws and panels; the bits of the result do not depend on them
   * @throws IllegalArgumentException naming the first argument that is not allowed
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static ExpectedProfit of(
      List<Subscriber> subscribers,
      double discount,
      double outsideValue,
      double relative,
      Workers workers) {
    if (!(relative > 0 && relative < 1)) {
      throw new IllegalArgumentException("relative must be in (0, 1): " + relative);
    }
    double bottom = bottom(discount, outsideValue);
    Integrand integrand = new Integrand(SubscriberGroups.of(subscribers, workers), discount);
    double[] ends = integrand.panels(bottom, subscribers.size());
    if (ends.length < 2) {
      return new ExpectedProfit(bottom, 0, 0, 0);
    }
    int panels = ends.length - 1;
    double size = 0;
    for (int p = 0; p < panels; p++) {
      size += integrand.at(ends[p] + (ends[p + 1] - ends[p]) / 2) * (ends[p + 1] - ends[p]);
    }
    double tolerance = Math.max(relative * size, Double.MIN_NORMAL);
    double[] parts = new double[panels];
    workers.forEach(
        panels,
        p ->
            parts[p] =
                AdaptiveIntegral.of(
                    integrand::at,
                    ends[p],
                    ends[p + 1],
                    Math.max(tolerance / 8, Double.MIN_NORMAL)));
    double sum = 0;
    for (int p = panels - 1; p >= 0; p--) {
      sum += parts[p];
    }
    double nobody = 1 - integrand.at(bottom);
    return new ExpectedProfit(
        bottom + sum, bottom + sum - bottom * nobody, tolerance, integrand.evaluations.get());
  }

  /** M0, checked. */
  static double bottom(double discount, double outsideValue) {
    if (!(discount >= 0 && discount < 1)) {
      throw new IllegalArgumentException("discount must be in [0, 1): " + discount);
    }
    double bottom = outsideValue / (1 - discount);
    if (!Double.isFinite(bottom)) {
      throw new IllegalArgumentException("outsideValue must be finite: " + outsideValue);
    }
    return bottom;
  }

  /** One less the product of expected factors. */
  private static final class Integrand {
    /** A product below this is zero. */
    private static final double NOTHING = 1e-18;

    private final List<Group> groups;
    private final double rest;
    private final AtomicLong evaluations = new AtomicLong();

    Integrand(List<Group> groups, double discount) {
      this.rest = 1 - discount;
      // The highest go first: where their product is nothing, the others are not looked at.
      this.groups =
          groups.stream()
              .sorted(
                  (a, b) -> Double.compare(top(b, b.law().highest()), top(a, a.law().highest())))
              .toList();
    }

    double at(double retirement) {
      evaluations.incrementAndGet();
      // Summing up what is missing keeps the digits of small differences from 1.
      double missing = 0;
      for (Group group : groups) {
        double own = missing(group, retirement);
        for (int i = 0; i < group.power() && own > 0; i++) {
          missing += own * (1 - missing);
          if (1 - missing < NOTHING) {
            return 1;
          }
        }
      }
      return missing;
    }

    /** One less the expected factor of one bidder. */
    private double missing(Group group, double retirement) {
      double[] at = group.drops().at();
      double[] drop = group.drops().drop();
      Subscriber subscriber = group.subscriber();
      double sum = 0;
      if (subscriber.value().multiplicative()) {
        double w = retirement + subscriber.cost() / rest;
        double positive = w <= 0 ? group.law().above(0) : 0;
        double highest = group.law().highest();
        for (int k = 0; k < at.length; k++) {
          if (w > 0) {
            if (!(at[k] > 0 && highest * at[k] > w)) {
              break;
            }
            sum += drop[k] * group.law().above(w / at[k]);
          } else if (at[k] > 0 || (at[k] == 0 && w < 0)) {
            sum += drop[k] * positive;
          } else if (w < 0) {
            sum += drop[k] * Math.max(0, positive - group.law().above(w / at[k]));
          }
        }
        return Math.min(1, sum);
      }
      double constant = subscriber.value().constant();
      for (int k = 0; k < at.length; k++) {
        double w = rest * (retirement - at[k]) + subscriber.cost();
        double chance = constant > 0 ? group.law().above(w / constant) : w < 0 ? 1 : 0;
        if (chance == 0) {
          break;
        }
        sum += drop[k] * chance;
      }
      return Math.min(1, sum);
    }

    /** The highest breakpoint of a bidder of virtual type {@code y}. */
    private double top(Group group, double y) {
      if (group.drops().count() == 0 || !group.subscriber().included(y)) {
        return Double.NEGATIVE_INFINITY;
      }
      double first = group.drops().at()[0];
      // Of breakpoints that are not positive the smallest y makes the most, which is 0.
      double scaled = first > 0 ? group.subscriber().scale(y) * first : 0;
      return (group.subscriber().value().multiplicative() ? scaled : first)
          + group.subscriber().shift(y) / rest;
    }

    /** Ends of panels from {@code bottom} to where the product is 1. */
    double[] panels(double bottom, int bidders) {
      double top = bottom;
      double usual = bottom;
      for (Group group : groups) {
        top = Math.max(top, top(group, group.law().highest()));
        double rare = 1e-3 / bidders;
        double y =
            group
                .subscriber()
                .value()
                .type()
                .virtualType(group.subscriber().value().type().distribution().upperQuantile(rare));
        usual = Math.max(usual, top(group, Math.min(y, group.law().highest())));
      }
      if (!(top > bottom)) {
        return new double[0];
      }
      if (!(usual > bottom)) {
        usual = top;
      }
      List<Double> ends = new ArrayList<>(kinks(bottom, top));
      ends.add(bottom);
      ends.add(top);
      for (int p = 1; p < PANELS; p++) {
        ends.add(bottom + (usual - bottom) * p / PANELS);
      }
      for (double end = usual; end < top; end = bottom + 2 * (end - bottom)) {
        ends.add(end);
      }
      double[] sorted = ends.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return Arrays.stream(sorted).distinct().toArray();
    }

    /** Where expected factors may have kinks, none if they are many. */
    private List<Double> kinks(double bottom, double top) {
      List<Double> kinks = new ArrayList<>();
      for (Group group : groups) {
        Subscriber subscriber = group.subscriber();
        VirtualTypePieces pieces = group.law().pieces();
        for (double at : group.drops().at()) {
          for (int e = 0; e <= 2 * pieces.count(); e++) {
            double y =
                e == 2 * pieces.count()
                    ? 0
                    : e % 2 == 0 ? pieces.valueFrom(e / 2) : pieces.valueTo(e / 2);
            double kink = subscriber.scale(y) * at + subscriber.shift(y) / rest;
            if (kink > bottom && kink < top && (y >= 0 || !subscriber.value().multiplicative())) {
              kinks.add(kink);
            }
          }
          if (kinks.size() > KINKS) {
            return List.of();
          }
        }
      }
      return kinks;
    }
  }
}
