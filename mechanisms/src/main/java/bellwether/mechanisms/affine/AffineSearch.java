package bellwether.mechanisms.affine;

import bellwether.core.parallel.Workers;
import java.util.List;
import java.util.function.Consumer;

/**
 * Searches weights and boosts of an {@link AffineRule} for the best expected objective, by a
 * derivative-free method on common random numbers, and judges what it finds on fresh ones, side by
 * side with the pivot mechanism.
 *
 * <p>Whatever is found is truthful: the search only says how good it is. The same seed finds the
 * same rule on any number of threads.
 */
public final class AffineSearch {
  private AffineSearch() {}

  /**
   * An evaluation that was better than all before.
   *
   * @param evaluation its number, from 1
   * @param value the objective on the draws of the search
   */
  public record Improvement(int evaluation, double value) {}

  /**
   * What was found.
   *
   * @param rule weights and boosts
   * @param value of the rule on fresh draws
   * @param pivot the pivot mechanism on the same draws
   * @param searchValue the objective of the rule on the draws of the search
   * @param searchPivot the objective of the pivot mechanism on the draws of the search
   * @param exactSearch whether the search saw all combinations of alternatives
   * @param evaluations made by the search
   * @param restarts runs of the search
   * @param dimension numbers that were searched
   * @param nodes joint states and chances that can be reached
   * @param gap no W is further from the true one, rounding apart
   * @param history the best so far
   */
  public record Found(
      AffineRule rule,
      RuleValue value,
      RuleValue pivot,
      double searchValue,
      double searchPivot,
      boolean exactSearch,
      int evaluations,
      int restarts,
      int dimension,
      long nodes,
      double gap,
      List<Improvement> history) {}

  /**
   * Searches.
   *
   * @param progress hears how far it is
   * @throws IllegalArgumentException when the states that can be reached are too many
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static Found run(
      PrivateEnvironment environment,
      SearchOptions options,
      Consumer<String> progress,
      Workers workers) {
    Combinations seen = Combinations.upTo(environment, options.draws(), options.seed(), 0);
    AffineEvaluator evaluator = new AffineEvaluator(environment, seen, workers);
    Objective objective = options.objective();
    AffineRule pivot = AffineRule.pivot(environment.size(), environment.base().actions());
    boolean[] reachable = evaluator.reachable();
    Trials trials = new Trials(evaluator, objective, options.budget(), pivot, progress);
    double low = options.low();
    double high = options.high();
    long seed = options.seed();
    double annuity = environment.base().annuity();
    double searchPivot = evaluator.evaluate(pivot).mean(objective);
    int restarts = 0;
    AffineRule start = pivot;
    if (options.boosts() == Boosts.STATE_ACTION && environment.base().physical().count() > 1) {
      // Boosts of actions alone are few, and a good place to begin.
      SearchSpace coarse = new SearchSpace(environment, Boosts.ACTION, low, high, pivot, reachable);
      RestartedSearch first = new RestartedSearch(coarse, trials, seed, annuity);
      first.run(options.budget() / 3);
      restarts = first.restarts();
      start = trials.bestRule();
    }
    SearchSpace space = new SearchSpace(environment, options.boosts(), low, high, start, reachable);
    RestartedSearch search = new RestartedSearch(space, trials, seed + 1, annuity);
    search.run(options.budget());
    restarts += search.restarts();
    AffineRule rule = space.inRows(trials.bestRule());
    double found = trials.best();
    progress.accept("fresh draws");
    Combinations fresh = Combinations.upTo(environment, options.freshDraws(), seed, 1);
    AffineEvaluator judge = new AffineEvaluator(environment, fresh, workers);
    return new Found(
        rule,
        judge.evaluate(rule),
        judge.evaluate(pivot),
        found,
        searchPivot,
        seen.exact(),
        trials.used(),
        restarts,
        space.dimension(),
        evaluator.nodes(),
        Math.max(evaluator.gap(), judge.gap()),
        trials.history());
  }
}
