package bellwether.mechanisms.virtual;

/** The slope of a curve, as a sum whose rounding is known. */
@FunctionalInterface
interface Slope {
  /** The slope at a point inside. */
  Sum at(double s0);

  /** A sum of three terms. */
  record Sum(double first, double second, double third) {
    /** A sum this small beside its terms is 0 to rounding. */
    private static final double NOISE = 1e-13;

    /** 1, -1, or 0 where the terms cancel exactly. */
    int sign() {
      double sum = first + second + third;
      return sum > 0 ? 1 : sum < 0 ? -1 : 0;
    }

    /** The sign, but 0 where the sum is no more than rounding. */
    int clearSign() {
      double sum = Math.abs(first + second + third);
      double size = Math.abs(first) + Math.abs(second) + Math.abs(third);
      return sum <= NOISE * size && sum < Double.POSITIVE_INFINITY ? 0 : sign();
    }
  }
}
