package bellwether.core.mdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Team;
import bellwether.core.parallel.Workers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductSolveTest {
  /**
   * Everything fused, nothing fused with one row a block, many blocks of a few rows; dense or not.
   */
  private static final List<ProductLayout> LAYOUTS =
      List.of(
          ProductLayout.DEFAULT,
          new ProductLayout(1, 1, 1, 1, 1 << 18),
          new ProductLayout(1, 1, 1, 0, 1 << 18),
          new ProductLayout(1, 1, 64, 0, 1 << 18),
          new ProductLayout(8, 16, 1, 1, 1 << 18),
          new ProductLayout(8, 16, 64, 0, 1 << 18),
          new ProductLayout(1, 1, 1 << 14, 1, 1 << 18),
          new ProductLayout(1000, 1000, 1000, 0.1, 1 << 18));

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  private static Solution solve(
      MdpProblem problem, SolveOptions options, int threads, ProductLayout layout) {
    try (Workers workers = Workers.of(threads)) {
      return ProductIteration.solve(
          problem, (ProductMdp) problem.model(), options, workers, layout);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyLayoutBacksUpAsTheExplicitModelDoes(long seed) {
    ProductMdp model = RandomProducts.small(seed, 1);
    checkSweeps(model, seed);
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        Arguments.of(1, new int[] {70}),
        Arguments.of(2, new int[] {13, 11}),
        Arguments.of(3, new int[] {3, 41}),
        Arguments.of(4, new int[] {41, 3}),
        Arguments.of(5, new int[] {9, 8, 7}),
        Arguments.of(6, new int[] {2, 3, 2, 3, 2, 3}),
        Arguments.of(7, new int[] {2, 2, 2, 2, 2, 2, 2, 2}),
        Arguments.of(8, new int[] {1, 5, 1, 6, 1}),
        Arguments.of(9, new int[] {6, 5, 4, 5}));
  }

  @ParameterizedTest(name = "seed {0}, types {1}")
  @MethodSource("shapes")
  void everyLayoutBacksUpAsTheExplicitModelDoes(long seed, int[] types) {
    checkSweeps(RandomProducts.of(seed, 1, 3, types), seed);
    checkSweeps(RandomProducts.twoSuccessors(seed, false, types), seed);
    checkSweeps(RandomProducts.twoSuccessors(seed, true, types), seed);
    checkSweeps(RandomProducts.exogenous(seed, 4, false, types), seed);
    checkSweeps(RandomProducts.exogenous(seed, 4, true, types), seed);
  }

  @Test
  void actionsUnderWhichAllMoveTheSameWayAreTakenTogether() {
    ProductMdp all = RandomProducts.exogenous(6, 4, false, 5, 7, 6);
    assertThat(new ProductPlan(all, 1, ProductLayout.DEFAULT).alike)
        .isDeepEqualTo(new int[][] {{0, 1, 2, 3}});
    ProductMdp butLast = RandomProducts.exogenous(6, 4, true, 5, 7, 6);
    assertThat(new ProductPlan(butLast, 1, ProductLayout.DEFAULT).alike)
        .isDeepEqualTo(new int[][] {{0, 1, 2}, {3}});
    for (ProductMdp model : List.of(all, butLast)) {
      try (Workers workers = Workers.of(2)) {
        MdpProblem joint = MdpProblem.maximize(RandomProducts.explicit(model), 0.95);
        Solution explicit = MdpSolver.solve(joint, SolveOptions.DEFAULT, workers);
        Solution solution =
            MdpSolver.solve(MdpProblem.maximize(model, 0.95), SolveOptions.DEFAULT, workers);
        assertThat(solution.policy()).isEqualTo(explicit.policy());
        assertThat(solution.value()).containsExactly(explicit.value(), within(2e-6));
      }
    }
  }

  private static void checkSweeps(ProductMdp model, long seed) {
    SparseMdp joint = RandomProducts.explicit(model);
    int n = model.states();
    double[] h = new SplittableRandom(seed).doubles(n, -5, 5).toArray();
    for (Objective objective : Objective.values()) {
      double[] expected = new double[n];
      for (int s = 0; s < n; s++) {
        expected[s] = Double.NEGATIVE_INFINITY;
        for (int k = joint.firstRow(s); k < joint.firstRow(s + 1); k++) {
          expected[s] = Math.max(expected[s], joint.backup(k, h, 0.9, objective.sign()));
        }
      }
      for (ProductLayout layout : LAYOUTS) {
        ProductPlan plan = new ProductPlan(model, objective.sign(), layout);
        double[] first = checkSweep(plan, layout, h, expected, 1, ScalarKernels.INSTANCE);
        assertThat(checkSweep(plan, layout, h, expected, 2, Kernels.best())).isEqualTo(first);
        assertThat(checkSweep(plan, layout, h, expected, 3, Kernels.best())).isEqualTo(first);
      }
    }
  }

  private static double[] checkSweep(
      ProductPlan plan,
      ProductLayout layout,
      double[] h,
      double[] expected,
      int threads,
      Kernels kernels) {
    ProductSweep sweep = new ProductSweep(plan, 0.9, kernels);
    sweep.vectors().set(h, 1, 0);
    double[] out;
    try (Workers workers = Workers.of(threads);
        Team team = new Team(workers)) {
      sweep.begin(5, 0.25, true, false);
      sweep.sweep(team);
      sweep.vectors().takeImage();
      out = sweep.vectors().vector(team);
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double largest = 0;
    double worst = 0;
    for (int s = 0; s < h.length; s++) {
      worst = Math.max(worst, Math.abs(out[s] + 0.25 - expected[s]));
      least = Math.min(least, expected[s] - h[s]);
      most = Math.max(most, expected[s] - h[s]);
      largest = Math.max(largest, Math.abs(out[s]));
    }
    assertThat(worst).as(layout.toString()).isLessThan(sweep.rounding() + 1e-14);
    assertThat(sweep.low()).isEqualTo(least, within(1e-13));
    assertThat(sweep.high()).isEqualTo(most, within(1e-13));
    assertThat(sweep.imageSize()).isEqualTo(largest);
    assertThat(sweep.rounding()).isLessThan(1e-12);
    return out;
  }

  static Stream<Arguments> exactCases() {
    double[] discounts = {0, 0.5, 0.9, 0.99, 1 - 1e-9};
    double[] scales = {1, 1e-9, 1e9};
    return LongStream.range(0, 30)
        .mapToObj(
            seed -> Arguments.of(seed, discounts[(int) (seed % 5)], scales[(int) (seed / 5 % 3)]));
  }

  @ParameterizedTest(name = "seed {0}, discount {1}, rewards {2}")
  @MethodSource("exactCases")
  void boundsHoldTheExactValues(long seed, double discount, double scale) {
    int[][] shapes = {{2, 3, 2}, {3, 3}, {11}, {2, 2, 2}, {1, 4, 2}};
    ProductMdp model = RandomProducts.of(seed, scale, 3, shapes[(int) (seed % shapes.length)]);
    SparseMdp joint = RandomProducts.explicit(model);
    for (Objective objective : Objective.values()) {
      BigDecimal[] exact = ExactMdp.values(joint, objective, discount);
      for (ProductLayout layout : LAYOUTS.subList(0, 3)) {
        Solution solution =
            solve(
                new MdpProblem(model, objective, discount),
                SolveOptions.DEFAULT.atMost(5000),
                2,
                layout);
        for (int s = 0; s < exact.length; s++) {
          // The explicit rows are products, rounded: allow for that.
          double slack = 1e-15 * scale / Math.pow(1 - discount, 2) + 1e-15 * scale;
          assertThat(solution.value()[s] - solution.lowerGap())
              .as("%s state %s", layout, s)
              .isLessThanOrEqualTo(exact[s].doubleValue() + slack);
          assertThat(solution.value()[s] + solution.upperGap())
              .as("%s state %s", layout, s)
              .isGreaterThanOrEqualTo(exact[s].doubleValue() - slack);
        }
        if (discount <= 0.9) {
          assertThat(solution.converged()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SolveMethod.class)
  void everyMethodIsValueIterationHereAndSaysSo(SolveMethod method) {
    ProductMdp model = RandomProducts.of(4, 1, 2, 5, 6, 3);
    MdpProblem problem = MdpProblem.maximize(model, 0.9);
    try (Workers workers = Workers.of(2)) {
      Solution solution = MdpSolver.solve(problem, SolveOptions.DEFAULT.with(method), workers);
      Solution explicit =
          MdpSolver.solve(
              MdpProblem.maximize(RandomProducts.explicit(model), 0.9),
              SolveOptions.DEFAULT,
              workers);
      assertThat(solution.method()).isEqualTo(SolveMethod.VALUE_ITERATION);
      assertThat(solution.converged()).isTrue();
      assertThat(solution.policy()).isEqualTo(explicit.policy());
      for (int s = 0; s < model.states(); s++) {
        assertThat(solution.value()[s])
            .isEqualTo(explicit.value()[s], within(solution.upperGap() + explicit.upperGap()));
      }
    }
  }

  @Test
  void bitsDoNotDependOnThreads() {
    ProductMdp model = RandomProducts.of(77, 1, 3, 12, 9, 30, 20);
    List<Solution> solutions = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      solutions.add(
          solve(
              MdpProblem.maximize(model, 0.95),
              SolveOptions.DEFAULT,
              threads,
              ProductLayout.DEFAULT));
    }
    for (Solution other : solutions) {
      assertThat(other.converged()).isTrue();
      assertThat(other.value()).isEqualTo(solutions.get(0).value());
      assertThat(other.policy()).isEqualTo(solutions.get(0).policy());
      assertThat(other.sweeps()).isEqualTo(solutions.get(0).sweeps());
    }
  }

  @Test
  void whatWasStoppedGoesOnToTheSameAnswer() {
    ProductMdp model = RandomProducts.of(5, 1, 3, 5, 4, 6);
    MdpProblem problem = MdpProblem.maximize(model, 0.99);
    try (Workers workers = Workers.of(2)) {
      Solution whole = MdpSolver.solve(problem, SolveOptions.DEFAULT, workers);
      SolveOptions stopping = SolveOptions.DEFAULT.reporting((sweeps, gap) -> sweeps < 4);
      Solution part = MdpSolver.solve(problem, stopping, workers);
      assertThat(part.converged()).isFalse();
      Solution rest = MdpSolver.solve(problem, SolveOptions.DEFAULT.from(part.value()), workers);
      assertThat(rest.converged()).isTrue();
      assertThat(rest.sweeps()).isLessThanOrEqualTo(whole.sweeps() + 2);
      for (int s = 0; s < model.states(); s++) {
        assertThat(rest.value()[s])
            .isEqualTo(whole.value()[s], within(rest.upperGap() + whole.upperGap()));
        assertThat(part.value()[s])
            .isEqualTo(whole.value()[s], within(part.upperGap() + whole.upperGap()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9})
  void finiteHorizonsAreBackwardInduction(int horizon) {
    for (long seed = 300; seed < 312; seed++) {
      ProductMdp model = RandomProducts.small(seed, 1);
      SparseMdp joint = RandomProducts.explicit(model);
      double[] terminal = new SplittableRandom(seed).doubles(model.states(), -1, 1).toArray();
      for (Objective objective : Objective.values()) {
        try (Workers workers = Workers.of(2)) {
          Solution solution =
              FiniteHorizon.solve(new MdpProblem(model, objective, 1), horizon, terminal, workers);
          Solution explicit =
              FiniteHorizon.solve(new MdpProblem(joint, objective, 1), horizon, terminal, workers);
          assertThat(solution.policy()).as("seed " + seed).isEqualTo(explicit.policy());
          for (int s = 0; s < model.states(); s++) {
            assertThat(solution.value()[s])
                .as("seed " + seed)
                .isEqualTo(explicit.value()[s], within(solution.upperGap() + explicit.upperGap()));
          }
        }
      }
    }
  }

  @Test
  void averagesAreThoseOfTheExplicitModel() {
    for (long seed = 400; seed < 410; seed++) {
      ProductMdp model = RandomProducts.twoSuccessors(seed, false, 3, 4, 2);
      try (Workers workers = Workers.of(2)) {
        SolveOptions options = SolveOptions.DEFAULT.withTolerance(1e-6).atMost(20_000);
        Solution solution = AverageReward.solve(MdpProblem.maximize(model, 1), options, workers);
        Solution explicit =
            AverageReward.solve(
                MdpProblem.maximize(RandomProducts.explicit(model), 1), options, workers);
        assertThat(solution.gain())
            .as("seed " + seed)
            .isEqualTo(explicit.gain(), within(solution.gainGap() + explicit.gainGap()));
      }
    }
  }

  @Test
  void theLowestOfEqualActionsIsChosen() {
    double[][] value = {{0.9, 0.9}, {1, 1}, {1, 1}};
    double[][] flip = {{0, 1}, {1, 0}};
    ProductAgent agent = ProductAgent.of(value, new double[][][] {flip, flip, flip});
    ProductMdp model = ProductMdp.of(new double[3], List.of(agent, agent));
    try (Workers workers = Workers.of(1)) {
      Solution solution =
          MdpSolver.solve(MdpProblem.maximize(model, 0.5), SolveOptions.DEFAULT, workers);
      assertThat(solution.policy()).containsOnly(1);
      assertThat(solution.value()[3]).isEqualTo(4, within(1e-9));
    }
  }

  @Test
  void aToleranceBelowRoundingIsNotClaimed() {
    ProductMdp model = RandomProducts.of(5, 1, 3, 5, 4, 6);
    try (Workers workers = Workers.of(1)) {
      Solution solution =
          MdpSolver.solve(
              MdpProblem.maximize(model, 0.99), SolveOptions.DEFAULT.withTolerance(1e-18), workers);
      assertThat(solution.converged()).isFalse();
      assertThat(solution.upperGap()).isBetween(1e-18, 1e-7);
    }
  }

  @Test
  void anInterruptedSolveEnds() {
    ProductMdp model = RandomProducts.of(5, 1, 3, 5, 4, 6);
    try (Workers workers = Workers.of(2)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () ->
                  MdpSolver.solve(MdpProblem.maximize(model, 0.99), SolveOptions.DEFAULT, workers))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void longRowsAreKeptOnceForAllBlocks() {
    // Full outer matrices, more successors than blocks are kept where rows are short.
    double[][][] full = new double[1][8][8];
    for (double[] row : full[0]) {
      Arrays.fill(row, 0.125);
    }
    ProductAgent agent = ProductAgent.of(new double[1][8], full);
    checkSweeps(ProductMdp.of(new double[1], List.of(agent, agent, agent)), 1);
  }

  @Test
  void nothingCountsButTheFirstPeriodWithoutFuture() {
    ProductMdp model = RandomProducts.of(4, 1, 2, 3, 4);
    try (Workers workers = Workers.of(1)) {
      Solution solution = FiniteHorizon.solve(MdpProblem.maximize(model, 0), 5, null, workers);
      Solution one = FiniteHorizon.solve(MdpProblem.maximize(model, 0), 1, null, workers);
      assertThat(solution.value()).isEqualTo(one.value());
      assertThat(solution.upperGap()).isBetween(0.0, 1e-13);
    }
  }
}
