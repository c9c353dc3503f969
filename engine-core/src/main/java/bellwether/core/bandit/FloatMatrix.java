package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.FLOAT_PANEL;
import static bellwether.core.kernel.DenseKernels.PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

import bellwether.core.kernel.DenseKernels;
import java.util.Arrays;

/**
 * Floats, four bytes an entry; products of L and U, rounded to floats, are added in single
 * precision. L is kept, so that {@link RankedFactors} can solve with both factors.
 */
final class FloatMatrix implements EliminationMatrix {
  /** As {@link Layout#ORIGIN}: 48 bytes after the header of 16. */
  private static final int ORIGIN = 12;

  private static final int CACHED_FLOATS = 192 * 1024;

  /** A stride of whole pages would put a column into one set of the cache. */
  private static final int PAGE = 1024;

  private static final int HALVES = FLOAT_PANEL / PANEL;

  private final float[] q;
  private final int stride;
  private final float[] lower;

  /** Panels of U, {@code panelFloats} apart. */
  private final float[] panels;

  private final int panelFloats;
  private double[] strips = {};
  private double[] work = {};
  private int upper;

  FloatMatrix(Layout layout) {
    stride = stride(layout.states());
    q = new float[ORIGIN + layout.rows() * stride];
    lower = new float[layout.rows() * layout.blockSize()];
    panelFloats = Layout.padded(layout.blockSize()) * FLOAT_PANEL;
    panels = new float[ORIGIN + floatPanels(layout.states()) * panelFloats];
  }

  private static int floatPanels(int columns) {
    return (columns + FLOAT_PANEL - 1) / FLOAT_PANEL;
  }

  private static int stride(int n) {
    int stride = floatPanels(n) * FLOAT_PANEL;
    return stride % PAGE == 0 ? stride + 2 * STRIP : stride;
  }

  /** Bytes of such a matrix and what it works with. */
  static long bytes(Layout layout) {
    // The matrix, what is set aside of it in doubles, and a block's L and U.
    return 4L * (layout.rows() + 4L * layout.blockSize()) * stride(layout.states());
  }

  private int place(int row, int column) {
    return ORIGIN + row * stride + column;
  }

  @Override
  public int panelColumns() {
    return FLOAT_PANEL;
  }

  @Override
  public boolean keepsLower() {
    return true;
  }

  @Override
  public double at(int row, int column) {
    return q[place(row, column)];
  }

  @Override
  public void set(int row, int column, double value) {
    q[place(row, column)] = (float) value;
  }

  @Override
  public void read(int row, int column, double[] target, int offset, int length) {
    int from = place(row, column);
    for (int i = 0; i < length; i++) {
      target[offset + i] = q[from + i];
    }
  }

  @Override
  public void write(int row, int column, double[] source, int offset, int length) {
    int to = place(row, column);
    for (int i = 0; i < length; i++) {
      q[to + i] = (float) source[offset + i];
    }
  }

  @Override
  public void readColumn(int column, int from, int to, double[] target, int offset) {
    for (int x = from; x < to; x++) {
      target[offset + x] = q[place(x, column)];
    }
  }

  @Override
  public void copyRow(int from, int to, int length) {
    System.arraycopy(q, place(from, 0), q, place(to, 0), length);
  }

  @Override
  public double dot(DenseKernels kernels, int row, int column, double[] v, int offset, int length) {
    double[] piece = new double[length];
    read(row, column, piece, 0, length);
    return kernels.dot(piece, 0, v, offset, length);
  }

  @Override
  public void factorsIn(double[] strips, double[] work, int upper) {
    this.strips = strips;
    this.work = work;
    this.upper = upper;
  }

  @Override
  public void takeLower(int strip, int depth) {
    int from = strip * STRIP * depth;
    for (int i = from; i < from + STRIP * depth; i++) {
      lower[i] = (float) strips[i];
    }
  }

  @Override
  public void takeUpper(int panel, int last, int panelSize, int depth) {
    int from = upper + panel * panelSize;
    int to = ORIGIN + panel / HALVES * panelFloats + panel % HALVES * PANEL;
    for (int l = 0; l < depth; l++) {
      for (int j = 0; j < PANEL; j++) {
        panels[to + l * FLOAT_PANEL + j] = (float) work[from + l * PANEL + j];
      }
      if (panel == last && panel % HALVES == 0) {
        Arrays.fill(panels, to + l * FLOAT_PANEL + PANEL, to + (l + 1) * FLOAT_PANEL, 0);
      }
    }
  }

  @Override
  public int cachedPanels(int depth) {
    return Math.max(1, CACHED_FLOATS / (Layout.padded(depth) * FLOAT_PANEL));
  }

  @Override
  public void add(
      DenseKernels kernels, int strip, int firstPanel, int count, int panelSize, int depth) {
    kernels.rankUpdate(
        count,
        depth,
        lower,
        strip * STRIP * depth,
        panels,
        ORIGIN + firstPanel * panelFloats,
        panelFloats,
        q,
        place(strip * STRIP, firstPanel * FLOAT_PANEL),
        stride);
  }
}
