package bellwether.core.bandit;

import bellwether.core.kernel.DenseKernels;

/**
 * The matrix that state elimination works on: Q, then the rows of U, by position. Numbers go in and
 * out as doubles; how they are kept, and in which precision the product of L and U is added, is up
 * to the two kinds.
 */
sealed interface EliminationMatrix permits DoubleMatrix, FloatMatrix {

  /** Columns that a panel of U has; products begin at multiples of it. */
  int panelColumns();

  /** Whether L is kept as well, in the columns of eliminated states that are free by then. */
  boolean keepsLower();

  double at(int row, int column);

  void set(int row, int column, double value);

  /** Copies entries {@code column}, {@code column + 1}, ... of a row. */
  void read(int row, int column, double[] target, int offset, int length);

  /** As {@link #read}, the other way. */
  void write(int row, int column, double[] source, int offset, int length);

  /** Copies entries {@code from} to {@code to - 1} of a column to the same places of target. */
  void readColumn(int column, int from, int to, double[] target, int offset);

  /** Copies the first entries of a row to another one. */
  void copyRow(int from, int to, int length);

  /** The inner product of a piece of a row and of v. */
  double dot(DenseKernels kernels, int row, int column, double[] v, int offset, int length);

  /** The strips and panels that hold L and U of the blocks from now on. */
  void factorsIn(double[] strips, double[] work, int upper);

  /** Strip number {@code strip} of L has been packed, {@code depth} columns. */
  void takeLower(int strip, int depth);

  /**
   * Panel number {@code panel} of U has been packed, {@code panelSize} doubles from its like.
   *
   * @param last the number of the last one
   */
  void takeUpper(int panel, int last, int panelSize, int depth);

  /** Panels of U that stay in a second cache of 1 MiB, next to the rows that pass through it. */
  int cachedPanels(int depth);

  /**
   * Adds L U to one strip of rows, from column {@code firstPanel * panelColumns()}.
   *
   * @param count panels
   */
  void add(DenseKernels kernels, int strip, int firstPanel, int count, int panelSize, int depth);
}
