package bellwether.core.mdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductMdpTest {
  private static ProductAgent still(int types, int actions) {
    TypeTransition[] stay = new TypeTransition[actions];
    java.util.Arrays.fill(stay, TypeTransition.stay(types));
    return ProductAgent.of(new double[actions][types], stay);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void statesRewardsAndWhatIsLeftWithoutAnAgent(long seed) {
    ProductMdp model = RandomProducts.of(seed, 1, 2, 3, 1, 4, 2);
    for (int s = 0; s < model.states(); s++) {
      int[] types = new int[model.agents()];
      for (int i = 0; i < types.length; i++) {
        types[i] = model.type(s, i);
      }
      assertThat(model.state(types)).isEqualTo(s);
      for (int a = 0; a < model.actions(); a++) {
        for (int i = 0; model.allowed(s, a) && i < types.length; i++) {
          double without = model.reward(s, a) - model.agent(i).value(a, types[i]);
          ProductMdp others = model.without(i);
          assertThat(others.reward(model.stateWithout(i, s), a))
              .isCloseTo(without, org.assertj.core.api.Assertions.within(1e-14));
        }
      }
    }
  }

  @Test
  void theOnlyAgentLeavesOneState() {
    ProductMdp others = ProductMdp.of(new double[] {3, 4}, List.of(still(5, 2))).without(0);
    assertThat(others.states()).isEqualTo(1);
    assertThat(others.reward(0, 1)).isEqualTo(4);
  }

  @Test
  void typesThatStayAreRecognized() {
    assertThat(TypeTransition.dense(new double[][] {{1, 0}, {0, 1}}).stays()).isTrue();
    assertThat(TypeTransition.dense(new double[][] {{0, 1}, {1, 0}}).stays()).isFalse();
    TypeTransition twice =
        TypeTransition.sparse(
            2, new int[] {0, 2, 3}, new int[] {0, 0, 1}, new double[] {0.5, 0.5, 1});
    assertThat(twice.stays()).isTrue();
    assertThat(TypeTransition.both(twice, TypeTransition.stay(3)).stays()).isTrue();
  }

  @Test
  void badMatricesAreRefusedWithThePlace() {
    assertThatThrownBy(() -> TypeTransition.dense(new double[][] {{0.5, 0.4}, {0, 1}}))
        .hasMessage("transition row 0 sums to 0.9, expected 1 within 1.0E-9");
    assertThatThrownBy(() -> TypeTransition.dense(new double[][] {{1, 0}, {Double.NaN, 1}}))
        .hasMessage(
            "transition row 1 has probability NaN of type 0, expected a number from 0 to 1");
    assertThatThrownBy(() -> TypeTransition.dense(new double[][] {{1, 0}, {1}}))
        .hasMessage("transition row 1 has 1 entries, expected 2");
    assertThatThrownBy(
            () ->
                TypeTransition.sparse(
                    2, new int[] {0, 1, 2}, new int[] {0, 2}, new double[] {1, 1}))
        .hasMessage("transition row 1 has successor 2, expected 0 to 1");
    assertThatThrownBy(
            () ->
                TypeTransition.sparse(
                    2, new int[] {0, 1, 1}, new int[] {0, 1}, new double[] {1, 1}))
        .hasMessage("transition row 1 sums to 0.0, expected 1 within 1.0E-9");
    assertThatThrownBy(
            () ->
                ProductAgent.of(
                    new double[2][2], new double[][][] {{{1, 0}, {0, 1}}, {{1, 0}, {0, 0.9}}}))
        .hasMessage("transition[1] row 1 sums to 0.9, expected 1 within 1.0E-9");
  }

  @Test
  void badShapesAreNamed() {
    assertThatThrownBy(() -> ProductAgent.of(new double[2][3], TypeTransition.stay(3)))
        .hasMessage("transition must have one matrix for every action, 2: 1");
    assertThatThrownBy(() -> ProductAgent.of(new double[1][2], TypeTransition.stay(3)))
        .hasMessage("value[0] must have one number for every type, 3: 2");
    assertThatThrownBy(
            () -> ProductAgent.of(new double[][] {{0, Double.NaN}}, TypeTransition.stay(2)))
        .hasMessage("value[0][1] must be finite: NaN");
    assertThatThrownBy(() -> ProductMdp.of(new double[2], List.of(still(3, 1))))
        .hasMessage("agents[0] has 1 actions, expected as many as designerValue, 2");
    assertThatThrownBy(() -> ProductMdp.of(new double[2], List.of()))
        .hasMessage("agents must be at least one: 0");
  }

  @Test
  void everyStateHasAnAction() {
    boolean[][] first = {{true, false}, {true, true}};
    boolean[][] second = {{true, true}, {true, false}};
    ProductAgent one = still(2, 2).allowing(first);
    ProductAgent two = still(2, 2).allowing(second);
    assertThatThrownBy(() -> ProductMdp.of(new double[2], List.of(one, still(3, 2), two)))
        .hasMessage(
            "no action is allowed in type 1 of agent 0, type 1 of agent 2, expected one at least");
  }

  @Test
  void whatDoesNotFitSaysSoBeforeItAllocates() {
    List<ProductAgent> agents = Collections.nCopies(5, still(100, 1));
    assertThatThrownBy(() -> ProductMdp.of(new double[1], agents))
        .hasMessage(
            "agents have 1.00000e+10 joint states, 200 GB to solve,"
                + " expected at most 2147483639, 42.9 GB");
    ProductMdp large = ProductMdp.of(new double[1], List.of(still(30_000, 1), still(50_000, 1)));
    assertThatThrownBy(() -> ProductIteration.checkMemory(ProductLayout.DEFAULT, 0.9, large))
        .hasMessageStartingWith("a product of 1500000000 joint states needs 30.0 GB to solve");
  }
}
