package bellwether.core.path;

import java.util.Arrays;

/**
 * The posterior mean of a normal mean with known noise, one observation a period. After n
 * observations the mean is known up to noiseSd / sqrt(n); the next one moves the posterior mean by
 * a normal number of standard deviation noiseSd / sqrt(n (n + 1)).
 */
public final class NormalLearning implements PathProcess {
  private final double mean;
  private final double observations;
  private final double noiseSd;

  /**
   * A learner.
   *
   * @param mean of the prior, finite
   * @param observations what the prior is worth, above 0
   * @param noiseSd standard deviation of one observation, above 0
   * @throws IllegalArgumentException when they are not so
   */
  public NormalLearning(double mean, double observations, double noiseSd) {
    Parameters.finite("mean", mean);
    Parameters.positive("observations", observations);
    Parameters.positive("noiseSd", noiseSd);
    this.mean = mean;
    this.observations = observations;
    this.noiseSd = noiseSd;
  }

  @Override
  public boolean inPeriods() {
    return true;
  }

  @Override
  public void begin(PathBlock block) {
    Arrays.fill(block.state(0), mean);
  }

  @Override
  public void advance(PathBlock block, double from, double to) {
    double n = observations + from;
    ArithmeticBrownian.move(block, 0, noiseSd / Math.sqrt(n * (n + 1)));
  }

  @Override
  public double mean(double time) {
    return mean;
  }
}
