package bellwether.mechanisms.virtual;

/**
 * An interval of initial types.
 *
 * @param from its lower end, may be -infinity
 * @param to its upper end, may be infinity
 */
public record TypeInterval(double from, double to) {

  /** Whether {@code s0} lies between the ends or at one of them. */
  public boolean contains(double s0) {
    return s0 >= from && s0 <= to;
  }
}
