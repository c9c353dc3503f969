package bellwether.benchmarks;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.BetaBernoulliTable;
import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long do the 190 Gittins indices after at most 18 pulls of a uniform arm take at discount
 * 0.99, each within 1e-10, and how many cells a second does their kernel do?
 */
@State(Scope.Benchmark)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BetaIndexBenchmark {
  private static final int CELLS = 256;
  private static final double KNOWN = 0.869859994427593;

  /** The provider. */
  @Param({"scalar", "vector"})
  public String provider = "scalar";

  /** Threads of the table; the kernel uses one. */
  @Param({"1", "2"})
  public int threads = 1;

  private Kernels kernels = ScalarKernels.INSTANCE;
  private Workers workers = Workers.of(1);
  private final double[] value = new double[CELLS + 1];
  private final double[] time = new double[CELLS + 1];

  /** Finds the provider. */
  @Setup
  public void choose() {
    kernels = provider.equals("scalar") ? ScalarKernels.INSTANCE : Kernels.best();
    if (!kernels.name().equals(provider)) {
      throw new IllegalStateException("no kernels " + provider + " on this machine");
    }
    workers.close();
    workers = Workers.of(threads);
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    workers.close();
  }

  /** The table, checked against a value known to 16 digits. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public BetaBernoulliTable table() {
    BetaBernoulliTable table =
        BetaBernoulliTable.triangle(new BetaBernoulliArm(1, 1), 19, 0.99, 1e-10, kernels, workers);
    // reference/bernoulli-index.csv: Beta(1, 1) at 0.99
    if (!(table.lower(0, 0) <= KNOWN && table.upper(0, 0) >= KNOWN)) {
      throw new IllegalStateException("wrong index: " + table.lower(0, 0));
    }
    return table;
  }

  /** Cells per nanosecond. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  @OperationsPerInvocation(CELLS)
  public double[] layer() {
    kernels.lattice().bernoulliLayer(0.99, 0.3, 1.0 / 300, 0.1, value, time, 0, CELLS);
    return value;
  }
}
