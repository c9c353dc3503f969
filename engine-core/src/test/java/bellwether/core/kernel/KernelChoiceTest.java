package bellwether.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** On this module's own class path there is no vector provider. */
class KernelChoiceTest {

  @Test
  void fallsBackToScalarKernels() {
    assertThat(KernelChoice.choose("auto").name()).isEqualTo("scalar");
    assertThat(KernelChoice.choose("scalar").name()).isEqualTo("scalar");
    assertThat(Kernels.best().name()).isEqualTo("scalar");
  }

  @Test
  void saysWhyThereAreNoVectorKernels() {
    assertThatThrownBy(() -> KernelChoice.choose("vector"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("No vector kernels: the module bellwether.vector is not there");
  }

  @Test
  void refusesOtherNames() {
    assertThatThrownBy(() -> KernelChoice.choose("gpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bellwether.kernels must be scalar, vector or auto: gpu");
  }
}
