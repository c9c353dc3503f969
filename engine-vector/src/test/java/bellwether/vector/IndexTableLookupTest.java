package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.BetaBernoulliTable;
import bellwether.core.bandit.IndexTable;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking up an index in a mapped table; here because this module may ask what was allocated. */
class IndexTableLookupTest {
  private static final BetaBernoulliArm UNIFORM = new BetaBernoulliArm(1, 1);

  @TempDir private Path folder;

  @Test
  void allocatesNothingOnceCompiled() throws IOException {
    Path file = folder.resolve("table.npy");
    try (Workers workers = Workers.of(1);
        OutputStream out = Files.newOutputStream(file)) {
      BetaBernoulliTable table =
          BetaBernoulliTable.square(UNIFORM, 8, 0.5, 1e-6, Kernels.best(), workers);
      IndexTable.of(table, UNIFORM, 0.5).write(out);
    }
    IndexTable table = IndexTable.map(file, UNIFORM, 0.5, 8);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long fewest = Long.MAX_VALUE;
    double sum = 0;
    // The fewest of several rounds: the compiler decides when the boxes go.
    for (int round = 0; round < 50 && fewest > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int call = 0; call < 20_000; call++) {
        sum += table.index(1 + call % 8, 1 + call % 7);
      }
      fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(sum).isPositive();
    assertThat(fewest).isLessThan(1_000);
  }
}
