package bellwether.core.mdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MdpSolverTest {
  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    double[] discounts = {0, 0.3, 0.9, 0.999, 1 - 1e-6, 1 - 1e-9};
    double[] scales = {1, 1e-9, 1e9};
    for (long seed = 0; seed < 40; seed++) {
      cases.add(Arguments.of(seed, discounts[(int) (seed % 6)], scales[(int) (seed / 6 % 3)]));
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "seed {0}, discount {1}, rewards {2}")
  @MethodSource("cases")
  void boundsOfEveryMethodHoldTheExactValues(long seed, double discount, double scale) {
    SparseMdp sparse = RandomMdps.sparse(seed, scale);
    for (Objective objective : Objective.values()) {
      BigDecimal[] exact = ExactMdp.values(sparse, objective, discount);
      for (RowMdp model : List.of(sparse, RandomMdps.dense(sparse), RandomMdps.generated(sparse))) {
        for (SolveMethod method : SolveMethod.values()) {
          try (Workers workers = Workers.of(2)) {
            Solution solution =
                MdpSolver.solve(
                    new MdpProblem(model, objective, discount),
                    SolveOptions.DEFAULT.with(method).atMost(20_000),
                    workers);
            String what = model.getClass().getSimpleName() + " " + method + " " + objective;
            for (int s = 0; s < exact.length; s++) {
              BigDecimal low = new BigDecimal(solution.value()[s] - solution.lowerGap());
              BigDecimal high = new BigDecimal(solution.value()[s] + solution.upperGap());
              assertThat(exact[s]).as(what + " state " + s).isBetween(low, high);
            }
            if (method == SolveMethod.AUTO || method == SolveMethod.POLICY_ITERATION) {
              assertThat(solution.converged()).as(what).isTrue();
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SolveMethod.class)
  void bitsDoNotDependOnThreads(SolveMethod method) {
    SparseMdp model = RandomMdps.ring(3000, 4, 20, 5);
    List<Solution> solutions = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = Workers.of(threads)) {
        solutions.add(
            MdpSolver.solve(
                MdpProblem.maximize(model, 0.99),
                SolveOptions.DEFAULT.with(method).withTolerance(1e-5),
                workers));
      }
    }
    for (Solution other : solutions) {
      assertThat(other.converged()).isTrue();
      assertThat(other.value()).isEqualTo(solutions.get(0).value());
      assertThat(other.policy()).isEqualTo(solutions.get(0).policy());
      assertThat(other.backups()).isEqualTo(solutions.get(0).backups());
    }
  }

  static LongStream seeds() {
    return LongStream.range(100, 130);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void skippingRowsChangesNoBit(long seed) {
    // A generated model keeps no bounds, so nothing is skipped there.
    SparseMdp sparse = RandomMdps.sparse(seed, 1);
    RowMdp all = RandomMdps.generated(RandomMdps.dense(sparse));
    try (Workers workers = Workers.of(1);
        Backups few = new Backups(RandomMdps.dense(sparse), 0.95, Objective.MAXIMIZE, workers);
        Backups every = new Backups(all, 0.95, Objective.MAXIMIZE, workers)) {
      int n = sparse.states();
      double[] h = new double[n];
      double[] one = new double[n];
      double[] two = new double[n];
      few.start(one);
      every.start(two);
      for (int i = 0; i < 60; i++) {
        for (int s = 0; s < n; s++) {
          assertThat(one[s]).isEqualTo(two[s], within(1e-14));
        }
        System.arraycopy(one, 0, h, 0, n);
        few.moved(few.high(), few.size());
        every.moved(every.high(), every.size());
        few.sweep(h, one, 0);
        every.sweep(h, two, 0);
      }
      assertThat(few.evaluated()).isLessThanOrEqualTo(every.evaluated());
    }
  }

  @ParameterizedTest
  @EnumSource(SolveMethod.class)
  void whatWasStoppedGoesOnToTheSameAnswer(SolveMethod method) {
    SparseMdp model = RandomMdps.ring(500, 3, 10, 6);
    MdpProblem problem = MdpProblem.maximize(model, 0.99);
    SolveOptions options = SolveOptions.DEFAULT.with(method).withTolerance(1e-7);
    try (Workers workers = Workers.of(2)) {
      Solution whole = MdpSolver.solve(problem, options, workers);
      Solution part =
          MdpSolver.solve(problem, options.reporting((sweeps, gap) -> sweeps < 3), workers);
      assertThat(part.converged()).isFalse();
      Solution rest = MdpSolver.solve(problem, options.from(part.value()), workers);
      assertThat(rest.converged()).isTrue();
      assertThat(rest.sweeps()).isLessThanOrEqualTo(whole.sweeps() + 8);
      for (int s = 0; s < model.states(); s++) {
        assertThat(rest.value()[s]).isEqualTo(whole.value()[s], within(2e-7));
        assertThat(part.value()[s]).isEqualTo(whole.value()[s], within(part.upperGap() + 1e-7));
      }
    }
  }

  @Test
  void theLowestOfEqualActionsIsChosen() {
    // Actions 1 and 2 are the same, 0 is worse by a hair more than a tie.
    DenseMdp model =
        DenseMdp.of(
            2,
            3,
            (s, a, target, offset) -> {
              target[offset + (a == 0 ? 0 : 1 - s)] = 1;
              return a == 0 ? 0.9 : 1;
            });
    try (Workers workers = Workers.of(1)) {
      for (SolveMethod method : SolveMethod.values()) {
        Solution solution =
            MdpSolver.solve(
                MdpProblem.maximize(model, 0.5), SolveOptions.DEFAULT.with(method), workers);
        assertThat(solution.policy()).containsExactly(1, 1);
        assertThat(solution.value()[0]).isEqualTo(2, within(1e-9));
      }
    }
  }

  @Test
  void oneStateAndOneAction() {
    SparseMdp model =
        SparseMdp.owning(
            1, 1, new int[] {0, 1}, new int[] {0}, new double[] {1}, new double[] {-3});
    try (Workers workers = Workers.of(2)) {
      Solution solution =
          MdpSolver.solve(MdpProblem.maximize(model, 0.75), SolveOptions.DEFAULT, workers);
      assertThat(solution.value()[0]).isEqualTo(-12, within(1e-12));
      assertThat(solution.upperGap()).isLessThan(1e-12);
    }
  }

  @Test
  void aToleranceBelowRoundingIsNotClaimed() {
    SparseMdp model = RandomMdps.ring(200, 2, 5, 8);
    try (Workers workers = Workers.of(1)) {
      for (SolveMethod method : SolveMethod.values()) {
        Solution solution =
            MdpSolver.solve(
                MdpProblem.maximize(model, 0.99),
                SolveOptions.DEFAULT.with(method).withTolerance(1e-18),
                workers);
        assertThat(solution.converged()).isFalse();
        assertThat(solution.upperGap()).isBetween(1e-18, 1e-7);
      }
    }
  }

  @Test
  void anInterruptedSolveEnds() {
    SparseMdp model = RandomMdps.ring(2000, 2, 5, 8);
    try (Workers workers = Workers.of(2)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () ->
                  MdpSolver.solve(MdpProblem.maximize(model, 0.99), SolveOptions.DEFAULT, workers))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 30})
  void finiteHorizonsAreBackwardInduction(int horizon) {
    for (long seed = 200; seed < 215; seed++) {
      SparseMdp model = RandomMdps.sparse(seed, 1);
      int n = model.states();
      double[] terminal = new double[n];
      for (int s = 0; s < n; s++) {
        terminal[s] = s % 3;
      }
      for (Objective objective : Objective.values()) {
        double[] v = terminal.clone();
        for (int t = 0; t < horizon; t++) {
          double[] next = new double[n];
          for (int s = 0; s < n; s++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int k = model.firstRow(s); k < model.firstRow(s + 1); k++) {
              best = Math.max(best, objective.sign() * model.backup(k, v, 1, 1));
            }
            next[s] = objective.sign() * best;
          }
          v = next;
        }
        try (Workers workers = Workers.of(2)) {
          for (RowMdp kind : List.of(model, RandomMdps.dense(model), RandomMdps.generated(model))) {
            Solution solution =
                FiniteHorizon.solve(new MdpProblem(kind, objective, 1), horizon, terminal, workers);
            for (int s = 0; s < n; s++) {
              assertThat(solution.value()[s])
                  .as("seed " + seed)
                  .isEqualTo(v[s], within(solution.upperGap() + 1e-13));
            }
          }
        }
      }
    }
  }

  @Test
  void theAverageOfACycleIsItsMean() {
    // 0 -> 1 -> 2 -> 0 with rewards 1, 2, 6; action 1 stays at 0 for 2: the cycle earns 3.
    SparseMdp model =
        SparseMdp.owning(
            3,
            2,
            new int[] {0, 2, 3, 4},
            new int[] {0, 1, 0, 0},
            new int[] {0, 1, 2, 3, 4},
            new int[] {1, 0, 2, 0},
            new double[] {1, 1, 1, 1},
            new double[] {1, 2, 2, 6});
    try (Workers workers = Workers.of(2)) {
      for (SolveMethod method : SolveMethod.values()) {
        Solution solution =
            AverageReward.solve(
                MdpProblem.maximize(model, 1), SolveOptions.DEFAULT.with(method), workers);
        assertThat(solution.converged()).as(method.toString()).isTrue();
        assertThat(solution.gain()).as(method.toString()).isEqualTo(3, within(1e-8));
        assertThat(solution.policy()).isEqualTo(new int[] {0, 0, 0});
        assertThat(solution.value()[1]).isEqualTo(2, within(1e-7));
        assertThat(solution.value()[2]).isEqualTo(3, within(1e-7));
      }
    }
  }

  @Test
  void aGainThatDependsOnTheStartIsNotClaimed() {
    SparseMdp model =
        SparseMdp.owning(
            2, 1, new int[] {0, 1, 2}, new int[] {0, 1}, new double[] {1, 1}, new double[] {0, 1});
    try (Workers workers = Workers.of(1)) {
      Solution solution =
          AverageReward.solve(MdpProblem.maximize(model, 1), SolveOptions.DEFAULT, workers);
      assertThat(solution.converged()).isFalse();
      assertThat(solution.gainGap()).isGreaterThanOrEqualTo(0.5);
    }
  }

  @Test
  void badArgumentsAreNamed() {
    SparseMdp model = RandomMdps.ring(5, 2, 1, 1);
    try (Workers workers = Workers.of(1)) {
      assertThatThrownBy(
              () -> MdpSolver.solve(MdpProblem.maximize(model, 1), SolveOptions.DEFAULT, workers))
          .hasMessage("discount must be below 1: 1.0");
      assertThatThrownBy(
              () ->
                  MdpSolver.solve(
                      MdpProblem.maximize(model, 0.5),
                      SolveOptions.DEFAULT.from(new double[4]),
                      workers))
          .hasMessage("initial must have one value for every state, 5: 4");
      assertThatThrownBy(() -> SolveOptions.DEFAULT.withTolerance(0))
          .hasMessage("tolerance must be finite and above 0: 0.0");
      assertThatThrownBy(() -> MdpProblem.maximize(model, Double.NaN))
          .hasMessage("discount must be in [0, 1]: NaN");
      assertThatThrownBy(() -> FiniteHorizon.solve(MdpProblem.maximize(model, 1), 0, null, workers))
          .hasMessage("horizon must be at least 1: 0");
    }
  }

  @Test
  void badModelsAreRefusedWithThePlace() {
    assertThatThrownBy(() -> two(new double[] {0.5, 0.4, 1}, new double[] {0, 0}))
        .hasMessage("transition of state 0, action 0 sums to 0.9, expected 1 within 1.0E-9");
    assertThatThrownBy(() -> two(new double[] {0.5, Double.NaN, 1}, new double[] {0, 0}))
        .hasMessageContaining("transition of state 0, action 0 has probability NaN of state 1");
    assertThatThrownBy(() -> two(new double[] {0.5, 0.5, 1}, new double[] {0, Double.NaN}))
        .hasMessage("reward of state 1, action 0 must be finite: NaN");
    assertThatThrownBy(
            () ->
                SparseMdp.owning(
                    2,
                    1,
                    new int[] {0, 1, 2},
                    new int[] {0, 2},
                    new double[] {1, 1},
                    new double[] {0, 0}))
        .hasMessage("transition of state 1, action 0 has successor 2, expected 0 to 1");
  }

  private static void two(double[] probability, double[] reward) {
    SparseMdp.owning(2, 1, new int[] {0, 2, 3}, new int[] {0, 1, 1}, probability, reward);
  }
}
