package bellwether.core.mdp;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.jspecify.annotations.Nullable;

/**
 * Guesses that come from evaluating the best policy of the last sweep: by sweeps with its rows only
 * (modified policy iteration, Puterman and Shin 1978) or by solving its equation, roughly or as far
 * as the tolerance asks (Gargiani et al. 2024).
 */
final class PolicyGuesses {
  /** Policy sweeps between two sweeps, at most. */
  private static final int MOST_INNER = 60;

  /** The inner sweeps close the policy's own bounds to this share of the last sweep's. */
  private static final double INNER_SHARE = 0.02;

  private final SpanIteration iteration;
  private final Backups backups;
  private final double[] pieceLow;
  private final double[] pieceHigh;
  private final double[] pieceLargest;
  private double @Nullable [] spare;
  private @Nullable PolicyEquation equation;

  PolicyGuesses(SpanIteration iteration) {
    this.iteration = iteration;
    backups = iteration.backups;
    pieceLow = new double[backups.pieces()];
    pieceHigh = new double[backups.pieces()];
    pieceLargest = new double[backups.pieces()];
  }

  /** Sweeps with the best policy until its own bounds are close. */
  void bySweeps() {
    double outer = backups.high() - backups.low();
    iteration.takeImage();
    if (spare == null) {
      spare = new double[iteration.h.length];
    }
    BestRows rows = backups.best();
    double[] from = iteration.h;
    double[] to = spare;
    double drift = iteration.drift;
    double before = outer;
    for (int i = 0; i < MOST_INNER; i++) {
      sweep(rows, from, to, drift);
      double least = least(pieceLow);
      double most = -least(pieceHigh);
      backups.moved(most - drift, -least(pieceLargest));
      double[] next = to;
      to = from;
      from = next;
      double spread = most - least;
      drift = least / 2 + most / 2;
      if (spread <= INNER_SHARE * outer || spread > 0.98 * before) {
        break;
      }
      before = spread;
    }
    iteration.h = from;
    spare = to;
    iteration.drift = drift;
  }

  private void sweep(BestRows rows, double[] from, double[] to, double drift) {
    iteration.policySweeps++;
    backups
        .team()
        .forEach(
            backups.pieces(),
            index -> {
              double least = Double.POSITIVE_INFINITY;
              double most = Double.NEGATIVE_INFINITY;
              double largest = 0;
              for (int s = backups.from(index); s < backups.to(index); s++) {
                double q = rows.backup(s, from);
                double change = q - from[s];
                to[s] = q - drift;
                least = Math.min(least, change);
                most = Math.max(most, change);
                largest = Math.max(largest, Math.abs(to[s]));
              }
              pieceLow[index] = least;
              pieceHigh[index] = -most;
              pieceLargest[index] = -largest;
            });
  }

  private static double least(double[] values) {
    double least = values[0];
    for (double value : values) {
      least = Math.min(least, value);
    }
    return least;
  }

  /** Adds the solution of the best policy's equation to h. */
  void byEquation(double reduction, int most) {
    if (equation == null) {
      equation = new PolicyEquation(backups);
    }
    long before = equation.products();
    equation.solve(iteration.image, iteration.h, reduction, most);
    iteration.policySweeps += equation.products() - before;
    add(equation.solution());
  }

  /** h += x, recentred; the old T h is lost. */
  void add(double[] x) {
    double[] h = iteration.h;
    double middle = (Arrays.stream(x).min().orElse(0) + Arrays.stream(x).max().orElse(0)) / 2;
    backups
        .team()
        .forEach(
            backups.pieces(),
            index -> {
              double most = Double.NEGATIVE_INFINITY;
              double largest = 0;
              for (int s = backups.from(index); s < backups.to(index); s++) {
                double rise = x[s] - middle;
                h[s] += rise;
                most = Math.max(most, rise);
                largest = Math.max(largest, Math.abs(h[s]));
              }
              pieceHigh[index] = -most;
              pieceLargest[index] = -largest;
            });
    // A rise is rounded twice: in h and in itself.
    double largest = -least(pieceLargest);
    iteration.moved(-least(pieceHigh) + largest * 0x1p-51, largest);
  }

  /**
   * Adds the solution of the best policy's equation by a factorization, n^3 / 3 flops; false where
   * the numbers do not allow it.
   */
  boolean byFactorization() {
    int n = iteration.h.length;
    // The equation for x less a constant and the constant: the last column stands for it.
    DMatrixRMaj matrix = new DMatrixRMaj(n, n);
    DMatrixRMaj right = new DMatrixRMaj(n, 1);
    double discount = iteration.discount;
    BestRows rows = backups.best();
    for (int s = 0; s < n; s++) {
      int line = s * n;
      matrix.data[line + s] += 1;
      backups
          .model()
          .forEachSuccessor(rows.row(s), (t, p) -> matrix.data[line + t] -= discount * p);
      matrix.data[line + n - 1] = 1;
      right.data[s] = iteration.image[s] - iteration.h[s];
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.lu(n);
    DMatrixRMaj x = new DMatrixRMaj(n, 1);
    if (!solver.setA(matrix)) {
      return false;
    }
    solver.solve(right, x);
    x.data[n - 1] = 0;
    for (double v : x.data) {
      if (!Double.isFinite(v)) {
        return false;
      }
    }
    add(x.data);
    return true;
  }
}
