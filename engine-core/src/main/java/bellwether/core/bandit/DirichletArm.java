package bellwether.core.bandit;

import java.util.Arrays;
import java.util.Objects;

/**
 * An arm that pays one of a few values with unknown probabilities, believed to be Dirichlet: a pull
 * pays {@code value(k)} with expected probability alpha(k) / sum alpha and adds 1 to alpha(k).
 *
 * <p>With two categories worth 1 and 0 it is a {@link BetaBernoulliArm}.
 */
public final class DirichletArm implements Arm {
  /** The most categories: an index of horizon N takes N^categories / categories! cells. */
  public static final int MAX_CATEGORIES = 8;

  private final double[] alpha;
  private final double[] values;

  private DirichletArm(double[] alpha, double[] values) {
    this.alpha = alpha;
    this.values = values;
  }

  /**
   * An arm with copies of these arrays.
   *
   * @param alpha posterior counts, 1 to {@link #MAX_CATEGORIES}, positive and finite
   * @param values what each category pays, finite, as many
   * @throws IllegalArgumentException naming what is not so
   */
  public static DirichletArm of(double[] alpha, double[] values) {
    if (alpha.length < 1 || alpha.length > MAX_CATEGORIES) {
      throw new IllegalArgumentException(
          "alpha must have 1 to " + MAX_CATEGORIES + " entries: " + alpha.length);
    }
    if (values.length != alpha.length) {
      throw new IllegalArgumentException(
          "values must have as many entries as alpha, " + alpha.length + ": " + values.length);
    }
    double sum = 0;
    for (int k = 0; k < alpha.length; k++) {
      if (!(alpha[k] > 0 && alpha[k] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "alpha[" + k + "] must be positive and finite: " + alpha[k]);
      }
      if (!Double.isFinite(values[k])) {
        throw new IllegalArgumentException("values[" + k + "] must be finite: " + values[k]);
      }
      sum += alpha[k];
    }
    if (!(sum <= BetaBernoulliIndex.MAX_COUNTS)) {
      throw new IllegalArgumentException(
          "alpha must sum to at most " + BetaBernoulliIndex.MAX_COUNTS + ": " + sum);
    }
    return new DirichletArm(alpha.clone(), values.clone());
  }

  /** How many values a pull may pay. */
  public int categories() {
    return alpha.length;
  }

  /** The posterior count of a category. */
  public double alpha(int category) {
    return alpha[category];
  }

  /** What a category pays. */
  public double value(int category) {
    return values[category];
  }

  /** The expected reward of one pull. */
  public double mean() {
    double sum = 0;
    double counts = 0;
    for (int k = 0; k < alpha.length; k++) {
      sum = Math.fma(alpha[k], values[k], sum);
      counts += alpha[k];
    }
    return sum / counts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DirichletArm arm
        && Arrays.equals(alpha, arm.alpha)
        && Arrays.equals(values, arm.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(alpha), Arrays.hashCode(values));
  }

  @Override
  public String toString() {
    return "DirichletArm[alpha="
        + Arrays.toString(alpha)
        + ", values="
        + Arrays.toString(values)
        + "]";
  }
}
