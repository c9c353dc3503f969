package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables in one pass over charges. */
class BetaPassTest {
  private static BetaBernoulliTable square(
      BetaBernoulliArm arm, int size, double discount, double tolerance, int threads) {
    try (Workers workers = Workers.of(threads)) {
      return BetaBernoulliTable.square(
          arm, size, discount, tolerance, ScalarKernels.INSTANCE, workers);
    }
  }

  @ParameterizedTest(name = "Beta({0}, {1}), size {2}, discount {3}, tolerance {4}")
  @CsvSource({
    "1, 1, 50, 0.99, 1e-10",
    "1, 1, 200, 0.9, 1e-10",
    "0.3, 2.7, 45, 0.99, 1e-9",
    "1e-6, 1e-6, 45, 0.99, 1e-8",
    "500.25, 3, 46, 0.99, 1e-10",
    "3, 20000, 46, 0.99, 1e-11",
    "1, 1, 300, 0.8, 1e-12",
    "1, 1, 40, 0.995, 1e-4",
    "1, 1, 320, 0.5, 1e-13"
  })
  void bracketsAreThoseOfSingleIndices(
      double alpha, double beta, int size, double discount, double tolerance) {
    BetaBernoulliArm arm = new BetaBernoulliArm(alpha, beta);
    assertThat(BetaPassPlan.pays((long) size * size, discount)).isTrue();
    BetaBernoulliTable table = square(arm, size, discount, tolerance, 2);
    SplittableRandom random = new SplittableRandom(7);
    double finer = Math.max(0.1 * Math.min(tolerance, 1e-8), 3e-13 / (1 - discount));
    for (int k = 0; k < 60; k++) {
      int i = k < 9 ? k / 3 * (size - 1) / 2 : random.nextInt(size);
      int j = k < 9 ? k % 3 * (size - 1) / 2 : random.nextInt(size);
      IndexBracket one =
          BetaBernoulliIndex.of(
              new BetaBernoulliArm(alpha + i, beta + j), discount, finer, ScalarKernels.INSTANCE);
      assertThat(table.upper(i, j) - table.lower(i, j))
          .as("%d, %d", i, j)
          .isBetween(0.0, tolerance);
      assertThat(table.lower(i, j)).as("%d, %d", i, j).isLessThanOrEqualTo(one.upper());
      assertThat(table.upper(i, j)).as("%d, %d", i, j).isGreaterThanOrEqualTo(one.lower());
    }
  }

  @Test
  void mostEntriesNeedNothingElse() {
    BetaPassPlan plan = new BetaPassPlan(new BetaBernoulliArm(1, 1), 60, false, 0.99, 1e-10);
    double[] lower = new double[3600];
    double[] upper = new double[3600];
    try (Workers workers = Workers.of(1)) {
      BetaPass.fill(plan, lower, upper, ScalarKernels.INSTANCE, workers);
    }
    int wide = 0;
    for (int cell = 0; cell < lower.length; cell++) {
      assertThat(upper[cell]).isGreaterThanOrEqualTo(lower[cell]);
      wide += upper[cell] - lower[cell] <= 1e-10 ? 0 : 1;
    }
    assertThat(wide).isLessThan(360);
  }

  @Test
  void threadsDoNotChangeTheBits() {
    BetaBernoulliArm arm = new BetaBernoulliArm(2, 1.5);
    BetaBernoulliTable one = square(arm, 46, 0.99, 1e-9, 1);
    BetaBernoulliTable three = square(arm, 46, 0.99, 1e-9, 3);
    for (int i = 0; i < 46; i++) {
      for (int j = 0; j < 46; j++) {
        assertThat(three.lower(i, j)).isEqualTo(one.lower(i, j));
        assertThat(three.upper(i, j)).isEqualTo(one.upper(i, j));
      }
    }
  }

  @Test
  void triangleHoldsItsEntriesOnly() {
    try (Workers workers = Workers.of(2)) {
      BetaBernoulliArm arm = new BetaBernoulliArm(1, 1);
      BetaBernoulliTable table =
          BetaBernoulliTable.triangle(arm, 70, 0.99, 1e-10, ScalarKernels.INSTANCE, workers);
      for (int i = 0; i < 70; i++) {
        for (int j = 0; i + j < 70; j++) {
          double mean = (1.0 + i) / (2.0 + i + j);
          assertThat(table.upper(i, j)).isGreaterThan(mean);
          assertThat(table.upper(i, j) - table.lower(i, j)).isBetween(0.0, 1e-10);
        }
      }
      assertThat(table.has(1, 69)).isFalse();
    }
  }

  @Test
  void toleranceThatCannotBeHadIsRefusedAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> square(new BetaBernoulliArm(1, 1), 1000, 0.99, 1e-15, 1))
        .withMessageStartingWith("tolerance at discount 0.99 must be at least");
  }
}
