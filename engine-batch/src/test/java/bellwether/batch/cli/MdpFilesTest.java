package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One model of 5 states and 2 actions, seed 11, in every form that a model may have: the same
 * values and policy as inline, and what is said of mistakes in files.
 */
class MdpFilesTest {
  private static final int S = 5;
  private static final int A = 2;

  @TempDir private Path folder;
  private final double[][][] transition = new double[A][S][S];
  private final double[][] rewards = new double[S][A];
  private final List<double[]> entries = new ArrayList<>();

  @BeforeEach
  void writeFiles() throws IOException {
    Random random = new Random(11);
    for (int a = 0; a < A; a++) {
      for (int s = 0; s < S; s++) {
        rewards[s][a] = random.nextInt(1000) / 64.0;
        // Sixteenths, so that every form has the same numbers to the last bit.
        for (int i = 0; i < 16; i++) {
          transition[a][s][Math.floorMod(s + random.nextInt(3) - 1, S)] += 1 / 16.0;
        }
      }
    }
    for (int s = 0; s < S; s++) {
      for (int a = 0; a < A; a++) {
        for (int t = 0; t < S; t++) {
          if (transition[a][s][t] > 0) {
            entries.add(new double[] {s, a, t, transition[a][s][t]});
          }
        }
      }
    }
    double[] all = new double[A * S * S];
    double[] byColumns = new double[A * S * S];
    double[] r = new double[S * A];
    for (int a = 0; a < A; a++) {
      for (int s = 0; s < S; s++) {
        r[s * A + a] = rewards[s][a];
        for (int t = 0; t < S; t++) {
          all[(a * S + s) * S + t] = transition[a][s][t];
          byColumns[(t * S + s) * A + a] = transition[a][s][t];
        }
      }
    }
    byte[] p = NumpyBytes.npy("(2, 5, 5)", all);
    write("P.npy", p);
    write("Pf.npy", NumpyBytes.npy("<f8", true, "(2, 5, 5)", byColumns));
    write("r.npy", NumpyBytes.npy("(5, 2)", r));
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("P", p);
    members.put("r", NumpyBytes.npy("(5, 2)", r));
    write("m.npz", NumpyBytes.npz(false, members));
    write("mc.npz", NumpyBytes.npz(true, members));
    write("only.npz", NumpyBytes.npz(true, Map.of("P", p)));
    write(
        "E.npy",
        NumpyBytes.npy(
            "(" + entries.size() + ", 4)",
            entries.stream().flatMapToDouble(Arrays::stream).toArray()));
    writeSparse();
    writePrism();
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void writeSparse() throws IOException {
    for (int a = 0; a < A; a++) {
      int action = a;
      List<String> lines =
          entries.stream()
              .filter(e -> e[1] == action)
              .map(e -> (int) (e[0] + 1) + " " + (int) (e[2] + 1) + " " + e[3])
              .toList();
      write("P" + a + ".mtx", matrixMarket(S, lines));
    }
    List<String> lines =
        entries.stream()
            .map(e -> (int) (e[0] * A + e[1] + 1) + " " + (int) (e[2] + 1) + " " + e[3])
            .toList();
    write("stacked.mtx", matrixMarket(S * A, lines));
    double[] starts = new double[S * A + 1];
    entries.forEach(e -> starts[(int) (e[0] * A + e[1]) + 1]++);
    for (int k = 0; k < S * A; k++) {
      starts[k + 1] += starts[k];
    }
    String n = "(" + entries.size() + ",)";
    Map<String, byte[]> csr = new LinkedHashMap<>();
    csr.put(
        "indices",
        NumpyBytes.npy("<i4", false, n, entries.stream().mapToDouble(e -> e[2]).toArray()));
    csr.put("indptr", NumpyBytes.npy("<i4", false, "(11,)", starts));
    csr.put(
        "format", NumpyBytes.raw("|S3", false, "()", "csr".getBytes(StandardCharsets.US_ASCII)));
    csr.put("shape", NumpyBytes.npy("<i4", false, "(2,)", S * A, S));
    csr.put("data", NumpyBytes.npy(n, entries.stream().mapToDouble(e -> e[3]).toArray()));
    write("csr.npz", NumpyBytes.npz(true, csr));
    csr.put(
        "format", NumpyBytes.raw("|S3", false, "()", "csc".getBytes(StandardCharsets.US_ASCII)));
    write("csc.npz", NumpyBytes.npz(true, csr));
  }

  private static String matrixMarket(int rows, List<String> lines) {
    return "%%MatrixMarket matrix coordinate real general\n% by hand\n"
        + rows
        + " 5 "
        + lines.size()
        + "\n"
        + String.join("\n", lines)
        + "\n";
  }

  private void writePrism() throws IOException {
    String sizes = S + " " + S * A + " " + entries.size() + "\n";
    write(
        "m.tra",
        sizes
            + entries.stream()
                .map(e -> (int) e[0] + " " + (int) e[1] + " " + (int) e[2] + " " + e[3] + " go\n")
                .collect(Collectors.joining()));
    write(
        "m.trew",
        "# Reward structure\n"
            + sizes
            + entries.stream()
                .map(
                    e ->
                        String.format(
                            "%d %d %d %s\n",
                            (int) e[0],
                            (int) e[1],
                            (int) e[2],
                            rewards[(int) e[0]][(int) e[1]] - 1))
                .collect(Collectors.joining()));
    write("ones.srew", "5 5\n0 1\n1 1\n2 1\n3 1\n4 1\n");
  }

  private static String text(Object nested) {
    return switch (nested) {
      case double[] row -> Arrays.toString(row);
      case Object[] rows ->
          Arrays.stream(rows).map(MdpFilesTest::text).collect(Collectors.joining(", ", "[", "]"));
      default -> nested.toString();
    };
  }

  private Path job(String model) throws IOException {
    return Files.writeString(
        folder.resolve("job.yaml"), "job: mdp\ndiscount: 0.9\nmodel: " + model + "\n");
  }

  private String result(String model) throws IOException {
    CommandRun run = CommandRun.of("run", job(model));
    assertThat(run.err()).isEmpty();
    return run.out().substring(run.out().indexOf("\"result\""), run.out().indexOf("\"solver\""));
  }

  private String inline() {
    return "{type: dense, rewards: " + text(rewards) + ", transition: " + text(transition) + "}";
  }

  private String spelled(String model) {
    String list = text(entries.toArray());
    return model
        .strip()
        .replace("SPARSE", "type: sparse, states: 5, actions: 2")
        .replace("LIST", list)
        .replace("REWARDS", text(rewards));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: dense, rewards: {file: r.npy}, transition: {file: P.npy}}",
        "{type: dense, rewards: {file: r.npy}, transition: {file: Pf.npy}}",
        "{type: dense, rewards: {file: m.npz, member: r}, transition: {file: mc.npz, member: P}}",
        "{type: dense, rewards: REWARDS, transition: {file: only.npz}}",
        "{type: dense, rewards: REWARDS, transition: [{file: P0.mtx}, {file: P1.mtx}]}",
        "{SPARSE, entries: LIST, rewards: REWARDS}",
        "{SPARSE, entries: {file: E.npy}, rewards: {file: r.npy}}",
        "{SPARSE, entries: {file: stacked.mtx}, rewards: REWARDS}",
        "{SPARSE, entries: [{file: P0.mtx}, {file: P1.mtx}], rewards: REWARDS}",
        "{SPARSE, entries: {file: csr.npz}, rewards: REWARDS}",
        "{type: prism, tra: m.tra, rewards: [m.trew, ones.srew]}",
        "{type: prism, tra: {file: m.tra}, rewards: [{file: ones.srew}, {file: m.trew}]}",
      })
  void everyFormGivesTheSameNumbers(String model) throws IOException {
    assertThat(result(spelled(model))).isEqualTo(result(inline()));
  }

  @Test
  void filesOfTheModelStandInTheManifest() throws IOException {
    Path job = job("{type: prism, tra: m.tra, rewards: [m.trew, ones.srew]}");
    assertThat(CommandRun.of("run", job).out())
        .contains("\"m.tra\": \"", "\"m.trew\": \"", "\"ones.srew\": \"");
  }

  @Test
  void aChainWithoutChoicesIsReadToo() throws IOException {
    write("c.tra", "2 3\n0 0 0.5\n0 1 0.5\n1 1 1\n");
    write("c.srew", "2 1\n0 1\n");
    String result = result("{type: prism, tra: c.tra, rewards: c.srew, initial: 0}");
    // V = 1 + 0.45 V.
    assertThat(result).contains("\"values\": [ 1.8181818", "\"policy\": [ 0 ]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "2 2 3/0 0 0 0.5/0 0 1 0.4/1 0 1 1 | b.tra:2: transition of state 0, action 0 does not sum to 1, given a sum of 0.9, allowed: 1 within 1e-9",
        "2 2 3/0 0 0 0.5/0 0 2 0.5/1 0 1 1 | b.tra:3: successor out of range, given 2, allowed: an integer from 0 to 1",
        "2 2 3/0 0 0 0.5/0 0 1 0.5/2 0 1 1 | b.tra:4: state out of range, given 2, allowed: an integer from 0 to 1",
        "2 2 3/0 0 0 0.5/0 0 1 nan/1 0 1 1 | b.tra:3: not a finite number, given \"nan\"",
        "2 2 3/0 0 0 0.5/0 0 1/1 0 1 1 | b.tra:3: line 2 of 3 must have 4 to 5 words, 3 given: \"0 0 1\"",
        "2 2 3/0 0 0 0.5/0 0 1 0.5 | b.tra:4: the file ends where line 3 of 3 should stand",
        "2 2 2/0 0 0 1/1 0 1 1/1 0 0 0 | b.tra:4: more lines than the first line says, 2",
        "2 2 2/0 0 0 1/0 0 1 0 | state 1 has no action, given no entry of it, allowed: at least one action in every state",
        "2 2 2/0 0 0 1/1 0 -1 1 | b.tra:3: the successor must be a whole number at least 0, given \"-1\"",
        "2 2 2/0 0 0 1/1 0 1 -1 | b.tra:3: negative probability, given -1, allowed: a number from 0 to 1",
        "2 | b.tra:1: the first line, states, choices and entries, must have 2 to 3 words, 1 given: \"2\"",
        "0 0 0 | b.tra: has no state, allowed: at least 1",
        "x 2 2 | b.tra:1: the number of states must be a whole number at least 0, given \"x\"",
      })
  void mistakesInPrismFilesAreTold(String text, String line) throws IOException {
    write("b.tra", text.strip().replace('/', '\n') + "\n");
    assertThat(mistakes("{type: prism, tra: b.tra, rewards: ones.srew}"))
        .containsExactly("job.yaml:3: model.tra: " + line + " (column 27)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "b.srew | 4 1/0 1 | b.srew: sizes differ, given 4 states, allowed: 5, as in the .tra file",
        "b.srew | 5 1/5 1 | b.srew:2: state out of range, given 5, allowed: an integer from 0 to 4",
        "b.srew | 5 2/1 1/1 2 | b.srew:3: a second reward, given state 1, allowed: one for each state",
        "b.trew | 5 10 1/0 0 3 1 | reward of state 0, action 0, successor 3 belongs to no entry of the transitions",
        "b.rew | 5 1/0 1 | b.rew: unknown kind of reward file, allowed: .srew or .trew",
      })
  void mistakesInPrismRewardsAreTold(String name, String text, String line) throws IOException {
    write(name, text.strip().replace('/', '\n') + "\n");
    assertThat(mistakes("{type: prism, tra: m.tra, rewards: " + name + "}"))
        .containsExactly("job.yaml:3: model.rewards: " + line + " (column 43)");
  }

  private List<String> mistakes(String model) throws IOException {
    return CommandRun.of("validate", job(spelled(model))).errLines(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{file: m.npz} | m.npz: which of its arrays, given no member, allowed: member: P, r",
        "{file: m.npz, member: p} | m.npz: has no such array, given \"p\", allowed: member: P, r (did you mean P?)",
        "{file: none.npz} | none.npz: no such file",
        "{file: ones.srew} | ones.srew: unknown kind of array file, allowed: .npy or .npz (NumPy) or .mtx (Matrix Market)",
        "{file: r.npy} | r.npy: wrong shape, given 5 x 2, allowed: transition [a][s][t]: nested lists, {file: P.npy}, or a list of one matrix or file for each action",
      })
  void mistakesInTransitionsAreTold(String transition, String line) throws IOException {
    assertThat(mistakes("{type: dense, rewards: {file: r.npy}, transition: " + transition + "}"))
        .containsExactly("job.yaml:3: model.transition: " + line + " (column 58)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{file: r.npy} | wrong shape, given 5 x 2, allowed: n x 4, a row [s, a, t, p] for each entry",
        "{file: P0.mtx} | wrong shape, given 5 x 5, allowed: 10 x 5",
        "{file: csc.npz} | csc.npz: a sparse matrix of format \"csc\", allowed: csr",
        "[{file: P0.mtx}] | sizes differ, given 1 file, allowed: 2, one for each action",
      })
  void mistakesInSparseFilesAreTold(String entries, String line) throws IOException {
    assertThat(mistakes("{SPARSE, entries: " + entries + ", rewards: REWARDS}"))
        .containsExactly("job.yaml:3: model.entries: " + line + " (column 55)");
  }

  @Test
  void entriesInFilesAreNamedByNumberOrLine() throws IOException {
    write("bad.npy", NumpyBytes.npy("(2, 4)", 0, 0, 1, 1, 0, 1, 7, Double.NaN));
    assertThat(mistakes("{SPARSE, entries: {file: bad.npy}, rewards: REWARDS}"))
        .containsExactly(
            "job.yaml:3: model.entries: bad.npy: entry 1: successor out of range, given 7, allowed:"
                + " an integer from 0 to 4 (column 55)");
    String text = Files.readString(folder.resolve("stacked.mtx"));
    int last = text.stripTrailing().lastIndexOf('\n');
    String line = text.substring(last + 1).strip();
    write("bad.mtx", text.substring(0, last + 1) + line.substring(0, 5) + "0.9\n");
    assertThat(mistakes("{SPARSE, entries: {file: bad.mtx}, rewards: REWARDS}"))
        .singleElement()
        .asString()
        .contains("model.entries: bad.mtx:", "transition of state 4, action 1 does not sum to 1");
  }

  @Test
  void aDamagedArchiveIsToldAsSuch() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve("only.npz"));
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    write("cut.npz", cut);
    assertThat(mistakes("{type: dense, rewards: REWARDS, transition: {file: cut.npz}}"))
        .singleElement()
        .asString()
        .contains("cut.npz: is not a .npz file: ");
    Map<String, byte[]> one = new LinkedHashMap<>();
    one.put("P", Files.readAllBytes(folder.resolve("P.npy")));
    byte[] stored = NumpyBytes.npz(false, one);
    // A number in the middle, after the headers: 0.25 becomes another, the checksum tells.
    int at = stored.length / 2;
    stored[at] ^= 1;
    write("flipped.npz", stored);
    assertThat(mistakes("{type: dense, rewards: REWARDS, transition: {file: flipped.npz}}"))
        .singleElement()
        .asString()
        .contains("flipped.npz, member P: is damaged: ");
  }

  @Test
  void numbersThatAreNoneInFilesAreTold() throws IOException {
    write("n.npy", NumpyBytes.npy("(5, 2)", 0, 1, 2, 3, 4, Double.NaN, 6, 7, 8, 9));
    assertThat(mistakes("{type: dense, rewards: {file: n.npy}, transition: {file: P.npy}}"))
        .containsExactly(
            "job.yaml:3: model.rewards[2][1]: not a finite number in n.npy, given none, allowed: a"
                + " finite number, because the action is allowed (column 31)");
    assertThat(mistakes("{SPARSE, entries: {file: E.npy}, rewards: {file: n.npy}}"))
        .singleElement()
        .asString()
        .contains("model.rewards[2][1]: not a finite number in n.npy");
  }
}
