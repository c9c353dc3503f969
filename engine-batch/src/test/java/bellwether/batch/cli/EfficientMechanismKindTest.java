package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kind {@code efficientMechanism} from job file to result, and what is said of mistakes. */
class EfficientMechanismKindTest {
  private static final String AGENTS =
      """
      agents:
        - value: [[1, 2], [0, 0.5]]
          transition: [[[0.5, 0.5], [0.2, 0.8]], [[1, 0], [0, 1]]]
          initial: [0.5, 0.5]
        - value: [[0, 0], [1.5, 0.25]]
          transition: [[1, 0], [0.3, 0.7]]
          initial: [1, 0]
          types: [low, high]
      """;

  @TempDir private Path folder;

  private CommandRun run(String... job) throws IOException {
    String text = String.join(System.lineSeparator(), job);
    return CommandRun.of(
        "run",
        Files.writeString(folder.resolve("a.yaml"), "job: efficientMechanism\n" + text),
        "--json");
  }

  private String result(String... job) throws IOException {
    CommandRun run = run(job);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    String line = run.out();
    return line.substring(line.indexOf("\"result\""), line.indexOf("\"timing\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pivot", "team", "balanced", "static"})
  void bitsDoNotDependOnThreads(String mechanism) throws IOException {
    String[] job = {
      "mechanism: " + mechanism,
      "discount: 0.9",
      AGENTS,
      "profile: [1, low]",
      "solver: product",
      "simulation: {paths: 300, periods: 20}",
      "threads: 1"
    };
    String one = result(job);
    job[6] = "threads: 2";
    assertThat(result(job)).isEqualTo(one);
  }

  @Test
  void namesAreIndices() throws IOException {
    String[] job = {"mechanism: pivot", "discount: 0.9", AGENTS, "profile: [1, high]"};
    String named = result(job);
    job[3] = "profile: [1, 1]";
    assertThat(result(job)).isEqualTo(named);
  }

  @Test
  void agentsThatAreServedAreWrittenOut() throws IOException {
    String served =
        """
        actions: 3
        agents:
          - {servedBy: 1, value: [1, 2], transition: [[0.5, 0.5], [0.2, 0.8]]}
          - {servedBy: 2, value: [1.5], transition: [[1]]}
        profile: [0, 0]
        """;
    String whole =
        """
        agents:
          - value: [[0, 0], [1, 2], [0, 0]]
            transition: [[[1, 0], [0, 1]], [[0.5, 0.5], [0.2, 0.8]], [[1, 0], [0, 1]]]
          - value: [[0], [0], [1.5]]
            transition: [[1]]
        profile: [0, 0]
        """;
    String expected = result("mechanism: pivot", "discount: 0.9", whole);
    assertThat(result("mechanism: pivot", "discount: 0.9", served)).isEqualTo(expected);
    assertThat(result("mechanism: pivot", "discount: 0.9", "solver: bandit", served))
        .contains("\"solver\":\"bandit\"", "\"audit\":\"none\"")
        .doesNotContain("maxIncentiveGain");
    assertThat(
            result("mechanism: pivot", "discount: 0.9", "solver: bandit", "audit: sampled", served))
        .contains("\"maxIncentiveGain\":", "\"deviations\":200");
  }

  @Test
  void allProfilesComeWithTheirShape() throws IOException {
    assertThat(
            result(
                "mechanism: pivot", "discount: 0", AGENTS, "profile: [0, 0]", "allProfiles: true"))
        // Without a future it is the action with the highest sum of values.
        .contains("\"profiles\":{\"shape\":[1,2,2],\"action\":[1,0,0,0],");
  }

  @Test
  void sampledAuditsFindTheGainOfTheControl() throws IOException {
    String training =
        Files.readString(Path.of("..", "examples", "worker-training.yaml"))
            .replace("mechanism: pivot", "mechanism: static")
            .replace("job: efficientMechanism", "audit: sampled");
    assertThat(result(training)).contains("\"gainFound\":true", "StandardError");
  }

  @Test
  void previousReportsLeadToAHistory() throws IOException {
    String now = result("mechanism: balanced", "discount: 0.9", AGENTS, "profile: [0, 0]");
    String later =
        result(
            "mechanism: balanced",
            "discount: 0.9",
            AGENTS,
            "profile: [0, 0]",
            "previous: {profile: [1, 1]}");
    assertThat(later).contains("\"gamma\":").isNotEqualTo(now);
  }

  @Test
  void manyUncontrolledBiddersNeedNoTables() throws IOException {
    StringBuilder agents = new StringBuilder("agents:\n");
    StringBuilder profile = new StringBuilder();
    int n = 30;
    for (int i = 0; i < n; i++) {
      StringBuilder value = new StringBuilder();
      for (int a = 0; a < n; a++) {
        value.append(a > 0 ? ", " : "").append(a == i ? "[0, 1]" : "[0, 0]");
      }
      agents
          .append("  - {value: [")
          .append(value)
          .append("], transition: [[0.5, 0.5], [0.5, 0.5]], initial: [0.5, 0.5]}\n");
      profile.append(i > 0 ? ", " : "").append(i == 4 || i == 9 ? 1 : 0);
    }
    // Somebody has value 1 for (nearly) certain: W is an annuity, and the winner pays 1.
    assertThat(
            result(
                "mechanism: pivot",
                "discount: 0.5",
                agents.toString(),
                "profile: [" + profile + "]"))
        .contains("\"action\":4,", "\"solver\":\"uncontrolled\"", "laws of the agents' types");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mechanism: vickrey\\n"
            + "discount: 0.9\\n"
            + "A\\n"
            + "profile: [0, 0] | 2: mechanism: unknown mechanism, given \"vickrey\", allowed:"
            + " pivot, team, groves, balanced or static (did you mean pivot?) (column 12)",
        "mechanism: pivot\\n"
            + "discount: 1\\n"
            + "A\\n"
            + "profile: [0, 0] | 3: discount: out of range, given 1, allowed: a number at least 0"
            + " and less than 1 (column 11)",
        "mechanism: pivot\\n"
            + "discount: 0.9\\n"
            + "A\\n"
            + "profile: [0] | 12: profile: sizes differ, given 1 type, allowed: 2, one for each"
            + " agent (column 10)",
        "mechanism: pivot\\n"
            + "discount: 0.9\\n"
            + "A\\n"
            + "profile: [0, 2] | 12: profile[1]: out of range, given 2, allowed: a type, 0 to 1 or"
            + " its name (column 14)",
        "mechanism: pivot\\n"
            + "discount: 0.9\\n"
            + "A\\n"
            + "profile: [0, 0]\\n"
            + "phi: [1, 2] | 13: phi: only with mechanism groves, given a list of 2 numbers,"
            + " allowed: no phi (column 6)",
        "mechanism: groves\\n"
            + "discount: 0.9\\n"
            + "A\\n"
            + "profile: [0, 0]\\n"
            + "phi: [1, [1, 2, 3]] | 13: phi[1]: sizes differ, given a list of 3 numbers, allowed:"
            + " a number, or 2 entries, one for each type of an agent other than this (column 10)",
        "mechanism: pivot\\n"
            + "discount: 0.9\\n"
            + "A\\n"
            + "profile: [0, 0]\\n"
            + "previous: {profile: [0, 0]} | 13: previous: only with mechanism balanced, given an"
            + " object, allowed: no previous (column 11)",
        "mechanism: pivot\\n"
            + "discount: 0.9\\n"
            + "A\\n"
            + "profile: [0, 0]\\n"
            + "period: 1 | 13: period: out of range, given 1, allowed: 0, or nothing, without a"
            + " horizon (column 9)",
        "mechanism: pivot\\n"
            + "discount: 0.9\\n"
            + "A\\n"
            + "profile: [0, 0]\\n"
            + "solver: bandit | 13: solver: does not apply, agent 0 is concerned by actions 0 and"
            + " 1, given bandit, allowed: auto or another solver (column 9)",
        "mechanism: pivot\\n"
            + "discount: 0.9\\n"
            + "A\\n"
            + "profile: [0, 0]\\n"
            + "physical: {states: 2, next: [[0, 2], [1, 1]]} | 13: physical.next[0][1]: out of"
            + " range, given 2, allowed: a state, 0 to 1 (column 34)",
        "mechanism: pivot\\n"
            + "discount: 0.9\\n"
            + "A\\n"
            + "profile: [0, 0]\\n"
            + "physical: {states: 1, feasible: [[]], next: [[0, 0]]} | 13: physical.feasible[0]: no"
            + " action, given an empty list, allowed: at least one action in every state (column"
            + " 34)",
        "mechanism: pivot\\n"
            + "discount: 0.9\\n"
            + "A\\n"
            + "profile: [0, 0]\\n"
            + "simulation: {strategies: [truthful, {type: shade}]} | 13:"
            + " simulation.strategies[1].type: unknown type, given \"shade\", allowed: truthful,"
            + " shading, random or table (did you mean shading?) (column 44)",
        "mechanism: pivot\\n"
            + "discount: 0.9\\n"
            + "A\\n"
            + "profile: [0, 0]\\n"
            + "designerValue: [0, 0, 0] | 5: agents[0].value: sizes differ, given 2 rows, allowed:"
            + " 3, one for each action (column 12)",
      })
  void mistakes(String job, String line) throws IOException {
    CommandRun run = run(job.replace("\\n", "\n").replace("\nA\n", "\n" + AGENTS));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines(folder)).contains("a.yaml:" + line);
  }

  @Test
  void whatHasNoLawIsTold() throws IOException {
    String agents = AGENTS.replace("    initial: [0.5, 0.5]\n", "");
    CommandRun run = run("mechanism: balanced", "discount: 0.9", agents, "profile: [0, 0]");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("agents[0].initial: missing, mechanism balanced needs it");
  }
}
