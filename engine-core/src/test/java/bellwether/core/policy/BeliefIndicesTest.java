package bellwether.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.BetaBernoulliIndex;
import bellwether.core.bandit.BetaBernoulliTable;
import bellwether.core.bandit.IndexTable;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeliefIndicesTest {
  private static final Workers TWO = Workers.of(2);

  private static BanditProblem problem(double discount) {
    return new BanditProblem(
        List.of(
            new BanditArm.Learning(new BetaBernoulliArm(1, 1), 1),
            new BanditArm.Learning(new BetaBernoulliArm(3, 2), 5),
            new BanditArm.Learning(new BetaBernoulliArm(0.5, 0.5), 1)),
        new int[3],
        1,
        discount,
        0);
  }

  @Test
  void fewPullsNeedNoTable() {
    BeliefIndices known = new BeliefIndices(problem(0.99), List.of(), 20, Kernels.best(), TWO);
    assertThat(known.index(new BetaBernoulliArm(2, 2))).isNaN();
  }

  @Test
  void tablesCoverAllArmsAndTheirPulls() {
    BeliefIndices known = new BeliefIndices(problem(0.99), List.of(), 70, Kernels.best(), TWO);
    for (double[] counts :
        new double[][] {{1, 1}, {3, 2}, {61, 1}, {1, 61}, {20, 30}, {0.5, 0.5}, {10.5, 7.5}}) {
      BetaBernoulliArm belief = new BetaBernoulliArm(counts[0], counts[1]);
      assertThat(known.index(belief))
          .isCloseTo(BetaBernoulliIndex.of(belief, 0.99).index(), within(1e-9));
    }
    assertThat(known.index(new BetaBernoulliArm(1.25, 1))).isNaN();
    assertThat(known.index(new BetaBernoulliArm(500, 1))).isNaN();
  }

  @Test
  void givenTablesComeFirst() {
    BetaBernoulliArm corner = new BetaBernoulliArm(1, 1);
    BetaBernoulliTable made = BetaBernoulliTable.square(corner, 5, 0.9, 1e-10, Kernels.best(), TWO);
    IndexTable table = IndexTable.of(made, corner, 0.9);
    BeliefIndices known = new BeliefIndices(problem(0.9), List.of(table), 3, Kernels.best(), TWO);
    assertThat(known.index(new BetaBernoulliArm(2, 3))).isEqualTo(made.index(1, 2));
    assertThat(known.index(new BetaBernoulliArm(9, 3))).isNaN();
    BeliefIndices other = new BeliefIndices(problem(0.8), List.of(table), 3, Kernels.best(), TWO);
    assertThat(other.index(new BetaBernoulliArm(2, 3))).isNaN();
  }
}
