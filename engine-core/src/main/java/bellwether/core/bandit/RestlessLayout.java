package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

/**
 * How the matrices of Whittle's index lie in memory: rows in whole groups of three strips, columns
 * in whole panels, {@code stride} doubles from row to row, the first at {@link Layout#ORIGIN}.
 *
 * @param states n
 * @param blockSize pivots of a block of the elimination, a multiple of {@code PANEL}
 * @param pathSize states that become passive between two updates of the matrix
 * @param stride a multiple of {@code STRIP}
 */
record RestlessLayout(int states, int blockSize, int pathSize, int stride) {

  static RestlessLayout of(int n) {
    int block = n < 1500 ? 72 : n < 6000 ? 120 : 192;
    int path = n < 1500 ? 64 : n < 6000 ? 96 : 144;
    int stride = Layout.panels(n) * PANEL;
    // A stride of whole pages would put a column into one set of the cache.
    return new RestlessLayout(
        n, block, Math.min(path, n), stride % 512 == 0 ? stride + STRIP : stride);
  }

  /** Where a row begins. */
  int row(int position) {
    return Layout.ORIGIN + position * stride;
  }

  /** Doubles of a matrix of so many rows. */
  static long size(long rows, int stride) {
    return Layout.ORIGIN + Layout.panels((int) rows) * (long) PANEL * stride;
  }

  /** An empty matrix of so many rows. */
  double[] matrix(int rows) {
    return new double[Math.toIntExact(size(rows, stride))];
  }

  /** The largest matrix, in doubles: it must be a Java array. */
  long largest() {
    return size(states + 1L, stride);
  }

  /** Bytes that the indices take besides the arm. */
  long bytes() {
    long wide = Math.max(blockSize, pathSize) + (long) STRIP;
    return 8 * (2 * largest() + 6 * wide * stride + 20L * states) + Reach.bytes(states);
  }
}
