package bellwether.mechanisms.contract;

/** Checks of arguments; NaN fails them all. */
final class Arguments {
  private static final double TOLERANCE = 1e-9;

  private Arguments() {}

  static void finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite: " + value);
    }
  }

  static void finite(String name, double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    for (int i = 0; i < values.length; i++) {
      finite(name + "[" + i + "]", values[i]);
    }
  }

  static void discount(double discount, long horizon) {
    if (horizon < 0) {
      throw new IllegalArgumentException("horizon must be at least 1, or 0 for none: " + horizon);
    }
    if (!(discount >= 0 && (discount < 1 || (discount == 1 && horizon > 0)))) {
      throw new IllegalArgumentException(
          "discount must be in [0, 1), or 1 with a horizon: " + discount);
    }
  }

  /** The sum of a law, 1 within the tolerance. */
  static double law(String name, double[] entries, int offset, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double p = entries[offset + i];
      if (!(p >= 0 && p <= 1 + TOLERANCE)) {
        throw new IllegalArgumentException(
            name + " must have entries from 0 to 1: entry " + i + " is " + p);
      }
      sum += p;
    }
    if (!(Math.abs(sum - 1) <= TOLERANCE)) {
      throw new IllegalArgumentException(name + " must sum to 1 within 1e-9: " + sum);
    }
    return sum;
  }
}
