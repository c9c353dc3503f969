package bellwether.mechanisms.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellwether.core.mdp.TypeTransition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StructureTest {
  private static final double[][] MIX = {{0.5, 0.5}, {0.2, 0.8}};

  private static Agent served(int action, int actions) {
    return Agent.served(action, actions, new double[] {1, 2}, TypeTransition.dense(MIX));
  }

  @Test
  void aFewBiddersAreABanditThatIsSolvedJointly() {
    Structure structure = Structure.of(Environment.of(List.of(served(0, 2), served(1, 2)), 0.9));
    assertThat(structure.allows(Solver.BANDIT)).isTrue();
    assertThat(structure.armOfAction()).containsExactly(0, 1);
    assertThat(structure.choose()).isEqualTo(Solver.JOINT);
    assertThat(structure.refusal(Solver.UNCONTROLLED))
        .isEqualTo("actions 0 and 1 move the types of agent 0 differently");
  }

  @Test
  void aHundredBiddersHaveNoTables() {
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      agents.add(served(i, 101));
    }
    Structure structure = Structure.of(Environment.of(agents, 0.9));
    assertThat(structure.hasTables()).isFalse();
    assertThat(structure.choose()).isEqualTo(Solver.BANDIT);
    Structure finite = Structure.of(Environment.builder(agents, 0.9).horizon(3).build());
    assertThatThrownBy(finite::choose)
        .hasMessageContaining("the environment is too large: 1.26765e+30 joint states")
        .hasMessageContaining("and it is no bandit: the horizon is finite");
  }

  @Test
  void manyUncontrolledBiddersNeedNoTables() {
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double[][] value = new double[60][2];
      value[i][1] = 1;
      agents.add(Agent.uncontrolled(value, MIX));
    }
    Structure structure = Structure.of(Environment.of(agents, 0.9));
    assertThat(structure.marginalRefusal()).isNull();
    assertThat(structure.choose()).isEqualTo(Solver.UNCONTROLLED);
  }

  @Test
  void actionsThatConcernTwoAreTold() {
    double[][] value = {{1, 2}, {0, 1}};
    Agent one = Agent.uncontrolled(value, MIX);
    Structure structure = Structure.of(Environment.of(List.of(one, one), 0.9));
    assertThat(structure.marginalRefusal()).isEqualTo("action 0 has a value for agents 0 and 1");
    assertThat(structure.refusal(Solver.BANDIT))
        .isEqualTo("agent 0 is concerned by actions 0 and 1");
  }

  @Test
  void diversePreferencesSayWhichPartFails() {
    // Type 0 is null; type 1 wants action 1 alone at 2 and is null afterwards.
    double[][] value = {{0, 0}, {0, 2}};
    Agent full = Agent.uncontrolled(value, new double[][] {{1, 0}, {1, 0}});
    Agent stays = Agent.uncontrolled(value, new double[][] {{1, 0}, {0, 1}});
    Agent moves = Agent.uncontrolled(value, new double[][] {{0.5, 0.5}, {0.5, 0.5}});
    DiversePreferences found =
        DiversePreferences.of(Environment.of(List.of(full, stays, moves), 0.9));
    assertThat(found.nullTypes()).containsExactly(0, 0, -1);
    assertThat(found.partOne()).isFalse();
    assertThat(found.values().get(0).get(1)).containsExactly(2.0);
    assertThat(found.failures())
        .containsExactly(
            "part (ii): agent 0 has no type to which only action 0 is worth something and which"
                + " then becomes a null type",
            "part (ii): agent 1 has no type to which only action 0 is worth something and which"
                + " then becomes a null type",
            "part (ii): agent 1 has no type to which only action 1 is worth something and which"
                + " then becomes a null type",
            "part (i): agent 2 has no type to which nothing is worth anything and which always"
                + " stays",
            "part (ii): agent 2 has no type to which only action 0 is worth something and which"
                + " then becomes a null type",
            "part (ii): agent 2 has no type to which only action 1 is worth something and which"
                + " then becomes a null type");
    double[][] one = {{0, 2}};
    DiversePreferences whole =
        DiversePreferences.of(
            Environment.of(List.of(Agent.uncontrolled(one, new double[][] {{1, 0}, {1, 0}})), 0.9));
    assertThat(whole.partOne() && whole.partTwo()).isTrue();
    assertThat(whole.failures()).isEmpty();
  }
}
