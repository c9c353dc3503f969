package bellwether.mechanisms.auction;

/**
 * How closely to bracket the welfare of bidders given by curves.
 *
 * <p>The error of a bracket falls with the square of the number of evaluations: a tolerance a
 * hundred times smaller costs ten times as many.
 *
 * @param tolerance the largest width of the bracket of W and of each W_-i, in (0, 1), as a share of
 *     the largest {@code scale * |lastBreakpoint|} and {@code |shift| / (1 - delta)} among the
 *     curves that can beat the outside option, that is, of the values at stake
 * @param maxEvaluations of all curves together, at least 1
 */
public record CurveOptions(double tolerance, long maxEvaluations) {
  /** Brackets of 1e-8, with at most a million evaluations. */
  public static final CurveOptions DEFAULT = new CurveOptions(1e-8, 1_000_000);

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException when one of them is out of range
   */
  public CurveOptions {
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new IllegalArgumentException("tolerance must be in (0, 1): " + tolerance);
    }
    if (maxEvaluations < 1) {
      throw new IllegalArgumentException("maxEvaluations must be at least 1: " + maxEvaluations);
    }
  }
}
