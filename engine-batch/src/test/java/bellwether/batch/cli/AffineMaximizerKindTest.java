package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Kind {@code affineMaximizer} from job file to result, and what is said of mistakes. */
class AffineMaximizerKindTest {
  private static final String SALE =
      """
      horizon: 1
      discount: 0.9
      actions: 2
      agents:
        - servedBy: 1
          values: [[0.1], [0.2], [0.3], [0.4], [0.5], [0.6], [0.7], [0.8], [0.9], [1]]
      """;

  /** Two bidders whose interest moves, an object that can be sold once. */
  private static final String MOVING =
      """
      discount: 0.8
      agents:
        - values: [[[0, 0], [1, 2], [0, 0]], [[0, 0], [2, 3], [0, 0]], [[0, 0], [0.5, 4], [0, 0]]]
          probabilities: [0.5, 0.25, 0.25]
          transition: [[0.7, 0.3], [0.4, 0.6]]
          initial: [0.5, 0.5]
        - values: [[[0, 0], [0, 0], [1, 1.5]], [[0, 0], [0, 0], [3, 2]]]
          transition: [[0.5, 0.5], [0, 1]]
          initial: [1, 0]
      physical: {states: [here, sold], next: [[0, 1, 1], [1, null, null]]}
      """;

  @TempDir private Path folder;

  private CommandRun run(String... job) throws IOException {
    String text = "job: affineMaximizer\n" + String.join("\n", job);
    return CommandRun.of("run", Files.writeString(folder.resolve("a.yaml"), text), "--json");
  }

  private JsonNode result(String... job) throws IOException {
    CommandRun run = run(job);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void aPostedPriceIsFound() throws IOException {
    JsonNode result = result("budget: 500", "history: true", SALE).get("result");
    assertThat(result.get("objectiveValue").doubleValue()).isCloseTo(0.3, within(1e-6));
    assertThat(result.get("objectiveValueStandardError").doubleValue()).isZero();
    assertThat(result.get("baseline").doubleValue()).isZero();
    assertThat(result.get("gainInterval").get(0).doubleValue()).isCloseTo(0.3, within(1e-6));
    assertThat(result.get("weights").get(0).doubleValue()).isEqualTo(1);
    double price = result.get("boosts").get(0).doubleValue();
    assertThat(Math.min(Math.abs(price - 0.5), Math.abs(price - 0.6))).isLessThan(1e-5);
    assertThat(result.get("audit").get("maxIncentiveGain").doubleValue()).isLessThan(1e-9);
    assertThat(result.get("history").size()).isGreaterThan(2);
  }

  @Test
  void drawsComeWithErrorsAndAnInterval() throws IOException {
    JsonNode whole = result("budget: 300", "seed: 3", SALE).get("result");
    JsonNode drawn = result("budget: 300", "seed: 3", "draws: 5", "freshDraws: 9", SALE);
    JsonNode result = drawn.get("result");
    assertThat(drawn.get("certificate").get("freshDraws").intValue()).isEqualTo(9);
    assertThat(result.get("objectiveValueStandardError").doubleValue()).isPositive();
    double half = 1.959963984540054 * result.get("gainStandardError").doubleValue();
    double gain = result.get("gain").doubleValue();
    assertThat(result.get("gainInterval").get(1).doubleValue())
        .isCloseTo(gain + half, within(1e-15));
    assertThat(whole.get("gainStandardError").doubleValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "action", "stateAction"})
  void neitherThreadsNorKernelsChangeBits(String boosts) throws IOException {
    String[] job = {
      "budget: 150", "draws: 4", "freshDraws: 5", "boosts: " + boosts, "threads: 1", MOVING
    };
    JsonNode one = result(job);
    job[4] = "threads: 3";
    JsonNode three = result(job);
    assertThat(three.get("result")).isEqualTo(one.get("result"));
    assertThat(three.get("certificate")).isEqualTo(one.get("certificate"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"revenue", "welfare", "profit", "{revenueWeight: 0.25}"})
  void objectivesAreNotWorseThanTheBaseline(String objective) throws IOException {
    JsonNode result =
        result("objective: " + objective, "budget: 300", "boosts: stateAction", MOVING)
            .get("result");
    assertThat(result.get("gain").doubleValue()).isGreaterThan(-1e-12);
    assertThat(result.get("audit").get("maxMultiPeriodGain").doubleValue()).isLessThan(1e-7);
    assertThat(result.get("boosts").size()).isEqualTo(2);
    double share =
        switch (objective) {
          case "revenue", "profit" -> 1;
          case "welfare" -> 0;
          default -> 0.25;
        };
    JsonNode affine = result.get("affine");
    assertThat(result.get("objectiveValue").doubleValue())
        .isCloseTo(
            share * affine.get("revenue").doubleValue()
                + (1 - share) * affine.get("welfare").doubleValue(),
            within(1e-12));
  }

  @Test
  void agentsThatAreServedAreWrittenOut() throws IOException {
    String written =
        """
        horizon: 1
        discount: 0.9
        agents:
          - values: [[[0], [0.1]], [[0], [0.7]]]
            transition: [[1]]
            initial: [1]
        """;
    String served =
        """
        horizon: 1
        discount: 0.9
        actions: 2
        agents: [{servedBy: 1, values: [[0.1], [0.7]]}]
        """;
    assertThat(result("budget: 50", served).get("result"))
        .isEqualTo(result("budget: 50", written).get("result"));
  }

  @Test
  void oneValueIsOneAlternative() throws IOException {
    JsonNode out = result("budget: 50", SALE, "  - {servedBy: 1, value: [2]}");
    assertThat(out.get("certificate").get("combinations").intValue()).isEqualTo(10);
  }

  @Test
  void samplesOfAlternativesAreAudited() throws IOException {
    StringBuilder values = new StringBuilder("[");
    for (int m = 1; m <= 3000; m++) {
      values.append(m == 1 ? "[" : ", [").append(m / 3000.0).append("]");
    }
    String job =
        "discount: 0\nhorizon: 1\nactions: 3\nagents:\n"
            + "  - {servedBy: 1, values: "
            + values
            + "]}\n  - {servedBy: 2, values: "
            + values
            + "]}\n";
    JsonNode out = result("budget: 60", "draws: 100", job);
    assertThat(out.get("certificate").get("audit").stringValue()).isEqualTo("sampled");
    assertThat(out.get("result").get("audit").get("maxIncentiveGain").doubleValue())
        .isLessThan(1e-9);
    CommandRun exact = run("budget: 60", "draws: 100", "audit: exact", job);
    assertThat(exact.status()).isEqualTo(1);
    assertThat(exact.err()).contains("audit: there are too many states");
  }

  @Test
  void whatIsTooLargeIsRefusedInASentence() throws IOException {
    String row = "[" + "0.0125, ".repeat(79) + "0.0125]";
    String agent =
        "  - value: [["
            + "1, ".repeat(79)
            + "1]]\n    initial: "
            + row
            + "\n    transition: ["
            + (row + ", ").repeat(79)
            + row
            + "]\n";
    CommandRun run = run("discount: 0.5", "agents:", agent.repeat(4));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("there are too many joint states").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "objective: sales|:2: objective: unknown objective, given \"sales\"",
        "objective: {revenueWeight: 2}|:2: objective.revenueWeight: out of range, given 2",
        "objective: 3|:2: objective: not an objective, given 3, allowed: revenue, welfare, profit",
        "boosts: actions|:2: boosts: unknown boosts, given \"actions\"",
        "weights: {low: 3, high: 2}|:2: weights: low is greater than high, given low 3, high 2",
        "weights: {low: 0}|:2: weights.low: out of range, given 0",
        "budget: 0|:2: budget: out of range, given 0, allowed: an integer from 1",
        "draws: 1.5|:2: draws: not an integer, given 1.5",
        "history: maybe|:2: history: not a truth value",
        "audit: full|:2: audit: unknown audit, given \"full\", allowed: exact, sampled or none",
        "seeds: 3|:2: seeds: unknown key",
      })
  void mistakesAreToldInOneLine(String line, String expected) throws IOException {
    CommandRun run = run(line, SALE);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "values: [[[0], [1]], [[0]]]|:3: agents[0].values[1]: ragged table",
        "values: [[0], [1]]|:3: agents[0].values: wrong shape",
        "values: [[[0], [.inf]]]|:3: agents[0].values[0][1][0]: not a finite number",
        "value: [[0], [1]], values: [[[0], [1]]]|:3: agents[0].values: not with value, given both",
        "initial: [1]|:3: agents[0].values: missing",
        "values: [[[0, 1], [1, 2]]], transition: [[1, 0], [0, 1]]|:3: agents[0].initial: missing",
        "values: [[[0], [1]]], probabilities: [0.5, 0.5]|:3: agents[0].probabilities: sizes differ",
        "values: [[[0], [1]]], probabilities: [0.5]|:3: agents[0].probabilities: does not sum to 1",
        "values: [[[0], [1]]], probabilities: [-1]|:3: agents[0].probabilities[0]: negative",
        "values: [[[0], [1]]], valeus: 3|:3: agents[0].valeus: unknown key",
        "values: [[[0], [1.0e+300]]]|values must be smaller",
      })
  void soAreThoseOfAgents(String agent, String expected) throws IOException {
    CommandRun run = run("discount: 0.5", "agents: [{" + agent + "}]");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(expected);
  }
}
