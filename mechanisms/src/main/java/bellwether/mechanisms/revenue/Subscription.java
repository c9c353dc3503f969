package bellwether.mechanisms.revenue;

import bellwether.core.bandit.RetirementSteps;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.VirtualTypePieces;
import bellwether.mechanisms.virtual.VirtualWeight;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The subscription phase of a bandit auction for revenue: what bidders of given initial types
 * expect, and pay in advance, before the first item is auctioned.
 *
 * <p>Allocations begin in period 0 and are weighted delta^t; where they begin a period after the
 * subscription, everything here is multiplied by delta. With B the arm's reward, under the optimal
 * rule for the reports of all,
 *
 * <pre>
 *   slope_i(z) = E sum_t delta^t B_i (values A B) or C_i (values A C + B) when i reports z
 *   U_i = integral from the lowest type to s0 of A'(z) slope_i(z) dz       V_i = E sum_t delta^t v_i
 *   p*_i = V_i - U_i        upfront_i = p*_i - V_i + (W - W_-i) / alpha_i
 * </pre>
 *
 * <p>slope_i is dW / dy_i, and follows from Whittle's product without a simulation: with drops D_ik
 * of phi_i' at the breakpoints M_ik, scaled by the type to K_ik,
 *
 * <pre>
 *   E sum_t delta^t B_i 1{i wins} = sum_k D_ik M_ik prod_{j != i} phi_j'(K_ik)
 *   E sum_t delta^t 1{i wins}     = sum_k D_ik prod_{j != i} phi_j'(K_ik) / (1 - delta).
 * </pre>
 *
 * <p>Bidders whose p* is not positive are inactive, as are excluded ones: all their figures are 0.
 * Ties go to the lower bidder. Cost: one merge, and for each bidder one pass over the others'
 * breakpoints and some evaluations of W. Source: Kakade, Lobel and Nazerzadeh (2013), sections 4.1
 * and 5.2.2.
 */
public final class Subscription {
  private static final double NOISE = 0x1p-48;

  private final double welfare;
  private final double nobody;
  private final double[] welfareWithout;
  private final double[] wins;
  private final boolean[] active;
  private final double[] expectedPayment;
  private final double[] upfront;
  private final double[] utility;
  private final double[] expectedValue;

  private Subscription(int n, double welfare, double nobody) {
    this.welfare = welfare;
    this.nobody = nobody;
    welfareWithout = new double[n];
    wins = new double[n];
    active = new boolean[n];
    expectedPayment = new double[n];
    upfront = new double[n];
    utility = new double[n];
    expectedValue = new double[n];
  }

  /**
   * Computes the phase.
   *
   * @param subscribers any number
   * @param initialTypes of each, in the support of its law
   * @param discount delta, in [0, 1)
   * @param outsideValue of nobody winning, a period, finite
   * @param workers for the bidders; the bits of the result do not depend on them
   * @throws IllegalArgumentException naming the first argument that is not allowed
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static Subscription of(
      List<Subscriber> subscribers,
      double[] initialTypes,
      double discount,
      double outsideValue,
      Workers workers) {
    int n = subscribers.size();
    if (initialTypes.length != n) {
      throw new IllegalArgumentException(
          "initialTypes must have one entry a bidder, " + n + ": " + initialTypes.length);
    }
    double bottom = ExpectedProfit.bottom(discount, outsideValue);
    double[] scale = new double[n];
    double[] offset = new double[n];
    ArmDrops[] drops = new ArmDrops[n];
    IdentityHashMap<RetirementSteps, ArmDrops> known = new IdentityHashMap<>();
    Map<PrivateType, VirtualTypePieces> pieces = new HashMap<>();
    for (int i = 0; i < n; i++) {
      Subscriber subscriber = subscribers.get(i);
      PrivateType type = subscriber.value().type();
      if (!type.supports(initialTypes[i])) {
        throw new IllegalArgumentException(
            "initialTypes[" + i + "] must lie in the support: " + initialTypes[i]);
      }
      drops[i] = known.computeIfAbsent(subscriber.steps(), ArmDrops::of);
      double y = type.virtualType(initialTypes[i]);
      if (subscriber.included(y)) {
        scale[i] = subscriber.scale(y);
        offset[i] = subscriber.shift(y) / (1 - discount);
        pieces.computeIfAbsent(type, VirtualTypePieces::of);
      }
    }
    BreakpointMerge merge = new BreakpointMerge(drops, scale, offset, bottom);
    Subscription result = new Subscription(n, bottom + merge.gain(), merge.rest());
    workers.forEach(
        n,
        i -> {
          result.welfareWithout[i] = result.welfare;
          if (scale[i] > 0) {
            Subscriber subscriber = subscribers.get(i);
            Others others = merge.others(i);
            Rent rent = new Rent(subscriber, drops[i], others, discount, bottom);
            result.fill(i, initialTypes[i], subscriber, drops[i], others, rent, bottom, discount);
            if (result.expectedValue[i] != 0) {
              result.settle(
                  i,
                  subscriber.value().weight(initialTypes[i]),
                  rent.of(
                      initialTypes[i],
                      Objects.requireNonNull(pieces.get(subscriber.value().type()))));
            }
          }
        });
    return result;
  }

  /** What bidder i wins, and W_-i. */
  private void fill(
      int i,
      double s0,
      Subscriber subscriber,
      ArmDrops drops,
      Others others,
      Rent rent,
      double bottom,
      double discount) {
    PrivateValue value = subscriber.value();
    double y = value.type().virtualType(s0);
    double reward = 0;
    double time = 0;
    for (int k = 0; k < drops.count(); k++) {
      double key = subscriber.scale(y) * drops.at()[k] + subscriber.shift(y) / (1 - discount);
      if (!(key > bottom)) {
        break;
      }
      double share = drops.drop()[k] * others.own(k);
      reward += share * drops.at()[k];
      time += share;
    }
    wins[i] = time / (1 - discount);
    double a = value.type().function().value(s0);
    expectedValue[i] =
        value.multiplicative() ? a * reward : Math.fma(a * value.constant(), wins[i], reward);
    welfareWithout[i] = Math.max(bottom, welfare - rent.added(y));
  }

  private void settle(int i, VirtualWeight weight, double rent) {
    double payment = expectedValue[i] - rent;
    // Who can never win is left with rounding errors of the others' product.
    if (payment > NOISE * Math.abs(welfare) / weight.alpha()) {
      active[i] = true;
      expectedPayment[i] = payment;
      utility[i] = rent;
      upfront[i] = (welfare - welfareWithout[i]) / weight.alpha() - rent;
    } else {
      expectedValue[i] = 0;
    }
  }

  /** W, the weighted welfare at the initial types. */
  public double welfare() {
    return welfare;
  }

  /** The expected discount when nobody is served any more: W holds M0 times this of nobody. */
  public double nobody() {
    return nobody;
  }

  /** W without each bidder, a copy. */
  public double[] welfareWithout() {
    return welfareWithout.clone();
  }

  /**
   * The expected discounted number of each bidder's wins, before inactive ones are told; a copy.
   */
  public double[] wins() {
    return wins.clone();
  }

  /** Whether a bidder takes part: its expected payment is positive. */
  public boolean active(int bidder) {
    return active[bidder];
  }

  /** p*, all that each bidder is expected to pay; a copy. */
  public double[] expectedPayment() {
    return expectedPayment.clone();
  }

  /** What each bidder pays in advance, a copy. */
  public double[] upfront() {
    return upfront.clone();
  }

  /** U, what each bidder expects to gain, a copy. */
  public double[] utility() {
    return utility.clone();
  }

  /** V, the value that each bidder expects, a copy. */
  public double[] expectedValue() {
    return expectedValue.clone();
  }
}
