package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

import bellwether.core.kernel.DenseKernels;

/** Doubles, eight bytes an entry. */
final class DoubleMatrix implements EliminationMatrix {
  private static final int CACHED_DOUBLES = 96 * 1024;

  private final double[] q;
  private final int stride;
  private double[] strips = {};
  private double[] work = {};
  private int upper;

  DoubleMatrix(Layout layout) {
    q = new double[layout.matrixSize()];
    stride = layout.stride();
  }

  private int place(int row, int column) {
    return Layout.ORIGIN + row * stride + column;
  }

  @Override
  public int panelColumns() {
    return PANEL;
  }

  @Override
  public boolean keepsLower() {
    return false;
  }

  @Override
  public double at(int row, int column) {
    return q[place(row, column)];
  }

  @Override
  public void set(int row, int column, double value) {
    q[place(row, column)] = value;
  }

  @Override
  public void read(int row, int column, double[] target, int offset, int length) {
    System.arraycopy(q, place(row, column), target, offset, length);
  }

  @Override
  public void write(int row, int column, double[] source, int offset, int length) {
    System.arraycopy(source, offset, q, place(row, column), length);
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
    return kernels.dot(q, place(row, column), v, offset, length);
  }

  @Override
  public void factorsIn(double[] strips, double[] work, int upper) {
    this.strips = strips;
    this.work = work;
    this.upper = upper;
  }

  @Override
  public void takeLower(int strip, int depth) {}

  @Override
  public void takeUpper(int panel, int last, int panelSize, int depth) {}

  @Override
  public int cachedPanels(int depth) {
    return Math.max(1, CACHED_DOUBLES / (Layout.padded(depth) * PANEL));
  }

  @Override
  public void add(
      DenseKernels kernels, int strip, int firstPanel, int count, int panelSize, int depth) {
    kernels.rankUpdate(
        count,
        depth,
        strips,
        strip * STRIP * depth,
        work,
        upper + firstPanel * panelSize,
        panelSize,
        q,
        place(strip * STRIP, firstPanel * PANEL),
        stride);
  }
}
