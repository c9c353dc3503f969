package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SparseArmTest {
  private static final double[] REWARDS = {1, 2};

  @Test
  void entriesComeInAnyOrderAndAddUp() {
    SparseArm arm =
        SparseArm.ofTriplets(
            REWARDS,
            new int[] {1, 0, 1, 0, 1},
            new int[] {1, 1, 0, 0, 1},
            new double[] {0.25, 1, 0.5, 0, 0.25});
    assertThat(arm.states()).isEqualTo(2);
    assertThat(arm.entries()).isEqualTo(3);
    assertThat(arm.rowStart).containsExactly(0, 1, 3);
    assertThat(arm.column).containsExactly(1, 0, 1);
    assertThat(arm.probability).containsExactly(1, 0.5, 0.5);
    assertThat(arm.reward(1)).isEqualTo(2);
    double[] rows = new double[4];
    arm.dense().forEachRow((s, array, offset) -> System.arraycopy(array, offset, rows, 2 * s, 2));
    assertThat(rows).containsExactly(0, 1, 0.5, 0.5);
  }

  @Test
  void theArraysAreCopied() {
    double[] rewards = {1};
    double[] p = {1};
    SparseArm arm = SparseArm.of(rewards, new int[] {0, 1}, new int[] {0}, p);
    rewards[0] = 5;
    p[0] = 0;
    assertThat(arm.reward(0)).isEqualTo(1);
    assertThat(arm.probability).containsExactly(1);
  }

  @Test
  void whatIsWrongIsNamed() {
    refused(new double[] {}, new int[] {0}, new int[] {}, new double[] {}, "rewards must have");
    refused(REWARDS, new int[] {0, 1}, new int[] {0}, new double[] {1}, "rowStart must have 3");
    refused(REWARDS, new int[] {0, 1, 3}, new int[2], new double[2], "rowStart[n] = 3");
    refused(REWARDS, new int[] {0, 3, 2}, new int[2], new double[2], "rowStart must not decrease");
    int[] rows = {0, 1, 2};
    refused(REWARDS, rows, new int[] {0, 2}, new double[] {1, 1}, "entry 1 must lie in 2 states");
    refused(
        REWARDS,
        rows,
        new int[] {0, 1},
        new double[] {1, -0.5},
        "transition[1][1] must be a probability: -0.5");
    refused(
        REWARDS,
        rows,
        new int[] {0, 1},
        new double[] {1, 0.98},
        "transition row 1 sums to 0.98, expected 1 +- 1.0E-9");
    refused(
        new double[] {1, Double.NaN},
        rows,
        new int[] {0, 1},
        new double[] {1, 1},
        "rewards[1] must be finite: NaN");
  }

  private static void refused(
      double[] rewards, int[] rowStart, int[] column, double[] probability, String message) {
    assertThatThrownBy(() -> SparseArm.of(rewards, rowStart, column, probability))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
