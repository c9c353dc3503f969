package bellwether.core.bandit;

/**
 * A Gittins index between two guaranteed bounds, rounding included.
 *
 * @param lower at most the index
 * @param upper at least the index
 * @param horizon pulls after which the computation stopped looking; 0 when it needed none
 */
public record IndexBracket(double lower, double upper, int horizon) {

  /** The middle of the bracket: at most half of {@link #width()} from the index. */
  public double index() {
    return lower + 0.5 * (upper - lower);
  }

  /** upper - lower. */
  public double width() {
    return upper - lower;
  }
}
