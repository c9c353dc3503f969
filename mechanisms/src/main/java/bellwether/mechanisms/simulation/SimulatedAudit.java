package bellwether.mechanisms.simulation;

import bellwether.core.parallel.Workers;
import bellwether.core.random.RandomStreams;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * An audit for environments too large to enumerate: random deviations of random agents from random
 * profiles are played against the truth on the same luck. Half of them lie once, half by a random
 * table in every period.
 *
 * <p>The deviation with the highest mean gain was chosen for it, so its own mean is too high; it is
 * played again on fresh paths, and that estimate is what is reported. Believes no closed form.
 */
public final class SimulatedAudit {
  /** Of a one-sided 99.9% bound, in standard errors. */
  public static final double CONFIDENT = 3.090232306167813;

  /** Fresh paths for the best deviation, in multiples of the paths for each. */
  private static final int AGAIN = 8;

  private static final int BLOCK = 64;
  private static final long FRESH = 0x5DEECE66DL;

  private final Rule rule;
  private final Environment environment;
  private final boolean interim;
  private final int periods;
  private final int paths;
  private final long seed;
  private final Workers workers;

  private SimulatedAudit(
      Rule rule, boolean interim, int periods, int paths, long seed, Workers workers) {
    this.rule = rule;
    this.environment = rule.environment();
    this.interim = interim;
    this.periods = MechanismSimulation.periods(environment, periods);
    this.paths = paths;
    this.seed = seed;
    this.workers = workers;
  }

  /**
   * A deviation.
   *
   * @param agent who lies
   * @param physical the first physical state
   * @param profile the first types; -1 where they are drawn from the prior
   * @param once whether it lies in the first period only
   * @param reports by true type
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Deviation(int agent, int physical, int[] profile, boolean once, int[] reports) {}

  /**
   * What was found.
   *
   * @param gain of the best deviation found, on fresh paths
   * @param best that deviation; null if none had a positive mean
   * @param gainFound whether its gain is positive at 99.9%
   * @param minUtility the least mean utility of a truthful agent
   * @param maxBudgetImbalance the largest |sum of payments| of a period that was met
   * @param deviations how many were tried
   * @param periods that were played
   */
  public record Found(
      Estimate gain,
      @Nullable Deviation best,
      boolean gainFound,
      Estimate minUtility,
      double maxBudgetImbalance,
      int deviations,
      int periods) {}

  /**
   * Audits.
   *
   * @param interim whether others' types are drawn from the prior and play begins in the initial
   *     physical state, as the balanced mechanism needs it; else everything is random
   * @param deviations how many, at least 1
   * @param periods as in {@link MechanismSimulation#run}
   * @param paths for each, at least 2
   * @param seed of deviations and paths
   * @param progress hears how far it is
   */
  public static Found run(
      Rule rule,
      boolean interim,
      int deviations,
      int periods,
      int paths,
      long seed,
      Consumer<String> progress,
      Workers workers) {
    if (deviations < 1) {
      throw new IllegalArgumentException("deviations must be at least 1: " + deviations);
    }
    if (paths < 2) {
      throw new IllegalArgumentException("paths must be at least 2: " + paths);
    }
    return new SimulatedAudit(rule, interim, periods, paths, seed, workers)
        .run(deviations, progress);
  }

  private Found run(int count, Consumer<String> progress) {
    Deviation[] tried = new Deviation[count];
    Played[] played = new Played[count];
    for (int d = 0; d < count; d++) {
      tried[d] = deviation(d);
    }
    // Each deviation is one piece: its paths are few.
    workers.forEach(count, d -> played[d] = play(tried[d], seed, 1 + d * 1_000L, paths));
    int best = -1;
    double imbalance = 0;
    Estimate least = new Estimate(Double.POSITIVE_INFINITY, 0);
    for (int d = 0; d < count; d++) {
      imbalance = Math.max(imbalance, played[d].imbalance());
      if (played[d].truth().mean() < least.mean()) {
        least = played[d].truth();
      }
      double gain = played[d].gain().mean();
      if (gain > 0 && (best < 0 || gain > played[best].gain().mean())) {
        best = d;
      }
    }
    if (best < 0) {
      return new Found(new Estimate(0, 0), null, false, least, imbalance, count, periods);
    }
    progress.accept(
        String.format(
            Locale.ROOT, "best of %d deviations, gain %.3g", count, played[best].gain().mean()));
    Estimate gain = again(tried[best]);
    // Where luck plays no part the rounding of the flows is all there is.
    double rounding = 1e-9 * environment.largestFlow() * environment.annuity();
    boolean found = gain.mean() - CONFIDENT * gain.standardError() > rounding;
    return new Found(gain, tried[best], found, least, imbalance, count, periods);
  }

  private Deviation deviation(int number) {
    UniformRandomProvider random = RandomStreams.block(seed, -1L - number);
    int n = environment.size();
    int agent = random.nextInt(n);
    int physical =
        interim ? environment.physical().initial() : random.nextInt(environment.physical().count());
    int[] profile = new int[n];
    for (int i = 0; i < n; i++) {
      int type = random.nextInt(environment.agent(i).types());
      profile[i] = interim && i != agent ? -1 : type;
    }
    if (interim) {
      double[] law = environment.agent(agent).initial();
      while (law != null && !(law[profile[agent]] > 0)) {
        profile[agent] = random.nextInt(law.length);
      }
    }
    int types = environment.agent(agent).types();
    int[] reports = new int[types];
    boolean once = number % 2 == 0;
    Arrays.setAll(reports, t -> random.nextInt(types));
    if (once && types > 1) {
      int lie = random.nextInt(types - 1);
      int own = profile[agent];
      Arrays.setAll(reports, t -> t);
      reports[own] = lie + (lie >= own ? 1 : 0);
    }
    return new Deviation(agent, physical, profile, once, reports);
  }

  /** What one deviation came to. */
  private record Played(Estimate gain, Estimate truth, double imbalance) {}

  private Played play(Deviation deviation, long stream, long block, int count) {
    Moments moments = new Moments(2);
    double imbalance = moments(deviation, stream, block, count, moments);
    return new Played(moments.estimate(0), moments.estimate(1), imbalance);
  }

  /** Adds gain and truthful utility of every path of a block; returns the largest imbalance. */
  private double moments(Deviation deviation, long stream, long block, int count, Moments moments) {
    int i = deviation.agent();
    List<ReportingStrategy> truth = ReportingStrategy.allTruthful(environment.agents());
    List<ReportingStrategy> lie = new ArrayList<>(truth);
    Agent agent = environment.agent(i);
    int[] first = new int[environment.size()];
    Arrays.fill(first, -1);
    if (deviation.once()) {
      first[i] = deviation.reports()[deviation.profile()[i]];
    } else {
      lie.set(i, ReportingStrategy.table(agent, deviation.reports()));
    }
    UniformRandomProvider one = RandomStreams.block(stream, block);
    UniformRandomProvider two = RandomStreams.block(stream, block);
    PathPlayer honest = new PathPlayer(rule);
    PathPlayer liar = new PathPlayer(rule);
    double[] pair = new double[2];
    for (int path = 0; path < count; path++) {
      Workers.checkInterrupted();
      honest.begin(deviation.profile(), one);
      honest.play(deviation.physical(), periods, truth, null, one);
      liar.begin(deviation.profile(), two);
      liar.play(deviation.physical(), periods, lie, first, two);
      pair[0] = liar.totals[3 + i] - honest.totals[3 + i];
      pair[1] = honest.totals[3 + i];
      moments.add(pair);
    }
    return honest.imbalance;
  }

  private Estimate again(Deviation deviation) {
    int count = Math.multiplyExact(AGAIN, paths);
    int blocks = (count + BLOCK - 1) / BLOCK;
    Moments[] parts = new Moments[blocks];
    workers.forEach(
        blocks,
        b -> {
          parts[b] = new Moments(2);
          moments(deviation, seed ^ FRESH, b, Math.min(BLOCK, count - b * BLOCK), parts[b]);
        });
    Moments all = new Moments(2);
    for (Moments part : parts) {
      all.merge(part);
    }
    return all.estimate(0);
  }
}
