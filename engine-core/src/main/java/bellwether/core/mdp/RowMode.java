package bellwether.core.mdp;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ModeKernels;
import java.util.Arrays;

/**
 * The matrix of the last mode, whose types are neighbours in memory: y[t] = sum_u P(t, u) x[u] for
 * several rows x at a time, each sum in increasing u by {@code fma}.
 */
abstract sealed class RowMode {
  /** Rows that are taken together: a strip of the dense kernel, the lanes of the sparse one. */
  static final int ROWS = DenseKernels.STRIP;

  private RowMode() {}

  /**
   * The fastest way for a matrix.
   *
   * @param denseShare a larger share of entries makes a matrix dense
   */
  static RowMode of(TypeTransition p, double denseShare) {
    return dense(p, denseShare) ? new Dense(p) : new Sparse(p);
  }

  /** Whether a matrix is dense. */
  static boolean dense(TypeTransition p, double denseShare) {
    double cells = (double) p.types() * p.types();
    return p.entries() > denseShare * cells && p.longestRow() > 2;
  }

  /** Doubles of a row of x or y with the room that it needs. */
  abstract int room();

  /** Doubles that {@link #apply} needs to work in. */
  abstract int workspace();

  /** Doubles that a thread's array has of the matrix. */
  int constants() {
    return 0;
  }

  /** Writes them, from a place. */
  void prepare(double[] array, int constants) {}

  /**
   * Applies the matrix to {@link #ROWS} rows of {@link #room} doubles, all in one array.
   *
   * @param constants where {@link #prepare} has been
   * @param x row i from {@code x + i * apart}
   * @param y row i from {@code y + i * apart}
   */
  abstract void apply(
      Kernels kernels, double[] array, int constants, int x, int y, int apart, int work);

  /** A product with the entries that there are. */
  private static final class Sparse extends RowMode {
    private final int n;
    private final int[] start;
    private final int[] from;
    private final double[] weight;

    /** Whether every type has two entries. */
    private final boolean pairs;

    Sparse(TypeTransition p) {
      n = p.types();
      start = new int[n + 1];
      from = new int[p.entries()];
      weight = new double[p.entries()];
      boolean two = true;
      for (int t = 0; t < n; t++) {
        start[t + 1] = p.start(t + 1);
        two &= start[t + 1] - start[t] == 2;
        for (int e = p.start(t); e < p.start(t + 1); e++) {
          from[e] = p.successor(e);
          weight[e] = p.probability(e);
        }
      }
      pairs = two;
    }

    @Override
    int room() {
      return (n + ModeKernels.LANES - 1) / ModeKernels.LANES * ModeKernels.LANES;
    }

    @Override
    int workspace() {
      return 2 * ROWS * room();
    }

    @Override
    int constants() {
      return pairs ? weight.length : 0;
    }

    @Override
    void prepare(double[] array, int constants) {
      System.arraycopy(weight, 0, array, constants, constants());
    }

    @Override
    void apply(Kernels kernels, double[] array, int constants, int x, int y, int apart, int work) {
      ModeKernels modes = kernels.modes();
      if (pairs) {
        modes.multiplyPairs(n, from, array, constants, x, apart, y, apart, work);
      } else {
        modes.multiply(n, start, from, weight, array, x, apart, array, y, apart, array, work);
      }
    }
  }

  /** A product of matrices, the transposed matrix in panels. */
  private static final class Dense extends RowMode {
    private final int n;
    private final int panels;

    /** P(t, u) at {@code (t / PANEL * n + u) * PANEL + t % PANEL}. */
    private final double[] packed;

    Dense(TypeTransition p) {
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
    int room() {
      return panels * DenseKernels.PANEL;
    }

    @Override
    int workspace() {
      return n * ROWS;
    }

    @Override
    void apply(Kernels kernels, double[] array, int constants, int x, int y, int apart, int work) {
      for (int i = 0; i < ROWS; i++) {
        int o = x + i * apart;
        for (int u = 0; u < n; u++) {
          array[work + u * ROWS + i] = array[o + u];
        }
      }
      Arrays.fill(array, y, y + ROWS * apart, 0);
      kernels
          .dense()
          .rankUpdate(panels, n, array, work, packed, 0, n * DenseKernels.PANEL, array, y, apart);
    }
  }
}
