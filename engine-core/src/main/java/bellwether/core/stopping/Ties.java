package bellwether.core.stopping;

/** Values that differ by no more than rounding tie, and ties stop. */
final class Ties {
  private static final double RELATIVE = 1e-9;

  private Ties() {}

  /** Whether stopping for {@code payoff} is at least as good as going on for {@code other}. */
  static boolean stops(double payoff, double other) {
    return payoff > other - RELATIVE * (1 + Math.max(Math.abs(payoff), Math.abs(other)));
  }
}
