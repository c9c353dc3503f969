package bellwether.core.bandit;

import bellwether.core.parallel.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How long a restless arm can take to a state z under the slowest policy, from above, by sweeps
 * over the transitions that are not 0: for arms that are too large for {@link WorstHitting}'s
 * solves.
 *
 * <p>For any w &gt;= 0 with w(z) = 0 let r(s) = w(s) - max_a sum_{t != z} P_a(s,t) w(t), s != z.
 * The longest times w* = 1 + max_a sum_{t != z} P_a w* are the least w with r &gt;= 1, so that
 *
 * <pre>
 *   w / max r  &lt;=  w*  &lt;=  w / min r      where min r &gt; 0,
 * </pre>
 *
 * whatever w is. Gauss-Seidel sweeps, up and down in turn, and extrapolation along their slowest
 * direction make w; only the last inequality is used. Chains that only wear and are renewed need
 * two sweeps, others up to a multiple of the longest time. Cost: 2 flops a transition and sweep;
 * the sweeps end after about the work of the indices themselves.
 */
final class HittingSweeps {
  /** The bound is at most this many times the longest time, if there is work left. */
  private static final double NEAR = 1.25;

  /** Pairs of sweeps from one check to the next. */
  private static final int PAIRS = 8;

  /** How little a rate may change, as a share of its distance from 1. */
  private static final double STEADY = 0.01;

  /** The least work that is spent, in transitions. */
  private static final double LEAST_WORK = 1e9;

  private final int n;
  private final int[][] start = new int[2][];
  private final int[][] to = new int[2][];
  private final double[][] weight = new double[2][];

  private HittingSweeps(int n) {
    this.n = n;
  }

  /** The most transitions that are kept, of both actions together. */
  static long mostEntries(int n) {
    return Math.min((long) n * n / 4 + 4096, Integer.MAX_VALUE - 8);
  }

  /** Bytes of the transitions that are kept, at most. */
  static long bytes(int n) {
    return n <= WorstHitting.MOST_STATES ? 0 : 12 * mostEntries(n);
  }

  /** The transitions of an arm that are not 0, or null where they are too many. */
  static @Nullable HittingSweeps of(RestlessArm arm) {
    int n = arm.states();
    HittingSweeps sweeps = new HittingSweeps(n);
    long left = mostEntries(n);
    for (int a = 0; a < 2; a++) {
      FiniteArm part = a == 1 ? arm.active() : arm.passive();
      int[] counts = new int[n + 1];
      part.forEachRow(
          (s, row, offset) -> {
            Workers.checkInterrupted();
            for (int t = 0; t < n; t++) {
              counts[s + 1] += row[offset + t] > 0 ? 1 : 0;
            }
          });
      for (int s = 0; s < n; s++) {
        left -= counts[s + 1];
        if (left < 0) {
          return null;
        }
        counts[s + 1] += counts[s];
      }
      int[] to = new int[counts[n]];
      double[] weight = new double[counts[n]];
      part.forEachRow(
          (s, row, offset) -> {
            int k = counts[s];
            for (int t = 0; t < n; t++) {
              if (row[offset + t] > 0) {
                to[k] = t;
                weight[k++] = row[offset + t];
              }
            }
          });
      sweeps.start[a] = counts;
      sweeps.to[a] = to;
      sweeps.weight[a] = weight;
    }
    return sweeps;
  }

  /** The state that is entered with the largest sum of probabilities. */
  int mostEntered() {
    double[] entered = new double[n];
    for (int a = 0; a < 2; a++) {
      for (int k = 0; k < to[a].length; k++) {
        entered[to[a][k]] += weight[a][k];
      }
    }
    int most = 0;
    for (int t = 1; t < n; t++) {
      most = entered[t] > entered[most] ? t : most;
    }
    return most;
  }

  /** A bound on w*; infinite where some policy never comes to z, or the work does not suffice. */
  double bound(int z) {
    if (n == 1) {
      return 0;
    }
    if (someAvoid(z)) {
      return Double.POSITIVE_INFINITY;
    }
    double[] w = new double[n];
    double[] old = new double[n];
    double sweep = 2.0 * (to[0].length + to[1].length);
    double most = Math.max(LEAST_WORK, (double) n * n * n);
    double best = Double.POSITIVE_INFINITY;
    for (double work = 0; work < most; work += (PAIRS + 1) * sweep) {
      double earlier = 0;
      double before = 0;
      double change = 0;
      for (int pair = 0; pair < PAIRS; pair++) {
        Workers.checkInterrupted();
        System.arraycopy(w, 0, old, 0, n);
        sweep(w, z);
        earlier = before;
        before = change;
        change = 0;
        for (int s = 0; s < n; s++) {
          change = Math.max(change, Math.abs(w[s] - old[s]));
        }
      }
      double largest = Arrays.stream(w).max().orElse(0);
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      // A sum of n terms, and the diagonal that is what the row leaves.
      double rounding = 4.0 * n * 0x1p-53 * largest;
      for (int s = 0; s < n; s++) {
        if (s != z) {
          double r = w[s] - Math.max(after(0, s, w, z), after(1, s, w, z));
          low = Math.min(low, r);
          high = Math.max(high, r);
        }
      }
      low -= rounding;
      if (low > 0) {
        best = Math.min(best, largest / low);
        if (high <= NEAR * low) {
          return best;
        }
      }
      if (!(largest < 1e15) || rounding > 0.5) {
        return best;
      }
      double rate = change / before;
      double last = before / earlier;
      // One direction is left: its change is the same share of the last one from sweep to sweep.
      if (rate > 0.5 && rate < 1 && Math.abs(rate - last) < STEADY * (1 - rate)) {
        double ahead = Math.min(rate / (1 - rate), largest / change);
        for (int s = 0; s < n; s++) {
          w[s] = Math.max(0, w[s] + ahead * (w[s] - old[s]));
        }
      }
    }
    return best;
  }

  /** Whether from some states some policy never comes to z. */
  private boolean someAvoid(int z) {
    boolean[] comes = new boolean[n];
    comes[z] = true;
    boolean changed = true;
    int count = 1;
    for (int round = 0; changed && count < n; round++) {
      Workers.checkInterrupted();
      changed = false;
      for (int i = 0; i < n; i++) {
        int s = round % 2 == 0 ? i : n - 1 - i;
        if (!comes[s] && leads(0, s, comes) && leads(1, s, comes)) {
          comes[s] = true;
          changed = true;
          count++;
        }
      }
    }
    return count < n;
  }

  private boolean leads(int a, int s, boolean[] set) {
    for (int k = start[a][s]; k < start[a][s + 1]; k++) {
      if (set[to[a][k]]) {
        return true;
      }
    }
    return false;
  }

  /** Up and down. */
  private void sweep(double[] w, int z) {
    for (int s = 0; s < n; s++) {
      relax(s, w, z);
    }
    for (int s = n - 1; s >= 0; s--) {
      relax(s, w, z);
    }
  }

  private void relax(int s, double[] w, int z) {
    if (s != z) {
      w[s] = Math.max(slowest(0, s, w, z), slowest(1, s, w, z));
    }
  }

  /** The time of an action that is repeated until the state changes. */
  private double slowest(int a, int s, double[] w, int z) {
    double sum = 0;
    double leaves = 0;
    for (int k = start[a][s]; k < start[a][s + 1]; k++) {
      int t = to[a][k];
      if (t != s) {
        leaves += weight[a][k];
        sum += t == z ? 0 : weight[a][k] * w[t];
      }
    }
    return leaves > 0 ? (1 + sum) / leaves : w[s];
  }

  /** The time left after an action; a row that sums to 1 with what its diagonal leaves. */
  private double after(int a, int s, double[] w, int z) {
    double sum = 0;
    double leaves = 0;
    for (int k = start[a][s]; k < start[a][s + 1]; k++) {
      int t = to[a][k];
      if (t != s) {
        leaves += weight[a][k];
        sum += t == z ? 0 : weight[a][k] * w[t];
      }
    }
    return sum + (1 - leaves) * w[s];
  }
}
