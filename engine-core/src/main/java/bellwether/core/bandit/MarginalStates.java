package bellwether.core.bandit;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * A correction of values and charge where some states next to s in the order of elimination may
 * stand on the wrong side of it: a stopping problem on those alone, the states before them
 * eliminated.
 *
 * <p>With S = L U on the window, y and e what elimination of the states before it leaves of the
 * residuals and of ones, the corrections x of the values v solve
 *
 * <pre>
 *   v + x = max(0, v + y - g e + (I - S) x),     0 = y(s) - g e(s) - (S x)(s),   x(s) = 0,
 * </pre>
 *
 * by policy iteration, g being the correction of the charge.
 */
final class MarginalStates {
  private final int m;
  private final double[] s;

  /** What is left of the right-hand sides, and of ones. */
  private final double[] y;

  private final double[] e;

  /** Corrections of the values. */
  final double[] x;

  /** The correction of the charge. */
  double charge;

  private final RankedFactors factors;
  private final int first;

  /** The window of ranks {@code first} to {@code first + m - 1}. */
  MarginalStates(RankedFactors factors, int first, int m) {
    this.factors = factors;
    this.first = first;
    this.m = m;
    s = new double[m * m];
    y = new double[m];
    e = new double[m];
    x = new double[m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        double sum = i <= j ? upper(i, j) : 0;
        for (int l = 0; l < i && l <= j; l++) {
          sum -= factors.at(first + i, first + l) * upper(l, j);
        }
        s[i * m + j] = sum;
      }
    }
  }

  private double upper(int i, int j) {
    return i == j
        ? factors.denominator[first + i]
        : -factors.discount * factors.at(first + i, first + j);
  }

  /**
   * Solves.
   *
   * @param solved what the forward solve left in the window
   * @param values v in the window, not negative
   * @param state s, counted from the window's first
   * @return whether policy iteration came to an end
   */
  boolean solve(double[] solved, double[] values, int state) {
    for (int i = 0; i < m; i++) {
      y[i] = solved[i];
      e[i] = factors.time[first + i];
      for (int l = 0; l < i; l++) {
        double lower = factors.at(first + i, first + l);
        y[i] -= lower * solved[l];
        e[i] -= lower * factors.time[first + l];
      }
    }
    boolean[] on = new boolean[m];
    for (int i = 0; i < m; i++) {
      on[i] = i < state;
    }
    for (int round = 0; round < 2 * m + 10; round++) {
      double[] solution = solve(on, values, state);
      if (solution == null) {
        return false;
      }
      charge = solution[state];
      for (int i = 0; i < m; i++) {
        x[i] = i == state ? 0 : on[i] ? solution[i] : -values[i];
      }
      boolean changed = false;
      for (int i = 0; i < m; i++) {
        boolean better = on[i] ? values[i] + x[i] >= 0 : worth(i) > 0;
        if (i != state && better != on[i]) {
          on[i] = better;
          changed = true;
        }
      }
      if (!changed) {
        return true;
      }
    }
    return false;
  }

  /** What going on in state i, which is off, is worth. */
  private double worth(int i) {
    double worth = y[i] - charge * e[i];
    for (int j = 0; j < m; j++) {
      worth -= s[i * m + j] * x[j];
    }
    return worth;
  }

  /** Corrections under a policy, that of the charge in the place of the state's. */
  private double @Nullable [] solve(boolean[] on, double[] values, int state) {
    DMatrixRMaj matrix = new DMatrixRMaj(m, m);
    DMatrixRMaj right = new DMatrixRMaj(m, 1);
    for (int i = 0; i < m; i++) {
      if (i != state && !on[i]) {
        matrix.set(i, i, 1);
        right.set(i, 0, -values[i]);
        continue;
      }
      for (int j = 0; j < m; j++) {
        matrix.set(i, j, j == state ? e[i] : s[i * m + j]);
      }
      right.set(i, 0, y[i]);
    }
    DMatrixRMaj solution = new DMatrixRMaj(m, 1);
    return CommonOps_DDRM.solve(matrix, right, solution) ? solution.data : null;
  }

  /** U x: what the backward solve needs in the window to return x. */
  double[] rightHandSide() {
    double[] right = new double[m];
    for (int i = 0; i < m; i++) {
      for (int j = i; j < m; j++) {
        right[i] += upper(i, j) * x[j];
      }
    }
    return right;
  }
}
