package bellwether.mechanisms.trade;

import java.util.HashMap;
import java.util.Map;

/**
 * The supremum of the discounts at which the surplus is negative, by bracketing from above.
 *
 * <p>Payoffs and deficit are power series in d whose coefficients are not negative, so they and
 * their slopes increase with d. On [a, b] every payoff of a pair of types less the deficit is at
 * least its value at the middle less half the width times the largest slope, which the slopes at a
 * and b bound; and payoffs at a less the deficit at b bound it too. An interval on which the
 * surplus cannot be negative is dropped, one on which it can is halved, the right half first; the
 * first sign change that is left is bisected. No grid can step over a root: an interval is only
 * dropped when the bounds say so, down to a width of 1e-7 of its distance from 1.
 */
final class CriticalDiscount {
  /** An infinite horizon is searched up to here; beyond, the sign is that of the limit. */
  private static final double HIGHEST = 1 - 1e-8;

  /** Relative to the sums that are subtracted: what rounding may make of 0. */
  private static final double ROUNDING = 1e-13;

  private static final double NARROW = 1e-7;
  private static final int MOST_EVALUATIONS = 20_000;

  /** Multiplications that are spent where bounds never tell, a surplus of 0 throughout. */
  private static final double MOST_WORK = 2e10;

  private static final double NONE = -1;

  private final BilateralTrade trade;
  private final Map<Double, Point> known = new HashMap<>();
  private final int mostEvaluations;
  private int evaluations;

  CriticalDiscount(BilateralTrade trade) {
    this.trade = trade;
    double each = 200 * Math.pow(trade.types(), 3);
    mostEvaluations = (int) Math.clamp(MOST_WORK / each, 200, MOST_EVALUATIONS);
  }

  /** What is known at one discount. */
  private record Point(BilateralTrade.Budget value, BilateralTrade.Budget slope) {
    boolean negative() {
      double size = value.expectedDeficit() + value.maxSellerFee() + value.maxBuyerFee();
      return value.surplus() < -ROUNDING * size;
    }
  }

  private Point at(double discount) {
    Point point = known.get(discount);
    if (point == null) {
      evaluations++;
      point = new Point(trade.budget(discount), trade.slope(discount));
      known.put(discount, point);
    }
    return point;
  }

  double find() {
    double top = trade.isInfinite() ? HIGHEST : 1;
    if (at(top).negative()) {
      return Double.NaN;
    }
    double found = search(0, top);
    return found == NONE ? 0 : found;
  }

  /** The supremum within [a, b], or NONE. */
  private double search(double a, double b) {
    if (evaluations < mostEvaluations && cannotBeNegative(a, b)) {
      return NONE;
    }
    double distance = trade.isInfinite() ? 1 - b : 1;
    if (b - a <= NARROW * distance || evaluations >= mostEvaluations) {
      if (at(b).negative()) {
        return b;
      }
      return at(a).negative() ? bisect(a, b) : NONE;
    }
    double middle = middle(a, b);
    double right = search(middle, b);
    return right == NONE ? search(a, middle) : right;
  }

  /** Halves the interval: near 1 the distance from 1 on a logarithmic scale. */
  private double middle(double a, double b) {
    return trade.isInfinite() && 1 - a > 4 * (1 - b)
        ? 1 - Math.sqrt((1 - a) * (1 - b))
        : a / 2 + b / 2;
  }

  private boolean cannotBeNegative(double a, double b) {
    Point low = at(a);
    Point high = at(b);
    double fees = low.value().maxSellerFee() + low.value().maxBuyerFee();
    if (fees - high.value().expectedDeficit() >= 0) {
      return true;
    }
    Point middle = at(middle(a, b));
    double at = middle(a, b);
    // The function is a sum of minima: bound the least payoff of each side by its steepest fall.
    double left = at - a;
    double right = b - at;
    double rise = high.slope().expectedDeficit();
    double fall = low.slope().expectedDeficit();
    double slopeDown =
        rise - least(low.slope().sellerPayoffs()) - least(low.slope().buyerPayoffs());
    double slopeUp = most(high.slope().sellerPayoffs()) + most(high.slope().buyerPayoffs()) - fall;
    double worst = Math.max(left * Math.max(0, slopeUp), right * Math.max(0, slopeDown));
    return middle.value().surplus() - worst >= 0;
  }

  private static double least(double[] values) {
    double least = Double.POSITIVE_INFINITY;
    for (double v : values) {
      least = Math.min(least, v);
    }
    return least;
  }

  private static double most(double[] values) {
    double most = Double.NEGATIVE_INFINITY;
    for (double v : values) {
      most = Math.max(most, v);
    }
    return most;
  }

  /** Negative at a, not at b. */
  private double bisect(double a, double b) {
    double low = a;
    double high = b;
    for (int step = 0; step < 80; step++) {
      double middle = low / 2 + high / 2;
      if (!(middle > low && middle < high)) {
        break;
      }
      if (trade.budget(middle).surplus() < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
