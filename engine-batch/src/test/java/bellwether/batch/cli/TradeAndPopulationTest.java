package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kinds {@code bilateralTrade} and {@code correlatedPopulation} say of mistakes. */
class TradeAndPopulationTest {
  private static final String SIDE = "{initial: [0.5, 0.5], transition: [[0.7, 0.3], [0.3, 0.7]]}";

  @TempDir private Path folder;

  private CommandRun run(String text) throws IOException {
    return CommandRun.of(
        "run",
        Files.writeString(
            folder.resolve("a.yaml"), text.replace("\\n", "\n").replace("SIDE", SIDE)),
        "--json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "values: [1, 1]\\n"
            + "seller: SIDE\\n"
            + "buyer: SIDE\\n"
            + "discount: 0.5 | 2: values[1]: not increasing, given 1, allowed: a number above 1"
            + " (column 9)",
        "values: [0, 1]\\n"
            + "seller: SIDE\\n"
            + "buyer: SIDE\\n"
            + "discount: 1 | 5: discount: out of range, given 1, allowed: a number at least 0 and"
            + " less than 1 (column 11)",
        "values: [0, 1]\\n"
            + "seller: SIDE\\n"
            + "discount: 0.5 | 1: buyer: missing, given nothing, allowed: an object with initial"
            + " and transition (column 1)",
        "values: [0, 1]\\n"
            + "seller: SIDE\\n"
            + "buyer: {initial: [1], transition: [[1, 0], [0, 1]]}\\n"
            + "discount: 0.5 | 4: buyer.initial: sizes differ, given 1 probabilities, allowed: 2,"
            + " one for each value (column 18)",
        "values: [0, 1]\\n"
            + "seller: SIDE\\n"
            + "buyer: {initial: [1, 0], transition: [[1, 0], [0, 0.5]]}\\n"
            + "discount: 0.5 | 4: buyer.transition[1]: row 1 does not sum to 1 but to 0.5, given a"
            + " row, allowed: probabilities that sum to 1 within 1e-9 (column 48)",
      })
  void mistakesOfTrade(String job, String line) throws IOException {
    CommandRun run = run("job: bilateralTrade\n" + job);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines(folder)).containsExactly("a.yaml:" + line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "segments: [{upTo: 0.5, values: [0], probabilities: [1]}] | 2: segments[0].upTo: out of"
            + " order, given 0.5, allowed: where the support ends, 1 (column 19)",
        "segments: [{upTo: 1, values: [0, 1], probabilities: [1]}] | 2: segments[0]: probabilities"
            + " must be as many as values, at least one: 1 and 2 (column 12)",
        "segments: [{upTo: 1, values: [0], probabilities: [1]}]\\n"
            + "theta0: 2 | 3: theta0: out of range, given 2, allowed: a number from 0.0 to 1.0"
            + " (column 9)",
        "segments: [{upTo: 1, values: [0], probabilities: [1]}]\\n"
            + "discount: 0 | 3: discount: out of range, given 0, allowed: a number greater than 0"
            + " and at most 1 (column 11)",
      })
  void mistakesOfPopulation(String job, String line) throws IOException {
    CommandRun run = run("job: correlatedPopulation\n" + job);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines(folder)).containsExactly("a.yaml:" + line);
  }

  @Test
  void massOutsideTheSupportFails() throws IOException {
    CommandRun run =
        run(
            """
            job: correlatedPopulation
            segments: [{upTo: 1, values: [0], probabilities: [1]}]
            distribution: {type: uniform, low: 0, high: 2}
            """);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("distribution must lie within the support, 0.0 to 1.0");
  }
}
