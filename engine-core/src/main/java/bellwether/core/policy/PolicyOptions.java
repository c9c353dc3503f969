package bellwether.core.policy;

import bellwether.core.bandit.IndexTable;
import java.util.List;
import java.util.function.Consumer;

/**
 * How policies are evaluated.
 *
 * @param method exactly or by simulation
 * @param tolerance of exact values, in reward units; NaN for 1e-10 of the largest value there could
 *     be
 * @param paths the most to simulate, at least 2
 * @param targetHalfWidth of the 95% intervals of the values, at which simulation ends; NaN for none
 * @param seed of the simulation
 * @param tables of indices of learned arms, looked up before they are computed; those of another
 *     discount are not used
 * @param progress hears in a few words how far it is
 */
public record PolicyOptions(
    Method method,
    double tolerance,
    long paths,
    double targetHalfWidth,
    long seed,
    List<IndexTable> tables,
    Consumer<String> progress) {
  /** Paths that are simulated unless asked otherwise. */
  public static final long PATHS = 10_000;

  /** Of a simulation that has no other. */
  public static final long SEED = 1;

  /** Exact where it can be, else 10,000 paths with seed 1. */
  public static final PolicyOptions DEFAULT =
      new PolicyOptions(Method.AUTO, Double.NaN, PATHS, Double.NaN, SEED, List.of(), _ -> {});

  /** How. */
  public enum Method {
    /** Exact where the joint model is small enough. */
    AUTO,
    /** Exact, or left out. */
    EXACT,
    /** Simulated. */
    SIMULATION
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the one that is not allowed
   */
  public PolicyOptions {
    tables = List.copyOf(tables);
    if (tolerance <= 0 || tolerance == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("tolerance must be finite and above 0: " + tolerance);
    }
    if (paths < 2) {
      throw new IllegalArgumentException("paths must be at least 2: " + paths);
    }
    if (targetHalfWidth <= 0 || targetHalfWidth == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "targetHalfWidth must be finite and above 0: " + targetHalfWidth);
    }
  }

  /** The same by another method. */
  public PolicyOptions with(Method other) {
    return new PolicyOptions(other, tolerance, paths, targetHalfWidth, seed, tables, progress);
  }

  /** The same with other paths. */
  public PolicyOptions withPaths(long number, long otherSeed) {
    return new PolicyOptions(
        method, tolerance, number, targetHalfWidth, otherSeed, tables, progress);
  }

  /** The same until intervals are so narrow. */
  public PolicyOptions until(double halfWidth) {
    return new PolicyOptions(method, tolerance, paths, halfWidth, seed, tables, progress);
  }
}
