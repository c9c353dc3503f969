package bellwether.mechanisms.auction;

/**
 * The map {@code r -> scale * r + shift} of rewards a period.
 *
 * <p>An arm whose rewards are mapped has index {@code scale * G + shift}, breakpoints {@code scale
 * * M_j + shift / (1 - delta)} and the same factors phi', so that a map costs nothing but the merge
 * (Kakade, Lobel and Nazerzadeh 2013, virtual indices).
 *
 * @param scale positive and finite
 * @param shift finite, in mapped reward a period
 */
public record AffineMap(double scale, double shift) {
  /** Leaves rewards as they are. */
  public static final AffineMap IDENTITY = new AffineMap(1, 0);

  /**
   * Checks the map.
   *
   * @throws IllegalArgumentException when {@code scale} is not positive and finite or {@code shift}
   *     is not finite
   */
  public AffineMap {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("scale must be positive and finite: " + scale);
    }
    if (!Double.isFinite(shift)) {
      throw new IllegalArgumentException("shift must be finite: " + shift);
    }
  }

  /** A map that only changes units. */
  public static AffineMap scale(double scale) {
    return new AffineMap(scale, 0);
  }

  /** The image of one reward or index. */
  public double apply(double reward) {
    return scale * reward + shift;
  }

  /** The reward whose image is {@code image}. */
  public double invert(double image) {
    return (image - shift) / scale;
  }

  /** First {@code inner}, then this map. */
  public AffineMap after(AffineMap inner) {
    return new AffineMap(scale * inner.scale, apply(inner.shift));
  }
}
