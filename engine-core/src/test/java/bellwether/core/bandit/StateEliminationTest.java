package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateEliminationTest {
  private static final Kernels KERNELS = ScalarKernels.INSTANCE;

  private static StateElimination eliminate(FiniteArm arm, double discount) {
    try (Workers workers = Workers.of(1)) {
      return StateElimination.of(arm, discount, KERNELS, workers);
    }
  }

  @Test
  void chainThatImprovesOnceHasClosedForm() {
    MarkovArm arm = MarkovArm.of(new double[] {1, 3, 0}, new double[] {0, 1, 0, 0, 0, 1, 0, 0, 1});
    assertThat(eliminate(arm, 0.5).indices())
        .containsExactly(new double[] {5 / 3.0, 3, 0}, within(1e-15));
  }

  @Test
  void oneStateIsWorthItsReward() {
    MarkovArm arm = MarkovArm.of(new double[] {-0.3}, new double[] {1});
    assertThat(eliminate(arm, 0.99).indices()).containsExactly(new double[] {-0.3}, within(1e-16));
  }

  @Test
  void withoutAFutureTheIndexIsTheReward() {
    SmallArms small = SmallArms.random(70, 3);
    assertThat(eliminate(small.arm(), 0).indices()).containsExactly(small.rewards());
  }

  @Test
  void equalRewardsGiveEqualIndices() {
    SmallArms small = SmallArms.random(90, 8);
    double[] rewards = new double[90];
    Arrays.fill(rewards, 0.7);
    double[] indices = eliminate(MarkovArm.of(rewards, small.transition()), 0.97).indices();
    assertThat(indices).containsExactly(rewards, within(2e-15));
  }

  /** Arms of all kinds against 60-digit arithmetic: dense, tied, sparse, absorbing, slow. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void agreesWithExactSolves(long seed) {
    int n = 2 + (int) (seed % 9);
    double discount = new double[] {0.3, 0.9, 0.999, 1 - 1e-8}[(int) (seed % 4)];
    SmallArms small = SmallArms.random(n, seed);
    double[] exact = ExactIndices.byLargestRemaining(small.rewards(), small.transition(), discount);
    double[] indices = eliminate(small.arm(), discount).indices();
    double scale = 0;
    for (double r : small.rewards()) {
      scale = Math.max(scale, Math.abs(r));
    }
    for (int s = 0; s < n; s++) {
      assertThat(indices[s])
          .as("seed %d state %d", seed, s)
          .isCloseTo(exact[s], within(1e-14 * scale));
    }
  }

  /** Recomputed values of the dense random arm, seed 42, discount 0.95, to 19 digits. */
  @ParameterizedTest(name = "n = {0}")
  @CsvSource({
    "10, 6.502674986335455343, 0.8236272364629920739, 9, 0.4584276818981197002, 5,"
        + " 0.7362800664129681683, 0.5269930436537904992",
    "100, 65.60678013464425755, 0.9948735178907346377, 71, 0.4695273275685376815, 67,"
        + " 0.7142759813301994035, 0.5659593081365806473",
    "500, 324.5575091844756795, 0.9988361150669210487, 149, 0.467029809493464797, 379,"
        + " 0.4750075528616633612, 0.4870529330080318569",
    "1000, 657.1112353700867573, 0.9999163997656831393, 186, 0.4759885440418815178, 383,"
        + " 0.7318534619326708839, 0.9921671940976679074"
  })
  void denseRandomArmMatchesReference(
      int n, double sum, double max, int argmax, double min, int argmin, double g0, double g1) {
    double[] indices = eliminate(new RandomArm(n, 42), 0.95).indices();
    assertThat(Arrays.stream(indices).sum()).isCloseTo(sum, within(1e-13 * sum));
    assertThat(indices[argmax]).isCloseTo(max, within(2e-15));
    assertThat(indices[argmin]).isCloseTo(min, within(2e-15));
    assertThat(indices[0]).isCloseTo(g0, within(2e-15));
    assertThat(indices[1]).isCloseTo(g1, within(2e-15));
    assertThat(Arrays.stream(indices).max().orElseThrow()).isEqualTo(indices[argmax]);
    assertThat(Arrays.stream(indices).min().orElseThrow()).isEqualTo(indices[argmin]);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-9, 1, 1e9, 1e300})
  void indicesScaleWithRewards(double scale) {
    SmallArms small = SmallArms.random(40, 15);
    double[] rewards = small.rewards().clone();
    double[] indices = eliminate(small.arm(), 0.9).indices();
    for (int s = 0; s < rewards.length; s++) {
      rewards[s] *= scale;
      indices[s] *= scale;
    }
    double[] scaled = eliminate(MarkovArm.of(rewards, small.transition()), 0.9).indices();
    assertThat(scaled).containsExactly(indices, within(1e-14 * scale));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 23, 24, 25, 63, 64, 65, 127, 128, 129, 191, 200, 331})
  void certificateHoldsAtEveryBlockEdge(int n) {
    RandomArm arm = new RandomArm(n, n);
    StateElimination elimination = eliminate(arm, 0.95);
    RestartCertificate certificate = elimination.certify(arm, n, KERNELS);
    assertThat(certificate.checked()).isEqualTo(n);
    assertThat(certificate.errorBound()).isLessThan(1e-13);
    int[] order = elimination.order();
    double[] indices = elimination.indices();
    for (int k = 1; k < n; k++) {
      assertThat(indices[order[k]]).isLessThanOrEqualTo(indices[order[k - 1]] + 1e-15);
    }
  }

  @Test
  void certificateSeesAWrongIndex() {
    SmallArms small = SmallArms.random(50, 12);
    StateElimination elimination = eliminate(small.arm(), 0.9);
    elimination.factors.index[20] += 1e-6;
    assertThat(elimination.certify(small.arm(), 50, KERNELS).errorBound()).isGreaterThan(9e-7);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void bitsDoNotDependOnThreads(int threads) {
    RandomArm arm = new RandomArm(1300, 7);
    StateElimination alone = eliminate(arm, 0.95);
    try (Workers workers = Workers.of(threads)) {
      StateElimination together = StateElimination.of(arm, 0.95, KERNELS, workers);
      assertThat(together.indices()).isEqualTo(alone.indices());
      assertThat(together.order()).isEqualTo(alone.order());
      assertThat(together.retirementSteps(new int[] {5, 1299}, KERNELS)[1].factors())
          .isEqualTo(alone.retirementSteps(new int[] {5, 1299}, KERNELS)[1].factors());
    }
  }

  /** Retirement factors against the equations of each continuation set in turn. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32})
  void retirementStepsSolveTheStoppingEquations(long seed) {
    int n = 3 + (int) (seed % 10);
    double discount = seed % 2 == 0 ? 0.9 : 0.6;
    SmallArms small = SmallArms.random(n, seed);
    StateElimination elimination = eliminate(small.arm(), discount);
    int[] states = new int[n];
    Arrays.setAll(states, s -> n - 1 - s);
    RetirementSteps[] steps = elimination.retirementSteps(states, KERNELS);
    int[] order = elimination.order();
    double[] indices = elimination.indices();
    for (int i = 0; i < n; i++) {
      boolean[] set = new boolean[n];
      double[] factors = steps[i].factors();
      assertThat(factors).hasSize(n + 1);
      assertThat(factors[0]).isEqualTo(1);
      for (int k = 0; k < n; k++) {
        set[order[k]] = true;
        double exact = ExactIndices.retirementFactor(small.transition(), discount, set, states[i]);
        assertThat(factors[k + 1]).as("seed %d", seed).isCloseTo(exact, within(1e-13));
        assertThat(factors[k + 1]).isLessThanOrEqualTo(factors[k]);
        assertThat(steps[i].breakpoints()[k])
            .isCloseTo(indices[order[k]] / (1 - discount), within(1e-12));
      }
    }
  }

  @Test
  void retirementStepsAcrossBlocksMatchSmallSolves() {
    int n = 150;
    SmallArms small = SmallArms.random(n, 2);
    StateElimination elimination = eliminate(small.arm(), 0.9);
    int[] states = {0, 149, 77, 3, 4, 5, 6, 7, 8, 77};
    RetirementSteps[] steps = elimination.retirementSteps(states, KERNELS);
    assertThat(steps[9].factors()).isEqualTo(steps[2].factors());
    int[] order = elimination.order();
    for (int k : new int[] {1, 40, 63, 64, 65, 128, 149, 150}) {
      boolean[] set = new boolean[n];
      for (int j = 0; j < k; j++) {
        set[order[j]] = true;
      }
      for (int i = 0; i < states.length; i++) {
        assertThat(steps[i].factors()[k])
            .isCloseTo(
                ExactIndices.retirementFactor(small.transition(), 0.9, set, states[i]),
                within(1e-13));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, -0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesDiscount(double discount) {
    assertThatThrownBy(() -> eliminate(new RandomArm(3, 1), discount))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("discount must be in [0, 1): " + discount);
  }

  @Test
  void refusesStateOutOfRange() {
    StateElimination elimination = eliminate(new RandomArm(3, 1), 0.5);
    assertThatThrownBy(() -> elimination.retirementSteps(new int[] {0, 3}, KERNELS))
        .hasMessage("state must be 0 to 2: 3");
  }

  @Test
  void stopsWhenInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> eliminate(new RandomArm(300, 1), 0.5))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
