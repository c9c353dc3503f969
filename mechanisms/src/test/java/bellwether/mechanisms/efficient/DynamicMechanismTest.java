package bellwether.mechanisms.efficient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.RandomEnvironments;
import bellwether.mechanisms.joint.ProfileSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicMechanismTest {
  /** Pivot, team, static, and a Groves mechanism with random fees. */
  static List<Mechanism> exPost(Environment environment, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ProfileSpace space = new ProfileSpace(environment);
    List<double[]> phi = new ArrayList<>();
    for (int i = 0; i < environment.size(); i++) {
      int others = space.profiles() / space.types(i);
      phi.add(random.doubles(random.nextBoolean() ? 1 : others).toArray());
    }
    return List.of(Mechanism.PIVOT, Mechanism.TEAM, Mechanism.STATIC, new Mechanism.Groves(phi));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void paymentsAndUtilitiesAreTheDefinitions(long seed) {
    Environment environment = RandomEnvironments.any(seed);
    BruteForce expected = new BruteForce(environment);
    ProfileSpace space = expected.space;
    try (Workers workers = Workers.of(2)) {
      WelfareTables tables = WelfareTables.solve(environment, workers);
      for (Mechanism mechanism : exPost(environment, seed)) {
        DynamicMechanism dynamic = DynamicMechanism.of(tables, mechanism);
        double[] total = new double[space.states()];
        for (int i = 0; i < environment.size(); i++) {
          double[][] utility = expected.utility(mechanism, i);
          int who = i;
          double[][] paid =
              expected.evaluate(
                  (t, s) -> expected.price(mechanism, who, t, s, expected.action[t][s]));
          for (int t = 0; t < expected.periods; t++) {
            double[] payments = dynamic.payments(t, i);
            double[] utilities = dynamic.utilities(t, i);
            for (int s = 0; s < space.states(); s++) {
              int a = expected.action[t][s];
              Outcome outcome = dynamic.outcome(t, space.physical(s), space.profile(s));
              double price = expected.price(mechanism, i, t, s, a);
              assertThat(payments[s]).isCloseTo(price, within(1e-9));
              assertThat(utilities[s]).isCloseTo(utility[t][s], within(1e-9));
              assertThat(outcome.payment()[i]).isCloseTo(price, within(1e-9));
              assertThat(outcome.utility()[i]).isCloseTo(utility[t][s], within(1e-9));
              assertThat(outcome.action()).isEqualTo(a);
              assertThat(outcome.flowMarginalContribution()[i])
                  .isCloseTo(
                      environment.agent(i).value(a, space.type(s, i))
                          - expected.price(Mechanism.PIVOT, i, t, s, a),
                      within(1e-9));
              if (mechanism instanceof Mechanism.Groves) {
                assertThat(outcome.transfer()[i]).isCloseTo(paid[t][s], within(1e-9));
              }
            }
          }
          assertThat(dynamic.expectedPayment(i)).isCloseTo(expected.mean(paid[0]), within(1e-9));
          assertThat(dynamic.expectedUtility(i)).isCloseTo(expected.mean(utility[0]), within(1e-9));
          for (int s = 0; s < total.length; s++) {
            total[s] += paid[0][s];
          }
        }
        assertThat(dynamic.expectedRevenue()).isCloseTo(expected.mean(total), within(1e-9));
        assertThat(dynamic.expectedWelfare())
            .isCloseTo(expected.mean(expected.welfare[0]), within(1e-9));
      }
    }
  }

  /** gamma and interim utilities by the recursion of flows, after every history. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void balancedUtilitiesObeyTheirRecursion(long seed) {
    Environment environment = RandomEnvironments.any(seed, 2);
    BruteForce brute = new BruteForce(environment);
    ProfileSpace space = brute.space;
    try (Workers workers = Workers.of(2)) {
      WelfareTables tables = WelfareTables.solve(environment, workers);
      DynamicMechanism dynamic = DynamicMechanism.of(tables, Mechanism.BALANCED);
      BalancedTransfers transfers = dynamic.balanced();
      for (int i = 0; i < environment.size(); i++) {
        int who = i;
        double[][] others =
            brute.evaluate((t, s) -> brute.flow(j -> j != who, s, brute.action[t][s]));
        // At the beginning: U_i(theta_i) = E[v_i + d U_i(next)] - gamma_i.
        BalancedTransfers.History start = transfers.beginning();
        double mean = brute.mean(others[0]);
        for (int type = 0; type < space.types(i); type++) {
          double given = 0;
          double worth = 0;
          for (int x = 0; x < space.profiles(); x++) {
            if (space.type(x, i) != type) {
              continue;
            }
            int s = start.physical() * space.profiles() + x;
            double weight = 1;
            for (int j = 0; j < environment.size(); j++) {
              weight *= j == i ? 1 : start.law()[j][space.type(x, j)];
            }
            int a = brute.action[0][s];
            given += weight * others[0][s];
            double now = environment.agent(i).value(a, type);
            if (!tables.isLast(0)) {
              BalancedTransfers.History after =
                  transfers.after(0, space.physical(s), space.profile(s));
              for (int u = 0; u < space.types(i); u++) {
                int[] types = space.profile(s);
                types[i] = u;
                now +=
                    environment.discount()
                        * after.law()[i][u]
                        * transfers.utility(environment.isInfinite() ? 0 : 1, after, types)[i];
              }
            }
            worth += weight * now;
          }
          int[] report = new int[environment.size()];
          report[i] = type;
          Outcome outcome = dynamic.outcome(0, start.physical(), report);
          assertThat(outcome.gamma()[i]).isCloseTo(mean - given, within(1e-9));
          assertThat(outcome.utility()[i]).isCloseTo(worth - outcome.gamma()[i], within(1e-9));
          assertThat(java.util.Arrays.stream(outcome.payment()).sum()).isCloseTo(0, within(1e-12));
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void grovesMechanismsHavePropertyA(long seed) {
    Environment environment = RandomEnvironments.any(seed, 2);
    try (Workers workers = Workers.of(2)) {
      WelfareTables tables = WelfareTables.solve(environment, workers);
      for (Mechanism mechanism : exPost(environment, seed)) {
        PropertyA property = PropertyA.of(DynamicMechanism.of(tables, mechanism), 0);
        if (!(mechanism instanceof Mechanism.Static)) {
          assertThat(property.holds()).as(mechanism.word()).isTrue();
        }
      }
      // A transfer that punishes a type breaks it.
      DynamicMechanism team = DynamicMechanism.of(tables, Mechanism.TEAM);
      List<double[]> transfers = new ArrayList<>();
      for (int i = 0; i < environment.size(); i++) {
        transfers.add(team.transfers(0, i));
      }
      ProfileSpace space = tables.space();
      for (int s = 0; s < space.states(); s++) {
        transfers.get(1)[s] += space.type(s, 1) == 0 ? 0.25 : 0;
      }
      PropertyA broken = PropertyA.of(team, 0, transfers);
      assertThat(broken.holds(0)).isTrue();
      assertThat(broken.holds(1)).isEqualTo(space.types(1) == 1);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void mistakesAreNamed(long seed) {
    Environment environment = RandomEnvironments.any(seed, 2);
    try (Workers workers = Workers.of(1)) {
      WelfareTables tables = WelfareTables.solve(environment, workers);
      assertThatThrownBy(
              () -> DynamicMechanism.of(tables, new Mechanism.Groves(List.of(new double[1]))))
          .hasMessage("phi must have one entry for every agent, " + environment.size() + ": 1");
      DynamicMechanism pivot = DynamicMechanism.of(tables, Mechanism.PIVOT);
      assertThatThrownBy(() -> pivot.outcome(0, 0, 0))
          .hasMessage("profile must have one type for every agent, " + environment.size() + ": 1");
      assertThatThrownBy(pivot::balanced).hasMessage("mechanism pivot has no gamma");
    }
  }
}
