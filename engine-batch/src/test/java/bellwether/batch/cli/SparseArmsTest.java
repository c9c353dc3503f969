package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arms whose transition is given by its entries. */
class SparseArmsTest {
  private static final String CHAIN = "[[0, 1, 1], [1, 2, 1], [2, 2, 1]]";

  @TempDir private Path folder;

  private CommandRun run(String arm) throws IOException {
    Path file = folder.resolve("arm.yaml");
    Files.writeString(
        file,
        "job: gittins\ndiscount: 0.5\narms:\n- {type: markov, rewards: [1, 3, 0], " + arm + "}\n",
        StandardCharsets.UTF_8);
    return CommandRun.of("run", file, "--quiet");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "entries: [[0, 1, 1], [1, 2, 1], [2, 2, 1]]",
        "entries: [[2, 2, 0.5], [1, 2, 1], [2, 2, 0.5], [0, 1, 1.0]]",
        "indptr: [0, 1, 2, 3], indices: [1, 2, 2], data: [1, 1, 1]",
      })
  void everyFormHasTheIndicesOfTheChain(String form) throws IOException {
    CommandRun run = run("transition: {" + form + "}");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("1.6666666666666667", "sparseElimination", "statesEliminated");
  }

  @Test
  void filesHaveTheIndicesOfTheChain() throws IOException {
    Map<String, byte[]> rows = new LinkedHashMap<>();
    rows.put("indptr", NumpyBytes.npy("(4,)", 0, 1, 2, 3));
    rows.put("indices", NumpyBytes.npy("(3,)", 1, 2, 2));
    rows.put("data", NumpyBytes.npy("(3,)", 1, 1, 1));
    rows.put("shape", NumpyBytes.npy("(2,)", 3, 3));
    byte[] format = "csr".getBytes(StandardCharsets.US_ASCII);
    rows.put("format", NumpyBytes.raw("|S3", false, "()", format));
    Files.write(folder.resolve("P.npz"), NumpyBytes.npz(true, rows));
    Files.write(folder.resolve("data.npy"), NumpyBytes.npy("(3,)", 1, 1, 1));
    Files.write(folder.resolve("E.npy"), NumpyBytes.npy("(3, 3)", 0, 1, 1, 1, 2, 1, 2, 2, 1));
    for (String form :
        List.of(
            "{file: P.npz}",
            "{entries: {file: E.npy}}",
            "{indptr: [0, 1, 2, 3], indices: [1, 2, 2], data: {file: data.npy}}")) {
      CommandRun run = run("transition: " + form);
      assertThat(run.err()).as(form).isEmpty();
      assertThat(run.out()).as(form).contains("1.6666666666666667", "sparseElimination");
    }
    rows.put("shape", NumpyBytes.npy("(2,)", 3, 4));
    Files.write(folder.resolve("P.npz"), NumpyBytes.npz(true, rows));
    assertThat(run("transition: {file: P.npz}").errLines(folder))
        .containsExactly(
            "arm.yaml:4: arms[0].transition: wrong shape, given 3 x 4, allowed: 3 x 3, one row for"
                + " each of the 3 rewards (column 50)");
    assertThat(run("transition: {file: Q.npz}").errLines(folder)).hasSize(1);
    assertThat(run("transition: {entries: {file: data.npy}}").errLines(folder)).hasSize(1);
  }

  @Test
  void aCoordinateFileOfFewEntriesIsSparse() throws IOException {
    StringBuilder matrix =
        new StringBuilder("%%MatrixMarket matrix coordinate real general\n40 40 40\n");
    StringBuilder rewards = new StringBuilder();
    for (int s = 1; s <= 40; s++) {
      matrix.append(s).append(' ').append(Math.min(40, s + 1)).append(" 1\n");
      rewards.append(s == 1 ? "" : ", ").append(41 - s);
    }
    Files.writeString(folder.resolve("P.mtx"), matrix, StandardCharsets.UTF_8);
    Files.writeString(
        folder.resolve("arm.yaml"),
        "job: gittins\ndiscount: 0.5\narms:\n- {type: markov, rewards: ["
            + rewards
            + "], transition: {file: P.mtx}, states: [3, 0]}\n",
        StandardCharsets.UTF_8);
    CommandRun run = CommandRun.of("run", folder.resolve("arm.yaml"), "--quiet");
    assertThat(run.err()).isEmpty();
    assertThat(run.out().replaceAll("\\s", ""))
        .contains("\"indices\":[[37.0,40.0]]", "\"statesEliminated\":4", "P.mtx");
  }

  @Test
  void someStatesOfADenseArm() throws IOException {
    CommandRun run = run("transition: [[0, 1, 0], [0, 0, 1], [0, 0, 1]], states: [1, 1, 2]");
    assertThat(run.out().replaceAll("\\s", "")).contains("\"indices\":[[3.0,3.0,0.0]]");
  }

  @Test
  void anAuctionTakesASparseArmAsADenseOne() throws IOException {
    Path file = folder.resolve("auction.yaml");
    String job =
        "job: banditAuction\nobjective: welfare\ndiscount: 0.5\nbidders:\n- {state: 0, arm: ";
    String arm = "{type: markov, rewards: [1, 3, 0], transition: ";
    Files.writeString(file, job + arm + "{entries: " + CHAIN + "}}}\n", StandardCharsets.UTF_8);
    CommandRun sparse = CommandRun.of("run", file, "--quiet");
    assertThat(sparse.err()).isEmpty();
    assertThat(sparse.out()).contains("1.6666666666666667");
  }

  /** Two categories are the Beta arm; a payment is the second bidder's share of a second price. */
  @Test
  void anAuctionTakesDirichletArms() throws IOException {
    Path file = folder.resolve("learners.yaml");
    String head =
        "job: banditAuction\nobjective: welfare\ndiscount: 0.5\noutsideValue: 0.1\nbidders:\n";
    Files.writeString(
        file,
        head
            + "- {arm: {type: dirichlet, alpha: [1, 1], values: [0, 2]}}\n"
            + "- {arm: {type: dirichlet, alpha: [2, 1], values: [1, 0]}}\n",
        StandardCharsets.UTF_8);
    CommandRun dirichlet = CommandRun.of("run", file, "--quiet");
    assertThat(dirichlet.err()).isEmpty();
    Files.writeString(
        file,
        head
            + "- {arm: {type: betaBernoulli, alpha: 1, beta: 1, rewardScale: 2}}\n"
            + "- {arm: {type: betaBernoulli, alpha: 2, beta: 1}}\n",
        StandardCharsets.UTF_8);
    CommandRun beta = CommandRun.of("run", file, "--quiet");
    for (String key : List.of("welfare", "payments", "welfareWithout")) {
      assertThat(numbers(dirichlet.out(), key))
          .containsExactly(numbers(beta.out(), key), within(1e-7));
    }
  }

  private static double[] numbers(String out, String key) {
    Matcher found =
        Pattern.compile("\"" + key + "\":\\[?([-+.,eE0-9]+)").matcher(out.replaceAll("\\s", ""));
    assertThat(found.find()).as(key + " in " + out).isTrue();
    return Arrays.stream(found.group(1).split(","))
        .filter(word -> !word.isEmpty())
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  /** Two pulls left: learn once and go on after success only, g = (1/2 + d/3) / (1 + d/2). */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "type: betaBernoulli, alpha: 1, beta: 1, horizon: 2 | 0.533333333",
        "type: dirichlet, alpha: [1, 1], values: [0, 1], horizon: 2 | 0.533333333",
        "type: markov, rewards: [1, 3, 0], transition: [[0, 1, 0], [0, 0, 1], [0, 0, 1]],"
            + " horizon: 1 | 1.0, 3.0, 0.0",
        "type: dirichlet, alpha: [1, 1], values: [0, 1] | 0.55901883",
        "type: betaBernoulli, alpha: 1, beta: 1 | 0.55901883",
        "type: normal, mean: 0, observations: 2, noiseSd: 1, size: 3 | widestBracket",
      })
  void beliefsAndHorizons(String arm, String words) throws IOException {
    Path file = folder.resolve("beliefs.yaml");
    Files.writeString(
        file, "job: gittins\ndiscount: 0.5\narms: [{" + arm + "}]\n", StandardCharsets.UTF_8);
    CommandRun run = CommandRun.of("run", file, "--quiet");
    assertThat(run.err()).isEmpty();
    assertThat(run.out().replaceAll("\\s+", " ")).contains(words);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "transition: {entries: [[0, 1, 1], [1, 2, 1]]}"
            + "| row 2 is empty, given no entry, allowed: a sum of 1 within 1e-9",
        "transition: {entries: [[0, 1, 0.9], [1, 2, 1], [2, 2, 1]]}"
            + "| row 0 does not sum to 1, given a sum of 0.9, allowed: 1 within 1e-9",
        "transition: {entries: [[0, 3, 1], [1, 2, 1], [2, 2, 1]]}"
            + "| successor out of range, given 3, allowed: an integer from 0 to 2",
        "transition: {entries: [[0, 1, -1], [1, 2, 1], [2, 2, 1]]}"
            + "| negative probability, given -1, allowed: a number from 0 to 1",
        "transition: {entries: []} | no entries, given an empty list",
        "transition: {indptr: [0, 1], indices: [0], data: [1]}| rowStart must have 4 entries",
        "transition: {indptr: [0, 1, 2, 3], data: [1]}| arms[0].transition.indices: missing",
        "transition: {entries: [[0, 1, 1], [1, 2, 1], [2, 2, 1]]}, states: [3]"
            + "| out of range, given 3, allowed: an integer from 0 to 2",
      })
  void mistakesAreNamed(String arm, String words) throws IOException {
    CommandRun run = run(arm);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines(folder)).hasSize(1);
    assertThat(run.errLines(folder).getFirst()).startsWith("arm.yaml:4: arms[0].").contains(words);
  }

  @Test
  void approximationsComeWithTheirErrors() throws IOException {
    Path file = folder.resolve("quoted.yaml");
    Files.writeString(
        file,
        """
        job: gittins
        discount: 0.9
        approximations: true
        arms:
        - {type: betaBernoulli, alpha: 1, beta: 1}
        - {type: normal, mean: 1, observations: 5, noiseSd: 2}
        - {type: markov, rewards: [1], transition: [[1]]}
        """,
        StandardCharsets.UTF_8);
    CommandRun run = CommandRun.of("run", file, "--quiet");
    assertThat(run.err()).isEmpty();
    String out = run.out().replaceAll("\\s", "");
    assertThat(out).contains("\"knowledgeGradient\":{\"value\":0.63636363", "\"error\":-0.06");
    assertThat(out).contains("giPlus", "optimistic10", "brezziLai", "chickGansCorrected", "null]");
    Files.writeString(file, "job: gittins\ndiscount: 0.9\napproximations: 3\narms: []\n");
    assertThat(CommandRun.of("run", file).err()).contains("neither true nor false, given 3");
  }
}
