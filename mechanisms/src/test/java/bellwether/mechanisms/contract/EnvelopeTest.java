package bellwether.mechanisms.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.TypeCurve;
import bellwether.mechanisms.virtual.TypeCurves;
import bellwether.mechanisms.virtual.Valuation;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The closed forms of finitely many values against quadrature over the same, irregular types too.
 */
class EnvelopeTest {

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void closedFormsAreWhatQuadratureFinds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PrivateType type = RandomMenus.type(random);
    int n = random.nextInt(1, 6);
    double[] values = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextDouble(type.valuation() == Valuation.ADDITIVE ? -1 : 0, 2);
      weights[i] = random.nextDouble();
    }
    FiniteOccupation occupation = FiniteOccupation.of(values, weights);
    double cost = random.nextInt(4) == 0 ? 0 : random.nextDouble(1.5);
    Purchases purchases = new Purchases(occupation, type.valuation(), cost);
    TypeCurve y = TypeCurves.virtualType(type);
    Envelope exact = StepEnvelope.of(type, y, purchases, occupation);
    Envelope quadrature = new IntegralEnvelope(type, y, purchases);
    double scale = 1 + Math.abs(exact.profit());
    assertThat(quadrature.profit())
        .as("%s %s cost %s", type, seed, cost)
        .isCloseTo(exact.profit(), within(1e-11 * scale));
    assertThat(quadrature.profitError()).isLessThan(1e-9 * scale);
    for (double p : new double[] {1e-9, 0.01, 0.3, 0.5, 0.77, 0.9, 0.999, 1 - 1e-9}) {
      double s0 = type.distribution().quantile(p);
      assertThat(quadrature.utility(s0))
          .as("%s %s", type, s0)
          .isCloseTo(exact.utility(s0), within(1e-11 * (scale + exact.utility(s0))));
      assertThat(quadrature.utilityError(s0)).isLessThan(1e-9 * (scale + exact.utility(s0)));
    }
  }
}
