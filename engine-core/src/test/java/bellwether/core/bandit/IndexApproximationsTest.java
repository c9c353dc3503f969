package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexApproximationsTest {

  @ParameterizedTest(name = "Beta({0}, {1}) at {2}")
  @CsvSource({
    "1, 1, 0.5",
    "1, 1, 0.9",
    "2, 5, 0.95",
    "0.5, 0.25, 0.99",
    "30, 10, 0.9",
    "1, 9, 0.99"
  })
  void bernoulliBoundsEncloseTheIndex(double alpha, double beta, double discount) {
    BetaBernoulliArm arm = new BetaBernoulliArm(alpha, beta);
    IndexBracket index = BetaBernoulliIndex.of(arm, discount);
    double mean = alpha / (alpha + beta);
    assertThat(IndexApproximations.knowledgeGradient(arm, discount)).isBetween(mean, index.upper());
    double before = IndexApproximations.revealed(arm, discount) + 1e-12;
    assertThat(IndexApproximations.optimistic(arm, discount, 1))
        .isCloseTo(IndexApproximations.revealed(arm, discount), within(1e-12));
    for (int pulls : new int[] {1, 2, 5, 20, 80}) {
      double upper = IndexApproximations.optimistic(arm, discount, pulls);
      assertThat(upper).isBetween(index.lower() - 1e-12, before);
      before = upper + 1e-12;
    }
  }

  @Test
  void manyPullsAheadOptimismIsTheIndex() {
    BetaBernoulliArm arm = new BetaBernoulliArm(2, 3);
    assertThat(IndexApproximations.optimistic(arm, 0.8, 120))
        .isCloseTo(BetaBernoulliIndex.of(arm, 0.8).index(), within(1e-9));
  }

  @ParameterizedTest(name = "n = {0} at {1}")
  @CsvSource({"1, 0.5", "1, 0.9", "10, 0.95", "100, 0.99", "1, 0.999"})
  void normalBoundsEncloseTheIndex(int n, double discount) {
    IndexBracket g = NormalIndex.of(new NormalArm(0, n, 1), discount);
    assertThat(IndexApproximations.knowledgeGradient(n, discount)).isBetween(0.0, g.upper());
    assertThat(IndexApproximations.revealed(n, discount)).isGreaterThan(g.lower());
  }

  /** The extremes over n = 1 to 1000, to a tenth of a per cent. */
  @ParameterizedTest(name = "d = {0}")
  @CsvSource({
    "0.9, -0.2255, 0.4377, 0.3620, 0.7350, -0.0023, 0.1829",
    "0.95, -0.3487, 0.2932, 0.2346, 0.5609, 0.0024, 0.1468",
    "0.99, -0.4886, 0.2300, 0.0961, 0.3460, 0.0029, 0.0844"
  })
  void normalFitsAreAsFarOffAsTheySay(
      double discount,
      double brezziLow,
      double brezziHigh,
      double chickLow,
      double chickHigh,
      double correctedLow,
      double correctedHigh) {
    NormalIndex table = NormalIndex.table(1000, discount, 1e-9);
    double[] low = {9, 9, 9};
    double[] high = {-9, -9, -9};
    for (int n = 1; n <= 1000; n++) {
      double g = table.standard(n).index();
      double[] errors = {
        IndexApproximations.brezziLai(n, discount) / g - 1,
        IndexApproximations.chickGans(n, discount) / g - 1,
        IndexApproximations.chickGansCorrected(n, discount) / g - 1
      };
      for (int k = 0; k < 3; k++) {
        low[k] = Math.min(low[k], errors[k]);
        high[k] = Math.max(high[k], errors[k]);
      }
    }
    assertThat(low).containsExactly(new double[] {brezziLow, chickLow, correctedLow}, within(1e-4));
    assertThat(high)
        .containsExactly(new double[] {brezziHigh, chickHigh, correctedHigh}, within(1e-4));
  }

  /** What an independent computation found at n = 1, 10 and 100, in per cent. */
  @Test
  void normalFitsHaveTheErrorsFoundElsewhere() {
    assertThat(error(IndexApproximations.brezziLai(10, 0.99), 10, 0.99))
        .isCloseTo(-0.48, within(0.006));
    assertThat(error(IndexApproximations.brezziLai(100, 0.9), 100, 0.9))
        .isCloseTo(0.40, within(0.006));
    assertThat(error(IndexApproximations.chickGans(100, 0.99), 100, 0.99))
        .isCloseTo(0.12, within(0.006));
    assertThat(error(IndexApproximations.chickGans(1, 0.9), 1, 0.9)).isCloseTo(0.74, within(0.006));
  }

  private static double error(double value, int n, double discount) {
    return value / NormalIndex.of(new NormalArm(0, n, 1), discount).index() - 1;
  }

  @Test
  void argumentsOutOfRangeAreNamed() {
    BetaBernoulliArm arm = new BetaBernoulliArm(1, 1);
    refused(() -> IndexApproximations.revealed(arm, 1), "discount must be in (0, 1): 1.0");
    refused(() -> IndexApproximations.optimistic(arm, 0.5, 0), "pulls must be 1 to 10000: 0");
    refused(() -> IndexApproximations.chickGans(0, 0.5), "observations must be positive");
  }

  private static void refused(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
