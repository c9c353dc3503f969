package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseIndicesTest {
  private static final Kernels KERNELS = ScalarKernels.INSTANCE;
  private static final double PLENTY = 1e9;

  private static SparseIndices solve(
      SparseArm arm, int @Nullable [] states, double discount, double bytes) {
    try (Workers workers = Workers.of(2)) {
      return SparseIndices.of(arm, states, discount, bytes, KERNELS, workers);
    }
  }

  private static int[] all(int n) {
    int[] states = new int[n];
    Arrays.setAll(states, s -> s);
    return states;
  }

  private static SparseArm sparse(double[] rewards, double[] transition) {
    int n = rewards.length;
    int[] start = new int[n + 1];
    int[] column = new int[n * n];
    for (int s = 0; s < n; s++) {
      start[s + 1] = (s + 1) * n;
      for (int t = 0; t < n; t++) {
        column[s * n + t] = t;
      }
    }
    return SparseArm.of(rewards, start, column, transition);
  }

  /** Walks to neighbours only, with rewards of few values, so that many tie. */
  private static SparseArm line(int n, long seed, double scale) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] rewards = new double[n];
    int[] row = new int[3 * n];
    int[] column = new int[3 * n];
    double[] p = new double[3 * n];
    for (int s = 0; s < n; s++) {
      rewards[s] = (random.nextInt(9) - 4) * scale;
      double up = random.nextDouble() / 2;
      double down = random.nextDouble() / 2;
      for (int k = 0; k < 3; k++) {
        row[3 * s + k] = s;
        column[3 * s + k] = Math.clamp(s + k - 1, 0, n - 1);
        p[3 * s + k] = k == 0 ? down : k == 1 ? 1 - up - down : up;
      }
    }
    return SparseArm.ofTriplets(rewards, row, column, p);
  }

  /** Beliefs (1 + i, 1 + j) of a Bernoulli arm, frozen after so many pulls. */
  static SparseArm beliefs(int pulls) {
    int n = (pulls + 1) * (pulls + 2) / 2;
    double[] rewards = new double[n];
    int[] start = new int[n + 1];
    int[] column = new int[2 * n];
    double[] p = new double[2 * n];
    int e = 0;
    for (int t = 0; t <= pulls; t++) {
      for (int i = 0; i <= t; i++) {
        int s = t * (t + 1) / 2 + i;
        double mean = (1.0 + i) / (2 + t);
        rewards[s] = mean;
        start[s] = e;
        int after = (t + 1) * (t + 2) / 2 + i;
        column[e] = t == pulls ? s : after;
        p[e++] = t == pulls ? 1 : 1 - mean;
        if (t < pulls) {
          column[e] = after + 1;
          p[e++] = mean;
        }
      }
    }
    start[n] = e;
    return SparseArm.of(rewards, start, Arrays.copyOf(column, e), Arrays.copyOf(p, e));
  }

  /** Dense, tied, sparse, absorbing, slow arms against 60 digits, eliminated and alone. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void agreesWithExactSolves(long seed) {
    int n = 1 + (int) (seed % 10);
    double discount = new double[] {0.3, 0.9, 0.999, 1 - 1e-8}[(int) (seed % 4)];
    SmallArms small = SmallArms.random(n, seed);
    double[] exact = ExactIndices.byLargestRemaining(small.rewards(), small.transition(), discount);
    double scale = Arrays.stream(small.rewards()).map(Math::abs).max().orElseThrow();
    SparseArm arm = sparse(small.rewards(), small.transition());
    SparseIndices found = solve(arm, null, discount, PLENTY);
    assertThat(found.eliminated()).isEqualTo(n);
    assertThat(found.certificate().checked()).isEqualTo(n);
    assertThat(found.indices()).as("seed %d", seed).containsExactly(exact, within(1e-14 * scale));
    SparseIndices alone = solve(arm, all(n), discount, 0);
    assertThat(alone.solvedAlone()).isEqualTo(n);
    double bound = alone.certificate().errorBound();
    assertThat(alone.indices())
        .as("seed %d alone", seed)
        .containsExactly(exact, within(bound + 1e-15 * scale));
    assertThat(bound).isLessThanOrEqualTo(discount < 0.99999 ? 1e-10 * scale : 1e-6 * scale);
  }

  @ParameterizedTest(name = "n = {0}")
  @ValueSource(ints = {1, 2, 30, 700})
  void linesAgreeWithTheDenseElimination(int n) {
    SparseArm arm = line(n, n, 1);
    double[] dense;
    try (Workers workers = Workers.of(1)) {
      dense = StateElimination.of(arm.dense(), 0.97, KERNELS, workers).indices();
    }
    SparseIndices found = solve(arm, null, 0.97, PLENTY);
    assertThat(found.eliminatedDense()).isZero();
    assertThat(found.indices()).containsExactly(dense, within(1e-13));
    assertThat(found.certificate().errorBound()).isLessThan(1e-12);
    SparseIndices some = solve(arm, new int[] {n - 1, 0, n - 1}, 0.97, 0);
    assertThat(some.indices())
        .containsExactly(new double[] {dense[n - 1], dense[0], dense[n - 1]}, within(1e-10));
  }

  @Test
  void rowsThatFillUpAreFinishedInADenseMatrix() {
    int n = 1200;
    SplittableRandom random = new SplittableRandom(5);
    int[] row = new int[4 * n];
    int[] column = new int[4 * n];
    double[] p = new double[4 * n];
    double[] rewards = random.doubles(n).toArray();
    for (int e = 0; e < 4 * n; e++) {
      row[e] = e / 4;
      column[e] = random.nextInt(n);
      p[e] = 0.25;
    }
    SparseArm arm = SparseArm.ofTriplets(rewards, row, column, p);
    SparseIndices found = solve(arm, null, 0.95, PLENTY);
    assertThat(found.eliminatedDense()).isBetween(512, n - 1);
    double[] dense;
    try (Workers workers = Workers.of(1)) {
      dense = StateElimination.of(arm.dense(), 0.95, KERNELS, workers).indices();
    }
    assertThat(found.indices()).containsExactly(dense, within(1e-13));
    assertThat(found.certificate().errorBound()).isLessThan(1e-12);
    try (Workers one = Workers.of(1)) {
      SparseIndices again = SparseIndices.of(arm, null, 0.95, PLENTY, KERNELS, one);
      assertThat(again.indices()).containsExactly(found.indices());
      assertThat(again.certificate()).isEqualTo(found.certificate());
    }
  }

  /** A truncated learning arm has a smaller index than the true one, by less each pull. */
  @Test
  void beliefsAgreeWithTheBetaBernoulliIndex() {
    IndexBracket bracket = BetaBernoulliIndex.of(new BetaBernoulliArm(1, 1), 0.8);
    SparseArm arm = beliefs(120);
    for (double bytes : new double[] {PLENTY, 0}) {
      SparseIndices found = solve(arm, new int[] {0}, 0.8, bytes);
      assertThat(found.indices()[0]).isCloseTo(bracket.index(), within(2e-10));
      assertThat(found.certificate().errorBound()).isLessThan(1e-14);
    }
  }

  @ParameterizedTest(name = "rewards times {0}")
  @ValueSource(doubles = {1e-9, 1e9, 0x1p-1000, 0x1p1000})
  void indicesScaleWithTheRewards(double scale) {
    double[] unit = solve(line(300, 7, 1), null, 0.99, PLENTY).indices();
    double[] scaled = solve(line(300, 7, scale), null, 0.99, PLENTY).indices();
    for (int s = 0; s < unit.length; s++) {
      assertThat(scaled[s] / scale).isCloseTo(unit[s], within(1e-13));
    }
  }

  @Test
  void aLargeLineIsSolvedWhole() {
    SparseIndices found = solve(line(100_000, 3, 1), null, 1 - 1e-4, PLENTY);
    assertThat(found.eliminated()).isEqualTo(100_000);
    assertThat(found.certificate().errorBound()).isLessThan(1e-9);
  }

  @Test
  void statesAndDiscountsOutOfRangeAreNamed() {
    SparseArm arm = line(3, 1, 1);
    assertThatThrownBy(() -> solve(arm, new int[] {3}, 0.5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("state must be 0 to 2: 3");
    assertThatThrownBy(() -> solve(arm, null, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("discount must be in [0, 1): 1.0");
  }
}
