package bellwether.core.quadrature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Integrals in closed form, and what is said of their errors. */
class AdaptiveIntegralTest {

  @Test
  void smoothFunctionsAreKnownBetterThanSaid() {
    AdaptiveIntegral.Estimate found = AdaptiveIntegral.estimate(Math::exp, 0, 3, 1e-9);
    assertThat(found.value()).isCloseTo(Math.expm1(3), within(1e-13));
    assertThat(found.error()).isBetween(0.0, 1e-9);
    assertThat(AdaptiveIntegral.of(Math::exp, 0, 3, 1e-9)).isEqualTo(found.value());
  }

  @Test
  void kinksAndInfiniteSlopes() {
    AdaptiveIntegral.Estimate root = AdaptiveIntegral.estimate(Math::sqrt, 0, 1, 1e-12);
    assertThat(root.value()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(root.error()).isLessThan(1e-11);
    AdaptiveIntegral.Estimate kink = AdaptiveIntegral.estimate(x -> Math.abs(x - 0.3), 0, 1, 1e-12);
    assertThat(kink.value()).isCloseTo(0.29, within(1e-12));
  }

  @Test
  void emptyIntervals() {
    assertThat(AdaptiveIntegral.estimate(Math::exp, 1, 1, 1e-9))
        .isEqualTo(new AdaptiveIntegral.Estimate(0, 0));
  }
}
