package bellwether.mechanisms.optimal;

import bellwether.core.parallel.Workers;
import bellwether.core.random.RandomStreams;
import bellwether.core.random.SobolPoints;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The expected profit of any number of agents by quasi-Monte Carlo: initial types are quantiles of
 * Sobol's points, with random digital shifts, and the means of the shifts tell the error (Owen
 * 1997). At every draw the weighted welfare is solved, and rents are exact: they come from the
 * breakpoints along each agent's own types.
 */
public final class SampledProfit {
  private final SeparableEnvironment environment;
  private final boolean[] all;
  private final TypeSections[] sections;
  private final double[][] range;
  private final Workers workers;

  private SampledProfit(SeparableEnvironment environment, Workers workers) {
    this.environment = environment;
    this.workers = workers;
    int n = environment.size();
    all = new boolean[n];
    java.util.Arrays.fill(all, true);
    sections = new TypeSections[n];
    range = new double[n][];
    for (int i = 0; i < n; i++) {
      sections[i] = TypeSections.of(environment.agent(i).type());
      range[i] = ExactProfit.weightRange(environment, i, sections[i]);
    }
  }

  /**
   * Draws.
   *
   * @param draws of initial types, of all shifts together
   * @param shifts at least 2
   * @param seed of the shifts
   * @param progress hears how far it is
   * @throws IllegalArgumentException when there are less than 2 shifts, or less draws than shifts,
   *     or more agents than Sobol's points have dimensions
   * @throws ArithmeticException when a rent is infinite
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static ExpectedProfit of(
      SeparableEnvironment environment,
      int draws,
      int shifts,
      long seed,
      Consumer<String> progress,
      Workers workers) {
    if (shifts < 2) {
      throw new IllegalArgumentException("shifts must be at least 2: " + shifts);
    }
    if (draws < shifts) {
      throw new IllegalArgumentException(
          "draws must be at least one for every shift, " + shifts + ": " + draws);
    }
    if (environment.size() > SobolPoints.DIMENSIONS) {
      throw new IllegalArgumentException(
          "agents must be at most " + SobolPoints.DIMENSIONS + ": " + environment.size());
    }
    return new SampledProfit(environment, workers).run(draws, shifts, seed, progress);
  }

  private ExpectedProfit run(int draws, int shifts, long seed, Consumer<String> progress) {
    int each = (draws + shifts - 1) / shifts;
    double[] profit = new double[shifts];
    double[] bound = new double[shifts];
    AtomicLong questions = new AtomicLong();
    AtomicInteger done = new AtomicInteger();
    // Every shift has a welfare of its own: what it remembers is the same whatever runs beside it.
    workers.forEach(
        shifts,
        r -> {
          WeightedWelfare welfare = WeightedWelfare.of(environment, all, workers);
          double[][] types = types(RandomStreams.block(seed, r), each);
          double[] sum = new double[2];
          for (int k = 0; k < each; k++) {
            draw(welfare, types[k], sum);
            int so = done.incrementAndGet();
            if (so % 64 == 0) {
              progress.accept(String.format(Locale.ROOT, "draw %d of %d", so, shifts * each));
            }
          }
          profit[r] = sum[0] / each;
          bound[r] = sum[1] / each;
          questions.addAndGet(welfare.asked());
        });
    double mean = mean(bound);
    double error = standardError(bound, mean);
    double paid = mean(profit);
    double reach = bellwether.core.path.Estimate.studentFactor(shifts - 1);
    return new ExpectedProfit(
        paid,
        mean,
        standardError(profit, paid),
        error,
        mean - reach * error,
        mean + reach * error,
        "quasiMonteCarlo",
        questions.get(),
        shifts * each,
        shifts);
  }

  private double[][] types(UniformRandomProvider random, int each) {
    double[][] types = new double[each][environment.size()];
    double[] points = new double[each];
    for (int i = 0; i < environment.size(); i++) {
      SobolPoints.fill(i, 0, random.nextLong(), points, each);
      for (int k = 0; k < each; k++) {
        types[k][i] = environment.agent(i).type().distribution().quantile(points[k]);
      }
    }
    return types;
  }

  /** Adds what agents pay less costs, and the weighted welfare. */
  private void draw(WeightedWelfare welfare, double[] types, double[] sum) {
    double[] y = environment.effectiveWeights(types);
    Plane plane = welfare.at(y);
    double paid = 0 - plane.cost();
    for (int i = 0; i < types.length; i++) {
      SeparableAgent agent = environment.agent(i);
      if (agent.weight(types[i]).included()) {
        paid += agent.type().function().value(types[i]) * plane.slope()[i] + plane.own()[i];
      }
      WelfareLine line = WelfareLine.of(welfare, i, y, range[i][0], range[i][1]);
      paid -= new RentCurve(agent.type(), sections[i], line).rent(types[i]);
    }
    sum[0] += paid;
    sum[1] += plane.value(y);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double standardError(double[] values, double mean) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / (values.length - 1) / values.length);
  }
}
