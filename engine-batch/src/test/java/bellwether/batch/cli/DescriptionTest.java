package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.batch.kind.JobKind;
import bellwether.batch.kind.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What describe prints runs as it stands. */
class DescriptionTest {
  @TempDir private Path folder;

  static Stream<String> kinds() {
    return Kinds.names().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theExampleRuns(String kind) throws IOException {
    String example =
        Kinds.ALL.stream()
            .filter(k -> k.name().equals(kind))
            .map(JobKind::example)
            .findFirst()
            .orElseThrow();
    Path file = Files.writeString(folder.resolve("example.yaml"), example);
    assertThat(CommandRun.of("validate", file).err()).isEmpty();
    assertThat(CommandRun.of("run", file).status()).isZero();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void soDoesTheWholePage(String kind) throws IOException {
    CommandRun page = CommandRun.of("describe", kind);
    assertThat(page.status()).isZero();
    assertThat(page.out())
        .contains("discount", "default")
        .containsAnyOf("at least 0 and less than 1", "greater than 0 and at most 1");
    Path file = Files.writeString(folder.resolve("page.yaml"), page.out());
    CommandRun run = CommandRun.of("run", file);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @Test
  void listHasALineForEachKind() {
    assertThat(CommandRun.of("list").out().lines().map(line -> line.replaceAll(" .*", "")))
        .containsExactlyElementsOf(Kinds.names());
  }
}
