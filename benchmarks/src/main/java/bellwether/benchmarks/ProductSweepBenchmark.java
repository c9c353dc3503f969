package bellwether.benchmarks;

import bellwether.core.mdp.MdpProblem;
import bellwether.core.mdp.MdpSolver;
import bellwether.core.mdp.ProductAgent;
import bellwether.core.mdp.ProductMdp;
import bellwether.core.mdp.Solution;
import bellwether.core.mdp.SolveOptions;
import bellwether.core.mdp.TypeTransition;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * How long does a sweep over the product of four chains take a joint state, and what share of the
 * bound is that which memory sets at 16 bytes a state? Every type moves to one of two random types;
 * under one action, or four of which each moves one agent or all alike. The score is the time of
 * solves to a guaranteed error of 1e-6 at discount 0.95, as many as it takes for 2e8 backups of a
 * state. What counts are the counters: nanoseconds a joint state and sweep, over whole solves, and
 * the share; and what sweeps in single and in double precision take that do not look at the bounds.
 * Means over the iterations.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "-Xmx3g",
      "-XX:+UseTransparentHugePages"
    })
@Warmup(iterations = 2)
@Measurement(iterations = 4)
public class ProductSweepBenchmark {
  private static final int AGENTS = 4;
  private static final double DISCOUNT = 0.95;
  private static final double TOLERANCE = 1e-6;
  private static final double BACKUPS = 2e8;
  private static final int DOUBLES = 1 << 24;

  /** Types of each agent: 10^4, 10^6 and 10^8 joint states. */
  @Param({"10", "32", "100"})
  public int types = 10;

  /**
   * Of one action all agents move ("together"), of four each moves one agent ("apart"), or all
   * agents move under each of four, which differ in rewards alone ("alike").
   */
  @Param({"together", "apart", "alike"})
  public String moves = "together";

  /** Threads. */
  @Param({"1", "2"})
  public int threads = 1;

  private ProductMdp model = ProductMdp.of(new double[1], List.of(still()));
  private Workers workers = Workers.of(1);

  /** Iterations over which the counters are added up, of all forks. */
  private int iterations = 1;

  /** Bytes a nanosecond, STREAM's triad counted as 24 bytes. */
  private double bandwidth;

  private static ProductAgent still() {
    return ProductAgent.of(new double[1][1], TypeTransition.stay(1));
  }

  /** What is reported beside the time. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Sweep {
    /** Nanoseconds a joint state and sweep, looks at the bounds and all else included. */
    public double nanosPerState;

    /** The same for sweeps in single precision that do not look at the bounds: their median. */
    public double nanosInSingle;

    /** The same in double precision. */
    public double nanosInDouble;

    /** The share of sweeps in single precision. */
    public double shareInSingle;

    /** What 16 bytes take at the bandwidth of this run, over that. */
    public double shareOfBound;
  }

  /** Makes the model and measures the bandwidth. */
  @Setup
  public void prepare(BenchmarkParams parameters) {
    iterations = parameters.getMeasurement().getCount() * Math.max(1, parameters.getForks());
    SplittableRandom random = new SplittableRandom(1);
    int actions = moves.equals("together") ? 1 : AGENTS;
    List<ProductAgent> agents = new ArrayList<>();
    for (int i = 0; i < AGENTS; i++) {
      double[][] matrix = new double[types][types];
      for (double[] row : matrix) {
        double p = random.nextDouble(0.1, 0.9);
        row[random.nextInt(types)] += p;
        row[random.nextInt(types)] += 1 - p;
      }
      double[][] value = new double[actions][types];
      TypeTransition[] transition = new TypeTransition[actions];
      Arrays.fill(transition, TypeTransition.stay(types));
      for (int a = 0; a < actions; a++) {
        if (!moves.equals("apart") || a == i) {
          transition[a] = TypeTransition.dense(matrix);
        }
        if (actions == 1 || a == i) {
          value[a] = random.doubles(types).toArray();
        }
      }
      agents.add(ProductAgent.of(value, transition));
    }
    model = ProductMdp.of(new double[actions], agents);
    workers = Workers.of(threads);
    bandwidth = triad();
  }

  private double triad() {
    double[] x = new double[DOUBLES];
    double[] y = new double[DOUBLES];
    double[] z = new double[DOUBLES];
    long best = Long.MAX_VALUE;
    for (int run = 0; run < 10; run++) {
      long start = System.nanoTime();
      int share = DOUBLES / threads;
      workers.forEach(
          threads,
          i -> {
            for (int k = i * share; k < (i + 1) * share; k++) {
              z[k] = Math.fma(3.0, x[k], y[k]);
            }
          });
      best = Math.min(best, System.nanoTime() - start);
    }
    return 24.0 * DOUBLES / best;
  }

  /** Lets the threads go. */
  @TearDown
  public void close() {
    workers.close();
  }

  /** Solves until there are enough sweeps. */
  @Benchmark
  public double solve(Sweep counters) {
    double nanos = 0;
    List<Long> single = new ArrayList<>();
    List<Long> exact = new ArrayList<>();
    long sweeps = 0;
    do {
      List<Long> ends = new ArrayList<>();
      SolveOptions options =
          SolveOptions.DEFAULT
              .withTolerance(TOLERANCE)
              .reporting((number, gap) -> ends.add(System.nanoTime()));
      long start = System.nanoTime();
      Solution solution = MdpSolver.solve(MdpProblem.maximize(model, DISCOUNT), options, workers);
      if (!solution.converged()) {
        throw new IllegalStateException("no bound: " + solution.upperGap());
      }
      // The last sweep chooses and is not reported, nor is what comes after it.
      nanos += (double) (ends.getLast() - start) / model.states();
      sweeps += ends.size();
      // A sweep moves 16 bytes a state, or 8.
      long rough = Math.round(2 * solution.sweeps() - solution.bytes() / 8 / model.states());
      for (int k = 1; k < ends.size(); k++) {
        (k < rough ? single : exact).add(ends.get(k) - ends.get(k - 1));
      }
    } while (sweeps * model.states() < BACKUPS);
    nanos /= sweeps;
    counters.nanosPerState = nanos / iterations;
    counters.nanosInSingle = median(single) / iterations;
    counters.nanosInDouble = median(exact) / iterations;
    counters.shareInSingle = (double) single.size() / (single.size() + exact.size()) / iterations;
    counters.shareOfBound = 16 / bandwidth / nanos / iterations;
    return nanos;
  }

  /** Nanoseconds a state, 0 for no sweeps. */
  private double median(List<Long> spans) {
    Collections.sort(spans);
    return spans.isEmpty() ? 0 : (double) spans.get(spans.size() / 2) / model.states();
  }
}
