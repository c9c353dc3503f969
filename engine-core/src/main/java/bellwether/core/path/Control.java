package bellwether.core.path;

/**
 * A variate whose mean is known. Every mean f of a study becomes f - b (c - mean) with the b that
 * leaves the least variance, from the same paths.
 */
public sealed interface Control {

  /** The value at time 0, whose mean the process knows. */
  record Initial() implements Control {}

  /**
   * The value at the last of the study's times.
   *
   * @param mean what is known to be its mean, finite
   */
  record Last(double mean) implements Control {
    /**
     * Checks the mean.
     *
     * @throws IllegalArgumentException when it is not finite
     */
    public Last {
      Parameters.finite("mean", mean);
    }
  }
}
