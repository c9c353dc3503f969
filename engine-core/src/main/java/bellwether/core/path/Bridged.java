package bellwether.core.path;

/**
 * A process that knows how likely it is to have exceeded a level between two times, given where it
 * was at both: its maximum in continuous time is simulated without a fine grid.
 */
public interface Bridged extends PathProcess {

  /** The longest step for which {@link #stay} holds; infinite where it is exact. */
  default double longestStep() {
    return Double.POSITIVE_INFINITY;
  }

  /**
   * Multiplies each path's entry of {@code staying} by the probability of not exceeding {@code
   * level} between two times.
   *
   * @param before state 0 at time {@code from}; the block is at {@code to}
   */
  void stay(
      PathBlock block, double level, double from, double to, double[] before, double[] staying);
}
