package bellwether.mechanisms.simulation;

import bellwether.core.parallel.Workers;
import bellwether.core.random.RandomStreams;
import bellwether.mechanisms.environment.Environment;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * Plays a mechanism from the prior over many paths, with any reporting strategies. Random numbers
 * belong to blocks of paths, so that results do not depend on threads.
 */
public final class MechanismSimulation {
  /** Paths of a block. */
  private static final int BLOCK = 64;

  /** What later periods may add, as a share of all, where their number is not given. */
  private static final double NEGLIGIBLE = 1e-7;

  private MechanismSimulation() {}

  /**
   * Plays.
   *
   * @param strategies one of every agent
   * @param start the first types, or null to draw them from the prior
   * @param physical the first physical state
   * @param periods how many, at most the horizon; 0 for the horizon, or as many as matter
   * @param paths at least 2
   * @param seed of the random numbers
   * @throws IllegalArgumentException naming the argument that is not allowed
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static SimulationReport run(
      Rule rule,
      List<ReportingStrategy> strategies,
      int @Nullable [] start,
      int physical,
      int periods,
      long paths,
      long seed,
      Workers workers) {
    Environment environment = rule.environment();
    int n = environment.size();
    if (strategies.size() != n) {
      throw new IllegalArgumentException(
          "strategies must be one of every agent, " + n + ": " + strategies.size());
    }
    if (paths < 2) {
      throw new IllegalArgumentException("paths must be at least 2: " + paths);
    }
    if (start != null) {
      environment.checkProfile(start);
    } else if (!environment.hasPrior()) {
      throw new IllegalArgumentException("every agent needs an initial law");
    }
    int length = periods(environment, periods);
    int blocks = Math.toIntExact((paths + BLOCK - 1) / BLOCK);
    Moments[] parts = new Moments[blocks];
    double[] imbalances = new double[blocks];
    workers.forEach(
        blocks,
        b -> {
          PathPlayer player = new PathPlayer(rule);
          UniformRandomProvider random = RandomStreams.block(seed, b);
          Moments moments = new Moments(player.totals.length);
          long count = Math.min(BLOCK, paths - (long) b * BLOCK);
          for (long path = 0; path < count; path++) {
            Workers.checkInterrupted();
            player.begin(start, random);
            player.play(physical, length, strategies, null, random);
            moments.add(player.totals);
          }
          parts[b] = moments;
          imbalances[b] = player.imbalance;
        });
    Moments all = new Moments(3 + 2 * n);
    double imbalance = 0;
    for (int b = 0; b < blocks; b++) {
      all.merge(parts[b]);
      imbalance = Math.max(imbalance, imbalances[b]);
    }
    List<Estimate> utility = new ArrayList<>();
    List<Estimate> payment = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      utility.add(all.estimate(3 + i));
      payment.add(all.estimate(3 + n + i));
    }
    boolean whole = !environment.isInfinite() && length == environment.horizon();
    double remainder =
        whole
            ? 0
            : Math.pow(environment.discount(), length)
                * environment.largestFlow()
                * environment.annuity();
    return new SimulationReport(
        all.estimate(0),
        all.estimate(1),
        all.estimate(2),
        utility,
        payment,
        imbalance,
        length,
        paths,
        remainder);
  }

  /** How many periods are played. */
  static int periods(Environment environment, int asked) {
    if (asked < 0 || (!environment.isInfinite() && asked > environment.horizon())) {
      throw new IllegalArgumentException(
          "periods must be 0 to the horizon, " + environment.horizon() + ": " + asked);
    }
    if (asked > 0) {
      return asked;
    }
    if (!environment.isInfinite()) {
      return environment.horizon();
    }
    double discount = environment.discount();
    return discount == 0
        ? 1
        : (int) Math.max(1, Math.ceil(Math.log(NEGLIGIBLE) / Math.log(discount)));
  }
}
