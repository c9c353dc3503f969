package bellwether.benchmarks;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import bellwether.core.stopping.AmericanPut;
import bellwether.core.stopping.BermudanMaxCall;
import bellwether.core.stopping.BermudanOption;
import bellwether.core.stopping.Market;
import bellwether.core.stopping.SimulatedOption;
import bellwether.core.stopping.SimulationOptions;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long a value of an option takes, exact and simulated; one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class StoppingBenchmark {
  private static final Market PUT = new Market(36, 0.06, 0, 0.2);
  private static final Market CALL = new Market(100, 0.05, 0.1, 0.2);

  /** Which kernels. */
  @Param({"vector", "scalar"})
  public String kernels = "vector";

  private final Workers workers = Workers.of(1);
  private long seed;

  /** Ends the workers. */
  @TearDown
  public void close() {
    workers.close();
  }

  private static double checked(double value, double exact, double within) {
    if (!(Math.abs(value - exact) <= within)) {
      throw new IllegalStateException("value " + value + ", expected " + exact);
    }
    return value;
  }

  /** American put, 50 dates: 100,000 paths of the regression and as many of the lower bound. */
  @Benchmark
  public double putByLeastSquares() {
    SimulationOptions options = new SimulationOptions(100_000, 100_000, 3, 2, 2, ++seed, _ -> {});
    SimulatedOption put =
        SimulatedOption.put(PUT, 40, 1, 50, options, Kernels.named(kernels), workers);
    return checked(put.lower(), 4.4778, 0.05);
  }

  /** The same with two pricing paths: the regression alone. */
  @Benchmark
  public double putRegression() {
    SimulationOptions options = new SimulationOptions(100_000, 2, 3, 2, 2, ++seed, _ -> {});
    SimulatedOption put =
        SimulatedOption.put(PUT, 40, 1, 50, options, Kernels.named(kernels), workers);
    return put.lower();
  }

  /** Both bounds of the call on the larger of two assets, 9 dates; the gap is below 0.3%. */
  @Benchmark
  public double maxCallBounds() {
    SimulationOptions options =
        new SimulationOptions(200_000, 2_000_000, 3, 1000, 1000, ++seed, _ -> {});
    SimulatedOption call =
        SimulatedOption.maxCall(CALL, 100, 3, 9, 2, options, Kernels.named(kernels), workers);
    checked(call.upper() / call.lower(), 1, 0.006);
    return checked(call.lower(), 13.9018, 0.1);
  }

  /** Twelve digits of the same call by quadrature. */
  @Benchmark
  public double maxCallByQuadrature() {
    return checked(BermudanMaxCall.of(CALL, 100, 3, 9, workers).value(), 13.90182036386, 1e-9);
  }

  /** Fifty dates by quadrature. */
  @Benchmark
  public double putByQuadrature() {
    return checked(BermudanOption.put(PUT, 40, 1, 50).value(), 4.47781111114, 1e-9);
  }

  /** Exercise at any time, by Kim's equation. */
  @Benchmark
  public double putAtAnyTime() {
    return checked(AmericanPut.of(PUT, 40, 1).value(), 4.48667435673, 1e-8);
  }
}
