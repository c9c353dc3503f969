package bellwether.benchmarks;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import java.util.Arrays;
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
import org.openjdk.jmh.annotations.Warmup;

/** How fast is each dense kernel, with and without the Vector API? Billions of flops a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DenseKernelBenchmark {
  private static final int DEPTH = 128;
  private static final int PANELS = 20;
  private static final int ROWS = 64;
  private static final int LENGTH = 1024;
  private static final int FLOAT_PANELS = PANELS / 2;
  private static final int FLOAT_STRIDE = FLOAT_PANELS * DenseKernels.FLOAT_PANEL + 16;
  private static final int STRIDE = PANELS * DenseKernels.PANEL + 8;

  /** The provider. */
  @Param({"scalar", "vector"})
  public String provider = "scalar";

  private DenseKernels kernels = ScalarKernels.INSTANCE.dense();
  private final double[] a = new double[DEPTH * ROWS];
  private final double[] b = new double[DEPTH * PANELS * DenseKernels.PANEL];
  private final double[] c = new double[ROWS * STRIDE];
  private final double[] d = new double[LENGTH];
  private final float[] floatA = new float[DEPTH * ROWS];
  private final float[] floatB = new float[DEPTH * FLOAT_PANELS * DenseKernels.FLOAT_PANEL];
  private final float[] floatC = new float[ROWS * FLOAT_STRIDE];
  private final double[] rows = new double[64 * LENGTH];
  private final double[] column = new double[LENGTH];
  private final double[] numerators = new double[LENGTH];

  /** Numbers of a size that neither grow nor vanish. */
  @Setup
  public void choose() {
    Kernels chosen = provider.equals("scalar") ? ScalarKernels.INSTANCE : Kernels.best();
    if (!chosen.name().equals(provider)) {
      throw new IllegalStateException("no kernels " + provider + " on this machine");
    }
    kernels = chosen.dense();
    Arrays.fill(a, 1e-9);
    Arrays.fill(b, 1e-9);
    Arrays.fill(floatA, 1e-9f);
    Arrays.fill(floatB, 1e-9f);
    Arrays.fill(rows, 1e-9);
    Arrays.fill(d, 0.5);
    Arrays.fill(column, 1e-9);
    Arrays.fill(numerators, 0.5);
  }

  /** The trailing update: C in the second cache. */
  @Benchmark
  @OperationsPerInvocation(2 * DEPTH * PANELS * DenseKernels.PANEL * ROWS)
  public double[] rankUpdate() {
    for (int i = 0; i < ROWS; i += DenseKernels.STRIP) {
      kernels.rankUpdate(
          PANELS, DEPTH, a, i * DEPTH, b, 0, DEPTH * DenseKernels.PANEL, c, i * STRIDE, STRIDE);
    }
    return c;
  }

  /** The same in single precision. */
  @Benchmark
  @OperationsPerInvocation(2 * DEPTH * FLOAT_PANELS * DenseKernels.FLOAT_PANEL * ROWS)
  public float[] rankUpdateOfFloats() {
    for (int i = 0; i < ROWS; i += DenseKernels.STRIP) {
      kernels.rankUpdate(
          FLOAT_PANELS,
          DEPTH,
          floatA,
          i * DEPTH,
          floatB,
          0,
          DEPTH * DenseKernels.FLOAT_PANEL,
          floatC,
          i * FLOAT_STRIDE,
          FLOAT_STRIDE);
    }
    return floatC;
  }

  /** One piece of a pivot's column: 64 rows of 1,024. */
  @Benchmark
  @OperationsPerInvocation(2 * 64 * LENGTH)
  public double[] combine() {
    kernels.combine(64, rows, 0, LENGTH, a, 0, d, 0, LENGTH);
    return d;
  }

  /** The pivot's effect on 1,024 states: six flops and a division each, counted as six. */
  @Benchmark
  @OperationsPerInvocation(6 * LENGTH)
  public int eliminate() {
    return kernels.eliminate(1, 1e-9, 1e-9, column, 0, numerators, d, 0, LENGTH);
  }

  /** An inner product in the first cache. */
  @Benchmark
  @OperationsPerInvocation(2 * LENGTH)
  public double dot() {
    return kernels.dot(rows, 0, d, 0, LENGTH);
  }
}
