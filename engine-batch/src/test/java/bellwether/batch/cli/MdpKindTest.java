package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kind makes of the solvers' numbers, against closed forms. */
class MdpKindTest {
  /** From state 0 one moves to 1 and is paid 1, or stays and is paid 0.5; 1 pays nothing. */
  private static final String CHAIN =
      """
      model:
        type: dense
        rewards: [[1, 0.5], [0, null]]
        actions: [[0, 1], [0]]
        transition: [[[0, 1], [0, 1]], [[1, 0], [null, null]]]
      """;

  @TempDir private Path folder;

  private CommandRun run(String job, Object... words) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "job: mdp\n" + job);
    Object[] all = new Object[words.length + 3];
    all[0] = "run";
    all[1] = file;
    all[2] = "--json";
    System.arraycopy(words, 0, all, 3, words.length);
    return CommandRun.of(all);
  }

  private String result(String job) throws IOException {
    CommandRun run = run(job);
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  private static double[] numbers(String out, String key) {
    Matcher found = Pattern.compile("\"" + key + "\":\\[?([^\\]}\"]*)").matcher(out);
    assertThat(found.find()).as(key + " in " + out).isTrue();
    return Arrays.stream(found.group(1).split(",", -1))
        .filter(word -> !word.isBlank())
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static double number(String out, String key) {
    return numbers(out, key)[0];
  }

  @Test
  void aChainHasItsValues() throws IOException {
    String out = result("discount: 0.75\n" + CHAIN);
    assertThat(numbers(out, "values")).containsExactly(new double[] {2, 0}, within(1e-8));
    assertThat(numbers(out, "policy")).containsExactly(1, 0);
    assertThat(number(out, "maxValue")).isCloseTo(2, within(1e-8));
    assertThat(number(out, "minValue")).isCloseTo(0, within(1e-8));
    assertThat(number(out, "sumValue")).isCloseTo(2, within(1e-8));
    assertThat(number(out, "lowerGap")).isBetween(0.0, 1e-8);
    assertThat(number(out, "statesPerSecond")).isPositive();
    assertThat(number(out, "bytesPerSecond")).isNotNegative();
    // At 0.25 it is better to leave at once.
    assertThat(numbers(result("discount: 0.25\n" + CHAIN), "policy")).containsExactly(0, 0);
  }

  @Test
  void costsAreMinimized() throws IOException {
    String out = result("discount: 0.75\nobjective: minimize\n" + CHAIN);
    assertThat(numbers(out, "values")).containsExactly(new double[] {1, 0}, within(1e-8));
    assertThat(numbers(out, "policy")).containsExactly(0, 0);
  }

  @Test
  void aHorizonMayGoWithoutDiscountAndEndWithValues() throws IOException {
    String out = result("discount: 1\nhorizon: 3\nterminal: [0, 4]\n" + CHAIN);
    // Stay twice, then leave for the 4: 0.5 + 0.5 + 1 + 4.
    assertThat(numbers(out, "values")).containsExactly(6, 4);
    assertThat(numbers(out, "policy")).containsExactly(1, 0);
    assertThat(out).contains("\"solver\":\"backwardInduction\"", "\"sweeps\":3");
    assertThat(numbers(result("discount: 0.75\nhorizon: null\n" + CHAIN), "values"))
        .containsExactly(new double[] {2, 0}, within(1e-8));
  }

  @Test
  void anAverageIsTheGain() throws IOException {
    // Two states that follow each other: period 2, which relative values must not mind.
    String out =
        result(
            """
            criterion: average
            model:
              {type: dense, rewards: [[1], [4]], transition: [[[0, 1], [1, 0]]]}
            """);
    assertThat(number(out, "gain")).isCloseTo(2.5, within(2e-8));
    assertThat(number(out, "gainGap")).isLessThan(2e-8);
    assertThat(numbers(out, "values")).containsExactly(new double[] {0, 1.5}, within(1e-6));
    assertThat(out).doesNotContain("lowerGap");
  }

  @Test
  void anAverageThatDependsOnTheStartFails() throws IOException {
    CommandRun run =
        run(
            """
            criterion: average
            model:
              {type: dense, rewards: [[1], [4]], transition: [[[1, 0], [0, 1]]]}
            """);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("it may depend on the state one starts in").hasLineCount(1);
  }

  @Test
  void aToleranceBelowRoundingFails() throws IOException {
    CommandRun run = run("discount: 0.99\ntolerance: 1e-17\n" + CHAIN);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("a.yaml: tolerance: 1.0E-17 cannot be reached, rounding alone leaves an error")
        .hasLineCount(1);
    CommandRun finite = run("discount: 1\nhorizon: 9\ntolerance: 1e-18\n" + CHAIN);
    assertThat(finite.err()).contains("tolerance: 1.0E-18 cannot be reached").hasLineCount(1);
  }

  @Test
  void rewardsTooLargeFailInWords() throws IOException {
    CommandRun run =
        run(
            """
            discount: 0.99
            model: {type: dense, rewards: [[1e308]], transition: [[[1]]]}
            """);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("a.yaml: rewards must be smaller").hasLineCount(1);
  }

  @Test
  void rewardsOfMovesCountWithTheirProbability() throws IOException {
    String dense =
        """
        discount: 0
        model:
          type: dense
          rewards: [[[4, 8]], [[0, 1]]]
          transition: [[[0.75, 0.25], [1, 0]]]
        """;
    String sparse =
        """
        discount: 0
        model:
          type: sparse
          states: 2
          actions: 1
          entries: [[0, 0, 0, 0.75], [0, 0, 1, 0.25], [1, 0, 0, 1]]
          rewards: [[0, 0, 0, 4], [0, 0, 1, 8]]
        """;
    assertThat(numbers(result(dense), "values")).containsExactly(5, 0);
    assertThat(numbers(result(sparse), "values")).containsExactly(5, 0);
  }

  /** Two agents, the second moved by the action: 2 x 3 joint states by hand. */
  @Test
  void aProductIsItsJointModel() throws IOException {
    String product =
        """
        discount: 0.8
        model:
          type: product
          designerValue: [0, 0.25]
          agents:
            - {value: [[1, 3], [2, 0]], transition: [[0.5, 0.5], [0.25, 0.75]]}
            - value: [[0, 1, 2], [1, 1, 0]]
              transition:
                - [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
                - [[0, 1, 0], [0.5, 0, 0.5], [0.25, 0.5, 0.25]]
        """;
    double[][] p = {{0.5, 0.5}, {0.25, 0.75}};
    double[][][] q = {
      {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, {{0, 1, 0}, {0.5, 0, 0.5}, {0.25, 0.5, 0.25}}
    };
    double[][] v = {{1, 3}, {2, 0}};
    double[][] w = {{0, 1, 2}, {1, 1, 0}};
    StringBuilder rewards = new StringBuilder();
    StringBuilder transition = new StringBuilder();
    for (int a = 0; a < 2; a++) {
      transition.append(a == 0 ? "[" : "], [");
      for (int s = 0; s < 6; s++) {
        transition.append(s == 0 ? "[" : "], [");
        for (int t = 0; t < 6; t++) {
          transition.append(t == 0 ? "" : ", ").append(p[s / 3][t / 3] * q[a][s % 3][t % 3]);
        }
      }
      transition.append("]");
    }
    for (int s = 0; s < 6; s++) {
      rewards
          .append(s == 0 ? "[" : ", [")
          .append(v[0][s / 3] + w[0][s % 3])
          .append(", ")
          .append(v[1][s / 3] + w[1][s % 3] + 0.25)
          .append("]");
    }
    String joint =
        "discount: 0.8\nmodel: {type: dense, rewards: ["
            + rewards
            + "], transition: ["
            + transition
            + "]]}\n";
    assertThat(numbers(result(product), "values"))
        .containsExactly(numbers(result(joint), "values"), within(1e-7));
    assertThat(numbers(result(product), "policy")).isEqualTo(numbers(result(joint), "policy"));
  }

  private static String bits(String out) {
    return out.split("\"timing\"", 2)[0].replaceAll("\"statesPerSecond\":[^}]*", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: garnet, states: 3000, actions: 3, branching: 5}",
        "{type: ring, states: 3000, actions: 3, branching: 5, halfWidth: 9}",
        "{type: denseRandom, states: 300, actions: 4}",
      })
  void bitsDoNotDependOnThreadsOrKernels(String model) throws IOException {
    for (String what : new String[] {"", "horizon: 5\n", "objective: minimize\n"}) {
      String job = "discount: 0.97\n" + what + "model: " + model + "\n";
      String one = run(job, "--threads", 1, "--kernels", "scalar").out();
      assertThat(one).contains("\"values\"");
      for (int threads = 1; threads <= 3; threads++) {
        assertThat(bits(run(job, "--threads", threads).out())).isEqualTo(bits(one));
      }
      assertThat(bits(run(job, "--threads", 2, "--kernels", "scalar").out())).isEqualTo(bits(one));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "valueIteration",
        "gaussSeidel",
        "modifiedPolicyIteration",
        "policyIteration",
        "inexactPolicyIteration",
        "anderson"
      })
  void everySolverGivesTheSameAnswer(String solver) throws IOException {
    String model =
        """
        discount: 0.95
        model: {type: ring, states: 400, actions: 3, branching: 4}
        """;
    String out = result("tolerance: 1e-7\nsolver: " + solver + "\n" + model);
    assertThat(out).contains("\"solver\":\"" + solver + "\"");
    assertThat(number(out, "lowerGap")).isLessThanOrEqualTo(1e-7);
    assertThat(numbers(out, "values"))
        .containsExactly(numbers(result("tolerance: 1e-9\n" + model), "values"), within(1.1e-7));
  }

  private static final String GARNET =
      """
      discount: 0.9
      model: {type: garnet, states: 10001, actions: 2, branching: 3}
      """;

  @Test
  void largeVectorsStandBesideTheResult() throws IOException {
    Path out = folder.resolve("out");
    CommandRun run = run(GARNET, "--out", out, "--quiet");
    assertThat(run.err()).isEmpty();
    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder("a.result.json", "a.value.npy", "a.policy.npy");
    assertThat(Files.readString(out.resolve("a.result.json")))
        .contains("\"valueFile\": \"a.value.npy\"", "\"policyFile\": \"a.policy.npy\"")
        .doesNotContain("\"values\"");
    assertThat(Files.size(out.resolve("a.value.npy"))).isEqualTo(128 + 8 * 10001);
    assertThat(Files.size(out.resolve("a.policy.npy"))).isEqualTo(128 + 4 * 10001);
    // What was written can be read: a horizon of one period, discount 0 but for the terminal
    // values.
    String again =
        """
        discount: 1
        horizon: 1
        terminal: {file: out/a.value.npy}
        initialStates: [0, 10000]
        model: {type: garnet, states: 10001, actions: 1, branching: 1}
        """;
    double[] values = numbers(result(again), "values");
    assertThat(values).hasSize(2);
    assertThat(Arrays.stream(values).min().orElse(0)).isGreaterThan(4);
  }

  @Test
  void initialStatesStandInTheResult() throws IOException {
    String all = result("output: {value: none, policy: none}\n" + GARNET);
    assertThat(all).doesNotContain("\"values\"", "\"policy\"", "omitted");
    String few = result("initialStates: [7, 7, 0]\n" + GARNET);
    assertThat(numbers(few, "values")).hasSize(3);
    assertThat(numbers(few, "policy")).hasSize(3);
    assertThat(few).doesNotContain("omitted");
    assertThat(result(GARNET))
        .contains("\"omitted\":\"values and policy of 10001 states: with --out")
        .doesNotContain("\"values\":");
  }

  @Test
  void parquetFilesAreWrittenWhenAsked() throws IOException {
    Path out = folder.resolve("out");
    CommandRun run =
        run(
            "initialStates: [1]\noutput: {value: parquet, policy: parquet}\n" + GARNET,
            "--out",
            out,
            "--quiet");
    assertThat(run.err()).isEmpty();
    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder("a.result.json", "a.value.parquet", "a.policy.parquet");
    assertThat(Files.readString(out.resolve("a.result.json"))).contains("\"values\": [");
    CommandRun printed = run("output: {value: parquet}\n" + GARNET);
    assertThat(printed.status()).isEqualTo(1);
    assertThat(printed.err())
        .contains(
            "a.yaml: output: parquet is a file beside the result, and the result is printed: add"
                + " --out DIR")
        .hasLineCount(1);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void anInterruptEndsTheRunWithoutAResult() throws Exception {
    Path out = folder.resolve("out");
    int[] status = {-1};
    Thread job =
        new Thread(
            () -> {
              try {
                status[0] =
                    run(
                            """
                            discount: 0.9999999
                            solver: valueIteration
                            model: {type: ring, states: 20000, actions: 2, branching: 2, halfWidth: 2}
                            """,
                            "--out",
                            out)
                        .status();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    job.start();
    Thread.sleep(1500);
    job.interrupt();
    job.join();
    assertThat(status[0]).isEqualTo(130);
    assertThat(out.toFile().list()).isEmpty();
  }
}
