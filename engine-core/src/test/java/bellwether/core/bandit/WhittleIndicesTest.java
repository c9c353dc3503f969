package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.bandit.WhittleIndices.Status;
import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhittleIndicesTest {
  private static final Kernels KERNELS = ScalarKernels.INSTANCE;

  private static WhittleIndices solve(RestlessArm arm, double discount) {
    return solve(arm, discount, true);
  }

  private static WhittleIndices solve(RestlessArm arm, double discount, boolean test) {
    try (Workers workers = Workers.of(1)) {
      return WhittleIndices.of(arm, discount, test, KERNELS, workers);
    }
  }

  private static double[] indices(RestlessArm arm, double discount) {
    WhittleIndices solved = solve(arm, discount);
    assertThat(solved.status()).isEqualTo(Status.INDEXABLE);
    return Objects.requireNonNull(solved.indices());
  }

  private static double bound(WhittleIndices solved) {
    return Objects.requireNonNull(solved.certify(KERNELS)).errorBound();
  }

  private static RestlessArm frozen(FiniteArm active) {
    int n = active.states();
    double[] stay = new double[n * n];
    for (int s = 0; s < n; s++) {
      stay[s * n + s] = 1;
    }
    return new RestlessArm(active, MarkovArm.owning(new double[n], stay));
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 120);
  }

  /** Arms of all kinds: bisection for each state, and subsidies scanned for states that return. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithBisection(long seed) {
    int n = 2 + (int) (seed % 7);
    ExactWhittle exact =
        ExactWhittle.random(n, seed, new double[] {0.5, 0.9, 0.97}[(int) (seed % 3)]);
    compare(exact, solve(exact.arm(), exact.discount()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void longRunAverageAgreesWithBisection(long seed) {
    ExactWhittle exact = ExactWhittle.positive(2 + (int) (seed % 7), seed, 1);
    compare(exact, solve(exact.arm(), 1));
  }

  /** Sparse, absorbing and slow chains, where values are up to a million times the rewards. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void discountsNearOneKeepSevenDigits(long seed) {
    ExactWhittle exact = ExactWhittle.random(2 + (int) (seed % 7), seed, 1 - 1e-6);
    WhittleIndices solved = solve(exact.arm(), exact.discount());
    double[] indices = solved.indices();
    if (indices == null) {
      WhittleIndices.Witness witness = Objects.requireNonNull(solved.witness());
      double above = witness.activeAbove();
      assertThat(exact.advantages(above + 1e-7 * (1 + Math.abs(above)))[witness.state()])
          .isGreaterThan(0);
      return;
    }
    double bound = bound(solved);
    for (int s = 0; s < indices.length; s++) {
      double expected = exact.index(s);
      double rounding = 1e-7 * (1 + Math.abs(expected));
      assertThat(indices[s]).as("state %d", s).isCloseTo(expected, within(rounding));
      assertThat(Math.abs(indices[s] - expected)).isLessThanOrEqualTo(bound + rounding);
    }
  }

  private static void compare(ExactWhittle exact, WhittleIndices solved) {
    double[] indices = solved.indices();
    if (indices == null) {
      assertThat(solved.status()).isEqualTo(Status.NOT_INDEXABLE);
      WhittleIndices.Witness witness = Objects.requireNonNull(solved.witness());
      int s = witness.state();
      assertThat(exact.advantages(witness.passiveAt())[s]).isLessThan(1e-11);
      assertThat(exact.advantages(witness.activeAbove())[s]).isCloseTo(0, within(1e-9));
      assertThat(exact.advantages(witness.activeAbove() + 1e-7)[s]).isGreaterThan(1e-11);
      assertThat(witness.activeAbove()).isGreaterThan(witness.passiveAt());
      return;
    }
    assertThat(solved.status()).isEqualTo(Status.INDEXABLE);
    double bound = bound(solved);
    double low = Arrays.stream(indices).min().orElseThrow();
    double high = Arrays.stream(indices).max().orElseThrow();
    assertThat(exact.nested(low - 0.1, high + 0.1, 300)).isTrue();
    for (int s = 0; s < indices.length; s++) {
      double expected = exact.index(s);
      double allowed = 1e-10 * (1 + Math.abs(expected));
      assertThat(indices[s]).as("state %d", s).isCloseTo(expected, within(allowed));
    }
    assertThat(bound).isLessThan(1e-8);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void frozenAndUnpaidIsGittins(long seed) {
    int n = new int[] {1, 2, 9, 40, 73, 150, 200, 301}[(int) (seed % 8)];
    double discount = new double[] {0, 0.5, 0.9, 0.99}[(int) (seed % 4)];
    SmallArms small = SmallArms.random(n, seed);
    try (Workers workers = Workers.of(1)) {
      double[] gittins = StateElimination.of(small.arm(), discount, KERNELS, workers).indices();
      assertThat(indices(frozen(small.arm()), discount)).containsExactly(gittins, within(1e-11));
    }
  }

  @Test
  void oneStateIsWorthTheDifference() {
    RestlessArm arm =
        RestlessArm.of(new double[] {3}, new double[] {1}, new double[] {1}, new double[] {1});
    for (double discount : new double[] {0, 0.9, 1}) {
      assertThat(indices(arm, discount)).containsExactly(2);
      assertThat(bound(solve(arm, 0.9))).isLessThan(1e-12);
    }
  }

  @Test
  void withoutAFutureTheIndexIsTheDifference() {
    ExactWhittle exact = ExactWhittle.random(90, 4, 0);
    double[] expected = new double[90];
    Arrays.setAll(expected, s -> exact.r1()[s] - exact.r0()[s]);
    assertThat(indices(exact.arm(), 0)).containsExactly(expected, within(1e-15));
  }

  /** Recomputed values of the dense random arm, seed 42, discount 0.95. */
  @ParameterizedTest(name = "n = {0}")
  @CsvSource({
    "10, -2.110103861186279, -0.06726511981690922, -0.22996018687396186, 0.2437757265065203,"
        + " -0.028524118952083573, -0.6842469697062623",
    "100, -4.036640822873616, -0.20979506895045558, 0.1613200150705846, 0.2266612107317861,"
        + " -0.17954856111887904, -0.21212580522495442"
  })
  void denseRandomArmMatchesReference(
      int n, double sum, double i0, double i1, double i2, double i3, double i4) {
    double[] indices = indices(RestlessArm.random(n, 42), 0.95);
    assertThat(Arrays.copyOf(indices, 5))
        .containsExactly(new double[] {i0, i1, i2, i3, i4}, within(1e-14));
    assertThat(Arrays.stream(indices).sum()).isCloseTo(sum, within(1e-13));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 24, 25, 63, 64, 65, 72, 73, 74, 145, 146, 200, 257, 300})
  void certificateHoldsAtEveryBlockEdge(int n) {
    for (double discount : new double[] {0.95, 1}) {
      WhittleIndices solved = solve(RestlessArm.random(n, n), discount);
      assertThat(solved.status()).isEqualTo(Status.INDEXABLE);
      WhittleCertificate certificate = Objects.requireNonNull(solved.certify(KERNELS));
      assertThat(certificate.checked()).isEqualTo(n <= 256 ? n : 16);
      assertThat(certificate.rewardResidual()).as("residual").isLessThan(1e-13);
      assertThat(certificate.errorBound())
          .as("bound at " + discount)
          .isLessThan(discount < 1 ? 1e-11 : 1e-9);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-9, 1, 1e9, 1e300})
  void indicesScaleWithRewards(double scale) {
    ExactWhittle exact = ExactWhittle.random(60, 3, 0.9);
    double[] expected = indices(exact.arm(), 0.9);
    double[] r1 = Arrays.stream(exact.r1()).map(r -> r * scale).toArray();
    double[] r0 = Arrays.stream(exact.r0()).map(r -> r * scale).toArray();
    WhittleIndices solved = solve(RestlessArm.of(r1, exact.p1(), r0, exact.p0()), 0.9);
    double[] scaled = Objects.requireNonNull(solved.indices());
    for (int s = 0; s < expected.length; s++) {
      assertThat(scaled[s] / scale).isCloseTo(expected[s], within(1e-12));
    }
    assertThat(bound(solved)).isLessThan(1e-10 * scale);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.9, 1})
  void aShiftOfAllRewardsChangesNothing(double discount) {
    ExactWhittle exact = ExactWhittle.positive(50, 5, discount);
    double[] r1 = Arrays.stream(exact.r1()).map(r -> r + 1000).toArray();
    double[] r0 = Arrays.stream(exact.r0()).map(r -> r + 1000).toArray();
    assertThat(indices(RestlessArm.of(r1, exact.p1(), r0, exact.p0()), discount))
        .containsExactly(indices(exact.arm(), discount), within(1e-9));
  }

  /** Each state twice, its probabilities shared between the two: every index twice. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void duplicatedStatesHaveTheSameIndex(long seed) {
    int n = 45;
    ExactWhittle exact = ExactWhittle.positive(n, seed, 0.9);
    WhittleIndices solved =
        solve(
            RestlessArm.of(
                twice(exact.r1(), 1),
                twiceBoth(exact.p1()),
                twice(exact.r0(), 1),
                twiceBoth(exact.p0())),
            0.9);
    assertThat(solved.status()).isEqualTo(Status.INDEXABLE);
    assertThat(solved.indices())
        .containsExactly(twice(indices(exact.arm(), 0.9), 1), within(1e-13));
    assertThat(bound(solved)).isLessThan(1e-11);
  }

  private static double[] twice(double[] x, double weight) {
    double[] both = new double[2 * x.length];
    Arrays.setAll(both, i -> x[i / 2] * weight);
    return both;
  }

  private static double[] twiceBoth(double[] p) {
    int n = (int) Math.sqrt(p.length);
    double[] all = new double[4 * n * n];
    for (int s = 0; s < 2 * n; s++) {
      double[] row = twice(Arrays.copyOfRange(p, s / 2 * n, s / 2 * n + n), 0.5);
      System.arraycopy(row, 0, all, s * 2 * n, 2 * n);
    }
    return all;
  }

  @Test
  void equalStatesAllHaveTheSameIndex() {
    int n = 100;
    double[] uniform = new double[n * n];
    Arrays.fill(uniform, 1.0 / n);
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    RestlessArm arm = RestlessArm.of(ones, uniform, new double[n], uniform);
    for (double discount : new double[] {0.5, 1}) {
      assertThat(indices(arm, discount)).containsExactly(ones, within(1e-13));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void averageIsTheLimitOfDiscounts(long seed) {
    RestlessArm arm = RestlessArm.random(30 + (int) seed * 9, seed);
    double[] average = indices(arm, 1);
    assertThat(indices(arm, 1 - 1e-8)).containsExactly(average, within(1e-7));
    assertThat(bound(solve(arm, 1 - 1e-8))).isLessThan(1e-9);
  }

  /** Published and recomputed small arms, long-run average. */
  @Test
  void publishedAverageArms() {
    assertThat(
            indices(
                RestlessArm.of(
                    new double[] {1, 0, 0},
                    new double[] {0, 0, 1, 0, 0, 1, 0, 0, 1},
                    new double[] {0, 0, 10},
                    new double[] {0, 1, 0, 1, 0, 0, 0, 1, 0}),
                1))
        .containsExactly(new double[] {11, 8, -10}, within(1e-13));
    double[] p0 = {
      0.363, 0.503, 0.134, 0.082, 0.754, 0.164, 0.246 / 0.999, 0.029 / 0.999, 0.724 / 0.999
    };
    double[] p1 = {0.172, 0.175, 0.653, 0.055, 0.931, 0.014, 0.155, 0.627, 0.218};
    double[] none = new double[3];
    assertThat(indices(RestlessArm.of(new double[] {0.441, 0.803, 0.426}, p1, none, p0), 1))
        .containsExactly(
            new double[] {0.29935171088380014, 0.803, 0.7020913319226704}, within(1e-13));
  }

  /** Avrachenkov and Borkar's restart arm, recomputed in fractions. */
  @ParameterizedTest
  @CsvSource({
    "1, -0.9, -0.729, -0.50949, -0.2587869, 0.009892611",
    "0.9, -0.9, -0.7371, -0.5373459, -0.3188251611, -0.0939135424419"
  })
  void restartArm(double discount, double i0, double i1, double i2, double i3, double i4) {
    double[] r0 = {0.9, 0.81, 0.7290000000000001, 0.6561, 0.5904900000000001};
    double[] p0 = new double[25];
    double[] p1 = new double[25];
    for (int s = 0; s < 5; s++) {
      p0[s * 5] += 0.1;
      p0[s * 5 + Math.min(s + 1, 4)] += 0.9;
      p1[s * 5] = 1;
    }
    assertThat(indices(RestlessArm.of(new double[5], p1, r0, p0), discount))
        .containsExactly(new double[] {i0, i1, i2, i3, i4}, within(1e-14));
  }

  @Test
  void tellsWhatIsNotIndexable() {
    double[] p0 = {0.005, 0.793, 0.202, 0.027, 0.558, 0.415, 0.736, 0.249, 0.015};
    double[] p1 = {0.718, 0.254, 0.028, 0.347, 0.097, 0.556, 0.015, 0.956, 0.029};
    double[] r1 = {0.699, 0.362, 0.715};
    ExactWhittle exact = new ExactWhittle(r1, p1, new double[3], p0, 0.9);
    WhittleIndices solved = solve(exact.arm(), 0.9);
    assertThat(solved.status()).isEqualTo(Status.NOT_INDEXABLE);
    assertThat(solved.indices()).isNull();
    assertThat(solved.certify(KERNELS)).isNull();
    assertThat(exact.nested(-2, 2, 4000)).isFalse();
    compare(exact, solved);
    assertThat(solve(exact.arm(), 0.9, false).status()).isEqualTo(Status.NOT_TESTED);
  }

  @Test
  void withoutTheTestIndicesAreTheSameBits() {
    RestlessArm arm = RestlessArm.random(200, 9);
    WhittleIndices quick = solve(arm, 0.95, false);
    assertThat(quick.status()).isEqualTo(Status.NOT_TESTED);
    assertThat(quick.indices()).isEqualTo(solve(arm, 0.95).indices());
  }

  @Test
  void averagesThatDependOnTheStartAreMultichain() {
    double[] stay = {1, 0, 0, 1};
    double[] mix = {0.5, 0.5, 0.5, 0.5};
    double[] r = {1, 2};
    double[] none = new double[2];
    // Always active already; and passive in both states, which the path comes to.
    for (double[][] p : new double[][][] {{stay, mix}, {mix, stay}}) {
      WhittleIndices solved = solve(RestlessArm.of(r, p[0], none, p[1]), 1);
      assertThat(solved.status()).isEqualTo(Status.MULTICHAIN);
      assertThat(solved.indices()).isNull();
      assertThat(solve(RestlessArm.of(r, p[0], none, p[1]), 0.999).status())
          .isEqualTo(Status.INDEXABLE);
    }
  }

  /**
   * Passive, state 1 keeps the arm from the class that earns more: no subsidy makes up for that.
   */
  @Test
  void stateThatLeavesForTheBetterClassStaysActive() {
    double[] p1 = {1, 0, 1, 0};
    double[] p0 = {1, 0, 0, 1};
    WhittleIndices solved =
        solve(RestlessArm.of(new double[] {5, 0}, p1, new double[] {5, 0}, p0), 1);
    // Active leads to 5 + max(0, subsidy) a period, passive forever to the subsidy: less.
    assertThat(solved.status()).isEqualTo(Status.INDEXABLE);
    assertThat(solved.indices()).containsExactly(0, Double.POSITIVE_INFINITY);
  }

  /** No state is shared by all rows, so one step contracts nothing, but all policies come to 0. */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1e-3, 1e-6})
  void averagesOfSlowArmsHaveABound(double rare) {
    double[] p1 = {0, 1, 0, 0, 0, 1, 1, 0, 0};
    double[] p0 = {1 - rare, rare, 0, rare, 1 - rare, 0, 0, rare, 1 - rare};
    RestlessArm arm = RestlessArm.of(new double[] {0, 0.4, 1}, p1, new double[] {0.1, 0, 0.2}, p0);
    // Rounding of values of 1 / rare, times as many steps, over slopes of about rare.
    double steps = 1 / rare + 1;
    double most = 1e-13 * steps * steps * steps;
    WhittleIndices solved = solve(arm, 1);
    if (solved.status() == Status.INDEXABLE) {
      assertThat(bound(solved)).isLessThan(most);
    }
    WhittleIndices discounted = solve(arm, 1 - 1e-8);
    if (discounted.status() == Status.INDEXABLE) {
      assertThat(bound(discounted)).isLessThan(most);
    }
    assertThat(WorstHitting.bound(arm, 0)).isBetween(1 / rare, 4 / rare + 4);
  }

  @Test
  void hittingTimesAreThoseOfTheSlowestPolicy() {
    // From 2 active to 1 in one step, passive in four; from 1 to 0 in two, or one.
    double[] p1 = {1, 0, 0, 0.5, 0.5, 0, 0, 1, 0};
    double[] p0 = {1, 0, 0, 1, 0, 0, 0, 0.25, 0.75};
    RestlessArm arm = RestlessArm.of(new double[3], p1, new double[3], p0);
    assertThat(WorstHitting.bound(arm, 0)).isCloseTo(6, within(1e-12));
    RestlessArm apart =
        RestlessArm.of(
            new double[2], new double[] {1, 0, 0, 1}, new double[2], new double[] {1, 0, 1, 0});
    assertThat(WorstHitting.bound(apart, 0)).isInfinite();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void bitsDoNotDependOnThreads(int threads) {
    RestlessArm arm = RestlessArm.random(1100, 7);
    try (Workers workers = Workers.of(threads)) {
      WhittleIndices together = WhittleIndices.of(arm, 0.95, true, KERNELS, workers);
      WhittleIndices alone = solve(arm, 0.95);
      assertThat(together.indices()).isEqualTo(alone.indices());
      assertThat(together.certify(KERNELS)).isEqualTo(alone.certify(KERNELS));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.5, Double.NaN})
  void refusesDiscount(double discount) {
    assertThatThrownBy(() -> solve(RestlessArm.random(2, 1), discount))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("discount must be in [0, 1]: " + discount);
  }

  @Test
  void refusesArmsThatDoNotMatch() {
    assertThatThrownBy(() -> new RestlessArm(new RandomArm(2, 1), new RandomArm(3, 1)))
        .hasMessage("passive must have as many states as active, 2: 3");
    double[] one = {1};
    assertThatThrownBy(() -> RestlessArm.of(one, one, one, new double[] {0.5}))
        .hasMessage("passive transition row 0 sums to 0.5, expected 1 +- 1.0E-9");
  }

  @Test
  void stopsWhenInterrupted() {
    RestlessArm arm = RestlessArm.random(300, 1);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> solve(arm, 0.5)).isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
