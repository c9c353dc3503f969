package bellwether.batch.kind;

import bellwether.batch.distribution.DistributionReader;
import bellwether.batch.tree.Range;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.stopping.BermudanMaxCall;
import bellwether.core.stopping.BrownianStopping;
import bellwether.core.stopping.SecretaryProblem;
import bellwether.core.stopping.SimulationOptions;
import java.util.ArrayList;
import java.util.List;

/** What {@code describe optimalStopping} says. */
final class OptimalStoppingDocs {
  static final String EXAMPLE =
      """
      job: optimalStopping
      problem: offers
      offers: {type: uniform, low: 0, high: 1}
      horizon: 5
      recall: false
      discount: 1
      searchCost: 0
      """;

  private OptimalStoppingDocs() {}

  private static final String PATHS = "an integer from 2 to " + SimulationOptions.MOST_PATHS;

  static final List<KeyDoc> KEYS =
      List.of(
          new KeyDoc(
              "problem",
              String.join(" | ", OptimalStoppingKind.PROBLEMS.keySet()),
              "required",
              "what is stopped; each has the keys below that name it"),
          new KeyDoc(
              "transition",
              "rows of probabilities, at most " + FiniteArm.MAX_STATES + ", or {file}",
              "required",
              "markov: P[s][t]; each row sums to 1 within 1e-9"),
          new KeyDoc(
              "payoff", "list of numbers, or {file}", "required", "markov: of stopping, by state"),
          new KeyDoc(
              "runningCost",
              "list of numbers, one number, or {file}",
              "0",
              "markov: of each period in which one goes on, by state"),
          new KeyDoc(
              "discount",
              ChainStoppingJob.INFINITE.words(),
              "markov: required; offers: 1",
              "weight of the next period; offers may have 1 in any case"),
          new KeyDoc(
              "horizon",
              ChainStoppingJob.HORIZON,
              "null, infinite",
              "markov: periods, nothing comes after the last; offers: the most there are"),
          new KeyDoc("offers", "a distribution", "required", "offers: what is drawn"),
          new KeyDoc(
              "recall", "true | false", "false", "offers: whether an old one may be taken later"),
          new KeyDoc(
              "searchCost",
              Range.NOT_NEGATIVE.words(),
              "0",
              "offers: of every draw after the first"),
          new KeyDoc(
              "candidates",
              "an integer from 1 to " + SecretaryProblem.MOST_CANDIDATES,
              "required",
              "secretary: how many come, in random order"),
          new KeyDoc(
              "objective",
              String.join(" | ", SecretaryJob.OBJECTIVES),
              "best",
              "secretary: the chance of the best, the expected rank, or the chance of the best"
                  + " when values are seen"),
          new KeyDoc("spot", Range.POSITIVE.words(), "required", "options: price now"),
          new KeyDoc("strike", Range.POSITIVE.words(), "required", "options"),
          new KeyDoc(
              "rate",
              Range.FINITE.words() + ", perpetualPut: greater than 0",
              "required",
              "options: interest a year, continuously compounded"),
          new KeyDoc("dividend", Range.FINITE.words(), "0", "options: yield a year"),
          new KeyDoc(
              "volatility", Range.POSITIVE.words(), "required", "options: a square root of a year"),
          new KeyDoc("maturity", Range.POSITIVE.words(), "required", "options: years"),
          new KeyDoc(
              "exerciseDates",
              "an integer from 1 to " + BrownianStopping.MOST_DATES,
              "americanPut: any time; bermudanMaxCall: required",
              "options: m dates after now, maturity k / m for k = 0..m; two assets: at most "
                  + BermudanMaxCall.MOST_DATES),
          new KeyDoc(
              "assets",
              OptionJob.ASSETS,
              "2",
              "bermudanMaxCall: independent, all with these parameters"),
          new KeyDoc(
              "method",
              "exact | simulation | {simulation: {...}}",
              "exact to 2 assets, else simulation",
              "americanPut, bermudanMaxCall: one value, or two simulated bounds"),
          new KeyDoc(
              "simulation",
              "an object with the keys below",
              "their defaults",
              "here, or in method; by itself it asks for method simulation"),
          new KeyDoc("simulation.paths", PATHS, "100000", "of the regression that finds the rule"),
          new KeyDoc(
              "simulation.pricingPaths", PATHS, "100000", "of the lower bound, others than these"),
          new KeyDoc(
              "simulation.basis",
              "polynomial",
              "polynomial",
              "of the prices, largest first, and with them the payoff"),
          new KeyDoc(
              "simulation.degree",
              "an integer from 1 to " + SimulationOptions.MOST_DEGREE,
              "3",
              "of the polynomials"),
          new KeyDoc("simulation.dualPaths", PATHS, "1000", "of the upper bound"),
          new KeyDoc(
              "simulation.innerPaths",
              "an integer from 2 to " + SimulationOptions.MOST_INNER,
              "1000",
              "nested in each date of these"),
          new KeyDoc("simulation.seed", CommonKeys.SEED, "the job's, else 1", "of all paths"));

  static List<String> notes() {
    List<String> notes =
        new ArrayList<>(
            List.of(
                "markov: V = max(payoff, -runningCost + discount P V). Result: values and stop, by state",
                "(in the first period of a horizon; ties stop), stopByPeriod[t][s] of small problems.",
                "offers: rejecting everything is worth 0. Result: value; thresholds (offer j is taken when",
                "it is at least thresholds[j]) of a horizon without recall, else reservation, the price at",
                "which one stops.",
                "secretary: best has skip (let so many pass, then take the first that is best so far) and",
                "value; expectedRank has acceptRank[j] (candidate j is taken when its rank so far is at most",
                "this) and value; fullInformation has thresholds (candidate j is taken when it is best so far",
                "and its quantile at least thresholds[j]) and value.",
                "perpetualPut: value and exerciseBoundary, the price at or below which to exercise.",
                "americanPut, bermudanMaxCall: value, european (without early exercise) and, of one asset,",
                "exerciseBoundary now and exerciseBoundaries at each date. Certificate: errorEstimate, by how",
                "much a coarser run differs. Simulated: lower, what a rule found by least squares is worth on",
                "other paths, upper, the dual bound of that rule, value, their middle, each with its standard",
                "error; without exerciseDates 50 dates stand for any time.",
                "Distributions:"));
    notes.addAll(DistributionReader.notes());
    return notes;
  }
}
