package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kind {@code contractMenu} says of mistakes, of corners and of assumptions that fail. */
class ContractMenuKindTest {
  private static final String REST =
      """
      discount: 0.9
      cost: 0.3
      distribution: {type: uniform, low: 0, high: 1}
      signal: {type: constant, value: 1}
      """;

  @TempDir private Path folder;

  private CommandRun run(String text) throws IOException {
    return CommandRun.of("run", Files.writeString(folder.resolve("a.yaml"), text), "--json");
  }

  private String out(String text) throws IOException {
    CommandRun run = run("job: contractMenu\n" + text);
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "types: [0.5, 1.5] | types[1]: out of range, given 1.5, allowed: a number from 0 to 1"
            + " (column 14)",
        "prices: [-1] | prices[0]: out of range, given -1, allowed: a finite number at least 0"
            + " (column 10)",
        "audit: {grid: 1} | audit.grid: out of range, given 1, allowed: an integer from 2 to 5000"
            + " (column 15)",
        "audit: {grid: 3, hi: 1} | audit.hi: unknown key, given \"hi\", allowed: grid, low, high"
            + " (did you mean high?) (column 18)",
        "audit: {grid: 3, low: 0.5, high: 0.2} | audit.high: not above low, given 0.2, allowed: a"
            + " number above 0.5 (column 8)",
        "audit: {grid: 3, high: 2} | audit.high: out of range, given 2, allowed: a number from 0 to"
            + " 1 (column 24)",
        "audit: 3 | audit: not an object, given 3, allowed: an object with grid, and low and high"
            + " (column 8)",
        "horizon: 0 | horizon: out of range, given 0, allowed: an integer from 1 to 1000000000, or"
            + " null (column 10)",
      })
  void mistakes(String key, String line) throws IOException {
    CommandRun run = run("job: contractMenu\n" + REST + key + "\n");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines(folder)).containsExactly("a.yaml:6: " + line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{type: path, values: [1, 2]} | 1: horizon: missing, given nothing, allowed: 2 (column 1)",
        "{type: constant} | 5: signal.value: missing, given nothing, allowed: a finite number"
            + " (column 9)",
        "{type: constant, value: 1, mean: 1} | 5: signal.mean: unknown key, given \"mean\","
            + " allowed: type, value (column 36)",
        "{type: walk, sd: 1} | 5: signal.type: unknown type, given \"walk\", allowed: constant,"
            + " path, iid, markov or gaussianWalk (did you mean gaussianWalk?) (column 16)",
        "{type: gaussianWalk, sd: 0} | 5: signal.sd: out of range, given 0, allowed: a finite"
            + " number greater than 0 (column 34)",
        "{type: iid, distribution: {type: normal, mean: 0}} | 5: signal.distribution.sd: missing,"
            + " given nothing, allowed: a finite number greater than 0 (column 35)",
        "{type: markov, values: [1, 2], initial: [1], transition: [[1, 0], [0, 1]]} | 5:"
            + " signal.initial: sizes differ, given 1 number, allowed: 2, one for each state"
            + " (column 49)",
        "{type: markov, values: [1, 2], initial: [1, 1], transition: [[1, 0], [0, 1]]} | 5:"
            + " signal.initial: must sum to 1 within 1e-9: 2.0 (column 49)",
        "{type: markov, values: [1, 2], initial: [1, 0], transition: [[1, 0], [0, 0.5]]} | 5:"
            + " signal.transition[1]: row 1 does not sum to 1, given a sum of 0.5, allowed: 1 within"
            + " 1e-9 (column 78)",
      })
  void mistakesInSignals(String signal, String line) throws IOException {
    CommandRun run =
        run("job: contractMenu\n" + REST.replace("{type: constant, value: 1}", signal));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines(folder)).containsExactly("a.yaml:" + line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A: {type: square} | A.type: unknown type, given \"square\", allowed: identity, power,"
            + " affine or log1p (did you mean power?) (column 11)",
        "A: {type: power} | A.exponent: missing, given nothing, allowed: a finite number greater"
            + " than 0 (column 4)",
        "A: {type: power, exponent: -1} | A.exponent: out of range, given -1, allowed: a finite"
            + " number greater than 0 (column 28)",
        "A: {type: identity, scale: 2} | A.scale: unknown key, given \"scale\", allowed: type"
            + " (did you mean type?) (column 21)",
        "A: {type: affine, intercept: 1, slope: 0} | A.slope: out of range, given 0, allowed: a"
            + " finite number greater than 0 (column 40)",
        "A: 3 | A: not an object, given 3, allowed: a function: an object with a type, identity,"
            + " power, affine, log1p (column 4)",
        "valuation: both | valuation: unknown valuation, given \"both\", allowed: multiplicative or"
            + " additive (did you mean additive?) (column 12)",
      })
  void mistakesInPrivateTypes(String key, String line) throws IOException {
    CommandRun run = run("job: contractMenu\n" + REST + key + "\n");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines(folder)).containsExactly("a.yaml:6: " + line);
  }

  @Test
  void functionsMustBeDefinedOnTheSupport() throws IOException {
    CommandRun run =
        run(
            "job: contractMenu\n"
                + REST.replace("{type: uniform, low: 0, high: 1}", "{type: normal, mean: 0, sd: 1}")
                + "A: {type: power, exponent: 2, scale: 3}\n");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines(folder)).hasSize(1);
    assertThat(run.errLines(folder).getFirst())
        .startsWith("a.yaml:6: A: not defined on the whole support of distribution, which begins");
  }

  @Test
  void typesWithoutAnUpperEndNeedOne() throws IOException {
    CommandRun run =
        run(
            """
            job: contractMenu
            discount: 0.9
            cost: 0.3
            distribution: {type: exponential, rate: 1}
            signal: {type: constant, value: 1}
            audit: {grid: 3}
            """);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines(folder))
        .containsExactly(
            "a.yaml:6: audit.high: missing, the types have no upper end, given nothing, allowed: a"
                + " finite number at least 0 (column 8)");
    CommandRun normal =
        run(
            """
            job: contractMenu
            discount: 0.9
            cost: 0.3
            distribution: {type: normal, mean: 1, sd: 1}
            signal: {type: constant, value: 1}
            audit: {grid: 3, high: 2}
            """);
    assertThat(normal.errLines(folder).getFirst())
        .startsWith("a.yaml:6: audit.low: missing, the types have no lower end");
  }

  @Test
  void discreteTypesAreRefused() throws IOException {
    CommandRun run =
        run(
            """
            job: contractMenu
            discount: 0.9
            cost: 0.3
            distribution: {type: discrete, values: [0, 1], probabilities: [0.5, 0.5]}
            signal: {type: constant, value: 1}
            """);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines(folder))
        .containsExactly(
            "a.yaml:4: distribution: initial types need a density, given an object, allowed: a"
                + " distribution of another type than discrete (column 15)");
  }

  @Test
  void valuesThatFallInTheTypeAreRefused() throws IOException {
    CommandRun run =
        run(
            """
            job: contractMenu
            discount: 0.9
            cost: 0.3
            distribution: {type: normal, mean: 1, sd: 1}
            signal: {type: gaussianWalk, sd: 1}
            """);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("multiplicative values need A or the signal to be at least 0: A begins at")
        .doesNotContain("\tat ");
  }

  @Test
  void nobodyBuys() throws IOException {
    String out =
        out(REST.replace("0.3", "2") + "types: [1]\nprices: [2]\naudit: {grid: 5}\nhorizon: 3\n");
    assertThat(out)
        .contains("\"threshold\":null", "\"participates\":[false]", "\"price\":[null]")
        .contains("\"menu\":{\"type\":[null],\"upfront\":[null]}", "\"expectedProfit\":0.0")
        .contains("\"maxIncentiveGain\":0.0,\"minUtility\":0.0}")
        .contains("\"threshold\":\"no type ever buys\"")
        .contains("\"menu\":\"null: no contract has this price\"");
  }

  @Test
  void assumptionsThatHold() throws IOException {
    assertThat(out(REST))
        .contains("\"menuMonotone\":true")
        .contains("\"regularity\":{\"assumptionsHold\":true,\"weightsRise\":true}")
        .contains("levels of the signal's values, closed forms")
        .doesNotContain("\"choices\"", "\"menu\":", "\"audit\"");
  }

  @Test
  void risingPricesAreToldWithTheirTypes() throws IOException {
    String out =
        out(
            """
            discount: 0.9
            cost: 0.2
            valuation: additive
            distribution: {type: uniform, low: 0, high: 1}
            A: {type: power, exponent: 2}
            signal: {type: iid, distribution: {type: normal, mean: 0.5, sd: 1}}
            prices: [0.4]
            audit: {grid: 41}
            """);
    assertThat(out)
        .contains("\"menuMonotone\":false", "\"priceRises\":[[0.0,0.5]]")
        .contains("\"virtualTypeFalls\":[[0.0,0.333", "\"convex\":[[0.0,1.0]]")
        .contains("\"weightsRise\":false", "\"weightFalls\":[[0.0,0.5]]")
        .contains("several types have a price: the lowest is given")
        .contains("\"report\":")
        .doesNotContain("\"maxIncentiveGain\":0.0");
  }

  @Test
  void typesWithoutWeightAreNull() throws IOException {
    String out =
        out(
            """
            discount: 0.9
            cost: 0.2
            distribution: {type: beta, alpha: 2, beta: 2}
            signal: {type: constant, value: 1}
            types: [0, 0.9]
            """);
    assertThat(out)
        .contains("\"alpha\":[null,")
        .contains("result.choices.alpha[0] is minus infinite")
        .doesNotContain("is not a number");
  }

  @Test
  void theSameBitsForAnyThreads() throws IOException {
    Path job =
        Files.writeString(
            folder.resolve("b.yaml"),
            """
            job: contractMenu
            discount: 0.99
            cost: 0.2
            distribution: {type: lognormal, mu: 0, sigma: 1}
            signal: {type: gaussianWalk, mean: 0.5, sd: 0.1}
            types: [0.5, 1, 2, 9]
            audit: {grid: 33, high: 4}
            """);
    String one = CommandRun.of("run", job, "--json", "--threads", "1").out();
    String two = CommandRun.of("run", job, "--json", "--threads", "2").out();
    int end = one.indexOf("\"timing\"");
    assertThat(end).isPositive();
    assertThat(two.substring(0, end)).isEqualTo(one.substring(0, end));
  }

  @Test
  void endsAtInfinityAreNull() throws IOException {
    String out =
        out(
            """
            discount: 0.9
            cost: 0.2
            valuation: additive
            distribution: {type: exponential, rate: 2}
            signal: {type: constant, value: 0.5}
            """);
    assertThat(out)
        .contains("\"hazardRateConstant\":[[0.0,null]]")
        .doesNotContain("nonFinite", "hazardRateFalls");
  }
}
