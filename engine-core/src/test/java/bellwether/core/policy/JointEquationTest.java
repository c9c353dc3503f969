package bellwether.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.bandit.RandomArm;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JointEquationTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void solvesUpToAConstant(int seed) {
    int n = 30;
    double d = 0.999;
    SplittableRandom random = new SplittableRandom(seed);
    double[] p = new double[n * n];
    new RandomArm(n, seed)
        .forEachRow((s, row, offset) -> System.arraycopy(row, offset, p, s * n, n));
    double[] right = random.doubles(n, -1, 1).toArray();
    double[] x = JointEquation.solve(right, (v, image) -> times(p, d, v, image), 1e-13);
    double[] image = new double[n];
    times(p, d, x, image);
    double constant = right[0] - image[0];
    for (int s = 0; s < n; s++) {
      assertThat(right[s] - image[s]).isCloseTo(constant, within(1e-10));
    }
  }

  private static boolean times(double[] p, double d, double[] v, double[] image) {
    int n = v.length;
    for (int s = 0; s < n; s++) {
      double sum = 0;
      for (int t = 0; t < n; t++) {
        sum += p[s * n + t] * v[t];
      }
      image[s] = v[s] - d * sum;
    }
    return true;
  }

  /** Arms that rest mix slowly; the chain without its matrix is exact at a discount near 1. */
  @Test
  void chainsThatMixSlowlyAreExact() {
    List<BanditArm> arms =
        List.of(
            new BanditArm.Rested(new RandomArm(12, 1), 1),
            new BanditArm.Rested(new RandomArm(12, 2), 1),
            new BanditArm.Rested(new RandomArm(12, 3), 1));
    BanditProblem problem = new BanditProblem(arms, new int[3], 1, 0.999, 0);
    ArmChain[] chains = ArmChain.of(problem, 0);
    try (Workers workers = Workers.of(2)) {
      JointRule rule =
          new JointRule.ByIndex(
              PolicyScores.of(
                  problem, Policy.GITTINS, chains, 0, List.of(), Kernels.best(), workers));
      RewardRange range = RewardRange.of(problem);
      ExactValue found =
          new StationaryChain(problem, chains, range, 1e-7, 0, workers).evaluate(rule);
      ExactValue expected = ArmProduct.of(problem, range, Kernels.best(), workers).value();
      assertThat(found).isNotNull();
      assertThat(found.errorBound()).isLessThan(1e-6);
      assertThat(found.value()).isCloseTo(expected.value(), within(1e-6));
      assertThat(found.shares()).containsExactly(expected.shares(), within(1e-7));
    }
  }
}
