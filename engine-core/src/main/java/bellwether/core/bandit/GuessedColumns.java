package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.parallel.Team;
import java.util.Arrays;

/**
 * The columns that the next block's pivots are likely to have: those of the largest ratios. They
 * are copied while the trailing update has their rows in the cache, and brought up to date together
 * every {@link #INNER} pivots, so that a pivot's own column waits for few columns of L. A wrong
 * guess costs time and nothing else: each entry goes through the same chain of operations.
 */
final class GuessedColumns {
  /** Pivots after which the guessed columns are brought up to date together. */
  static final int INNER = 32;

  /** Rows that one piece of that has. */
  private static final int PIECE = 1024;

  private final DenseKernels kernels;

  /** The columns: slot g, position x at {@code at + g * stride + x}. */
  private final double[] work;

  private final int at;
  private final int stride;

  /** Positions of the guesses, increasing. */
  private final int[] positions;

  /** The slot of each: the likeliest pivots come first. */
  private final int[] slots;

  /** By position: the slot that holds its column, or -1. */
  private final int[] slotOf;

  /** By slot: whether it has become a pivot. */
  private final boolean[] used;

  /** What the inner pivots' rows have in the guessed columns, in strips. */
  private final double[] rows;

  private int count;

  /** The block's pivot up to which the columns are up to date. */
  private int current;

  GuessedColumns(
      int capacity, int states, DenseKernels kernels, double[] work, int at, int stride) {
    this.kernels = kernels;
    this.work = work;
    this.at = at;
    this.stride = stride;
    positions = new int[capacity];
    slots = new int[capacity];
    used = new boolean[capacity];
    rows = new double[capacity * INNER];
    slotOf = new int[states];
    Arrays.fill(slotOf, -1);
  }

  /** How many columns a block of this size guesses: a whole number of strips. */
  static int capacity(int blockSize) {
    return (blockSize + blockSize / 4 + STRIP - 1) / STRIP * STRIP;
  }

  /** Chooses the columns for the next block, among the first {@code survivors} positions. */
  void choose(double[] d, double[] b, int survivors) {
    for (int i = 0; i < count; i++) {
      slotOf[positions[i]] = -1;
    }
    count = 0;
    current = 0;
    if (survivors <= positions.length) {
      return;
    }
    double[] ratios = new double[survivors];
    for (int x = 0; x < survivors; x++) {
      ratios[x] = d[x] / b[x];
    }
    double[] sorted = ratios.clone();
    Arrays.sort(sorted);
    double threshold = sorted[survivors - positions.length];
    for (int x = 0; x < survivors && count < positions.length; x++) {
      if (ratios[x] >= threshold) {
        positions[count++] = x;
      }
    }
    int[] byRatio = Arrays.copyOf(positions, count);
    for (int i = 1; i < count; i++) {
      int x = byRatio[i];
      int j = i;
      for (; j > 0 && ratios[byRatio[j - 1]] < ratios[x]; j--) {
        byRatio[j] = byRatio[j - 1];
      }
      byRatio[j] = x;
    }
    for (int slot = 0; slot < count; slot++) {
      slotOf[byRatio[slot]] = slot;
    }
    for (int i = 0; i < count; i++) {
      slots[i] = slotOf[positions[i]];
    }
    Arrays.fill(used, false);
  }

  /** Copies the guessed columns among from..to-1 of the rows that {@code q} has in one strip. */
  void gather(EliminationMatrix q, int row, int survivors, int from, int to) {
    int begin = lowerBound(positions, 0, count, from);
    int end = lowerBound(positions, 0, count, to);
    int last = Math.min(survivors, row + STRIP);
    for (int i = begin; i < end; i++) {
      int slot = at + slots[i] * stride;
      q.readColumn(positions[i], row, last, work, slot);
    }
  }

  /** Whether the column of position p is here. */
  boolean has(int p) {
    return slotOf[p] >= 0;
  }

  /** Where the column of a guessed position begins; it is used from now on. */
  int take(int p) {
    used[slotOf[p]] = true;
    return at + slotOf[p] * stride;
  }

  /** The block's pivot up to which the columns are up to date. */
  int current() {
    return current;
  }

  /** Whether there are any. */
  boolean any() {
    return count > 0;
  }

  /**
   * Adds the product of L and U for the pivots from {@link #current} to {@code end} to the columns
   * that are still to come.
   *
   * @param left states that remain
   * @param pivots positions of the block's pivots
   * @param corner L among them: L(l,m) at {@code m * blockSize + l}
   * @param lower where L begins in the work array, column l at {@code lower + l * stride}
   * @param scratch where {@code INNER} rows in panels may be written in the work array
   */
  void update(
      Team team,
      int end,
      int left,
      int[] pivots,
      double[] corner,
      int blockSize,
      int lower,
      int scratch) {
    int start = current;
    int depth = end - start;
    int strips = (count + STRIP - 1) / STRIP;
    team.forEach(strips, strip -> pivotRows(strip, start, depth, pivots, corner, blockSize));
    int panels = (left + PANEL - 1) / PANEL;
    int chunk = PIECE / PANEL;
    team.forEach(
        (panels + chunk - 1) / chunk,
        piece -> {
          int firstPanel = piece * chunk;
          int size = Math.min(chunk, panels - firstPanel);
          int packed = scratch + firstPanel * depth * PANEL;
          for (int l = 0; l < depth; l++) {
            int from = lower + (start + l) * stride + firstPanel * PANEL;
            for (int p = 0; p < size; p++) {
              System.arraycopy(
                  work, from + p * PANEL, work, packed + (p * depth + l) * PANEL, PANEL);
            }
          }
          for (int strip = 0; strip < strips; strip++) {
            if (!allUsed(strip)) {
              kernels.rankUpdate(
                  size,
                  depth,
                  rows,
                  strip * STRIP * INNER,
                  work,
                  packed,
                  depth * PANEL,
                  work,
                  at + strip * STRIP * stride + firstPanel * PANEL,
                  stride);
            }
          }
        });
    current = end;
  }

  private boolean allUsed(int strip) {
    for (int slot = strip * STRIP; slot < strip * STRIP + STRIP; slot++) {
      if (!used[slot] && slot < count) {
        return false;
      }
    }
    return true;
  }

  /** What the rows of the pivots since {@code start} have in eight guessed columns by now. */
  private void pivotRows(
      int strip, int start, int depth, int[] pivots, double[] corner, int blockSize) {
    if (allUsed(strip)) {
      return;
    }
    int base = strip * STRIP * INNER;
    int columns = at + strip * STRIP * stride;
    for (int l = 0; l < depth; l++) {
      int row = base + l * STRIP;
      for (int i = 0; i < STRIP; i++) {
        rows[row + i] = work[columns + i * stride + pivots[start + l]];
      }
      for (int m = 0; m < l; m++) {
        double factor = corner[(start + m) * blockSize + start + l];
        int above = base + m * STRIP;
        for (int i = 0; i < STRIP; i++) {
          rows[row + i] = Math.fma(factor, rows[above + i], rows[row + i]);
        }
      }
    }
  }

  /** The first index in from..to whose entry is at least {@code value}; entries increase. */
  static int lowerBound(int[] array, int from, int to, int value) {
    int index = Arrays.binarySearch(array, from, to, value);
    return index >= 0 ? index : -index - 1;
  }
}
