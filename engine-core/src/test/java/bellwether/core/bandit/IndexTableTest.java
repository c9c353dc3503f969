package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexTableTest {
  private static final BetaBernoulliArm CORNER = new BetaBernoulliArm(0.5, 2);

  @TempDir private Path folder;
  private IndexTable made;
  private Path file;

  @BeforeEach
  void make() throws IOException {
    try (Workers workers = Workers.of(2)) {
      made =
          IndexTable.of(
              BetaBernoulliTable.square(CORNER, 6, 0.9, 1e-9, ScalarKernels.INSTANCE, workers),
              CORNER,
              0.9);
    }
    file = folder.resolve("table.npy");
    try (OutputStream out = Files.newOutputStream(file)) {
      made.write(out);
    }
  }

  @Test
  void aMappedTableHasTheNumbersThatWereWritten() throws IOException {
    IndexTable mapped = IndexTable.map(file, CORNER, 0.9, 6);
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        double alpha = 0.5 + i;
        double beta = 2 + j;
        IndexBracket one =
            BetaBernoulliIndex.of(
                new BetaBernoulliArm(alpha, beta), 0.9, 1e-9, ScalarKernels.INSTANCE);
        assertThat(mapped.lower(alpha, beta)).isEqualTo(one.lower());
        assertThat(mapped.upper(alpha, beta)).isEqualTo(one.upper());
        assertThat(mapped.index(alpha, beta)).isEqualTo(one.index());
        assertThat(made.index(alpha, beta)).isEqualTo(one.index());
      }
    }
  }

  @Test
  void whatIsNotInTheTableIsSaid() {
    assertThat(made.bracket(new BetaBernoulliArm(6.5, 2))).isNull();
    assertThat(made.bracket(new BetaBernoulliArm(1, 2))).isNull();
    assertThat(made.bracket(new BetaBernoulliArm(0.5, 1))).isNull();
    assertThat(made.has(5.5, 7)).isTrue();
    assertThatThrownBy(() -> made.lower(1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageStartingWith("no entry at Beta(1.0, 2.0) in size 6");
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    assertThatThrownBy(() -> IndexTable.map(file, CORNER, 0.9, 5))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("not an index table of size 5");
    Files.write(file, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> IndexTable.map(file, CORNER, 0.9, 6)).isInstanceOf(IOException.class);
  }

  @Test
  void numbersThatAreNoBracketAreRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length - 8 * 72, bytes.length, (byte) 0);
    Files.write(file, bytes);
    IndexTable mapped = IndexTable.map(file, CORNER, 0.9, 6);
    assertThatThrownBy(() -> mapped.bracket(CORNER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no bracket of an index");
  }
}
