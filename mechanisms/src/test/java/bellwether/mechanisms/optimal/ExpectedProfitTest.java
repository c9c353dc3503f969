package bellwether.mechanisms.optimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected profits: payments less costs are the bound of Corollary 3.1. */
class ExpectedProfitTest {
  private static ExpectedProfit exact(SeparableEnvironment environment) {
    try (Workers workers = Workers.of(1)) {
      return ExactProfit.of(environment, 1e-8, words -> {}, workers);
    }
  }

  private static ExpectedProfit sampled(SeparableEnvironment environment, int draws, int threads) {
    try (Workers workers = Workers.of(threads)) {
      return SampledProfit.of(environment, draws, 16, 5, words -> {}, workers);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.9,1,0.2", "0.5,2,0.6", "0.95,1,0"})
  void theConstantBuyerHasAClosedForm(double d, double b, double c) {
    ExpectedProfit found = exact(RandomSeparable.constantBuyer(d, b, c));
    double threshold = (1 + c / b) / 2;
    double profit = d / (1 - d) * (1 - threshold) * (threshold * b - c);
    assertThat(found.bound()).isCloseTo(profit, within(1e-12));
    assertThat(found.profit()).isCloseTo(profit, within(1e-9));
    assertThat(found.lower()).isLessThanOrEqualTo(found.bound());
    assertThat(found.upper()).isGreaterThanOrEqualTo(found.bound());
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,CONTROLLED,true",
    "2,1,UNCONTROLLED,false",
    "3,2,UNCONTROLLED,true",
    "4,2,BANDIT,true",
    "5,2,UNCONTROLLED,false",
    "6,2,BANDIT,false",
    "7,1,BANDIT,false",
    "8,2,CONTROLLED,true"
  })
  void whatIsPaidIsTheBound(long seed, int n, RandomSeparable.Moves moves, boolean regular) {
    ExpectedProfit found = exact(RandomSeparable.of(seed, n, moves, regular));
    assertThat(found.profit()).isCloseTo(found.bound(), within(1e-6));
    assertThat(found.bound()).isBetween(found.lower() - 1e-9, found.upper() + 1e-9);
    assertThat(found.upper() - found.lower()).isLessThan(1e-3);
  }

  /** 16 shifts, 15 degrees of freedom: beyond 6 standard errors once in 40,000 times. */
  @ParameterizedTest
  @CsvSource({"3,2,UNCONTROLLED,true", "4,2,BANDIT,true", "8,2,CONTROLLED,true"})
  void drawsAgreeWithPieces(long seed, int n, RandomSeparable.Moves moves, boolean regular) {
    SeparableEnvironment environment = RandomSeparable.of(seed, n, moves, regular);
    ExpectedProfit exact = exact(environment);
    ExpectedProfit drawn = sampled(environment, 512, 1);
    assertThat(drawn.bound()).isCloseTo(exact.bound(), within(6 * drawn.boundError() + 1e-12));
    assertThat(drawn.profit()).isCloseTo(exact.profit(), within(6 * drawn.profitError() + 1e-12));
  }

  @Test
  void threeAgentsAreDrawnAndBothSidesAgree() {
    SeparableEnvironment environment = RandomSeparable.of(9, 3, RandomSeparable.Moves.BANDIT, true);
    ExpectedProfit found = sampled(environment, 256, 2);
    assertThat(found.drawn()).isTrue();
    double error = Math.hypot(found.profitError(), found.boundError());
    assertThat(found.profit()).isCloseTo(found.bound(), within(6 * error + 1e-12));
    assertThat(found.bound()).isBetween(found.lower(), found.upper());
    assertThat(found).isEqualTo(sampled(environment, 256, 1));
  }
}
