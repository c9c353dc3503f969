package bellwether.core.mdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductWelfareTest {
  /** The environment with one agent's value left out, over all joint states. */
  private static SparseMdp explicitWithout(ProductMdp model, int agent) {
    SparseMdp joint = RandomProducts.explicit(model);
    GeneratedMdp generated =
        GeneratedMdp.of(
            joint.states(),
            joint.actions(),
            firstRow(joint),
            rowAction(joint),
            (s, a, successors) -> {
              joint.forEachSuccessor(joint.row(s, a), successors);
              return model.reward(s, a) - model.agent(agent).value(a, model.type(s, agent));
            });
    int[] start = new int[joint.rows() + 1];
    int[][] successor = {new int[0]};
    double[][] probability = {new double[0]};
    double[] reward = new double[joint.rows()];
    for (int k = 0; k < joint.rows(); k++) {
      reward[k] = generated.rowReward(k);
      joint.forEachSuccessor(
          k,
          (t, p) -> {
            successor[0] = java.util.Arrays.copyOf(successor[0], successor[0].length + 1);
            probability[0] = java.util.Arrays.copyOf(probability[0], successor[0].length);
            successor[0][successor[0].length - 1] = t;
            probability[0][successor[0].length - 1] = p;
          });
      start[k + 1] = successor[0].length;
    }
    return SparseMdp.owning(
        joint.states(),
        joint.actions(),
        firstRow(joint),
        rowAction(joint),
        start,
        successor[0],
        probability[0],
        reward);
  }

  private static int[] firstRow(RowMdp model) {
    int[] first = new int[model.states() + 1];
    java.util.Arrays.setAll(first, model::firstRow);
    return first;
  }

  private static int[] rowAction(RowMdp model) {
    int[] action = new int[model.rows()];
    for (int s = 0; s < model.states(); s++) {
      for (int k = model.firstRow(s); k < model.firstRow(s + 1); k++) {
        action[k] = model.action(s, k);
      }
    }
    return action;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyWelfareIsThatOfTheExplicitModel(long seed) {
    ProductMdp model = RandomProducts.of(seed, 1, 3, 3, 2, 4);
    try (Workers workers = Workers.of(2)) {
      WelfareSolution solution = ProductWelfare.solve(model, 0.9, SolveOptions.DEFAULT, workers);
      assertThat(solution.converged()).isTrue();
      Solution welfare =
          MdpSolver.solve(MdpProblem.maximize(model, 0.9), SolveOptions.DEFAULT, workers);
      assertThat(solution.welfare().value()).isEqualTo(welfare.value());
      assertThat(solution.welfare().policy()).isEqualTo(welfare.policy());
      for (int i = 0; i < model.agents(); i++) {
        Solution without = solution.without().get(i);
        Solution explicit =
            MdpSolver.solve(
                MdpProblem.maximize(explicitWithout(model, i), 0.9), SolveOptions.DEFAULT, workers);
        for (int s = 0; s < model.states(); s++) {
          assertThat(without.value()[model.stateWithout(i, s)])
              .as("agent " + i + " state " + s)
              .isEqualTo(explicit.value()[s], within(without.upperGap() + explicit.upperGap()));
        }
      }
    }
  }

  /** The example of an option that waits: an item that is gone once it is given away. */
  @Test
  void aPublicStateIsAnAgentWithoutValue() {
    TypeTransition gone = TypeTransition.dense(new double[][] {{0, 1}, {0, 1}});
    ProductAgent item =
        ProductAgent.of(new double[3][2], TypeTransition.stay(2), gone, gone)
            .allowing(new boolean[][] {{true, true}, {true, false}, {true, false}});
    TypeTransition still = TypeTransition.stay(1);
    ProductAgent first = ProductAgent.of(new double[][] {{0}, {0.6}, {0}}, still, still, still);
    TypeTransition learns =
        TypeTransition.dense(new double[][] {{1, 0, 0}, {0.5, 0, 0.5}, {0, 0, 1}});
    ProductAgent second =
        ProductAgent.of(new double[][] {{0, 0, 0}, {0, 0, 0}, {0, 0.5, 1}}, learns, learns, learns);
    ProductMdp model = ProductMdp.of(new double[3], List.of(item, first, second));
    try (Workers workers = Workers.of(1)) {
      WelfareSolution solution = ProductWelfare.solve(model, 0.9, SolveOptions.DEFAULT, workers);
      int state = model.state(0, 0, 1);
      assertThat(solution.welfare().value()[state]).isEqualTo(0.72, within(1e-9));
      assertThat(solution.welfare().policy()[state]).isZero();
      assertThat(solution.without().get(1).value()[model.stateWithout(1, state)])
          .isEqualTo(0.5, within(1e-9));
      assertThat(solution.without().get(2).value()[model.stateWithout(2, state)])
          .isEqualTo(0.6, within(1e-9));
      // The item itself is worth nothing, so without it nothing changes.
      assertThat(solution.without().get(0).value()).isEqualTo(solution.welfare().value());
    }
  }

  @Test
  void progressHearsTheLargestGapAndCanStop() {
    ProductMdp model = RandomProducts.of(3, 1, 2, 4, 5);
    double[] last = new double[1];
    try (Workers workers = Workers.of(2)) {
      WelfareSolution solution =
          ProductWelfare.solve(
              model,
              0.99,
              SolveOptions.DEFAULT.reporting(
                  (sweeps, gap) -> {
                    last[0] = gap;
                    return sweeps < 3;
                  }),
              workers);
      assertThat(solution.converged()).isFalse();
      assertThat(solution.welfare().sweeps()).isLessThanOrEqualTo(6);
      assertThat(last[0]).isNotNegative();
      assertThatThrownBy(() -> ProductWelfare.solve(model, 1, SolveOptions.DEFAULT, workers))
          .hasMessage("discount must be below 1: 1.0");
    }
  }
}
