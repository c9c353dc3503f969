package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

import bellwether.core.kernel.DenseKernels;

/**
 * Solves x(l) = g(l) + sum_{m<l} T(l,m) x(m), l = 0..depth-1, for {@link DenseKernels#PANEL}
 * vectors at a time: eight rows after the other, nearly all of it in {@code rankUpdate}.
 */
final class UnitTriangle {

  /** The entries of a strictly lower triangle. */
  @FunctionalInterface
  interface Entries {
    /** T(l,m), m &lt; l. */
    double at(int l, int m);
  }

  private final int depth;
  private final int rows;

  /** Of the strip at row s: T(s + i, l), l &lt; s, at {@code s * rows + l * STRIP + i}. */
  private final double[] packed;

  /** T(s + i, s + l), l &lt; i, at {@code (s + i) * STRIP + l}. */
  private final double[] corners;

  UnitTriangle(int depth, Entries entries) {
    this.depth = depth;
    rows = Layout.padded(depth);
    packed = new double[rows * rows];
    corners = new double[rows * STRIP];
    for (int l = 0; l < depth; l++) {
      int s = l / STRIP * STRIP;
      for (int m = 0; m < s; m++) {
        packed[s * rows + m * STRIP + l - s] = entries.at(l, m);
      }
      for (int m = s; m < l; m++) {
        corners[l * STRIP + m - s] = entries.at(l, m);
      }
    }
  }

  /** Doubles of a panel that {@link #solve} works on. */
  int panelSize() {
    return rows * PANEL;
  }

  /** Solves in place; entry l of vector j at {@code offset + l * PANEL + j}. */
  void solve(DenseKernels kernels, double[] panel) {
    for (int s = 0; s < rows; s += STRIP) {
      int strip = s * PANEL;
      if (s > 0) {
        // The rows above are all known; no row of the panel is both read and written.
        kernels.rankUpdate(1, s, packed, s * rows, panel, 0, 0, panel, strip, PANEL);
      }
      for (int i = 1; i < STRIP && s + i < depth; i++) {
        kernels.combine(
            i, panel, strip, PANEL, corners, (s + i) * STRIP, panel, strip + i * PANEL, PANEL);
      }
    }
  }
}
