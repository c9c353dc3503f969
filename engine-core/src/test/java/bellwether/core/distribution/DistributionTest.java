package bellwether.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.quadrature.AdaptiveIntegral;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tails, quantiles and excesses fit together, also far out. */
class DistributionTest {

  static Stream<Distribution> all() {
    return Stream.of(
        new Uniform(-1, 3),
        new Uniform(2, 2.5),
        new Normal(0.5, 2),
        new Normal(-3, 0.01),
        new Exponential(1),
        new Exponential(0.01),
        new Lognormal(0, 1),
        new Lognormal(-1, 0.05),
        new Beta(2, 3),
        new Beta(0.3, 0.4),
        new Beta(40, 1.5),
        new Power(0.4),
        new Power(1),
        new Power(25),
        new Kumaraswamy(2, 3),
        new Kumaraswamy(0.5, 0.7),
        Discrete.of(new double[] {3, -1, 0.5, 3, 9}, new double[] {0.2, 0.3, 0.25, 0.25, 0}));
  }

  private static final double[] LEVELS = {1e-12, 1e-6, 0.01, 0.2, 0.5, 0.7, 0.95, 1 - 1e-9};

  @ParameterizedTest
  @MethodSource("all")
  void quantilesInvertTails(Distribution x) {
    for (double p : LEVELS) {
      double q = x.quantile(p);
      double u = x.upperQuantile(p);
      if (x.continuous()) {
        assertThat(x.cumulative(q)).as("%s %s", x, p).isCloseTo(p, within(2e-9 * p + 1e-15));
        // Closer to an end of 1 the quantile cannot be told.
        if (x.high() - u > 1e-9) {
          assertThat(x.survival(u)).as("%s %s", x, p).isCloseTo(p, within(1e-4 * p + 1e-14));
        }
      } else {
        assertThat(x.cumulative(q)).isGreaterThanOrEqualTo(p);
        assertThat(x.survival(u)).isLessThanOrEqualTo(p);
      }
      assertThat(x.cumulative(q) + x.survival(q)).isCloseTo(1, within(1e-14));
    }
    assertThat(x.quantile(0)).isEqualTo(x.low());
    assertThat(x.upperQuantile(0)).isEqualTo(x.high());
  }

  /** E (X - a)+ is the integral of the tail, which is computed on its own. */
  @ParameterizedTest
  @MethodSource("all")
  void excessIsTheIntegralOfTheTail(Distribution x) {
    double top = Double.isInfinite(x.high()) ? x.upperQuantile(1e-300) : x.high();
    for (double q : new double[] {0.99, 0.7, 0.3, 0.05, 1e-3, 1e-8}) {
      double a = x.upperQuantile(q);
      double excess = x.excess(a);
      double exact;
      if (x instanceof Discrete discrete) {
        exact = 0;
        for (int i = 0; i < discrete.size(); i++) {
          exact += discrete.probability(i) * Math.max(0, discrete.value(i) - a);
        }
      } else {
        exact = 0;
        double from = a;
        for (double level = q; from < top; level *= 1e-4) {
          double to = level < 1e-290 ? top : Math.max(from, x.upperQuantile(level * 1e-4));
          exact += AdaptiveIntegral.of(x::survival, from, to, 1e-15 * excess);
          from = to;
        }
      }
      // Near an end, the tail itself knows 1 - a no better than to an ulp of a.
      double depth = Double.isInfinite(x.high()) ? 0 : Math.ulp(a) / Math.max(1e-300, top - a);
      assertThat(excess)
          .as("%s at %s", x, a)
          .isCloseTo(exact, within(exact * (1e-12 + 4 * depth) + 1e-300));
    }
    assertThat(x.mean() - x.excess(x.quantile(0.5)))
        .isCloseTo(x.quantile(0.5) - shortfall(x), within(1e-9 * (1 + Math.abs(x.mean()))));
  }

  /** E (median - X)+ by quadrature. */
  private static double shortfall(Distribution x) {
    double a = x.quantile(0.5);
    if (x instanceof Discrete discrete) {
      double sum = 0;
      for (int i = 0; i < discrete.size(); i++) {
        sum += discrete.probability(i) * Math.max(0, a - discrete.value(i));
      }
      return sum;
    }
    double low = Double.isInfinite(x.low()) ? x.quantile(1e-300) : x.low();
    return AdaptiveIntegral.of(x::cumulative, low, a, 1e-14);
  }

  @ParameterizedTest
  @MethodSource("all")
  void belowTheSupportTheExcessIsTheMeanLessTheLevel(Distribution x) {
    double a =
        Double.isInfinite(x.low()) ? x.mean() - 60 * (x.mean() - x.quantile(0.1)) : x.low() - 1;
    assertThat(x.excess(a)).isCloseTo(x.mean() - a, within(1e-13 * Math.abs(a) + 1e-13));
    assertThat(x.excess(Double.NaN)).isNaN();
    assertThat(x.excess(Double.POSITIVE_INFINITY)).isZero();
    assertThat(x.survival(Double.POSITIVE_INFINITY)).isZero();
    assertThat(x.cumulative(Double.POSITIVE_INFINITY)).isEqualTo(1);
    if (!Double.isInfinite(x.high())) {
      assertThat(x.excess(x.high())).isZero();
      assertThat(x.survival(x.high())).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void densitiesAreSlopes(Distribution x) {
    if (!x.continuous()) {
      assertThatThrownBy(() -> x.density(0)).isInstanceOf(UnsupportedOperationException.class);
      return;
    }
    for (double p : new double[] {0.1, 0.5, 0.9}) {
      double at = x.quantile(p);
      double step = 1e-4 * (x.quantile(p + 0.01) - x.quantile(p - 0.01));
      double slope = (x.cumulative(at + step) - x.cumulative(at - step)) / (2 * step);
      assertThat(x.density(at)).isCloseTo(slope, within(1e-6 * slope));
    }
  }

  /** With y = 1 - a, E (X - a)+ of beta(2, 3) is y^4 - 3 y^5 / 5 (P(X > a) = 4 y^3 - 3 y^4). */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.1, 1e-2, 1e-4, 1e-7, 1e-12})
  void betaExcessInItsTail(double y) {
    double a = 1 - y;
    double rest = 1 - a;
    double exact = rest * rest * rest * rest * (1 - 0.6 * rest);
    assertThat(new Beta(2, 3).excess(a)).isCloseTo(exact, within(1e-14 * exact));
  }

  @Test
  void discreteMergesAndSorts() {
    Discrete x = Discrete.of(new double[] {3, 1, 3}, new double[] {0.25, 0.5, 0.25});
    assertThat(x.size()).isEqualTo(2);
    assertThat(x.value(1)).isEqualTo(3);
    assertThat(x.probability(1)).isEqualTo(0.5);
    assertThat(x.quantile(0.5)).isEqualTo(1);
    assertThat(x.quantile(0.6)).isEqualTo(3);
  }

  @Test
  void wrongParametersAreNamed() {
    for (var wrong :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> new Normal(0, 0),
            () -> new Normal(Double.NaN, 1),
            () -> new Uniform(1, 1),
            () -> new Uniform(-1e308, 1e308),
            () -> new Exponential(-1),
            () -> new Beta(0, 1),
            () -> new Power(Double.NaN),
            () -> new Kumaraswamy(1, -2),
            () -> Discrete.of(new double[] {1}, new double[] {0.9}),
            () -> Discrete.of(new double[] {1, Double.NaN}, new double[] {0.5, 0.5}),
            () -> Discrete.of(new double[] {1, 2}, new double[] {1.5, -0.5}))) {
      assertThatThrownBy(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must");
    }
    assertThatThrownBy(() -> new Lognormal(1000, 1)).hasMessage("mean must be finite: Infinity");
  }
}
