package bellwether.mechanisms.revenue;

import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.VirtualTypePieces;
import java.util.Arrays;

/**
 * The information rent of one bidder against the reports of the others,
 *
 * <pre>  U(s0) = integral from the lowest type to s0 of A'(z) slope(y(z)) dz,   slope = dW / dy.
 * </pre>
 *
 * <p>W is convex and piecewise linear in y. With few breakpoints the kinks of W are the ends of
 * cells on which the slope is constant, and the sum of slope times the change of A is exact. With
 * many of them a cell contributes (change of W) (change of A) / (change of y), which is exact where
 * A is linear in y, whatever the kinks (uniform and exponential types, say), and whose error falls
 * with the square of the cells elsewhere; doubled and extrapolated until two values agree.
 */
final class Rent {
  /** Pairs of own breakpoints and breakpoints of the others that are taken one by one. */
  private static final long FEW = 20_000;

  private static final int FIRST_CELLS = 32;
  private static final int MOST_CELLS = 2048;
  private static final double TOLERANCE = 1e-11;

  private final Subscriber subscriber;
  private final ArmDrops drops;
  private final Others others;
  private final double rest;
  private final double bottom;

  Rent(Subscriber subscriber, ArmDrops drops, Others others, double discount, double bottom) {
    this.subscriber = subscriber;
    this.drops = drops;
    this.others = others;
    this.rest = 1 - discount;
    this.bottom = bottom;
  }

  private double key(int k, double y) {
    return subscriber.scale(y) * drops.at()[k] + subscriber.shift(y) / rest;
  }

  /** W - W_-i of virtual type y. */
  double added(double y) {
    if (!subscriber.included(y)) {
      return 0;
    }
    double sum = 0;
    for (int k = 0; k < drops.count(); k++) {
      double key = key(k, y);
      if (!(key > bottom)) {
        break;
      }
      sum += drops.drop()[k] * others.integral(key);
    }
    return sum;
  }

  /** dW / dy: the expected discounted B, or C times the expected discounted number of wins. */
  double slope(double y) {
    if (!subscriber.included(y)) {
      return 0;
    }
    boolean multiplicative = subscriber.value().multiplicative();
    double unit = subscriber.value().constant() / rest;
    double sum = 0;
    for (int k = 0; k < drops.count(); k++) {
      double key = key(k, y);
      if (!(key > bottom)) {
        break;
      }
      sum += drops.drop()[k] * (multiplicative ? drops.at()[k] : unit) * others.at(key);
    }
    return sum;
  }

  /** U(s0). */
  double of(double s0, VirtualTypePieces pieces) {
    double threshold = threshold();
    double sum = 0;
    if (threshold == Double.POSITIVE_INFINITY) {
      return 0;
    }
    for (int p = 0; p < pieces.count() && pieces.from(p) < s0; p++) {
      double from = pieces.from(p);
      double to = Math.min(s0, pieces.to(p));
      if (pieces.valueTo(p) >= pieces.valueFrom(p)) {
        from = pieces.valueFrom(p) >= threshold ? from : pieces.solve(p, threshold);
      } else {
        to = pieces.valueTo(p) >= threshold ? to : Math.min(to, pieces.solve(p, threshold));
      }
      if (from < to) {
        boolean few = (long) drops.count() * (others.count() + 1) <= FEW;
        sum += few ? exactly(from, to, p, pieces) : extrapolated(from, to);
      }
    }
    return sum;
  }

  /** The virtual type below which the bidder adds nothing; infinity when none adds anything. */
  private double threshold() {
    if (drops.count() == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double first = drops.at()[0];
    if (subscriber.value().multiplicative()) {
      double w = bottom + subscriber.cost() / rest;
      return first > 0 ? Math.max(0, w / first) : w < 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    double constant = subscriber.value().constant();
    // With C = 0 the type does not matter, and there is no rent.
    return constant == 0
        ? Double.POSITIVE_INFINITY
        : ((bottom - first) * rest + subscriber.cost()) / constant;
  }

  private double exactly(double from, double to, int piece, VirtualTypePieces pieces) {
    PrivateType type = subscriber.value().type();
    double yFrom = type.virtualType(from);
    double yTo = type.virtualType(to);
    double low = Math.min(yFrom, yTo);
    double high = Math.max(yFrom, yTo);
    double[] kinks = new double[drops.count() * (others.count() + 1)];
    int n = 0;
    for (int k = 0; k < drops.count(); k++) {
      for (int l = 0; l <= others.count(); l++) {
        double y = solve(k, l < others.count() ? others.point(l) : bottom);
        if (y > low && y < high) {
          kinks[n++] = y;
        }
      }
    }
    double[] ends = Arrays.copyOf(kinks, n + 2);
    ends[n] = low;
    ends[n + 1] = high;
    Arrays.sort(ends);
    boolean rises = yTo >= yFrom;
    double sum = 0;
    double before = rises ? from : to;
    for (int e = 1; e < ends.length; e++) {
      double next = e == ends.length - 1 ? (rises ? to : from) : pieces.solve(piece, ends[e]);
      if (ends[e] > ends[e - 1]) {
        double change = type.function().value(next) - type.function().value(before);
        sum += slope(ends[e - 1] + (ends[e] - ends[e - 1]) / 2) * Math.abs(change);
      }
      before = next;
    }
    return sum;
  }

  /** The virtual type at which own breakpoint k comes to {@code retirement}. */
  private double solve(int k, double retirement) {
    return subscriber.value().multiplicative()
        ? (retirement + subscriber.cost() / rest) / drops.at()[k]
        : ((retirement - drops.at()[k]) * rest + subscriber.cost()) / subscriber.value().constant();
  }

  private double extrapolated(double from, double to) {
    double coarse = cells(from, to, FIRST_CELLS);
    double last = coarse;
    for (int cells = 2 * FIRST_CELLS; cells <= MOST_CELLS; cells *= 2) {
      double fine = cells(from, to, cells);
      double value = fine + (fine - coarse) / 3;
      if (Math.abs(value - last) <= TOLERANCE * Math.abs(value)) {
        return value;
      }
      coarse = fine;
      last = value;
    }
    return last;
  }

  private double cells(double from, double to, int cells) {
    PrivateType type = subscriber.value().type();
    double y = type.virtualType(from);
    double a = type.function().value(from);
    double w = added(y);
    double sum = 0;
    for (int c = 1; c <= cells; c++) {
      double z = c == cells ? to : from + (to - from) * c / cells;
      double nextY = type.virtualType(z);
      double nextA = type.function().value(z);
      double nextW = added(nextY);
      double quotient = nextY == y ? slope(y) : (nextW - w) / (nextY - y);
      sum += quotient * (nextA - a);
      y = nextY;
      a = nextA;
      w = nextW;
    }
    return sum;
  }
}
