package bellwether.core.mdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Team;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sweeps by groups of neighbours against the explicit model, and against sweeps block by block. */
class NeighbourGroupsTest {
  /** No agents are fused, and blocks have the last two. */
  private static final ProductLayout GROUPED = new ProductLayout(1, 1, 1 << 14, 0.2, 1);

  /** Blocks of a row each, which are not grouped. */
  private static final ProductLayout SINGLE = new ProductLayout(1, 1, 1, 0.2, 1 << 18);

  private static final double DISCOUNT = 0.9;

  static Stream<Arguments> shapes() {
    return Stream.of(
        Arguments.of(1, new int[] {2, 8, 8}),
        Arguments.of(2, new int[] {7, 8, 9}),
        Arguments.of(3, new int[] {9, 8, 16}),
        Arguments.of(4, new int[] {3, 33, 20}),
        Arguments.of(5, new int[] {5, 6, 9, 11}),
        Arguments.of(6, new int[] {20, 3, 8, 10}),
        Arguments.of(7, new int[] {2, 3, 4, 12, 9}),
        Arguments.of(8, new int[] {2, 2, 2, 3, 8, 9}));
  }

  /** Every agent moves to one of two types, or from some types for sure. */
  private static ProductMdp model(long seed, int... types) {
    return RandomProducts.pairs(seed, 1, 1, types);
  }

  /** The same for several actions, of which some types allow only some. */
  private static ProductMdp model(long seed, int actions, int[] types) {
    return RandomProducts.pairs(seed, actions, 1, types);
  }

  /** T^sweeps h - drifts, T h - drift being what one sweep makes. */
  private static double[] sweeps(
      ProductPlan plan, double[] h, int sweeps, boolean keep, int threads, Kernels kernels) {
    ProductSweep sweep = new ProductSweep(plan, DISCOUNT, kernels);
    sweep.vectors().set(h, 1, 0);
    try (Workers workers = Workers.of(threads);
        Team team = new Team(workers)) {
      for (int k = 0; k < sweeps; k++) {
        sweep.begin(5, 0.25, k % 3 == 0, keep);
        sweep.sweep(team);
        if (keep) {
          sweep.vectors().mixImage(0.125, team);
        }
        sweep.vectors().takeImage();
      }
      return sweep.vectors().vector(team);
    }
  }

  @ParameterizedTest(name = "seed {0}, types {1}")
  @MethodSource("shapes")
  void sweepsAreThoseOfTheExplicitModel(long seed, int[] types) {
    checkSweeps(model(seed, types), seed);
    checkSweeps(model(seed, 3, types), seed);
  }

  private static void checkSweeps(ProductMdp model, long seed) {
    SparseMdp joint = RandomProducts.explicit(model);
    int n = model.states();
    for (Objective objective : Objective.values()) {
      ProductPlan plan = new ProductPlan(model, objective.sign(), GROUPED);
      assertThat(plan.groups).isNotNull();
      double[] h = new SplittableRandom(seed).doubles(n, -5, 5).toArray();
      double[] expected = h;
      for (int sweeps = 0; sweeps <= 4; sweeps++) {
        double[] found = sweeps(plan, h, sweeps, false, 1, ScalarKernels.INSTANCE);
        for (int s = 0; s < n; s++) {
          assertThat(found[s])
              .as("sweep %d state %d", sweeps, s)
              .isEqualTo(expected[s], within(1e-13));
        }
        for (int threads = 1; threads <= 3; threads++) {
          assertThat(sweeps(plan, h, sweeps, false, threads, Kernels.best())).isEqualTo(found);
        }
        double[] next = new double[n];
        for (int s = 0; s < n; s++) {
          next[s] = Double.NEGATIVE_INFINITY;
          for (int k = joint.firstRow(s); k < joint.firstRow(s + 1); k++) {
            double backup = joint.backup(k, expected, DISCOUNT, objective.sign());
            next[s] = Math.max(next[s], backup - 0.25);
          }
        }
        expected = next;
      }
    }
  }

  @ParameterizedTest(name = "seed {0}, types {1}")
  @MethodSource("shapes")
  void boundsAndSizesAreThoseOfAllStates(long seed, int[] types) {
    ProductMdp model = model(seed, types);
    double[] h = new SplittableRandom(seed).doubles(model.states(), -5, 5).toArray();
    List<double[]> found = new ArrayList<>();
    for (ProductLayout layout : List.of(GROUPED, SINGLE)) {
      ProductSweep sweep =
          new ProductSweep(new ProductPlan(model, 1, layout), DISCOUNT, Kernels.best());
      sweep.vectors().set(h, 1, 0);
      try (Workers workers = Workers.of(2);
          Team team = new Team(workers)) {
        for (int k = 0; k < 3; k++) {
          sweep.begin(9, 0.25, true, false);
          sweep.sweep(team);
          sweep.vectors().takeImage();
          found.add(new double[] {sweep.low(), sweep.high(), sweep.imageSize()});
        }
      }
    }
    for (int k = 0; k < 3; k++) {
      assertThat(found.get(k)).containsExactly(found.get(k + 3), within(1e-13));
    }
  }

  @ParameterizedTest(name = "seed {0}, types {1}")
  @MethodSource("shapes")
  void whatIsKeptIsMixedWithItsImage(long seed, int[] types) {
    ProductMdp model = model(seed, types);
    double[] h = new SplittableRandom(seed).doubles(model.states(), -5, 5).toArray();
    ProductPlan grouped = new ProductPlan(model, 1, GROUPED);
    ProductPlan single = new ProductPlan(model, 1, SINGLE);
    assertThat(single.groups).isNull();
    assertThat(sweeps(grouped, h, 5, true, 2, Kernels.best()))
        .containsExactly(sweeps(single, h, 5, true, 1, Kernels.best()), within(1e-13));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 12, 40})
  void oneOuterAgentMakesPiecesForThreads(int types) {
    ProductPlan plan = new ProductPlan(model(1, types, 8, 9), 1, GROUPED);
    assertThat(plan.groups).isNotNull();
    assertThat(plan.pieces).isBetween(Math.min(types, 16), types);
  }

  @Test
  void solvesAreTheSameOnAnyNumberOfThreads() {
    ProductMdp model = model(77, 30, 9, 40, 25);
    List<Solution> solutions = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = Workers.of(threads)) {
        solutions.add(
            MdpSolver.solve(
                MdpProblem.maximize(model, 0.99),
                SolveOptions.DEFAULT.withTolerance(1e-9),
                workers));
      }
    }
    assertThat(solutions.get(0).converged()).isTrue();
    assertThat(solutions.get(0).policy()).containsOnly(0).hasSize(model.states());
    for (Solution other : solutions) {
      assertThat(other.value()).isEqualTo(solutions.get(0).value());
      assertThat(other.upperGap()).isEqualTo(solutions.get(0).upperGap());
      assertThat(other.sweeps()).isEqualTo(solutions.get(0).sweeps());
    }
    // Each state's value is the reward and the discounted mean of those of its successors.
    double[] value = solutions.get(0).value();
    SplittableRandom random = new SplittableRandom(1);
    for (int k = 0; k < 200; k++) {
      int s = random.nextInt(model.states());
      assertThat(value[s])
          .isEqualTo(model.reward(s, 0) + 0.99 * mean(model, value, 0, s, 0), within(1e-8));
    }
  }

  @ParameterizedTest(name = "seed {0}, types {1}")
  @MethodSource("shapes")
  void choicesAreThoseOfTheExplicitModel(long seed, int[] types) {
    ProductMdp model = model(seed, 4, types);
    assertThat(new ProductPlan(model, 1, GROUPED).groups).isNotNull();
    SparseMdp joint = RandomProducts.explicit(model);
    for (Objective objective : Objective.values()) {
      // Horizons of even and odd length: blocks lie turned at the end, or not.
      for (int horizon : new int[] {1, 2, 5}) {
        try (Workers workers = Workers.of(2)) {
          MdpProblem problem = new MdpProblem(model, objective, 0.9);
          Solution solution = FiniteHorizon.solve(problem, horizon, null, workers);
          Solution explicit =
              FiniteHorizon.solve(new MdpProblem(joint, objective, 0.9), horizon, null, workers);
          assertThat(solution.value()).containsExactly(explicit.value(), within(1e-12));
          assertThat(solution.policy()).isEqualTo(explicit.policy());
          Solution infinite =
              ProductIteration.solve(problem, model, SolveOptions.DEFAULT, workers, GROUPED);
          Solution other =
              ProductIteration.solve(problem, model, SolveOptions.DEFAULT, workers, SINGLE);
          assertThat(infinite.policy()).isEqualTo(other.policy());
          assertThat(infinite.value())
              .containsExactly(other.value(), within(infinite.upperGap() + other.upperGap()));
        }
      }
    }
  }

  @Test
  void whatWasStoppedGoesOnToTheSameAnswer() {
    MdpProblem problem = MdpProblem.maximize(model(9, 6, 7, 12, 33), 0.99);
    try (Workers workers = Workers.of(2)) {
      Solution whole = MdpSolver.solve(problem, SolveOptions.DEFAULT, workers);
      SolveOptions stopping = SolveOptions.DEFAULT.reporting((sweeps, gap) -> sweeps < 5);
      Solution part = MdpSolver.solve(problem, stopping, workers);
      assertThat(part.converged()).isFalse();
      Solution rest = MdpSolver.solve(problem, SolveOptions.DEFAULT.from(part.value()), workers);
      assertThat(rest.converged()).isTrue();
      assertThat(rest.sweeps()).isLessThanOrEqualTo(whole.sweeps());
      for (int s = 0; s < whole.value().length; s++) {
        assertThat(rest.value()[s])
            .isEqualTo(whole.value()[s], within(rest.upperGap() + whole.upperGap()));
        assertThat(part.value()[s])
            .isEqualTo(whole.value()[s], within(part.upperGap() + whole.upperGap()));
      }
    }
  }

  private static double mean(ProductMdp model, double[] value, int agent, int state, int place) {
    if (agent == model.agents()) {
      return value[place];
    }
    double[] sum = {0};
    model
        .agent(agent)
        .transition(0)
        .forEachSuccessor(
            model.type(state, agent),
            (u, p) ->
                sum[0] +=
                    p * mean(model, value, agent + 1, state, place + u * model.stride(agent)));
    return sum[0];
  }

  @Test
  void finiteHorizonsAndAveragesAreThoseOfTheExplicitModel() {
    ProductMdp model = model(5, 3, 10, 33);
    assertThat(new ProductPlan(model, 1, ProductLayout.DEFAULT).groups).isNotNull();
    SparseMdp joint = RandomProducts.explicit(model);
    double[] terminal = new SplittableRandom(2).doubles(model.states(), -1, 1).toArray();
    try (Workers workers = Workers.of(2)) {
      for (int horizon : new int[] {1, 2, 7}) {
        Solution solution =
            FiniteHorizon.solve(MdpProblem.maximize(model, 1), horizon, terminal, workers);
        Solution explicit =
            FiniteHorizon.solve(MdpProblem.maximize(joint, 1), horizon, terminal, workers);
        assertThat(solution.value()).containsExactly(explicit.value(), within(1e-13));
        assertThat(solution.policy()).isEqualTo(explicit.policy());
      }
      SolveOptions options = SolveOptions.DEFAULT.withTolerance(1e-6).atMost(20_000);
      Solution solution = AverageReward.solve(MdpProblem.maximize(model, 1), options, workers);
      Solution explicit = AverageReward.solve(MdpProblem.maximize(joint, 1), options, workers);
      assertThat(solution.gain())
          .isEqualTo(explicit.gain(), within(solution.gainGap() + explicit.gainGap()));
    }
  }

  @Test
  void aHundredMillionStatesTakeLessThanThreeGigabytes() {
    ProductMdp model = model(1, 100, 100, 100, 100);
    // Two slots a block, rows of 100 with room for 104, and the values by joint state; or slots of
    // floats beside those of doubles, rows with room for 112.
    assertThat(ProductPlan.bytes(model, ProductLayout.DEFAULT, false))
        .isEqualTo(8 * (2 * 1.04e8 + 1e8), within(1e3));
    assertThat(ProductPlan.bytes(model, ProductLayout.DEFAULT, true))
        .isEqualTo(8 * 2 * 1.04e8 + 4 * 2 * 1.12e8, within(1e3));
    ProductMdp small = model(1, 3, 4, 5);
    assertThat(ProductPlan.bytes(small, ProductLayout.DEFAULT, true)).isEqualTo(20 * 60);
  }

  @Test
  void rowsThatShareSuccessorsAreVisitedTogether() {
    ProductMdp model = model(3, 100, 9, 9);
    int[] order = VisitingOrder.of(model, 0, 2);
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(java.util.stream.IntStream.range(0, 100).toArray());
    TypeTransition p = model.agent(0).transition(0);
    int shared = 0;
    for (int k = 1; k < 100; k++) {
      boolean one = false;
      for (int e = p.start(order[k]); e < p.start(order[k] + 1); e++) {
        for (int f = p.start(order[k - 1]); f < p.start(order[k - 1] + 1); f++) {
          one |= p.successor(e) == p.successor(f);
        }
      }
      shared += one ? 1 : 0;
    }
    assertThat(shared).isGreaterThan(60);
  }
}
