package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.bandit.RandomArm;
import bellwether.core.bandit.RefinedIndices;
import bellwether.core.bandit.RestlessArm;
import bellwether.core.bandit.RetirementSteps;
import bellwether.core.bandit.StateElimination;
import bellwether.core.bandit.WhittleIndices;
import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole computation gives the same bits with every provider and number of threads. */
class WholeResultBitsTest {

  @ParameterizedTest
  @CsvSource({"67, 1", "67, 2", "67, 3", "530, 1", "530, 2", "1201, 3"})
  void stateElimination(int n, int threads) {
    RandomArm arm = new RandomArm(n, 5);
    Kernels vector = new VectorKernels();
    Kernels scalar = ScalarKernels.INSTANCE;
    try (Workers one = Workers.of(1);
        Workers many = Workers.of(threads)) {
      StateElimination expected = StateElimination.of(arm, 0.97, scalar, one);
      StateElimination actual = StateElimination.of(arm, 0.97, vector, many);
      assertThat(actual.indices()).isEqualTo(expected.indices());
      int[] states = {0, n / 2, n - 1};
      RetirementSteps[] expectedSteps = expected.retirementSteps(states, scalar);
      RetirementSteps[] actualSteps = actual.retirementSteps(states, vector);
      for (int i = 0; i < states.length; i++) {
        assertThat(actualSteps[i].factors()).isEqualTo(expectedSteps[i].factors());
        assertThat(actualSteps[i].breakpoints()).isEqualTo(expectedSteps[i].breakpoints());
      }
      assertThat(actual.certify(arm, 5, vector)).isEqualTo(expected.certify(arm, 5, scalar));
    }
  }

  @ParameterizedTest
  @CsvSource({"67, 1", "67, 3", "530, 2", "1201, 3"})
  void refinedIndices(int n, int threads) {
    RandomArm arm = new RandomArm(n, 5);
    int[] states = n < 1000 ? null : new int[] {n / 2, 0, n - 1};
    try (Workers one = Workers.of(1);
        Workers many = Workers.of(threads)) {
      RefinedIndices expected =
          RefinedIndices.of(arm, states, 0.97, 0, ScalarKernels.INSTANCE, one);
      RefinedIndices actual = RefinedIndices.of(arm, states, 0.97, 0, new VectorKernels(), many);
      assertThat(actual.indices()).isEqualTo(expected.indices());
      assertThat(actual.certificate()).isEqualTo(expected.certificate());
      assertThat(actual.refined()).isEqualTo(expected.refined()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({"67, 1", "67, 2", "150, 3", "1201, 3"})
  void whittleIndices(int n, int threads) {
    RestlessArm arm = RestlessArm.random(n, 5);
    Kernels vector = new VectorKernels();
    Kernels scalar = ScalarKernels.INSTANCE;
    try (Workers one = Workers.of(1);
        Workers many = Workers.of(threads)) {
      WhittleIndices expected = WhittleIndices.of(arm, 0.97, true, scalar, one);
      WhittleIndices actual = WhittleIndices.of(arm, 0.97, true, vector, many);
      assertThat(actual.status()).isEqualTo(expected.status());
      assertThat(actual.indices()).isEqualTo(expected.indices());
      assertThat(actual.certify(vector)).isEqualTo(expected.certify(scalar));
    }
  }
}
