package bellwether.batch.kind;

import bellwether.batch.distribution.DistributionReader;
import bellwether.batch.path.ProcessReader;
import bellwether.batch.path.TimesReader;
import bellwether.batch.tree.Range;
import bellwether.core.path.PathOptions;
import java.util.ArrayList;
import java.util.List;

/** What {@code describe simulatePaths} says. */
final class SimulatePathsDocs {
  static final String EXAMPLE =
      """
      job: simulatePaths
      process: {type: gbm, initial: 1.0, drift: 0.05, volatility: 0.3}
      times: [1.0, 2.0]
      quantileLevel: 0.95
      barrier: 1.5
      monitoring: continuous
      paths: 100000
      seed: 12345
      """;

  private SimulatePathsDocs() {}

  static final List<KeyDoc> KEYS =
      List.of(
          new KeyDoc(
              "process", "an object with a type, see below", "required", "what is simulated"),
          new KeyDoc("times", TimesReader.ALLOWED, "required", "where it is observed"),
          new KeyDoc(
              "paths",
              SimulatePathsKind.PATHS,
              SimulatePathsKind.DEFAULT_PATHS + ", or 10000 to begin with targetHalfWidth",
              "how many; rounded down to whole pairs, blocks of 1024 or shifts"),
          new KeyDoc(
              "covariance",
              "true | false",
              "true up to " + SimulatePathsKind.COVARIANCE_TIMES + " times",
              "whether covariances between all times are estimated"),
          new KeyDoc(
              "quantileLevel",
              SimulatePathsKind.LEVEL.words(),
              "none",
              "of the quantile at every time"),
          new KeyDoc(
              "barrier", Range.FINITE.words(), "none", "a level that the largest value may exceed"),
          new KeyDoc(
              "monitoring",
              String.join(" | ", SimulatePathsKind.MONITORING),
              "periods; abm, gbm, ou: continuous; poissonArrivals: times",
              "when it is looked"),
          new KeyDoc(
              "maximum",
              "true | false",
              "false",
              "whether the mean of the largest value is wanted"),
          new KeyDoc(
              "discountedSum",
              "{discount, of}",
              "none",
              "the mean of the sum of discount^t f(x_t) over all periods, or over times"),
          new KeyDoc(
              "discountedSum.discount",
              SimulatePathsKind.DISCOUNT.words(),
              "required",
              "a unit of time's weight"),
          new KeyDoc(
              "discountedSum.of",
              "value, or {type: call | put | above | below, strike}",
              "value",
              "f: x; max(x - k, 0); max(k - x, 0); 1 if x > k; 1 if x < k"),
          new KeyDoc(
              "versus",
              "a process, both in periods or neither",
              "none",
              "the mean difference to it at every time, on the same random numbers"),
          new KeyDoc("antithetic", "true | false", "false", "paths in mirrored pairs"),
          new KeyDoc(
              "stratified",
              "true | false",
              "false",
              "the first random number of each 1024 paths in 1024 strata"),
          new KeyDoc("quasiRandom", "sobol", "none", "Sobol's points with random digital shifts"),
          new KeyDoc(
              "shifts",
              SimulatePathsKind.SHIFTS,
              Integer.toString(PathOptions.SHIFTS),
              "of quasiRandom: the independent repetitions that errors are estimated from"),
          new KeyDoc(
              "control",
              "initial, or {mean: a finite number}",
              "none",
              "control variate: see below"),
          new KeyDoc(
              "targetHalfWidth",
              Range.POSITIVE.words(),
              "none",
              "of the 95% intervals of all means and probabilities: paths are added until then"),
          new KeyDoc(
              "maxPaths",
              SimulatePathsKind.PATHS,
              Long.toString(SimulatePathsKind.DEFAULT_MAX_PATHS),
              "the most that targetHalfWidth may take"));

  static List<String> notes() {
    List<String> notes = new ArrayList<>(List.of("Processes:"));
    notes.addAll(ProcessReader.notes());
    notes.addAll(
        List.of(
            "ar1, multiplicativeWalk, markovChain, betaBernoulli and normalLearning go in periods"
                + " 0, 1,",
            "2, ...; the others in continuous time, by exact transitions. betaBernoulli and"
                + " normalLearning",
            "are posterior means; poissonArrivals is the sum of marks, or the number where there"
                + " are none.",
            "initial is a number or a distribution, of markovChain probabilities or a state."
                + " Distributions:"));
    notes.addAll(DistributionReader.notes());
    notes.addAll(
        List.of(
            "monitoring: periods (0 to the last time), continuous (exact for abm and gbm by"
                + " Brownian bridges,",
            "for ou bridges over short steps), times, largestMark (whether some mark exceeds the"
                + " barrier).",
            "control: {mean: m} uses the value at the last time, known to have mean m; initial uses"
                + " the value",
            "at time 0 where that is drawn, else the value at the last time, whose mean follows"
                + " from the",
            "initial one (of all processes but markovChain).",
            "Result: mean, variance, covariance, quantile by time, barrierProbability,"
                + " discountedSum, maximum,",
            "difference, each with its StandardError; paths and stoppedBy: paths, targetHalfWidth"
                + " or maxPaths",
            "(notFinite where a value overflows: no number of paths would help). Certificate: 95%"
                + " intervals,",
            "and where a target was not reached, about how many paths would reach it. The seed is 1"
                + " unless",
            "given; bits depend neither on threads nor on kernels nor on --resume."));
    return notes;
  }
}
