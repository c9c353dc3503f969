package bellwether.core.stopping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerpetualOptionTest {

  @ParameterizedTest
  @CsvSource({
    "36, 40, 0.06, 0, 0.2, 30, 5.787037037037038",
    "40, 40, 0.06, 0, 0.4, 17.142857142857142, 12.107078370832134",
    "100, 100, 0.05, 0.1, 0.2, 37.83009433971698, 34.41091908432469",
    "100, 100, 0.05, 0, 0.3, 52.631578947368425, 23.2146791256481",
    "20, 40, 0.06, 0, 0.2, 30, 20"
  })
  void put(double s, double k, double r, double q, double sigma, double boundary, double value) {
    PerpetualOption put = PerpetualOption.put(s, k, r, q, sigma);
    assertThat(put.exerciseBoundary()).isCloseTo(boundary, within(1e-13 * boundary));
    assertThat(put.value()).isCloseTo(value, within(1e-13 * value));
  }

  /** McDonald and Schroder (1998): a put is a call with the roles of the two assets exchanged. */
  @ParameterizedTest
  @CsvSource({"36, 40, 0.06, 0.02, 0.2", "90, 100, 0.01, 0.3, 0.5", "100, 90, 0.3, 0.01, 0.1"})
  void callsAreMirroredPuts(double s, double k, double r, double q, double sigma) {
    PerpetualOption call = PerpetualOption.call(s, k, r, q, sigma);
    PerpetualOption put = PerpetualOption.put(k, s, q, r, sigma);
    assertThat(call.value()).isCloseTo(put.value(), within(1e-12 * put.value()));
    assertThat(call.exerciseBoundary() * put.exerciseBoundary())
        .isCloseTo(s * k, within(1e-12 * s * k));
  }

  @Test
  void wrongNumbersAreNamed() {
    assertThatThrownBy(() -> PerpetualOption.put(100, 100, 0, 0, 0.2))
        .hasMessage("rate must be finite and above 0: 0.0");
    assertThatThrownBy(() -> PerpetualOption.put(100, 100, 0.1, 0, -0.2))
        .hasMessage("volatility must be finite and above 0: -0.2");
    assertThatThrownBy(() -> PerpetualOption.call(100, 100, 0.1, 0, 0.2))
        .hasMessageStartingWith("dividend must be above 0");
  }
}
