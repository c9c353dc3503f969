package bellwether.batch.kind;

import bellwether.batch.tree.HeapSpace;
import bellwether.core.path.Estimate;
import bellwether.core.path.PathEstimates;
import bellwether.core.path.PathOptions;
import bellwether.core.path.PathSimulation;
import bellwether.core.path.PathStudy;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A simulation, as it was read. */
@SuppressWarnings("ArrayRecordComponent")
record SimulatePathsJob(PathStudy study, PathOptions options, double[] times, boolean covariances)
    implements Job {

  @Override
  public Outcome solve(Resources resources) throws JobFailedException {
    double bytes = PathSimulation.bytes(study, options, resources.workers().threads());
    String refusal = HeapSpace.refusal("the simulation", bytes);
    if (refusal != null) {
      throw new JobFailedException(refusal);
    }
    PathSimulation simulation;
    try {
      simulation = new PathSimulation(study, options, resources.kernels());
    } catch (IllegalArgumentException e) {
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
    Checkpoint checkpoint = resources.checkpoint();
    PathSimulation begun = simulation;
    if (checkpoint.restore(in -> begun.load(new DataInputStream(in)))) {
      resources.progress().accept("resumed at " + simulation.paths() + " paths");
    } else {
      simulation = new PathSimulation(study, options, resources.kernels());
    }
    PathSimulation going = simulation;
    try {
      while (!going.isDone()) {
        going.advance(resources.workers());
        resources.progress().accept(going.paths() + " of " + going.pathsOfRound() + " paths");
        checkpoint.saveNowAndThen(out -> save(going, new DataOutputStream(out)));
      }
    } catch (IllegalArgumentException e) {
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new JobFailedException("the checkpoint cannot be written: " + e, e);
    }
    return outcome(going.estimates());
  }

  private static void save(PathSimulation simulation, DataOutputStream out) throws IOException {
    simulation.save(out);
    out.flush();
  }

  private static final class Tables {
    final Map<String, @Nullable Object> result = new LinkedHashMap<>();
    final Map<String, @Nullable Object> intervals = new LinkedHashMap<>();

    void one(String name, Estimate estimate) {
      result.put(name, estimate.value());
      result.put(name + "StandardError", estimate.standardError());
      intervals.put(name, interval(estimate.lower(), estimate.upper()));
    }

    private static Map<String, @Nullable Object> interval(Object lower, Object upper) {
      Map<String, @Nullable Object> interval = new LinkedHashMap<>();
      interval.put("lower", lower);
      interval.put("upper", upper);
      return interval;
    }

    void byTime(String name, int times, IntFunction<Estimate> estimates) {
      double[][] columns = new double[4][times];
      for (int i = 0; i < times; i++) {
        put(columns, i, estimates.apply(i));
      }
      result.put(name, columns[0]);
      result.put(name + "StandardError", columns[1]);
      intervals.put(name, interval(columns[2], columns[3]));
    }

    private static void put(double[][] columns, int i, Estimate estimate) {
      columns[0][i] = estimate.value();
      columns[1][i] = estimate.standardError();
      columns[2][i] = estimate.lower();
      columns[3][i] = estimate.upper();
    }

    void byPair(String name, int times, BiFunction<Integer, Integer, Estimate> estimates) {
      double[][][] tables = new double[4][times][times];
      for (int i = 0; i < times; i++) {
        for (int j = i; j < times; j++) {
          Estimate estimate = estimates.apply(i, j);
          tables[0][i][j] = tables[0][j][i] = estimate.value();
          tables[1][i][j] = tables[1][j][i] = estimate.standardError();
          tables[2][i][j] = tables[2][j][i] = estimate.lower();
          tables[3][i][j] = tables[3][j][i] = estimate.upper();
        }
      }
      result.put(name, tables[0]);
      result.put(name + "StandardError", tables[1]);
      intervals.put(name, interval(tables[2], tables[3]));
    }
  }

  private Outcome outcome(PathEstimates found) {
    Tables tables = new Tables();
    int n = times.length;
    tables.byTime("mean", n, found::mean);
    tables.byTime("variance", n, found::variance);
    if (covariances) {
      tables.byPair("covariance", n, found::covariance);
    }
    if (study.hasQuantiles()) {
      tables.byTime("quantile", n, found::quantile);
    }
    if (study.hasBarrier()) {
      tables.one("barrierProbability", found.barrierProbability());
    }
    if (study.hasDiscountedSum()) {
      tables.one("discountedSum", found.discountedSum());
    }
    if (study.hasMaximum()) {
      tables.one("maximum", found.maximum());
    }
    if (study.hasDifference()) {
      tables.byTime("difference", n, found::difference);
    }
    Map<String, @Nullable Object> result = tables.result;
    result.put("paths", found.paths());
    String stoppedBy = word(found.stoppedBy());
    result.put("stoppedBy", stoppedBy);
    Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
    certificate.put("method", "simulation");
    certificate.put("design", options.design().name().toLowerCase(Locale.ROOT));
    certificate.put("paths", found.paths());
    certificate.put("units", found.units());
    certificate.put("seed", options.seed());
    certificate.put("stoppedBy", stoppedBy);
    if (options.targetHalfWidth() > 0) {
      certificate.put("widestHalfWidth", found.widestHalfWidth());
      if (found.stoppedBy() == PathEstimates.StoppedBy.MAX_PATHS) {
        certificate.put(
            "note",
            "maxPaths are spent and an interval is wider than asked for: about "
                + found.pathsFor(options.targetHalfWidth())
                + " paths would do");
      }
    }
    List<String> overflow = new ArrayList<>();
    for (int i = 0; i < n && overflow.size() < 20; i++) {
      if (found.notFinite(i) > 0) {
        overflow.add(
            "at times["
                + i
                + "] "
                + found.notFinite(i)
                + " of "
                + found.paths()
                + " paths are not finite: they overflowed, what is known of other times stands");
      }
    }
    if (!overflow.isEmpty()) {
      certificate.put("overflow", overflow);
    }
    certificate.put("confidence", 0.95);
    certificate.put("intervals", tables.intervals);
    return new Outcome(result, certificate);
  }

  private static String word(PathEstimates.StoppedBy reason) {
    return switch (reason) {
      case NOTHING, PATHS -> "paths";
      case TARGET_HALF_WIDTH -> "targetHalfWidth";
      case MAX_PATHS -> "maxPaths";
      case NOT_FINITE -> "notFinite";
    };
  }
}
