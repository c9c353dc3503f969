package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code storage: float32} in a gittins job. */
class StorageKeyTest {
  private static final String ARM = "discount: 0.95\narms: [{type: random, states: 90, seed: 4}]\n";

  @TempDir private Path folder;

  private CommandRun command(String job) throws IOException {
    Path file = Files.writeString(folder.resolve("arm.yaml"), "job: gittins\n" + job);
    return CommandRun.of("run", file, "--json");
  }

  private String run(String job) throws IOException {
    CommandRun run = command(job);
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  private static double[] indices(String out) {
    Matcher found = Pattern.compile("\"indices\":\\[\\[([^\\]]*)\\]").matcher(out);
    assertThat(found.find()).as(out).isTrue();
    return Arrays.stream(found.group(1).split(",")).mapToDouble(Double::parseDouble).toArray();
  }

  private static double number(String out, String key) {
    Matcher found = Pattern.compile('"' + key + "\":([-+.eE0-9]+)").matcher(out);
    assertThat(found.find()).as(key + " in " + out).isTrue();
    return Double.parseDouble(found.group(1));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"1", "1.0e-9", "1.0e9"})
  void indicesAreThoseOfFloat64(double unit) throws IOException {
    String job = ARM.replace("seed: 4", "seed: 4, rewardScale: " + unit);
    String doubles = run(job);
    String single = run("storage: float32\n" + job);
    assertThat(indices(single)).containsExactly(indices(doubles), within(1e-12 * unit));
    assertThat(single).contains("\"storage\":\"float32\"");
    assertThat(doubles).doesNotContain("storage");
    assertThat(number(single, "statesChecked")).isEqualTo(90);
    assertThat(number(single, "statesRefined")).isBetween(45.0, 90.0);
    assertThat(number(single, "errorBound")).isBetween(0.0, 1e-12 * unit);
  }

  @Test
  void wideToleranceNeedsNoRefinement() throws IOException {
    String single = run("storage: float32\ntolerance: 1.0e-5\n" + ARM);
    assertThat(number(single, "statesRefined")).isZero();
    assertThat(number(single, "errorBound")).isBetween(1e-12, 1e-5);
    assertThat(indices(single)).containsExactly(indices(run(ARM)), within(1e-5));
  }

  @Test
  void fallsBackWhereTheToleranceIsOutOfReach() throws IOException {
    String single = run("storage: float32\ntolerance: 1.0e-30\n" + ARM);
    assertThat(single).contains("\"storage\":\"float64\"");
    assertThat(single)
        .containsPattern(
            "\"fallback\":\"the error bound of state \\d+ stays at \\S+ in float32, above 1.0E-30\"");
    assertThat(indices(single)).isEqualTo(indices(run(ARM)));
  }

  @Test
  void statesInTheirOrderAndOtherArmsAsEver() throws IOException {
    String out =
        run(
            "storage: float32\ndiscount: 0.5\narms:\n"
                + "- {type: markov, rewards: [1, 3, 0], states: [2, 0],"
                + " transition: [[0, 1, 0], [0, 0, 1], [0, 0, 1]]}\n"
                + "- {type: betaBernoulli, alpha: 1, beta: 1}\n");
    assertThat(indices(out)).containsExactly(new double[] {0, 5 / 3.0}, within(1e-12));
    assertThat(out).containsOnlyOnce("storage");
  }

  @Test
  void refusesAnotherPrecision() throws IOException {
    CommandRun run = command("storage: float16\n" + ARM);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines(folder))
        .containsExactly(
            "arm.yaml:2: storage: unknown storage, given \"float16\", allowed: float64 or float32"
                + " (did you mean float64?) (column 10)");
  }
}
