package bellwether.mechanisms.contract;

import bellwether.core.parallel.Workers;
import java.util.Arrays;

/** Discounted visits of a Markov chain to its states. */
final class Visits {
  /** What comes after so many e-folds of the discount is less than 1e-19 of the whole. */
  private static final double NEGLIGIBLE = 44;

  private Visits() {}

  /** The entries above 0, row after row. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Rows(int[] begin, int[] to, double[] probability) {
    static Rows of(double[] p, int n) {
      int entries = 0;
      for (double entry : p) {
        entries += entry > 0 ? 1 : 0;
      }
      int[] begin = new int[n + 1];
      int[] to = new int[entries];
      double[] probability = new double[entries];
      int at = 0;
      for (int s = 0; s < n; s++) {
        for (int t = 0; t < n; t++) {
          if (p[s * n + t] > 0) {
            to[at] = t;
            probability[at++] = p[s * n + t];
          }
        }
        begin[s + 1] = at;
      }
      return new Rows(begin, to, probability);
    }

    double[] after(double[] law) {
      double[] next = new double[law.length];
      for (int s = 0; s < law.length; s++) {
        for (int i = begin[s]; i < begin[s + 1]; i++) {
          next[to[i]] += law[s] * probability[i];
        }
      }
      return next;
    }
  }

  /**
   * sum_{t=1}^{T} d^t P(state at t), to the last digits whatever the discount: sums and products of
   * positive numbers only.
   *
   * @param initial law at t = 1
   * @param transition P[s * n + t]; the diagonal is what the rest of its row leaves
   * @param horizon at least 1, or 0 for no end
   */
  static double[] of(double[] initial, double[] transition, double discount, long horizon) {
    int n = initial.length;
    double[] p = transition.clone();
    for (int s = 0; s < n; s++) {
      double others = 0;
      for (int t = 0; t < n; t++) {
        others += t == s ? 0 : p[s * n + t];
      }
      p[s * n + s] = Math.max(0, 1 - others);
    }
    Rows rows = Rows.of(p, n);
    double[] visits;
    if (horizon == 0 || horizon * -StrictMath.log(discount) > NEGLIGIBLE) {
      visits = eliminated(initial, p, discount);
    } else if (horizon * (double) rows.to().length
        <= 4.0 * n * n * n * (64 - Long.numberOfLeadingZeros(horizon))) {
      visits = summed(initial, rows, discount, horizon);
    } else {
      visits = doubled(initial, p, discount, horizon);
    }
    for (int s = 0; s < n; s++) {
      visits[s] *= discount;
    }
    return visits;
  }

  /** sum_{k=0}^{T-1} d^k x P^k, term by term. */
  private static double[] summed(double[] initial, Rows rows, double discount, long horizon) {
    double[] visits = initial.clone();
    double[] law = initial.clone();
    for (long k = 1; k < horizon; k++) {
      Workers.checkInterrupted();
      law = rows.after(law);
      double rest = 0;
      for (int s = 0; s < law.length; s++) {
        law[s] *= discount;
        visits[s] += law[s];
        rest += law[s];
      }
      if (rest * (horizon - k) < 1e-19) {
        break;
      }
    }
    return visits;
  }

  /**
   * The same by the binary digits of T: with S_m the sum of m terms and Q = d P, S_2m = S_m + S_m
   * Q^m and S_(m+1) = x + S_m Q.
   */
  private static double[] doubled(double[] initial, double[] p, double discount, long horizon) {
    int n = initial.length;
    double[] q = p.clone();
    for (int i = 0; i < q.length; i++) {
      q[i] *= discount;
    }
    double[] power = q.clone();
    double[] visits = initial.clone();
    for (int bit = 62 - Long.numberOfLeadingZeros(horizon); bit >= 0; bit--) {
      double[] later = times(visits, power);
      for (int s = 0; s < n; s++) {
        visits[s] += later[s];
      }
      power = square(power, n);
      if ((horizon >> bit & 1) == 1) {
        later = times(visits, q);
        for (int s = 0; s < n; s++) {
          visits[s] = initial[s] + later[s];
        }
        power = product(power, q, n);
      }
    }
    return visits;
  }

  private static double[] square(double[] a, int n) {
    return product(a, a, n);
  }

  private static double[] product(double[] a, double[] b, int n) {
    double[] c = new double[n * n];
    for (int i = 0; i < n; i++) {
      Workers.checkInterrupted();
      for (int k = 0; k < n; k++) {
        double factor = a[i * n + k];
        if (factor != 0) {
          add(c, i * n, b, k * n, n, factor);
        }
      }
    }
    return c;
  }

  private static double[] times(double[] x, double[] a) {
    int n = x.length;
    double[] y = new double[n];
    for (int s = 0; s < n; s++) {
      if (x[s] != 0) {
        add(y, 0, a, s * n, n, x[s]);
      }
    }
    return y;
  }

  private static void add(
      double[] to, int toAt, double[] from, int fromAt, int length, double factor) {
    for (int t = 0; t < length; t++) {
      to[toAt + t] += factor * from[fromAt + t];
    }
  }

  /**
   * sum_k d^k x P^k by eliminating states one after the other (Grassmann, Taksar and Heyman 1985,
   * with the discount as a way out): 1 less a diagonal entry is the sum of the other entries and of
   * what leaves, so that nothing is subtracted.
   */
  private static double[] eliminated(double[] initial, double[] p, double discount) {
    int n = initial.length;
    double[] q = p.clone();
    for (int i = 0; i < q.length; i++) {
      q[i] *= discount;
    }
    double[] leaves = new double[n];
    Arrays.fill(leaves, 1 - discount);
    double[] enters = initial.clone();
    double[] stay = new double[n];
    for (int k = n - 1; k >= 0; k--) {
      Workers.checkInterrupted();
      int row = k * n;
      double out = leaves[k];
      for (int j = 0; j < k; j++) {
        out += q[row + j];
      }
      stay[k] = out;
      double input = enters[k] / out;
      for (int j = 0; j < k; j++) {
        enters[j] += input * q[row + j];
      }
      for (int i = 0; i < k; i++) {
        double factor = q[i * n + k] / out;
        if (factor != 0) {
          leaves[i] += factor * leaves[k];
          add(q, i * n, q, row, k, factor);
        }
      }
    }
    double[] visits = new double[n];
    for (int k = 0; k < n; k++) {
      double sum = enters[k];
      for (int i = 0; i < k; i++) {
        sum += visits[i] * q[i * n + k];
      }
      visits[k] = sum / stay[k];
    }
    return visits;
  }
}
