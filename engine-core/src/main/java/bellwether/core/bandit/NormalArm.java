package bellwether.core.bandit;

/**
 * An arm whose rewards are normal with known standard deviation and unknown mean, believed to be
 * N(mean, noiseSd^2 / observations) (a flat prior after {@code observations} draws).
 *
 * @param mean posterior mean, finite
 * @param observations draws seen so far, at least 1
 * @param noiseSd standard deviation of one reward, positive and finite
 */
public record NormalArm(double mean, int observations, double noiseSd) implements Arm {
  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException when one of them is out of range
   */
  public NormalArm {
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("mean must be finite: " + mean);
    }
    if (observations < 1) {
      throw new IllegalArgumentException("observations must be at least 1: " + observations);
    }
    if (!(noiseSd > 0 && noiseSd < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("noiseSd must be positive and finite: " + noiseSd);
    }
  }
}
