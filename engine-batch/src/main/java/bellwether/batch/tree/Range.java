package bellwether.batch.tree;

/**
 * The numbers a key may take.
 *
 * @param low the least, or what all must exceed
 * @param lowIncluded whether {@code low} itself is allowed
 * @param high the greatest, or what all must stay below
 * @param highIncluded whether {@code high} itself is allowed
 * @param words the range as messages say it
 */
public record Range(
    double low, boolean lowIncluded, double high, boolean highIncluded, String words) {
  /** Discount factors: [0, 1). */
  public static final Range DISCOUNT =
      new Range(0, true, 1, false, "a number at least 0 and less than 1");

  /** (0, infinity). */
  public static final Range POSITIVE =
      new Range(0, false, Double.POSITIVE_INFINITY, false, "a finite number greater than 0");

  /** [0, infinity). */
  public static final Range NOT_NEGATIVE =
      new Range(0, true, Double.POSITIVE_INFINITY, false, "a finite number at least 0");

  /** Every finite number. */
  public static final Range FINITE =
      new Range(
          Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false, "a finite number");

  /** Whether {@code value} is allowed; NaN never is. */
  public boolean contains(double value) {
    return (lowIncluded ? value >= low : value > low)
        && (highIncluded ? value <= high : value < high);
  }

  /** What is wrong with a value that is not allowed. */
  public String wrong(double value) {
    return Double.isFinite(value) ? "out of range" : "not a finite number";
  }

  /** Some allowed number, to go on with after a mistake has been told. */
  double stopgap() {
    if (lowIncluded) {
      return low;
    }
    return low == Double.NEGATIVE_INFINITY ? 0 : Double.isFinite(high) ? (low + high) / 2 : low + 1;
  }
}
