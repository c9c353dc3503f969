package bellwether.core.quadrature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GaussSumTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 8", "8, 8", "9, 8", "17, 16", "33, 16", "1000, 12", "100, 1", "5, 4"})
  void sumsPolynomialsExactly(int count, int order) {
    GaussSum rule = GaussSum.of(count, order);
    for (int power = 0; power < 2 * Math.min(order, count); power++) {
      double sum = 0;
      for (int i = 0; i < rule.nodes().length; i++) {
        sum += rule.weights()[i] * Math.pow((rule.nodes()[i] + 0.5) / count, power);
      }
      double exact = 0;
      for (int t = 0; t < count; t++) {
        exact += Math.pow((t + 0.5) / count, power);
      }
      assertThat(sum).as("t^%s", power).isCloseTo(exact, within(4e-13 * exact));
    }
  }

  /** Geometric sums over long blocks. */
  @ParameterizedTest
  @ValueSource(longs = {100, 12_345, 1_000_000_000_000L})
  void sumsDiscounts(long count) {
    double logarithm = -6.0 / count;
    GaussSum rule = GaussSum.of(count, 16);
    double sum = 0;
    for (int i = 0; i < rule.nodes().length; i++) {
      sum += rule.weights()[i] * Math.exp(logarithm * rule.nodes()[i]);
    }
    double exact = Math.expm1(logarithm * count) / Math.expm1(logarithm);
    assertThat(sum).isCloseTo(exact, within(1e-13 * exact));
  }

  @Test
  void refusesNothing() {
    assertThatThrownBy(() -> GaussSum.of(0, 4))
        .hasMessage("count and order must be at least 1: 0, 4");
  }
}
