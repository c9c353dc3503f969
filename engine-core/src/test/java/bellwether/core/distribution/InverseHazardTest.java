package bellwether.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Inverse hazard rates and their slopes against 40-digit values (inverse-hazard.csv, computed from
 * erfc, powers and hypergeometric series in 60 to 900 digits): deep in the upper tails, near the
 * lower ends, parameters from 1e-3 to 1e6.
 */
class InverseHazardTest {

  static Stream<Arguments> values() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            InverseHazardTest.class.getResourceAsStream("/distribution/inverse-hazard.csv"))) {
      List<String> lines =
          new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().skip(1).toList();
      assertThat(lines).hasSizeGreaterThan(700);
      return lines.stream()
          .map(line -> line.split(","))
          .map(
              cell ->
                  Arguments.of(
                      of(cell[0], Double.parseDouble(cell[1]), Double.parseDouble(cell[2])),
                      Double.parseDouble(cell[3]),
                      Double.parseDouble(cell[4]),
                      Double.parseDouble(cell[5])));
    }
  }

  private static Distribution of(String type, double first, double second) {
    return switch (type) {
      case "uniform" -> new Uniform(first, second);
      case "exponential" -> new Exponential(first);
      case "normal" -> new Normal(first, second);
      case "lognormal" -> new Lognormal(first, second);
      case "beta" -> new Beta(first, second);
      case "power" -> new Power(first);
      case "kumaraswamy" -> new Kumaraswamy(first, second);
      default -> throw new IllegalArgumentException(type);
    };
  }

  /**
   * Where h is huge it is 1 / f, and the argument of the exponential in f is rounded. Below their
   * means, beta distributions with large parameters have the library's density.
   */
  private static double allowed(Distribution distribution, double h) {
    boolean large = distribution instanceof Beta beta && beta.alpha() + beta.beta() > 100;
    return (large ? 5e-14 : 8e-15) + 4e-16 * Math.max(0, Math.log(h));
  }

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("values")
  void isAccurate(Distribution distribution, double x, double exact, double slope) {
    double h = distribution.inverseHazard(x);
    assertThat(Math.abs(h - exact) / exact)
        .as("%s, exact %s", h, exact)
        .isLessThanOrEqualTo(allowed(distribution, exact));
    double size = 1 + Math.abs(exact * distribution.logDensitySlope(x));
    assertThat(Math.abs(distribution.inverseHazardSlope(x) - slope) / size)
        .as("%s, exact %s", distribution.inverseHazardSlope(x), slope)
        .isLessThanOrEqualTo(allowed(distribution, exact));
  }

  @ParameterizedTest
  @MethodSource("bellwether.core.distribution.DistributionTest#all")
  void endsOfTheSupport(Distribution distribution) {
    if (!distribution.continuous()) {
      for (var call :
          List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
              () -> distribution.inverseHazard(1),
              () -> distribution.logDensitySlope(1),
              () -> distribution.inverseHazardSlope(1))) {
        assertThatThrownBy(call)
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessage("a discrete distribution has no density");
      }
      return;
    }
    assertThat(distribution.inverseHazard(distribution.high())).isZero();
    if (Double.isFinite(distribution.low())) {
      assertThat(distribution.inverseHazard(distribution.low() - 1)).isInfinite();
    }
  }

  @Test
  void atTheLowerEnd() {
    assertThat(new Power(0.5).inverseHazard(0)).isZero();
    assertThat(new Power(1).inverseHazard(0)).isEqualTo(1);
    assertThat(new Power(2).inverseHazard(0)).isInfinite();
    assertThat(new Kumaraswamy(0.5, 3).inverseHazard(0)).isZero();
    assertThat(new Kumaraswamy(1, 4).inverseHazard(0)).isEqualTo(0.25);
    assertThat(new Kumaraswamy(2, 3).inverseHazard(0)).isInfinite();
    assertThat(new Beta(0.5, 3).inverseHazard(0)).isZero();
    assertThat(new Beta(1, 4).inverseHazard(0)).isEqualTo(0.25);
    assertThat(new Beta(2, 3).inverseHazard(0)).isInfinite();
    assertThat(new Exponential(4).inverseHazard(0)).isEqualTo(0.25);
    assertThat(new Exponential(4).inverseHazard(1e9)).isEqualTo(0.25);
    assertThat(new Lognormal(0, 1).inverseHazard(0)).isInfinite();
  }

  /** f overflows, h does not underflow: about x^0.999 / 2000 for the law of (0.001, 0.001). */
  @Test
  void amongTheSmallestNumbers() {
    double h = new Beta(1e-3, 1e-3).inverseHazard(1e-308);
    assertThat(h).isBetween(1e-305, 1e-304);
  }
}
