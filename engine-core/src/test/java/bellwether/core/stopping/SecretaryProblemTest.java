package bellwether.core.stopping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretaryProblemTest {

  @ParameterizedTest
  @CsvSource({
    "1, 0, 1",
    "2, 0, 0.5",
    "3, 1, 0.5",
    "4, 1, 0.4583333333333333",
    "5, 2, 0.43333333333333335",
    "8, 3, 0.40982142857142856",
    "10, 3, 0.39869047619047615",
    "20, 7, 0.38420888000028863",
    "50, 18, 0.3742750136479202",
    "100, 37, 0.3710427787126428",
    "1000, 368, 0.3681956172017043"
  })
  void knownValues(int n, int skip, double value) {
    SecretaryProblem.Best best = SecretaryProblem.best(n);
    assertThat(best.skip()).isEqualTo(skip);
    assertThat(best.value()).isCloseTo(value, within(1e-13));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "4, 1.875",
    "10, 2.5579365079365077",
    "100, 3.603229624582051",
    "1000, 3.8323777650744737",
    "10000, 3.8648839161093442",
    "1000000, 3.8694550144912987"
  })
  void knownRanks(int n, double value) {
    assertThat(SecretaryProblem.lowestRank(n).value()).isCloseTo(value, within(1e-9));
  }

  /** Played over all orders, the rules are worth what they say. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void rulesAreWorthWhatTheySay(int n) {
    SecretaryProblem.Best best = SecretaryProblem.best(n);
    SecretaryProblem.Rank lowest = SecretaryProblem.lowestRank(n);
    int[] order = new int[n];
    long[] sums = new long[3];
    permute(order, 0, new boolean[n], best, lowest, sums);
    assertThat((double) sums[0] / sums[2]).isCloseTo(best.value(), within(1e-14));
    assertThat((double) sums[1] / sums[2]).isCloseTo(lowest.value(), within(1e-14));
    assertThat(lowest.acceptRank()[n - 1]).isEqualTo(n);
  }

  private static void permute(
      int[] order,
      int depth,
      boolean[] used,
      SecretaryProblem.Best best,
      SecretaryProblem.Rank lowest,
      long[] sums) {
    int n = order.length;
    if (depth < n) {
      for (int r = 0; r < n; r++) {
        if (!used[r]) {
          used[r] = true;
          order[depth] = r;
          permute(order, depth + 1, used, best, lowest, sums);
          used[r] = false;
        }
      }
      return;
    }
    sums[2]++;
    for (int i = best.skip(); i < n; i++) {
      if (relative(order, i) == 1) {
        sums[0] += order[i] == 0 ? 1 : 0;
        break;
      }
    }
    for (int i = 0; i < n; i++) {
      if (relative(order, i) <= lowest.acceptRank()[i]) {
        sums[1] += order[i] + 1;
        break;
      }
    }
  }

  private static int relative(int[] order, int i) {
    return 1 + (int) Arrays.stream(order, 0, i).filter(r -> r < order[i]).count();
  }

  @Test
  void oddsAlgorithm() {
    double[] die = new double[12];
    Arrays.fill(die, 1.0 / 6);
    assertThat(SecretaryProblem.lastSuccess(die).skip()).isEqualTo(7 - 1);
    assertThat(SecretaryProblem.lastSuccess(die).value())
        .isCloseTo(0.401877572016461, within(1e-14));
    double[] records = new double[10];
    for (int k = 0; k < 10; k++) {
      records[k] = 1.0 / (k + 1);
    }
    assertThat(SecretaryProblem.lastSuccess(records).skip()).isEqualTo(3);
    assertThat(SecretaryProblem.lastSuccess(records).value())
        .isCloseTo(0.3986904761904763, within(1e-14));
    double[] rare = new double[20];
    Arrays.fill(rare, 0.1);
    assertThat(SecretaryProblem.lastSuccess(rare).skip()).isEqualTo(12 - 1);
    assertThat(SecretaryProblem.lastSuccess(rare).value())
        .isCloseTo(0.38742048900000026, within(1e-14));
    assertThat(SecretaryProblem.lastSuccess(0.2, 1, 0.3).value()).isCloseTo(0.7, within(1e-15));
    assertThat(SecretaryProblem.lastSuccess(1, 0.5).value()).isCloseTo(0.5, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 0.75", "3, 0.684293", "10, 0.608699", "50, 0.585725"})
  void fullInformation(int n, double value) {
    // Gilbert and Mosteller (1966), table 8.
    assertThat(FullInformation.of(n).value()).isCloseTo(value, within(1e-6));
  }

  @Test
  void fullInformationHasItsLimit() {
    FullInformation.Rule rule = FullInformation.of(5000);
    assertThat(rule.value()).isCloseTo(0.5801642239208554, within(1e-4));
    assertThat(5000 * (1 - rule.thresholds()[0])).isCloseTo(0.8043522628456375, within(1e-3));
  }

  @Test
  void wrongNumbersAreNamed() {
    assertThatThrownBy(() -> SecretaryProblem.best(0))
        .hasMessage("candidates must number from 1 to 10000000: 0");
    assertThatThrownBy(() -> FullInformation.of(-1)).hasMessageContaining("draws must number");
    assertThatThrownBy(() -> SecretaryProblem.lastSuccess(0.5, Double.NaN))
        .hasMessage("probabilities[1] must be in [0, 1]: NaN");
  }
}
