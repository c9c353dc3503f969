package bellwether.mechanisms.auction;

/**
 * The weight of a bidder in the designer's objective: a reward r counts {@code scale * r + shift} a
 * period.
 *
 * <p>An arm with these rewards has index {@code scale * G + shift}, breakpoints {@code scale * M_j
 * + shift / (1 - delta)} and the same factors phi', so that a weight costs nothing but the merge
 * (Kakade, Lobel and Nazerzadeh 2013, virtual indices). Welfare has {@code shift = 0} and the units
 * of the rewards as {@code scale}.
 *
 * @param scale alpha, positive and finite
 * @param shift beta, finite, in weighted reward a period
 */
public record AffineWeight(double scale, double shift) {
  /** Rewards as they are. */
  public static final AffineWeight ONE = new AffineWeight(1, 0);

  /**
   * Checks the weight.
   *
   * @throws IllegalArgumentException when {@code scale} is not positive and finite or {@code shift}
   *     is not finite
   */
  public AffineWeight {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("scale must be positive and finite: " + scale);
    }
    if (!Double.isFinite(shift)) {
      throw new IllegalArgumentException("shift must be finite: " + shift);
    }
  }

  /** A weight that only changes units. */
  public static AffineWeight scale(double scale) {
    return new AffineWeight(scale, 0);
  }
}
