package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kind optimalStopping from job files: all problems, both methods, mistakes. */
class OptimalStoppingKindTest {
  private static final String MARKET =
      "spot: 100\nstrike: 100\nrate: 0.05\ndividend: 0.1\nvolatility: 0.2\nmaturity: 3\n";

  @TempDir private Path folder;

  private CommandRun command(String job, Object... words) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.yaml"), "job: optimalStopping\n" + job.replace("MARKET", MARKET));
    Object[] all = new Object[words.length + 3];
    all[0] = "run";
    all[1] = file;
    all[2] = "--json";
    System.arraycopy(words, 0, all, 3, words.length);
    return CommandRun.of(all);
  }

  private String run(String job, Object... words) throws IOException {
    CommandRun run = command(job, words);
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  private static double number(String out, String key) {
    Matcher found = Pattern.compile('"' + key + "\":([-+.eE0-9]+)").matcher(out);
    assertThat(found.find()).as(key + " in " + out).isTrue();
    return Double.parseDouble(found.group(1));
  }

  @Test
  void chainsTellWhereToStop() throws IOException {
    String job =
        "problem: markov\ntransition: [[0.5, 0.5], [0, 1]]\npayoff: [1, 3]\ndiscount: 0.9\n";
    assertThat(run(job)).contains("\"stop\":[false,true]", "\"errorBound\":");
    String finite = run(job + "horizon: 2\nrunningCost: 0.1\n");
    assertThat(finite)
        .contains("\"stopByPeriod\":[[false,true],[true,true]]", "\"backwardInduction\"");
  }

  @Test
  void offersWithAndWithoutRecall() throws IOException {
    String job =
        "problem: offers\noffers: {type: discrete, values: [1, 2], probabilities: [0.5, 0.5]}\n";
    String out = run(job + "horizon: 2\nsearchCost: 0.1\n");
    // The second offer is worth 1.5 - 0.1; only 2 is better.
    assertThat(number(out, "value")).isCloseTo(1.7, within(1e-15));
    assertThat(out).contains("\"thresholds\":[1.4,0.0]");
    String recall = run(job + "horizon: 2\nsearchCost: 0.1\nrecall: true\n");
    assertThat(number(recall, "value")).isCloseTo(0.5 * 2 + 0.5 * 1.4, within(1e-15));
    assertThat(number(recall, "reservation")).isCloseTo(1.8, within(1e-14));
    String free =
        run("problem: offers\noffers: {type: normal, mean: 0, sd: 1}\nhorizon: 3\nrecall: true\n");
    assertThat(free).contains("\"reservation\":null", "infinite: no offer is good enough");
  }

  @ParameterizedTest
  @CsvSource({
    "best, 10, 0.39869047619047615, skip",
    "expectedRank, 10, 2.5579365079365077, acceptRank",
    "fullInformation, 2, 0.75, thresholds"
  })
  void candidates(String objective, int n, double value, String rule) throws IOException {
    String out = run("problem: secretary\ncandidates: %s\nobjective: %s\n".formatted(n, objective));
    assertThat(number(out, "value")).isCloseTo(value, within(1e-13));
    assertThat(out).contains('"' + rule + "\":");
  }

  @Test
  void putsHaveABoundary() throws IOException {
    String any = run("problem: americanPut\nMARKET");
    String dates = run("problem: americanPut\nexerciseDates: 12\nMARKET");
    assertThat(number(any, "value")).isGreaterThan(number(dates, "value"));
    assertThat(number(any, "european")).isEqualTo(number(dates, "european"));
    assertThat(number(any, "exerciseBoundary")).isLessThan(number(dates, "exerciseBoundary"));
    assertThat(dates).contains("\"exerciseBoundaries\":[");
    assertThat(number(any, "errorEstimate")).isLessThan(1e-6);
    assertThat(run("problem: americanPut\nMARKET".replace("MARKET", MARKET.replace("0.05", "0"))))
        .contains("\"exerciseBoundary\":null", "\"exerciseBoundaryNote\":");
  }

  @Test
  void simulationBracketsTheExactValue() throws IOException {
    String job = "problem: bermudanMaxCall\nexerciseDates: 9\nMARKET";
    double exact = number(run(job), "value");
    assertThat(exact).isCloseTo(13.90182036, within(1e-8));
    String small = "{paths: 20000, pricingPaths: 20000, dualPaths: 40, innerPaths: 200, seed: 4}";
    String first = run(job + "method: {simulation: " + small + "}\n");
    String second = run(job + "method: simulation\nsimulation: " + small + "\n", "--threads", 1);
    assertThat(first.replaceAll(",\"timing.*", "")).isEqualTo(second.replaceAll(",\"timing.*", ""));
    double lower = number(first, "lower");
    double upper = number(first, "upper");
    assertThat(lower).isLessThan(exact + 4 * number(first, "lowerStandardError"));
    assertThat(upper).isGreaterThan(exact - 4 * number(first, "upperStandardError"));
    assertThat(number(first, "value")).isEqualTo((lower + upper) / 2);
    assertThat(number(run(job + "assets: 1\n"), "value")).isLessThan(exact);
  }

  @Test
  void moreAssetsAreSimulated() throws IOException {
    String out =
        run(
            "problem: bermudanMaxCall\nexerciseDates: 3\nassets: 4\nseed: 8\n"
                + "simulation: {paths: 3000, pricingPaths: 3000, dualPaths: 10, innerPaths: 32}\nMARKET");
    assertThat(out).contains("\"method\":\"simulation\"", "\"seed\":8", "\"upperStandardError\":");
    String put =
        run(
            "problem: americanPut\n"
                + "method: {simulation: {paths: 2000, dualPaths: 5, innerPaths: 32}}\nMARKET");
    assertThat(put).contains("\"exerciseDates\":50", "50 dates stand for any time");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "spot: 1 | 1: problem: missing",
        "problem: offer | 2: problem: unknown problem, given \"offer\"",
        "problem: secretary | 1: candidates: missing",
        "problem: secretary\\ncandidates: 0 | 3: candidates: out of range, given 0, allowed: an integer from 1 to 10000000",
        "problem: secretary\\ncandidates: 3\\nhorizon: 4 | 4: horizon: not with problem secretary, given 4, allowed: candidates, objective",
        "problem: offers\\noffers: {type: normal, mean: 0, sd: -1} | 3: offers.sd: out of range, given -1, allowed: a finite number greater than 0",
        "problem: offers\\noffers: {type: gamma, a: 1} | 3: offers.type: unknown type, given \"gamma\"",
        "problem: offers\\noffers: {type: uniform, low: 2, high: 1} | 3: offers.high: not above low, given 1, allowed: a number greater than 2",
        "problem: offers\\noffers: {type: discrete, values: [1, 2], probabilities: [0.5, 0.6]} | 3: offers.probabilities: probabilities do not sum to 1, given a sum of 1.1, allowed: 1 within 1e-9",
        "problem: offers\\noffers: {type: lognormal, mu: 800, sigma: 1} | 3: offers: mean must be finite: Infinity",
        "problem: offers\\noffers: {type: exponential, rate: 1}\\nhorizon: null | 1: searchCost: offers without an upper bound, discount 1 and no cost have an infinite value",
        "problem: offers\\noffers: {type: exponential, rate: 1}\\nhorizon: 0 | 4: horizon: out of range, given 0",
        "problem: offers\\noffers: {type: exponential, rate: 1}\\nhorizon: 2\\nsearchCost: -1 | 5: searchCost: out of range, given -1",
        "problem: markov\\ntransition: [[0.5, 0.4], [0, 1]]\\npayoff: [1, 2]\\ndiscount: 0.9 | 3: transition[0]: row 0 does not sum to 1, given a sum of 0.9",
        "problem: markov\\ntransition: [[0.5, 0.5], [0, 1]]\\npayoff: [1, .nan]\\ndiscount: 0.9 | 4: payoff[1]: not a finite number",
        "problem: markov\\ntransition: [[0.5, 0.5], [0, 1]]\\npayoff: [1]\\ndiscount: 0.9 | 4: payoff: sizes differ, given 1 number, allowed: 2, one for each state",
        "problem: markov\\ntransition: [[0.5, 0.5], [0, 1]]\\npayoff: [1, 2]\\ndiscount: 1 | 5: discount: out of range, given 1, allowed: a number at least 0 and less than 1, or 1 with a horizon",
        "problem: markov\\ntransition: [[0.5, 0.5], [0, 1]]\\npayoff: [1, 2]\\ndiscount: 1\\nhorizon: 0 | 6: horizon: out of range, given 0",
        "problem: perpetualPut\\nspot: -1\\nstrike: 1\\nrate: 0.1\\nvolatility: 0.2 | 3: spot: out of range, given -1, allowed: a finite number greater than 0",
        "problem: perpetualPut\\nspot: 1\\nstrike: 1\\nrate: 0\\nvolatility: 0.2 | 5: rate: out of range, given 0",
        "problem: perpetualPut\\nspot: 1\\nstrike: 1\\nrate: 0.1\\nvolatility: -0.2 | 6: volatility: out of range, given -0.2",
        "problem: americanPut\\nexerciseDates: 0\\nMARKET | 3: exerciseDates: out of range, given 0",
        "problem: americanPut\\nspot: 1\\nstrike: 0\\nrate: 0.1\\nvolatility: 0.2\\nmaturity: 1 | 4: strike: out of range, given 0",
        "problem: americanPut\\nspot: 1\\nstrike: 1\\nrate: -0.1\\ndividend: -0.2\\nvolatility: 0.2\\nmaturity: 1 | 5: rate: below 0 and above the dividend",
        "problem: bermudanMaxCall\\nMARKET | 1: exerciseDates: missing",
        "problem: bermudanMaxCall\\nexerciseDates: 501\\nMARKET | 3: exerciseDates: out of range, given 501, allowed: an integer from 1 to 500",
        "problem: bermudanMaxCall\\nexerciseDates: 3\\nassets: 5\\nmethod: exact\\nMARKET | 5: method: exact for at most 2 assets",
        "problem: bermudanMaxCall\\nexerciseDates: 3\\nmethod: {simulation: {paths: 1}}\\nMARKET | 4: method.simulation.paths: out of range, given 1, allowed: an integer from 2 to 100000000",
        "problem: bermudanMaxCall\\nexerciseDates: 3\\nmethod: simulate\\nMARKET | 4: method: unknown method, given \"simulate\", allowed: exact or simulation (did you mean simulation?)",
        "problem: bermudanMaxCall\\nexerciseDates: 3\\nmethod: exact\\nsimulation: {}\\nMARKET | 5: simulation: not with method exact",
      })
  void mistakesAreToldWhereTheyStand(String job, String line) throws IOException {
    CommandRun run = command(job.replace("\\n", "\n") + "\n");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("a.yaml:" + line);
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void aToleranceThatCannotBeReachedIsASentence() throws IOException {
    CommandRun run = command("problem: americanPut\ntolerance: 1e-15\nMARKET");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("tolerance: 1.0E-15 cannot be reached, the value is known within");
  }
}
