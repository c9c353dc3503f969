package bellwether.mechanisms.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.audit.AuditReport;
import bellwether.mechanisms.audit.ExPostAudit;
import bellwether.mechanisms.efficient.DynamicMechanism;
import bellwether.mechanisms.efficient.Mechanism;
import bellwether.mechanisms.efficient.WelfareTables;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.RandomEnvironments;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedAuditTest {
  /**
   * Two workers, of whom each can be trained (actions 1 and 3, at a cost to the designer) or set to
   * work (2 and 4); who does neither forgets.
   */
  private static Environment training() {
    double[][] forgets = {{1, 0, 0}, {0.1, 0.9, 0}, {0, 0.1, 0.9}};
    double[][] learns = {{0.3, 0.7, 0}, {0, 0.4, 0.6}, {0, 0, 1}};
    double[][] stays = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    double[] nothing = new double[3];
    Agent one =
        Agent.of(
                new double[][] {nothing, nothing, {0.2, 0.9, 1.6}, nothing, nothing},
                new double[][][] {forgets, learns, stays, forgets, forgets})
            .withInitial(0.6, 0.3, 0.1);
    Agent two =
        Agent.of(
                new double[][] {
                  nothing, {-0.05, -0.05, -0.05}, nothing, {0.05, 0.05, 0.05}, {0.4, 0.7, 1.9}
                },
                new double[][][] {forgets, forgets, forgets, learns, stays})
            .withInitial(0.5, 0.5, 0);
    return Environment.builder(List.of(one, two), 0.9).designerValue(0, -0.35, 0, -0.25, 0).build();
  }

  @Test
  void findsTheGainOfTheControl() {
    Environment environment = training();
    try (Workers workers = Workers.of(2)) {
      DynamicMechanism control =
          DynamicMechanism.of(WelfareTables.solve(environment, workers), Mechanism.STATIC);
      AuditReport exact = ExPostAudit.of(control, words -> {});
      assertThat(exact.maxMultiPeriodGain()).isGreaterThan(0.1);
      SimulatedAudit.Found found =
          SimulatedAudit.run(new TableRule(control), false, 100, 0, 100, 1, words -> {}, workers);
      assertThat(found.gainFound()).isTrue();
      assertThat(found.gain().mean())
          .isLessThanOrEqualTo(
              exact.maxMultiPeriodGain() + 5 * found.gain().standardError() + 1e-4);
    }
  }

  /** A false alarm has a chance of 0.1% a run; the seeds are fixed. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void findsNoneWhereThereIsNone(long seed) {
    Environment environment = RandomEnvironments.any(seed, 2);
    try (Workers workers = Workers.of(2)) {
      WelfareTables tables = WelfareTables.solve(environment, workers);
      for (Mechanism mechanism : List.of(Mechanism.PIVOT, Mechanism.TEAM, Mechanism.BALANCED)) {
        SimulatedAudit.Found found =
            SimulatedAudit.run(
                new TableRule(DynamicMechanism.of(tables, mechanism)),
                mechanism instanceof Mechanism.Balanced,
                20,
                0,
                50,
                seed,
                words -> {},
                workers);
        assertThat(found.gainFound()).as(mechanism.word()).isFalse();
      }
    }
  }
}
