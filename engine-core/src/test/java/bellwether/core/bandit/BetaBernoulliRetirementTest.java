package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.kernel.ScalarKernels;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BetaBernoulliRetirementTest {

  private static BetaBernoulliRetirement curve(double a, double b, double d, double v, double err) {
    return BetaBernoulliRetirement.of(
        new BetaBernoulliArm(a, b), d, v, err, ScalarKernels.INSTANCE);
  }

  private static double[] at(BetaBernoulliRetirement curve, double retirement) {
    double[] result = new double[2];
    curve.evaluate(retirement, result);
    return result;
  }

  /** phi by value iteration on the whole lattice of the arm that pays its mean from pull n on. */
  private static double whole(double a, double b, double d, double v, int n, double retirement) {
    double[] phi = new double[n + 1];
    for (int t = n; t >= 0; t--) {
      for (int i = 0; i <= t; i++) {
        double m = (a + i) / (a + b + t);
        double go = t == n ? v * m / (1 - d) : v * m + d * (m * phi[i + 1] + (1 - m) * phi[i]);
        phi[i] = Math.max(retirement, go);
      }
    }
    return phi[0];
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0.9, 1",
    "1, 1, 0.98, 1",
    "0.5, 7, 0.95, 250",
    "12, 3, 0.8, 0.001",
    "200, 900, 0.95, 1",
    "0.02, 0.01, 0.9, 3"
  })
  void valuesAreThoseOfTheWholeTruncatedLattice(double a, double b, double d, double v) {
    BetaBernoulliRetirement curve = curve(a, b, d, v, v * 1e-8);
    double unit = v / (1 - d);
    for (int k = 1; k < 40; k++) {
      double m = unit * k / 40;
      double known = whole(a, b, d, v, curve.horizon(), m);
      assertThat(at(curve, m)[0]).isCloseTo(known, within(unit * 1e-13));
    }
  }

  @Test
  void truncationErrorIsKept() {
    BetaBernoulliRetirement rough = curve(1, 2, 0.95, 10, 0.01);
    BetaBernoulliRetirement fine = curve(1, 2, 0.95, 10, 1e-9);
    assertThat(rough.truncationError()).isBetween(0.0, 0.01);
    assertThat(fine.truncationError()).isBetween(0.0, 1e-9);
    assertThat(rough.horizon()).isLessThan(fine.horizon());
    for (double m = 1; m < 200; m += 3) {
      double gain = at(fine, m)[0] - at(rough, m)[0];
      assertThat(gain).isBetween(-fine.truncationError(), rough.truncationError());
    }
  }

  @Test
  void curveIsConvexAndItsSlopeIsTheDifferenceQuotient() {
    BetaBernoulliRetirement curve = curve(2, 3, 0.95, 1, 1e-8);
    SplittableRandom random = new SplittableRandom(7);
    double[] before = at(curve, 0.0);
    double where = 0;
    double step = 20.0 / 300;
    for (int k = 1; k <= 300; k++) {
      double[] now = at(curve, k * step);
      assertThat(now[1]).isBetween(before[1] - 1e-13, 1.0);
      double slope = (now[0] - before[0]) / (k * step - where);
      assertThat(slope).isBetween(before[1] - 1e-11, now[1] + 1e-11);
      before = now;
      where = k * step;
      double m = random.nextDouble(0, 20);
      double near = (at(curve, m + 1e-7)[0] - at(curve, m - 1e-7)[0]) / 2e-7;
      assertThat(near).isBetween(at(curve, m - 1e-7)[1] - 1e-6, at(curve, m + 1e-7)[1] + 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.9, 0.99})
  void lastBreakpointIsWhereTheCurveMeetsTheDiagonal(double d) {
    BetaBernoulliRetirement curve = curve(1, 1, d, 2, 1e-9);
    double last = curve.lastBreakpoint();
    assertThat(at(curve, last)).containsExactly(last, 1.0);
    assertThat(at(curve, last * (1 + 1e-9))).containsExactly(last * (1 + 1e-9), 1.0);
    double[] below = at(curve, last * (1 - 1e-9));
    assertThat(below[0]).isGreaterThan(last * (1 - 1e-9));
    assertThat(below[0]).isLessThanOrEqualTo(last);
    assertThat(below[1]).isLessThan(1 - 0.5 * (1 - d));
    IndexBracket index =
        BetaBernoulliIndex.of(new BetaBernoulliArm(1, 1), d, 1e-11, ScalarKernels.INSTANCE);
    double implied = last * (1 - d) / 2;
    // phi_true - phi at the index is at most the truncation error, and its slope below is e >= 1.
    assertThat(implied).isBetween(index.lower() - curve.truncationError() / 2, index.upper());
  }

  @Test
  void neverRetiresForNothingAndAtOnceForTheHighestReward() {
    BetaBernoulliRetirement curve = curve(3, 1, 0.9, 4, 1e-6);
    assertThat(at(curve, 0)).containsExactly(4 * 0.75 / (1 - 0.9), 0.0);
    assertThat(at(curve, -1e9)).containsExactly(4 * 0.75 / (1 - 0.9), 0.0);
    assertThat(at(curve, 40)).containsExactly(40.0, 1.0);
    assertThat(at(curve, 1e300)).containsExactly(1e300, 1.0);
  }

  @Test
  void discountZeroPaysOnce() {
    BetaBernoulliRetirement curve = curve(1, 3, 0, 8, 1e-6);
    assertThat(curve.lastBreakpoint()).isEqualTo(2.0);
    assertThat(at(curve, 1.5)).containsExactly(2.0, 0.0);
    assertThat(at(curve, 2)).containsExactly(2.0, 1.0);
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> curve(1, 1, 0.9, 0, 1e-6))
        .withMessageContaining("rewardScale must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> curve(1, 1, 0.9, 1, 0))
        .withMessageContaining("truncationError must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> curve(1, 1, 0.9, 1, 1e-18))
        .withMessageContaining("after rounding");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(curve(1, 1, 0.9, 1, 1e-6), Double.NaN))
        .withMessageContaining("retirement must be finite");
  }
}
