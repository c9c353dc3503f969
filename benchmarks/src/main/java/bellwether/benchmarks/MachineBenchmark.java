package bellwether.benchmarks;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What can this machine do at most? The other figures are ratios to these: run them together.
 * Scores are billions of flops, and of bytes, a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx4g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MachineBenchmark {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int STEPS = 4096;

  /** Flops of one {@link #fmaPeak} call at 512 bits; narrower machines have a share of it. */
  private static final int FLOPS = STEPS * 12 * 8 * 2;

  private static final int DOUBLES = 1 << 24;
  private double[] x = new double[0];
  private double[] y = new double[0];
  private double[] z = new double[0];

  /** Arrays far larger than any cache. */
  @Setup
  public void fill() {
    x = new double[DOUBLES];
    y = new double[DOUBLES];
    z = new double[DOUBLES];
    java.util.Arrays.fill(x, 1.5);
    java.util.Arrays.fill(y, 0.5);
  }

  /** Twelve sums in registers; what they add is loaded, for C2 makes a constant anew each time. */
  @Benchmark
  @OperationsPerInvocation(FLOPS)
  public double fmaPeak() {
    DoubleVector m = DoubleVector.fromArray(S, x, 0);
    DoubleVector a = DoubleVector.fromArray(S, y, 0);
    DoubleVector v0 = a,
        v1 = a,
        v2 = a,
        v3 = a,
        v4 = a,
        v5 = a,
        v6 = a,
        v7 = a,
        v8 = a,
        v9 = a,
        v10 = a,
        v11 = a;
    int steps = STEPS * 8 / S.length();
    for (int i = 0; i < steps; i++) {
      v0 = m.fma(a, v0);
      v1 = m.fma(a, v1);
      v2 = m.fma(a, v2);
      v3 = m.fma(a, v3);
      v4 = m.fma(a, v4);
      v5 = m.fma(a, v5);
      v6 = m.fma(a, v6);
      v7 = m.fma(a, v7);
      v8 = m.fma(a, v8);
      v9 = m.fma(a, v9);
      v10 = m.fma(a, v10);
      v11 = m.fma(a, v11);
    }
    DoubleVector v = v0.add(v1).add(v2.add(v3)).add(v4.add(v5).add(v6.add(v7)));
    return v.add(v8.add(v9).add(v10.add(v11))).lane(0);
  }

  /** STREAM's triad, counted as 24 bytes an element. */
  @Benchmark
  @OperationsPerInvocation(DOUBLES * 24)
  public double[] triad() {
    for (int i = 0; i < DOUBLES; i++) {
      z[i] = Math.fma(3.0, x[i], y[i]);
    }
    return z;
  }
}
