package bellwether.core.path;

import bellwether.core.kernel.FunctionKernels;

/**
 * Brownian motion with drift, dx = drift dt + volatility dW. Steps are exact, whatever their
 * length.
 */
public final class ArithmeticBrownian implements Bridged {
  private final Start initial;
  private final double drift;
  private final double volatility;

  /**
   * A motion.
   *
   * @param drift a unit of time, finite
   * @param volatility a unit of time's standard deviation, at least 0
   * @throws IllegalArgumentException when they are not so
   */
  public ArithmeticBrownian(Start initial, double drift, double volatility) {
    Parameters.finite("drift", drift);
    Parameters.notNegative("volatility", volatility);
    this.initial = initial;
    this.drift = drift;
    this.volatility = volatility;
  }

  @Override
  public void begin(PathBlock block) {
    initial.set(block, block.state(0));
  }

  @Override
  public void advance(PathBlock block, double from, double to) {
    move(block, drift * (to - from), volatility * Math.sqrt(to - from));
  }

  /** x += drift + sd z. */
  static void move(PathBlock block, double drift, double sd) {
    double[] x = block.state(0);
    double[] z = block.scratch(0);
    block.normals(z);
    int paths = block.paths();
    for (int p = 0; p < paths; p++) {
      x[p] = Math.fma(sd, z[p], x[p] + drift);
    }
  }

  @Override
  public double mean(double time) {
    return initial.mean() + drift * time;
  }

  @Override
  public void stay(
      PathBlock block, double level, double from, double to, double[] before, double[] staying) {
    double[] distance = block.scratch(1);
    double[] distanceAfter = block.scratch(2);
    double[] x = block.state(0);
    int paths = block.paths();
    for (int p = 0; p < paths; p++) {
      distance[p] = level - before[p];
      distanceAfter[p] = level - x[p];
    }
    stay(block, volatility * volatility * (to - from), distance, distanceAfter, staying);
  }

  /**
   * A Brownian bridge from a to b below a level, both distances from it, exceeds it with
   * probability exp(-2 a b / variance) (Karatzas and Shreve 1991, 4.3.40).
   */
  static void stay(PathBlock block, double variance, double[] a, double[] b, double[] staying) {
    int paths = block.paths();
    double[] exponent = block.scratch(3);
    double[] crossing = block.scratch(4);
    for (int p = 0; p < paths; p++) {
      // Without noise the way is straight, and -2 a b / 0 would not be a number where a b is 0.
      boolean over = !(a[p] >= 0 && b[p] >= 0);
      exponent[p] = over ? 0 : variance > 0 ? -2 * a[p] * b[p] / variance : -1e3;
    }
    FunctionKernels functions = block.kernels().functions();
    functions.exp(exponent, 0, crossing, 0, paths);
    for (int p = 0; p < paths; p++) {
      staying[p] *= 1 - crossing[p];
    }
  }
}
