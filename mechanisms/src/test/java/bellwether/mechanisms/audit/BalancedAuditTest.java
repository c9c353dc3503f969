package bellwether.mechanisms.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.efficient.BalancedTransfers;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.RandomEnvironments;
import bellwether.mechanisms.joint.ProfileSpace;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BalancedAuditTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void truthIsBestAndPaymentsSumToNothing(long seed) {
    Environment environment = RandomEnvironments.any(seed, 2);
    try (Workers workers = Workers.of(2)) {
      WelfareTables tables = WelfareTables.solve(environment, workers);
      DynamicMechanism mechanism = DynamicMechanism.of(tables, Mechanism.BALANCED);
      AuditReport report = BalancedAudit.of(mechanism, words -> {});
      assertThat(report.maxIncentiveGain()).isLessThan(1e-9);
      assertThat(report.maxBudgetImbalance()).isLessThan(1e-12);
      // The truthful utilities obey the recursion of flows: nothing else is in the error.
      assertThat(report.errorBound()).isLessThan(1e-8);
      double least = Double.POSITIVE_INFINITY;
      BalancedTransfers transfers = mechanism.balanced();
      ProfileSpace space = tables.space();
      for (int i = 0; i < environment.size(); i++) {
        double[] law = Objects.requireNonNull(environment.agent(i).initial());
        for (int type = 0; type < law.length; type++) {
          int[] types = new int[space.agents()];
          types[i] = type;
          if (law[type] > 0) {
            least = Math.min(least, transfers.utility(0, transfers.beginning(), types)[i]);
          }
        }
      }
      assertThat(report.minUtility()).isCloseTo(least, within(1e-9));
    }
  }
}
