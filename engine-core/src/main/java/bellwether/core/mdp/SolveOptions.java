package bellwether.core.mdp;

import org.jspecify.annotations.Nullable;

/**
 * How to solve.
 *
 * @param method the method
 * @param tolerance the guaranteed error of every state's value that is asked for, above 0; NaN for
 *     the default, 1e-9 max(1, max |r| / (1 - discount))
 * @param maxSweeps passes over all states after which to stop, at least 1
 * @param initial where to start, by state; null for 0. It is copied
 * @param progress who hears of every sweep; null for nobody
 */
public record SolveOptions(
    SolveMethod method,
    double tolerance,
    long maxSweeps,
    double @Nullable [] initial,
    @Nullable SolveProgress progress) {
  /** The default: {@link SolveMethod#AUTO} from 0 to the default tolerance. */
  public static final SolveOptions DEFAULT =
      new SolveOptions(SolveMethod.AUTO, Double.NaN, Long.MAX_VALUE, null, null);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when the tolerance is not above 0 or NaN, or {@code maxSweeps}
   *     is less than 1
   */
  public SolveOptions {
    if (tolerance <= 0 || tolerance == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("tolerance must be finite and above 0: " + tolerance);
    }
    if (maxSweeps < 1) {
      throw new IllegalArgumentException("maxSweeps must be at least 1: " + maxSweeps);
    }
  }

  /** The same with another method. */
  public SolveOptions with(SolveMethod other) {
    return new SolveOptions(other, tolerance, maxSweeps, initial, progress);
  }

  /** The same with another tolerance. */
  public SolveOptions withTolerance(double other) {
    return new SolveOptions(method, other, maxSweeps, initial, progress);
  }

  /** The same from another start. */
  public SolveOptions from(double @Nullable [] other) {
    return new SolveOptions(method, tolerance, maxSweeps, other, progress);
  }

  /** The same with somebody who hears of every sweep. */
  public SolveOptions reporting(@Nullable SolveProgress other) {
    return new SolveOptions(method, tolerance, maxSweeps, initial, other);
  }

  /** The same with another limit on sweeps. */
  public SolveOptions atMost(long sweeps) {
    return new SolveOptions(method, tolerance, sweeps, initial, progress);
  }
}
