package bellwether.batch.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What plain text means in YAML. */
class PlainScalarTest {
  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "+2", "1.", ".5", "-.5", "1e-9", "1.5E+3", "007", "1e999"})
  void numbersAreNumbers(String text) {
    assertThat(PlainScalar.resolve(text, 0)).isInstanceOf(Node.NumberNode.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".", "-", "e5", "1e", "1_000", "0x10", "1d", "NaN", "1 2", "1.2.3", "yes"})
  void othersAreText(String text) {
    assertThat(PlainScalar.resolve(text, 0)).isInstanceOf(Node.TextNode.class);
  }
}
