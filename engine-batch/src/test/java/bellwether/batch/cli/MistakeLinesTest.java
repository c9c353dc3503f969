package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.batch.kind.Kinds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is said of each mistake in a job file, whole lines. In the jobs, the parts that are right
 * are written {@code MARKOV} and {@code ARMS}.
 */
class MistakeLinesTest {
  private static final String MARKOV =
      "{type: markov, rewards: [1, 2], transition: [[0.5, 0.5], [0, 1]]}";
  private static final String DISCOUNT = "a number at least 0 and less than 1";

  @TempDir private Path folder;

  private List<String> lines(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    CommandRun run = CommandRun.of("validate", file);
    assertThat(run.status()).isEqualTo(run.err().isEmpty() ? 0 : 2);
    return run.errLines(folder);
  }

  private static String spelled(String text) {
    return text.strip()
        .replace("ARMS", "arms: [MARKOV]")
        .replace("MARKOV", MARKOV)
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\r", "\r");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "discount: 1 | 2: discount: out of range, given 1, allowed: DISCOUNT (column 11)",
        "discount: -0.1 | 2: discount: out of range, given -0.1, allowed: DISCOUNT (column 11)",
        "discount: .nan | 2: discount: not a finite number, given .nan, allowed: DISCOUNT (column 11)",
        "discount: 1e999 | 2: discount: not a finite number, given 1e999, allowed: DISCOUNT (column 11)",
        "discount: true | 2: discount: not a number, given true, allowed: DISCOUNT (column 11)",
        "discount: | 2: discount: not a number, given null, allowed: DISCOUNT (column 10)",
        "discount: [0.9] | 2: discount: not a number, given a list of 1 number, allowed: DISCOUNT (column 11)",
        "discount: '0.9' | 2: discount: is text, not a number, given \"0.9\", allowed: DISCOUNT, without quotes (column 11)",
        "discount: 0.5\\ndiscount: 0.6 | 3: discount: duplicate key, given again after line 2, allowed: each key once (column 1)",
        "discount: 0.5\\nthreads: 0 | 3: threads: out of range, given 0, allowed: an integer from 1 to 1024 (column 10)",
        "discount: 0.5\\nthreads: 2.5 | 3: threads: not an integer, given 2.5, allowed: an integer from 1 to 1024 (column 10)",
        "discount: 0.5\\ntolerance: 0 | 3: tolerance: out of range, given 0, allowed: a finite number greater than 0 (column 12)",
        "discount: 0.5\\nname: 7 | 3: name: not text, given 7, allowed: text (column 7)",
        "discount: 0.5\\nname: '' | 3: name: empty, given \"\", allowed: text (column 7)",
        "discount: 0.5\\nseed: 99999999999999999999 | 3: seed: out of range, given 99999999999999999999, allowed: an integer from -9223372036854775808 to 9223372036854775807 (column 7)",
      })
  void inKeysOfAJob(String keys, String line) throws IOException {
    assertThat(lines("a.yaml", "job: gittins\n" + spelled(keys) + "\n" + spelled("ARMS")))
        .containsExactly("a.yaml:" + line.replace("DISCOUNT", DISCOUNT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | arms: empty, given an empty list, allowed: a list of arms, at least one (column 7)",
        "3 | arms: not a list, given 3, allowed: a list of arms, at least one (column 7)",
        "[3] | arms[0]: not an object, given 3, allowed: an arm: an object with a type, markov, betaBernoulli, dirichlet, normal, random (column 8)",
        "[{rewards: [1], transition: [[1]]}] | arms[0].type: missing, given nothing, allowed: markov, betaBernoulli, dirichlet, normal or random (column 8)",
        "[{type: markow, rewards: [1], transition: [[1]]}] | arms[0].type: unknown type, given \"markow\", allowed: markov, betaBernoulli, dirichlet, normal or random (did you mean markov?) (column 15)",
        "[{type: markov, rewards: [1]}] | arms[0].transition: missing, given nothing, allowed: a list of rows of probabilities (column 8)",
        "[{type: markov, rewards: [], transition: [[1]]}] | arms[0].rewards: empty, given an empty list, allowed: a list of finite numbers (column 32)",
        "[{type: markov, rewards: [1, x], transition: [[1]]}] | arms[0].rewards[1]: not a number, given \"x\", allowed: a finite number (column 36)",
        "[{type: markov, rewards: [1, .inf], transition: [[1]]}] | arms[0].rewards[1]: not a finite number, given .inf, allowed: a finite number (column 36)",
        "[{type: markov, rewards: [1, 2], transition: [[1]]}] | arms[0].transition: sizes differ, given 1 row, allowed: 2, one for each of the 2 rewards (column 52)",
        "[{type: markov, rewards: [1], transition: []}] | arms[0].transition: empty, given an empty list, allowed: a list of rows of probabilities, or {file: P.npy or P.mtx} (column 49)",
        "[{type: markov, rewards: [1], transition: [1]}] | arms[0].transition: not a list of rows, given a list of 1 number, allowed: a list of rows of probabilities, or {file: P.npy or P.mtx} (column 49)",
        "[{type: markov, rewards: [1], transition: [[0.5, 0.5]]}] | arms[0].transition[0]: ragged matrix, given 2 entries, allowed: 1, one for each of the 1 rows (column 50)",
        "[{type: markov, rewards: [1, 2], transition: [[1, 0], 7]}] | arms[0].transition[1]: not a row, given 7, allowed: a list of 2 probabilities (column 61)",
        "[{type: markov, rewards: [1, 2], transition: [[1, 0], [0.5, 0.4]]}] | arms[0].transition[1]: row 1 does not sum to 1, given a sum of 0.9, allowed: 1 within 1e-9 (column 61)",
        "[{type: markov, rewards: [1, 2], transition: [[1, 0], [-0.5, 1]]}] | arms[0].transition[1][0]: negative probability, given -0.5, allowed: a number from 0 to 1 (column 62)",
        "[{type: markov, rewards: [1], transition: [[1.5]]}] | arms[0].transition[0][0]: not a probability, given 1.5, allowed: a number from 0 to 1 (column 51)",
        "[{type: markov, rewards: [1], transition: [['1']]}] | arms[0].transition[0][0]: is text, not a number, given \"1\", allowed: a finite number, without quotes (column 51)",
        "[{type: markov, rewards: [1], transition: {file: P.npy}}] | arms[0].transition: P.npy: no such file (column 49)",
        "[{type: markov, rewards: [1], transition: {file: P.csv}}] | arms[0].transition: P.csv: unknown kind of array file, allowed: .npy or .npz (NumPy) or .mtx (Matrix Market) (column 49)",
        "[{type: markov, rewards: [1], transition: {file: 3}}] | arms[0].transition.file: not text, given 3, allowed: text (column 56)",
        "[{type: betaBernoulli, alpha: 0, beta: 1}] | arms[0].alpha: out of range, given 0, allowed: a finite number greater than 0 (column 37)",
        "[{type: betaBernoulli, alpha: 1, beta: -1}] | arms[0].beta: out of range, given -1, allowed: a finite number greater than 0 (column 46)",
        "[{type: betaBernoulli, alpha: 1, beta: 1, size: 0}] | arms[0].size: out of range, given 0, allowed: an integer from 1 to 10000 (column 55)",
        "[{type: betaBernoulli, alpha: 1, beta: 1, mean: 0}] | arms[0].mean: unknown key, given \"mean\", allowed: type, name, rewardScale, alpha, beta, size, save, horizon (did you mean beta?) (column 49)",
        "[{type: normal, mean: 0, observations: 0, noiseSd: 1}] | arms[0].observations: out of range, given 0, allowed: an integer from 1 to 2147483647 (column 46)",
        "[{type: normal, mean: 0, observations: 1, noiseSd: 0}] | arms[0].noiseSd: out of range, given 0, allowed: a finite number greater than 0 (column 58)",
        "[{type: random, states: 46001, seed: 1}] | arms[0].states: out of range, given 46001, allowed: an integer from 1 to 46000 (column 31)",
        "[{type: random, states: 1, seed: 1, rewardScale: 0}] | arms[0].rewardScale: out of range, given 0, allowed: a finite number greater than 0 (column 56)",
      })
  void inArms(String arms, String line) throws IOException {
    assertThat(lines("a.yaml", "job: gittins\ndiscount: 0.5\n\narms: " + arms.strip()))
        .containsExactly("a.yaml:4: " + line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bidders: [] | bidders: empty, given an empty list, allowed: a list of bidders, at least one (column 10)",
        "outsideValue: x | outsideValue: not a number, given \"x\", allowed: a finite number (column 15)",
        "bidders: [{arm: MARKOV}] | bidders[0].state: missing, given nothing, allowed: an integer from 0 to 1 (column 11)",
        "bidders: [{state: 2, arm: MARKOV}] | bidders[0].state: out of range, given 2, allowed: an integer from 0 to 1 (column 19)",
        "bidders: [{state: 1.5, arm: MARKOV}] | bidders[0].state: not an integer, given 1.5, allowed: an integer from 0 to 1 (column 19)",
        "bidders: [{state: -1, arm: MARKOV}] | bidders[0].state: out of range, given -1, allowed: an integer from 0 to 1 (column 19)",
        "bidders: [{state: 0, arm: 1}] | bidders[0].arm: out of range, given 1, allowed: an arm, or an integer from 0 to 0, its place in arms (column 27)",
        "bidders: [{state: 0, arm: {type: betaBernoulli, alpha: 1, beta: 1}}] | bidders[0].state: not for an arm without states, given 0, allowed: no state: what a betaBernoulli or normal arm knows is in its own keys (column 19)",
        "bidders: [{state: 0, arm: 0, stat: 0}] | bidders[0].stat: unknown key, given \"stat\", allowed: name, arm, state, distribution, initialType, A, valuation, C, initial (did you mean state?) (column 30)",
        "bidders: [{name: a, state: 0, arm: 0}, {name: a, state: 0, arm: 0}] | bidders[1].name: duplicate name, given \"a\" again after bidders[0], allowed: each name once (column 40)",
        "biddersFile: no.csv | biddersFile: FOLDER/no.csv: no such file (column 14)",
      })
  void inAuctions(String keys, String line) throws IOException {
    String bidders = keys.contains("bidders") ? "" : "bidders: [{arm: 0, state: 0}]\n";
    String job = "job: banditAuction\ndiscount: 0.5\nobjective: welfare\nARMS\n" + keys + "\n";
    assertThat(lines("a.yaml", spelled(job + bidders)))
        .containsExactly("a.yaml:5: " + line.replace("FOLDER/", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "initialType: 2 | initialType: outside the support of distribution, given 2, allowed: a number from 0 to 1 where A is at least 0 (column 18)",
        "initialType: .nan | initialType: not a finite number, given .nan, allowed: a finite number (column 18)",
        "C: 1 | initialType: missing, given nothing, allowed: a finite number (column 5)",
        "initialType: 0.5\\n    C: x | C: not a number, given \"x\", allowed: a finite number at least 0 (column 8)",
        "initialType: 0.5\\n    valuation: sum | valuation: unknown valuation, given \"sum\", allowed: multiplicative or additive (did you mean multiplicative?) (column 16)",
        "initialType: 0.1\\n    A: {type: affine, intercept: -0.5, slope: 1} | initialType: A is negative there, which multiplicative values do not allow, given 0.1, allowed: a number from 0 to 1 where A is at least 0 (column 18)",
        "initialType: 1\\n    distribution: {type: discrete, values: [1], probabilities: [1]} | distribution: initial types need a density, given an object, allowed: a distribution of another type than discrete (column 19)",
      })
  void inAuctionsForRevenue(String keys, String line) throws IOException {
    String job =
        """
        job: banditAuction
        objective: revenue
        discount: 0.9
        distribution: {type: uniform, low: 0, high: 1}
        bidders:
          - arm: {type: betaBernoulli, alpha: 1, beta: 2}
        """;
    assertThat(lines("a.yaml", job + "    " + keys.replace("\\n", "\n") + "\n"))
        .singleElement()
        .asString()
        .matches("a\\.yaml:[678]: bidders\\[0]\\." + Pattern.quote(line));
  }

  @Test
  void aRevenueTableNeedsTypesAndTheirDistribution() throws IOException {
    Files.writeString(
        folder.resolve("b.csv"), "name,impressions,conversions,valuePerConversion\na,10,1,1\n");
    String job = "job: banditAuction\nobjective: revenue\ndiscount: 0.5\nbiddersFile: b.csv\n";
    assertThat(lines("a.yaml", job))
        .containsExactly(
            "a.yaml:1: distribution: missing, given nothing, allowed: the distribution of the"
                + " initialType in biddersFile (column 1)",
            "b.csv:1: initialType: missing column, given nothing, allowed: a column initialType, to"
                + " maximize revenue");
    Files.writeString(
        folder.resolve("b.csv"),
        "name,impressions,conversions,valuePerConversion,initialType\na,10,1,1,1.5\n");
    assertThat(lines("a.yaml", job + "distribution: {type: power, exponent: 2}\n"))
        .containsExactly(
            "b.csv:2: initialType: outside the support of distribution, given \"1.5\", allowed: a"
                + " number from 0 to 1 where A is at least 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.json | {\"job\": \"gitins\"} | 1: job: unknown kind, given \"gitins\", allowed: KINDS (did you mean gittins?) (column 9)",
        "a.json | {\"job\": 5} | 1: job: not text, given 5, allowed: KINDS (column 9)",
        "a.json | {} | 1: job: missing, given nothing, allowed: KINDS (column 1)",
        "a.json | [1] | 1: job: not an object, given a list of 1 number, allowed: keys with values, job: KIND among them (column 1)",
        "a.json | {\"job\": \"gittins\",} | 1: column 19: Unexpected character ('}'): a key in double quotes is expected",
        "a.json | {'job': 1} | 1: column 2: Unexpected character ('''): a key in double quotes is expected",
        "a.json | {\"job\": gittins} | 1: column 9: Unrecognized token 'gittins': a value is expected",
        "a.json | {\"job\" 1} | 1: column 8: Unexpected character ('1'): a colon is expected after a key",
        "a.json | {\"job\": 1 2} | 1: column 11: Unexpected character ('2'): a comma or } is expected",
        "a.json | {\"job\": [1]} {} | 1: column 14: more text follows after the job has ended",
        "a.json | // no\\n{} | 1: column 1: Unexpected character ('/'): JSON has no comments",
        "a.json | {\"job\": \"a\\nb\"} | 1: column 11: Illegal unquoted character (control character 10): not allowed in text",
        "a.json | {\"a\": {\"b\": 1]} | 1: column 14: Unexpected close marker ']': expected '}'",
        "a.yaml | job: gittins\\n\\tdiscount: 1 | 2: column 1: a tab cannot indent: use spaces",
        "a.yaml | job: a: b | 1: column 7: mapping values are not allowed here",
        "a.yaml | job: &x gittins | 1: column 6: anchors and aliases are not supported, &x given: write the value out, or name an arm by its place in arms",
        "a.yaml | job: *x | 1: column 6: anchors and aliases are not supported, *x given: write the value out, or name an arm by its place in arms",
        "a.yaml | job: !!str x | 1: column 6: tags are not supported, tag:yaml.org,2002:str given: write the plain value",
        "a.yaml | {}\\n---\\n{} | 2: column 1: a second document begins here: a file holds one job",
        "a.yaml | # only | 1: the file holds only comments, a job is expected",
        "a.yaml | ? [a]\\n: b | 1: column 3: a key must be a word, not a list or an object",
        "a.yaml | '' | 1: job: not an object, given \"\", allowed: keys with values, job: KIND among them (column 1)",
        "a.txt | {\"job\": } | 1: column 9: Unexpected character ('}'): expected a value",
      })
  void inTheFormatOfAFile(String name, String text, String line) throws IOException {
    assertThat(lines(name, spelled(text)))
        .containsExactly(name + ":" + line.replace("KINDS", String.join(", ", Kinds.names())));
  }

  @Test
  void inFilesThatAreNoText() throws IOException {
    assertThat(lines("a.yaml", ""))
        .containsExactly("a.yaml:1: the file is empty, a job is expected");
    Path binary = folder.resolve("b.json");
    Files.write(binary, new byte[] {'{', 0, '}'});
    Path latin = folder.resolve("c.yaml");
    Files.write(latin, "job: x\nname: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    CommandRun run = CommandRun.of("validate", binary, latin, folder, folder.resolve("no.yaml"));
    assertThat(run.errLines(folder))
        .containsExactly(
            "b.json: is not a text file: it holds a zero byte",
            "c.yaml:2: column 10: the byte 0xe9 is not UTF-8 text",
            folder + ": is a directory, a file is expected",
            "no.yaml: no such file");
  }

  @Test
  void deepNestingIsAMistakeNotACrash() throws IOException {
    assertThat(lines("a.json", "[".repeat(100_000)))
        .containsExactly("a.json:1: column 65: values nest deeper than 64 levels");
    assertThat(lines("a.yaml", "[".repeat(10_000)))
        .containsExactly("a.yaml:1: column 65: values nest deeper than 64 levels");
    assertThat(lines("b.yaml", "- ".repeat(10_000)))
        .containsExactly("b.yaml:1: column 129: values nest deeper than 64 levels");
  }

  @Test
  void linesAndColumnsCountCharacters() throws IOException {
    String job = "\ufeffjob: gittins\r\n\r\nname: \"\u00e4\u6f22\"\r\n" + spelled("ARMS") + "\r\n";
    assertThat(lines("a.yaml", job + "\u00e4: {b: 1, discount: 2}"))
        .hasSize(2)
        .contains(
            "a.yaml:5: [\"\u00e4\"]: unknown key, given \"\u00e4\", allowed: job, name, description,"
                + " seed, tolerance, threads, discount, arms, approximations, storage,"
                + " indexTables (column 1)");
  }

  @Test
  void manyMistakesAreCounted() throws IOException {
    String entries = "x, ".repeat(15);
    String arm = "{type: markov, rewards: [" + entries + "1], transition: [[1]]}";
    List<String> lines =
        lines("a.yaml", "job: gittins\ndiscount: 2\narms: [" + arm + ", " + arm + "]");
    assertThat(lines).hasSize(21);
    assertThat(lines.getLast()).isEqualTo("a.yaml: and 11 more mistakes");
  }
}
