package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kind {@code whittle} from job file to result, and what is said of mistakes. */
class WhittleKindTest {
  private static final String ARM =
      """
      arm:
        active: {rewards: [1, 2], transition: [[0.5, 0.5], [0.25, 0.75]]}
        passive: {rewards: [0, 0.5], transition: [[0.75, 0.25], [0.5, 0.5]]}
      """;

  @TempDir private Path folder;

  private CommandRun run(String... job) throws IOException {
    String text = String.join(System.lineSeparator(), job);
    return CommandRun.of(
        "run", Files.writeString(folder.resolve("a.yaml"), "job: whittle\n" + text), "--json");
  }

  private String line(String... job) throws IOException {
    CommandRun run = run(job);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return run.out();
  }

  private static String result(String line) {
    return line.substring(line.indexOf("\"result\""), line.indexOf("\"timing\""));
  }

  @Test
  void filesAreTheSameAsInline() throws IOException {
    Files.writeString(
        folder.resolve("P1.mtx"),
        "%%MatrixMarket matrix array real general\n2 2\n0.5\n0.25\n0.5\n0.75\n");
    Files.writeString(
        folder.resolve("r0.mtx"), "%%MatrixMarket matrix array real general\n2 1\n0\n0.5\n");
    String files =
        ARM.replace("[[0.5, 0.5], [0.25, 0.75]]", "{file: P1.mtx}")
            .replace("[0, 0.5]", "{file: r0.mtx}");
    assertThat(files).contains("P1.mtx").contains("r0.mtx");
    assertThat(result(line("discount: 0.9", files)))
        .isEqualTo(result(line("discount: 0.9", ARM)))
        .contains("\"indexable\":true", "\"statesChecked\":2", "\"errorBound\":");
  }

  /** A published arm whose indices are fractions. */
  @Test
  void averageIsDiscountOne() throws IOException {
    String job =
        """
        discount: 1
        arm:
          active: {rewards: [1, 0, 0], transition: [[0, 0, 1], [0, 0, 1], [0, 0, 1]]}
          passive: {rewards: [0, 0, 10], transition: [[0, 1, 0], [1, 0, 0], [0, 1, 0]]}
        """;
    assertThat(result(line(job))).contains("\"indexable\":true,\"indices\":[11.0,8.0,-10.0]");
  }

  @Test
  void withoutTheTestIndexableIsNotTold() throws IOException {
    String quick = result(line("discount: 0.9", "indexabilityTest: none", ARM));
    String full = result(line("discount: 0.9", "indexabilityTest: full", ARM));
    assertThat(quick).contains("\"indexable\":null");
    assertThat(quick.replace("null", "true")).isEqualTo(full);
  }

  @Test
  void randomArmIsTheOneOfTheReferenceValues() throws IOException {
    assertThat(result(line("discount: 0.95", "arm: {type: random, states: 10, seed: 42}")))
        .contains("\"indices\":[-0.06726511981690", "-0.22996018687396", "0.243775726506");
  }

  @Test
  void saysWhyAnArmIsNotIndexable() throws IOException {
    String result =
        result(
            line(
                """
                discount: 0.9
                arm:
                  active:
                    rewards: [0.699, 0.362, 0.715]
                    transition: [[0.718, 0.254, 0.028], [0.347, 0.097, 0.556], [0.015, 0.956, 0.029]]
                  passive:
                    rewards: [0, 0, 0]
                    transition: [[0.005, 0.793, 0.202], [0.027, 0.558, 0.415], [0.736, 0.249, 0.015]]
                """));
    assertThat(result)
        .contains("\"indexable\":false,\"indices\":null", "\"passiveAt\":", "\"activeAbove\":")
        .containsPattern(
            "\"reason\":\"in state . being passive is optimal at subsidy [-.0-9]+, and being active"
                + " directly above the higher subsidy [-.0-9]+\"");
  }

  @Test
  void averageOfSeveralClassesFails() throws IOException {
    CommandRun run =
        run(
            """
            discount: 1
            arm:
              active: {rewards: [1, 2], transition: [[1, 0], [0, 1]]}
              passive: {rewards: [0, 0], transition: [[1, 0], [0, 1]]}
            """);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("depends on the state one starts in", "a discount below 1 has")
        .doesNotContain("\tat ");
  }

  @Test
  void bitsDoNotDependOnThreads() throws IOException {
    String arm = "arm: {type: random, states: 150, seed: 3}";
    assertThat(result(line("discount: 0.95", arm, "threads: 1")))
        .isEqualTo(result(line("discount: 0.95", arm, "threads: 2")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "discount: 1.5\\nARM | 2: discount: out of range, given 1.5, allowed: a number at least 0 and less than 1, or 1 for the long-run average (column 11)",
        "discount: 0.5 | 1: arm: missing, given nothing, allowed: a restless arm: an object with active and passive (column 1)",
        "discount: 0.5\\narm: 3 | 3: arm: not an object, given 3, allowed: a restless arm: an object with active and passive (column 6)",
        "discount: 0.5\\narm: {active: A} | 3: arm.passive: missing, given nothing, allowed: an object with rewards and transition (column 6)",
        "discount: 0.5\\narm: {active: A, passiv: A, passive: A} | 3: arm.passiv: unknown key, given \"passiv\", allowed: type, name, active, passive (did you mean passive?) (column 50)",
        "discount: 0.5\\narm: {active: A, passive: 3} | 3: arm.passive: not an object, given 3, allowed: an object with rewards and transition (column 59)",
        "discount: 0.5\\narm: {active: A, passive: {rewards: [1, 2], transition: [[1, 0], [0, 1]]}} | 3: arm.passive.rewards: sizes differ, given 2 rewards, allowed: 1, one for each of the states of active (column 69)",
        "discount: 0.5\\narm: {active: A, passive: {rewards: [1], transition: [[0.5]]}} | 3: arm.passive.transition[0]: row 0 does not sum to 1, given a sum of 0.5, allowed: 1 within 1e-9 (column 87)",
        "discount: 0.5\\narm: {type: sparse, active: A, passive: A} | 3: arm.type: unknown type, given \"sparse\", allowed: markov or random (did you mean markov?) (column 13)",
        "discount: 0.5\\narm: {type: random, states: 0, seed: 1} | 3: arm.states: out of range, given 0, allowed: an integer from 1 to 46000 (column 29)",
        "discount: 0.5\\nindexabilityTest: some\\nARM | 3: indexabilityTest: unknown indexabilityTest, given \"some\", allowed: full or none (did you mean none?) (column 19)",
      })
  void mistakes(String job, String line) throws IOException {
    String text =
        job.replace("\\n", "\n")
            .replace("ARM", ARM)
            .replace(" A", " {rewards: [1], transition: [[1]]}");
    CommandRun run = run(text);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines(folder)).containsExactly("a.yaml:" + line);
  }

  @Test
  void whatWillNotFitIsToldBefore() throws IOException {
    CommandRun run = run("discount: 0.5", "arm: {type: random, states: 46000, seed: 1}");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("arm: solving a restless arm of 46000 states needs 7");
  }
}
