package bellwether.mechanisms.population;

/**
 * The law of the later type for a range of the earlier one.
 *
 * @param upTo the range ends here; it begins where the one before ends
 * @param values of the later type
 * @param probabilities of the values
 */
@SuppressWarnings("ArrayRecordComponent")
public record Segment(double upTo, double[] values, double[] probabilities) {
  /** How far from 1 the sum of the probabilities may be. */
  public static final double SUM_TOLERANCE = 1e-9;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the one that is not allowed
   */
  public Segment {
    if (!Double.isFinite(upTo)) {
      throw new IllegalArgumentException("upTo must be finite: " + upTo);
    }
    if (values.length < 1 || probabilities.length != values.length) {
      throw new IllegalArgumentException(
          "probabilities must be as many as values, at least one: "
              + probabilities.length
              + " and "
              + values.length);
    }
    double sum = 0;
    for (int k = 0; k < values.length; k++) {
      if (!Double.isFinite(values[k])) {
        throw new IllegalArgumentException("values[" + k + "] must be finite: " + values[k]);
      }
      if (!(probabilities[k] >= 0 && probabilities[k] <= 1 + SUM_TOLERANCE)) {
        throw new IllegalArgumentException(
            "probabilities[" + k + "] must be a number from 0 to 1: " + probabilities[k]);
      }
      sum += probabilities[k];
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException("probabilities must sum to 1 within 1e-9: " + sum);
    }
    values = values.clone();
    probabilities = probabilities.clone();
  }

  /** The expected later type. */
  double mean() {
    double mean = 0;
    for (int k = 0; k < values.length; k++) {
      mean += probabilities[k] * values[k];
    }
    return mean;
  }
}
