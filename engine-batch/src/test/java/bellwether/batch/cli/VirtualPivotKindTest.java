package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kind {@code virtualPivot} on the command line: ends of supports, absent agents, mistakes. */
class VirtualPivotKindTest {
  private static final String UNIFORM = "distribution: {type: uniform, low: 0, high: 1}";
  private static final String AGENT =
      "{" + UNIFORM + ", value: [[0], [1]], initial: [1], transition: [[1]]}";

  @TempDir private Path folder;

  private CommandRun run(String text, String... options) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.yaml"),
            "job: virtualPivot\n"
                + text.replace("\\n", "\n").replace("AGENT", AGENT).replace("UNIFORM", UNIFORM));
    Object[] words = new Object[options.length + 3];
    words[0] = "run";
    words[1] = file;
    words[2] = "--json";
    System.arraycopy(options, 0, words, 3, options.length);
    return CommandRun.of(words);
  }

  private String result(String text, String... options) throws IOException {
    CommandRun run = run(text, options);
    assertThat(run.err()).isEmpty();
    return run.out().replaceAll(",\"timing\".*", "");
  }

  @Test
  void theLowestTypeHasNoWeight() throws IOException {
    assertThat(
            result(
                "discount: 0.5\ncost: [0, 0.1]\nagents: [AGENT]\ninitialTypes: [0]\nstates: [0]"))
        .contains("\"alpha\":[null]", "\"active\":[false]", "\"upfront\":[0.0]")
        .contains("\"payments\":[0.0]", "alpha or beta of agent 0 is not finite")
        .contains("\"weightedWelfare\":0.0");
  }

  @Test
  void theHighestTypePaysTheCost() throws IOException {
    assertThat(
            result(
                "discount: 0.5\ncost: [0, 0.25]\nagents: [AGENT]\ninitialTypes: [1]\nstates: [0]"))
        .contains("\"alpha\":[1.0]", "\"payments\":[0.25]", "\"weightedWelfare\":0.75");
  }

  /** 2^30 joint states: constant values, whatever the signals, are one auction in every period. */
  @Test
  void banditsNeedNoTables() throws IOException {
    StringBuilder job = new StringBuilder("discount: 0.9\nactions: 31\nprofit: true\nagents:\n");
    for (int i = 1; i <= 30; i++) {
      job.append("  - {UNIFORM, servedBy: ")
          .append(i)
          .append(", value: [1, 1], initial: [0.5, 0.5],");
      job.append(" transition: [[0.7, 0.3], [0.4, 0.6]]}\n");
    }
    job.append("initialTypes: [0.9, 0.7").append(", 0.3".repeat(28)).append("]\n");
    job.append("states: [0").append(", 1".repeat(29)).append("]\n");
    String result = result(job.toString());
    // The winner is worth 0.9 and pays as if its type were 0.7.
    assertThat(number(result, "weightedWelfare")).isCloseTo(9 * 0.8, offset(1e-12));
    assertThat(number(result, "expectedPayment")).isCloseTo(9 * 0.7, offset(1e-12));
    assertThat(number(result, "utility")).isCloseTo(9 * 0.2, offset(1e-12));
    assertThat(number(result, "payments")).isCloseTo(0.4 / (0.8 / 0.9), offset(1e-12));
    // E (2 M - 1)+, M the largest of 30 uniform types.
    double myerson = 60.0 / 31 * (1 - Math.scalb(1.0, -31)) - (1 - Math.scalb(1.0, -30));
    assertThat(number(result, "expectedProfit")).isCloseTo(9 * myerson, offset(1e-8));
    assertThat(number(result, "profitBound")).isCloseTo(9 * myerson, offset(1e-8));
    assertThat(result).contains("\"solver\":\"bandit\"");
  }

  /** The first number after a key. */
  private static double number(String json, String key) {
    String rest = json.substring(json.indexOf("\"" + key + "\":") + key.length() + 3);
    return Double.parseDouble(rest.replaceFirst("^\\[", "").replaceFirst("[,\\]}].*", ""));
  }

  @Test
  void servedAgentsAreThoseOfTables() throws IOException {
    String served =
        result(
            """
            discount: 0.8
            actions: 3
            cost: [0, 0.1, 0.1]
            initialTypes: [0.8, 0.9]
            profit: true
            agents:
              - {servedBy: 1, UNIFORM, value: [0.5, 1], initial: [0.5, 0.5],
                 transition: [[0.9, 0.1], [0.4, 0.6]]}
              - {servedBy: 2, UNIFORM, valuation: additive, C: 0.7, value: [0.1],
                 initial: [1], transition: [[1]]}
            """);
    String tables =
        result(
            """
            discount: 0.8
            cost: [0, 0.1, 0.1]
            initialTypes: [0.8, 0.9]
            profit: true
            agents:
              - {UNIFORM, value: [[0, 0], [0.5, 1], [0, 0]], initial: [0.5, 0.5],
                 transition: [[[1, 0], [0, 1]], [[0.9, 0.1], [0.4, 0.6]], [[1, 0], [0, 1]]]}
              - {UNIFORM, valuation: additive, C: [0, 0, 0.7], value: [[0], [0], [0.1]],
                 initial: [1], transition: [[1]]}
            """);
    assertThat(served).isEqualTo(tables).contains("\"expectedProfit\":");
  }

  @Test
  void drawsAreTheSameForAnyNumberOfThreads() throws IOException {
    String job =
        """
        discount: 0.7
        cost: [0, 0.1]
        agents: [AGENT, AGENT, AGENT]
        initialTypes: [0.8, 0.7, 0.6]
        profit: true
        draws: 64
        shifts: 4
        seed: 3
        """;
    String one = result(job, "--threads", "1");
    assertThat(one)
        .contains("\"profitBoundStandardError\":", "\"method\":\"quasiMonteCarlo\"")
        .isEqualTo(result(job, "--threads", "2"));
  }

  @Test
  void whereTheAssumptionsFailItSaysSo() throws IOException {
    assertThat(
            result(
                "discount: 0.9\ncost: [0, 0.05]\ninitialTypes: [0.9]\naudit: {grid: 21}\nagents:\n"
                    + "  - {UNIFORM, A: {type: power, exponent: 3}, valuation: additive, C: [0, 1],"
                    + " value: [[0], [0.2]], initial: [1], transition: [[1]]}"))
        .contains("\"holds\":false", "\"worstDeviation\":{\"agent\":0")
        .contains("\"assumptionsHold\":false", "\"virtualTypeFalls\":[[0.0,0.5]]");
  }

  @Test
  void anInfiniteRentIsASentence() throws IOException {
    CommandRun run =
        run(
            "discount: 0.5\ninitialTypes: [1]\nagents:\n  - {distribution: {type: normal, mean: 0, sd:"
                + " 1}, value: [[1], [1]], initial: [1], transition: [[1]]}");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errLines(folder))
        .containsExactly(
            "a.yaml: utility is not finite: initial types have no lowest one, and however low they"
                + " are the rule serves them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "discount: 0.5\\nagents: [AGENT]\\ninitialTypes: [1.5] | 4: initialTypes[0]: outside the"
            + " support of distribution, given 1.5, allowed: a number from 0.0 to 1.0 (column 16)",
        "discount: 0.5\\nagents: [AGENT]\\ninitialTypes: [0.5, 1] | 4: initialTypes: sizes differ,"
            + " given 2 types, allowed: 1, one for each agent (column 15)",
        "discount: 0.5\\nagents: [AGENT]\\ninitialTypes: [0.5]\\nstates: [1] | 5: states[0]: out of"
            + " range, given 1, allowed: a type, 0 to 0 (column 10)",
        "discount: 0.5\\nagents: [AGENT]\\ninitialTypes: [0.5]\\nperiod: 2 | 5: period: only with"
            + " states, given 2, allowed: no period (column 9)",
        "discount: 0.5\\ncost: [0]\\nagents: [AGENT]\\ninitialTypes: [0.5] | 4: agents[0].value: sizes"
            + " differ, given 2 rows, allowed: 1, one for each action (column 66)",
        "discount: 0.5\\ninitialTypes: [0.5]\\nagents: [{UNIFORM, value: [[0], [1]], transition: [[1]]}]"
            + " | 4: agents[0].initial: missing, given nothing, allowed: the law of the first signal,"
            + " a probability for each (column 10)",
        "discount: 0.5\\ninitialTypes: [0.5]\\nagents: [{UNIFORM, C: [0, 1], value: [[0], [1]], initial:"
            + " [1], transition: [[1]]}] | 4: agents[0].C: only with valuation additive, given a list"
            + " of 2 numbers, allowed: no C (column 62)",
        "discount: 0.5\\ninitialTypes: [0.5]\\nagents: [{UNIFORM, valuation: additive, value: [[0], [1]],"
            + " initial: [1], transition: [[1]]}] | 4: agents[0].C: missing, given nothing, allowed: a"
            + " list of 2 numbers, one for each action (column 10)",
        "discount: 0.5\\nagents: [AGENT]\\ninitialTypes: [0.5]\\naudit: {grid: 1} | 5: audit.grid: out of"
            + " range, given 1, allowed: an integer from 2 to 100001 (column 15)",
        "discount: 0.5\\nagents: [AGENT, AGENT, AGENT]\\ninitialTypes: [0.5, 0.5, 0.5]\\nprofitMethod:"
            + " exact | 5: profitMethod: exact for one or two agents and bandits only, given exact with"
            + " 3 agents, allowed: auto or sampled (column 15)",
      })
  void mistakes(String job, String line) throws IOException {
    CommandRun run = run(job);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines(folder)).containsExactly("a.yaml:" + line);
  }
}
