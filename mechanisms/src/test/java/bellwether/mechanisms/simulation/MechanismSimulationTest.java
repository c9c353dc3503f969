package bellwether.mechanisms.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.efficient.BanditEnvironment;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.efficient.ProfileMechanism;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.RandomEnvironments;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeds are fixed; with fresh ones an estimate would be off by 5 standard errors once in 2e6. */
class MechanismSimulationTest {
  private static void assertNear(Estimate estimate, double exact, double remainder) {
    assertThat(Math.abs(estimate.mean() - exact))
        .isLessThanOrEqualTo(5 * estimate.standardError() + remainder + 1e-9);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void truthAgreesWithExactValues(long seed) {
    Environment environment = RandomEnvironments.any(seed, 2);
    List<ReportingStrategy> truth = ReportingStrategy.allTruthful(environment.agents());
    try (Workers workers = Workers.of(2)) {
      WelfareTables tables = WelfareTables.solve(environment, workers);
      for (Mechanism mechanism :
          List.of(Mechanism.PIVOT, Mechanism.TEAM, Mechanism.STATIC, Mechanism.BALANCED)) {
        DynamicMechanism dynamic = DynamicMechanism.of(tables, mechanism);
        int physical = environment.physical().initial();
        SimulationReport report =
            MechanismSimulation.run(
                new TableRule(dynamic), truth, null, physical, 0, 2_000, seed, workers);
        assertNear(report.welfare(), dynamic.expectedWelfare(), report.remainder());
        double remainder = 20 * report.remainder();
        assertNear(report.revenue(), dynamic.expectedRevenue(), remainder);
        if (mechanism instanceof Mechanism.Balanced) {
          assertThat(report.maxBudgetImbalance()).isLessThan(1e-12);
        } else {
          for (int i = 0; i < environment.size(); i++) {
            assertNear(report.utility().get(i), dynamic.mean(dynamic.utilities(0, i)), remainder);
          }
        }
      }
    }
  }

  @Test
  void bitsDoNotDependOnThreads() {
    Environment environment = RandomEnvironments.any(4, 2);
    List<ReportingStrategy> truth = ReportingStrategy.allTruthful(environment.agents());
    SimulationReport[] reports = new SimulationReport[2];
    for (int k = 0; k < 2; k++) {
      try (Workers workers = Workers.of(k + 1)) {
        DynamicMechanism pivot =
            DynamicMechanism.of(WelfareTables.solve(environment, workers), Mechanism.PIVOT);
        reports[k] =
            MechanismSimulation.run(new TableRule(pivot), truth, null, 0, 0, 1_000, 7, workers);
      }
    }
    assertThat(reports[0]).isEqualTo(reports[1]);
  }

  /** Lies of the pivot mechanism cost the liar, in expectation; no other utility is promised. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14})
  void liesDoNotPay(long seed) {
    Environment environment = RandomEnvironments.any(seed, 2);
    try (Workers workers = Workers.of(2)) {
      TableRule rule =
          new TableRule(
              DynamicMechanism.of(WelfareTables.solve(environment, workers), Mechanism.PIVOT));
      List<ReportingStrategy> strategies =
          new ArrayList<>(ReportingStrategy.allTruthful(environment.agents()));
      int physical = environment.physical().initial();
      SimulationReport honest =
          MechanismSimulation.run(rule, strategies, null, physical, 0, 2_000, seed, workers);
      for (ReportingStrategy lie :
          List.of(
              ReportingStrategy.shading(environment.agent(0), 0.5),
              ReportingStrategy.random(environment.agent(0), 0.7),
              ReportingStrategy.table(
                  environment.agent(0), new int[environment.agent(0).types()]))) {
        strategies.set(0, lie);
        SimulationReport liar =
            MechanismSimulation.run(rule, strategies, null, physical, 0, 2_000, seed, workers);
        Estimate with = liar.utility().get(0);
        Estimate without = honest.utility().get(0);
        double error = Math.hypot(with.standardError(), without.standardError());
        assertThat(with.mean()).isLessThanOrEqualTo(without.mean() + 5 * error + 1e-6);
        assertThat(liar.welfare().mean())
            .isLessThanOrEqualTo(honest.welfare().mean() + 5 * error + 1e-6);
      }
    }
  }

  @Test
  void banditsArePlayedWithoutTables() {
    Environment environment = RandomEnvironments.bandit(6, 0);
    List<ReportingStrategy> truth = ReportingStrategy.allTruthful(environment.agents());
    try (Workers workers = Workers.of(2)) {
      ProfileMechanism pivot =
          new ProfileMechanism(
              new BanditEnvironment(environment, Kernels.best(), workers), Mechanism.PIVOT);
      SimulationReport report =
          MechanismSimulation.run(new ProfileRule(pivot), truth, null, 0, 40, 500, 3, workers);
      assertNear(report.welfare(), pivot.expectedWelfare(), report.remainder());
    }
  }
}
