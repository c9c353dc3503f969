package bellwether.mechanisms.contract;

import bellwether.core.distribution.StandardNormal;
import java.util.stream.DoubleStream;

/** A mixture of normal laws with one mean. */
final class NormalOccupation implements Occupation {
  private final double mean;
  private final double[] sd;
  private final double[] weight;
  private final double mass;

  /**
   * A mixture.
   *
   * @param sd standard deviations, increasing
   * @param weight at least 0, one each
   * @param mass what the weights sum to but for rounding
   */
  NormalOccupation(double mean, double[] sd, double[] weight, double mass) {
    this.mean = mean;
    this.sd = sd;
    this.weight = weight;
    this.mass = mass;
  }

  @Override
  public double mass() {
    return mass;
  }

  @Override
  public double low() {
    return Double.NEGATIVE_INFINITY;
  }

  @Override
  public double high() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public double count(double level) {
    double sum = 0;
    for (int i = 0; i < sd.length; i++) {
      sum += weight[i] * StandardNormal.upperTail((level - mean) / sd[i]);
    }
    return sum;
  }

  @Override
  public double excess(double level) {
    double sum = 0;
    for (int i = 0; i < sd.length; i++) {
      sum += weight[i] * (sd[i] * StandardNormal.shortfall((level - mean) / sd[i]));
    }
    return sum;
  }

  @Override
  public boolean reaches(double level) {
    return level < Double.POSITIVE_INFINITY;
  }

  @Override
  public double[] landmarks() {
    DoubleStream.Builder landmarks = DoubleStream.builder().add(mean);
    if (sd.length > 0) {
      double most = 8 * sd[sd.length - 1];
      for (double x = sd[0] / 2; x < 2 * most; x *= 2) {
        landmarks.add(mean - x).add(mean + x);
      }
    }
    return landmarks.build().sorted().distinct().toArray();
  }
}
