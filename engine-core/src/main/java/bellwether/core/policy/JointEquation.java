package bellwether.core.policy;

import bellwether.core.parallel.Workers;

/**
 * Solves (I - d P) x = b up to a constant by BiCGStab (van der Vorst 1992), for a matrix that is
 * only ever multiplied with. The mean is taken out of every product: without the constant direction
 * the eigenvalue 1 - d is gone. What comes out is a guess, for bounds to judge.
 */
final class JointEquation {
  private static final int MOST_ITERATIONS = 500;

  private JointEquation() {}

  /** A product. */
  @FunctionalInterface
  interface Matrix {
    /** image = A x; whether there may be more of them. */
    boolean times(double[] x, double[] image);
  }

  /** Solves until the residual is {@code reduction} times the right side, or as well as it can. */
  static double[] solve(double[] right, Matrix matrix, double reduction) {
    int n = right.length;
    double[] x = new double[n];
    double[] r = right.clone();
    center(r);
    double[] shadow = r.clone();
    double[] p = r.clone();
    double[] v = new double[n];
    double[] t = new double[n];
    double rho = dot(r, r);
    double target = rho * reduction * reduction;
    double square = rho;
    for (int i = 0; i < MOST_ITERATIONS && square > target && square > 0; i++) {
      Workers.checkInterrupted();
      boolean more = matrix.times(p, v);
      center(v);
      double alpha = rho / dot(shadow, v);
      if (!Double.isFinite(alpha)) {
        return x;
      }
      add(-alpha, v, r);
      more &= matrix.times(r, t);
      center(t);
      double omega = dot(t, r) / dot(t, t);
      add(alpha, p, x);
      if (!Double.isFinite(omega)) {
        return x;
      }
      add(omega, r, x);
      add(-omega, t, r);
      double next = dot(shadow, r);
      double beta = next / rho * (alpha / omega);
      rho = next;
      square = dot(r, r);
      if (!more || !Double.isFinite(beta)) {
        return x;
      }
      for (int s = 0; s < n; s++) {
        p[s] = Math.fma(beta, Math.fma(-omega, v[s], p[s]), r[s]);
      }
    }
    return x;
  }

  private static void center(double[] x) {
    double sum = 0;
    for (double number : x) {
      sum += number;
    }
    double mean = sum / x.length;
    for (int s = 0; s < x.length; s++) {
      x[s] -= mean;
    }
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int s = 0; s < x.length; s++) {
      sum = Math.fma(x[s], y[s], sum);
    }
    return sum;
  }

  private static void add(double factor, double[] x, double[] y) {
    for (int s = 0; s < x.length; s++) {
      y[s] = Math.fma(factor, x[s], y[s]);
    }
  }
}
