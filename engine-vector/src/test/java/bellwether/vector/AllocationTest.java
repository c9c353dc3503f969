package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.kernel.FunctionKernels;
import bellwether.core.kernel.ModeKernels;
import bellwether.core.kernel.PathKernels;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compiled kernels box no vectors. In a virtual machine of its own: what other tests have called
 * with other arguments changes what C2 makes of a method.
 */
@Tag("allocation")
class AllocationTest {
  private static final int ROUNDS = 100;
  private static final int CALLS = 1_000;

  /** The fewest bytes of a round, most of which run compiled code. */
  private static long fewestBytes(IntConsumer call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long fewest = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && fewest > CALLS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        call.accept(i);
      }
      fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return fewest;
  }

  @Test
  void elementaryFunctions() {
    FunctionKernels kernels = new VectorKernels().functions();
    double[] x = new SplittableRandom(1).doubles(300, 0.01, 0.99).toArray();
    double[] y = new double[300];
    double[] z = new double[300];
    long bytes =
        fewestBytes(
            i -> {
              int length = 250 + i % 40;
              kernels.exp(x, i % 9, y, i % 5, length);
              kernels.log(x, i % 9, y, i % 5, length);
              kernels.sinCos(x, i % 9, y, i % 5, z, i % 5, length);
              kernels.inverseNormal(x, i % 9, y, i % 5, length);
            });
    assertThat(bytes).isLessThan(CALLS);
  }

  @Test
  void paths() {
    PathKernels kernels = new VectorKernels().paths();
    long[] state = new SplittableRandom(1).longs(PathKernels.STATE).toArray();
    double[] out = new double[320];
    double[] sums = new double[4];
    long bytes =
        fewestBytes(
            i -> {
              kernels.uniforms(state, out, i % 9, 256);
              kernels.normals(state, out, i % 9, 256);
              kernels.moments(out, 0, out, 3, out, 1, 256 + i % 5 * 8, sums, 0);
            });
    assertThat(bytes).isLessThan(CALLS);
  }

  @Test
  void products() {
    ModeKernels kernels = new VectorKernels().modes();
    double[] x = new SplittableRandom(1).doubles(3000, -1, 1).toArray();
    double[] out = new double[4000];
    double[] extremes = new double[3 * ModeKernels.LANES];
    double[] weights = {0.5, 0.25, 0.125, 0.125};
    int[] from = new SplittableRandom(2).ints(60, 0, 20).toArray();
    long bytes =
        fewestBytes(
            i -> {
              int length = 20 + i % 9;
              int depth = 1 + i % 4;
              kernels.turnPairs(
                  depth, x, from, i % 2, weights, 0, from, x, 0, length, out, 1, 9, out, 3000);
              kernels.multiplyPairs(length, from, out, 3000, 0, 32, 400, 32, 3500);
              kernels.backupPairs(
                  9, x, 1, 50, 0.5, 0.4, from, x, 1, x, x, 3, i % 3, out, 1, 40, length);
              kernels.settleTurned(11, length, x, 1, 32, out, 5, 12, extremes, out, 3000);
              out[0] = kernels.touch(x, i % 9, 2000);
            });
    assertThat(bytes).isLessThan(CALLS);
  }
}
