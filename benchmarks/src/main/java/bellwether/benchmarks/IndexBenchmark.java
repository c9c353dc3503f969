package bellwether.benchmarks;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.BetaBernoulliTable;
import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.MarkovArm;
import bellwether.core.bandit.RandomArm;
import bellwether.core.bandit.RestlessArm;
import bellwether.core.bandit.SparseArm;
import bellwether.core.bandit.SparseIndices;
import bellwether.core.bandit.StateElimination;
import bellwether.core.bandit.WhittleIndices;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.concurrent.TimeUnit;
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

/**
 * How long do all indices of an arm take, of each kind that others publish figures for? 2/3 n^3
 * flops (Gittins) and 11/3 n^3 (Whittle, with the test that the arm is indexable) over the time,
 * against {@link MachineBenchmark#fmaPeak}, are shares of the peak.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "-Xmx8g",
      "-XX:+UseTransparentHugePages"
    })
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class IndexBenchmark {
  /** Threads inside one solution. */
  @Param({"1", "2"})
  public int threads;

  private Workers workers = Workers.of(1);

  /** Starts the threads. */
  @Setup
  public void start() {
    workers = Workers.of(threads);
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    workers.close();
  }

  /** The dense random arm of the reference values, as an array: making it is not measured. */
  @State(Scope.Benchmark)
  public static class Dense {
    /** States. */
    @Param({"1000", "4000", "8000"})
    public int states;

    private FiniteArm arm = new RandomArm(1, 42);

    /** Makes the arm. */
    @Setup
    public void makeArm() {
      RandomArm random = new RandomArm(states, 42);
      double[] rewards = new double[states];
      double[] transition = new double[states * states];
      random.fillRewards(rewards);
      random.forEachRow(
          (s, array, offset) -> System.arraycopy(array, offset, transition, s * states, states));
      arm = MarkovArm.owning(rewards, transition);
    }
  }

  /** The dense random restless arm of the reference values. */
  @State(Scope.Benchmark)
  public static class Restless {
    /** States. */
    @Param({"1000", "2000"})
    public int states;

    private RestlessArm arm = RestlessArm.random(1, 42);

    /** Makes the arm. */
    @Setup
    public void makeArm() {
      arm = RestlessArm.random(states, 42);
    }
  }

  /** Beliefs about a success probability. */
  @State(Scope.Benchmark)
  public static class Learned {
    /** Weight of the next pull. */
    @Param({"0.9", "0.99"})
    public double discount;
  }

  /** A birth-and-death arm: up and down with 0.3 and 0.4, rewards that wave. */
  @State(Scope.Benchmark)
  public static class BirthAndDeath {
    private static final int STATES = 100_000;

    private SparseArm arm =
        SparseArm.of(new double[1], new int[] {0, 1}, new int[1], new double[] {1});

    /** Makes the arm. */
    @Setup
    public void makeArm() {
      double[] rewards = new double[STATES];
      int[] row = new int[3 * STATES];
      int[] column = new int[3 * STATES];
      double[] probability = new double[3 * STATES];
      for (int s = 0; s < STATES; s++) {
        rewards[s] = Math.sin(1e-3 * s) + 1e-6 * s;
        for (int k = 0; k < 3; k++) {
          row[3 * s + k] = s;
          column[3 * s + k] = Math.clamp(s + k - 1, 0, STATES - 1);
          probability[3 * s + k] = k == 0 ? 0.4 : 0.3;
        }
      }
      arm = SparseArm.ofTriplets(rewards, row, column, probability);
    }
  }

  /** All Gittins indices, discount 0.95, checked against the recomputed sum where there is one. */
  @Benchmark
  public double gittins(Dense dense) {
    double sum = 0;
    for (double g : StateElimination.of(dense.arm, 0.95, Kernels.best(), workers).indices()) {
      sum += g;
    }
    if (dense.states == 1000 && !(Math.abs(sum / 657.1112353700868 - 1) < 1e-13)) {
      throw new IllegalStateException("sum of the indices is " + sum);
    }
    return sum;
  }

  /** All Whittle indices, discount 0.95. */
  @Benchmark
  public WhittleIndices whittle(Restless restless) {
    WhittleIndices solved = WhittleIndices.of(restless.arm, 0.95, true, Kernels.best(), workers);
    if (solved.status() != WhittleIndices.Status.INDEXABLE) {
      throw new IllegalStateException("the arm is " + solved.status());
    }
    return solved;
  }

  /** 190 states, after at most 18 pulls of a uniform arm, brackets of 1e-10. */
  @Benchmark
  public BetaBernoulliTable bernoulli190(Learned learned) {
    return BetaBernoulliTable.triangle(
        new BetaBernoulliArm(1, 1), 19, learned.discount, 1e-10, Kernels.best(), workers);
  }

  /** A million states, brackets of 1e-10. */
  @Benchmark
  public BetaBernoulliTable bernoulliTable(Learned learned) {
    return BetaBernoulliTable.square(
        new BetaBernoulliArm(1, 1), 1000, learned.discount, 1e-10, Kernels.best(), workers);
  }

  /** All 1e5 indices, discount 0.95. */
  @Benchmark
  public SparseIndices birthAndDeath(BirthAndDeath chain) {
    SparseIndices solved = SparseIndices.of(chain.arm, null, 0.95, Kernels.best(), workers);
    if (!(solved.certificate().errorBound() < 1e-12)) {
      throw new IllegalStateException("error bound " + solved.certificate().errorBound());
    }
    return solved;
  }
}
