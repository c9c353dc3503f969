package bellwether.mechanisms.efficient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.RandomEnvironments;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarginalWelfareTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void agreesWithTables(long seed) {
    Environment environment = RandomEnvironments.uncontrolled(seed);
    try (Workers workers = Workers.of(2)) {
      WelfareTables tables = WelfareTables.solve(environment, workers);
      BanditEnvironmentTest.assertAgree(
          environment, tables, new MarginalWelfare(environment, workers));
    }
  }

  /** Forty bidders with values drawn anew from {0, 1} each period: 1 less the chance of all 0. */
  @Test
  void manyBiddersInClosedForm() {
    int n = 40;
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[][] value = new double[n + 1][2];
      value[i][1] = 1;
      agents.add(
          Agent.uncontrolled(value, new double[][] {{0.9, 0.1}, {0.9, 0.1}}).withInitial(0.9, 0.1));
    }
    Environment environment = Environment.of(agents, 0.9);
    try (Workers workers = Workers.of(2)) {
      ProfileMechanism pivot =
          new ProfileMechanism(new MarginalWelfare(environment, workers), Mechanism.PIVOT);
      double each = 1 - Math.pow(0.9, n);
      double without = 1 - Math.pow(0.9, n - 1);
      assertThat(pivot.expectedWelfare()).isCloseTo(10 * each, within(1e-9));
      // Payments are values less marginal contributions.
      assertThat(pivot.expectedRevenue())
          .isCloseTo(10 * (each - n * (each - without)), within(1e-8));
      int[] profile = new int[n];
      profile[7] = 1;
      Outcome outcome = pivot.outcome(profile);
      assertThat(outcome.action()).isEqualTo(7);
      assertThat(outcome.payment()[7]).isCloseTo(0, within(1e-10));
      profile[3] = 1;
      assertThat(pivot.outcome(profile).action()).isEqualTo(3);
      assertThat(pivot.payments(profile)[3]).isCloseTo(1, within(1e-10));
    }
  }
}
