package bellwether.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files that users are pointed to. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  @Test
  void areAllRight() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(EXAMPLES)) {
      files = all.filter(file -> file.toString().matches(".*\\.(yaml|json)")).toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      assertThat(CommandRun.of("validate", file).err()).isEmpty();
    }
  }
}
