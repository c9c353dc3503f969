package bellwether.core.path;

import java.util.Arrays;

/**
 * Geometric Brownian motion, dS = drift S dt + volatility S dW: S = S_0 exp((drift - volatility^2 /
 * 2) t + volatility W_t). Steps are exact; the exponential is taken only where the process is
 * observed.
 */
public final class GeometricBrownian implements Bridged {
  private final Start initial;
  private final double drift;
  private final double volatility;

  /**
   * A motion.
   *
   * @param initial above 0
   * @param drift a unit of time, finite
   * @param volatility a unit of time's standard deviation of ln S, at least 0
   * @throws IllegalArgumentException when they are not so
   */
  public GeometricBrownian(Start initial, double drift, double volatility) {
    if (initial instanceof Start.Fixed fixed) {
      Parameters.positive("initial", fixed.value());
    } else if (initial instanceof Start.Drawn drawn && !(drawn.distribution().low() >= 0)) {
      throw new IllegalArgumentException(
          "initial must be >= 0: a distribution from " + drawn.distribution().low());
    }
    Parameters.finite("drift", drift);
    Parameters.notNegative("volatility", volatility);
    this.initial = initial;
    this.drift = drift;
    this.volatility = volatility;
  }

  /** ln (S / S_0), and S_0. */
  @Override
  public int states() {
    return 2;
  }

  @Override
  public void begin(PathBlock block) {
    Arrays.fill(block.state(0), 0);
    initial.set(block, block.state(1));
  }

  @Override
  public void advance(PathBlock block, double from, double to) {
    double length = to - from;
    ArithmeticBrownian.move(
        block, (drift - 0.5 * volatility * volatility) * length, volatility * Math.sqrt(length));
  }

  @Override
  public double[] values(PathBlock block) {
    double[] value = block.scratch(5);
    double[] start = block.state(1);
    int paths = block.paths();
    block.kernels().functions().exp(block.state(0), 0, value, 0, paths);
    for (int p = 0; p < paths; p++) {
      value[p] *= start[p];
    }
    return value;
  }

  @Override
  public double mean(double time) {
    return initial.mean() * StrictMath.exp(drift * time);
  }

  @Override
  public void stay(
      PathBlock block, double level, double from, double to, double[] before, double[] staying) {
    double[] distance = block.scratch(1);
    double[] distanceAfter = block.scratch(2);
    double[] ratio = block.scratch(3);
    double[] x = block.state(0);
    double[] start = block.state(1);
    int paths = block.paths();
    if (level <= 0) {
      Arrays.fill(staying, 0, paths, 0);
      return;
    }
    for (int p = 0; p < paths; p++) {
      ratio[p] = level / start[p];
    }
    block.kernels().functions().log(ratio, 0, distance, 0, paths);
    for (int p = 0; p < paths; p++) {
      distanceAfter[p] = distance[p] - x[p];
      distance[p] -= before[p];
    }
    double variance = volatility * volatility * (to - from);
    ArithmeticBrownian.stay(block, variance, distance, distanceAfter, staying);
  }
}
