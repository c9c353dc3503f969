package bellwether.core.path;

/**
 * A random process, as the simulator moves it: all paths of a block at a time, in arrays. The
 * processes of this package are made of nothing else, so another one is as fast.
 *
 * <p>A process has no state of its own: it may be simulated by several threads. What a path carries
 * stands in {@link PathBlock#state}, entry p of path p = 0..paths-1; entries beyond may hold
 * anything. For example a Brownian motion of drift m and volatility s that begins at 0:
 *
 * <pre>{@code
 * public void begin(PathBlock block) {
 *   Arrays.fill(block.state(0), 0);
 * }
 *
 * public void advance(PathBlock block, double from, double to) {
 *   double[] x = block.state(0);
 *   double[] z = block.scratch(0);
 *   block.normals(z);
 *   double drift = m * (to - from);
 *   double sd = s * Math.sqrt(to - from);
 *   for (int p = 0; p < block.paths(); p++) {
 *     x[p] += Math.fma(sd, z[p], drift);
 *   }
 * }
 * }</pre>
 *
 * <p>Such loops are left to the compiler, which makes vectors of them. {@code exp} and the like are
 * those of {@link PathBlock#kernels}; with {@link Math}'s, last bits depend on the machine.
 */
public interface PathProcess {

  /** How many arrays of state a path has, at least 1. */
  default int states() {
    return 1;
  }

  /** Whether time is counted in periods 0, 1, 2, ...: steps go from one to the next then. */
  default boolean inPeriods() {
    return false;
  }

  /** Sets the state of time 0. */
  void begin(PathBlock block);

  /** Moves the state from one time to a later one. */
  void advance(PathBlock block, double from, double to);

  /**
   * What is observed at {@link PathBlock#time}: called only when it is needed. This may be an array
   * of state, or a scratch array that was filled.
   */
  default double[] values(PathBlock block) {
    return block.state(0);
  }

  /** The expected value at a time, or NaN where it is not known: a mean for control variates. */
  default double mean(double time) {
    return Double.NaN;
  }
}
