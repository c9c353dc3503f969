package bellwether.core.distribution;

import it.unimi.dsi.fastutil.doubles.DoubleArrays;
import java.util.Arrays;

/** A distribution over finitely many values. */
public final class Discrete implements Distribution {
  /** Probabilities may sum to 1 within this; they are divided by their sum. */
  public static final double SUM_TOLERANCE = 1e-9;

  private final double[] value;
  private final double[] probability;

  /** P(X &lt;= value[i]), P(X &gt; value[i]) and E (X - value[i])+. */
  private final double[] cumulative;

  private final double[] survival;
  private final double[] excess;

  private Discrete(double[] value, double[] probability) {
    this.value = value;
    this.probability = probability;
    int n = value.length;
    cumulative = new double[n];
    survival = new double[n];
    excess = new double[n];
    double below = 0;
    for (int i = 0; i < n; i++) {
      below += probability[i];
      cumulative[i] = Math.min(1, below);
    }
    cumulative[n - 1] = 1;
    for (int i = n - 2; i >= 0; i--) {
      survival[i] = Math.min(1, survival[i + 1] + probability[i + 1]);
      excess[i] = excess[i + 1] + survival[i] * (value[i + 1] - value[i]);
    }
  }

  /**
   * A distribution over values in any order; equal ones are taken together, those of probability 0
   * left out.
   *
   * @param values finite, at least one
   * @param probabilities at least 0, one a value; they sum to 1 within {@link #SUM_TOLERANCE}
   * @throws IllegalArgumentException when they are not so, naming the entry
   */
  public static Discrete of(double[] values, double[] probabilities) {
    int n = values.length;
    if (n == 0 || probabilities.length != n) {
      throw new IllegalArgumentException(
          "probabilities must be as many as values, at least one: "
              + probabilities.length
              + " and "
              + n);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      Checks.finite("values[" + i + "]", values[i]);
      if (!(probabilities[i] >= 0 && probabilities[i] <= 1 + SUM_TOLERANCE)) {
        throw new IllegalArgumentException(
            "probabilities[" + i + "] must be in [0, 1]: " + probabilities[i]);
      }
      sum += probabilities[i];
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException("probabilities must sum to 1 within 1e-9: " + sum);
    }
    double[] value = values.clone();
    double[] probability = probabilities.clone();
    DoubleArrays.quickSort(value, probability);
    int kept = 0;
    for (int i = 0; i < n; i++) {
      if (probability[i] == 0) {
        continue;
      }
      if (kept > 0 && value[kept - 1] == value[i]) {
        probability[kept - 1] += probability[i] / sum;
      } else {
        value[kept] = value[i] + 0.0;
        probability[kept++] = probability[i] / sum;
      }
    }
    return new Discrete(Arrays.copyOf(value, kept), Arrays.copyOf(probability, kept));
  }

  /** How many values there are. */
  public int size() {
    return value.length;
  }

  /** The i-th least value. */
  public double value(int i) {
    return value[i];
  }

  /** The probability of the i-th least value, above 0. */
  public double probability(int i) {
    return probability[i];
  }

  @Override
  public boolean continuous() {
    return false;
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
  public double mean() {
    return value[0] + excess[0];
  }

  /** The largest i with value[i] &lt;= x, or -1. */
  private int last(double x) {
    int at = Arrays.binarySearch(value, x + 0.0);
    return at >= 0 ? at : -at - 2;
  }

  @Override
  public double cumulative(double x) {
    int i = last(x);
    return Double.isNaN(x) ? x : i < 0 ? 0 : cumulative[i];
  }

  @Override
  public double survival(double x) {
    int i = last(x);
    return Double.isNaN(x) ? x : i < 0 ? 1 : survival[i];
  }

  @Override
  public double density(double x) {
    throw noDensity();
  }

  @Override
  public double inverseHazard(double x) {
    throw noDensity();
  }

  @Override
  public double logDensitySlope(double x) {
    throw noDensity();
  }

  private static UnsupportedOperationException noDensity() {
    return new UnsupportedOperationException("a discrete distribution has no density");
  }

  @Override
  public double quantile(double p) {
    Checks.probability(p);
    int at = Arrays.binarySearch(cumulative, p);
    return value[Math.min(at >= 0 ? at : -at - 1, value.length - 1)];
  }

  @Override
  public double upperQuantile(double q) {
    Checks.probability(q);
    int i = 0;
    while (survival[i] > q) {
      i++;
    }
    return value[i];
  }

  @Override
  public double excess(double a) {
    if (Double.isNaN(a)) {
      return a;
    }
    int i = last(a);
    if (i < 0) {
      return mean() - a;
    }
    // Linear between values: the next one's excess and the share that exceeds.
    return i == value.length - 1 ? 0 : excess[i + 1] + survival[i] * (value[i + 1] - a);
  }
}
