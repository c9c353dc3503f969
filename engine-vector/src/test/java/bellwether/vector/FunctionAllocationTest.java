package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.kernel.FunctionKernels;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compiled elementary functions box no vectors. In a virtual machine of its own, with the compiler
 * threads of many cores: what has been called before, and when, changes what C2 makes of a method.
 */
@Tag("allocation")
class FunctionAllocationTest {
  @Test
  void boxesNoVectors() {
    FunctionKernels kernels = new VectorKernels().functions();
    double[] x = new SplittableRandom(1).doubles(300, 0.01, 0.99).toArray();
    double[] y = new double[300];
    double[] z = new double[300];
    long bytes =
        Allocation.fewestBytes(
            i -> {
              int length = 250 + i % 40;
              kernels.exp(x, i % 9, y, i % 5, length);
              kernels.log(x, i % 9, y, i % 5, length);
              kernels.sinCos(x, i % 9, y, i % 5, z, i % 5, length);
              kernels.inverseNormal(x, i % 9, y, i % 5, length);
            });
    assertThat(bytes).isLessThan(Allocation.CALLS);
  }
}
