package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Auctions for revenue in job files: subscription, expected profit, tables, kernels, mistakes. */
class RevenueAuctionKindTest {
  private static final String TWO =
      """
      job: banditAuction
      objective: revenue
      discount: 0.9
      distribution: {type: uniform, low: 0, high: 1}
      bidders:
        - {arm: {type: markov, rewards: [1], transition: [[1]]}, state: 0, initialType: 0.9}
        - arm: {type: markov, rewards: [1, 1], transition: [[1, 0], [0, 1]]}
          state: 0
          initial: [0.5, 0.5]
          initialType: 0.7
      subscription: true
      """;

  @TempDir private Path folder;

  private String run(String job, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), job);
    Object[] arguments = new Object[options.length + 3];
    arguments[0] = "run";
    arguments[1] = file;
    arguments[2] = "--json";
    System.arraycopy(options, 0, arguments, 3, options.length);
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.err()).isEmpty();
    String line = run.out();
    return line.substring(line.indexOf("\"result\""), line.indexOf("\"timing\""));
  }

  private List<String> lines(String job) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), job);
    return CommandRun.of("validate", file).errLines(folder);
  }

  /** Two constant values: the second virtual price in every period, uniform types. */
  @Test
  void constantArmsAreMyersonsAuction() throws IOException {
    String result = run(TWO + "profit: true\n");
    // Virtual types 0.8 and 0.4: the winner expects 9 and pays as if its type were 0.7.
    assertThat(number(result, "weightedWelfare", 0)).isCloseTo(8, offset(1e-12));
    assertThat(number(result, "expectedPayment", 0)).isCloseTo(7, offset(1e-12));
    assertThat(number(result, "utility", 0)).isCloseTo(2, offset(1e-12));
    assertThat(result).contains("\"active\":[true,false]");
    // E of the larger of 2 s - 1 and 0: ((n - 1) + 2^-n) / (n + 1) with n = 2, ten times.
    assertThat(number(result, "expectedProfit", 0)).isCloseTo(10 * 1.25 / 3, offset(1e-8));
  }

  /** The number at a key, or one of its list. */
  private static double number(String json, String key, int place) {
    Matcher at = Pattern.compile("\"" + key + "\":\\[?([^\\]}\"]*)").matcher(json);
    assertThat(at.find()).as(key).isTrue();
    return Double.parseDouble(at.group(1).split(",", -1)[place]);
  }

  private static org.assertj.core.data.Offset<Double> offset(double value) {
    return org.assertj.core.data.Offset.offset(value);
  }

  @Test
  void drawsTellTheirError() throws IOException {
    String whole = run(TWO + "profit: {draws: 4096, shifts: 16}\nseed: 3\n");
    double error = number(whole, "expectedProfitStandardError", 0);
    assertThat(number(whole, "expectedProfit", 0))
        .isCloseTo(number(whole, "profitBound", 0), offset(6 * error));
    assertThat(whole).contains("\"draws\":4096,\"shifts\":16,\"seed\":3");
  }

  @Test
  void tellsWhoseAssumptionsFail() throws IOException {
    assertThat(run(TWO))
        .contains(
            "\"regularity\":{\"assumptionsHold\":true,\"weightsRise\":true,\"differentTypes\":1}");
    assertThat(run(TWO.replace("uniform, low: 0, high: 1", "power, exponent: 0.5")))
        .contains("\"failing\":[{\"bidder\":0,", "\"hazardRateFalls\":[[0.0,0.25]]");
  }

  @Test
  void bitsDoNotDependOnThreadsOrKernels() throws IOException {
    StringBuilder job =
        new StringBuilder(
            """
            job: banditAuction
            objective: revenue
            discount: 0.9
            outsideValue: 0.1
            distribution: {type: beta, alpha: 2, beta: 2}
            subscription: true
            profit: {draws: 600, shifts: 4}
            bidders:
            """);
    Random random = new Random(1);
    for (int i = 0; i < 8; i++) {
      String arm =
          i % 2 == 0
              ? "{type: random, states: 30, seed: " + i + "}, state: " + i
              : "{type: betaBernoulli, alpha: 2, beta: " + (1 + i) + "}";
      job.append("  - {arm: ").append(arm).append(", initialType: ");
      job.append(0.4 + 0.6 * random.nextDouble()).append("}\n");
    }
    String one = run(job.toString(), "--threads", "1", "--kernels", "scalar");
    assertThat(run(job.toString(), "--threads", "3")).isEqualTo(one);
    assertThat(number(one, "profitBound", 0))
        .isBetween(number(one, "boundLower", 0) - 1e-7, number(one, "boundUpper", 0) + 1e-7);
  }

  @Test
  void mistakes() throws IOException {
    assertThat(lines(TWO + "profit: {draws: 3}\n"))
        .containsExactly(
            "a.yaml:12: profit.draws: out of range, given 3, allowed: an integer from 16 (one for"
                + " each shift) to 100000000 (column 17)");
    assertThat(lines(TWO + "profit: yes please\n"))
        .containsExactly(
            "a.yaml:12: profit: neither a truth value nor an object, given \"yes please\", allowed:"
                + " true, false or an object with draws and shifts (column 9)");
    assertThat(lines(TWO.replace("[0.5, 0.5]", "[0.5, 0.6]")))
        .containsExactly(
            "a.yaml:9: bidders[1].initial: does not sum to 1, given a sum of 1.1, allowed: 1 within"
                + " 1e-9 (column 14)");
    assertThat(lines(TWO.replace("[0.5, 0.5]", "[1]")))
        .containsExactly(
            "a.yaml:9: bidders[1].initial: sizes differ, given 1 probability, allowed: 2, one for"
                + " each state (column 14)");
    assertThat(lines(TWO.replace("objective: revenue", "objective: welfare")))
        .containsExactly(
            "a.yaml:11: subscription: only where the objective is revenue, given true, allowed: no"
                + " subscription (column 15)");
    assertThat(
            lines(
                TWO.replace(
                    "{type: markov, rewards: [1], transition: [[1]]}, state: 0",
                    "{type: normal, mean: 0, observations: 1, noiseSd: 1}")))
        .containsExactly(
            "a.yaml:11: subscription: not with the arm of bidder 0, given true, allowed: only"
                + " markov, random and betaBernoulli arms beside it (column 15)");
  }
}
