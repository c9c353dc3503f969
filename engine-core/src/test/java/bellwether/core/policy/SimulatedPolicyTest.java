package bellwether.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Simulation against exact values. Comparisons within four standard errors raise a false alarm once
 * in 16,000 for fresh seeds; these are fixed.
 */
class SimulatedPolicyTest {
  private static final Workers ONE = Workers.of(1);
  private static final PolicyOptions SIMULATED =
      PolicyOptions.DEFAULT.with(PolicyOptions.Method.SIMULATION);

  static IntStream seeds() {
    return IntStream.range(0, 12);
  }

  private static PolicyComparison run(
      BanditProblem problem, PolicyOptions options, Workers workers, Policy... policies) {
    return PolicyComparison.of(problem, List.of(policies), options, Kernels.best(), workers);
  }

  private static BanditArm learned(double alpha, double beta, double scale) {
    return new BanditArm.Learning(new BetaBernoulliArm(alpha, beta), scale);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void finiteArmsAgreeWithTheExactValue(int seed) {
    BruteBandit brute = BruteBandit.random(seed, 4, 4, 1 + seed % 3, 0.5);
    BanditProblem problem = brute.problem(brute.digits(0), 0.8, seed % 2 == 0 ? 0 : 12, 1);
    Policy[] policies = {Policy.MYOPIC, Policy.RANDOM};
    PolicyComparison exact = run(problem, PolicyOptions.DEFAULT, ONE, policies);
    PolicyComparison simulated = run(problem, SIMULATED.withPaths(4000, seed), ONE, policies);
    for (int k = 0; k < policies.length; k++) {
      agree(simulated.values().get(k), exact.values().get(k));
    }
  }

  private static void agree(PolicyValue simulated, PolicyValue exact) {
    assertThat(exact.exact()).isTrue();
    assertThat(simulated.exact()).isFalse();
    assertThat(simulated.value())
        .isCloseTo(
            exact.value(), within(4 * simulated.standardError() + simulated.errorBound() + 1e-8));
    for (int i = 0; i < exact.activationShare().length; i++) {
      assertThat(simulated.activationShare()[i])
          .isCloseTo(
              exact.activationShare()[i],
              within(4 * simulated.activationShareStandardError()[i] + 2e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void learnedArmsAgreeWithTheExactValue(int seed) {
    BanditProblem problem =
        new BanditProblem(
            List.of(learned(1, 1 + seed, 1), learned(0.5 * (seed + 1), 2, 2), learned(1, 1, 0.5)),
            new int[3],
            1 + seed % 2,
            0.9,
            8);
    Policy[] policies = {Policy.GITTINS, Policy.MYOPIC, Policy.UCB, Policy.RANDOM};
    PolicyComparison exact = run(problem, PolicyOptions.DEFAULT, ONE, policies);
    PolicyComparison simulated = run(problem, SIMULATED.withPaths(4000, seed), ONE, policies);
    for (int k = 0; k < policies.length; k++) {
      agree(simulated.values().get(k), exact.values().get(k));
    }
  }

  /** Two uniform priors, two periods: see the class of Thompson's choices below. */
  @Test
  void thompsonDrawsFromThePosterior() {
    BanditProblem problem =
        new BanditProblem(List.of(learned(1, 1, 1), learned(1, 1, 1)), new int[2], 1, 1, 2);
    PolicyValue value =
        run(problem, SIMULATED.withPaths(200_000, 4), ONE, Policy.THOMPSON).values().getFirst();
    // Beta(2, 1) beats a uniform with 2/3, Beta(1, 2) with 1/3.
    double second = 0.5 * (2 / 3.0 * 2 / 3 + 1 / 3.0 / 2) + 0.5 * (1 / 3.0 / 3 + 2 / 3.0 / 2);
    assertThat(value.value()).isCloseTo(0.5 + second, within(4 * value.standardError()));
    assertThat(value.standardError()).isBetween(1e-4, 1e-3);
  }

  @Test
  void bitsAreTheSameForAnyThreadsAndAnyOtherPolicies() {
    BanditProblem problem =
        new BanditProblem(
            List.of(learned(1, 1, 1), learned(2, 1, 1), learned(1, 3, 1)), new int[3], 1, 0.7, 0);
    PolicyOptions options = SIMULATED.withPaths(5000, 9);
    Policy[] all = {Policy.GITTINS, Policy.UCB, Policy.THOMPSON, Policy.RANDOM};
    PolicyComparison one = run(problem, options, ONE, all);
    try (Workers workers = Workers.of(4)) {
      PolicyComparison four = run(problem, options, workers, all);
      for (int k = 0; k < all.length; k++) {
        same(four.values().get(k), one.values().get(k));
      }
    }
    same(run(problem, options, ONE, Policy.THOMPSON).values().getFirst(), one.values().get(2));
  }

  private static void same(PolicyValue left, PolicyValue right) {
    assertThat(left.value()).isEqualTo(right.value());
    assertThat(left.standardError()).isEqualTo(right.standardError());
    assertThat(left.activationShare()).containsExactly(right.activationShare());
    assertThat(left.activationShareStandardError())
        .containsExactly(right.activationShareStandardError());
  }

  @Test
  void commonNumbersMakeRegretsSharper() {
    BanditProblem problem =
        new BanditProblem(List.of(learned(1, 1, 1), learned(2, 2, 1)), new int[2], 1, 0.9, 0);
    PolicyComparison found = run(problem, SIMULATED, ONE, Policy.GITTINS, Policy.MYOPIC);
    PolicyValue loser =
        found.values().stream().filter(v -> v.policy() != found.best()).findFirst().orElseThrow();
    assertThat(loser.regretStandardError()).isLessThan(0.9 * loser.standardError());
    assertThat(loser.regret()).isNotNegative();
  }

  @Test
  void aTargetEndsTheSimulationEarly() {
    BanditProblem problem =
        new BanditProblem(List.of(learned(1, 1, 1), learned(2, 2, 1)), new int[2], 1, 0.9, 0);
    PolicyComparison wide =
        run(problem, SIMULATED.withPaths(1_000_000, 1).until(0.1), ONE, Policy.MYOPIC);
    PolicyValue value = wide.values().getFirst();
    assertThat(wide.reached()).isTrue();
    assertThat(value.paths()).isLessThan(100_000);
    assertThat(1.96 * value.standardError()).isLessThan(0.1001);
    PolicyComparison narrow =
        run(problem, SIMULATED.withPaths(3000, 1).until(1e-6), ONE, Policy.MYOPIC);
    assertThat(narrow.reached()).isFalse();
    assertThat(narrow.values().getFirst().paths()).isEqualTo(3000);
  }

  /**
   * 95% intervals of 400 seeds cover the exact value: 380 expected, standard deviation 4.4; beyond
   * 5 of them once in two million.
   */
  @Test
  void intervalsCoverWhatTheySay() {
    BruteBandit brute = BruteBandit.random(78, 3, 3, 1, 0);
    BanditProblem problem = brute.problem(new int[3], 0.7, 0, 1);
    double exact =
        run(problem, PolicyOptions.DEFAULT, ONE, Policy.MYOPIC).values().getFirst().value();
    int covered = 0;
    for (int seed = 0; seed < 400; seed++) {
      PolicyValue value =
          run(problem, SIMULATED.withPaths(500, seed), ONE, Policy.MYOPIC).values().getFirst();
      if (Math.abs(value.value() - exact) <= 1.96 * value.standardError() + value.errorBound()) {
        covered++;
      }
    }
    assertThat(covered).isBetween(380 - 22, 400);
  }

  @Test
  void aliasRowsHaveTheirProbabilities() {
    BruteBandit brute = BruteBandit.random(5, 1, 6, 1, 1);
    ArmChain chain = ArmChain.of(brute.problem(new int[1], 0.5, 0, 1), 0)[0];
    AliasRows rows = new AliasRows(chain, 1);
    int n = 200_000;
    for (int s = 0; s < chain.states(); s++) {
      double[] share = new double[chain.states()];
      for (int k = 0; k < n; k++) {
        share[rows.next(s, (k + 0.5) / n)] += 1.0 / n;
      }
      assertThat(share).containsExactly(brute.p()[0][1][s], within(1e-4));
    }
  }

  @Test
  void randomSetsAreEquallyLikely() {
    BruteBandit brute = BruteBandit.random(6, 5, 1, 3, 1);
    PolicyValue value =
        run(
                brute.problem(new int[5], 0.5, 0, 1),
                SIMULATED.withPaths(20_000, 2),
                ONE,
                Policy.RANDOM)
            .values()
            .getFirst();
    assertThat(Arrays.stream(value.activationShare()).sum()).isCloseTo(3, within(1e-9));
    for (int i = 0; i < 5; i++) {
      assertThat(value.activationShare()[i])
          .isCloseTo(0.6, within(4 * value.activationShareStandardError()[i]));
    }
  }

  @Test
  void itCanBeInterrupted() {
    BanditProblem problem =
        new BanditProblem(List.of(learned(1, 1, 1), learned(2, 2, 1)), new int[2], 1, 0.99, 0);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> run(problem, SIMULATED.withPaths(1L << 40, 1), ONE, Policy.MYOPIC))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
