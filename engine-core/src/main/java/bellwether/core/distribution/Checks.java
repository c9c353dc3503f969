package bellwether.core.distribution;

/** Checks of parameters; NaN fails them all. */
final class Checks {
  private Checks() {}

  static void finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite: " + value);
    }
  }

  static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and above 0: " + value);
    }
  }

  /** The mean must be finite, whatever the parameters. */
  static void mean(double mean) {
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("mean must be finite: " + mean);
    }
  }

  static void probability(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("probability must be in [0, 1]: " + p);
    }
  }
}
