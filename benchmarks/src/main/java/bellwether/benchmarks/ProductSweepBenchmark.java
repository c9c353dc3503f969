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
 * solves until forty sweeps and 2e8 backups of a state are done; what counts are the counters:
 * nanoseconds a joint state and sweep, the median of means of eight sweeps, one of which looks at
 * the bounds, the same for sweeps that do not look, and the share; means over the iterations.
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
@Warmup(iterations = 4)
@Measurement(iterations = 5)
public class ProductSweepBenchmark {
  private static final int AGENTS = 4;
  private static final int SWEEPS = 41;

  /** Sweeps whose mean counts: every eighth looks at the bounds and takes longer. */
  private static final int TOGETHER = 8;

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
    /** Nanoseconds a joint state and sweep. */
    public double nanosPerState;

    /** The same for a sweep that does not look at the bounds: the median of all. */
    public double nanosWithoutLook;

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
  public Solution solve(Sweep sweep) {
    int wanted = (int) Math.max(SWEEPS, BACKUPS / model.states());
    long[] spans = new long[wanted];
    int[] count = {0};
    long[] last = {0};
    SolveOptions options =
        SolveOptions.DEFAULT
            .withTolerance(1e-300)
            .atMost(wanted)
            .reporting(
                (sweeps, gap) -> {
                  long now = System.nanoTime();
                  if (sweeps > 1 && count[0] < wanted) {
                    spans[count[0]++] = now - last[0];
                  }
                  last[0] = now;
                  return count[0] < wanted;
                });
    Solution solution;
    do {
      solution = MdpSolver.solve(MdpProblem.maximize(model, 0.99), options, workers);
      if (!(solution.upperGap() < 1000)) {
        throw new IllegalStateException("no bound: " + solution.upperGap());
      }
    } while (count[0] < wanted - 1);
    double[] means = new double[count[0] / TOGETHER];
    for (int i = 0; i < TOGETHER * means.length; i++) {
      means[i / TOGETHER] += (double) spans[i] / TOGETHER;
    }
    Arrays.sort(means);
    double nanos = means[means.length / 2] / model.states();
    Arrays.sort(spans, 0, count[0]);
    sweep.nanosWithoutLook = (double) spans[count[0] / 2] / model.states() / iterations;
    sweep.nanosPerState = nanos / iterations;
    sweep.shareOfBound = 16 / bandwidth / nanos / iterations;
    return solution;
  }
}
