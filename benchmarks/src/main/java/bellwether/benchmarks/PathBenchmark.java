package bellwether.benchmarks;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.PathKernels;
import bellwether.core.parallel.Workers;
import bellwether.core.path.DiscountedSum;
import bellwether.core.path.GeometricBrownian;
import bellwether.core.path.PathBlock;
import bellwether.core.path.PathEstimates;
import bellwether.core.path.PathOptions;
import bellwether.core.path.PathProcess;
import bellwether.core.path.PathSimulation;
import bellwether.core.path.PathStudy;
import bellwether.core.path.Start;
import java.util.SplittableRandom;
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
 * How long does a step of a path of geometric Brownian motion take, from its random number to the
 * estimate, and what of it are the kernels?
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx4g"})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class PathBenchmark {
  private static final int PATHS = 1_000_000;
  private static final int STEPS = 100;
  private static final int BLOCK = PathBlock.SIZE;

  /** A hundred steps a unit of time, each made, whether it is observed or not. */
  private static final class Steps implements PathProcess {
    private final GeometricBrownian motion = new GeometricBrownian(Start.at(100), 0.05, 0.2);

    @Override
    public int states() {
      return motion.states();
    }

    @Override
    public boolean inPeriods() {
      return true;
    }

    @Override
    public void begin(PathBlock block) {
      motion.begin(block);
    }

    @Override
    public void advance(PathBlock block, double from, double to) {
      motion.advance(block, from / STEPS, to / STEPS);
    }

    @Override
    public double[] values(PathBlock block) {
      return motion.values(block);
    }
  }

  /** Threads of a simulation. */
  @State(Scope.Benchmark)
  public static class Threads {
    /** How many. */
    @Param({"1", "2"})
    public int threads;

    Workers workers = Workers.of(1);

    /** Starts them. */
    @Setup
    public void start() {
      workers = Workers.of(threads);
    }

    /** Ends them. */
    @TearDown
    public void close() {
      workers.close();
    }
  }

  /** One block of numbers. */
  @State(Scope.Thread)
  public static class Block {
    /** Which kernels. */
    @Param({"vector", "scalar"})
    public String kernels = "vector";

    Kernels all = Kernels.best();
    long[] state = new long[PathKernels.STATE];
    double[] x = new double[BLOCK];
    double[] y = new double[BLOCK];
    double[] z = new double[BLOCK];
    double[] sums = new double[4];

    /** Fills it. */
    @Setup
    public void fill() {
      all = Kernels.named(kernels);
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < state.length; i++) {
        state[i] = random.nextLong();
      }
      for (int i = 0; i < BLOCK; i++) {
        x[i] = random.nextDouble();
      }
    }
  }

  private static PathEstimates check(PathEstimates found, double value, double expected) {
    if (!(Math.abs(value - expected) < 0.2 / 100 * expected)) {
      throw new IllegalStateException(value + ", expected " + expected);
    }
    return found;
  }

  private static PathEstimates run(PathStudy study, Workers workers) {
    return new PathSimulation(study, PathOptions.of(7, PATHS), Kernels.named("vector"))
        .run(workers);
  }

  /** A million paths of a hundred steps, observed at their end: nanoseconds a step. */
  @Benchmark
  @OperationsPerInvocation(PATHS * STEPS)
  public PathEstimates terminal(Threads threads) {
    PathEstimates found = run(PathStudy.of(new Steps(), STEPS).build(), threads.workers);
    return check(found, found.mean(0).value(), 100 * Math.exp(0.05));
  }

  /** The same with the mean of the price over all steps, which takes an exponential each. */
  @Benchmark
  @OperationsPerInvocation(PATHS * STEPS)
  public PathEstimates everyStep(Threads threads) {
    DiscountedSum sum = new DiscountedSum(1, DiscountedSum.Payoff.VALUE, 0);
    PathEstimates found =
        run(PathStudy.of(new Steps(), STEPS).discountedSum(sum).build(), threads.workers);
    double expected = 0;
    for (int t = 0; t <= STEPS; t++) {
      expected += 100 * Math.exp(0.05 * t / STEPS);
    }
    return check(found, found.discountedSum().value(), expected);
  }

  /** The same, monitored for a barrier and with a quantile at ten times. */
  @Benchmark
  @OperationsPerInvocation(PATHS * STEPS)
  public PathEstimates monitored(Threads threads) {
    double[] times = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100};
    PathStudy study =
        PathStudy.of(new Steps(), times).covariances().quantile(0.05).maximum().build();
    PathEstimates found = run(study, threads.workers);
    return check(found, found.mean(9).value(), 100 * Math.exp(0.05));
  }

  /** Uniform numbers. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public double[] uniforms(Block b) {
    b.all.paths().uniforms(b.state, b.y, 0, BLOCK);
    return b.y;
  }

  /** Standard normal numbers. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public double[] normals(Block b) {
    b.all.paths().normals(b.state, b.y, 0, BLOCK);
    return b.y;
  }

  /** Exponentials. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public double[] exp(Block b) {
    b.all.functions().exp(b.x, 0, b.y, 0, BLOCK);
    return b.y;
  }

  /** Logarithms. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public double[] log(Block b) {
    b.all.functions().log(b.x, 0, b.y, 0, BLOCK);
    return b.y;
  }

  /** Sines and cosines, both of each number. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public double[] sinCos(Block b) {
    b.all.functions().sinCos(b.x, 0, b.y, 0, b.z, 0, BLOCK);
    return b.y;
  }

  /** Normal quantiles. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public double[] inverseNormal(Block b) {
    b.all.functions().inverseNormal(b.x, 0, b.y, 0, BLOCK);
    return b.y;
  }

  /** Four sums over a block. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public double[] moments(Block b) {
    b.all.paths().moments(b.x, 0, b.x, 0, b.x, 0, BLOCK, b.sums, 0);
    return b.sums;
  }
}
