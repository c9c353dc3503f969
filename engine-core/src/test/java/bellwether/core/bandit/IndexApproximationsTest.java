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

  /** How far they are from the index, as measured for n = 1 to 1000. */
  @ParameterizedTest(name = "d = {0}")
  @CsvSource({"0.9, 0.181", "0.95, 0.151", "0.99, 0.081"})
  void normalFitsAreAsFarOffAsTheySay(double discount, double corrected) {
    NormalIndex table = NormalIndex.table(1000, discount, 1e-9);
    for (int n = 1; n <= 1000; n += 1 + n / 10) {
      double g = table.standard(n).index();
      assertThat(IndexApproximations.brezziLai(n, discount) / g - 1).isBetween(-0.485, 0.405);
      assertThat(IndexApproximations.chickGans(n, discount) / g - 1).isBetween(0.115, 0.745);
      assertThat(IndexApproximations.chickGansCorrected(n, discount) / g - 1)
          .isBetween(-0.005, corrected + 0.005);
    }
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
