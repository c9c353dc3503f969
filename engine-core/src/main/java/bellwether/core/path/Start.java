package bellwether.core.path;

import bellwether.core.distribution.Distribution;
import java.util.Arrays;

/** Where paths begin: at one point, or where each draws it. */
public sealed interface Start {

  /** Sets the state of every path. */
  void set(PathBlock block, double[] state);

  /** The expected starting point. */
  double mean();

  /**
   * One point for all.
   *
   * @param value finite
   */
  record Fixed(double value) implements Start {
    /**
     * Checks the point.
     *
     * @throws IllegalArgumentException when it is not finite
     */
    public Fixed {
      Parameters.finite("initial", value);
    }

    @Override
    public void set(PathBlock block, double[] state) {
      Arrays.fill(state, value);
    }

    @Override
    public double mean() {
      return value;
    }
  }

  /** A draw for each path, by a sampler of the distribution. */
  record Drawn(Distribution distribution, Sampler sampler) implements Start {
    @Override
    public void set(PathBlock block, double[] state) {
      sampler.draw(block, state);
    }

    @Override
    public double mean() {
      return distribution.mean();
    }
  }

  /** All paths begin at {@code value}. */
  static Start at(double value) {
    return new Fixed(value);
  }

  /** Paths begin at draws from {@code distribution}. */
  static Start from(Distribution distribution) {
    return new Drawn(distribution, Sampler.of(distribution));
  }
}
