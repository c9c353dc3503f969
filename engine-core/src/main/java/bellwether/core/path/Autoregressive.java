package bellwether.core.path;

import bellwether.core.distribution.Distribution;

/**
 * The autoregressive process x_{t+1} = gamma x_t + e_{t+1} with independent e, in periods. With
 * normal noise its law at every time is exact; nothing is truncated.
 */
public final class Autoregressive implements PathProcess {
  private final Start initial;
  private final double gamma;
  private final Sampler noise;
  private final double noiseMean;

  /**
   * A process.
   *
   * @param gamma finite; of size below 1 where the process is to have a limit
   * @throws IllegalArgumentException when {@code gamma} is not finite
   */
  public Autoregressive(Start initial, double gamma, Distribution noise) {
    Parameters.finite("gamma", gamma);
    this.initial = initial;
    this.gamma = gamma;
    this.noise = Sampler.of(noise);
    noiseMean = noise.mean();
  }

  @Override
  public boolean inPeriods() {
    return true;
  }

  @Override
  public void begin(PathBlock block) {
    initial.set(block, block.state(0));
  }

  @Override
  public void advance(PathBlock block, double from, double to) {
    double[] x = block.state(0);
    double[] e = block.scratch(0);
    noise.draw(block, e);
    int paths = block.paths();
    for (int p = 0; p < paths; p++) {
      x[p] = Math.fma(gamma, x[p], e[p]);
    }
  }

  @Override
  public double mean(double time) {
    double power = StrictMath.pow(gamma, time);
    double sum = gamma == 1 ? time : (1 - power) / (1 - gamma);
    return power * initial.mean() + sum * noiseMean;
  }
}
