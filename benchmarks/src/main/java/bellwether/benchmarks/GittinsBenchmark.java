package bellwether.benchmarks;

import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.MarkovArm;
import bellwether.core.bandit.RandomArm;
import bellwether.core.bandit.StateElimination;
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
 * How long do all Gittins indices of a dense arm take? 2/3 n^3 flops over the time, against {@link
 * MachineBenchmark#fmaPeak}, is the share of the peak.
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
public class GittinsBenchmark {
  /** States. */
  @Param({"1000", "2000", "4000", "8000"})
  public int states;

  /** Threads inside one elimination. */
  @Param({"1", "2"})
  public int threads;

  private FiniteArm arm = new RandomArm(1, 42);
  private Workers workers = Workers.of(1);

  /** The arm of the reference values, as an array, so that making it is not measured. */
  @Setup
  public void makeArm() {
    RandomArm random = new RandomArm(states, 42);
    double[] rewards = new double[states];
    double[] transition = new double[states * states];
    random.fillRewards(rewards);
    random.forEachRow(
        (s, array, offset) -> System.arraycopy(array, offset, transition, s * states, states));
    arm = MarkovArm.owning(rewards, transition);
    workers = Workers.of(threads);
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    workers.close();
  }

  /** All indices, checked against the recomputed sum where there is one. */
  @Benchmark
  public double indices() {
    double sum = 0;
    for (double g : StateElimination.of(arm, 0.95, Kernels.best(), workers).indices()) {
      sum += g;
    }
    if (states == 1000 && !(Math.abs(sum / 657.1112353700868 - 1) < 1e-13)) {
      throw new IllegalStateException("sum of the indices is " + sum);
    }
    return sum;
  }
}
