package bellwether.core.mdp;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.kernel.Kernels;
import java.util.Arrays;

/**
 * The matrix of the last mode, whose types are neighbours in memory: y[t] = sum_u P(t, u) x[u] for
 * several rows x at a time, each sum in increasing u by {@code fma}.
 */
abstract sealed class RowMode {
  /** Rows that are taken together, at most: a strip of the dense kernel. */
  static final int ROWS = DenseKernels.STRIP;

  /** Rows of a matrix up to this long are all made as long as the longest. */
  private static final int PADDED = 4;

  /** A matrix with a larger share of entries is multiplied as a dense one. */
  private static final double DENSE_SHARE = 0.2;

  /**
   * Where rows of up to so many types begin in x and y, apart. As a constant it leaves the compiler
   * one check of an index for eight rows, and no addresses to compute: twice the speed.
   */
  static final int APART = 136;

  /** How far rows of x are apart. */
  static int apart(int types) {
    return Math.max(types, APART);
  }

  private final int types;

  RowMode(int types) {
    this.types = types;
  }

  /** The fastest way for a matrix. */
  static RowMode of(TypeTransition p) {
    return of(p, DENSE_SHARE);
  }

  /** The same, with another share of entries from which on a matrix is dense. */
  static RowMode of(TypeTransition p, double denseShare) {
    if (p.entries() > denseShare * p.types() * p.types() && p.longestRow() > PADDED) {
      return new Dense(p);
    }
    return p.longestRow() <= PADDED ? new Few(p) : new Many(p);
  }

  /** Doubles between the rows of y. */
  int stride() {
    return apart(types);
  }

  /** Doubles that {@link #apply} needs to work in. */
  int workspace() {
    return 0;
  }

  /**
   * Applies the matrix to rows.
   *
   * @param rows at most {@link #ROWS}
   * @param x row i from {@code i * apart(types)}; {@link #ROWS} rows long
   * @param y row i from {@code i * stride()}; {@link #ROWS} rows long
   */
  abstract void apply(int rows, double[] x, double[] y, double[] workspace);

  /** Up to four entries a row: the matrix is read once for eight rows. */
  private static final class Few extends RowMode {
    private final int n;
    private final int depth;
    private final int[] from;
    private final double[] weight;

    Few(TypeTransition p) {
      super(p.types());
      n = p.types();
      depth = p.longestRow() == 3 ? 4 : p.longestRow();
      from = new int[n * depth];
      weight = new double[n * depth];
      for (int t = 0; t < n; t++) {
        // What a short row lacks has weight 0.
        Arrays.fill(from, t * depth, (t + 1) * depth, p.successor(p.start(t)));
        for (int e = p.start(t); e < p.start(t + 1); e++) {
          from[t * depth + e - p.start(t)] = p.successor(e);
          weight[t * depth + e - p.start(t)] = p.probability(e);
        }
      }
    }

    @Override
    void apply(int rows, double[] x, double[] y, double[] workspace) {
      if (n <= APART && rows == ROWS && depth == 2) {
        twoOfEight(x, y);
        return;
      }
      if (n <= APART && rows == ROWS && depth == 4) {
        fourOfEight(x, y);
        return;
      }
      int apart = stride();
      for (int i = 0; i < rows; i++) {
        switch (depth) {
          case 1 -> one(x, y, i * apart);
          case 2 -> two(x, y, i * apart);
          default -> four(x, y, i * apart);
        }
      }
    }

    private void one(double[] x, double[] y, int o) {
      for (int t = 0; t < n; t++) {
        y[o + t] = weight[t] * x[o + from[t]];
      }
    }

    private void two(double[] x, double[] y, int o) {
      for (int t = 0; t < n; t++) {
        y[o + t] =
            Math.fma(weight[2 * t + 1], x[o + from[2 * t + 1]], weight[2 * t] * x[o + from[2 * t]]);
      }
    }

    private void four(double[] x, double[] y, int o) {
      for (int t = 0; t < n; t++) {
        int e = 4 * t;
        double sum = Math.fma(weight[e + 1], x[o + from[e + 1]], weight[e] * x[o + from[e]]);
        sum = Math.fma(weight[e + 2], x[o + from[e + 2]], sum);
        y[o + t] = Math.fma(weight[e + 3], x[o + from[e + 3]], sum);
      }
    }

    private void twoOfEight(double[] x, double[] y) {
      for (int t = 0; t < n; t++) {
        int u = from[2 * t];
        int v = from[2 * t + 1];
        double p = weight[2 * t];
        double q = weight[2 * t + 1];
        y[t] = Math.fma(q, x[v], p * x[u]);
        y[t + APART] = Math.fma(q, x[v + APART], p * x[u + APART]);
        y[t + 2 * APART] = Math.fma(q, x[v + 2 * APART], p * x[u + 2 * APART]);
        y[t + 3 * APART] = Math.fma(q, x[v + 3 * APART], p * x[u + 3 * APART]);
        y[t + 4 * APART] = Math.fma(q, x[v + 4 * APART], p * x[u + 4 * APART]);
        y[t + 5 * APART] = Math.fma(q, x[v + 5 * APART], p * x[u + 5 * APART]);
        y[t + 6 * APART] = Math.fma(q, x[v + 6 * APART], p * x[u + 6 * APART]);
        y[t + 7 * APART] = Math.fma(q, x[v + 7 * APART], p * x[u + 7 * APART]);
      }
    }

    private void fourOfEight(double[] x, double[] y) {
      for (int t = 0; t < n; t++) {
        int e = 4 * t;
        four(x, y, t, from[e], from[e + 1], from[e + 2], from[e + 3], e);
      }
    }

    private void four(double[] x, double[] y, int t, int u, int v, int s, int r, int e) {
      double a = weight[e];
      double b = weight[e + 1];
      double c = weight[e + 2];
      double d = weight[e + 3];
      y[t] = sum(a, x[u], b, x[v], c, x[s], d, x[r]);
      y[t + APART] = sum(a, x[u + APART], b, x[v + APART], c, x[s + APART], d, x[r + APART]);
      int k = 2 * APART;
      y[t + k] = sum(a, x[u + k], b, x[v + k], c, x[s + k], d, x[r + k]);
      k = 3 * APART;
      y[t + k] = sum(a, x[u + k], b, x[v + k], c, x[s + k], d, x[r + k]);
      k = 4 * APART;
      y[t + k] = sum(a, x[u + k], b, x[v + k], c, x[s + k], d, x[r + k]);
      k = 5 * APART;
      y[t + k] = sum(a, x[u + k], b, x[v + k], c, x[s + k], d, x[r + k]);
      k = 6 * APART;
      y[t + k] = sum(a, x[u + k], b, x[v + k], c, x[s + k], d, x[r + k]);
      k = 7 * APART;
      y[t + k] = sum(a, x[u + k], b, x[v + k], c, x[s + k], d, x[r + k]);
    }

    private static double sum(
        double a, double x, double b, double y, double c, double z, double d, double w) {
      return Math.fma(d, w, Math.fma(c, z, Math.fma(b, y, a * x)));
    }
  }

  /** Rows of any length, entry by entry. */
  private static final class Many extends RowMode {
    private final TypeTransition p;

    Many(TypeTransition p) {
      super(p.types());
      this.p = p;
    }

    @Override
    void apply(int rows, double[] x, double[] y, double[] workspace) {
      int n = p.types();
      for (int i = 0; i < rows; i++) {
        int o = i * stride();
        for (int t = 0; t < n; t++) {
          int e = p.start(t);
          double sum = p.probability(e) * x[o + p.successor(e)];
          for (e++; e < p.start(t + 1); e++) {
            sum = Math.fma(p.probability(e), x[o + p.successor(e)], sum);
          }
          y[o + t] = sum;
        }
      }
    }
  }

  /** A product of matrices, the transposed matrix in panels. */
  private static final class Dense extends RowMode {
    private final DenseKernels kernels = Kernels.best().dense();
    private final int n;
    private final int panels;

    /** P(t, u) at {@code (t / PANEL * n + u) * PANEL + t % PANEL}. */
    private final double[] packed;

    Dense(TypeTransition p) {
      super(p.types());
      n = p.types();
      panels = (n + DenseKernels.PANEL - 1) / DenseKernels.PANEL;
      packed = new double[panels * DenseKernels.PANEL * n];
      for (int t = 0; t < n; t++) {
        int column = t / DenseKernels.PANEL * n * DenseKernels.PANEL + t % DenseKernels.PANEL;
        for (int e = p.start(t); e < p.start(t + 1); e++) {
          packed[column + p.successor(e) * DenseKernels.PANEL] = p.probability(e);
        }
      }
    }

    @Override
    int stride() {
      return panels * DenseKernels.PANEL;
    }

    @Override
    int workspace() {
      return n * ROWS;
    }

    @Override
    void apply(int rows, double[] x, double[] y, double[] workspace) {
      for (int i = 0; i < rows; i++) {
        int o = i * apart(n);
        for (int u = 0; u < n; u++) {
          workspace[u * ROWS + i] = x[o + u];
        }
      }
      // Rows beyond the last are whatever they were: their results are not used.
      Arrays.fill(y, 0, ROWS * stride(), 0);
      kernels.rankUpdate(
          panels, n, workspace, 0, packed, 0, n * DenseKernels.PANEL, y, 0, stride());
    }
  }
}
