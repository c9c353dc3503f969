package bellwether.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.bandit.MarkovArm;
import bellwether.core.bandit.RandomArm;
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

/** Bandits of resting arms from their arms alone, against their joint chains. */
class ArmProductTest {
  private static final Workers ONE = Workers.of(1);

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  private static ArmProduct product(BanditProblem problem) {
    return ArmProduct.of(problem, RewardRange.of(problem), Kernels.best(), ONE);
  }

  private static ExactValue joint(BanditProblem problem, double tolerance) {
    ArmChain[] chains = ArmChain.of(problem, 0);
    JointRule rule =
        new JointRule.ByIndex(
            PolicyScores.of(problem, Policy.GITTINS, chains, 0, List.of(), Kernels.best(), ONE));
    ExactValue value =
        new StationaryChain(
                problem,
                chains,
                RewardRange.of(problem),
                tolerance,
                StationaryChain.MOST_ENTRIES,
                ONE)
            .evaluate(rule);
    assertThat(value).isNotNull();
    return value;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void valueAndSharesAreThoseOfTheJointChain(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BruteBandit brute = BruteBandit.random(seed, random.nextInt(1, 5), 5, 1, 1);
    double discount = random.nextDouble(0, 0.95);
    BanditProblem problem =
        brute.problem(brute.digits(random.nextInt(brute.joint())), discount, 0, 3);
    ExactValue found = product(problem).value();
    ExactValue expected = joint(problem, 1e-11);
    assertThat(found.value())
        .isCloseTo(expected.value(), within(expected.errorBound() + found.errorBound()));
    assertThat(found.errorBound()).isLessThan(1e-10);
    assertThat(found.shares()).containsExactly(expected.shares(), within(1e-7));
  }

  @Test
  void equalArmsShareAsTiesSay() {
    BanditArm arm =
        new BanditArm.Rested(
            MarkovArm.of(new double[] {1, 0, 2}, new double[] {0, .5, .5, .2, .2, .6, 1, 0, 0}), 1);
    BanditProblem problem =
        new BanditProblem(List.of(arm, arm, arm), new int[] {0, 1, 0}, 1, 0.9, 0);
    ExactValue found = product(problem).value();
    ExactValue expected = joint(problem, 1e-11);
    assertThat(found.value()).isCloseTo(expected.value(), within(1e-9));
    assertThat(found.shares()).containsExactly(expected.shares(), within(1e-7));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1e9})
  void rewardsMayBeSmallOrLarge(double scale) {
    BruteBandit brute = BruteBandit.random(5, 3, 4, 1, 1);
    double plain = product(brute.problem(new int[3], 0.99, 0, 1)).value().value();
    ExactValue scaled = product(brute.problem(new int[3], 0.99, 0, scale)).value();
    assertThat(scaled.value() / scale).isCloseTo(plain, within(1e-11));
    assertThat(scaled.errorBound() / scale).isLessThan(1e-10);
  }

  /** 200 arms of 30 states, 30^200 joint states: more arms are worth more, and shares add up. */
  @Test
  void jointStatesMayBeAnyNumber() {
    BanditArm[] arms =
        IntStream.range(0, 200)
            .mapToObj(k -> new BanditArm.Rested(new RandomArm(30, k), 1))
            .toArray(BanditArm[]::new);
    double last = 0;
    for (int count : new int[] {10, 50, 200}) {
      BanditProblem problem =
          new BanditProblem(List.of(arms).subList(0, count), new int[count], 1, 0.98, 0);
      PolicyComparison found =
          PolicyComparison.of(
              problem,
              List.of(Policy.GITTINS, Policy.OPTIMAL),
              PolicyOptions.DEFAULT.with(PolicyOptions.Method.EXACT),
              Kernels.best(),
              ONE);
      assertThat(found.values()).hasSize(2).allMatch(PolicyValue::exact);
      PolicyValue gittins = found.values().getFirst();
      assertThat(gittins.regret()).isZero();
      assertThat(gittins.value()).isGreaterThan(last);
      assertThat(Arrays.stream(gittins.activationShare()).sum()).isCloseTo(1, within(1e-12));
      last = gittins.value();
    }
  }

  /** Indices a billionth apart: the policy takes them for equal, so its own chain is followed. */
  @Test
  void nearTiesAreLeftToTheChain() {
    BanditArm one = new BanditArm.Rested(MarkovArm.of(new double[] {1}, new double[] {1}), 1);
    BanditArm other =
        new BanditArm.Rested(MarkovArm.of(new double[] {1 + 5e-10}, new double[] {1}), 1);
    BanditProblem problem = new BanditProblem(List.of(one, other), new int[2], 1, 0.5, 0);
    PolicyComparison found =
        PolicyComparison.of(
            problem,
            List.of(Policy.GITTINS, Policy.OPTIMAL),
            PolicyOptions.DEFAULT,
            Kernels.best(),
            ONE);
    assertThat(product(problem).nearlyTied()).isTrue();
    assertThat(found.values().get(0).value()).isCloseTo(2, within(1e-9));
    assertThat(found.values().get(0).activationShare()).containsExactly(1, 0);
    assertThat(found.values().get(1).value()).isCloseTo(2 + 1e-9, within(1e-13));
  }
}
