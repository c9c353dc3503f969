package bellwether.mechanisms.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.efficient.BruteForce;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.RandomEnvironments;
import bellwether.mechanisms.joint.ProfileSpace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExPostAuditTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void findsWhatBruteForceFinds(long seed) {
    Environment environment = RandomEnvironments.any(seed);
    BruteForce expected = new BruteForce(environment);
    ProfileSpace space = expected.space;
    try (Workers workers = Workers.of(2)) {
      WelfareTables tables = WelfareTables.solve(environment, workers);
      for (Mechanism mechanism : List.of(Mechanism.PIVOT, Mechanism.TEAM, Mechanism.STATIC)) {
        AuditReport report = ExPostAudit.of(DynamicMechanism.of(tables, mechanism), words -> {});
        double least = Double.POSITIVE_INFINITY;
        double imbalance = 0;
        double deficit = 0;
        double[][] sums = new double[expected.periods][space.states()];
        for (int i = 0; i < environment.size(); i++) {
          double[][] utility = expected.utility(mechanism, i);
          for (int t = 0; t < expected.periods; t++) {
            for (int s = 0; s < space.states(); s++) {
              least = Math.min(least, utility[t][s]);
              sums[t][s] += expected.price(mechanism, i, t, s, expected.action[t][s]);
            }
          }
        }
        for (double[] row : sums) {
          for (double sum : row) {
            imbalance = Math.max(imbalance, Math.abs(sum));
            deficit = Math.max(deficit, -sum);
          }
        }
        assertThat(report.maxIncentiveGain())
            .as(mechanism.word())
            .isCloseTo(expected.largestGain(mechanism), within(1e-9));
        assertThat(report.maxMultiPeriodGain())
            .as(mechanism.word())
            .isCloseTo(expected.largestStrategyGain(mechanism), within(1e-8));
        assertThat(report.minUtility()).isCloseTo(least, within(1e-9));
        assertThat(report.maxBudgetImbalance()).isCloseTo(imbalance, within(1e-9));
        assertThat(report.maxDeficit()).isCloseTo(deficit, within(1e-9));
        if (!(mechanism instanceof Mechanism.Static)) {
          assertThat(report.maxIncentiveGain()).isLessThan(1e-9);
        }
      }
    }
  }

  /** The control is found out wherever enumeration finds a gain, and the lie is told. */
  @Test
  void theControlIsFoundOut() {
    int found = 0;
    int expected = 0;
    try (Workers workers = Workers.of(2)) {
      for (long seed = 100; seed < 130; seed++) {
        Environment environment = RandomEnvironments.any(seed, 2);
        WelfareTables tables = WelfareTables.solve(environment, workers);
        AuditReport report =
            ExPostAudit.of(DynamicMechanism.of(tables, Mechanism.STATIC), words -> {});
        expected += new BruteForce(environment).largestGain(Mechanism.STATIC) > 1e-6 ? 1 : 0;
        if (report.maxIncentiveGain() > 1e-6) {
          found++;
          Place place = report.worstDeviation();
          assertThat(place.report()).isNotEqualTo(place.profile()[place.agent()]);
          assertThat(report.maxMultiPeriodGain()).isGreaterThan(report.maxIncentiveGain() - 1e-8);
        }
      }
    }
    assertThat(found).isEqualTo(expected).isPositive();
  }
}
