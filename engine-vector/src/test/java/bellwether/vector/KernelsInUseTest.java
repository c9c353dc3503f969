package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.bandit.RandomArm;
import bellwether.core.bandit.StateElimination;
import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import org.junit.jupiter.api.Test;

/** The kernels that users get: scalar first, vector once they are compiled. */
class KernelsInUseTest {

  @Test
  void vectorKernelsAreFoundAsAService() {
    assertThat(Kernels.best().name()).isEqualTo("vector");
    assertThat(Kernels.best().description()).matches("vector, (128|256|512) bits");
  }

  @Test
  void bitsDoNotChangeWhenTheKernelsDo() throws InterruptedException {
    RandomArm arm = new RandomArm(400, 11);
    try (Workers workers = Workers.of(1)) {
      double[] expected = StateElimination.of(arm, 0.9, ScalarKernels.INSTANCE, workers).indices();
      // 43 million flops each: the change comes on the way, or after the pause at the latest.
      for (int i = 0; i < 40; i++) {
        assertThat(StateElimination.of(arm, 0.9, Kernels.best(), workers).indices())
            .isEqualTo(expected);
        if (i == 20) {
          Thread.sleep(2_000);
        }
      }
    }
  }
}
