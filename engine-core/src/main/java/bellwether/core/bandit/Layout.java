package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

/**
 * How {@link Elimination} lays an arm out in memory: rows and columns padded to whole strips and
 * panels, {@code stride} doubles from row to row.
 *
 * @param states n
 * @param blockSize pivots of a block
 * @param stride a multiple of {@code STRIP}
 */
record Layout(int states, int blockSize, int stride) {
  /**
   * Where matrices begin in their arrays. G1 puts arrays of half a region or more at the start of
   * one, so the seventh double stands at a multiple of 64 bytes, and no load of a vector crosses a
   * cache line: rank updates in cache were measured 1.6 times faster. Elsewhere this does no harm.
   */
  static final int ORIGIN = 6;

  /** Doubles that make an array large enough for that in heaps of up to 32 GiB. */
  private static final int LARGE_ARRAY = 540_000;

  /** Smaller arms are over before a large array is cleared. */
  private static final int LARGE_ARM = 500;

  static Layout of(int n) {
    int size = n < 1500 ? 64 : n < 6000 ? 128 : 192;
    int stride = panels(n) * PANEL;
    // A stride of whole pages would put a column into one set of the cache.
    return new Layout(n, Math.min(size, n), stride % 512 == 0 ? stride + STRIP : stride);
  }

  /** Where the row at a position begins. */
  int row(int position) {
    return ORIGIN + position * stride;
  }

  /** Doubles of the matrix. */
  int matrixSize() {
    return ORIGIN + rows() * stride;
  }

  /** Rows in whole strips. */
  int rows() {
    return (states + STRIP - 1) / STRIP * STRIP;
  }

  /** At least this many doubles, and enough to be aligned where that pays. */
  int workSize(int size) {
    return states < LARGE_ARM ? size : Math.max(size, LARGE_ARRAY);
  }

  /** Bytes that an elimination takes besides the arm. */
  long bytes() {
    return 8L * rows() * stride + workBytes();
  }

  /** Those of them that are not the matrix: L, U and the columns of a block. */
  long workBytes() {
    return 8 * (5L * blockSize * (stride + blockSize) + (long) rows() * blockSize + LARGE_ARRAY);
  }

  /** Panels that so many columns fill. */
  static int panels(int columns) {
    return (columns + PANEL - 1) / PANEL;
  }

  /** So many pivots in whole strips. */
  static int padded(int depth) {
    return (depth + STRIP - 1) / STRIP * STRIP;
  }
}
