package bellwether.core.kernel;

/**
 * Kernels over rows of a tensor of values: what a Bellman backup of a product model is made of. The
 * rows that are read and those that are written are apart.
 */
public interface ModeKernels {

  /** Numbers of each kind among the extremes of {@link #settle}. */
  int LANES = 8;

  /**
   * A linear combination of rows: y[x] = w[0] r_0[x], then y[x] = fma(w[l], r_l[x], y[x]) for l =
   * 1, ..., depth-1, for each x = 0..length-1.
   *
   * @param depth at least 1
   * @param rows row r_l starts at {@code base + offsets[offsetFrom + l]}
   * @param weights w, from {@code weightFrom}
   * @param target y, from {@code targetOffset}
   */
  void mix(
      int depth,
      double[] rows,
      int base,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      double[] target,
      int targetOffset,
      int length);

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

  /** The same, but out[x] becomes the larger of what it was and the backup. */
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
   * Ends a sweep: with q = out[x], out[x] = q - drift, and {@code extremes} take in q - old[x] and
   * the new |out[x]|. No number may be NaN.
   *
   * @param extremes {@link #LANES} least changes, as many largest changes and as many largest
   *     sizes, of which the call makes any less or larger
   */
  void settle(
      double[] old,
      int oldOffset,
      double[] out,
      int outOffset,
      int length,
      double drift,
      double[] extremes);
}
