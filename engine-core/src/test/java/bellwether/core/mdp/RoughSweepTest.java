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

/** Sweeps in single precision against those in doubles, and solves that begin with them. */
class RoughSweepTest {
  /** No agents are fused, blocks have the last two, and any model may be swept roughly. */
  private static final ProductLayout ROUGH = new ProductLayout(1, 1, 1 << 14, 0.2, 1);

  private static final ProductLayout EXACT = new ProductLayout(1, 1, 1 << 14, 0.2, 1 << 30);
  private static final double DISCOUNT = 0.95;

  static Stream<Arguments> shapes() {
    return Stream.of(
        Arguments.of(1, 1, 1.0, new int[] {2, 16, 16}),
        Arguments.of(2, 3, 1.0, new int[] {7, 17, 31}),
        Arguments.of(3, 1, 1e9, new int[] {9, 33, 16}),
        Arguments.of(4, 2, 1e-9, new int[] {3, 33, 20}),
        Arguments.of(5, 1, 1e-150, new int[] {5, 6, 18, 40}),
        Arguments.of(6, 4, 1e150, new int[] {20, 3, 16, 25}),
        Arguments.of(7, 1, 1.0, new int[] {2, 3, 4, 19, 48}),
        Arguments.of(8, 2, 3.0, new int[] {2, 2, 2, 3, 16, 17}));
  }

  /** A sweep from h, with its bounds; its image by state. */
  private static double[] image(ProductSweep sweep, double[] h, double less, int threads) {
    double size = Arrays.stream(h).map(Math::abs).max().orElse(0);
    sweep.vectors().set(h, 1, 0);
    try (Workers workers = Workers.of(threads);
        Team team = new Team(workers)) {
      sweep.begin(size, less, true, false);
      sweep.sweep(team);
      sweep.vectors().takeImage();
      return sweep.vectors().vector(team);
    }
  }

  /** Numbers that floats can have, in any power of two. */
  private static double[] vector(long seed, int n, double scale) {
    double unit = Math.scalb(1.0, Math.getExponent(scale) - 20);
    return new SplittableRandom(seed)
        .ints(n, -1 << 23, 1 << 23)
        .mapToDouble(k -> k * unit)
        .toArray();
  }

  @ParameterizedTest(name = "seed {0}, {1} actions, rewards {2}, types {3}")
  @MethodSource("shapes")
  void sweepsStayWithinTheirRounding(long seed, int actions, double scale, int[] types) {
    ProductMdp model = RandomProducts.pairs(seed, actions, scale, types);
    for (Objective objective : Objective.values()) {
      ProductPlan plan = new ProductPlan(model, objective.sign(), ROUGH);
      assertThat(plan.rough).isTrue();
      double[] h = vector(seed, model.states(), scale);
      ProductSweep exact = new ProductSweep(plan, DISCOUNT, ScalarKernels.INSTANCE);
      double[] expected = image(exact, h, scale / 3, 1);
      ProductSweep rough = ProductSweep.rough(plan, DISCOUNT, ScalarKernels.INSTANCE);
      double[] found = image(rough, h, scale / 3, 1);
      double most = rough.rounding();
      assertThat(most).isLessThan(1e-4 * rough.size());
      assertThat(found).containsExactly(expected, within(most));
      assertThat(rough.low()).isEqualTo(exact.low(), within(most));
      assertThat(rough.high()).isEqualTo(exact.high(), within(most));
      assertThat(rough.imageSize()).isEqualTo(exact.imageSize(), within(most));
      for (int threads = 1; threads <= 3; threads++) {
        ProductSweep other = ProductSweep.rough(plan, DISCOUNT, Kernels.best());
        assertThat(image(other, h, scale / 3, threads)).isEqualTo(found);
        assertThat(other.low()).isEqualTo(rough.low());
        assertThat(other.high()).isEqualTo(rough.high());
      }
    }
  }

  /** Sizes that are only known to be below something between looks are not below what they are. */
  @ParameterizedTest(name = "seed {0}, {1} actions, rewards {2}, types {3}")
  @MethodSource("shapes")
  void sizesBetweenLooksAreNotExceeded(long seed, int actions, double scale, int[] types) {
    ProductPlan plan = new ProductPlan(RandomProducts.pairs(seed, actions, scale, types), 1, ROUGH);
    for (boolean single : new boolean[] {true, false}) {
      ProductSweep sweep =
          single
              ? ProductSweep.rough(plan, DISCOUNT, Kernels.best())
              : new ProductSweep(plan, DISCOUNT, Kernels.best());
      try (Workers workers = Workers.of(2);
          Team team = new Team(workers)) {
        double size = 0;
        double drift = 0;
        for (int k = 0; k < 12; k++) {
          boolean look = k % 4 == 1;
          sweep.begin(size, drift, look, false);
          sweep.sweep(team);
          sweep.vectors().takeImage();
          size = sweep.imageSize();
          drift = look ? sweep.low() / 2 + sweep.high() / 2 : drift;
        }
        double[] v = sweep.vectors().vector(team);
        double largest = Arrays.stream(v).map(Math::abs).max().orElse(0);
        assertThat(size).isGreaterThanOrEqualTo(largest);
        assertThat(size).isLessThan(4 * largest + 30 * scale);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}, {1} actions, rewards {2}, types {3}")
  @MethodSource("shapes")
  void solvesAreThoseInDoubles(long seed, int actions, double scale, int[] types) {
    ProductMdp model = RandomProducts.pairs(seed, actions, scale, types);
    for (Objective objective : Objective.values()) {
      MdpProblem problem = new MdpProblem(model, objective, DISCOUNT);
      try (Workers workers = Workers.of(2)) {
        for (double tolerance : new double[] {1e-10 * scale, 1e-2 * scale}) {
          SolveOptions options = SolveOptions.DEFAULT.withTolerance(tolerance);
          Solution rough = ProductIteration.solve(problem, model, options, workers, ROUGH);
          Solution exact = ProductIteration.solve(problem, model, options, workers, EXACT);
          assertThat(rough.converged()).isTrue();
          assertThat(rough.upperGap()).isLessThanOrEqualTo(tolerance);
          assertThat(rough.value())
              .containsExactly(exact.value(), within(rough.upperGap() + exact.upperGap()));
          if (tolerance < 1e-6 * scale) {
            assertThat(rough.policy()).isEqualTo(exact.policy());
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}, {1} actions, rewards {2}, types {3}")
  @MethodSource("shapes")
  void gapsOnTheWayContainTheSolution(long seed, int actions, double scale, int[] types) {
    ProductMdp model = RandomProducts.pairs(seed, actions, scale, types);
    MdpProblem problem = MdpProblem.maximize(model, DISCOUNT);
    try (Workers workers = Workers.of(2)) {
      SolveOptions options = SolveOptions.DEFAULT.withTolerance(1e-11 * scale);
      double[] truth = ProductIteration.solve(problem, model, options, workers, EXACT).value();
      List<Double> gaps = new ArrayList<>();
      for (int stop : new int[] {1, 2, 5, 11, 40, 100}) {
        SolveOptions stopping =
            options.reporting(
                (sweeps, gap) -> {
                  gaps.add(gap);
                  return sweeps < stop;
                });
        gaps.clear();
        Solution part = ProductIteration.solve(problem, model, stopping, workers, ROUGH);
        assertThat(part.sweeps()).isLessThanOrEqualTo(stop + 1L);
        assertThat(part.value()).containsExactly(truth, within(part.upperGap() + 1e-11 * scale));
        // The last sweep before the choice was one in doubles or not: its gap was no better.
        assertThat(part.upperGap()).isLessThanOrEqualTo(gaps.getLast());
        Solution rest =
            ProductIteration.solve(problem, model, options.from(part.value()), workers, ROUGH);
        assertThat(rest.value()).containsExactly(truth, within(rest.upperGap() + 1e-11 * scale));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-12, 0.5, 0.9999, 1 - 1e-9})
  void extremeDiscounts(double discount) {
    ProductMdp model = ring(0.4, 4, 5, 17, 20);
    MdpProblem problem = MdpProblem.maximize(model, discount);
    SolveOptions options = SolveOptions.DEFAULT.withTolerance(1e-7 / (1 - discount));
    try (Workers workers = Workers.of(2)) {
      Solution rough = ProductIteration.solve(problem, model, options, workers, ROUGH);
      Solution exact = ProductIteration.solve(problem, model, options, workers, EXACT);
      assertThat(rough.converged()).isTrue();
      assertThat(rough.value())
          .containsExactly(exact.value(), within(rough.upperGap() + exact.upperGap()));
      assertThat(rough.sweeps()).isLessThanOrEqualTo(exact.sweeps() + exact.sweeps() / 2 + 12);
    }
  }

  /** Agents that move to the next type or stay. */
  private static ProductMdp ring(double moves, int... types) {
    List<ProductAgent> agents = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(3);
    for (int n : types) {
      double[][] matrix = new double[n][n];
      for (int t = 0; t < n; t++) {
        matrix[t][t] = 1 - moves;
        matrix[t][(t + 1) % n] = moves;
      }
      agents.add(
          ProductAgent.of(
              new double[][] {random.doubles(n).toArray()}, TypeTransition.dense(matrix)));
    }
    return ProductMdp.of(new double[1], agents);
  }

  /** The bounds close slowly. */
  @Test
  void slowChains() {
    ProductMdp model = ring(0.05, 3, 4, 16, 18);
    MdpProblem problem = MdpProblem.maximize(model, 0.999);
    SolveOptions options = SolveOptions.DEFAULT.withTolerance(1e-5);
    try (Workers workers = Workers.of(2)) {
      Solution rough = ProductIteration.solve(problem, model, options, workers, ROUGH);
      Solution exact = ProductIteration.solve(problem, model, options, workers, EXACT);
      assertThat(rough.converged()).isTrue();
      assertThat(rough.value())
          .containsExactly(exact.value(), within(rough.upperGap() + exact.upperGap()));
      assertThat(rough.bytes()).isLessThan(0.9 * exact.bytes());
    }
  }

  @Test
  void bitsDoNotDependOnThreadsOrKernels() {
    ProductMdp model = RandomProducts.pairs(11, 2, 1, 12, 5, 18, 33);
    MdpProblem problem = MdpProblem.maximize(model, 0.99);
    List<Solution> solutions = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      for (Kernels kernels : List.of(ScalarKernels.INSTANCE, Kernels.best())) {
        ProductIteration iteration =
            new ProductIteration(problem, model, SolveOptions.DEFAULT, ROUGH, kernels);
        try (Workers workers = Workers.of(threads);
            Team team = new Team(workers)) {
          while (!iteration.done()) {
            iteration.begin();
            team.forEach(iteration.sweep().pieces(), iteration.sweep()::run);
            iteration.end(team);
          }
          solutions.add(iteration.solution(team));
        }
      }
    }
    for (Solution other : solutions) {
      assertThat(other.value()).isEqualTo(solutions.getFirst().value());
      assertThat(other.policy()).isEqualTo(solutions.getFirst().policy());
      assertThat(other.sweeps()).isEqualTo(solutions.getFirst().sweeps());
      assertThat(other.upperGap()).isEqualTo(solutions.getFirst().upperGap());
    }
  }

  @Test
  void rewardsOfNothingOrTooLargeAreLeftToDoubles() {
    for (double scale : new double[] {0, 1e-220, 1e220}) {
      ProductMdp model = RandomProducts.pairs(1, 1, Math.max(scale, 1e-300), 3, 16, 16);
      assertThat(new ProductPlan(model, 1, ROUGH).rough).isFalse();
    }
    assertThat(new ProductPlan(RandomProducts.pairs(1, 1, 1, 3, 15, 16), 1, ROUGH).rough).isFalse();
    assertThat(new ProductPlan(RandomProducts.pairs(1, 1, 1, 3, 16, 15), 1, ROUGH).rough).isFalse();
    assertThat(
            new ProductPlan(RandomProducts.pairs(1, 1, 1, 3, 16, 16), 1, ProductLayout.DEFAULT)
                .rough)
        .isFalse();
  }
}
