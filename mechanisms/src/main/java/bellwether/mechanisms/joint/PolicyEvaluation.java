package bellwether.mechanisms.joint;

import bellwether.core.parallel.Workers;
import org.jspecify.annotations.Nullable;

/**
 * What a flow is worth under a policy: V = r + d P_x V over all joint states, x the policy.
 *
 * <p>Sweeps with the bounds of MacQueen (1966), r + d P V - V in [low, high] implies V* in r + d P
 * V + d/(1-d) [low, high]; where they close slowly, BiCGStab (van der Vorst 1992) jumps ahead and
 * the next sweep bounds what it found. So the gap is certain whatever the start.
 */
public final class PolicyEvaluation {
  private static final int LOOK = 12;
  private static final int PATIENCE = 40;
  private static final int MOST_JUMPS = 8;
  private static final int MOST_SWEEPS = 100_000;

  private final TypeTensor tensor;
  private final int[] policy;
  private final double discount;
  private final boolean[] used;
  private final double[][] space;
  private int sweeps;

  /**
   * Prepares a policy.
   *
   * @param policy by joint state of the tensor; copied by nobody
   * @param discount in [0, 1)
   */
  public PolicyEvaluation(TypeTensor tensor, int[] policy, int actions, double discount) {
    this.tensor = tensor;
    this.policy = policy;
    this.discount = discount;
    used = new boolean[actions];
    for (int a : policy) {
      used[a] = true;
    }
    space = new double[2][tensor.length()];
  }

  /**
   * Evaluates.
   *
   * @param flow by joint state
   * @param start a guess, or null for 0
   * @param tolerance the gap to reach; rounding may leave more
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public Evaluation solve(double[] flow, double @Nullable [] start, double tolerance) {
    int n = flow.length;
    sweeps = 0;
    double[] value = start == null ? new double[n] : start.clone();
    double[] image = new double[n];
    double reference = Double.POSITIVE_INFINITY;
    int since = 0;
    int jumps = 0;
    double factor = discount / (1 - discount);
    while (true) {
      apply(value, image);
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      double largest = 0;
      for (int s = 0; s < n; s++) {
        image[s] = flow[s] + discount * image[s];
        double change = image[s] - value[s];
        low = Math.min(low, change);
        high = Math.max(high, change);
        largest = Math.max(largest, Math.abs(image[s]));
      }
      double gap = factor * (high / 2 - low / 2);
      double rounding = 0x1p-50 * largest / (1 - discount);
      if (gap <= tolerance || gap <= rounding || sweeps >= MOST_SWEEPS) {
        double middle = factor * (high / 2 + low / 2);
        for (int s = 0; s < n; s++) {
          image[s] += middle;
        }
        return new Evaluation(image, gap + rounding, sweeps);
      }
      double[] old = value;
      value = image;
      image = old;
      since++;
      if (since == LOOK) {
        double rate = Math.pow(gap / reference, 1.0 / LOOK);
        boolean slow = !(Math.log(tolerance / gap) / Math.log(rate) < PATIENCE);
        if (slow && reference < Double.POSITIVE_INFINITY && jumps < MOST_JUMPS) {
          jumps++;
          krylov(flow, value, tolerance * (1 - discount) / 4);
          reference = Double.POSITIVE_INFINITY;
          since = LOOK - 1;
          continue;
        }
        reference = gap;
        since = 0;
      }
    }
  }

  /** image = P_x value. */
  private void apply(double[] value, double[] image) {
    sweeps++;
    for (int a = 0; a < used.length; a++) {
      if (used[a]) {
        double[] expected = tensor.expect(a, value, space);
        for (int s = 0; s < image.length; s++) {
          if (policy[s] == a) {
            image[s] = expected[s];
          }
        }
      }
    }
  }

  /** BiCGStab on (I - d P) x = flow from x on, until the residual is small or it gets stuck. */
  private void krylov(double[] flow, double[] x, double target) {
    int n = x.length;
    double[] r = new double[n];
    residual(flow, x, r);
    double[] shadow = r.clone();
    double[] p = r.clone();
    double[] v = new double[n];
    double[] t = new double[n];
    double[] best = x.clone();
    double least = largest(r);
    double rho = dot(shadow, r);
    for (int step = 0; step < 200; step++) {
      Workers.checkInterrupted();
      multiply(p, v);
      double alpha = rho / dot(shadow, v);
      for (int s = 0; s < n; s++) {
        r[s] -= alpha * v[s];
      }
      multiply(r, t);
      double omega = dot(t, r) / dot(t, t);
      for (int s = 0; s < n; s++) {
        x[s] += alpha * p[s] + omega * r[s];
        r[s] -= omega * t[s];
      }
      double size = largest(r);
      if (!(size < Double.POSITIVE_INFINITY)) {
        break;
      }
      if (size < least) {
        least = size;
        System.arraycopy(x, 0, best, 0, n);
      }
      if (size <= target) {
        break;
      }
      double next = dot(shadow, r);
      double beta = next / rho * (alpha / omega);
      rho = next;
      for (int s = 0; s < n; s++) {
        p[s] = r[s] + beta * (p[s] - omega * v[s]);
      }
    }
    System.arraycopy(best, 0, x, 0, n);
  }

  private void residual(double[] flow, double[] x, double[] r) {
    multiply(x, r);
    for (int s = 0; s < r.length; s++) {
      r[s] = flow[s] - r[s];
    }
  }

  /** out = (I - d P) x. */
  private void multiply(double[] x, double[] out) {
    apply(x, out);
    for (int s = 0; s < out.length; s++) {
      out[s] = x[s] - discount * out[s];
    }
  }

  private static double largest(double[] r) {
    double largest = 0;
    for (double x : r) {
      largest = Math.max(largest, Math.abs(x));
    }
    return largest;
  }

  private static double dot(double[] x, double[] y) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int s = 0;
    for (; s + 3 < x.length; s += 4) {
      a += x[s] * y[s];
      b += x[s + 1] * y[s + 1];
      c += x[s + 2] * y[s + 2];
      d += x[s + 3] * y[s + 3];
    }
    for (; s < x.length; s++) {
      a += x[s] * y[s];
    }
    return (a + b) + (c + d);
  }
}
