package bellwether.core.mdp;

/**
 * What the sweeps of one solve prove, rounding counted: T h + d/(1-d) low &lt;= V* &lt;= T h +
 * d/(1-d) high, low and high the least and largest of T h - h (MacQueen 1966, Porteus 1971); with d
 * = 1 low and high bound the gain. One place for all models.
 */
final class SpanBounds {
  /** Sweeps without closer bounds after which an average is given up. */
  private static final int MOST_IDLE = 2000;

  private static final double UNIT = 0x1p-53;

  private final double discount;
  private final double factor;
  private final double tolerance;

  /** Half the distance of the bounds, without rounding, and what rounding may add. */
  private double halfWidth = Double.POSITIVE_INFINITY;

  private double rounding;
  private double middle;
  private double previousHalfWidth = Double.POSITIVE_INFINITY;
  private double leastHalfWidth = Double.POSITIVE_INFINITY;
  private int sinceLeast;

  /**
   * Bounds of a problem.
   *
   * @param largest the largest |r|
   * @param asked the tolerance, NaN for the default
   * @throws IllegalArgumentException when values may overflow
   */
  SpanBounds(double discount, double largest, double asked) {
    this.discount = discount;
    double most = discount < 1 ? largest / (1 - discount) : largest;
    if (!Double.isFinite(most * 4)) {
      throw new IllegalArgumentException(
          "rewards must be smaller: |r| / (1 - discount) overflows at |r| = " + largest);
    }
    factor = discount < 1 ? discount / (1 - discount) : 1;
    tolerance = Double.isNaN(asked) ? 1e-9 * Math.max(1, most) : asked;
  }

  /**
   * Takes in a sweep.
   *
   * @param rho how far its numbers may be off
   * @param size the largest |h| or |T h|
   */
  void take(double low, double high, double rho, double size) {
    previousHalfWidth = halfWidth;
    halfWidth = factor * (high - low) / 2;
    middle = factor * (low / 2 + high / 2);
    rounding =
        discount < 1 ? rho * (1 + 2 * factor) + 4 * UNIT * (Math.abs(middle) + size) : 2 * rho;
    if (halfWidth < leastHalfWidth * 0.999) {
      leastHalfWidth = halfWidth;
      sinceLeast = 0;
    } else {
      sinceLeast++;
    }
  }

  /** The guaranteed error of the middle. */
  double gap() {
    return halfWidth + rounding;
  }

  boolean converged() {
    return gap() <= tolerance;
  }

  /** What T h is off by in the middle of the bounds; the gain where d = 1. */
  double middle() {
    return middle;
  }

  /** Whether the bounds are as close as rounding lets them come, or do not close at all. */
  boolean exhausted() {
    return halfWidth <= rounding / 4 || (discount == 1 && sinceLeast > MOST_IDLE);
  }

  /** Half the distance of the bounds over what it was a sweep before. */
  double ratio() {
    return halfWidth / previousHalfWidth;
  }

  /** How many times smaller half the distance of the bounds has to become. */
  double toGo() {
    return halfWidth / Math.max(tolerance - rounding, tolerance / 4);
  }

  /** The same if there were no rounding. */
  double toTolerance() {
    return halfWidth / tolerance;
  }

  /** How many times smaller it has to become to be this share of what rounding may add. */
  double toRounding(double share) {
    return halfWidth / (share * rounding);
  }

  /** How often the bounds have failed to close since they were closest. */
  int sinceLeast() {
    return sinceLeast;
  }
}
