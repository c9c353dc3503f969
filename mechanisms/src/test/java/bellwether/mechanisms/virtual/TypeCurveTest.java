package bellwether.mechanisms.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.distribution.Exponential;
import bellwether.core.distribution.Normal;
import bellwether.core.distribution.Uniform;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Types at which curves have a level, to the last bits. */
class TypeCurveTest {
  private static final double[] POINTS = {-4, -3, -2, -1, 0, 1, 2, 3, 4};

  /** x^3 - 3 x turns at -1 (where it is 2) and at 1 (-2). */
  private static final TypeCurve CUBIC =
      TypeCurve.of(POINTS, -4, 4, x -> x * (x * x - 3), x -> new Slope.Sum(x * x, -1, 0));

  @Test
  void turnsAreFound() {
    assertThat(CUBIC.pieces()).extracting(TypeCurve.Piece::direction).containsExactly(1, -1, 1);
    assertThat(CUBIC.where(-1)).containsExactly(new TypeInterval(-1, 1));
  }

  @Test
  void levelsAreFound() {
    List<TypeInterval> zero = CUBIC.atLeast(0);
    assertThat(zero).hasSize(2);
    assertThat(zero.getFirst().from()).isCloseTo(-Math.sqrt(3), within(1e-15));
    assertThat(zero.getFirst().to()).isCloseTo(0, within(1e-300));
    assertThat(zero.getLast().from()).isCloseTo(Math.sqrt(3), within(1e-15));
    assertThat(zero.getLast().to()).isEqualTo(4);
    assertThat(CUBIC.atLeast(-100)).containsExactly(new TypeInterval(-4, 4));
    assertThat(CUBIC.atLeast(100)).isEmpty();
    assertThat(CUBIC.lowestAtLeast(100)).isNaN();
    assertThat(CUBIC.atLeast(52)).containsExactly(new TypeInterval(4, 4));
    assertThat(CUBIC.lowestAtLeast(-2)).isCloseTo(-2, within(1e-15));
  }

  @Test
  void supportsWithoutEndsAreSearchedToTheLargestNumbers() {
    TypeCurve y =
        TypeCurves.virtualType(
            new PrivateType(
                new Exponential(1), new TypeFunction.Identity(), Valuation.MULTIPLICATIVE));
    assertThat(y.atLeast(1e6)).containsExactly(new TypeInterval(1e6 + 1, Double.POSITIVE_INFINITY));
    TypeCurve normal =
        TypeCurves.virtualType(
            new PrivateType(new Normal(0, 1), new TypeFunction.Identity(), Valuation.ADDITIVE));
    double root = normal.lowestAtLeast(0);
    // The optimal price for a standard normal value, mpmath.
    assertThat(root).isCloseTo(0.7517915246935645, within(1e-13));
    double far = normal.lowestAtLeast(-1e6);
    assertThat(normal.value(far)).isCloseTo(-1e6, within(1e-6));
  }

  @Test
  void tiesAtTheUpperEndCount() {
    TypeCurve y =
        TypeCurves.virtualType(
            new PrivateType(
                new Uniform(0, 0.7), new TypeFunction.Affine(0.1, 3), Valuation.MULTIPLICATIVE));
    double top = 0.1 + 3 * 0.7;
    assertThat(y.lowestAtLeast(top)).isCloseTo(0.7, within(1e-15));
    assertThat(y.lowestAtLeast(top + 1e-12)).isNaN();
  }
}
