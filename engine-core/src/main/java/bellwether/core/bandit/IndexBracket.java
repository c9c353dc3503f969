package bellwether.core.bandit;

/**
 * A Gittins index between two guaranteed bounds, rounding included.
 *
 * @param lower at most the index
 * @param upper at least the index
 * @param horizon pulls after which the computation stopped looking; 0 when it needed none
 */
public record IndexBracket(double lower, double upper, int horizon) {

  /** Below this, brackets of indices per unit of reward are not asked for unless a user does. */
  private static final double NARROW = 1e-10;

  /** Ten times what {@link BetaLattice} allows for rounding, and a little more. */
  private static final double ROUNDING = 1e-14;

  /** Nine digits: above this, a bracket is not given unless a user asks for it. */
  private static final double WIDE = 1e-9;

  /**
   * The width that is asked for when nobody says: 1e-10, and where rounding, about 2e-14 / (1 - d),
   * leaves less, up to 1e-9.
   *
   * @param discount d, in [0, 1)
   */
  public static double defaultTolerance(double discount) {
    return Math.min(WIDE, Math.max(NARROW, 1e-13 / (1 - discount)));
  }

  /**
   * The same for an arm whose rewards have this mean: a rate of one in a million deserves its
   * digits too. Never narrower than what rounding leaves.
   *
   * @param discount d, in [0, 1)
   * @param mean of a reward, positive
   */
  public static double defaultTolerance(double discount, double mean) {
    return Math.min(
        defaultTolerance(discount), Math.max(NARROW * mean, ROUNDING * (1 + 1 / (1 - discount))));
  }

  /** The middle of the bracket: at most half of {@link #width()} from the index. */
  public double index() {
    return lower + 0.5 * (upper - lower);
  }

  /** upper - lower. */
  public double width() {
    return upper - lower;
  }
}
