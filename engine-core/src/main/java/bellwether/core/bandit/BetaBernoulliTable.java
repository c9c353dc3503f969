package bellwether.core.bandit;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;

/**
 * Gittins indices of all states that a Beta-Bernoulli arm reaches with few pulls, as brackets:
 * entry (i, j) is Beta(alpha + i, beta + j), after i successes and j failures.
 *
 * <p>Each entry is computed by itself ({@link BetaBernoulliIndex}), so the bits do not depend on
 * threads, and are those of the single index.
 */
public final class BetaBernoulliTable {
  private final int size;
  private final boolean triangle;
  private final double[] lower;
  private final double[] upper;

  private BetaBernoulliTable(int size, boolean triangle) {
    this.size = size;
    this.triangle = triangle;
    this.lower = new double[size * size];
    this.upper = new double[size * size];
    Arrays.fill(lower, Double.NaN);
    Arrays.fill(upper, Double.NaN);
  }

  /**
   * All entries with i, j &lt; size.
   *
   * @param arm entry (0, 0)
   * @param size 1 to 10000
   * @param discount in [0, 1)
   * @param tolerance widest bracket, positive
   * @throws IllegalArgumentException as {@link BetaBernoulliIndex#of}, or when {@code size} is out
   *     of range
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static BetaBernoulliTable square(
      BetaBernoulliArm arm,
      int size,
      double discount,
      double tolerance,
      Kernels kernels,
      Workers workers) {
    return compute(arm, size, false, discount, tolerance, kernels, workers);
  }

  /**
   * The entries with i + j &lt; size only, size (size + 1) / 2 of them; else as {@link #square}.
   */
  public static BetaBernoulliTable triangle(
      BetaBernoulliArm arm,
      int size,
      double discount,
      double tolerance,
      Kernels kernels,
      Workers workers) {
    return compute(arm, size, true, discount, tolerance, kernels, workers);
  }

  private static BetaBernoulliTable compute(
      BetaBernoulliArm arm,
      int size,
      boolean triangle,
      double discount,
      double tolerance,
      Kernels kernels,
      Workers workers) {
    if (size < 1 || size > 10_000) {
      throw new IllegalArgumentException("size must be 1 to 10000: " + size);
    }
    BetaBernoulliTable table = new BetaBernoulliTable(size, triangle);
    workers.forEach(
        size * size,
        cell -> {
          int i = cell / size;
          int j = cell % size;
          if (table.has(i, j)) {
            BetaBernoulliArm state = new BetaBernoulliArm(arm.alpha() + i, arm.beta() + j);
            IndexBracket bracket = BetaBernoulliIndex.of(state, discount, tolerance, kernels);
            table.lower[cell] = bracket.lower();
            table.upper[cell] = bracket.upper();
          }
        });
    return table;
  }

  /** Rows and columns. */
  public int size() {
    return size;
  }

  /** Whether there is an entry (i, j). */
  public boolean has(int i, int j) {
    return i >= 0 && j >= 0 && i < size && j < size && (!triangle || i + j < size);
  }

  /**
   * At most the index at Beta(alpha + i, beta + j).
   *
   * @throws IndexOutOfBoundsException when there is no such entry
   */
  public double lower(int i, int j) {
    return lower[cell(i, j)];
  }

  /** At least the index; see {@link #lower}. */
  public double upper(int i, int j) {
    return upper[cell(i, j)];
  }

  /** The middle of the bracket; see {@link #lower}. */
  public double index(int i, int j) {
    int cell = cell(i, j);
    return lower[cell] + 0.5 * (upper[cell] - lower[cell]);
  }

  private int cell(int i, int j) {
    if (!has(i, j)) {
      throw new IndexOutOfBoundsException("no entry (" + i + ", " + j + ") in size " + size);
    }
    return i * size + j;
  }
}
