package bellwether.core.stopping;

import java.util.function.Consumer;

/**
 * How to simulate.
 *
 * @param paths of the regression, at least 2
 * @param pricingPaths of the lower bound, at least 2
 * @param degree of the polynomials, from 1 to {@link #MOST_DEGREE}
 * @param dualPaths outer paths of the upper bound, at least 2
 * @param innerPaths nested in each date of each of them, at least 2; rounded up to a multiple of 32
 * @param seed of all random numbers
 * @param progress hears in a few words how far it is
 */
public record SimulationOptions(
    int paths,
    int pricingPaths,
    int degree,
    int dualPaths,
    int innerPaths,
    long seed,
    Consumer<String> progress) {
  /** The highest degree. */
  public static final int MOST_DEGREE = 6;

  /** The most paths, but for inner ones. */
  public static final int MOST_PATHS = 100_000_000;

  /** The most inner paths. */
  public static final int MOST_INNER = 1_000_000;

  /** The default: 100,000 paths each, cubic polynomials, 1,000 outer paths of 1,000 inner ones. */
  public static final SimulationOptions DEFAULT =
      new SimulationOptions(100_000, 100_000, 3, 1000, 1000, 1, _ -> {});

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the one that is out of range
   */
  public SimulationOptions {
    check("paths", paths, MOST_PATHS);
    check("pricingPaths", pricingPaths, MOST_PATHS);
    check("dualPaths", dualPaths, MOST_PATHS);
    check("innerPaths", innerPaths, MOST_INNER);
    if (degree < 1 || degree > MOST_DEGREE) {
      throw new IllegalArgumentException("degree must be from 1 to " + MOST_DEGREE + ": " + degree);
    }
  }

  private static void check(String name, int value, int most) {
    if (value < 2 || value > most) {
      throw new IllegalArgumentException(name + " must be from 2 to " + most + ": " + value);
    }
  }
}
