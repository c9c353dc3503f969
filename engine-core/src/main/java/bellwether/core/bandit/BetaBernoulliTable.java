package bellwether.core.bandit;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;

/**
 * Gittins indices of all states that a Beta-Bernoulli arm reaches with few pulls, as brackets:
 * entry (i, j) is Beta(alpha + i, beta + j), after i successes and j failures.
 *
 * <p>A small table's entries are computed one by one ({@link BetaBernoulliIndex}); from about 2e5
 * (1 - d) entries on (1,600 at least) all are found in one pass over charges, shared by all
 * beliefs, which takes less time by a factor of 10 at discount 0.99 and more above; the few that
 * need it are then narrowed one by one. Both give two-sided brackets that hold all rounding errors,
 * in bits that depend neither on threads nor on kernels.
 */
public final class BetaBernoulliTable {
  /** Wider brackets are not worth less time. */
  private static final double WIDEST = 1e-6;

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
    // Of all entries the extreme ones first: a tolerance that cannot be had is found at once.
    table.one(arm, 0, 0, discount, tolerance, kernels);
    table.one(arm, 0, size - 1, discount, tolerance, kernels);
    long entries = triangle ? size * (size + 1L) / 2 : (long) size * size;
    if (BetaPassPlan.pays(entries, discount)) {
      BetaPassPlan plan =
          new BetaPassPlan(arm, size, triangle, discount, Math.min(tolerance, WIDEST));
      BetaPass.fill(plan, table.lower, table.upper, kernels, workers);
    }
    workers.forEach(
        size * size,
        cell -> {
          int i = cell / size;
          int j = cell % size;
          if (!table.has(i, j)) {
            table.lower[cell] = Double.NaN;
            table.upper[cell] = Double.NaN;
          } else if (!(table.upper[cell] - table.lower[cell] <= tolerance)) {
            table.one(arm, i, j, discount, tolerance, kernels);
          }
        });
    return table;
  }

  private void one(
      BetaBernoulliArm arm, int i, int j, double discount, double tolerance, Kernels kernels) {
    IndexBracket bracket =
        BetaBernoulliIndex.of(
            new BetaBernoulliArm(arm.alpha() + i, arm.beta() + j), discount, tolerance, kernels);
    lower[i * size + j] = bracket.lower();
    upper[i * size + j] = bracket.upper();
  }

  /** Whether a table of so many entries is made in one pass. */
  public static boolean inOnePass(long entries, double discount) {
    return BetaPassPlan.pays(entries, discount);
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
