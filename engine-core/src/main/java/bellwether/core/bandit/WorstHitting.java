package bellwether.core.bandit;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * How long a restless arm can take to a state z under the slowest policy, from above: the least w
 * with w(s) &gt;= 1 + sum_{t != z} P_a(s,t) w(t) for both actions and all s other than z, by policy
 * iteration; then checked as it stands, so that rounding does not count. Arms of more than 512
 * states are left to {@link HittingSweeps}.
 *
 * <p>Two solutions of the optimality equations up to residuals e differ, relative to z, by at most
 * (max e - min e) w(s): the difference D, with D(z) = 0, has D(s) &lt;= sum_t P(s,t) D(t) + max e -
 * min e for the better policy of either.
 */
final class WorstHitting {
  /** The most states of solves; each step of the iteration takes 2/3 n^3 flops. */
  static final int MOST_STATES = 512;

  private static final int MOST_STEPS = 30;

  private WorstHitting() {}

  /** A bound on w, infinite where there is none or it is not looked for. */
  static double bound(RestlessArm arm, int reference) {
    int n = arm.states();
    if (n > MOST_STATES) {
      HittingSweeps sweeps = HittingSweeps.of(arm);
      if (sweeps == null) {
        return Double.POSITIVE_INFINITY;
      }
      // The state that is entered most is come to soonest, mostly.
      int most = sweeps.mostEntered();
      double bound = sweeps.bound(most);
      return bound < Double.POSITIVE_INFINITY || most == reference
          ? bound
          : sweeps.bound(reference);
    }
    double[][][] p = new double[2][n][];
    double[] entered = new double[n];
    for (int a = 0; a < 2; a++) {
      double[][] rows = p[a];
      (a == 1 ? arm.active() : arm.passive())
          .forEachRow((s, row, offset) -> rows[s] = Arrays.copyOfRange(row, offset, offset + n));
      for (double[] row : rows) {
        for (int t = 0; t < n; t++) {
          entered[t] += row[t];
        }
      }
    }
    int most = 0;
    for (int t = 1; t < n; t++) {
      most = entered[t] > entered[most] ? t : most;
    }
    double bound = bound(p, reference);
    return most == reference ? bound : Math.min(bound, bound(p, most));
  }

  private static double bound(double[][][] p, int z) {
    int n = p[0].length;
    int[] action = new int[n];
    Arrays.fill(action, 1);
    double[] w = new double[n];
    for (int step = 0; step < MOST_STEPS; step++) {
      DMatrixRMaj matrix = CommonOps_DDRM.identity(n);
      DMatrixRMaj right = new DMatrixRMaj(n, 1);
      for (int s = 0; s < n; s++) {
        right.set(s, 0, s == z ? 0 : 1);
        for (int t = 0; s != z && t < n; t++) {
          if (t != z) {
            matrix.add(s, t, -p[action[s]][s][t]);
          }
        }
      }
      DMatrixRMaj solved = new DMatrixRMaj(n, 1);
      if (!CommonOps_DDRM.solve(matrix, right, solved)) {
        return Double.POSITIVE_INFINITY;
      }
      boolean changed = false;
      double largest = 0;
      for (int s = 0; s < n; s++) {
        w[s] = solved.get(s, 0);
        if (!(w[s] >= 0 && w[s] < 1e15)) {
          return Double.POSITIVE_INFINITY;
        }
        largest = Math.max(largest, w[s]);
      }
      double least = Double.POSITIVE_INFINITY;
      for (int s = 0; s < n; s++) {
        if (s == z) {
          continue;
        }
        double kept = w[s] - after(p[action[s]][s], w, z);
        double other = w[s] - after(p[1 - action[s]][s], w, z);
        least = Math.min(least, Math.min(kept, other));
        if (other < kept - 1e-9) {
          action[s] = 1 - action[s];
          changed = true;
        }
      }
      // Rounding of the sums above.
      least -= 4 * n * 0x1p-53 * largest;
      if (least > 0.5 || (!changed && least > 0)) {
        return largest / Math.min(1, least);
      }
      if (!changed) {
        return n == 1 ? 0 : Double.POSITIVE_INFINITY;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private static double after(double[] row, double[] w, int z) {
    double sum = 0;
    for (int t = 0; t < w.length; t++) {
      sum += t == z ? 0 : row[t] * w[t];
    }
    return sum;
  }
}
