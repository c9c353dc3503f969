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
      double discount,
      double[] expected,
      int expectedOffset,
      double constant,
      double[] reward,
      double[] out,
      int outOffset,
      int length) {
    for (int x = 0; x < length; x++) {
      out[outOffset + x] = Math.fma(discount, expected[expectedOffset + x], constant + reward[x]);
    }
  }

  @Override
  public void raise(
      double discount,
      double[] expected,
      int expectedOffset,
      double constant,
      double[] reward,
      double[] out,
      int outOffset,
      int length) {
    for (int x = 0; x < length; x++) {
      double q = Math.fma(discount, expected[expectedOffset + x], constant + reward[x]);
      double old = out[outOffset + x];
      out[outOffset + x] = q > old ? q : old;
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

  @Override
  public void backupAndSettle(
      double discount,
      double[] expected,
      int expectedOffset,
      double constant,
      double[] reward,
      double[] old,
      int oldOffset,
      double[] out,
      int outOffset,
      int length,
      double drift,
      double[] extremes) {
    backup(discount, expected, expectedOffset, constant, reward, out, outOffset, length);
    settle(old, oldOffset, out, outOffset, length, drift, extremes);
  }
}
