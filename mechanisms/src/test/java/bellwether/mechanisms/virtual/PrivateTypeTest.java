package bellwether.mechanisms.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.distribution.Beta;
import bellwether.core.distribution.Distribution;
import bellwether.core.distribution.Exponential;
import bellwether.core.distribution.Lognormal;
import bellwether.core.distribution.Normal;
import bellwether.core.distribution.Power;
import bellwether.core.distribution.Uniform;
import bellwether.core.quadrature.AdaptiveIntegral;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions of the type, virtual types, weights, masses. */
class PrivateTypeTest {

  static Stream<TypeFunction> functions() {
    return Stream.of(
        new TypeFunction.Identity(),
        new TypeFunction.Power(0.3, 2),
        new TypeFunction.Power(1, 2),
        new TypeFunction.Power(3, 0.1),
        new TypeFunction.Affine(-2, 0.5),
        new TypeFunction.Log1p(4));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void derivativesAndInversesFit(TypeFunction a) {
    for (double s : new double[] {1e-3, 0.2, 1, 7.5}) {
      double e = 1e-4 * s;
      double slope = (a.value(s + e) - a.value(s - e)) / (2 * e);
      assertThat(a.derivative(s)).isCloseTo(slope, within(1e-6 * slope));
      double second = (a.derivative(s + e) - a.derivative(s - e)) / (2 * e);
      assertThat(a.secondDerivative(s)).isCloseTo(second, within(1e-6 * Math.abs(second)));
      assertThat(a.inverse(a.value(s))).isCloseTo(s, within(1e-13 * (1 + s)));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void wrongParametersAreNamed(double wrong) {
    assertThatThrownBy(() -> new TypeFunction.Power(wrong, 1))
        .hasMessage("exponent must be finite and above 0: " + wrong);
    assertThatThrownBy(() -> new TypeFunction.Power(1, wrong))
        .hasMessage("scale must be finite and above 0: " + wrong);
    assertThatThrownBy(() -> new TypeFunction.Log1p(wrong))
        .hasMessage("scale must be finite and above 0: " + wrong);
    assertThatThrownBy(() -> new TypeFunction.Affine(0, wrong))
        .hasMessage("slope must be finite and above 0: " + wrong);
    assertThatThrownBy(() -> new TypeFunction.Affine(Double.NaN, 1))
        .hasMessage("intercept must be finite: NaN");
  }

  @Test
  void aMustBeDefinedOnTheSupport() {
    assertThatThrownBy(
            () ->
                new PrivateType(new Normal(0, 1), new TypeFunction.Power(2, 1), Valuation.ADDITIVE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A must be defined on the support of distribution: ");
  }

  /** Uniform on [0, 1], A = s: alpha = 2 - 1 / s, beta = -(1 - s) C. */
  @Test
  void weightsOfUniformTypes() {
    Distribution uniform = new Uniform(0, 1);
    TypeFunction identity = new TypeFunction.Identity();
    PrivateType multiplicative = new PrivateType(uniform, identity, Valuation.MULTIPLICATIVE);
    PrivateType additive = new PrivateType(uniform, identity, Valuation.ADDITIVE);
    for (double s : new double[] {0.1, 0.5, 0.6, 0.99, 1}) {
      VirtualWeight weight = multiplicative.weight(s);
      assertThat(weight.alpha()).isCloseTo(2 - 1 / s, within(1e-14));
      assertThat(weight.beta(3)).isZero();
      assertThat(weight.included()).isEqualTo(s > 0.5);
      assertThat(multiplicative.virtualType(s)).isCloseTo(2 * s - 1, within(1e-15));
      VirtualWeight plus = additive.weight(s);
      assertThat(plus.alpha()).isEqualTo(1);
      assertThat(plus.beta(3)).isCloseTo(-3 * (1 - s), within(1e-15));
      assertThat(plus.included()).isTrue();
    }
    assertThat(multiplicative.supports(1.01)).isFalse();
    assertThat(multiplicative.weight(0).included()).isFalse();
    assertThat(new PrivateType(new Beta(2, 2), identity, Valuation.ADDITIVE).weight(0).included())
        .isFalse();
  }

  static Stream<PrivateType> types() {
    return Stream.of(
        new PrivateType(new Uniform(1, 3), new TypeFunction.Log1p(2), Valuation.ADDITIVE),
        new PrivateType(new Exponential(2), new TypeFunction.Power(2, 1), Valuation.ADDITIVE),
        new PrivateType(new Normal(1, 2), new TypeFunction.Identity(), Valuation.ADDITIVE),
        new PrivateType(new Lognormal(0, 1), new TypeFunction.Power(0.5, 3), Valuation.ADDITIVE),
        new PrivateType(new Beta(2, 3), new TypeFunction.Affine(1, 2), Valuation.ADDITIVE));
  }

  /** The mass of y is its integral against the density. */
  @ParameterizedTest
  @MethodSource("types")
  void virtualMassIsTheIntegral(PrivateType type) {
    Distribution x = type.distribution();
    double from = x.quantile(0.2);
    double to = x.quantile(0.9);
    double exact = AdaptiveIntegral.of(s -> type.virtualType(s) * x.density(s), from, to, 1e-14);
    assertThat(type.virtualMass(from, to)).isCloseTo(exact, within(1e-11));
    assertThat(type.virtualMass(to, Double.POSITIVE_INFINITY))
        .isCloseTo(type.function().value(to) * x.survival(to), within(1e-13));
    assertThat(type.virtualMass(from, to) + type.virtualMass(to, Double.POSITIVE_INFINITY))
        .isCloseTo(type.virtualMass(from, Double.POSITIVE_INFINITY), within(1e-13));
  }

  /** A rent is lost at the top by nobody, however steep A is. */
  @Test
  void noRentAtTheTop() {
    PrivateType type =
        new PrivateType(new Uniform(-1, 0), new TypeFunction.Log1p(1), Valuation.ADDITIVE);
    assertThat(type.rent(0)).isZero();
    assertThat(type.rent(-1)).isInfinite();
    assertThat(type.weight(-1).included()).isFalse();
  }

  /** Where f and A' are infinite, h A' = (1 - z^k) m z^(m - k) / k goes to 0, to m / k or on. */
  @Test
  void rentsAtTheBottomAreLimits() {
    PrivateType falls =
        new PrivateType(new Power(0.5), new TypeFunction.Power(0.75, 1), Valuation.ADDITIVE);
    assertThat(falls.rent(0)).isLessThan(1e-70);
    PrivateType level =
        new PrivateType(new Power(0.5), new TypeFunction.Power(0.5, 3), Valuation.ADDITIVE);
    assertThat(level.rent(0)).isCloseTo(3, within(1e-12));
    PrivateType rises =
        new PrivateType(new Power(0.5), new TypeFunction.Power(0.25, 1), Valuation.ADDITIVE);
    assertThat(rises.rent(0)).isGreaterThan(1e70);
  }
}
