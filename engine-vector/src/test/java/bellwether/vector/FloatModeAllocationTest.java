package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.kernel.FloatModeKernels;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compiled kernels of products in single precision box no vectors, see {@link ModeAllocationTest}.
 */
@Tag("allocation")
class FloatModeAllocationTest {
  @Test
  void boxesNoVectors() {
    FloatModeKernels kernels = new VectorKernels().floatModes();
    SplittableRandom random = new SplittableRandom(1);
    float[] x = new float[4000];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
    }
    double[] weight = random.doubles(100, -1, 1).toArray();
    int[] from = random.ints(100, 0, 20).toArray();
    float[] out = new float[4000];
    float[] extremes = new float[3 * FloatModeKernels.LANES];
    long bytes =
        Allocation.fewestBytes(
            i -> {
              int length = 24 + i % 17;
              int depth = 1 + i % 6;
              kernels.turnPairs(
                  depth, x, from, i % 2, weight, 0, from, weight, i % 3, length, out, 1, 17, out,
                  3000);
              kernels.backupPairs(
                  9, x, 1, 50, 0.5, 0.4, from, weight, 1, x, x, 3, i % 3, out, 1, 48, length);
              kernels.raiseRewards(9, 1, x, x, out, 1, length);
              kernels.settleTurned(19, length, x, 1, 48, out, 5, 20, extremes, out, 3000);
              out[0] = kernels.touch(x, i % 9, 2000);
            });
    assertThat(bytes).isLessThan(Allocation.CALLS);
  }
}
