package bellwether.mechanisms.affine;

/**
 * Linear equations with a matrix for each of several columns side by side, by elimination without
 * pivots: for diagonally dominant matrices.
 */
final class ColumnSystems {
  private final int width;
  private final double[] factor;

  ColumnSystems(int width) {
    this.width = width;
    factor = new double[width];
  }

  /**
   * Solves.
   *
   * @param matrix {@code [row][column][c]}; used up
   * @param right {@code [row][c]}, replaced by the solution
   */
  void solve(double[] matrix, double[] right, int n) {
    for (int k = 0; k < n; k++) {
      int pivot = (k * n + k) * width;
      for (int i = k + 1; i < n; i++) {
        int row = (i * n + k) * width;
        if (!divide(matrix, row, pivot)) {
          continue;
        }
        for (int j = k + 1; j < n; j++) {
          subtract(matrix, (i * n + j) * width, matrix, (k * n + j) * width);
        }
        subtract(right, i * width, right, k * width);
      }
    }
    for (int k = n - 1; k >= 0; k--) {
      for (int j = k + 1; j < n; j++) {
        System.arraycopy(matrix, (k * n + j) * width, factor, 0, width);
        subtract(right, k * width, right, j * width);
      }
      int pivot = (k * n + k) * width;
      for (int c = 0; c < width; c++) {
        right[k * width + c] /= matrix[pivot + c];
      }
    }
  }

  /** The factor of a row; whether any column has one. */
  private boolean divide(double[] matrix, int row, int pivot) {
    boolean some = false;
    for (int c = 0; c < width; c++) {
      some |= matrix[row + c] != 0;
    }
    if (some) {
      for (int c = 0; c < width; c++) {
        factor[c] = matrix[row + c] / matrix[pivot + c];
      }
    }
    return some;
  }

  private void subtract(double[] to, int at, double[] from, int offset) {
    double[] f = factor;
    for (int c = 0; c < width; c++) {
      to[at + c] -= f[c] * from[offset + c];
    }
  }
}
