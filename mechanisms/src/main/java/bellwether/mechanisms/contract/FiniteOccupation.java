package bellwether.mechanisms.contract;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** A measure on finitely many values. */
final class FiniteOccupation implements Occupation {
  /** A level this little above a value, relative to it, is the value. */
  private static final double TIE = 1e-12;

  private final double[] value;
  private final double[] weight;

  /** Of the values from the i-th on: their weight, and E sum d^t (B_t - value[i])+. */
  private final double[] count;

  private final double[] excess;

  private FiniteOccupation(double[] value, double[] weight) {
    this.value = value;
    this.weight = weight;
    int n = value.length;
    count = new double[n + 1];
    excess = new double[n + 1];
    for (int i = n - 1; i >= 0; i--) {
      count[i] = count[i + 1] + weight[i];
      excess[i] = i == n - 1 ? 0 : excess[i + 1] + count[i + 1] * (value[i + 1] - value[i]);
    }
  }

  /**
   * A measure.
   *
   * @param values finite, in any order, at least one; equal ones are taken together
   * @param weights at least 0, one a value
   */
  static FiniteOccupation of(double[] values, double[] weights) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] value = Arrays.stream(order).mapToDouble(i -> values[i] + 0.0).toArray();
    double[] weight = Arrays.stream(order).mapToDouble(i -> weights[i]).toArray();
    int kept = 0;
    for (int i = 0; i < value.length; i++) {
      if (kept > 0 && value[kept - 1] == value[i]) {
        weight[kept - 1] += weight[i];
      } else {
        value[kept] = value[i];
        weight[kept++] = weight[i];
      }
    }
    return new FiniteOccupation(Arrays.copyOf(value, kept), Arrays.copyOf(weight, kept));
  }

  int size() {
    return value.length;
  }

  double value(int i) {
    return value[i];
  }

  double weight(int i) {
    return weight[i];
  }

  private int first(double level) {
    double least = level - TIE * Math.abs(level);
    int at = Arrays.binarySearch(value, least + 0.0);
    return at >= 0 ? at : -at - 1;
  }

  @Override
  public double mass() {
    return count[0];
  }

  @Override
  public double low() {
    return value[0];
  }

  @Override
  public double high() {
    return value[value.length - 1];
  }

  @Override
  public double count(double level) {
    return level == Double.POSITIVE_INFINITY ? 0 : count[first(level)];
  }

  @Override
  public double excess(double level) {
    if (level == Double.POSITIVE_INFINITY) {
      return 0;
    }
    int i = first(level);
    return i == value.length ? 0 : excess[i] + count[i] * Math.max(value[i] - level, 0);
  }

  @Override
  public boolean reaches(double level) {
    return level < Double.POSITIVE_INFINITY && first(level) < value.length;
  }

  @Override
  public double[] landmarks() {
    return value.clone();
  }
}
