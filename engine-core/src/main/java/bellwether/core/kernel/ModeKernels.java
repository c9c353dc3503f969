package bellwether.core.kernel;

/**
 * Kernels over rows of a tensor of values: what a Bellman backup of a product model is made of. The
 * rows that are read and those that are written are apart.
 */
public interface ModeKernels {

  /** Numbers of each kind among the extremes of {@link #settle}, and rows of {@link #multiply}. */
  int LANES = 8;

  /**
   * Linear combinations of rows: y[x] = w[0] r_0[x], then y[x] = fma(w[l], r_l[x], y[x]) for l = 1,
   * ..., depth-1, for each x = 0..length-1; {@code count} times, with the rows that follow.
   *
   * @param depth at least 1
   * @param rows the i-th r_l starts at {@code base + offsets[offsetFrom + l] + i * apart}
   * @param weights w, from {@code weightFrom}
   * @param target the i-th y starts at {@code targetOffset + i * targetApart}
   */
  void mix(
      int count,
      int length,
      int depth,
      double[] rows,
      int base,
      int apart,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      double[] target,
      int targetOffset,
      int targetApart);

  /**
   * The same, each target with offsets and weights of its own: those at start[first + i] to
   * start[first + i + 1] - 1 for target i, at least one.
   *
   * @param rows row r_l of each target starts at {@code base + offsets[l]}
   */
  void mixEach(
      int count,
      int length,
      int[] start,
      int first,
      double[] rows,
      int base,
      int[] offsets,
      double[] weights,
      double[] target,
      int targetOffset,
      int targetApart);

  /**
   * The product of a sparse matrix with {@link #LANES} rows at a time: y[t] = w[e] x[u[e]] at e =
   * start[t], then y[t] = fma(w[e], x[u[e]], y[t]) for e = start[t] + 1, ..., start[t+1] - 1, for
   * each t = 0..types-1 of each row. Rows of x and y have room for {@code types} rounded up to a
   * multiple of {@link #LANES}; what stands there is not used, and whatever it is afterwards.
   *
   * @param types rows of the matrix, none of them empty
   * @param x row i from {@code xOffset + i * xApart}
   * @param y row i from {@code yOffset + i * yApart}
   * @param work {@code 2 * LANES} times the rounded types, from {@code workOffset}, for any use; x,
   *     y and it may be parts of one array
   */
  void multiply(
      int types,
      int[] start,
      int[] from,
      double[] weight,
      double[] x,
      int xOffset,
      int xApart,
      double[] y,
      int yOffset,
      int yApart,
      double[] work,
      int workOffset);

  /**
   * {@link #multiply} for a matrix of two entries a row: y[t] = fma(v[2 t + 1], x[from[2 t + 1]],
   * v[2 t] x[from[2 t]]).
   *
   * @param array has v at {@code weight}, {@link #LANES} rows of x and y, with room as there, and
   *     from {@code work} {@code LANES} times the rounded types for any use
   */
  void multiplyPairs(
      int types,
      int[] from,
      double[] array,
      int weight,
      int x,
      int xApart,
      int y,
      int yApart,
      int work);

  /**
   * Combines rows of blocks, two of each, and turns them to columns: for each of {@link #LANES}
   * rows i from {@code row}, e = 2 i, and r(l, k) the row of block l at {@code offsets[offsetFrom +
   * l] + from[e + k]}: x[u] = w[0] weight[e] r(0, 0)[u], then x[u] = fma(w[l] weight[e + k], r(l,
   * k)[u], x[u]) for (l, k) = (0, 1), (1, 0), (1, 1), ..., (depth - 1, 1), for each u =
   * 0..columns-1, and x[u] goes to {@code targetOffset + u * targetApart + i - row}.
   *
   * @param depth blocks, at least 1
   * @param weights w, from {@code weightFrom}
   * @param work {@link #LANES} times the columns rounded up to a multiple of {@link #LANES}, from
   *     {@code workOffset}, for any use; the target and it may be parts of one array
   */
  void turnPairs(
      int depth,
      double[] blocks,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      int[] from,
      double[] weight,
      int row,
      int columns,
      double[] target,
      int targetOffset,
      int targetApart,
      double[] work,
      int workOffset);

  /**
   * Backups of one action: out[x] = fma(discount, expected[x], (constant + rowReward[i]) +
   * reward[x]) for each x of each row i.
   *
   * @param rows how many
   * @param expected row i from {@code expectedOffset + i * apart}
   * @param rowReward from {@code rowFrom}
   * @param reward from its beginning
   * @param out row i from {@code outOffset + i * length}
   */
  void backup(
      int rows,
      double discount,
      double[] expected,
      int expectedOffset,
      int apart,
      double constant,
      double[] rowReward,
      int rowFrom,
      double[] reward,
      double[] out,
      int outOffset,
      int length);

  /**
   * Backups of one action whose expectation is an average of two rows, with no rows in between: e =
   * fma(second, r_2[x], first * r_1[x]), out[x] = fma(discount, e, (constant + rowReward[i]) +
   * reward[x]).
   *
   * @param source the i-th r_1 and r_2 from {@code one + i * apart} and {@code two + i * apart}
   */
  void backupTwo(
      int rows,
      double discount,
      double[] source,
      int one,
      int two,
      int apart,
      double first,
      double second,
      double constant,
      double[] rowReward,
      int rowFrom,
      double[] reward,
      double[] out,
      int outOffset,
      int length);

  /**
   * Backups of one action whose expectation combines two rows of each of two blocks: for row i and
   * e = 2 i, out[x] = (constant + rowReward[i]) + reward[x], then out[x] = fma(w, k[x], out[x]) for
   * k the row at {@code one + from[e]} and w = first * weight[e], the row at {@code one + from[e +
   * 1]} and w = first * weight[e + 1], and the same of block {@code two} with {@code second}.
   *
   * @param first the first block's weight, the discount included
   * @param reward reward_i from {@code rewardFrom + i * rewardApart}
   * @param out row i from {@code outOffset + i * outApart}
   */
  void backupPairs(
      int rows,
      double[] source,
      int one,
      int two,
      double first,
      double second,
      int[] from,
      double[] weight,
      double constant,
      double[] rowReward,
      double[] reward,
      int rewardFrom,
      int rewardApart,
      double[] out,
      int outOffset,
      int outApart,
      int length);

  /** {@link #backup}, but out[x] becomes the larger of what it was and the backup. */
  void raise(
      int rows,
      double discount,
      double[] expected,
      int expectedOffset,
      int apart,
      double constant,
      double[] rowReward,
      int rowFrom,
      double[] reward,
      double[] out,
      int outOffset,
      int length);

  /**
   * Looks at a sweep: {@code extremes} take in out[x] - old[x] and |out[x]|. No number may be NaN.
   *
   * @param extremes {@link #LANES} least changes, as many largest changes and as many largest
   *     sizes, of which the call makes any less or larger
   */
  void settle(
      double[] old, int oldOffset, double[] out, int outOffset, int length, double[] extremes);

  /**
   * {@link #settle} where rows of the one are columns of the other: takes in out(u, i) - old(i, u)
   * and |out(u, i)|, i below rows and u below columns.
   *
   * @param old (i, u) at {@code oldOffset + i * oldApart + u}
   * @param out (u, i) at {@code outOffset + u * outApart + i}
   * @param work {@link #LANES} times the columns, from {@code workOffset}, for any use
   */
  void settleTurned(
      int rows,
      int columns,
      double[] old,
      int oldOffset,
      int oldApart,
      double[] out,
      int outOffset,
      int outApart,
      double[] extremes,
      double[] work,
      int workOffset);

  /**
   * Reads numbers so that the caches have them: one long run is faster than many short ones in
   * between of arithmetic.
   *
   * @return whatever; used, so that it is read
   */
  double touch(double[] x, int offset, int length);
}
