package bellwether.mechanisms.revenue;

import bellwether.core.bandit.RetirementSteps;
import bellwether.core.parallel.Workers;
import bellwether.core.path.Estimate;
import bellwether.core.random.RandomStreams;
import bellwether.core.random.SobolPoints;
import bellwether.mechanisms.virtual.PrivateType;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The profit of a bandit auction for revenue by quasi-Monte Carlo over initial types.
 *
 * <p>Each of R independent shifts is a set of N points: in the first {@value
 * SobolPoints#DIMENSIONS} bidders, those with the highest breakpoints first, Sobol's strata of
 * 1/2^m, 2^m &gt;= N, under a random digital shift; in all others random strata. Within its stratum
 * every coordinate stands at one uniform place, the same for all coordinates of a shift, so that
 * virtual types are looked up in one table a law: of each single type the average is unbiased, and
 * what two types together do is off by less than 1/(12 N^2) of its mixed second differences. The R
 * averages are independent, and their spread tells the error.
 *
 * <p>The arms' tables are made once and scaled in each draw. Cost: a few thousand breakpoints a
 * draw, see {@link DrawnWelfare}. The bits do not depend on the number of threads.
 *
 * @param profit the average of E W over shifts, the outside value included
 * @param profitStandardError of it
 * @param revenue what bidders pay
 * @param revenueStandardError of it
 * @param lower end of the interval that holds the profit with probability 0.95 if averages are
 *     normal, by Student's t with R - 1 degrees of freedom
 * @param upper end of it
 * @param draws R N
 */
public record SampledProfit(
    double profit,
    double profitStandardError,
    double revenue,
    double revenueStandardError,
    double lower,
    double upper,
    long draws) {
  private static final int BLOCK = 128;

  /**
   * Draws.
   *
   * @param subscribers any number
   * @param discount delta, in [0, 1)
   * @param outsideValue of nobody winning, a period, finite
   * @param draws at least {@code shifts}; rounded up to a multiple of them
   * @param shifts R, at least 2
   * @param seed of the shifts
   * @param workers for tables and draws
   * @throws IllegalArgumentException naming the first argument that is not allowed
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static SampledProfit of(
      List<Subscriber> subscribers,
      double discount,
      double outsideValue,
      long draws,
      int shifts,
      long seed,
      Workers workers) {
    double bottom = ExpectedProfit.bottom(discount, outsideValue);
    if (shifts < 2) {
      throw new IllegalArgumentException("shifts must be at least 2: " + shifts);
    }
    long each = Math.ceilDiv(draws, (long) shifts);
    if (draws < shifts || each > 1L << 24) {
      throw new IllegalArgumentException(
          "draws must be " + shifts + " to " + ((long) shifts << 24) + ": " + draws);
    }
    Draws all = new Draws(subscribers, discount, bottom, (int) each, workers);
    double[] profits = new double[shifts];
    double[] revenues = new double[shifts];
    for (int r = 0; r < shifts; r++) {
      double[] averages = all.shift(RandomStreams.block(seed, r));
      profits[r] = bottom + averages[0];
      revenues[r] = averages[0] + bottom * (1 - averages[1]);
    }
    double profit = mean(profits);
    double error = standardError(profits, profit);
    double revenue = mean(revenues);
    double reach = Estimate.studentFactor(shifts - 1) * error;
    return new SampledProfit(
        profit,
        error,
        revenue,
        standardError(revenues, revenue),
        profit - reach,
        profit + reach,
        each * shifts);
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

  /** What all shifts share. */
  private static final class Draws {
    private final List<Subscriber> bidders;
    private final double rest;
    private final double bottom;
    private final int each;
    private final int strata;
    private final Workers workers;
    private final List<PrivateType> types;
    private final int[] typeOf;
    private final double[][] at;
    private final double[][] ratio;
    private final ConcurrentLinkedQueue<DrawnWelfare> idle = new ConcurrentLinkedQueue<>();

    Draws(List<Subscriber> subscribers, double discount, double bottom, int each, Workers workers) {
      this.rest = 1 - discount;
      this.bottom = bottom;
      this.each = each;
      this.workers = workers;
      strata = Math.max(1, Integer.highestOneBit(2 * each - 1));
      IdentityHashMap<RetirementSteps, ArmDrops> drops = new IdentityHashMap<>();
      for (Subscriber subscriber : subscribers) {
        drops.computeIfAbsent(subscriber.steps(), ArmDrops::of);
      }
      bidders =
          subscribers.stream()
              .filter(s -> own(s, drops).count() > 0)
              .sorted((s, t) -> Double.compare(top(t, drops), top(s, drops)))
              .toList();
      types = bidders.stream().map(s -> s.value().type()).distinct().toList();
      typeOf = bidders.stream().mapToInt(s -> types.indexOf(s.value().type())).toArray();
      at = bidders.stream().map(s -> own(s, drops).at()).toArray(double[][]::new);
      IdentityHashMap<ArmDrops, double[]> ratios = new IdentityHashMap<>();
      ratio =
          bidders.stream()
              .map(s -> ratios.computeIfAbsent(own(s, drops), DrawnWelfare::ratios))
              .toArray(double[][]::new);
    }

    private static ArmDrops own(
        Subscriber subscriber, IdentityHashMap<RetirementSteps, ArmDrops> drops) {
      return Objects.requireNonNull(drops.get(subscriber.steps()));
    }

    /** The highest breakpoint at a type that one in a hundred exceeds. */
    private double top(Subscriber subscriber, IdentityHashMap<RetirementSteps, ArmDrops> drops) {
      PrivateType type = subscriber.value().type();
      double y = type.virtualType(type.distribution().upperQuantile(0.01));
      double first = own(subscriber, drops).at()[0];
      return subscriber.included(y)
          ? subscriber.scale(y) * first + subscriber.shift(y) / rest
          : Double.NEGATIVE_INFINITY;
    }

    /** The averages of W - M0 and of the product at M0 over one shift. */
    double[] shift(UniformRandomProvider random) {
      double place = random.nextDouble();
      long blockSeed = random.nextLong();
      long[] shifts = new long[Math.min(bidders.size(), SobolPoints.DIMENSIONS)];
      for (int d = 0; d < shifts.length; d++) {
        shifts[d] = random.nextLong();
      }
      double[][] tables = tables(place);
      int blocks = Math.ceilDiv(each, BLOCK);
      double[] gains = new double[blocks];
      double[] rests = new double[blocks];
      workers.forEach(
          blocks,
          b -> {
            DrawnWelfare kept = idle.poll();
            DrawnWelfare welfare = kept == null ? new DrawnWelfare(at, ratio, bottom) : kept;
            int from = b * BLOCK;
            int length = Math.min(BLOCK, each - from);
            double[] y =
                virtualTypes(tables, shifts, RandomStreams.block(blockSeed, b), from, length);
            double[] offset = new double[y.length];
            for (int i = 0; i < at.length; i++) {
              Subscriber bidder = bidders.get(i);
              for (int j = i * BLOCK; j < i * BLOCK + length; j++) {
                boolean in = bidder.included(y[j]);
                offset[j] = in ? bidder.shift(y[j]) / rest : 0;
                y[j] = in ? bidder.scale(y[j]) : 0;
              }
            }
            for (int j = 0; j < length; j++) {
              gains[b] += welfare.gain(y, offset, j, BLOCK);
              rests[b] += welfare.rest();
            }
            idle.add(welfare);
          });
      double[] averages = new double[2];
      for (int b = 0; b < blocks; b++) {
        averages[0] += gains[b];
        averages[1] += rests[b];
      }
      averages[0] /= each;
      averages[1] /= each;
      return averages;
    }

    /** The virtual type of each law in each stratum. */
    private double[][] tables(double place) {
      double[][] tables = new double[types.size()][strata];
      int pieces = Math.ceilDiv(strata, 512);
      workers.forEach(
          tables.length * pieces,
          p -> {
            PrivateType type = types.get(p / pieces);
            double[] table = tables[p / pieces];
            int from = p % pieces * 512;
            for (int j = from; j < Math.min(strata, from + 512); j++) {
              double below = (j + place) / strata;
              double above = (strata - j - place) / strata;
              double s0 =
                  below < 0.5
                      ? type.distribution().quantile(below)
                      : type.distribution().upperQuantile(above);
              table[j] = type.virtualType(s0);
            }
          });
      return tables;
    }

    /** Bidder after bidder, {@link #BLOCK} draws each. */
    private double[] virtualTypes(
        double[][] tables, long[] shifts, UniformRandomProvider random, int from, int length) {
      double[] y = new double[at.length * BLOCK];
      double[] points = new double[BLOCK];
      for (int i = 0; i < at.length; i++) {
        double[] table = tables[typeOf[i]];
        if (i < shifts.length) {
          SobolPoints.fill(i, from, shifts[i], points, length);
        } else {
          for (int j = 0; j < length; j++) {
            points[j] = random.nextDouble();
          }
        }
        for (int j = 0; j < length; j++) {
          y[i * BLOCK + j] = table[(int) (points[j] * strata)];
        }
      }
      return y;
    }
  }
}
