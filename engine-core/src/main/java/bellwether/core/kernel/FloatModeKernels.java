package bellwether.core.kernel;

/**
 * Kernels over rows of a tensor of values in single precision: the early sweeps of a product model,
 * whose numbers are far from the solution anyway. Half the bytes of {@link ModeKernels}, and twice
 * the numbers in a register. Weights and constants are doubles that are rounded once, where a
 * formula says {@code float}. The rows that are read and those that are written are apart.
 */
public interface FloatModeKernels {

  /** Rows of {@link #turnPairs}, and numbers of each kind among the extremes. */
  int LANES = 16;

  /**
   * Combines rows of blocks, two of each, and turns them to columns: for each of {@link #LANES}
   * rows i from {@code row}, e = 2 i, v(l, k) = float(weights[weightFrom + l] * weight[e + k]) and
   * r(l, k) the row of block l at {@code offsets[offsetFrom + l] + from[e + k]}: x[u] = v(0, 0)
   * r(0, 0)[u], then x[u] = fma(v(l, k), r(l, k)[u], x[u]) for (l, k) = (0, 1), (1, 0), (1, 1),
   * ..., (depth - 1, 1), for each u = 0..columns-1, and x[u] goes to {@code targetOffset + u *
   * targetApart + i - row}.
   *
   * @param depth blocks, at least 1
   * @param work {@link #LANES} times the columns rounded up to a multiple of {@link #LANES}, from
   *     {@code workOffset}, for any use; the target and it may be parts of one array
   */
  void turnPairs(
      int depth,
      float[] blocks,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      int[] from,
      double[] weight,
      int row,
      int columns,
      float[] target,
      int targetOffset,
      int targetApart,
      float[] work,
      int workOffset);

  /**
   * Backups of one action whose expectation combines two rows of each of two blocks: for row i and
   * e = 2 i, out[x] = (constant + rowReward[i]) + reward[x], then out[x] = fma(w, k[x], out[x]) for
   * k the row at {@code one + from[e]} and w = float(first * weight[e]), the row at {@code one +
   * from[e + 1]} and w = float(first * weight[e + 1]), and the same of block {@code two} with
   * {@code second}.
   *
   * @param first the first block's weight, the discount included
   * @param reward reward_i from {@code rewardFrom + i * rewardApart}
   * @param out row i from {@code outOffset + i * outApart}
   */
  void backupPairs(
      int rows,
      float[] source,
      int one,
      int two,
      double first,
      double second,
      int[] from,
      double[] weight,
      float constant,
      float[] rowReward,
      float[] reward,
      int rewardFrom,
      int rewardApart,
      float[] out,
      int outOffset,
      int outApart,
      int length);

  /**
   * The larger rewards: out[x] becomes the larger of what it was and (constant + rowReward[i]) +
   * reward[x] for each x of each row i. No number may be NaN.
   *
   * @param reward from its beginning
   * @param out row i from {@code outOffset + i * length}
   */
  void raiseRewards(
      int rows,
      float constant,
      float[] rowReward,
      float[] reward,
      float[] out,
      int outOffset,
      int length);

  /**
   * Looks at a sweep where rows of the one are columns of the other: {@code extremes} take in
   * out(u, i) - old(i, u) and |out(u, i)|, i below rows and u below columns. No number may be NaN.
   *
   * @param old (i, u) at {@code oldOffset + i * oldApart + u}
   * @param out (u, i) at {@code outOffset + u * outApart + i}
   * @param extremes {@link #LANES} least changes, as many largest changes and as many largest
   *     sizes, of which the call makes any less or larger
   * @param work {@link #LANES} times the columns rounded up to a multiple of {@link #LANES}, from
   *     {@code workOffset}, for any use
   */
  void settleTurned(
      int rows,
      int columns,
      float[] old,
      int oldOffset,
      int oldApart,
      float[] out,
      int outOffset,
      int outApart,
      float[] extremes,
      float[] work,
      int workOffset);

  /**
   * Reads numbers so that the caches have them: one long run is faster than many short ones in
   * between of arithmetic.
   *
   * @return whatever; used, so that it is read
   */
  float touch(float[] x, int offset, int length);
}
