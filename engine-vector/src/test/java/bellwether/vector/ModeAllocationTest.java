package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.kernel.ModeKernels;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compiled kernels of products box no vectors. In a virtual machine of its own, with the compiler
 * threads of many cores: what has been called before, and when, changes what C2 makes of a method.
 */
@Tag("allocation")
class ModeAllocationTest {
  @Test
  void boxesNoVectors() {
    ModeKernels kernels = new VectorKernels().modes();
    double[] x = new SplittableRandom(1).doubles(3000, -1, 1).toArray();
    double[] out = new double[4000];
    double[] extremes = new double[3 * ModeKernels.LANES];
    double[] weights = {0.5, 0.25, 0.125, 0.125, 0.5, 0.25, 0.125};
    int[] from = new SplittableRandom(2).ints(60, 0, 20).toArray();
    long bytes =
        Allocation.fewestBytes(
            i -> {
              int length = 20 + i % 9;
              int depth = 1 + i % 7;
              kernels.turnPairs(
                  depth, x, from, i % 2, weights, 0, from, x, 0, length, out, 1, 9, out, 3000);
              kernels.multiplyPairs(length, from, out, 3000, 0, 32, 400, 32, 3500);
              kernels.backupPairs(
                  9, x, 1, 50, 0.5, 0.4, from, x, 1, x, x, 3, i % 3, out, 1, 40, length);
              kernels.settleTurned(11, length, x, 1, 32, out, 5, 12, extremes, out, 3000);
              out[0] = kernels.touch(x, i % 9, 2000);
            });
    assertThat(bytes).isLessThan(Allocation.CALLS);
  }
}
