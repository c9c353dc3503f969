package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.kernel.ScalarKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirichletRetirementTest {
  private static double[] at(RetirementCurve curve, double retirement) {
    double[] result = new double[2];
    curve.evaluate(retirement, result);
    return result;
  }

  /** Two values are a Bernoulli arm, moved by 3 and scaled by 2. */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.8, 0.95})
  void twoValuesAreABernoulliArm(double discount) {
    double forever = 1 / (1 - discount);
    RetirementCurve one =
        BetaBernoulliRetirement.of(
            new BetaBernoulliArm(2, 3), discount, 2, 1e-9, ScalarKernels.INSTANCE);
    RetirementCurve other =
        DirichletRetirement.of(
            DirichletArm.of(new double[] {3, 2}, new double[] {3, 5}), discount, 1e-9);
    assertThat(other.lastBreakpoint()).isCloseTo(one.lastBreakpoint() + 3 * forever, within(2e-9));
    for (double share = -0.1; share < 1.2; share += 0.03) {
      double retirement = share * 2 * forever;
      double[] expected = at(one, retirement);
      double[] found = at(other, retirement + 3 * forever);
      assertThat(found[0]).isCloseTo(expected[0] + 3 * forever, within(3e-9));
      assertThat(found[1]).isCloseTo(expected[1], within(1e-4));
    }
  }

  /** Three values, twice as far: convex, its index within the bracket, its slope a derivative. */
  @Test
  void threeValuesAreConvex() {
    DirichletArm arm = DirichletArm.of(new double[] {1, 2, 0.5}, new double[] {-1, 0.5, 4});
    DirichletRetirement coarse = DirichletRetirement.of(arm, 0.8, 1e-4);
    DirichletRetirement fine = DirichletRetirement.of(arm, 0.8, 1e-7);
    IndexBracket index = DirichletIndex.of(arm, 0.8, 1e-7);
    assertThat(fine.lastBreakpoint() * (1 - 0.8)).isCloseTo(index.index(), within(1e-6));
    double last = -1;
    for (double m = -6; m < 15; m += 0.25) {
      double[] c = at(coarse, m);
      double[] f = at(fine, m);
      assertThat(f[0] - c[0]).isBetween(-1e-12, coarse.truncationError());
      assertThat(f[0]).isGreaterThanOrEqualTo(m);
      assertThat(f[1]).isGreaterThanOrEqualTo(last - 1e-12);
      last = f[1];
    }
    double[] flat = at(fine, -6);
    assertThat(flat[1]).isZero();
    assertThat(flat[0]).isCloseTo(arm.mean() / 0.2, within(1e-12));
  }

  @Test
  void oneValueIsThatForever() {
    DirichletRetirement curve =
        DirichletRetirement.of(DirichletArm.of(new double[] {2}, new double[] {-3}), 0.5, 1e-9);
    assertThat(at(curve, -7)[0]).isCloseTo(-6, within(1e-12));
    assertThat(at(curve, -5)).containsExactly(-5, 1);
  }

  @Test
  void errorsThatCannotBeHadAreRefused() {
    DirichletArm arm = DirichletArm.of(new double[] {1, 1, 1, 1}, new double[] {0, 1, 2, 3});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DirichletRetirement.of(arm, 0.99, 1e-9))
        .withMessageStartingWith(
            "truncationError of 4 categories at discount 0.99 must be at least");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DirichletRetirement.of(arm, 1, 1e-9))
        .withMessage("discount must be in [0, 1): 1.0");
  }
}
