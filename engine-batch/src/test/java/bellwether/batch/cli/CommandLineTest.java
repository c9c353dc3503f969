package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.batch.kind.Kinds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands, options, exit statuses and where results go. */
class CommandLineTest {
  private static final String GOOD =
      """
      {"job": "gittins", "name": "n", "discount": 0.5, "arms": [{"type": "markov",
       "rewards": [1.0, 3.0, 0.0], "transition": [[0, 1, 0], [0, 0, 1], [0, 0, 1]]}]}
      """;
  private static final String BAD = "{\"job\": \"gittins\"}";

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void printsTheEnvelopeInOrder() throws IOException {
    CommandRun run = CommandRun.of("run", file("a.json", GOOD));
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("\"indices\": [ [ 1.6666666666666667, 3.0, 0.0 ] ]");
    List<String> keys =
        run.out()
            .lines()
            .filter(l -> l.matches("  \"\\w+\".*"))
            .map(l -> l.replaceAll("^  \"(\\w+)\".*", "$1"))
            .toList();
    assertThat(keys)
        .containsExactly("job", "name", "status", "result", "certificate", "timing", "manifest");
    assertThat(run.out())
        .contains("\"inputSha256\"", "\"kernels\"", "\"threads\"", "\"seed\": null", "\"when\"");
  }

  @Test
  void jsonIsOneLineAJob() throws IOException {
    Path a = file("a.json", GOOD);
    CommandRun run = CommandRun.of("run", a, a, "--json");
    assertThat(run.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"job\":"));
  }

  @Test
  void aTerminalGetsASummaryUnlessJsonIsAskedFor() throws IOException {
    Path a = file("a.json", GOOD);
    assertThat(CommandRun.onTerminal("run", a).out())
        .startsWith("gittins: n\nindices:\n  [0]: [1.66666666666666")
        .doesNotContain("{");
    assertThat(CommandRun.onTerminal("run", a, "--json").out()).startsWith("{\"job\":");
  }

  @Test
  void writesResultsIntoTheDirectory() throws IOException {
    Path out = folder.resolve("deep/results");
    CommandRun run = CommandRun.of("run", file("a.json", GOOD), file("b.yaml", GOOD), "--out", out);
    assertThat(run.status()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(2);
    assertThat(out.toFile().list()).containsExactlyInAnyOrder("a.result.json", "b.result.json");
    assertThat(CommandRun.of("run", "--quiet", file("a.json", GOOD), "--out=" + out).err())
        .isEmpty();
  }

  @Test
  void twoFilesForOneResultAreRefusedBeforeAnythingRuns() throws IOException {
    Path out = folder.resolve("results");
    CommandRun run = CommandRun.of("run", file("a.json", GOOD), file("a.yaml", GOOD), "--out", out);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("would both write \"a.result.json\"").hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void aWrongFileDoesNotKeepTheOthersFromRunning() throws IOException {
    Path out = folder.resolve("results");
    CommandRun run =
        CommandRun.of(
            "run",
            file("bad.json", BAD),
            file("a.json", GOOD),
            folder.resolve("no.json"),
            "--quiet",
            "--out",
            out);
    assertThat(run.status()).isEqualTo(2);
    assertThat(out.toFile().list()).containsExactly("a.result.json");
    assertThat(run.errLines(folder))
        .containsExactly(
            "bad.json:1: discount: missing, given nothing, allowed: a number at least 0 and less"
                + " than 1 (column 1)",
            "bad.json:1: arms: missing, given nothing, allowed: a list of arms, at least one"
                + " (column 1)",
            "no.json: no such file");
  }

  @Test
  void anOlderResultStaysWhenTheJobIsWrongOrCannotBeWritten() throws IOException {
    Path old = file("a.result.json", "old");
    assertThat(CommandRun.of("run", file("a.json", BAD), "--out", folder).status()).isEqualTo(2);
    assertThat(old).hasContent("old");
    Files.delete(old);
    Files.createDirectories(old.resolve("full"));
    CommandRun run = CommandRun.of("run", file("a.json", GOOD), "--out", folder);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errLines(folder)).singleElement().asString().contains("cannot be written");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a.json", "a.result.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run a.json --resume | run: --resume: nothing without --out",
        "run a.json --resum | run: unknown option, given \"--resum\"",
        "run a.json --thread 2 | did you mean --threads?",
        "run a.json --threads 0 | --threads: out of range, given \"0\", allowed: an integer from 1"
            + " to",
        "run a.json --threads two | --threads: not an integer, given \"two\"",
        "run a.json --threads | missing required parameter for option '--threads'",
        "run a.json --kernels fast | unknown kernels, given \"fast\", allowed: auto, vector,"
            + " scalar",
        "run a.json --out a --out b | should be specified only once",
        "run | run: missing required parameter",
        "validate | missing required parameter",
        "describe | missing required parameter",
        "describe gitins | unknown kind, given \"gitins\", allowed: KINDS (did you",
        "list x | unexpected word, given \"x\"",
        "rum a.json | unknown command, given \"rum\", allowed: run, validate, list, describe (did",
        "'' | a command is missing",
        "report results | unknown command",
        "validate --json a.json | unknown option",
      })
  void wrongCommandLinesAreToldInOneLine(String words, String told) {
    CommandRun run =
        CommandRun.of((Object[]) (words.isEmpty() ? new String[0] : words.split(" ", -1)));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("bellwether: ")
        .containsIgnoringCase(told.strip().replace("KINDS", String.join(", ", Kinds.names())))
        .hasLineCount(1);
  }

  @Test
  void anOutputThatIsAFileIsRefused() throws IOException {
    Path a = file("a.json", GOOD);
    CommandRun run = CommandRun.of("run", a, "--out", a);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--out: not a directory").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "run --help", "validate -h", "--version", "-V", "list"})
  void helpAndVersionAreNoMistakes(String words) {
    CommandRun run = CommandRun.of((Object[]) words.split(" ", -1));
    assertThat(run.status()).isZero();
    assertThat(run.out()).isNotBlank();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void validateSaysOkOrWhatRunSays() throws IOException {
    Path good = file("a.json", GOOD);
    Path bad = file("bad.json", BAD);
    CommandRun run = CommandRun.of("validate", good, bad);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEqualTo(good + ": ok\n");
    assertThat(run.err()).isEqualTo(CommandRun.of("run", bad).err());
  }

  @Test
  void resultAndCertificateDoNotDependOnThreadsOrKernels() throws IOException {
    Path a = file("a.json", GOOD);
    String one = CommandRun.of("run", a, "--threads", 1, "--kernels", "scalar").out();
    String other = CommandRun.of("run", a, "--threads", 7).out();
    assertThat(one.split("\"timing\"", 2)[0]).isEqualTo(other.split("\"timing\"", 2)[0]);
    assertThat(one).contains("\"threads\": 1,", "scalar");
    assertThat(other).contains("\"threads\": 7,");
  }

  @Test
  void aClosedPipeEndsTheRunQuietly() throws IOException {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        new BatchCommand(
                new StandardOutput(closed),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false)
            .run("run", file("a.json", GOOD).toString());
    assertThat(status).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
