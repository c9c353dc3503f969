package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kind simulatePaths from job files: designs, targets, what is not finite, mistakes. */
class SimulatePathsKindTest {
  private static final String ABM = "{type: abm, initial: 0, drift: 0.1, volatility: 0.4}";
  private static final String GBM = "{type: gbm, initial: 1, drift: 0.05, volatility: 0.3}";
  private static final String AR1 =
      "{type: ar1, gamma: 0.8, noise: {type: normal, mean: 0, sd: 1}, initial: 1}";
  private static final String CHAIN =
      "{type: markovChain, values: [0, 1], transition: [[0.5, 0.5], [0, 1]], initial: [1, 0]}";
  private static final String COIN = "{type: betaBernoulli, alpha: 2, beta: 3}";

  @TempDir private Path folder;

  private CommandRun command(String job, Object... words) throws IOException {
    String text =
        job.replace("ABM", ABM)
            .replace("GBM", GBM)
            .replace("AR1", AR1)
            .replace("CHAIN", CHAIN)
            .replace("COIN", COIN);
    Path file = Files.writeString(folder.resolve("a.yaml"), "job: simulatePaths\n" + text);
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
    assertThat(run.status()).isZero();
    return run.out();
  }

  private static double number(String out, String key) {
    Matcher found = Pattern.compile('"' + key + "\":\\[*([-+.eE0-9]+)").matcher(out);
    assertThat(found.find()).as(key + " in " + out).isTrue();
    return Double.parseDouble(found.group(1));
  }

  @Test
  void everythingIsThereWithItsErrorAndInterval() throws IOException {
    String out =
        run(
            """
            process: GBM
            versus: {type: gbm, initial: 1, drift: 0.06, volatility: 0.3}
            times: [1, 2]
            quantileLevel: 0.5
            barrier: 1.5
            maximum: true
            discountedSum: {discount: 0.9, of: {type: call, strike: 1}}
            paths: 20000
            """);
    for (String key :
        new String[] {
          "mean",
          "variance",
          "covariance",
          "quantile",
          "barrierProbability",
          "discountedSum",
          "maximum",
          "difference"
        }) {
      assertThat(number(out, key + "StandardError")).isPositive();
      assertThat(out).contains("\"" + key + "\":{\"lower\":");
    }
    assertThat(out)
        .contains(
            "\"paths\":20000", "\"stoppedBy\":\"paths\"", "\"seed\":1", "\"confidence\":0.95");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "antithetic: true | antithetic | 2",
        "stratified: true | stratified | 2",
        "quasiRandom: sobol | sobol | 4",
        "'quasiRandom: sobol\nshifts: 16' | sobol | 4",
        "control: {mean: 1.0512710963760241} | independent | 1000",
      })
  void varianceReductionNarrowsTheMean(String keys, String design, double times)
      throws IOException {
    String job = "process: GBM\ntimes: [1]\npaths: 65536\n";
    double plain = number(run(job), "meanStandardError");
    String out = run(job + keys + "\n");
    assertThat(out).contains("\"design\":\"" + design + "\"");
    assertThat(number(out, "meanStandardError")).isLessThan(plain / times);
    assertThat(number(out, "paths")).isLessThanOrEqualTo(65536);
  }

  /**
   * The initial value where it is drawn, else the last value of a process that stays on average.
   */
  @Test
  void initialAsControl() throws IOException {
    String drawn =
        "process: {type: ou, initial: {type: normal, mean: 2, sd: 3}, meanReversion: 0.1,"
            + " mean: 1, volatility: 0.2}\ntimes: [1]\n";
    assertThat(number(run(drawn + "control: initial\n"), "meanStandardError"))
        .isLessThan(number(run(drawn), "meanStandardError") / 10);
    String call =
        "process: GBM\ntimes: [1]\ndiscountedSum: {discount: 1, of: {type: call, strike: 0.8}}\n";
    assertThat(number(run(call + "control: initial\n"), "discountedSumStandardError"))
        .isLessThan(number(run(call), "discountedSumStandardError") / 3);
    String coin = "process: COIN\ntimes: [5, 10]\n";
    assertThat(number(run(coin + "control: initial\n"), "meanStandardError"))
        .isLessThan(number(run(coin), "meanStandardError") * 0.6);
  }

  @Test
  void aTargetSaysHowItEnded() throws IOException {
    String job = "process: ABM\ntimes: [1]\n";
    String reached = run(job + "targetHalfWidth: 0.005\n");
    assertThat(reached).contains("\"stoppedBy\":\"targetHalfWidth\"");
    assertThat(number(reached, "widestHalfWidth")).isLessThanOrEqualTo(0.005);
    String spent = run(job + "targetHalfWidth: 1e-6\nmaxPaths: 30000\n");
    assertThat(spent)
        .contains(
            "\"stoppedBy\":\"maxPaths\"", "\"paths\":30000", "an interval is wider than asked")
        .containsPattern("about 6\\d{11} paths would do");
  }

  @Test
  void whatOverflowsIsNullWithAWordAndTheRestStands() throws IOException {
    String out =
        run(
            """
            process: {type: gbm, initial: 1, drift: 300, volatility: 1}
            times: [1, 3]
            paths: 5000
            targetHalfWidth: 1
            """);
    assertThat(out)
        .contains("\"stoppedBy\":\"notFinite\"")
        .containsPattern("\"mean\":\\[[0-9.E]+,null\\]")
        .contains("at times[1] 5120 of 5120 paths are not finite: they overflowed")
        .contains("result.mean[1] is not a number");
  }

  @Test
  void threadsAndKernelsDoNotChangeABit() throws IOException {
    String job = "process: AR1\ntimes: [1, 5]\nquantileLevel: 0.3\nbarrier: 2\npaths: 33333\n";
    String expected = run(job, "--threads", 1, "--kernels", "scalar").replaceAll(",\"timing.*", "");
    assertThat(run(job, "--threads", 3).replaceAll(",\"timing.*", "")).isEqualTo(expected);
  }

  @Test
  void resumeGoesOnOrBeginsAnew() throws IOException {
    String job = "process: ABM\ntimes: [1]\npaths: 5000\n";
    Path out = folder.resolve("out");
    CommandRun first = command(job, "--out", out, "--quiet", "--resume");
    assertThat(first.err()).isEmpty();
    Path checkpoint = out.resolve("a.checkpoint");
    assertThat(checkpoint).doesNotExist();
    Files.writeString(checkpoint, "nonsense");
    CommandRun again = command(job, "--out", out, "--quiet", "--resume");
    assertThat(again.status()).isZero();
    assertThat(again.err()).contains("a.yaml: the checkpoint cannot be read, starting anew");
    assertThat(checkpoint).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "process: {type: abm, initial: 0, drift: 0, volatility: -0.2}\\n"
            + "times: [1] | 2: process.volatility: out of range, given -0.2, allowed: a finite"
            + " number at least 0 (column 56)",
        "process: {type: gbm, initial: 0, drift: 0, volatility: 0.2}\\n"
            + "times: [1] | 2: process.initial: out of range, given 0, allowed: a finite number"
            + " greater than 0 (column 31)",
        "process: ABM\\n"
            + "times: [] | 3: times: empty, given an empty list, allowed: a list of 1 to 100000"
            + " rising numbers at least 0 (column 8)",
        "process: ABM\\n"
            + "times: [1, 1] | 3: times[1]: not above the time before, given 1, allowed: rising"
            + " finite numbers at least 0 (column 12)",
        "process: ABM\\n"
            + "times: [-1] | 3: times[0]: out of range, given -1, allowed: rising finite numbers at"
            + " least 0 (column 9)",
        "process: COIN\\n"
            + "times: [1.5] | 3: times[0]: not a whole period, given 1.5, allowed: rising whole"
            + " numbers at least 0, periods (column 9)",
        "process: ABM\\n"
            + "times: [1]\\n"
            + "paths: 0 | 4: paths: out of range, given 0, allowed: an integer from 2 to"
            + " 1000000000000 (column 8)",
        "process: ABM\\n"
            + "times: [1]\\n"
            + "quasiRandom: sobol\\n"
            + "paths: 10 | 5: paths: out of range, given 10, allowed: an integer from 64 to"
            + " 68719476736 (column 8)",
        "process: ABM\\n"
            + "times: [1]\\n"
            + "quasiRandom: halton | 4: quasiRandom: unknown quasiRandom, given \"halton\","
            + " allowed: sobol (did you mean sobol?) (column 14)",
        "process: ABM\\n"
            + "times: [1]\\n"
            + "antithetic: true\\n"
            + "stratified: true | 5: stratified: two designs at once, given antithetic and"
            + " stratified, allowed: one of antithetic, stratified, quasiRandom (column 13)",
        "process: ABM\\n"
            + "times: [1]\\n"
            + "shifts: 8 | 4: shifts: nothing without quasiRandom, given 8, allowed: shifts with"
            + " quasiRandom (column 9)",
        "process: ABM\\n"
            + "times: [1]\\n"
            + "maxPaths: 8 | 4: maxPaths: nothing without targetHalfWidth, given 8, allowed:"
            + " maxPaths with targetHalfWidth (column 11)",
        "process: ABM\\n"
            + "times: [1]\\n"
            + "targetHalfWidth: 0 | 4: targetHalfWidth: out of range, given 0, allowed: a finite"
            + " number greater than 0 (column 18)",
        "process: COIN\\n"
            + "times: [1]\\n"
            + "barrier: 1\\n"
            + "monitoring: continuous | 5: monitoring: not for betaBernoulli, given \"continuous\","
            + " allowed: with abm, gbm and ou (column 13)",
        "process: ABM\\n"
            + "times: [1]\\n"
            + "barrier: 1\\n"
            + "monitoring: largestMark | 5: monitoring: not for abm, given \"largestMark\","
            + " allowed: with poissonArrivals that have marks (column 13)",
        "process: {type: poissonArrivals, rate: 1}\\n"
            + "times: [1]\\n"
            + "barrier: 1\\n"
            + "monitoring: largestMark | 5: monitoring: there are no marks, given \"largestMark\","
            + " allowed: with poissonArrivals that have marks (column 13)",
        "process: ABM\\n"
            + "times: [1]\\n"
            + "monitoring: times | 4: monitoring: no barrier to monitor, given \"times\", allowed:"
            + " monitoring with barrier (column 13)",
        "process: ABM\\n"
            + "times: [1]\\n"
            + "quantileLevel: 1 | 4: quantileLevel: out of range, given 1, allowed: a number"
            + " greater than 0 and less than 1 (column 16)",
        "process: {type: markovChain, values: [0, 1], transition: [[1, 0], [0, 1]], initial: 0}\\n"
            + "times: [1]\\n"
            + "control: initial | 4: control: all paths begin at one point, and the mean of later"
            + " ones is not known, given \"initial\", allowed: an object with mean, what the value"
            + " at the last time is known to have (column 10)",
        "process: ABM\\n"
            + "times: [1]\\n"
            + "control: 3 | 4: control: unknown control, given 3, allowed: initial, or an object"
            + " with mean (column 10)",
        "process: ABM\\n"
            + "times: [1]\\n"
            + "versus: COIN | 4: versus: one process goes in periods and the other in continuous"
            + " time, given betaBernoulli, allowed: two that go alike (column 9)",
        "process: ABM\\n"
            + "times: [1]\\n"
            + "discountedSum: {discount: 1.5} | 4: discountedSum.discount: out of range, given 1.5,"
            + " allowed: a number at least 0 and less than 1, or 1 for plain sums (column 27)",
        "process: ABM\\n"
            + "times: [1]\\n"
            + "discountedSum: {discount: 1, of: x} | 4: discountedSum.of: unknown payoff, given"
            + " \"x\", allowed: value, or an object with type and strike (column 34)",
        "process: {type: poissonArrivals, rate: 1e9, marks: {type: exponential, rate: 1}}\\n"
            + "times: [0, 2] | 2: process.rate: too many arrivals between two times, given"
            + " 1000000000 for 2, allowed: rate times the longest step at most 1000000 (column 10)",
        "process: COIN\\n"
            + "times: [2e6] | 3: times: too many steps, given 2000000.0, allowed: at most 1000000 a"
            + " path (column 8)",
        "process: {type: levy}\\n"
            + "times: [1] | 2: process.type: unknown type, given \"levy\", allowed: ar1, abm, gbm,"
            + " ou, multiplicativeWalk, markovChain, betaBernoulli, normalLearning or"
            + " poissonArrivals (did you mean markovChain?) (column 17)",
        "process: {type: ou, initial: 0, meanReversion: 0, mean: 0, volatility: 1}\\n"
            + "times: [1] | 2: process.meanReversion: out of range, given 0, allowed: a finite"
            + " number greater than 0 (column 48)",
        "process: {type: markovChain, values: [0, 1], transition: [[0.5, 0.5], [0, 0.9]], initial:"
            + " [1, 0]}\\n"
            + "times: [1] | 2: process.transition[1]: row 1 does not sum to 1, given a sum of 0.9,"
            + " allowed: 1 within 1e-9 (column 71)",
        "process: {type: markovChain, values: [0, 1], transition: [[1, 0], [0, 1]], initial: 2}\\n"
            + "times: [1] | 2: process.initial: out of range, given 2, allowed: an integer from 0"
            + " to 1 (column 85)",
        "process: {type: markovChain, values: [0, 1], transition: [[1, 0], [0, 1]], initial: [0.5,"
            + " 0.4]}\\n"
            + "times: [1] | 2: process.initial: sums to 0.9, expected 1 +- 1e-9, allowed: numbers"
            + " from 0 to 1 that sum to 1 within 1e-9 (column 85)",
      })
  void mistakesAreOneLineEach(String keys, String line) throws IOException {
    CommandRun run = command(keys.strip().replace("\\n", "\n") + "\n");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines(folder)).containsExactly("a.yaml:" + line);
  }
}
