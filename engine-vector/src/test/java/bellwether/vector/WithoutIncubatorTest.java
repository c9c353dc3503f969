package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Run on the class path without the incubator module, in a surefire execution of its own. */
@Tag("without-incubator")
class WithoutIncubatorTest {

  @Test
  void providerRefusesWithASentence() {
    assertThatThrownBy(() -> new VectorKernelProvider().create())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "the Vector API module is not there: start java with --add-modules"
                + " jdk.incubator.vector");
  }
}
