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
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
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

  /** A premium on every lie, so that lies pay, and the liar's program written out. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void findsTheBestStrategyOfLies(long seed) {
    Environment environment = RandomEnvironments.any(seed, 2);
    double premium = 0.01 + 0.2 * new SplittableRandom(seed).nextDouble();
    try (Workers workers = Workers.of(2)) {
      DynamicMechanism mechanism =
          DynamicMechanism.of(WelfareTables.solve(environment, workers), Mechanism.BALANCED);
      AuditReport report = BalancedAudit.of(mechanism, words -> {}, premium);
      double expected = 0;
      for (int i = 0; i < environment.size(); i++) {
        expected = Math.max(expected, new Liar(mechanism, i, premium).gain());
      }
      assertThat(report.maxMultiPeriodGain()).isCloseTo(expected, within(1e-7));
      assertThat(report.maxMultiPeriodGain()).isGreaterThanOrEqualTo(report.maxIncentiveGain());
    }
  }

  @Test
  void liesAtSeveralDatesGainMoreThanOne() {
    int more = 0;
    for (long seed = 1; seed <= 12; seed++) {
      try (Workers workers = Workers.of(2)) {
        Environment environment = RandomEnvironments.any(seed, 2);
        DynamicMechanism mechanism =
            DynamicMechanism.of(WelfareTables.solve(environment, workers), Mechanism.BALANCED);
        AuditReport report = BalancedAudit.of(mechanism, words -> {}, 0.1);
        more += report.maxMultiPeriodGain() > report.maxIncentiveGain() + 1e-3 ? 1 : 0;
      }
    }
    assertThat(more).isGreaterThan(3);
  }

  /** The truthful and the best value of one agent, by history and true type, from payments. */
  private static final class Liar {
    private final DynamicMechanism mechanism;
    private final Environment environment;
    private final ProfileSpace space;
    private final int agent;
    private final double premium;

    Liar(DynamicMechanism mechanism, int agent, double premium) {
      this.mechanism = mechanism;
      this.agent = agent;
      this.premium = premium;
      environment = mechanism.tables().environment();
      space = mechanism.tables().space();
    }

    double gain() {
      int types = space.types(agent);
      double[][][] later = new double[2][space.states()][types];
      double most = 0;
      boolean infinite = environment.isInfinite();
      int rounds = infinite ? 2_000 : environment.horizon() - 1;
      for (int round = 0; round < rounds; round++) {
        int t = infinite ? 0 : environment.horizon() - 1 - round;
        double[][][] now = new double[2][space.states()][];
        double change = 0;
        for (int s = 0; s < space.states(); s++) {
          BalancedTransfers.History before =
              mechanism.balanced().after(infinite ? 0 : t - 1, space.physical(s), space.profile(s));
          double[][] value = values(t, before, later, infinite || t < environment.horizon() - 1);
          for (int type = 0; type < types; type++) {
            change = Math.max(change, Math.abs(value[1][type] - later[1][s][type]));
            most = Math.max(most, infinite ? 0 : value[1][type] - value[0][type]);
          }
          now[0][s] = value[0];
          now[1][s] = value[1];
        }
        later = now;
        if (infinite && change < 1e-10) {
          break;
        }
      }
      for (int s = 0; infinite && s < space.states(); s++) {
        for (int type = 0; type < types; type++) {
          most = Math.max(most, later[1][s][type] - later[0][s][type]);
        }
      }
      double[][] first =
          values(0, mechanism.balanced().beginning(), later, infinite || environment.horizon() > 1);
      for (int type = 0; type < types; type++) {
        most = Math.max(most, first[1][type] - first[0][type]);
      }
      return most;
    }

    /** Of the truth and of the best report, by true type, after a history. */
    private double[][] values(
        int t, BalancedTransfers.History before, double[][][] later, boolean goesOn) {
      int types = space.types(agent);
      int next = (agent + 1) % space.agents();
      double[][] gamma = mechanism.balanced().gammas(t, before);
      double[][] value = new double[2][types];
      for (int type = 0; type < types; type++) {
        value[1][type] = Double.NEGATIVE_INFINITY;
        for (int r = 0; r < types; r++) {
          double[] worth = new double[2];
          for (int p = 0; p < space.profiles(); p++) {
            if (space.type(p, agent) != r) {
              continue;
            }
            double probability = 1;
            for (int j = 0; j < space.agents(); j++) {
              probability *= j == agent ? 1 : before.law()[j][space.type(p, j)];
            }
            int s = before.physical() * space.profiles() + p;
            int action = mechanism.tables().action(t)[s];
            double flow =
                environment.agent(agent).value(action, type)
                    - gamma[agent][r]
                    + gamma[next][space.type(p, next)];
            double[] row = new double[types];
            environment
                .agent(agent)
                .transition(action)
                .forEachSuccessor(type, (u, q) -> row[u] += q);
            for (int which = 0; which < 2; which++) {
              double after = 0;
              for (int u = 0; goesOn && u < types; u++) {
                after += row[u] * later[which][s][u];
              }
              worth[which] += probability * (flow + environment.discount() * after);
            }
          }
          if (r == type) {
            value[0][type] = worth[0];
          }
          value[1][type] = Math.max(value[1][type], worth[1] + (r == type ? 0 : premium));
        }
      }
      return value;
    }
  }
}
