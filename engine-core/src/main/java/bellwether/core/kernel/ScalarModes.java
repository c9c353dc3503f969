package bellwether.core.kernel;

/** The specification of {@link ModeKernels}. */
final class ScalarModes implements ModeKernels {

  @Override
  public void mix(
      int depth,
      double[] rows,
      int base,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      double[] target,
      int targetOffset,
      int length) {
    double first = weights[weightFrom];
    int row = base + offsets[offsetFrom];
    for (int x = 0; x < length; x++) {
      target[targetOffset + x] = first * rows[row + x];
    }
    for (int l = 1; l < depth; l++) {
      double weight = weights[weightFrom + l];
      int next = base + offsets[offsetFrom + l];
      for (int x = 0; x < length; x++) {
        target[targetOffset + x] = Math.fma(weight, rows[next + x], target[targetOffset + x]);
      }
    }
  }

  @Override
  public void backup(
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
      int length) {
    for (int i = 0; i < rows; i++) {
      double fixed = constant + rowReward[rowFrom + i];
      int from = expectedOffset + i * apart;
      int to = outOffset + i * length;
      for (int x = 0; x < length; x++) {
        out[to + x] = Math.fma(discount, expected[from + x], fixed + reward[x]);
      }
    }
  }

  @Override
  public void raise(
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
      int length) {
    for (int i = 0; i < rows; i++) {
      double fixed = constant + rowReward[rowFrom + i];
      int from = expectedOffset + i * apart;
      int to = outOffset + i * length;
      for (int x = 0; x < length; x++) {
        double q = Math.fma(discount, expected[from + x], fixed + reward[x]);
        double before = out[to + x];
        out[to + x] = q > before ? q : before;
      }
    }
  }

  @Override
  public void settle(
      double[] old,
      int oldOffset,
      double[] out,
      int outOffset,
      int length,
      double drift,
      double[] extremes) {
    double least = extremes[0];
    double most = extremes[LANES];
    double largest = extremes[2 * LANES];
    // Comparisons instead of Math.max: C2 makes a chain of ten instructions of that.
    for (int x = 0; x < length; x++) {
      double q = out[outOffset + x];
      double change = q - old[oldOffset + x];
      double value = q - drift;
      out[outOffset + x] = value;
      if (change < least) {
        least = change;
      }
      if (change > most) {
        most = change;
      }
      if (Math.abs(value) > largest) {
        largest = Math.abs(value);
      }
    }
    extremes[0] = least;
    extremes[LANES] = most;
    extremes[2 * LANES] = largest;
  }
}
