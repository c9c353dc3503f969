package bellwether.mechanisms.revenue;

/**
 * The product of all bidders but one as a function of M: 1 above all their breakpoints, {@code
 * product[l]} between breakpoints l and l + 1, down to M0.
 */
final class Others {
  private final double[] points;
  private final double[] product;
  private final double[] own;
  private final double bottom;

  /** The integral from M0 up to each breakpoint. */
  private final double[] integral;

  /**
   * Takes the arrays over.
   *
   * @param points nonincreasing, above {@code bottom}
   * @param product directly below each
   * @param own the product at each breakpoint of the bidder that is left out, by whose turn it is
   *     where breakpoints are equal
   * @param bottom M0
   */
  Others(double[] points, double[] product, double[] own, double bottom) {
    this.points = points;
    this.product = product;
    this.own = own;
    this.bottom = bottom;
    integral = new double[points.length];
    double sum = 0;
    for (int l = points.length - 1; l >= 0; l--) {
      double lower = l + 1 < points.length ? points[l + 1] : bottom;
      sum += product[l] * (points[l] - lower);
      integral[l] = sum;
    }
  }

  int count() {
    return points.length;
  }

  double point(int l) {
    return points[l];
  }

  /** At breakpoint k of the bidder that is left out. */
  double own(int k) {
    return own[k];
  }

  /** How many breakpoints are above {@code retirement}. */
  private int above(double retirement) {
    int low = 0;
    int high = points.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (points[middle] > retirement) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The product at {@code retirement}, from below at a breakpoint. */
  double at(double retirement) {
    int l = above(retirement);
    return l == 0 ? 1 : product[l - 1];
  }

  /** The integral from M0 to {@code retirement}, 0 below M0. */
  double integral(double retirement) {
    if (!(retirement > bottom)) {
      return 0;
    }
    int l = above(retirement);
    double lower = l < points.length ? points[l] : bottom;
    double below = l < points.length ? integral[l] : 0;
    return below + (retirement - lower) * (l == 0 ? 1 : product[l - 1]);
  }
}
