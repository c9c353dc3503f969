package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of each mistake in a job of kind mdp, whole lines. A right model is DENSE. */
class MdpMistakesTest {
  private static final String DENSE =
      "{type: dense, rewards: [[1, 2], [3, 4]], transition: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]}";

  @TempDir private Path folder;

  private List<String> lines(String text) throws IOException {
    CommandRun run = CommandRun.of("validate", Files.writeString(folder.resolve("a.yaml"), text));
    assertThat(run.status()).isEqualTo(2);
    return run.errLines(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "discount: 1\\nmodel: DENSE | 2: discount: out of range, given 1, allowed: a number at least 0 and less than 1, or 1 with a horizon or criterion average (column 11)",
        "discount: 1.5\\nhorizon: 3\\nmodel: DENSE | 2: discount: out of range, given 1.5, allowed: a number from 0 to 1 (column 11)",
        "model: DENSE | 1: discount: missing, given nothing, allowed: a number at least 0 and less than 1, or 1 with a horizon or criterion average (column 1)",
        "discount: 0.9 | 1: model: missing, given nothing, allowed: a model: an object with a type, dense, sparse, product, prism, garnet, ring, denseRandom (column 1)",
        "discount: 0.9\\nmodel: 3 | 3: model: not an object, given 3, allowed: a model: an object with a type, dense, sparse, product, prism, garnet, ring, denseRandom (column 8)",
        "discount: 0.9\\nmodel: {type: dens} | 3: model.type: unknown type, given \"dens\", allowed: dense, sparse, product, prism, garnet, ring or denseRandom (did you mean dense?) (column 15)",
        "discount: 0.9\\nhorizn: 3\\nmodel: DENSE | 3: horizn: unknown key, given \"horizn\", allowed: job, name, description, seed, tolerance, threads, model, discount, objective, horizon, terminal, criterion, solver, initialStates, output (did you mean horizon?) (column 1)",
        "discount: 0.9\\nhorizon: 0\\nmodel: DENSE | 3: horizon: out of range, given 0, allowed: an integer from 1 to 2147483647, or null (column 10)",
        "discount: 0.9\\nhorizon: 2\\nsolver: policyIteration\\nmodel: DENSE | 4: solver: not with a horizon, which is solved by backward induction, given \"policyIteration\", allowed: no solver, or auto (column 9)",
        "discount: 0.9\\nsolver: policyIterations\\nmodel: DENSE | 3: solver: unknown solver, given \"policyIterations\", allowed: auto, valueIteration, gaussSeidel, modifiedPolicyIteration, policyIteration, inexactPolicyIteration or anderson (did you mean policyIteration?) (column 9)",
        "discount: 0.9\\nterminal: [1, 2]\\nmodel: DENSE | 3: terminal: without a horizon, given a list of 2 numbers, allowed: a horizon, or no terminal (column 11)",
        "discount: 0.9\\nhorizon: 2\\nterminal: [1]\\nmodel: DENSE | 4: terminal: sizes differ, given 1 number, allowed: 2, one for each state (column 11)",
        "discount: 0.9\\ncriterion: average\\nmodel: DENSE | 2: discount: criterion average has no discount, given 0.9, allowed: 1, or no discount (column 11)",
        "horizon: 3\\ncriterion: average\\nmodel: DENSE | 2: horizon: not with criterion average, given 3, allowed: no horizon (column 10)",
        "discount: 0.9\\ncriterion: mean\\nmodel: DENSE | 3: criterion: unknown criterion, given \"mean\", allowed: discounted or average (did you mean average?) (column 12)",
        "discount: 0.9\\nobjective: maximise\\nmodel: DENSE | 3: objective: unknown objective, given \"maximise\", allowed: maximize or minimize (did you mean maximize?) (column 12)",
        "discount: 0.9\\ninitialStates: [0, 2]\\nmodel: DENSE | 3: initialStates[1]: no such state, given 2, allowed: an integer from 0 to 1 (column 20)",
        "discount: 0.9\\ninitialStates: 1\\nmodel: DENSE | 3: initialStates: not a list of states, given 1, allowed: a list of states (column 16)",
        "discount: 0.9\\noutput: npy\\nmodel: DENSE | 3: output: not an object, given \"npy\", allowed: an object with value, policy or both (column 9)",
        "discount: 0.9\\noutput: {value: csv}\\nmodel: DENSE | 3: output.value: unknown value, given \"csv\", allowed: inline, npy, parquet or none (column 17)",
        "discount: 0.9\\noutput: {values: npy}\\nmodel: DENSE | 3: output.values: unknown key, given \"values\", allowed: value, policy (did you mean value?) (column 10)",
        "discount: 0.9\\noutput: {value: inline}\\nmodel: {type: garnet, states: 10001, actions: 1, branching: 1} | 3: output.value: too many states for the result itself, given 10001 states, allowed: npy, parquet or none above 10000 states, or initialStates (column 17)",
      })
  void inKeysOfTheJob(String keys, String line) throws IOException {
    String text = keys.strip().replace("DENSE", DENSE).replace("\\n", "\n");
    assertThat(lines("job: mdp\n" + text + "\n")).containsExactly("a.yaml:" + line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{type: dense, rewards: [[1, 2], [3, 4]], transition: [[[1, 0], [0, 0.9]], [[0, 1], [1, 0]]]} | model.transition[0][1]: row 1 does not sum to 1, given a sum of 0.9, allowed: 1 within 1e-9 (column 72)",
        "{type: dense, rewards: [[1, 2], [3, 4]], transition: [[[1, 0], [-0.5, 1.5]], [[0, 1], [1, 0]]]} | model.transition[0][1][0]: negative probability, given -0.5, allowed: a number from 0 to 1 (column 72) / model.transition[0][1][1]: not a probability, given 1.5, allowed: a number from 0 to 1 (column 78)",
        "{type: dense, rewards: [[1, 2], [3, .nan]], transition: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]} | model.rewards[1][1]: not a finite number, given .nan, allowed: a finite number (column 44)",
        "{type: dense, rewards: [[1, 2], [3, null]], transition: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]} | model.rewards[1][1]: not a finite number, given none, allowed: a finite number, because the action is allowed (column 44)",
        "{type: dense, rewards: [[1, 2], [3]], transition: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]} | model.rewards[1]: ragged table, given 1 entry, allowed: 2, as in the first row (column 40)",
        "{type: dense, rewards: [1, 2], transition: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]} | model.rewards: wrong shape, given a list of 2 numbers, allowed: rewards [s][a] or [s][a][t]: nested lists, or {file: r.npy} (column 31)",
        "{type: dense, rewards: [[1, x], [3, 4]], transition: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]} | model.rewards[0][1]: not a number, given \"x\", allowed: a finite number (column 36)",
        "{type: dense, rewards: [[1, 2], [3, 4]], transition: [[[1, 0], [0, 1]]]} | model.transition: wrong shape, given 1 x 2 x 2, allowed: 2 x 2 x 2 (column 61)",
        "{type: dense, rewards: [[1, 2], [3, 4]], transition: [[1, 0], [0, 1]]} | model.transition: wrong shape, given a list of 2, allowed: transition [a][s][t]: nested lists, {file: P.npy}, or a list of one matrix or file for each action (column 61)",
        "{type: dense, rewards: [[1, 2], [3, 4]], transition: [[[1, 0], [0, 1]], [[0, 1], [1]]]} | model.transition[1][1]: ragged table, given 1 entry, allowed: 2, as in the first row (column 89)",
        "{type: dense, rewards: [[1, 2], [3, 4]], transition: [[[1, 0], [0, 1]], [[0, 1], 5]]} | model.transition[1][1]: not a list, given 5, allowed: a list of 2 (column 89)",
        "{type: dense, rewards: [[1, 2], [3, 4]], transition: []} | model.transition: empty, given an empty list, allowed: transition [a][s][t]: nested lists, {file: P.npy}, or a list of one matrix or file for each action (column 61)",
        "{type: dense, rewards: [[1, 2], [3, 4]]} | model.transition: missing, given nothing, allowed: transition [a][s][t]: nested lists, {file: P.npy}, or a list of one matrix or file for each action (column 8)",
        "{type: dense, rewards: [[1, 2], [3, 4]], transition: {file: none.npy}} | model.transition: none.npy: no such file (column 61)",
        "{type: dense, rewards: [[1, 2], [3, 4]], transition: [{file: none.npy}]} | model.transition: sizes differ, given 1 file, allowed: 2, one for each action (column 61)",
        "{type: dense, rewards: [[1, 2], [3, 4]], states: 2, transition: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]} | model.states: unknown key, given \"states\", allowed: type, rewards, transition, actions (did you mean type?) (column 49)",
        "{type: dense, actions: [[0], []], rewards: [[1, 2], [3, 4]], transition: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]} | model.actions[1]: not a set of actions, given an empty list, allowed: a list of actions, at least one (column 37)",
        "{type: dense, actions: [[0]], rewards: [[1, 2], [3, 4]], transition: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]} | model.actions: sizes differ, given 1 set, allowed: a list of actions for each of the 2 states (column 31)",
        "{type: dense, actions: [[0, 2], [1, 1]], rewards: [[1, 2], [3, 4]], transition: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]} | model.actions[0][1]: no such action, given 2, allowed: an integer from 0 to 1 (column 36) / model.actions[1][1]: the same action again, given 1, allowed: each action once (column 44)",
        "{type: dense, rewards: [[[1, 2, 3]], [[3, 4, 5]]], transition: [[[1, 0], [0, 1]]]} | model.rewards: wrong shape, given 2 x 1 x 3, allowed: 2 x 1 x 2 (column 31)",
        "{type: dense, rewards: {file: P.npy, member: x}, transition: [[[1]]]} | model.rewards.member: only a .npz file has members, given \"x\", allowed: no member (column 53)",
        "{type: sparse, states: 2, actions: 1, entries: [[0, 0, 1, 1], [1, 0, 0, 0.5]], rewards: [[1], [2]]} | model.entries[1]: transition of state 1, action 0 does not sum to 1, given a sum of 0.5, allowed: 1 within 1e-9 (column 70)",
        "{type: sparse, states: 2, actions: 1, entries: [[0, 0, 1, 1], [1, 0, 2, 1]], rewards: [[1], [2]]} | model.entries[1][2]: successor out of range, given 2, allowed: an integer from 0 to 1 (column 77)",
        "{type: sparse, states: 2, actions: 1, entries: [[0, 1, 1, 1], [-1, 0, 0, 1]], rewards: [[1], [2]]} | model.entries[0][1]: action out of range, given 1, allowed: an integer from 0 to 0 (column 60) / model.entries[1][0]: state out of range, given -1, allowed: an integer from 0 to 1 (column 71)",
        "{type: sparse, states: 2, actions: 1, entries: [[0, 0.5, 1, 1], [1, 0, 0, 2]], rewards: [[1], [2]]} | model.entries[0][1]: action not an integer, given 0.5, allowed: an integer from 0 to 0 (column 60) / model.entries[1][3]: not a probability, given 2, allowed: a number from 0 to 1 (column 82)",
        "{type: sparse, states: 2, actions: 1, entries: [[0, 0, 1], [1, 0, 0, .inf]], rewards: [[1], [2]]} | model.entries[0]: wrong length, given a list of 3 numbers, allowed: an entry [s, a, t, p] (column 56) / model.entries[1][3]: not a finite number, given .inf, allowed: a finite number (column 77)",
        "{type: sparse, states: 3, actions: 1, entries: [[0, 0, 0, 1], [2, 0, 0, 1]], rewards: [[1], [2], [3]]} | model.entries: state 1 has no action, given no entry of it, allowed: at least one action in every state (column 55)",
        "{type: sparse, states: 2, actions: 1, entries: [], rewards: [[1], [2]]} | model.entries: no entries, given an empty list, allowed: a list of entries [s, a, t, p], {file: E.npy or P.mtx or P.npz}, or a list of one file for each action (column 55)",
        "{type: sparse, states: 2, actions: 1, entries: [[0, 0, 1, 1], [1, 0, 0, 1]], rewards: [[1]]} | model.rewards[0]: neither a row of a table nor an entry, given a list of 1 number, allowed: rewards [s][a], entries [s, a, r] or [s, a, t, r], or {file: r.npy} (column 95)",
        "{type: sparse, states: 2, actions: 1, entries: [[0, 0, 1, 1], [1, 0, 0, 1]], rewards: [[0, 0, 1], [0, 0, 2], [1, 0, 3]]} | model.rewards: reward of state 0, action 0 is given twice (column 94)",
        "{type: sparse, states: 2, actions: 2, entries: [[0, 0, 1, 1], [1, 0, 0, 1]], rewards: [[0, 1, 1]]} | model.rewards: reward of state 0, action 1 belongs to no entry of the transitions (column 94)",
        "{type: sparse, states: 2, actions: 2, entries: [[0, 0, 1, 1], [1, 0, 0, 1]], rewards: [[0, 0, 0, 1]]} | model.rewards: reward of state 0, action 0, successor 0 belongs to no entry of the transitions (column 94)",
        "{type: sparse, states: 2, actions: 2, entries: [[0, 0, 1, 1], [1, 0, 0, 1]], rewards: [[0, 2, 1], [2, 0, 1]]} | model.rewards[0][1]: action out of range, given 2, allowed: an integer from 0 to 1 (column 99) / model.rewards[1][0]: state out of range, given 2, allowed: an integer from 0 to 1 (column 107)",
        "{type: sparse, states: 2, actions: 1, entries: [[0, 0, 1, 1], [1, 0, 0, 1]], rewards: {entries: 3}} | model.rewards.entries: not a list, given 3, allowed: a list of entries (column 104)",
        "{type: sparse, states: 0, actions: 1, entries: [[0, 0, 1, 1], [1, 0, 0, 1]], rewards: [[1]]} | model.states: out of range, given 0, allowed: an integer from 1 to 2147483639 (column 31)",
        "{type: sparse, states: 2000000000, actions: 2000000000, entries: [[0, 0, 1, 1], [1, 0, 0, 1]], rewards: [[1, 2, 3]]} | model: too many states and actions, given 2000000000 states, 2000000000 actions, allowed: states * states * actions below 2^62 (column 8)",
        "{type: sparse, states: 2, actions: 1, entries: [{file: none.mtx}, {file: none.mtx}], rewards: [[1], [2]]} | model.entries: sizes differ, given 2 files, allowed: 1, one for each action (column 55)",
        "{type: product, agents: []} | model.agents: empty, given an empty list, allowed: a list of agents, at least one (column 32)",
        "{type: product, agents: [{value: [[1, 2]], transition: [[1, 0], [0.5, 0.4]]}]} | model.agents[0].transition[1]: row 1 does not sum to 1, given a sum of 0.9, allowed: 1 within 1e-9 (column 73)",
        "{type: product, agents: [{value: [[1, 2]], transition: [[1, 0], [0.5, 0.5]]}, {value: [[1], [2]], transition: [[1]]}]} | model.agents[1].value: sizes differ, given 2 rows, allowed: 1, one for each action (column 94)",
        "{type: product, designerValue: [0, 0], agents: [{value: [[1, 2]], transition: [[1, 0], [0.5, 0.5]]}]} | model.agents[0].value: sizes differ, given 1 row, allowed: 2, one for each action (column 64)",
        "{type: product, agents: [{value: [[1, 2]], transition: [[1]]}]} | model.agents[0].transition: wrong shape, given 1 x 1, allowed: 1 x 2 x 2, or 2 x 2 for all actions (column 63)",
        "{type: garnet, states: 5, actions: 2, branching: 6} | model.branching: out of range, given 6, allowed: an integer from 1 to 5, the states (column 57)",
        "{type: garnet, states: 5, actions: 2, branching: 2, halfWidth: 3} | model.halfWidth: unknown key, given \"halfWidth\", allowed: type, states, actions, branching, seed (did you mean actions?) (column 60)",
        "{type: ring, states: 5, actions: 2, branching: 4, halfWidth: 1} | model.branching: out of range, given 4, allowed: an integer from 1 to 3, what is in reach (column 55)",
        "{type: ring, states: 5, actions: 2, branching: 4, halfWidth: 6} | model.halfWidth: out of range, given 6, allowed: an integer from 0 to states, 5 (column 69)",
        "{type: denseRandom, states: 10, actions: 2, branching: 3} | model.branching: unknown key, given \"branching\", allowed: type, states, actions, seed (did you mean actions?) (column 52)",
        "{type: prism, tra: none.tra, rewards: none.srew} | model.tra: none.tra: no such file (column 27)",
        "{type: prism, tra: 3, rewards: none.srew} | model.tra: not a file name, given 3, allowed: the name of a .tra file (column 27)",
        "{type: prism, tra: m.tra} | model.rewards: missing, given nothing, allowed: the name of a .srew or .trew file, or a list of one of each (column 8)",
      })
  void inModels(String model, String told) throws IOException {
    assertThat(lines("job: mdp\ndiscount: 0.9\nmodel: " + model.strip() + "\n"))
        .isEqualTo(Arrays.stream(told.split(" / ", -1)).map(l -> "a.yaml:3: " + l).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: garnet, states: 50000000, actions: 8, branching: 8} | a model of 50000000 states, 400000000 rows and 3200000000 entries would need 57.4 GB, | available, and at most 2147483639 entries can be stored",
        "{type: garnet, states: 2000000, actions: 2000, branching: 1} | a model of 2000000 states, 4000000000 rows and 4000000000 entries would need 128.3 GB, | available, and at most 2147483639 entries can be stored",
        "{type: denseRandom, states: 1000000, actions: 2} | a dense model of 1000000 states and 2000000 rows needs 16000.3 GB, | are available: raise the Java heap with BELLWETHER_JAVA_OPTS=-Xmx",
        "{type: garnet, states: 40000000, actions: 4, branching: 8} | a model of 40000000 states, 160000000 rows and 1280000000 entries needs 27.4 GB, | are available: raise the Java heap with BELLWETHER_JAVA_OPTS=-Xmx",
      })
  void whatDoesNotFitSaysSoBeforeItIsMade(String model, String needs, String end)
      throws IOException {
    long start = System.nanoTime();
    assertThat(lines("job: mdp\ndiscount: 0.9\nmodel: " + model.strip() + "\n"))
        .singleElement()
        .asString()
        .startsWith("a.yaml:3: model: " + needs)
        .contains(end);
    // Making the smallest of them would take minutes.
    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
  }

  @Test
  void manyMistakesAreCounted() throws IOException {
    StringBuilder entries = new StringBuilder();
    for (int s = 0; s < 50; s++) {
      entries.append(s == 0 ? "" : ", ").append("[").append(s).append(", 0, 0, 0.5]");
    }
    assertThat(
            lines(
                "job: mdp\ndiscount: 0.9\nmodel: {type: sparse, states: 50, actions: 1, entries: ["
                    + entries
                    + "], rewards: [[0, 0, 1]]}\n"))
        .hasSize(21)
        .last()
        .asString()
        .contains("more mistakes");
  }
}
