package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefinedIndicesTest {
  private static final Kernels KERNELS = ScalarKernels.INSTANCE;

  private static RefinedIndices refine(
      FiniteArm arm, int @Nullable [] states, double discount, double tolerance) {
    try (Workers workers = Workers.of(1)) {
      return RefinedIndices.of(arm, states, discount, tolerance, KERNELS, workers);
    }
  }

  private static StateElimination eliminate(FiniteArm arm, double discount, Precision precision) {
    try (Workers workers = Workers.of(1)) {
      return StateElimination.of(arm, discount, precision, KERNELS, workers);
    }
  }

  private static double largest(double[] rewards) {
    return Arrays.stream(rewards).map(Math::abs).max().orElse(0);
  }

  static IntStream seeds() {
    return IntStream.rangeClosed(1, 60);
  }

  /** Arms of every kind at every discount: dense, tied, slow, on a line, sparse, absorbing. */
  private static MarkovArm arm(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 2 + random.nextInt(150);
    int kind = seed % 6;
    double scale = Math.pow(10, random.nextInt(19) - 9);
    double[] rewards = new double[n];
    double[] transition = new double[n * n];
    for (int s = 0; s < n; s++) {
      rewards[s] = scale * (kind == 1 ? random.nextInt(3) : random.nextDouble(-0.5, 1));
      double sum = 0;
      for (int t = 0; t < n; t++) {
        double p =
            switch (kind) {
              case 2 -> Math.abs(t - s) <= 1 ? random.nextDouble() : 0;
              case 3 -> t == s ? 2000 : random.nextDouble();
              case 4 -> random.nextInt(8) == 0 ? random.nextDouble() : 0;
              default -> random.nextDouble();
            };
        transition[s * n + t] = p;
        sum += p;
      }
      if (sum == 0 || (kind == 4 && random.nextInt(10) == 0)) {
        Arrays.fill(transition, s * n, (s + 1) * n, 0);
        transition[s * n + s] = 1;
        sum = 1;
      }
      for (int t = 0; t < n; t++) {
        transition[s * n + t] /= sum;
      }
      if (kind == 1 && s > 0) {
        // A twin of an earlier state.
        int twin = random.nextInt(s);
        System.arraycopy(transition, twin * n, transition, s * n, n);
        rewards[s] = rewards[twin];
      }
    }
    return MarkovArm.of(rewards, transition);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithDoubles(int seed) {
    MarkovArm arm = arm(seed);
    double discount = new double[] {0.3, 0.9, 0.999, 1 - 1e-6, 1 - 1e-8}[seed % 5];
    double[] rewards = new double[arm.states()];
    arm.fillRewards(rewards);
    StateElimination doubles = eliminate(arm, discount, Precision.FLOAT64);
    RefinedIndices refined = refine(arm, null, discount, 0);
    assertThat(refined.shortfall()).isNull();
    assertThat(refined.certificate().checked()).isEqualTo(arm.states());
    double bound =
        refined.certificate().errorBound()
            + doubles.certify(arm, arm.states(), KERNELS).errorBound();
    // Values are at most the rewards' span / (1 - discount); sums of n of them round.
    double hidden = 2e-16 * (arm.states() + 10) / (1 - discount);
    double scale = largest(rewards);
    assertThat(bound).isLessThanOrEqualTo(scale * (2e-12 + 4 * hidden));
    assertThat(refined.indices()).containsExactly(doubles.indices(), within(1e-9 * scale));
    assertThat(refined.indices()).containsExactly(doubles.indices(), within(bound));
  }

  /** Small arms against 60-digit arithmetic. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void agreesWithExactSolves(long seed) {
    double discount = new double[] {0.3, 0.9, 0.999, 1 - 1e-8}[(int) (seed % 4)];
    SmallArms small = SmallArms.random(2 + (int) (seed % 9), seed);
    double[] exact = ExactIndices.byLargestRemaining(small.rewards(), small.transition(), discount);
    RefinedIndices refined = refine(small.arm(), null, discount, 0);
    assertThat(refined.indices())
        .containsExactly(exact, within(refined.certificate().errorBound() + 1e-14));
  }

  /**
   * Indices that differ by less than single precision can tell come out in any order; the states on
   * the wrong side are found and put right.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void putsCloseStatesRight(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 60;
    double[] rewards = new double[n];
    double[] transition = new double[n * n];
    for (int s = 0; s < n; s++) {
      int twin = s % 12;
      if (s == twin) {
        rewards[s] = random.nextDouble();
        double sum = 0;
        for (int t = 0; t < n; t++) {
          transition[s * n + t] = random.nextDouble();
          sum += transition[s * n + t];
        }
        for (int t = 0; t < n; t++) {
          transition[s * n + t] *= 0.5 / sum;
        }
      } else {
        System.arraycopy(transition, twin * n, transition, s * n, n);
        rewards[s] = rewards[twin] + 1e-9 * random.nextDouble();
        transition[s * n + twin] -= 0.5;
      }
      // It stays for long: a wrong decision costs a good part of the difference.
      transition[s * n + s] += 0.5;
    }
    MarkovArm arm = MarkovArm.of(rewards, transition);
    double[] doubles = eliminate(arm, 0.99, Precision.FLOAT64).indices();
    RefinedIndices refined = refine(arm, null, 0.99, 1e-13);
    assertThat(refined.shortfall()).isNull();
    assertThat(refined.indices()).containsExactly(doubles, within(2e-13));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 24, 48, 49, 63, 64, 65, 128, 129, 200, 331})
  void worksAtEveryEdgeOfBlocksAndPanels(int n) {
    RandomArm arm = new RandomArm(n, n);
    double[] doubles = eliminate(arm, 0.95, Precision.FLOAT64).indices();
    double[] single = eliminate(arm, 0.95, Precision.FLOAT32).indices();
    assertThat(single).containsExactly(doubles, within(1e-6));
    RefinedIndices refined = refine(arm, null, 0.95, 0);
    assertThat(refined.certificate().errorBound()).isLessThan(1e-12);
    assertThat(refined.indices()).containsExactly(doubles, within(1e-12));
  }

  @Test
  void someStatesInTheOrderAskedFor() {
    RandomArm arm = new RandomArm(700, 3);
    double[] all = eliminate(arm, 0.98, Precision.FLOAT64).indices();
    RefinedIndices refined = refine(arm, new int[] {699, 4, 4, 350}, 0.98, 0);
    assertThat(refined.indices())
        .containsExactly(new double[] {all[699], all[4], all[4], all[350]}, within(1e-12));
    assertThat(refined.certificate().checked()).isEqualTo(3);
    assertThat(refined.refined()).isBetween(1, 3);
  }

  @Test
  void wideToleranceTakesWhatSinglePrecisionGives() {
    RandomArm arm = new RandomArm(300, 3);
    RefinedIndices refined = refine(arm, null, 0.95, 1e-5);
    assertThat(refined.indices()).isEqualTo(eliminate(arm, 0.95, Precision.FLOAT32).indices());
    assertThat(refined.refined()).isZero();
    assertThat(refined.certificate().checked()).isEqualTo(16);
    assertThat(refined.certificate().errorBound()).isBetween(1e-10, 1e-5);
  }

  @Test
  void certificateOfSinglePrecisionHolds() {
    RandomArm arm = new RandomArm(300, 3);
    StateElimination single = eliminate(arm, 0.95, Precision.FLOAT32);
    double[] doubles = eliminate(arm, 0.95, Precision.FLOAT64).indices();
    double bound = single.certify(arm, 300, KERNELS).errorBound();
    assertThat(bound).isBetween(1e-10, 1e-6);
    assertThat(single.indices()).containsExactly(doubles, within(bound));
  }

  @Test
  void saysWhenTheToleranceIsOutOfReach() {
    RefinedIndices refined = refine(new RandomArm(100, 3), null, 0.95, 1e-25);
    assertThat(refined.shortfall())
        .matches("the error bound of state \\d+ stays at \\S+ in float32, above 1\\.0E-25");
    assertThat(refined.certificate().errorBound()).isLessThan(1e-13);
  }

  @Test
  void rewardsOfNothing() {
    SmallArms small = SmallArms.random(30, 4);
    RefinedIndices refined = refine(MarkovArm.of(new double[30], small.transition()), null, 0.9, 0);
    assertThat(refined.shortfall()).isNull();
    assertThat(refined.indices()).containsOnly(0);
  }

  /** From doubles to floats and back: the factors of retirement too, to single precision. */
  @Test
  void retirementStepsOfSinglePrecision() {
    RandomArm arm = new RandomArm(200, 9);
    int[] states = {0, 150};
    double[] single =
        eliminate(arm, 0.9, Precision.FLOAT32).retirementSteps(states, KERNELS)[1].factors();
    double[] doubles =
        eliminate(arm, 0.9, Precision.FLOAT64).retirementSteps(states, KERNELS)[1].factors();
    assertThat(single).containsExactly(doubles, within(1e-5));
  }

  @Test
  void takesHalfTheMemory() {
    assertThat(RefinedIndices.bytes(15_000, 2)).isLessThan(StateElimination.bytes(15_000) * 2 / 3);
  }

  @ParameterizedTest
  @CsvSource({
    "0.9, -1, tolerance must be at least 0: -1.0",
    "0.9, NaN, tolerance must be at least 0: NaN",
    "1, 0, 'discount must be in [0, 1): 1.0'"
  })
  void refuses(double discount, double tolerance, String message) {
    assertThatThrownBy(() -> refine(new RandomArm(5, 1), null, discount, tolerance))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesStateOutOfRange() {
    assertThatThrownBy(() -> refine(new RandomArm(5, 1), new int[] {5}, 0.9, 0))
        .hasMessage("state must be 0 to 4: 5");
  }

  @Test
  void stopsWhenInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> refine(new RandomArm(100, 1), null, 0.5, 0))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
