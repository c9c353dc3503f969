package bellwether.core.quadrature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussLegendreTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 16, 24, 64})
  void integratesPolynomialsExactly(int order) {
    GaussLegendre rule = GaussLegendre.of(order);
    for (int power = 0; power < 2 * order; power++) {
      double sum = 0;
      for (int i = 0; i < order; i++) {
        sum += rule.weights()[i] * Math.pow(rule.nodes()[i], power);
      }
      double exact = power % 2 == 0 ? 2.0 / (power + 1) : 0;
      assertThat(sum).as("x^%s", power).isCloseTo(exact, within(2e-14));
    }
  }
}
