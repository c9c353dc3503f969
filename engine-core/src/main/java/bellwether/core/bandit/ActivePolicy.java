package bellwether.core.bandit;

import bellwether.core.kernel.DenseKernels;

/**
 * The policy that is active in every state, ready to be evaluated for any rewards.
 *
 * <p>With a reference state z and delta at most 1, h and g solve
 *
 * <pre>
 *   h(s) + g = r(s) + delta sum_t P1(s,t) h(t),     h(z) = 0,
 * </pre>
 *
 * so that g is the average reward if delta = 1, and V = h + g / (1 - delta) otherwise: the large
 * constant that cancels in every comparison of actions is never formed. States have positions, the
 * reference state the last. Of the other m = n - 1 states, I - delta P1 = L U; multipliers N(x,l),
 * l &lt; x, are those of L with the sign changed, N(p,y), y &gt; p, those of U with the sign
 * changed, and {@code pivots} U's diagonal.
 */
final class ActivePolicy {
  final RestlessLayout layout;

  /** State at each position. */
  final int[] state;

  final double[] factors;
  final double[] pivots;

  /** Expected discounted visits to each position from one visit to the reference to the next. */
  final double[] visits;

  /** Sum of the visits, the one to the reference among them. */
  final double cycle;

  ActivePolicy(
      RestlessLayout layout,
      int[] state,
      double[] factors,
      double[] pivots,
      double[] visits,
      double cycle) {
    this.layout = layout;
    this.state = state;
    this.factors = factors;
    this.pivots = pivots;
    this.visits = visits;
    this.cycle = cycle;
  }

  /**
   * Replaces each vector of rewards by its h, both by position; returns each g.
   *
   * <p>Cost: 2 n^2 flops a vector; the factors are read once for all.
   */
  double[] solve(double[][] vectors, DenseKernels kernels) {
    int m = pivots.length;
    double[] gains = new double[vectors.length];
    for (int i = 0; i < gains.length; i++) {
      double[] h = vectors[i];
      gains[i] = (h[m] + kernels.dot(visits, 0, h, 0, m)) / cycle;
      for (int x = 0; x < m; x++) {
        h[x] -= gains[i];
      }
      h[m] = 0;
    }
    for (int x = 1; x < m; x++) {
      for (double[] h : vectors) {
        h[x] += kernels.dot(factors, layout.row(x), h, 0, x);
      }
    }
    for (int p = m - 1; p >= 0; p--) {
      for (double[] h : vectors) {
        double later = kernels.dot(factors, layout.row(p) + p + 1, h, p + 1, m - p - 1);
        h[p] = (h[p] + later) / pivots[p];
      }
    }
    return gains;
  }
}
