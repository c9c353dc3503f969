package bellwether.core.bandit;

/**
 * The dense random arm of benchmarks: uniforms of SplitMix64 from {@code seed}, row by row divided
 * by their sum, then one uniform a state as its reward. It is made anew from its seed whenever it
 * is read, so that it takes no memory.
 *
 * @param states 1 to {@link #MAX_STATES}
 * @param seed any
 */
public record RandomArm(int states, long seed) implements FiniteArm {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException when {@code states} is out of range
   */
  public RandomArm {
    if (states < 1 || states > MAX_STATES) {
      throw new IllegalArgumentException("states must be 1 to " + MAX_STATES + ": " + states);
    }
  }

  @Override
  public void fillRewards(double[] target) {
    // The state of SplitMix64 is a counter: the rewards come after n * n draws.
    long state = seed + (long) states * states * GOLDEN;
    for (int s = 0; s < states; s++) {
      state += GOLDEN;
      target[s] = uniform(state);
    }
  }

  @Override
  public void forEachRow(RowVisitor visitor) {
    double[] row = new double[states];
    for (int s = 0; s < states; s++) {
      long state = seed + (long) s * states * GOLDEN;
      // Draws first, then their sum in order: C2 turns the first and the last loop into vectors.
      for (int t = 0; t < states; t++) {
        row[t] = uniform(state + (t + 1) * GOLDEN);
      }
      double sum = 0;
      for (int t = 0; t < states; t++) {
        sum += row[t];
      }
      for (int t = 0; t < states; t++) {
        row[t] /= sum;
      }
      visitor.accept(s, row, 0);
    }
  }

  /** The seed of the stream that goes on where that of {@code seed} is after some draws. */
  static long after(long seed, long draws) {
    return seed + draws * GOLDEN;
  }

  private static double uniform(long state) {
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return (z >>> 11) * 0x1.0p-53;
  }
}
