package bellwether.mechanisms.efficient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.audit.AuditReport;
import bellwether.mechanisms.audit.OneShotSample;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.RandomEnvironments;
import bellwether.mechanisms.joint.ProfileSpace;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BanditEnvironmentTest {
  /** Every profile of a small bandit, against tables over its joint states. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void agreesWithTables(long seed) {
    // Half of them have types that are worth less than being left alone.
    Environment environment = RandomEnvironments.bandit(seed, seed % 2 == 0 ? 0 : -0.7);
    try (Workers workers = Workers.of(2)) {
      WelfareTables tables = WelfareTables.solve(environment, workers);
      BanditEnvironment bandit = new BanditEnvironment(environment, Kernels.best(), workers);
      assertAgree(environment, tables, bandit);
    }
  }

  static void assertAgree(Environment environment, WelfareTables tables, ProfileWelfare welfare) {
    ProfileSpace space = tables.space();
    List<double[]> fees = Collections.nCopies(environment.size(), new double[] {0.3});
    for (Mechanism mechanism :
        List.of(Mechanism.PIVOT, Mechanism.TEAM, new Mechanism.Groves(fees), Mechanism.STATIC)) {
      DynamicMechanism dynamic = DynamicMechanism.of(tables, mechanism);
      ProfileMechanism byProfile = new ProfileMechanism(welfare, mechanism);
      for (int s = 0; s < space.states(); s++) {
        int[] profile = space.profile(s);
        Outcome expected = dynamic.outcome(0, 0, profile);
        Outcome found = byProfile.outcome(profile);
        assertThat(found.action()).isEqualTo(expected.action());
        assertThat(found.welfare()).isCloseTo(expected.welfare(), within(1e-9));
        assertThat(found.welfareWithout()).containsExactly(expected.welfareWithout(), within(1e-9));
        assertThat(found.payment()).containsExactly(expected.payment(), within(1e-9));
        assertThat(found.flowMarginalContribution())
            .containsExactly(expected.flowMarginalContribution(), within(1e-9));
        if (!(mechanism instanceof Mechanism.Static)) {
          assertThat(found.utility()).containsExactly(expected.utility(), within(1e-9));
        }
        for (int a = 0; a < environment.actions(); a++) {
          ProfileWelfare.Values after = welfare.after(a, profile);
          if (!tables.isLast(0)) {
            double[][] room = new double[2][space.states()];
            assertThat(after.welfare())
                .isCloseTo(tables.tensor().expect(a, tables.welfare(1), room)[s], within(1e-9));
          }
        }
      }
      assertThat(byProfile.expectedWelfare()).isCloseTo(dynamic.expectedWelfare(), within(1e-9));
      double revenue = byProfile.expectedRevenue();
      if (!Double.isNaN(revenue)) {
        assertThat(revenue).isCloseTo(dynamic.expectedRevenue(), within(1e-9));
      }
      if (!(mechanism instanceof Mechanism.Static)) {
        AuditReport report = OneShotSample.of(byProfile, 20, 5, words -> {});
        assertThat(report.maxIncentiveGain()).isLessThan(1e-9);
      }
    }
  }

  @Test
  void whatIsNoBanditSaysWhy() {
    Environment environment = RandomEnvironments.any(2, 3);
    try (Workers workers = Workers.of(1)) {
      assertThatThrownBy(() -> new BanditEnvironment(environment, Kernels.best(), workers))
          .hasMessageStartingWith("the environment is no bandit: ");
    }
  }
}
