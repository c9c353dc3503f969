package bellwether.mechanisms.optimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.distribution.Distribution;
import bellwether.core.distribution.Power;
import bellwether.core.distribution.Uniform;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.mdp.TypeTransition;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.TypeFunction;
import bellwether.mechanisms.virtual.Valuation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BanditPivotTest {
  private static final int SIGNALS = 3;

  /** Agents that are served by actions 1, 2, ..., and cost something. */
  private static SeparableEnvironment bandit(Random random, int n, double discount) {
    List<SeparableAgent> agents = new ArrayList<>();
    double[] cost = new double[n + 1];
    for (int i = 0; i < n; i++) {
      cost[i + 1] = 0.1 * random.nextDouble();
      double[][] value = new double[n + 1][SIGNALS];
      TypeTransition[] transition = new TypeTransition[n + 1];
      Arrays.fill(transition, TypeTransition.stay(SIGNALS));
      double[][] rows = new double[SIGNALS][SIGNALS];
      double[] initial = new double[SIGNALS];
      for (int s = 0; s < SIGNALS; s++) {
        value[i + 1][s] = random.nextDouble();
        initial[s] = 1.0 / SIGNALS;
        double sum = 0;
        for (int t = 0; t < SIGNALS; t++) {
          rows[s][t] = 0.05 + random.nextDouble();
          sum += rows[s][t];
        }
        for (int t = 0; t < SIGNALS; t++) {
          rows[s][t] /= sum;
        }
      }
      transition[i + 1] = TypeTransition.dense(rows);
      Distribution law = random.nextBoolean() ? new Uniform(0, 1) : new Power(2);
      boolean additive = random.nextBoolean();
      PrivateType type =
          new PrivateType(
              law,
              new TypeFunction.Identity(),
              additive ? Valuation.ADDITIVE : Valuation.MULTIPLICATIVE);
      double[] constant = new double[additive ? n + 1 : 0];
      if (additive) {
        constant[i + 1] = 0.5;
      }
      agents.add(
          new SeparableAgent(type, Agent.of(value, transition).withInitial(initial), constant));
    }
    return new SeparableEnvironment(agents, cost, discount, 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithTablesOverJointStates(long seed) {
    Random random = new Random(seed);
    int n = 1 + random.nextInt(3);
    SeparableEnvironment environment = bandit(random, n, 0.3 + 0.6 * random.nextDouble());
    double[] types = new double[n];
    Arrays.setAll(types, i -> 0.4 + 0.6 * random.nextDouble());
    try (Workers workers = Workers.of(2)) {
      VirtualPivot tables = new VirtualPivot(environment, types, 0, _ -> {}, workers);
      BanditPivot arms = BanditPivot.of(environment, ScalarKernels.INSTANCE, workers);
      Subscription expected = tables.subscription();
      Subscription found = arms.subscription(types);
      assertThat(found.active()).isEqualTo(expected.active());
      assertThat(found.alpha()).isEqualTo(expected.alpha());
      assertThat(found.weightedWelfare()).isCloseTo(expected.weightedWelfare(), within(1e-9));
      assertThat(found.expectedPayment()).containsExactly(expected.expectedPayment(), within(1e-8));
      assertThat(found.upfront()).containsExactly(expected.upfront(), within(1e-8));
      assertThat(found.utility()).containsExactly(expected.utility(), within(1e-8));
      assertThat(found.expectedValue()).containsExactly(expected.expectedValue(), within(1e-8));
      assertThat(found.slope()).containsExactly(expected.slope(), within(1e-8));
      int[] signals = new int[n];
      for (int k = 0; k < 5; k++) {
        Arrays.setAll(signals, _ -> random.nextInt(SIGNALS));
        Allocation one = tables.allocation(1, signals);
        Allocation two = arms.allocation(found, types, signals);
        assertThat(two.action()).isEqualTo(one.action());
        assertThat(two.welfare()).isCloseTo(one.welfare(), within(1e-9));
        assertThat(two.welfareWithout()).containsExactly(one.welfareWithout(), within(1e-9));
        assertThat(two.payments()).containsExactly(one.payments(), within(1e-8));
      }
      ExpectedProfit profit = arms.expectedProfit();
      if (n <= 2) {
        ExpectedProfit exact = ExactProfit.of(environment, 0, _ -> {}, workers);
        assertThat(profit.bound()).isCloseTo(exact.bound(), within(10 * exact.boundError() + 1e-8));
      }
      ExpectedProfit drawn = SampledProfit.of(environment, 1 << 11, 16, 1, _ -> {}, workers);
      // Student's t with 15 degrees of freedom exceeds 6 once in 40,000.
      assertThat(drawn.bound()).isCloseTo(profit.bound(), within(6 * drawn.boundError() + 1e-9));
      ExpectedProfit lean = arms.sampledProfit(1 << 14, 16, 1);
      assertThat(lean.bound()).isCloseTo(profit.bound(), within(6 * lean.boundError() + 1e-9));
    }
  }

  @Test
  void manyAgents() {
    SeparableEnvironment environment = bandit(new Random(4), 40, 0.9);
    double[] types = new double[40];
    Arrays.fill(types, 0.8);
    try (Workers workers = Workers.of(2)) {
      BanditPivot arms = BanditPivot.of(environment, ScalarKernels.INSTANCE, workers);
      Subscription found = arms.subscription(types);
      double paid = Arrays.stream(found.expectedPayment()).sum();
      double rents = Arrays.stream(found.utility()).sum();
      assertThat(paid).isGreaterThan(0);
      assertThat(rents).isGreaterThan(0);
      assertThat(arms.expectedProfit().profit()).isGreaterThan(0);
    }
  }

  @Test
  void saysWhyItDoesNotApply() {
    SeparableEnvironment environment = bandit(new Random(4), 2, 0.9);
    assertThat(BanditPivot.refusal(environment)).isNull();
    SeparableEnvironment finite =
        new SeparableEnvironment(environment.agents(), new double[] {0, 1, 1}, 0.9, 5);
    assertThat(BanditPivot.refusal(finite)).isEqualTo("the horizon is finite");
    SeparableEnvironment cheap =
        new SeparableEnvironment(environment.agents(), new double[] {0, 1, -1}, 0.9, 0);
    assertThat(BanditPivot.refusal(cheap))
        .isEqualTo("action 2 costs less than action 0, which serves nobody");
  }
}
