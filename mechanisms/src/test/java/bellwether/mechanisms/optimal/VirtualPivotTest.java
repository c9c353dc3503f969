package bellwether.mechanisms.optimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.distribution.Normal;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.efficient.BruteForce;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.TypeFunction;
import bellwether.mechanisms.virtual.Valuation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mechanism at given initial types, against closed forms and definitions written out. */
class VirtualPivotTest {
  private static VirtualPivot solve(SeparableEnvironment environment, double... types) {
    try (Workers workers = Workers.of(1)) {
      return new VirtualPivot(environment, types, 0, words -> {}, workers);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.9,1,0.2,0.8", "0.5,2,0.6,0.9", "0.95,1,0,0.7", "0.3,1.5,1,1"})
  void theConstantBuyerHasAClosedForm(double d, double b, double c, double s0) {
    VirtualPivot pivot = solve(RandomSeparable.constantBuyer(d, b, c), s0);
    Subscription found = pivot.subscription();
    double k = d / (1 - d);
    double threshold = (1 + c / b) / 2;
    assertThat(s0).isGreaterThan(threshold);
    assertThat(found.alpha()[0]).isCloseTo(2 - 1 / s0, within(1e-14));
    assertThat(found.utility()[0]).isCloseTo(k * b * (s0 - threshold), within(1e-12));
    assertThat(found.expectedValue()[0]).isCloseTo(k * b * s0, within(1e-12));
    assertThat(found.expectedPayment()[0]).isCloseTo(k * b * threshold, within(1e-12));
    // The buyer pays c s0 / (2 s0 - 1) a period.
    double price = c * s0 / (2 * s0 - 1);
    assertThat(found.upfront()[0]).isCloseTo(k * (b * threshold - price), within(1e-12));
    Allocation allocation = pivot.allocation(1, 0);
    assertThat(allocation.action()).isEqualTo(1);
    assertThat(allocation.payments()[0]).isCloseTo(price, within(1e-12));
  }

  @Test
  void whoseVirtualValueIsBelowCostStaysAway() {
    Subscription found = solve(RandomSeparable.constantBuyer(0.9, 1, 0.2), 0.55).subscription();
    assertThat(found.included()).containsExactly(true);
    assertThat(found.active()).containsExactly(false);
    assertThat(found.expectedPayment()).containsExactly(0);
    Subscription lower = solve(RandomSeparable.constantBuyer(0.9, 1, 0.2), 0.4).subscription();
    assertThat(lower.included()).containsExactly(false);
    assertThat(lower.weightedWelfare()).isZero();
  }

  /** d E of the brute-force welfare at some weights. */
  private static double welfare(SeparableEnvironment environment, double[] y, boolean[] counted) {
    Environment weighted = environment.weighted(y, counted);
    BruteForce force = new BruteForce(weighted);
    return environment.discount() * mean(weighted, force, force.welfare[0]);
  }

  private static double mean(Environment weighted, BruteForce force, double[] f) {
    double sum = 0;
    for (int s = 0; s < f.length; s++) {
      double p = 1;
      for (int i = 0; i < weighted.size(); i++) {
        double[] law = weighted.agent(i).initial();
        assertThat(law).isNotNull();
        p *= law == null ? 0 : law[force.space.type(s, i)];
      }
      sum += p * f[s];
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,CONTROLLED",
    "2,2,CONTROLLED",
    "3,2,UNCONTROLLED",
    "4,3,BANDIT",
    "5,2,BANDIT",
    "6,3,UNCONTROLLED",
    "7,3,CONTROLLED",
    "8,1,UNCONTROLLED"
  })
  void rentsAreTheEnvelopeOfTheWeightedWelfare(long seed, int n, RandomSeparable.Moves moves) {
    SeparableEnvironment environment = RandomSeparable.of(seed, n, moves, seed % 2 == 0);
    double[] types = RandomSeparable.types(environment, seed);
    VirtualPivot pivot = solve(environment, types);
    Subscription found = pivot.subscription();
    double[] y = environment.effectiveWeights(types);
    assertThat(found.weightedWelfare())
        .isCloseTo(welfare(environment, y, found.included()), within(1e-9));
    for (int i = 0; i < n; i++) {
      if (!found.active()[i]) {
        continue;
      }
      // slope is the derivative of the welfare in the weight; its integral over A is the rent.
      SeparableAgent agent = environment.agent(i);
      int steps = 50;
      double low = agent.type().distribution().low();
      double sum = 0;
      for (int k = 0; k < steps; k++) {
        double z = low + (types[i] - low) * ((k + 0.5) / steps);
        if (!agent.weight(z).included()) {
          continue;
        }
        double[] at = y.clone();
        at[i] = agent.effectiveWeight(z) + 1e-6;
        double above = welfare(environment, at, found.included());
        at[i] -= 2e-6;
        double below = welfare(environment, at, found.included());
        double slope = (above - below) / 2e-6;
        sum += slope * agent.type().function().derivative(z) * (types[i] - low) / steps;
      }
      double scale = Math.abs(found.expectedValue()[i]) + 1;
      assertThat(found.utility()[i]).as("agent %d", i).isCloseTo(sum, within(0.03 * scale));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "11,2,CONTROLLED",
    "12,3,BANDIT",
    "13,2,UNCONTROLLED",
    "14,1,CONTROLLED",
    "15,3,CONTROLLED"
  })
  void whatIsPaidAtOnceAndLaterIsTheExpectedPayment(long seed, int n, RandomSeparable.Moves moves) {
    SeparableEnvironment environment = RandomSeparable.of(seed, n, moves, true);
    double[] types = RandomSeparable.types(environment, seed);
    VirtualPivot pivot = solve(environment, types);
    Subscription found = pivot.subscription();
    Environment weighted = pivot.tables().environment();
    BruteForce force = new BruteForce(weighted);
    int periods = environment.horizon() == 0 ? 300 : environment.horizon();
    for (int i = 0; i < n; i++) {
      if (!found.active()[i]) {
        continue;
      }
      // The payments of every period, played forward.
      double[] law = new double[force.space.states()];
      for (int s = 0; s < law.length; s++) {
        double[] one = new double[law.length];
        one[s] = 1;
        law[s] = mean(weighted, force, one);
      }
      double total = found.upfront()[i];
      double power = 1;
      for (int t = 1; t <= periods; t++) {
        power *= environment.discount();
        int period = environment.horizon() == 0 ? 1 : t;
        double[] next = new double[law.length];
        for (int s = 0; s < law.length; s++) {
          if (law[s] < 1e-15) {
            continue;
          }
          Allocation allocation = pivot.allocation(period, force.space.profile(s));
          total += power * law[s] * allocation.payments()[i];
          for (int u = 0; u < law.length; u++) {
            double[] one = new double[law.length];
            one[u] = 1;
            next[u] += law[s] * force.expect(one, s, allocation.action());
          }
        }
        law = next;
        if (power < 1e-10) {
          break;
        }
      }
      assertThat(total).as("agent %d", i).isCloseTo(found.expectedPayment()[i], within(1e-8));
    }
  }

  @Test
  void weightsOfTwoKindsOfValues() {
    SeparableEnvironment environment =
        RandomSeparable.of(21, 3, RandomSeparable.Moves.BANDIT, true);
    double[] types = RandomSeparable.types(environment, 21);
    Subscription found = solve(environment, types).subscription();
    for (int i = 0; i < 3; i++) {
      SeparableAgent agent = environment.agent(i);
      double h = agent.type().distribution().inverseHazard(types[i]);
      double slope = agent.type().function().derivative(types[i]);
      if (agent.additive()) {
        assertThat(found.alpha()[i]).isEqualTo(1);
        for (int a = 0; a < environment.actions(); a++) {
          assertThat(found.beta()[i][a]).isCloseTo(-h * slope * agent.constant(a), within(1e-14));
        }
      } else {
        double alpha = 1 - h * slope / agent.type().function().value(types[i]);
        assertThat(found.alpha()[i]).isCloseTo(alpha, within(1e-14));
      }
    }
  }

  @Test
  void rentsWithoutALowestTypeAreRefused() {
    // Both actions serve the agent, so that types far below 0 are served, too.
    Agent agent =
        Agent.uncontrolled(new double[][] {{1}, {1}}, new double[][] {{1}}).withInitial(1);
    PrivateType type =
        new PrivateType(new Normal(1, 1), new TypeFunction.Identity(), Valuation.MULTIPLICATIVE);
    SeparableEnvironment environment =
        new SeparableEnvironment(
            List.of(new SeparableAgent(type, agent)), new double[] {0, 0.1}, 0.5, 0);
    assertThatThrownBy(() -> solve(environment, 2))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith("utility is not finite");
  }

  @Test
  void initialTypesMustBeInTheSupport() {
    assertThatThrownBy(() -> solve(RandomSeparable.constantBuyer(0.5, 1, 0), 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("initialTypes[0] must be in the support: 1.5");
  }
}
