package bellwether.mechanisms.efficient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.RandomEnvironments;
import bellwether.mechanisms.environment.Solver;
import bellwether.mechanisms.environment.Structure;
import bellwether.mechanisms.joint.ProfileSpace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WelfareTablesTest {
  private static void assertAllAgree(Environment environment, Workers workers) {
    BruteForce expected = new BruteForce(environment);
    Structure structure = Structure.of(environment);
    ProfileSpace space = expected.space;
    for (Solver solver : Solver.values()) {
      if (solver == Solver.BANDIT || !structure.allows(solver)) {
        continue;
      }
      WelfareTables tables = WelfareTables.solve(environment, solver, 1e-11, words -> {}, workers);
      for (int t = 0; t < expected.periods; t++) {
        assertThat(tables.action(t)).as(solver.word()).isEqualTo(expected.action[t]);
        for (int s = 0; s < space.states(); s++) {
          assertThat(tables.welfare(t)[s])
              .as(solver.word())
              .isCloseTo(expected.welfare[t][s], within(1e-9));
          for (int i = 0; i < environment.size(); i++) {
            assertThat(tables.without(t, i)[space.without(i, s)])
                .as(solver.word())
                .isCloseTo(expected.without[i][t][s], within(1e-9));
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void allSolversAgreeWithBruteForce(long seed) {
    try (Workers workers = Workers.of(2)) {
      assertAllAgree(RandomEnvironments.any(seed), workers);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void uncontrolledTypesAreOneLinearEvaluation(long seed) {
    Environment environment = RandomEnvironments.uncontrolled(seed);
    assertThat(Structure.of(environment).choose()).isEqualTo(Solver.UNCONTROLLED);
    try (Workers workers = Workers.of(2)) {
      assertAllAgree(environment, workers);
    }
  }

  @Test
  void bitsDoNotDependOnThreads() {
    Environment environment = RandomEnvironments.any(2, 3);
    try (Workers one = Workers.of(1);
        Workers two = Workers.of(2)) {
      for (Solver solver : List.of(Solver.JOINT, Solver.PRODUCT)) {
        WelfareTables a = WelfareTables.solve(environment, solver, 1e-11, words -> {}, one);
        WelfareTables b = WelfareTables.solve(environment, solver, 1e-11, words -> {}, two);
        assertThat(a.welfare(0)).isEqualTo(b.welfare(0));
        assertThat(a.without(0, 1)).isEqualTo(b.without(0, 1));
      }
    }
  }

  @Test
  void aSolverThatDoesNotApplySaysWhy() {
    Agent agent =
        Agent.of(
            new double[][] {{0, 1}, {1, 0}}, new double[][][] {{{1, 0}, {0, 1}}, {{0, 1}, {1, 0}}});
    Environment environment = Environment.of(List.of(agent), 0.5);
    try (Workers workers = Workers.of(1)) {
      assertThatThrownBy(
              () ->
                  WelfareTables.solve(environment, Solver.UNCONTROLLED, 1e-9, words -> {}, workers))
          .hasMessage(
              "solver uncontrolled does not apply: actions 0 and 1 move the types of agent 0"
                  + " differently");
    }
  }

  @Test
  void tablesThatDoNotFitAreRefusedBeforeMemoryIsTaken() {
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      double[][] value = new double[30][2];
      value[i][1] = 1;
      agents.add(Agent.uncontrolled(value, new double[][] {{0.5, 0.5}, {0.5, 0.5}}));
    }
    try (Workers workers = Workers.of(1)) {
      assertThatThrownBy(() -> WelfareTables.solve(Environment.of(agents, 0.5), workers))
          .hasMessageContaining(
              "solver uncontrolled does not apply: 1.07374e+09 joint states need");
    }
  }
}
