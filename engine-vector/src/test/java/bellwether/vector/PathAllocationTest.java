package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.kernel.PathKernels;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compiled kernels of paths box no vectors. In a virtual machine of its own, with the compiler
 * threads of many cores: what has been called before, and when, changes what C2 makes of a method.
 */
@Tag("allocation")
class PathAllocationTest {
  @Test
  void boxesNoVectors() {
    PathKernels kernels = new VectorKernels().paths();
    long[] state = new SplittableRandom(1).longs(PathKernels.STATE).toArray();
    double[] out = new double[320];
    double[] sums = new double[4];
    long bytes =
        Allocation.fewestBytes(
            i -> {
              kernels.uniforms(state, out, i % 9, 256);
              kernels.normals(state, out, i % 9, 256);
              kernels.moments(out, 0, out, 3, out, 1, 256 + i % 5 * 8, sums, 0);
            });
    assertThat(bytes).isLessThan(Allocation.CALLS);
  }
}
