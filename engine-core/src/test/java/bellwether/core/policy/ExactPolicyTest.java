package bellwether.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.MarkovArm;
import bellwether.core.bandit.RestlessArm;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exact values, against closed forms and brute force over joint states. */
class ExactPolicyTest {
  private static final Workers ONE = Workers.of(1);

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  static PolicyComparison exactly(BanditProblem problem, Policy... policies) {
    return PolicyComparison.of(
        problem,
        List.of(policies),
        PolicyOptions.DEFAULT.with(PolicyOptions.Method.EXACT),
        Kernels.best(),
        ONE);
  }

  private static PolicyValue of(PolicyComparison comparison, Policy policy) {
    return comparison.values().stream().filter(v -> v.policy() == policy).findFirst().orElseThrow();
  }

  private static BanditArm constant(double reward) {
    return new BanditArm.Rested(MarkovArm.of(new double[] {reward}, new double[] {1}), 1);
  }

  private static BanditArm learned(double alpha, double beta) {
    return new BanditArm.Learning(new BetaBernoulliArm(alpha, beta), 1);
  }

  @Test
  void constantArmsHaveTheirSums() {
    BanditProblem problem =
        new BanditProblem(List.of(constant(1), constant(3), constant(2)), new int[3], 2, 0.75, 0);
    PolicyComparison found =
        exactly(problem, Policy.GITTINS, Policy.MYOPIC, Policy.RANDOM, Policy.OPTIMAL);
    assertThat(found.best()).isEqualTo(Policy.OPTIMAL);
    for (Policy policy : List.of(Policy.GITTINS, Policy.MYOPIC, Policy.OPTIMAL)) {
      assertThat(of(found, policy).value()).isCloseTo(20, within(1e-8));
      assertThat(of(found, policy).regret()).isCloseTo(0, within(1e-8));
      assertThat(of(found, policy).activationShare()).containsExactly(0, 1, 1);
    }
    assertThat(of(found, Policy.RANDOM).value()).isCloseTo(16, within(1e-8));
    assertThat(of(found, Policy.RANDOM).regret()).isCloseTo(4, within(1e-8));
    assertThat(of(found, Policy.RANDOM).activationShare())
        .containsExactly(new double[] {2 / 3.0, 2 / 3.0, 2 / 3.0}, within(1e-12));
  }

  @Test
  void tiesGoToTheLowestArms() {
    // 0.1 + 0.2 is not 0.3, but ties with it.
    BanditProblem problem =
        new BanditProblem(
            List.of(constant(0.3), constant(0.1 + 0.2), constant(0.3)), new int[3], 1, 0.5, 3);
    assertThat(of(exactly(problem, Policy.MYOPIC), Policy.MYOPIC).activationShare())
        .containsExactly(1, 0, 0);
  }

  /** Every kind of arm, several active: the value of every joint state's policy, by brute force. */
  @ParameterizedTest
  @MethodSource("seeds")
  void valuesAreThoseOfBruteForce(int seed) {
    SplittableRandom random = new SplittableRandom(seed + 1000);
    int arms = random.nextInt(1, 5);
    BruteBandit brute =
        BruteBandit.random(seed, arms, 3, random.nextInt(1, arms + 1), random.nextDouble());
    double discount = random.nextDouble(0, 0.7);
    int horizon = random.nextBoolean() ? random.nextInt(1, 6) : 0;
    int start = random.nextInt(brute.joint());
    PolicyComparison found =
        exactly(
            brute.problem(brute.digits(start), discount, horizon, 1),
            Policy.MYOPIC,
            Policy.RANDOM,
            Policy.OPTIMAL);
    int periods = horizon > 0 ? horizon : 100;
    double myopic = brute.values(brute.byScore(brute.gains()), discount, periods)[start];
    double even = brute.values(_ -> brute.sets(), discount, periods)[start];
    double best = brute.values(null, discount, periods)[start];
    double[] expected = {myopic, even, best};
    for (int k = 0; k < 3; k++) {
      PolicyValue value = found.values().get(k);
      assertThat(value.exact()).isTrue();
      assertThat(value.value()).isCloseTo(expected[k], within(value.errorBound() + 1e-13));
      assertThat(value.errorBound()).isLessThan(1e-8);
      assertThat(Arrays.stream(value.activationShare()).sum())
          .isCloseTo(brute.activate(), within(1e-8));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void gittinsIsOptimalForOneActiveArm(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BruteBandit brute = BruteBandit.random(seed, 3, 5, 1, 1);
    double discount = random.nextDouble(0, 0.95);
    BanditProblem problem =
        brute.problem(brute.digits(random.nextInt(brute.joint())), discount, 0, 1);
    PolicyComparison found =
        exactly(problem, Policy.GITTINS, Policy.WHITTLE, Policy.OPTIMAL, Policy.MYOPIC);
    PolicyValue optimum = of(found, Policy.OPTIMAL);
    for (Policy policy : List.of(Policy.GITTINS, Policy.WHITTLE)) {
      PolicyValue index = of(found, policy);
      assertThat(index.value())
          .isCloseTo(optimum.value(), within(index.errorBound() + optimum.errorBound()));
    }
    assertThat(of(found, Policy.MYOPIC).value())
        .isLessThanOrEqualTo(optimum.value() + 1e-8 / (1 - discount));
  }

  /** Two-state restless arms are mostly indexable; Whittle's heuristic loses little on them. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whittleIsAtMostTheOptimumAndClose(int seed) {
    BruteBandit brute = BruteBandit.random(seed, 4, 2, 2, 0);
    BanditProblem problem = brute.problem(brute.digits(0), 0.8, 0, 1);
    PolicyComparison found;
    try {
      found = exactly(problem, Policy.WHITTLE, Policy.OPTIMAL, Policy.RANDOM);
    } catch (PolicyRefusedException e) {
      assertThat(e).hasMessageContaining("indexable");
      return;
    }
    PolicyValue whittle = of(found, Policy.WHITTLE);
    assertThat(whittle.regret()).isGreaterThanOrEqualTo(-1e-8);
    // Of what the optimum gains over chance, at most a tenth is lost.
    assertThat(whittle.regret())
        .isLessThanOrEqualTo(0.1 * of(found, Policy.RANDOM).regret() + 1e-8);
  }

  /** The chain without its matrix, which large bandits need, beside the one with it. */
  @ParameterizedTest
  @MethodSource("seeds")
  void valuesWithoutTheMatrixAreTheSame(int seed) {
    SplittableRandom random = new SplittableRandom(seed + 2000);
    int arms = random.nextInt(1, 5);
    BruteBandit brute =
        BruteBandit.random(seed, arms, 4, random.nextInt(1, arms + 1), random.nextDouble());
    int horizon = random.nextBoolean() ? random.nextInt(1, 9) : 0;
    BanditProblem problem = brute.problem(brute.digits(brute.joint() - 1), 0.8, horizon, 1);
    Policy[] policies = {Policy.MYOPIC, Policy.RANDOM, Policy.OPTIMAL};
    PolicyComparison found = exactly(problem, policies);
    ArmChain[] chains = ArmChain.of(problem, 0);
    int[] choices = JointRows.choices(arms, brute.activate());
    JointRule[] rules = {
      new JointRule.ByIndex(
          PolicyScores.of(problem, Policy.MYOPIC, chains, 0, List.of(), Kernels.best(), ONE)),
      new JointRule.Mean(choices),
      new JointRule.Best(choices)
    };
    StationaryChain chain =
        new StationaryChain(problem, chains, RewardRange.of(problem), 1e-10, 0, ONE);
    for (int k = 0; k < policies.length; k++) {
      ExactValue value = chain.evaluate(rules[k]);
      PolicyValue expected = found.values().get(k);
      assertThat(value).isNotNull();
      assertThat(value.value())
          .isCloseTo(expected.value(), within(value.errorBound() + expected.errorBound() + 1e-13));
      // With the least reward at stake the optimum's choices may differ where they tie.
      assertThat(value.shares()).containsExactly(expected.activationShare(), within(1e-7));
    }
  }

  /** Where the work does not suffice, shares are between bounds that hold, or are not given. */
  @ParameterizedTest
  @MethodSource("seeds")
  void sharesOfSweepsThatEndEarlyAreBounded(int seed) {
    BruteBandit brute = BruteBandit.random(seed, 3, 4, 2, 0.5);
    BanditProblem problem = brute.problem(brute.digits(0), 0.99, 0, 1);
    ArmChain[] chains = ArmChain.of(problem, 0);
    JointRule best = new JointRule.Best(JointRows.choices(3, 2));
    RewardRange range = RewardRange.of(problem);
    ExactValue exact = new StationaryChain(problem, chains, range, 1e-10, 3e7, ONE).evaluate(best);
    assertThat(exact).isNotNull();
    int given = 0;
    int early = 0;
    for (double work = 1e3; work < 1e7; work *= 3) {
      ExactValue found =
          new StationaryChain(problem, chains, range, 1e-10, 0, work, ONE).evaluate(best);
      assertThat(found).isNotNull();
      // What shares there are changes no value.
      assertThat(found.value()).isEqualTo(exact.value());
      if (Double.isNaN(found.shares()[0])) {
        assertThat(found.shares()).containsOnly(Double.NaN);
        continue;
      }
      given++;
      early += found.shareErrorBound() > 0 ? 1 : 0;
      assertThat(found.shareErrorBound()).isLessThanOrEqualTo(0.01);
      assertThat(found.shares())
          .containsExactly(exact.shares(), within(found.shareErrorBound() + 1e-8));
    }
    assertThat(given).as("%d of them early", early).isPositive();
  }

  @Test
  void whittlePoliciesValueIsThatOfBruteForce() {
    BruteBandit brute = BruteBandit.random(3, 3, 3, 1, 0);
    double[][] indices = new double[3][];
    for (int i = 0; i < 3; i++) {
      BanditArm.Restless arm =
          (BanditArm.Restless) brute.problem(new int[3], 0.6, 0, 1).arms().get(i);
      indices[i] =
          bellwether.core.bandit.WhittleIndices.of(arm.arm(), 0.6, true, Kernels.best(), ONE)
              .indices();
      assertThat(indices[i]).isNotNull();
    }
    double expected = brute.values(brute.byScore(indices), 0.6, 120)[0];
    PolicyValue value =
        of(exactly(brute.problem(new int[3], 0.6, 0, 1), Policy.WHITTLE), Policy.WHITTLE);
    assertThat(value.value()).isCloseTo(expected, within(value.errorBound() + 1e-13));
  }

  /** Two uniform priors, two periods: 1/2, then 2/3 after a success and 1/2 after a failure. */
  @Test
  void learnedArmsAreFollowedOnTheirPosteriors() {
    BanditProblem problem =
        new BanditProblem(List.of(learned(1, 1), learned(1, 1)), new int[2], 1, 1, 2);
    PolicyComparison found =
        exactly(problem, Policy.OPTIMAL, Policy.MYOPIC, Policy.UCB, Policy.RANDOM);
    assertThat(of(found, Policy.OPTIMAL).value()).isCloseTo(13 / 12.0, within(1e-13));
    assertThat(of(found, Policy.MYOPIC).value()).isCloseTo(13 / 12.0, within(1e-13));
    assertThat(of(found, Policy.RANDOM).value()).isCloseTo(1, within(1e-13));
    // After a success 2/3 + 0.236 x < 1/2 + 0.289 x needs x > 3.1; t = 2 has x = 1.48.
    assertThat(of(found, Policy.UCB).value()).isCloseTo(13 / 12.0, within(1e-13));
    assertThat(of(found, Policy.MYOPIC).activationShare()[0]).isCloseTo(0.75, within(1e-13));
  }

  /** Gittins' index is optimal for learned arms too; the horizon is cut within the bound. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.5})
  void gittinsIsOptimalForLearnedArms(double discount) {
    BanditProblem problem =
        new BanditProblem(List.of(learned(1, 1), learned(2, 2.5)), new int[2], 1, discount, 0);
    PolicyComparison found = exactly(problem, Policy.GITTINS, Policy.OPTIMAL, Policy.UCB);
    PolicyValue gittins = of(found, Policy.GITTINS);
    assertThat(gittins.exact()).isTrue();
    assertThat(gittins.regret()).isCloseTo(0, within(2 * gittins.errorBound() + 1e-13));
    assertThat(of(found, Policy.UCB).regret()).isGreaterThanOrEqualTo(-1e-8);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1e9})
  void rewardsMayBeSmallOrLarge(double scale) {
    BruteBandit brute = BruteBandit.random(8, 3, 4, 2, 0.5);
    for (int horizon : new int[] {0, 7}) {
      PolicyComparison plain =
          exactly(brute.problem(new int[3], 0.9, horizon, 1), Policy.MYOPIC, Policy.OPTIMAL);
      PolicyComparison scaled =
          exactly(brute.problem(new int[3], 0.9, horizon, scale), Policy.MYOPIC, Policy.OPTIMAL);
      for (int k = 0; k < 2; k++) {
        assertThat(scaled.values().get(k).value() / scale)
            .isCloseTo(plain.values().get(k).value(), within(1e-8));
        assertThat(scaled.values().get(k).errorBound()).isLessThan(1e-8 * scale);
      }
    }
  }

  /** The same arm as rested and as restless with a passive action that does nothing. */
  @Test
  void aFrozenRestlessArmIsRested() {
    MarkovArm active =
        MarkovArm.of(new double[] {1, 0, 2}, new double[] {0, .5, .5, .2, .2, .6, 1, 0, 0});
    MarkovArm frozen = MarkovArm.of(new double[3], new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    BanditArm rested = new BanditArm.Rested(active, 1);
    BanditArm restless = new BanditArm.Restless(new RestlessArm(active, frozen), 1);
    PolicyValue one =
        of(
            exactly(
                new BanditProblem(List.of(rested, rested), new int[] {0, 1}, 1, 0.9, 0),
                Policy.WHITTLE),
            Policy.WHITTLE);
    PolicyValue other =
        of(
            exactly(
                new BanditProblem(List.of(restless, restless), new int[] {0, 1}, 1, 0.9, 0),
                Policy.WHITTLE),
            Policy.WHITTLE);
    assertThat(one.value()).isCloseTo(other.value(), within(1e-8));
    assertThat(one.activationShare()).containsExactly(other.activationShare(), within(1e-7));
  }

  @Test
  void whatCannotBeHadIsRefusedOrOmittedInASentence() {
    BruteBandit restless = BruteBandit.random(1, 2, 2, 1, 0);
    assertThatThrownBy(() -> exactly(restless.problem(new int[2], 0.9, 0, 1), Policy.GITTINS))
        .isInstanceOf(PolicyRefusedException.class)
        .hasMessage(
            "gittins is not for restless arms, and arms[0] is one: whittle has their index");
    assertThatThrownBy(() -> exactly(restless.problem(new int[2], 0.9, 0, 1), Policy.UCB))
        .hasMessage(
            "ucb is for arms that are learned (betaBernoulli) and there is none: with known arms"
                + " it would be myopic");
    BanditProblem many =
        new BanditProblem(
            IntStream.range(0, 25).mapToObj(_ -> learned(1, 1)).toList(), new int[25], 3, 0.9, 0);
    PolicyComparison found = exactly(many, Policy.OPTIMAL, Policy.THOMPSON);
    assertThat(found.values()).isEmpty();
    assertThat(found.best()).isNull();
    assertThat(found.omitted()).containsOnlyKeys(Policy.OPTIMAL, Policy.THOMPSON);
    assertThatThrownBy(() -> new BanditProblem(List.of(constant(1)), new int[1], 2, 0.9, 0))
        .hasMessage("activate must be 1 to the number of arms, 1: 2");
    assertThatThrownBy(() -> new BanditProblem(List.of(constant(1)), new int[1], 1, 1, 0))
        .hasMessage("discount must be in [0, 1), or 1 with a horizon: 1.0");
  }
}
