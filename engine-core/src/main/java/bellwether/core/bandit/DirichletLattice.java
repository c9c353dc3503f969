package bellwether.core.bandit;

import bellwether.core.parallel.Workers;
import java.util.Arrays;

/**
 * Backward sweeps over the posterior counts of an arm with few values v(k), scaled to [0, 1]:
 *
 * <pre>
 *   h(a) = max(0, c(a)),  c(a) = mu - lambda + d sum_k (a(k) / A) h(a + unit k),  A = sum a,
 *   mu = sum_k a(k) v(k) / A.
 * </pre>
 *
 * <p>A layer holds the states after t pulls; a cell is numbered by how often each category but the
 * last came up. What follows the last category has the cell's own number and all others larger
 * ones, so that one array serves all layers in place, from the lowest number up.
 *
 * <p><b>Rounding.</b> A step of K categories makes an error of at most u (2 K + 4)(H + 1) in c, H
 * &gt;= h; as for {@link BetaLattice} a charge that much higher or lower outweighs it.
 */
final class DirichletLattice {
  /** What is known after the last pull, or what becomes of the arm. */
  enum End {
    /** No pull is left. */
    NOTHING,
    /** The arm pays its mean forever: worth at most the true arm. */
    MEAN,
    /** The probabilities are revealed, by a bound: worth at least the true arm. */
    REVEALED
  }

  private static final double UNIT = 0x1p-53;

  private final double[] alpha;
  private final double[] values;
  private final double counts;
  private final double discount;
  private final int categories;

  /** Entries of a layer's array for one more of each category but the last. */
  private int[] stride = {};

  private double[] value = {};
  private double[] time = {};
  private double rootValue;
  private double rootTime;

  DirichletLattice(double[] alpha, double[] values, double discount) {
    this.alpha = alpha;
    this.values = values;
    this.discount = discount;
    categories = alpha.length;
    counts = Arrays.stream(alpha).sum();
  }

  /** Cells of all layers of a sweep: binomial(horizon + categories, categories), and its array. */
  static double cells(int categories, double horizon) {
    double cells = 1;
    for (int k = 1; k <= categories; k++) {
      cells *= (horizon + k) / k;
    }
    return Math.max(cells, Math.pow(horizon + 1, categories - 1));
  }

  /** c of the root after a sweep, not cut off at 0. */
  double rootValue() {
    return rootValue;
  }

  /** -dc/dlambda of the root after a sweep: the discounted number of pulls, at least 1. */
  double rootTime() {
    return rootTime;
  }

  /** By how much the charge of a sweep may be wrong in effect. */
  double rounding(double charge, double periods) {
    return UNIT * (2 * categories + 4) * (Math.max(1, 1 - charge) * periods + 1);
  }

  /**
   * One sweep.
   *
   * @param horizon pulls until the end, at least 1
   */
  void sweep(double charge, int horizon, End end) {
    prepare(horizon);
    int[] count = new int[categories];
    if (end != End.NOTHING) {
      fill(charge, horizon, end, count);
    }
    for (int t = horizon - 1; t >= 0; t--) {
      if ((t & 15) == 0) {
        Workers.checkInterrupted();
      }
      layer(charge, t, count);
    }
  }

  private void prepare(int horizon) {
    stride = new int[Math.max(1, categories - 1)];
    int size = 1;
    for (int k = categories - 2; k >= 0; k--) {
      stride[k] = size;
      size = Math.multiplyExact(size, horizon + 1);
    }
    if (value.length < size) {
      value = new double[size];
      time = new double[size];
    } else {
      Arrays.fill(value, 0, size, 0);
      Arrays.fill(time, 0, size, 0);
    }
  }

  private void fill(double charge, int t, End end, int[] count) {
    double forever = 1 / (1 - discount);
    double total = counts + t;
    int cell = first(t, count);
    while (cell >= 0) {
      double mean = 0;
      double square = 0;
      for (int k = 0; k < categories; k++) {
        double p = (alpha[k] + count[k]) / total;
        mean = Math.fma(p, values[k], mean);
        square = Math.fma(p, values[k] * values[k], square);
      }
      double gain = mean - charge;
      double h = Math.max(0, gain);
      double slope = gain > 0 ? 1 : 0;
      if (end == End.REVEALED) {
        // Scarf (1958): E X+ <= (m + sqrt(m^2 + var)) / 2; a little more for the variance's
        // cancellation, at most 4 u of values in [0, 1].
        double variance = Math.max(0, square - mean * mean) + 16 * UNIT;
        double root = Math.sqrt(Math.fma(gain, gain, variance / (total + 1)));
        h = 0.5 * (gain + root);
        slope = 0.5 * (1 + gain / root);
      }
      value[cell] = h * forever;
      time[cell] = slope * forever;
      cell = next(t, count, cell);
    }
  }

  private void layer(double charge, int t, int[] count) {
    double perCount = 1 / (counts + t);
    int last = categories - 1;
    int cell = first(t, count);
    while (cell >= 0) {
      double weight = alpha[last] + count[last];
      double mean = weight * values[last];
      double h = weight * value[cell];
      double e = weight * time[cell];
      for (int k = 0; k < last; k++) {
        double w = alpha[k] + count[k];
        int after = cell + stride[k];
        mean = Math.fma(w, values[k], mean);
        h = Math.fma(w, value[after], h);
        e = Math.fma(w, time[after], e);
      }
      double c = Math.fma(discount, h * perCount, mean * perCount - charge);
      double pulls = Math.fma(discount, e * perCount, 1.0);
      if (t == 0) {
        rootValue = c;
        rootTime = pulls;
      }
      boolean on = c > 0;
      value[cell] = on ? c : 0;
      time[cell] = on ? pulls : 0;
      cell = next(t, count, cell);
    }
  }

  /** All t pulls came up in the last category. */
  private int first(int t, int[] count) {
    Arrays.fill(count, 0);
    count[categories - 1] = t;
    return 0;
  }

  /** The cell with the next larger number among those of layer t; -1 after the last. */
  private int next(int t, int[] count, int cell) {
    int last = categories - 1;
    int number = cell;
    for (int k = last - 1; k >= 0; k--) {
      if (count[last] > 0) {
        count[k]++;
        count[last]--;
        return number + stride[k];
      }
      // This category is as often as it can be: it starts again, and one before it goes up.
      count[last] += count[k];
      number -= count[k] * stride[k];
      count[k] = 0;
    }
    assert count[last] == t;
    return -1;
  }
}
