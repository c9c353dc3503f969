package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirichletIndexTest {

  @ParameterizedTest(name = "Beta({0}, {1}) at {2}")
  @CsvSource({"1, 1, 0.5", "1, 1, 0.9", "2, 5, 0.9", "0.5, 0.25, 0.8", "30, 10, 0.95"})
  void twoCategoriesAreABernoulliArm(double alpha, double beta, double discount) {
    IndexBracket known = BetaBernoulliIndex.of(new BetaBernoulliArm(alpha, beta), discount);
    DirichletArm arm = DirichletArm.of(new double[] {beta, alpha}, new double[] {0, 1});
    IndexBracket found = DirichletIndex.of(arm, discount, 1e-9);
    assertThat(found.width()).isLessThanOrEqualTo(1e-9);
    assertThat(found.lower()).isLessThanOrEqualTo(known.upper());
    assertThat(found.upper()).isGreaterThanOrEqualTo(known.lower());
  }

  /** Categories that pay the same are one, and rewards may be scaled and shifted. */
  @Test
  void categoriesThatPayTheSameAreOne() {
    DirichletArm three = DirichletArm.of(new double[] {0.5, 1, 1.5}, new double[] {-3, 7, -3});
    IndexBracket known = BetaBernoulliIndex.of(new BetaBernoulliArm(1, 2), 0.8);
    IndexBracket found = DirichletIndex.of(three, 0.8, 1e-8);
    assertThat(found.lower()).isLessThanOrEqualTo(-3 + 10 * known.upper());
    assertThat(found.upper()).isGreaterThanOrEqualTo(-3 + 10 * known.lower());
    assertThat(found.width()).isLessThanOrEqualTo(1e-8);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void bracketsOfDifferentWidthsOverlapAndHoldTheFiniteHorizonFromAbove(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int k = 2 + random.nextInt(3);
    double[] alpha = random.doubles(k, 0.1, 3).toArray();
    double[] values = random.doubles(k, -1, 1).toArray();
    DirichletArm arm = DirichletArm.of(alpha, values);
    IndexBracket wide = DirichletIndex.of(arm, 0.7, 1e-3);
    IndexBracket narrow = DirichletIndex.of(arm, 0.7, 1e-7);
    assertThat(narrow.lower()).as("seed %d", seed).isBetween(wide.lower(), wide.upper());
    assertThat(narrow.upper()).as("seed %d", seed).isBetween(wide.lower(), wide.upper());
    double before = arm.mean() - 1e-14;
    for (int horizon : new int[] {1, 2, 3, 10, 40}) {
      double index = DirichletIndex.finite(arm, 0.7, horizon).index();
      assertThat(index).isBetween(before, narrow.upper());
      before = index - 1e-13;
    }
  }

  /** Every stopping rule of three pulls, by recursion over what was seen. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void finiteHorizonAgreesWithBisectionOnTheTree(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int k = 1 + random.nextInt(4);
    double discount = seed == 6 ? 1 : random.nextDouble();
    int horizon = 1 + random.nextInt(5);
    double[] alpha = random.doubles(k, 0.1, 3).toArray();
    double[] values = random.doubles(k, -5, 5).toArray();
    double low = -5;
    double high = 5;
    while (high - low > 1e-13) {
      double charge = 0.5 * (low + high);
      if (worth(alpha, values, discount, charge, horizon) > 0) {
        low = charge;
      } else {
        high = charge;
      }
    }
    IndexBracket found = DirichletIndex.finite(DirichletArm.of(alpha, values), discount, horizon);
    assertThat(found.index()).as("seed %d", seed).isCloseTo(low, within(1e-12));
    assertThat(found.width()).isLessThan(1e-12);
  }

  private static double worth(
      double[] alpha, double[] values, double discount, double charge, int left) {
    double sum = Arrays.stream(alpha).sum();
    double worth = -charge;
    for (int k = 0; k < alpha.length; k++) {
      double[] next = alpha.clone();
      next[k]++;
      double later = left == 1 ? 0 : Math.max(0, worth(next, values, discount, charge, left - 1));
      worth += alpha[k] / sum * (values[k] + discount * later);
    }
    return worth;
  }

  @Test
  void bernoulliWithTwoPullsLeftHasAClosedForm() {
    // g = 1/2 + d/2 (2/3 - g): learn once, go on after success only.
    double d = 0.9;
    double g = (0.5 + d / 3) / (1 + d / 2);
    assertThat(DirichletIndex.finite(new BetaBernoulliArm(1, 1), d, 2).index())
        .isCloseTo(g, within(1e-15));
  }

  @Test
  void argumentsOutOfRangeAreNamed() {
    refused(() -> DirichletArm.of(new double[9], new double[9]), "alpha must have 1 to 8 entries");
    refused(() -> DirichletArm.of(new double[] {1, 0}, new double[2]), "alpha[1] must be positive");
    refused(() -> DirichletArm.of(new double[] {1}, new double[2]), "values must have as many");
    DirichletArm arm = DirichletArm.of(new double[] {1, 1, 1, 1}, new double[] {1, 2, 3, 4});
    refused(() -> DirichletIndex.of(arm, 1, 1e-9), "discount must be in [0, 1): 1.0");
    refused(() -> DirichletIndex.of(arm, 0.5, 0), "tolerance must be positive");
    refused(() -> DirichletIndex.finite(arm, 0.5, 0), "horizon must be at least 1: 0");
    refused(() -> DirichletIndex.finite(arm, 0.5, 5000), "needs more than 4.0E9 cells");
  }

  private static void refused(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
