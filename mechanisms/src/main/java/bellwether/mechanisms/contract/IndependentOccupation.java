package bellwether.mechanisms.contract;

import bellwether.core.distribution.Distribution;
import java.util.stream.DoubleStream;

/** The same law with a density in every period. */
final class IndependentOccupation implements Occupation {
  private static final double[] LEVELS = {1e-12, 1e-6, 1e-3, 0.05, 0.25, 0.5};

  private final double mass;
  private final Distribution distribution;

  IndependentOccupation(double mass, Distribution distribution) {
    this.mass = mass;
    this.distribution = distribution;
  }

  @Override
  public double mass() {
    return mass;
  }

  @Override
  public double low() {
    return distribution.low();
  }

  @Override
  public double high() {
    return distribution.high();
  }

  @Override
  public double count(double level) {
    return mass * distribution.survival(level);
  }

  @Override
  public double excess(double level) {
    return mass * distribution.excess(level);
  }

  @Override
  public boolean reaches(double level) {
    return level < distribution.high();
  }

  @Override
  public double[] landmarks() {
    return DoubleStream.concat(
            DoubleStream.of(LEVELS)
                .flatMap(
                    p -> DoubleStream.of(distribution.quantile(p), distribution.upperQuantile(p))),
            DoubleStream.of(distribution.low(), distribution.high()))
        .filter(Double::isFinite)
        .sorted()
        .distinct()
        .toArray();
  }
}
