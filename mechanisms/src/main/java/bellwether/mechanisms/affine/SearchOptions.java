package bellwether.mechanisms.affine;

/**
 * What to search for, and how long.
 *
 * @param objective what is maximized
 * @param boosts which boosts may be chosen
 * @param low the least weight, greater than 0
 * @param high the largest weight
 * @param draws combinations of alternatives that rules are compared on: all where there are no more
 * @param freshDraws combinations that the rule found is judged on: all where there are no more
 * @param budget evaluations of a rule
 * @param seed of draws and search
 */
public record SearchOptions(
    Objective objective,
    Boosts boosts,
    double low,
    double high,
    int draws,
    int freshDraws,
    int budget,
    long seed) {
  /**
   * Revenue, a boost for every action, weights 0.1 to 10, 2,000 and 20,000 draws, 5,000
   * evaluations, seed 1.
   */
  public static final SearchOptions DEFAULT =
      new SearchOptions(Objective.REVENUE, Boosts.ACTION, 0.1, 10, 2_000, 20_000, 5_000, 1);

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException naming the first that is not allowed
   */
  public SearchOptions {
    if (!(low > 0 && low <= high && high < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "weights must have 0 < low <= high, both finite: low=" + low + ", high=" + high);
    }
    if (draws < 1) {
      throw new IllegalArgumentException("draws must be at least 1: " + draws);
    }
    if (freshDraws < 2) {
      throw new IllegalArgumentException("freshDraws must be at least 2: " + freshDraws);
    }
    if (budget < 1) {
      throw new IllegalArgumentException("budget must be at least 1: " + budget);
    }
  }

  /** The same with another objective. */
  public SearchOptions withObjective(Objective other) {
    return new SearchOptions(other, boosts, low, high, draws, freshDraws, budget, seed);
  }

  /** The same with other boosts. */
  public SearchOptions withBoosts(Boosts other) {
    return new SearchOptions(objective, other, low, high, draws, freshDraws, budget, seed);
  }

  /** The same with another range of weights. */
  public SearchOptions withWeights(double least, double largest) {
    return new SearchOptions(objective, boosts, least, largest, draws, freshDraws, budget, seed);
  }

  /** The same with so many draws, and fresh ones. */
  public SearchOptions withDraws(int some, int fresh) {
    return new SearchOptions(objective, boosts, low, high, some, fresh, budget, seed);
  }

  /** The same with another budget. */
  public SearchOptions withBudget(int evaluations) {
    return new SearchOptions(objective, boosts, low, high, draws, freshDraws, evaluations, seed);
  }

  /** The same with another seed. */
  public SearchOptions withSeed(long other) {
    return new SearchOptions(objective, boosts, low, high, draws, freshDraws, budget, other);
  }
}
