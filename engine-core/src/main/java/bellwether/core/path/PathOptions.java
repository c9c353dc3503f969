package bellwether.core.path;

import bellwether.core.random.SobolPoints;

/**
 * How paths are drawn, and how many.
 *
 * @param seed of all random numbers
 * @param design how paths belong together
 * @param shifts of {@link Design#SOBOL}, 2 to 4096; of no meaning otherwise
 * @param paths how many to simulate, or with how many to begin where there is a target
 * @param targetHalfWidth at which all means' 95% intervals are narrow enough; 0 for none
 * @param maxPaths the most to simulate where there is a target
 */
public record PathOptions(
    long seed, Design design, int shifts, long paths, double targetHalfWidth, long maxPaths) {
  /** Shifts unless said otherwise. */
  public static final int SHIFTS = 64;

  /** The most shifts. */
  public static final int MOST_SHIFTS = 4096;

  /** The most paths. */
  public static final long MOST_PATHS = 1_000_000_000_000L;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is out of range, or there are too few paths for two
   *     units of the design
   */
  public PathOptions {
    if (!(shifts >= 2 && shifts <= MOST_SHIFTS)) {
      throw new IllegalArgumentException("shifts must be 2 to 4096: " + shifts);
    }
    long fewest = fewest(design, shifts);
    long most = most(design, shifts);
    if (!(paths >= fewest && paths <= most)) {
      throw new IllegalArgumentException("paths must be " + fewest + " to " + most + ": " + paths);
    }
    if (!(targetHalfWidth >= 0 && targetHalfWidth < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "targetHalfWidth must be finite and >= 0: " + targetHalfWidth);
    }
    if (!(maxPaths >= fewest && maxPaths <= most)) {
      throw new IllegalArgumentException(
          "maxPaths must be " + fewest + " to " + most + ": " + maxPaths);
    }
  }

  /** Independent paths, a number of them. */
  public static PathOptions of(long seed, long paths) {
    return new PathOptions(seed, Design.INDEPENDENT, SHIFTS, paths, 0, paths);
  }

  /** The same with another design. */
  public PathOptions with(Design other) {
    return new PathOptions(seed, other, shifts, paths, targetHalfWidth, maxPaths);
  }

  /** The same until a target is reached or {@code most} paths are spent. */
  public PathOptions until(double halfWidth, long most) {
    return new PathOptions(seed, design, shifts, paths, halfWidth, most);
  }

  /** The most paths: of Sobol's points there are 2^30 a shift. */
  public static long most(Design design, int shifts) {
    return design == Design.SOBOL ? Math.min(MOST_PATHS, shifts * SobolPoints.POINTS) : MOST_PATHS;
  }

  /** The fewest paths that make two units. */
  public static long fewest(Design design, int shifts) {
    return switch (design) {
      case INDEPENDENT -> 2;
      case ANTITHETIC -> 4;
      case STRATIFIED -> 2L * PathBlock.SIZE;
      case SOBOL -> shifts;
    };
  }
}
