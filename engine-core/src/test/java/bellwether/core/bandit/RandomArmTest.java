package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RandomArmTest {

  @Test
  void firstUniformsAreThoseOfSplitMix64() {
    // One state: P = u / u = 1 and the reward is the second uniform of seed 42.
    double[] reward = new double[1];
    new RandomArm(1, 42).fillRewards(reward);
    assertThat(reward[0]).isEqualTo(0.1599103928769201);
    new RandomArm(1, 0).fillRewards(reward);
    assertThat(reward[0]).isEqualTo(0.43152799704850997);
  }

  @Test
  void rowsAreDividedBySumsFromTheLeft() {
    double[] u = {0.7415648787718233, 0.1599103928769201, 0.27860113025513866};
    double sum = (u[0] + u[1]) + u[2];
    double[] row = new double[9];
    new RandomArm(3, 42)
        .forEachRow((s, array, offset) -> System.arraycopy(array, offset, row, 3 * s, 3));
    assertThat(row).startsWith(u[0] / sum, u[1] / sum, u[2] / sum);
  }

  @Test
  void refusesSizes() {
    assertThatThrownBy(() -> new RandomArm(0, 1)).hasMessage("states must be 1 to 46000: 0");
    assertThatThrownBy(() -> new RandomArm(46_001, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
