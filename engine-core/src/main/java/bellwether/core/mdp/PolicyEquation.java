package bellwether.core.mdp;

import bellwether.core.parallel.Workers;
import java.util.function.IntConsumer;

/**
 * Solves (I - d P) x = b for a policy's P, up to a constant: the residual's mean is taken out of
 * every product. Without the constant direction the eigenvalue 1 - d is gone, which is what makes
 * discounts near 1 hard; a constant does no harm to the bounds that follow. The same equation with
 * d = 1 is that of relative values.
 *
 * <p>BiCGStab (van der Vorst 1992): two products an iteration. Sums are taken by pieces and the
 * pieces in order, so that threads change nothing.
 */
final class PolicyEquation {
  private final Backups backups;
  private BestRows rows;
  private final int n;
  private final double[] r;
  private final double[] shadow;
  private final double[] p;
  private final double[] v;
  private final double[] t;
  private final double[] x;
  private final double[][] partial;
  private final double[] sums = new double[4];
  private long products;

  PolicyEquation(Backups backups) {
    this.backups = backups;
    rows = backups.best();
    n = backups.model().states();
    r = new double[n];
    shadow = new double[n];
    p = new double[n];
    v = new double[n];
    t = new double[n];
    x = new double[n];
    partial = new double[sums.length][backups.pieces()];
  }

  /** Products of the policy's rows with a vector, so far. */
  long products() {
    return products;
  }

  /** The last solution. */
  double[] solution() {
    return x;
  }

  /**
   * Solves until the residual is {@code reduction} times the right side, in the Euclidean norm, or
   * {@code most} iterations are done.
   *
   * @param tOfH minuend of the right side
   * @param h subtrahend: b = tOfH - h
   * @return what the residual came to, relative to the right side
   */
  double solve(double[] tOfH, double[] h, double reduction, int most) {
    rows = backups.best();
    each(
        index -> {
          double sum = 0;
          for (int s = backups.from(index); s < backups.to(index); s++) {
            sum += tOfH[s] - h[s];
          }
          partial[0][index] = sum;
        });
    double mean = sum(0) / n;
    each(
        index -> {
          double square = 0;
          for (int s = backups.from(index); s < backups.to(index); s++) {
            double b = tOfH[s] - h[s] - mean;
            r[s] = b;
            shadow[s] = b;
            p[s] = b;
            x[s] = 0;
            square = Math.fma(b, b, square);
          }
          partial[0][index] = square;
        });
    double whole = sum(0);
    double rho = whole;
    double square = whole;
    double target = whole * reduction * reduction;
    for (int i = 0; i < most && square > target && square > 0; i++) {
      Workers.checkInterrupted();
      each(index -> multiply(index, p, v, shadow));
      double meanV = sum(2) / n;
      double alpha = rho / sum(0);
      if (!Double.isFinite(alpha)) {
        break;
      }
      each(
          index -> {
            for (int s = backups.from(index); s < backups.to(index); s++) {
              r[s] = Math.fma(-alpha, v[s] - meanV, r[s]);
            }
          });
      each(index -> multiply(index, r, t, r));
      double sumT = sum(2);
      double meanT = sumT / n;
      double omega = sum(0) / (sum(1) - sumT * meanT);
      if (!Double.isFinite(omega)) {
        each(
            index -> {
              for (int s = backups.from(index); s < backups.to(index); s++) {
                x[s] = Math.fma(alpha, p[s], x[s]);
              }
            });
        break;
      }
      each(
          index -> {
            double dot = 0;
            double norm = 0;
            for (int s = backups.from(index); s < backups.to(index); s++) {
              x[s] = Math.fma(alpha, p[s], Math.fma(omega, r[s], x[s]));
              double left = Math.fma(-omega, t[s] - meanT, r[s]);
              r[s] = left;
              dot = Math.fma(shadow[s], left, dot);
              norm = Math.fma(left, left, norm);
            }
            partial[0][index] = dot;
            partial[1][index] = norm;
          });
      double next = sum(0);
      square = sum(1);
      double beta = next / rho * (alpha / omega);
      rho = next;
      if (!Double.isFinite(beta)) {
        break;
      }
      each(
          index -> {
            for (int s = backups.from(index); s < backups.to(index); s++) {
              p[s] = Math.fma(beta, Math.fma(-omega, v[s] - meanV, p[s]), r[s]);
            }
          });
    }
    return whole == 0 ? 0 : Math.sqrt(square / whole);
  }

  /** out = (I - d P) in, with its sums: with a weight, of squares, of all entries. */
  private void multiply(int index, double[] in, double[] out, double[] weight) {
    double discount = backups.discount();
    double dot = 0;
    double square = 0;
    double sum = 0;
    for (int s = backups.from(index); s < backups.to(index); s++) {
      double y = Math.fma(-discount, rows.expected(s, in), in[s]);
      out[s] = y;
      dot = Math.fma(weight[s], y, dot);
      square = Math.fma(y, y, square);
      sum += y;
    }
    partial[0][index] = dot;
    partial[1][index] = square;
    partial[2][index] = sum;
    if (index == 0) {
      products++;
    }
  }

  private void each(IntConsumer body) {
    backups.team().forEach(backups.pieces(), body);
  }

  private double sum(int which) {
    double all = 0;
    for (double one : partial[which]) {
      all += one;
    }
    return all;
  }
}
