package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkovArmTest {

  @Test
  void keepsItsOwnCopies() {
    double[] rewards = {1, 2};
    double[] transition = {0.5, 0.5, 0, 1};
    MarkovArm arm = MarkovArm.of(rewards, transition);
    rewards[0] = 9;
    double[] read = new double[2];
    arm.fillRewards(read);
    assertThat(read).containsExactly(1, 2);
  }

  @Test
  void namesTheRowThatDoesNotSumToOne() {
    assertThatThrownBy(() -> MarkovArm.of(new double[2], new double[] {0.5, 0.5, 0.5, 0.48}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("transition row 1 sums to 0.98, expected 1 +- 1.0E-9");
  }

  @Test
  void namesTheEntryThatIsNoProbability() {
    assertThatThrownBy(() -> MarkovArm.of(new double[2], new double[] {0.5, 0.5, -0.5, 1.5}))
        .hasMessage("transition[1][0] must be a probability: -0.5");
    assertThatThrownBy(() -> MarkovArm.of(new double[2], new double[] {Double.NaN, 0.5, 0, 1}))
        .hasMessage("transition[0][0] must be a probability: NaN");
  }

  @Test
  void namesTheRewardThatIsNotFinite() {
    assertThatThrownBy(
            () ->
                MarkovArm.of(new double[] {0, Double.NEGATIVE_INFINITY}, new double[] {1, 0, 0, 1}))
        .hasMessage("rewards[1] must be finite: -Infinity");
  }

  @Test
  void refusesWrongShapes() {
    assertThatThrownBy(() -> MarkovArm.of(new double[0], new double[0]))
        .hasMessageContaining("rewards must have 1 to");
    assertThatThrownBy(() -> MarkovArm.of(new double[2], new double[3]))
        .hasMessage("transition must have 2 x 2 entries: 3");
  }

  @Test
  void acceptsRowsWithinTolerance() {
    assertThat(MarkovArm.of(new double[2], new double[] {0.5, 0.5 + 9e-10, 0, 1}).states())
        .isEqualTo(2);
  }
}
