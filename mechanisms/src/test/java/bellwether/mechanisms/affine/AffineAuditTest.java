package bellwether.mechanisms.affine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody gains by lying, whatever the weights and boosts. */
class AffineAuditTest {
  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  private static AffineAudit.Result audit(PrivateEnvironment environment, AffineRule rule) {
    try (Workers workers = Workers.of(2)) {
      AffineAudit.Result result = AffineAudit.of(environment, rule, 1, words -> {}, workers);
      assertThat(result).isNotNull();
      return java.util.Objects.requireNonNull(result);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void truthIsDominantForAllWeightsAndBoosts(long seed) {
    PrivateEnvironment environment = RandomPrivate.environment(seed);
    AffineAudit.Result result =
        audit(environment, RandomPrivate.rule(environment, seed, seed % 2 == 0));
    assertThat(result.exact()).isTrue();
    assertThat(result.report().maxIncentiveGain())
        .isLessThanOrEqualTo(1e-9 + result.report().errorBound());
    assertThat(result.report().maxMultiPeriodGain())
        .isLessThanOrEqualTo(1e-9 + result.report().errorBound());
  }

  @Test
  void utilitiesAreInTheAgentsOwnMoney() {
    // Weight 4 on a value of 1 to 3 against a boost of 2 for keeping: the price is 0.5.
    PrivateEnvironment sale = Sales.auction(new double[][] {{1, 3}}, new double[][] {{0.5, 0.5}});
    AffineAudit.Result result = audit(sale, AffineRule.of(new double[] {4}, new double[] {2, 0}));
    assertThat(result.report().minUtility()).isCloseTo(0.5, within(1e-12));
    assertThat(result.report().maxBudgetImbalance()).isCloseTo(0.5, within(1e-12));
    AffineAudit.Spot spot = java.util.Objects.requireNonNull(result.worstUtility());
    assertThat(spot.alternatives()).containsExactly(0);
  }

  @Test
  void manyAlternativesAreDrawn() {
    double[] grid = Sales.grid(600, 1);
    double[] law = Sales.uniform(600);
    PrivateEnvironment sale =
        Sales.auction(new double[][] {grid, grid, grid}, new double[][] {law, law, law});
    AffineRule rule = AffineRule.of(new double[] {1, 2, 0.7}, new double[] {0.5, 0.1, 0, 0.3});
    AffineAudit.Result result = audit(sale, rule);
    assertThat(result.exact()).isFalse();
    assertThat(result.samples()).isEqualTo(8);
    assertThat(result.report().maxIncentiveGain()).isLessThan(1e-9);
    assertThat(result.report().deviations()).isGreaterThan(1e5);
  }
}
