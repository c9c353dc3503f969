package bellwether.core.mdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MdpAssemblerTest {
  private record Entry(int state, int action, int successor, double probability) {}

  private static List<Entry> entries(RowMdp model) {
    List<Entry> entries = new ArrayList<>();
    for (int s = 0; s < model.states(); s++) {
      for (int row = model.firstRow(s); row < model.firstRow(s + 1); row++) {
        int state = s;
        int action = model.action(s, row);
        model.forEachSuccessor(row, (t, p) -> entries.add(new Entry(state, action, t, p)));
      }
    }
    return entries;
  }

  private static MdpAssembler assembler(RowMdp model, List<Entry> entries) {
    MdpAssembler assembler = new MdpAssembler(model.states(), model.actions());
    assembler.expect(entries.size());
    entries.forEach(e -> assembler.transition(e.state, e.action, e.successor, e.probability));
    return assembler;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
  void shuffledEntriesMakeTheModelTheyCameFrom(long seed) {
    SparseMdp model = RandomMdps.sparse(seed, 1);
    List<Entry> entries = entries(model);
    Collections.shuffle(entries, new Random(seed));
    MdpAssembler assembler = assembler(model, entries);
    for (int s = model.states() - 1; s >= 0; s--) {
      for (int row = model.firstRow(s); row < model.firstRow(s + 1); row++) {
        assembler.reward(s, model.action(s, row), model.rowReward(row));
      }
    }
    SparseMdp made = assembler.build();
    assertThat(made.rows()).isEqualTo(model.rows());
    DenseMdp expected = RandomMdps.dense(model);
    DenseMdp actual = RandomMdps.dense(made);
    double[] unit = new double[model.states()];
    for (int s = 0; s < model.states(); s++) {
      for (int a = 0; a < model.actions(); a++) {
        assertThat(made.allowed(s, a)).isEqualTo(model.allowed(s, a));
        if (!made.allowed(s, a)) {
          continue;
        }
        assertThat(made.reward(s, a)).isEqualTo(model.reward(s, a));
        for (int t = 0; t < model.states(); t++) {
          unit[t] = 1;
          assertThat(actual.expected(actual.row(s, a), unit))
              .isCloseTo(expected.expected(expected.row(s, a), unit), within(1e-15));
          unit[t] = 0;
        }
      }
    }
    assertThat(assembler.entries()).isZero();
  }

  @Test
  void aRewardOfAMoveCountsWithItsProbability() {
    MdpAssembler assembler = new MdpAssembler(2, 1);
    assembler.transition(0, 0, 1, 0.75);
    assembler.transition(0, 0, 0, 0.25);
    assembler.transition(1, 0, 1, 1);
    assembler.reward(0, 0, 1, 4);
    assembler.reward(0, 0, 0, 8);
    assembler.reward(0, 0, 0.5);
    SparseMdp model = assembler.build();
    assertThat(model.reward(0, 0)).isEqualTo(5.5);
    assertThat(model.reward(1, 0)).isZero();
  }

  @Test
  void actionsAreAllowedWhereTheyHaveEntries() {
    MdpAssembler assembler = new MdpAssembler(2, 3);
    assembler.transition(0, 2, 0, 1);
    assembler.transition(1, 0, 0, 0.5);
    assembler.transition(1, 0, 0, 0.5);
    SparseMdp model = assembler.build();
    assertThat(model.rows()).isEqualTo(2);
    assertThat(model.allowed(0, 0)).isFalse();
    assertThat(model.allowed(0, 2)).isTrue();
    assertThat(model.longestRow()).isEqualTo(1);
  }

  @Test
  void rowsAreShownWithTheirFirstEntryAndTheirSum() {
    MdpAssembler assembler = new MdpAssembler(2, 2);
    assembler.transition(1, 1, 0, 0.5);
    assembler.transition(0, 0, 1, 1);
    assembler.transition(1, 1, 1, 0.25);
    List<String> rows = new ArrayList<>();
    assembler.forEachRow((s, a, first, sum) -> rows.add(s + " " + a + " " + first + " " + sum));
    assertThat(rows).containsExactly("0 0 1 1.0", "1 1 0 0.75");
  }

  @Test
  void whatMakesNoModelIsRefusedWithItsPlace() {
    MdpAssembler assembler = new MdpAssembler(2, 1);
    assertThatThrownBy(() -> assembler.transition(2, 0, 0, 1))
        .hasMessage("state must be 0 to 1: 2");
    assertThatThrownBy(() -> assembler.transition(0, 1, 0, 1))
        .hasMessage("action must be 0 to 0: 1");
    assertThatThrownBy(() -> assembler.transition(0, 0, 2, 1))
        .hasMessage("transition of state 0, action 0 has successor 2, expected 0 to 1");
    assertThatThrownBy(() -> assembler.transition(0, 0, 0, Double.NaN))
        .hasMessageContaining("has probability NaN of state 0");
    assertThatThrownBy(() -> assembler.reward(0, 0, Double.NaN))
        .hasMessage("reward of state 0, action 0 must be finite: NaN");
    assembler.transition(0, 0, 0, 0.5);
    assembler.transition(1, 0, 0, 1);
    assertThatThrownBy(assembler::build).hasMessageContaining("sums to 0.5");
  }

  private static MdpAssembler two() {
    MdpAssembler assembler = new MdpAssembler(2, 2);
    assembler.transition(0, 0, 0, 1);
    assembler.transition(1, 0, 0, 1);
    return assembler;
  }

  @Test
  void rewardsOfNothingAndSecondRewardsAreRefused() {
    MdpAssembler row = two();
    row.reward(1, 1, 3);
    assertThatThrownBy(row::build)
        .hasMessage("reward of state 1, action 1 belongs to no entry of the transitions");
    MdpAssembler move = two();
    move.reward(1, 0, 1, 3);
    assertThatThrownBy(move::build)
        .hasMessage(
            "reward of state 1, action 0, successor 1 belongs to no entry of the transitions");
    MdpAssembler twice = two();
    twice.reward(0, 0, 3);
    twice.reward(1, 0, 3);
    twice.reward(0, 0, 3);
    assertThatThrownBy(twice::build).hasMessage("reward of state 0, action 0 is given twice");
    MdpAssembler again = two();
    again.reward(0, 0, 0, 3);
    again.reward(0, 0, 0, 3);
    assertThatThrownBy(again::build)
        .hasMessage("reward of state 0, action 0, successor 0 is given twice");
    MdpAssembler none = new MdpAssembler(2, 1);
    none.transition(0, 0, 0, 1);
    assertThatThrownBy(none::build).hasMessage("state 1 has no action, expected one at least");
  }
}
