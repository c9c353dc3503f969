package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kind indexPolicy from job files: values, the bandit auction's welfare, mistakes. */
class IndexPolicyKindTest {
  private static final String CHAIN =
      "{type: markov, rewards: [1, 3, 0], transition: [[0, 1, 0], [0, 0.5, 0.5], [0.2, 0, 0.8]]}";
  private static final String OTHER =
      "{type: markov, rewards: [2, 0.5], transition: [[0.5, 0.5], [0.1, 0.9]], rewardScale: 0.75}";
  private static final String RESTLESS =
      "{active: {rewards: [0, 1], transition: [[0.3, 0.7], [0.6, 0.4]]},"
          + " passive: {rewards: [0, 0], transition: [[0.9, 0.1], [0.1, 0.9]]}}";
  private static final String BETA = "{type: betaBernoulli, alpha: 1, beta: 1}";

  @TempDir private Path folder;

  private CommandRun command(String job, Object... words) throws IOException {
    String text =
        job.replace("CHAIN", CHAIN)
            .replace("OTHER", OTHER)
            .replace("RESTLESS", RESTLESS)
            .replace("BETA", BETA);
    Path file = Files.writeString(folder.resolve("a.yaml"), text);
    Object[] all = new Object[words.length + 3];
    all[0] = "run";
    all[1] = file;
    all[2] = "--json";
    System.arraycopy(words, 0, all, 3, words.length);
    return CommandRun.of(all);
  }

  private String run(String job, Object... words) throws IOException {
    CommandRun run = command("job: indexPolicy\n" + job, words);
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  /** The first number of {@code key} after {@code policy} in the result. */
  private static double number(String out, String policy, String key) {
    String from = out.substring(out.indexOf('"' + policy + "\":{"));
    Matcher found = Pattern.compile('"' + key + "\":\\[?([-+.eE0-9]+)").matcher(from);
    assertThat(found.find()).as(key + " of " + policy + " in " + out).isTrue();
    return Double.parseDouble(found.group(1));
  }

  /** Whittle's product theorem and the joint dynamic program are different roads to W. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9, 0.99})
  void gittinsIsWorthTheWelfareOfTheBanditAuction(double discount) throws IOException {
    String out =
        run(
            "discount: %s\narms: [CHAIN, OTHER, CHAIN]\nstates: [0, 1, 2]\n".formatted(discount)
                + "policies: [gittins, optimal, random]\n");
    CommandRun auction =
        command(
            """
            job: banditAuction
            objective: welfare
            discount: %s
            outsideValue: -100
            bidders: [{arm: CHAIN, state: 0}, {arm: OTHER, state: 1}, {arm: CHAIN, state: 2}]
            """
                .formatted(discount));
    Matcher welfare = Pattern.compile("\"welfare\":([-+.eE0-9]+)").matcher(auction.out());
    assertThat(welfare.find()).as(auction.out() + auction.err()).isTrue();
    double w = Double.parseDouble(welfare.group(1));
    double bound = 1e-8 / (1 - discount);
    assertThat(number(out, "gittins", "value")).isCloseTo(w, within(bound));
    assertThat(number(out, "optimal", "value")).isCloseTo(w, within(bound));
    assertThat(number(out, "random", "regret")).isPositive();
    assertThat(number(out, "gittins", "valueStandardError")).isZero();
    assertThat(out).contains("\"best\":\"optimal\"", "\"method\":\"exact\"");
  }

  @Test
  void allPoliciesThatTheArmsCanHaveAreTheDefault() throws IOException {
    assertThat(run("discount: 0.9\narms: [RESTLESS, CHAIN]\n"))
        .contains("\"whittle\"", "\"myopic\"", "\"random\"", "\"optimal\"")
        .doesNotContain("\"gittins\"", "\"ucb\"", "\"thompson\"");
    assertThat(run("discount: 0.3\nhorizon: 4\npaths: 100\narms: [BETA, CHAIN]\n"))
        .contains("\"gittins\"", "\"whittle\"", "\"ucb\"", "\"thompson\"", "\"optimal\"");
  }

  @Test
  void simulationSaysHowFarItWentAndWhy() throws IOException {
    String job =
        "discount: 0.9\narms: [BETA, BETA]\nmethod: simulation\npolicies: [myopic, optimal]\n";
    String out = run(job + "paths: 3000\nseed: 5\n");
    assertThat(out)
        .contains("\"method\":\"simulation\"", "\"stoppedBy\":\"paths\"", "\"paths\":3000")
        .contains("\"seed\":5", "\"omitted\":{\"optimal\":\"the joint dynamic program is only");
    assertThat(number(out, "myopic", "valueStandardError")).isBetween(0.001, 0.2);
    assertThat(run(job + "targetHalfWidth: 0.2\n"))
        .contains("\"stoppedBy\":\"targetHalfWidth\"", "\"seed\":1");
  }

  @Test
  void threadsAndKernelsDoNotChangeABit() throws IOException {
    String job =
        """
        discount: 0.9
        activate: 2
        arms: [BETA, CHAIN, RESTLESS, RESTLESS]
        horizon: 6
        policies: [whittle, thompson, ucb, random, optimal]
        paths: 3000
        """;
    String one = run(job, "--threads", 1, "--kernels", "scalar");
    String three = run(job, "--threads", 3);
    assertThat(three.replaceAll(",\"timing.*", "")).isEqualTo(one.replaceAll(",\"timing.*", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "arms: [CHAIN] | 1: discount: missing, given nothing, allowed: a number at least 0 and less than 1, or 1 with a horizon (column 1)",
        "discount: 1\\narms: [CHAIN] | 2: discount: out of range, given 1, allowed: a number at least 0 and less than 1, or 1 with a horizon (column 11)",
        "discount: 0.9\\narms: [] | 3: arms: empty, given an empty list, allowed: a list of arms, at least one (column 7)",
        "discount: 0.9\\nhorizon: 0\\narms: [CHAIN] | 3: horizon: out of range, given 0, allowed: an integer from 1 to 10000000, or null (column 10)",
        "discount: 0.9\\nactivate: 2\\narms: [CHAIN] | 3: activate: out of range, given 2, allowed: an integer from 1 to 1 (column 11)",
        "discount: 0.9\\nstates: [0, 0]\\narms: [CHAIN] | 3: states: sizes differ, given a list of 2 numbers, allowed: 1 state, one for each arm (column 9)",
        "discount: 0.9\\nstates: [3]\\narms: [CHAIN] | 3: states[0]: no such state, given 3, allowed: an integer from 0 to 2 (column 10)",
        "discount: 0.9\\nstates: [1]\\narms: [BETA] | 3: states[0]: no such state, given 1, allowed: 0 (column 10)",
        "discount: 0.9\\nstates: 1\\narms: [BETA] | 3: states: not a list of states, given 1, allowed: 1 state, one for each arm (column 9)",
        "discount: 0.9\\npolicies: [gitins]\\narms: [CHAIN] | 3: policies[0]: unknown policy, given \"gitins\", allowed: gittins, whittle, myopic, ucb, thompson, random, optimal (did you mean gittins?) (column 12)",
        "discount: 0.9\\npolicies: [random, random]\\narms: [CHAIN] | 3: policies[1]: given twice, given \"random\", allowed: each policy once (column 20)",
        "discount: 0.9\\npolicies: [gittins]\\narms: [RESTLESS] | 3: policies[0]: gittins is not for restless arms, and arms[0] is one: whittle has their index (column 12)",
        "discount: 0.9\\npolicies: [random, ucb]\\narms: [CHAIN] | 3: policies[1]: ucb is for arms that are learned (betaBernoulli) and there is none: with known arms it would be myopic (column 20)",
        "discount: 1\\nhorizon: 2\\npolicies: [whittle]\\narms: [CHAIN] | 4: policies[0]: whittle needs a discount below 1: arms[0] is not restless, and Gittins' index has one (column 12)",
        "discount: 0.9\\nmethod: exakt\\narms: [CHAIN] | 3: method: unknown method, given \"exakt\", allowed: auto, exact or simulation (did you mean exact?) (column 9)",
        "discount: 0.9\\npaths: 1\\narms: [CHAIN] | 3: paths: out of range, given 1, allowed: an integer from 2 to 1000000000000 (column 8)",
        "discount: 0.9\\ntargetHalfWidth: 0\\narms: [CHAIN] | 3: targetHalfWidth: out of range, given 0, allowed: a finite number greater than 0 (column 18)",
        "discount: 0.9\\narms: [{type: normal, mean: 0, observations: 1, noiseSd: 1}] | 3: arms[0].type: not in this kind, given \"normal\", allowed: markov, betaBernoulli, random, or an object with active and passive (column 8)",
        "discount: 0.9\\narms: [{active: {rewards: [1], transition: [[1]]}}] | 3: arms[0].passive: missing, given nothing, allowed: an object with rewards and transition (column 8)",
        "discount: 0.9\\npath: 3\\narms: [CHAIN] | 3: path: unknown key, given \"path\", allowed: job, name, description, seed, tolerance, threads, discount, horizon, arms, states, activate, policies, method, paths, targetHalfWidth, indexTables (did you mean paths?) (column 1)",
      })
  void mistakesAreOneLineEach(String keys, String line) throws IOException {
    CommandRun run = command("job: indexPolicy\n" + keys.strip().replace("\\n", "\n") + "\n");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines(folder)).containsExactly("a.yaml:" + line);
  }

  /** Known from the reference cases of whittle. */
  @Test
  void anArmWithoutIndicesEndsInASentence() throws IOException {
    CommandRun run =
        command(
            """
            job: indexPolicy
            discount: 0.9
            policies: [whittle]
            arms:
              - active: {rewards: [0.171, 0.83, 0.965], transition: [[0.033, 0.046, 0.921], [0.003, 0.985, 0.012], [0.866, 0.0, 0.134]]}
                passive: {rewards: [0, 0, 0], transition: [[0.017, 0.163, 0.82], [0.052, 0.913, 0.035], [0.017, 0.456, 0.527]]}
            """);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("policies: whittle needs indexable arms, and arms[0] is not indexable");
  }

  @Test
  void aToleranceThatCannotBeReachedEndsInASentence() throws IOException {
    CommandRun run =
        command(
            """
            job: indexPolicy
            discount: 0.9
            tolerance: 1e-18
            arms: [CHAIN]
            policies: [random]
            """);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("tolerance: 1.0E-18 cannot be reached");
  }

  @Test
  @Timeout(60)
  void interruptionHasItsExitStatus() throws IOException {
    Thread.currentThread().interrupt();
    CommandRun run =
        command(
            """
            job: indexPolicy
            discount: 0.99
            arms: [BETA, BETA]
            policies: [myopic]
            paths: 1000000000000
            """);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(run.status()).isEqualTo(130);
    assertThat(List.of(run.err().split("\n", -1))).isNotEmpty();
  }
}
