package bellwether.core.path;

import bellwether.core.distribution.Distribution;

/** The random walk x_{t+1} = x_t f_{t+1} with independent factors f, in periods. */
public final class MultiplicativeWalk implements PathProcess {
  private final Start initial;
  private final Sampler factor;
  private final double factorMean;

  /** A walk. */
  public MultiplicativeWalk(Start initial, Distribution factor) {
    this.initial = initial;
    this.factor = Sampler.of(factor);
    factorMean = factor.mean();
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
    double[] f = block.scratch(0);
    factor.draw(block, f);
    int paths = block.paths();
    for (int p = 0; p < paths; p++) {
      x[p] *= f[p];
    }
  }

  @Override
  public double mean(double time) {
    return initial.mean() * StrictMath.pow(factorMean, time);
  }
}
