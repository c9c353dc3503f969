package bellwether.core.bandit;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.kernel.Kernels;

/**
 * How far the computed indices can be from the true ones, found by putting them into the restart
 * equations.
 *
 * <p>With charge g a pull, an arm is worth V(x) = max(0, r(x) - g + delta P(x,.) V), and G(s) is
 * the g at which continuing from s is worth exactly 0 (Katehakis and Veinott 1987, in the form with
 * a charge). Take any v &gt;= 0, let rho be the largest |v(x) - max(0, r(x) - g + delta P(x,.) v)|
 * and c = r(s) - g + delta P(s,.) v. Then v bounds from above the values under charge g + rho and
 * from below those under g - rho, because the right-hand side is monotone in v; hence
 *
 * <pre>
 *   |G(s) - g| &lt;= max(rho, |c|),
 * </pre>
 *
 * with no factor 1 / (1 - delta). Here v solves the equations of the continuation set that
 * elimination found, so both sides are as small as rounding leaves them. What rounding can hide
 * when the equations are evaluated is added: with values up to v and sums of m terms, (m + 8) 2^-53
 * (v + |r| + |g|).
 *
 * @param errorBound the largest bound over the states that were checked, in reward units
 * @param checked how many states were checked
 * @param states how many states there are
 */
public record RestartCertificate(double errorBound, int checked, int states) {
  private static final double UNIT = 0x1p-53;

  /** What rounding can hide, where one sum after the other has {@code terms} of them. */
  static double rounding(int terms, double values, double rewards, double charge) {
    return (terms + 8.0) * UNIT * (values + rewards + Math.abs(charge));
  }

  static double largest(double[] numbers) {
    double largest = 0;
    for (double x : numbers) {
      largest = Math.max(largest, Math.abs(x));
    }
    return largest;
  }

  static RestartCertificate of(Factors factors, FiniteArm arm, int levels, Kernels kernels) {
    int n = factors.states();
    int count = Math.min(levels, n);
    int[] pivots = new int[count];
    double[][] values = new double[count][];
    for (int i = 0; i < count; i++) {
      pivots[i] = count == 1 ? n - 1 : (int) ((long) i * (n - 1) / (count - 1));
      values[i] = values(factors, pivots[i], kernels.dense());
    }
    double[] rewards = new double[n];
    arm.fillRewards(rewards);
    double[] bounds = new double[count];
    DenseKernels dense = kernels.dense();
    arm.forEachRow(
        (s, array, offset) -> {
          for (int i = 0; i < count; i++) {
            int k = pivots[i];
            double worth =
                rewards[s]
                    - factors.index[k]
                    + factors.discount * dense.dot(array, offset, values[i], 0, n);
            double gap =
                s == factors.order[k]
                    ? Math.abs(worth)
                    : Math.abs(values[i][s] - Math.max(0, worth));
            bounds[i] = Math.max(bounds[i], gap);
          }
        });
    double bound = 0;
    double reward = largest(rewards);
    for (int i = 0; i < count; i++) {
      // A dot product has n / 32 terms in each of its sums.
      double hidden = rounding(n / 32, largest(values[i]), reward, factors.index[pivots[i]]);
      bound = Math.max(bound, bounds[i] + hidden);
    }
    return new RestartCertificate(bound, count, n);
  }

  /**
   * V under the charge index(k), by state: backward through the rows of U of the first k pivots.
   */
  static double[] values(Factors factors, int k, DenseKernels kernels) {
    int n = factors.states();
    double charge = factors.index[k];
    double[] v = new double[n];
    double[] old = new double[n];
    int last = factors.blocks - 1;
    while (factors.blockStart[last] > k) {
      last--;
    }
    for (int t = last; t >= 0; t--) {
      int first = factors.blockStart[t];
      int depth = factors.blockStart[t + 1] - first;
      int survivors = n - first - depth;
      for (int l = Math.min(depth, k - first) - 1; l >= 0; l--) {
        int j = first + l;
        int row = survivors + l;
        double later =
            factors.q.dot(kernels, row, 0, v, 0, survivors)
                + factors.q.dot(
                    kernels, row, survivors + l + 1, v, survivors + l + 1, depth - l - 1);
        double time = factors.b[j] / (1 - factors.discount);
        double gain = Math.max(0, factors.index[j] - charge) * time;
        v[survivors + l] = (gain + factors.discount * later) / factors.denominator[j];
      }
      for (int l = 0; l < depth; l++) {
        old[l] = v[survivors + l];
      }
      for (int i = first + factors.moves[t] - 1; i >= first; i--) {
        v[factors.moveFrom[i]] = v[factors.moveTo[i]];
      }
      for (int l = 0; l < depth; l++) {
        v[factors.pivotPosition[first + l]] = old[l];
      }
    }
    return v;
  }
}
