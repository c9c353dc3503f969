package bellwether.batch.kind;

import bellwether.batch.mdp.MdpSource;
import bellwether.core.mdp.AverageReward;
import bellwether.core.mdp.FiniteHorizon;
import bellwether.core.mdp.Mdp;
import bellwether.core.mdp.MdpProblem;
import bellwether.core.mdp.MdpSolver;
import bellwether.core.mdp.Objective;
import bellwether.core.mdp.Solution;
import bellwether.core.mdp.SolveMethod;
import bellwether.core.mdp.SolveOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Markov decision process as it was read.
 *
 * @param source the model
 * @param objective what is wanted
 * @param discount in [0, 1], 1 only with a horizon or for an average
 * @param horizon periods, 0 for infinitely many
 * @param terminal values after the last period, or null for 0
 * @param average whether the average reward is wanted
 * @param tolerance of the values, or of the average; null for the default
 * @param method how it is solved
 * @param initialStates whose values are asked for; null for all
 * @param output where values and policy go
 */
@SuppressWarnings("ArrayRecordComponent")
record MdpJob(
    MdpSource source,
    Objective objective,
    double discount,
    int horizon,
    double @Nullable [] terminal,
    boolean average,
    @Nullable Double tolerance,
    SolveMethod method,
    int @Nullable [] initialStates,
    MdpOutput output)
    implements Job {

  @Override
  public Outcome solve(Resources resources) throws JobFailedException {
    output.checkFiles(resources.stem());
    try {
      long start = System.nanoTime();
      Mdp model = source.model(resources.workers());
      long made = System.nanoTime();
      Solution solution = solve(new MdpProblem(model, objective, discount), resources);
      double seconds = Math.max(1e-9, (System.nanoTime() - made) / 1e9);
      check(solution);
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      List<SideFile> files =
          output.put(solution.value(), solution.policy(), initialStates, resources.stem(), result);
      range(solution, result);
      Map<String, @Nullable Object> timing = new LinkedHashMap<>();
      timing.put("modelSeconds", Math.round((made - start) / 1e3) / 1e6);
      timing.put("solverSeconds", Math.round(seconds * 1e6) / 1e6);
      timing.put("bytesPerSecond", Math.rint(solution.bytes() / seconds));
      return new Outcome(result, certificate(solution, seconds), timing, files);
    } catch (IllegalArgumentException e) {
      // The job was read and found right: what is left is numbers too large to work with.
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private Solution solve(MdpProblem problem, Resources resources) {
    if (horizon > 0) {
      return FiniteHorizon.solve(problem, horizon, terminal, resources.workers());
    }
    SolveOptions options =
        SolveOptions.DEFAULT
            .with(method)
            .withTolerance(tolerance == null ? Double.NaN : tolerance)
            .reporting(
                (sweeps, gap) -> {
                  resources
                      .progress()
                      .accept(
                          String.format(Locale.ROOT, "sweep %d, error at most %.3g", sweeps, gap));
                  return true;
                });
    return average
        ? AverageReward.solve(problem, options, resources.workers())
        : MdpSolver.solve(problem, options, resources.workers());
  }

  /** A solution that is worse than was asked for is none. */
  private void check(Solution solution) throws JobFailedException {
    double gap = average ? solution.gainGap() : Math.max(solution.lowerGap(), solution.upperGap());
    boolean wide = tolerance != null && gap > tolerance;
    if (solution.converged() && !(horizon > 0 && wide)) {
      return;
    }
    String asked = tolerance == null ? "the default" : String.valueOf(tolerance);
    throw new JobFailedException(
        average
            ? String.format(
                Locale.ROOT,
                "the average reward is known only as %.9g with an error of up to %.3g, asked for"
                    + " was %s: it may depend on the state one starts in, or rounding allows no"
                    + " smaller tolerance",
                solution.gain(),
                gap,
                asked)
            : String.format(
                Locale.ROOT,
                "tolerance: %s cannot be reached, rounding alone leaves an error of up to %.3g in"
                    + " this model",
                asked,
                gap));
  }

  private void range(Solution solution, Map<String, @Nullable Object> result) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (double value : solution.value()) {
      least = Math.min(least, value);
      most = Math.max(most, value);
      sum += value;
    }
    result.put("minValue", least);
    result.put("maxValue", most);
    result.put("sumValue", sum);
    if (average) {
      result.put("gain", solution.gain());
    }
  }

  private Map<String, @Nullable Object> certificate(Solution solution, double seconds) {
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("solver", horizon > 0 ? "backwardInduction" : solution.method().word());
    if (average) {
      certificate.put("gainGap", solution.gainGap());
    } else {
      certificate.put("lowerGap", solution.lowerGap());
      certificate.put("upperGap", solution.upperGap());
    }
    certificate.put("sweeps", solution.sweeps());
    certificate.put("backups", solution.backups());
    double states = solution.value().length;
    certificate.put("statesPerSecond", Math.rint(states * solution.sweeps() / seconds));
    return certificate;
  }
}
