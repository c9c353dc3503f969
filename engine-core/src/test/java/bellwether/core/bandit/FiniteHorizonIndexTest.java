package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteHorizonIndexTest {

  private static FiniteHorizonIndex solve(FiniteArm arm, double discount, int horizon) {
    try (Workers workers = Workers.of(2)) {
      return FiniteHorizonIndex.of(arm, null, discount, horizon, workers);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void agreesWithBisection(long seed) {
    int n = 2 + (int) (seed % 6);
    double discount = seed % 3 == 0 ? 1 : 0.9;
    int horizon = 1 + (int) (seed * 7 % 12);
    SmallArms small = SmallArms.random(n, seed);
    FiniteHorizonIndex found = solve(small.arm(), discount, horizon);
    assertThat(found.errorBound()).isLessThan(1e-12);
    for (int s = 0; s < n; s++) {
      double low = -2;
      double high = 3;
      while (high - low > 1e-13) {
        double charge = 0.5 * (low + high);
        double[] value = new double[n];
        double worth = 0;
        for (int k = 1; k <= horizon; k++) {
          double[] next = new double[n];
          for (int x = 0; x < n; x++) {
            double sum = small.rewards()[x] - charge;
            for (int y = 0; y < n; y++) {
              sum += discount * small.transition()[x * n + y] * value[y];
            }
            worth = x == s ? sum : worth;
            next[x] = Math.max(0, sum);
          }
          value = next;
        }
        if (worth > 0) {
          low = charge;
        } else {
          high = charge;
        }
      }
      assertThat(found.indices()[s])
          .as("seed %d state %d", seed, s)
          .isCloseTo(low, within(2e-13 + found.errorBound()));
    }
  }

  @Test
  void onePullIsWorthItsRewardAndManyTheGittinsIndex() {
    SmallArms small = SmallArms.random(6, 5);
    assertThat(solve(small.arm(), 0.8, 1).indices()).containsExactly(small.rewards());
    double[] exact = ExactIndices.byLargestRemaining(small.rewards(), small.transition(), 0.8);
    assertThat(solve(small.arm(), 0.8, 200).indices()).containsExactly(exact, within(1e-14));
  }

  @Test
  void argumentsOutOfRangeAreNamed() {
    MarkovArm arm = MarkovArm.of(new double[] {1}, new double[] {1});
    assertThatThrownBy(() -> solve(arm, 1.5, 3)).hasMessage("discount must be in [0, 1]: 1.5");
    assertThatThrownBy(() -> solve(arm, 1, 0)).hasMessage("horizon must be at least 1: 0");
  }
}
