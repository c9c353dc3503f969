package bellwether.core.path;

/**
 * The mean-reverting process of Ornstein and Uhlenbeck, dx = meanReversion (mean - x) dt +
 * volatility dW, by its exact transition: x moves to a normal number of mean m + (x - m) e^{-k dt}
 * and variance volatility^2 (1 - e^{-2 k dt}) / (2 k).
 */
public final class OrnsteinUhlenbeck implements Bridged {
  /** Of meanReversion times a step, for bridges: what is bent is a 1e-5th of a deviation then. */
  private static final double BRIDGE = 1.0 / 64;

  private final Start initial;
  private final double meanReversion;
  private final double mean;
  private final double volatility;

  /**
   * A process.
   *
   * @param meanReversion k, above 0
   * @param mean where it reverts to, finite
   * @param volatility at least 0
   * @throws IllegalArgumentException when they are not so
   */
  public OrnsteinUhlenbeck(Start initial, double meanReversion, double mean, double volatility) {
    Parameters.positive("meanReversion", meanReversion);
    Parameters.finite("mean", mean);
    Parameters.notNegative("volatility", volatility);
    this.initial = initial;
    this.meanReversion = meanReversion;
    this.mean = mean;
    this.volatility = volatility;
  }

  @Override
  public void begin(PathBlock block) {
    initial.set(block, block.state(0));
  }

  private double variance(double length) {
    return volatility
        * volatility
        * -StrictMath.expm1(-2 * meanReversion * length)
        / (2 * meanReversion);
  }

  @Override
  public void advance(PathBlock block, double from, double to) {
    double length = to - from;
    double keep = StrictMath.exp(-meanReversion * length);
    double pull = -StrictMath.expm1(-meanReversion * length) * mean;
    double sd = Math.sqrt(variance(length));
    double[] x = block.state(0);
    double[] z = block.scratch(0);
    block.normals(z);
    int paths = block.paths();
    for (int p = 0; p < paths; p++) {
      x[p] = Math.fma(keep, x[p], Math.fma(sd, z[p], pull));
    }
  }

  @Override
  public double mean(double time) {
    return mean + (initial.mean() - mean) * StrictMath.exp(-meanReversion * time);
  }

  @Override
  public double longestStep() {
    return BRIDGE / meanReversion;
  }

  /**
   * With y = e^{k (t - from)} (x - m) the process is a Brownian motion on another clock and the
   * level a curve; over a short step the curve is a line, and a line is as good as a level.
   */
  @Override
  public void stay(
      PathBlock block, double level, double from, double to, double[] before, double[] staying) {
    double grown = StrictMath.exp(meanReversion * (to - from));
    double[] distance = block.scratch(1);
    double[] distanceAfter = block.scratch(2);
    double[] x = block.state(0);
    int paths = block.paths();
    for (int p = 0; p < paths; p++) {
      distance[p] = level - before[p];
      distanceAfter[p] = grown * (level - x[p]);
    }
    double variance = grown * grown * variance(to - from);
    ArithmeticBrownian.stay(block, variance, distance, distanceAfter, staying);
  }
}
