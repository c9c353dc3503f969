package bellwether.core.mdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import org.junit.jupiter.api.Test;

class ReachableModelTest {
  /** A ladder of codes 10^12 k: up with probability p, else down; the top pays. */
  private static void ladder(long code, ReachableModel.Choices choices) {
    long rung = code / 1_000_000_000_000L;
    for (int a = 0; a < (rung == 0 ? 1 : 2); a++) {
      double up = a == 0 ? 0.5 : 0.75;
      choices.action(2 * a, (rung == 4 ? 1 : 0) - 0.1 * a);
      choices.successor(1_000_000_000_000L * Math.min(4, rung + 1), up);
      choices.successor(1_000_000_000_000L * Math.max(0, rung - 1), 1 - up);
    }
  }

  @Test
  void reachableStatesAreFoundAndSolvedLikeTheWholeModel() {
    ReachableModel reachable =
        ReachableModel.explore(
            ReachableModelTest::ladder, 3, 5, 2_000_000_000_000L, 2_000_000_000_000L);
    assertThat(reachable.mdp().states()).isEqualTo(5);
    assertThat(reachable.code(0)).isEqualTo(2_000_000_000_000L);
    assertThat(reachable.code(1)).isEqualTo(3_000_000_000_000L);
    assertThat(reachable.state(7)).isEqualTo(-1);
    MdpAssembler whole = new MdpAssembler(5, 3);
    for (int k = 0; k < 5; k++) {
      for (int a = 0; a < (k == 0 ? 1 : 2); a++) {
        whole.transition(k, 2 * a, Math.min(4, k + 1), a == 0 ? 0.5 : 0.75);
        whole.transition(k, 2 * a, Math.max(0, k - 1), a == 0 ? 0.5 : 0.25);
        whole.reward(k, 2 * a, (k == 4 ? 1 : 0) - 0.1 * a);
      }
    }
    try (Workers workers = Workers.of(1)) {
      double[] expected =
          MdpSolver.solve(MdpProblem.maximize(whole.build(), 0.9), SolveOptions.DEFAULT, workers)
              .value();
      double[] actual =
          MdpSolver.solve(MdpProblem.maximize(reachable.mdp(), 0.9), SolveOptions.DEFAULT, workers)
              .value();
      for (int k = 0; k < 5; k++) {
        int s = reachable.state(1_000_000_000_000L * k);
        assertThat(actual[s]).isCloseTo(expected[k], within(1e-8));
      }
    }
  }

  @Test
  void whatCannotBeReachedIsLeftOut() {
    ReachableModel reachable =
        ReachableModel.explore(
            (code, choices) -> {
              choices.action(0, 1);
              choices.successor(code / 2, 1);
            },
            1,
            100,
            9);
    assertThat(reachable.mdp().states()).isEqualTo(5);
    assertThat(reachable.code(4)).isZero();
    assertThat(reachable.state(8)).isEqualTo(-1);
  }

  @Test
  void tooManyStatesAndWrongRowsAreRefused() {
    assertThatThrownBy(
            () ->
                ReachableModel.explore(
                    (code, choices) -> {
                      choices.action(0, 0);
                      choices.successor(code + 1, 1);
                    },
                    1,
                    1000,
                    0))
        .hasMessage("more than 1000 states can be reached, 1000 are allowed");
    assertThatThrownBy(() -> ReachableModel.explore((code, choices) -> {}, 1, 9, 42))
        .hasMessage("state with code 42 has no action, expected one at least");
    assertThatThrownBy(
            () -> ReachableModel.explore((code, choices) -> choices.action(1, 0), 1, 9, 42))
        .hasMessage("state with code 42 has action 1, expected 0 to 0");
    assertThatThrownBy(
            () -> ReachableModel.explore((code, choices) -> choices.successor(0, 1), 1, 9, 42))
        .hasMessage("state with code 42 has a successor before its first action");
    assertThatThrownBy(
            () ->
                ReachableModel.explore(
                    (code, choices) -> {
                      choices.action(0, 0);
                      choices.successor(0, 0.5);
                    },
                    1,
                    9,
                    42))
        .hasMessage(
            "state with code 42, action 0 has probabilities that sum to 0.5, expected 1 within"
                + " 1.0E-9");
  }
}
