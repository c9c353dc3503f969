package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.kernel.Kernels;

/**
 * Retirement steps from the factors of an arm.
 *
 * <p>With z the row of U^-1 that belongs to state s, the discounted time spent in the first k
 * pivots is the sum of z(j) (L^-1 1)(j) over those, whatever k: one pass gives every factor
 *
 * <pre>
 *   E_s[delta^tau] = 1 - sum_{j &lt; k} z(j) b(j).
 * </pre>
 */
final class RetirementRows {
  private final Factors factors;
  private final DenseKernels kernels;

  /** STRIP rows of visits by position, then of z by pivot. */
  private final double[] visits;

  private final int stride;

  private RetirementRows(Factors factors, Kernels kernels) {
    this.factors = factors;
    this.kernels = kernels.dense();
    stride = Layout.of(factors.states()).stride();
    visits = new double[STRIP * stride];
  }

  static RetirementSteps[] of(Factors factors, int[] states, Kernels kernels) {
    double[] breakpoints = breakpoints(factors);
    RetirementSteps[] steps = new RetirementSteps[states.length];
    RetirementRows rows = new RetirementRows(factors, kernels);
    for (int from = 0; from < states.length; from += STRIP) {
      int count = Math.min(STRIP, states.length - from);
      double[][] columns = rows.solve(states, from, count);
      for (int i = 0; i < count; i++) {
        steps[from + i] = new RetirementSteps(breakpoints, columns[i]);
      }
    }
    return steps;
  }

  private static double[] breakpoints(Factors factors) {
    double[] breakpoints = new double[factors.states()];
    double last = Double.POSITIVE_INFINITY;
    for (int k = 0; k < breakpoints.length; k++) {
      // Equal indices can come out an ulp in the wrong order.
      last = Math.min(last, factors.index[k] / (1 - factors.discount));
      breakpoints[k] = last;
    }
    return breakpoints;
  }

  private double[][] solve(int[] states, int from, int count) {
    int n = factors.states();
    java.util.Arrays.fill(visits, 0);
    double[][] result = new double[count][n + 1];
    for (int i = 0; i < count; i++) {
      visits[i * stride + states[from + i]] = 1;
      result[i][0] = 1;
    }
    int left = n;
    for (int t = 0; t < factors.blocks; t++) {
      int first = factors.blockStart[t];
      int depth = factors.blockStart[t + 1] - first;
      int survivors = left - depth;
      double[] packed = new double[depth * STRIP];
      double[] pivotVisits = new double[depth];
      for (int i = 0; i < count; i++) {
        move(i * stride, t, first, depth, survivors, pivotVisits);
        triangle(i, first, depth, survivors, packed, result[i]);
      }
      spread(depth, survivors, packed);
      left = survivors;
    }
    return result;
  }

  /** From the positions before block t to those after it. */
  private void move(int row, int t, int first, int depth, int survivors, double[] pivotVisits) {
    for (int l = 0; l < depth; l++) {
      pivotVisits[l] = visits[row + factors.pivotPosition[first + l]];
    }
    for (int i = first; i < first + factors.moves[t]; i++) {
      visits[row + factors.moveTo[i]] = visits[row + factors.moveFrom[i]];
    }
    System.arraycopy(pivotVisits, 0, visits, row + survivors, depth);
  }

  /** The pivots of one block for right-hand side i: their z, and what they take off the factor. */
  private void triangle(
      int i, int first, int depth, int survivors, double[] packed, double[] result) {
    int row = i * stride + survivors;
    double[] weight = new double[1];
    double[] rest = new double[depth];
    for (int l = 0; l < depth; l++) {
      double z = visits[row + l] / factors.denominator[first + l];
      result[first + l + 1] = Math.max(0, Math.fma(-z, factors.b[first + l], result[first + l]));
      weight[0] = factors.discount * z;
      packed[l * STRIP + i] = weight[0];
      if (z != 0) {
        factors.q.read(survivors + l, survivors + l + 1, rest, 0, depth - l - 1);
        kernels.combine(1, rest, 0, 0, weight, 0, visits, row + l + 1, depth - l - 1);
      }
    }
  }

  /** Visits that the block's pivots send to the states that remain. */
  private void spread(int depth, int survivors, double[] packed) {
    double[] panel = new double[depth * PANEL];
    for (int from = 0; from < survivors; from += PANEL) {
      for (int l = 0; l < depth; l++) {
        // The last panel may run into columns of the pivots, whose visits are spent.
        factors.q.read(survivors + l, from, panel, l * PANEL, PANEL);
      }
      kernels.rankUpdate(1, depth, packed, 0, panel, 0, 0, visits, from, stride);
    }
  }
}
