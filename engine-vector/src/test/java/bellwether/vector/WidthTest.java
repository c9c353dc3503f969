package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Each surefire execution really runs at the width it is named after, or less where registers end.
 */
class WidthTest {

  @Test
  @EnabledIfSystemProperty(named = "bellwether.test.bits", matches = "\\d+")
  void registersAreNoWiderThanAskedFor() {
    int bits = Integer.getInteger("bellwether.test.bits", 0);
    String description = new VectorKernels().description();
    assertThat(description).matches("vector, (128|256|512) bits");
    assertThat(Integer.parseInt(description.replaceAll("\\D", ""))).isLessThanOrEqualTo(bits);
  }
}
