package bellwether.benchmarks;

import bellwether.core.bandit.RestlessArm;
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
 * How long do all Whittle indices of a dense arm take, with the test that it is indexable? 11/3 n^3
 * flops over the time, against {@link MachineBenchmark#fmaPeak}, is the share of the peak.
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
  /** States. */
  @Param({"1000", "2000"})
  public int states;

  /** Threads inside one solution. */
  @Param({"1", "2"})
  public int threads;

  private RestlessArm arm = RestlessArm.random(1, 42);
  private Workers workers = Workers.of(1);

  /** The dense random arm of the reference values. */
  @Setup
  public void makeArm() {
    arm = RestlessArm.random(states, 42);
    workers = Workers.of(threads);
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    workers.close();
  }

  /** All indices, discount 0.95. */
  @Benchmark
  public WhittleIndices whittle() {
    WhittleIndices solved = WhittleIndices.of(arm, 0.95, true, Kernels.best(), workers);
    if (solved.status() != WhittleIndices.Status.INDEXABLE) {
      throw new IllegalStateException("the arm is " + solved.status());
    }
    return solved;
  }
}
