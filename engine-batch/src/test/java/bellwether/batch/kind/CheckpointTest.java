package bellwether.batch.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import bellwether.core.path.ArithmeticBrownian;
import bellwether.core.path.PathOptions;
import bellwether.core.path.PathStudy;
import bellwether.core.path.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulation that is killed again and again ends with the bits of one that is not. */
class CheckpointTest {
  private static final PathStudy STUDY =
      PathStudy.of(new ArithmeticBrownian(Start.at(0), 0.1, 0.4), 1, 2).quantile(0.3).build();
  private static final Job JOB =
      new SimulatePathsJob(STUDY, PathOptions.of(7, 6_000_000), new double[] {1, 2}, false);

  @TempDir private Path folder;

  private static Outcome solve(Checkpoint checkpoint, int threads, Consumer<String> progress)
      throws JobFailedException {
    try (Workers workers = Workers.of(threads)) {
      return JOB.solve(new Resources(ScalarKernels.INSTANCE, workers, "a", checkpoint, progress));
    }
  }

  private Checkpoint checkpoint(String key, List<String> words) {
    return new Checkpoint(folder.resolve("a.checkpoint"), key, true, words::add, 0);
  }

  @Test
  void goesOnFromWhereItWasKilled() throws JobFailedException {
    Outcome expected = solve(Checkpoint.NONE, 1, _ -> {});
    List<String> words = new ArrayList<>();
    for (int kill = 0; kill < 3; kill++) {
      AtomicInteger steps = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  solve(
                      checkpoint("k", words),
                      1,
                      _ -> {
                        if (steps.incrementAndGet() == 3) {
                          throw new CancellationException();
                        }
                      }))
          .isInstanceOf(CancellationException.class);
    }
    List<String> progress = new ArrayList<>();
    Outcome resumed = solve(checkpoint("k", words), 2, progress::add);
    assertThat(progress.getFirst()).startsWith("resumed at ");
    assertThat(words).isEmpty();
    assertThat(resumed.result().keySet()).isEqualTo(expected.result().keySet());
    expected
        .result()
        .forEach((key, value) -> assertThat(resumed.result().get(key)).as(key).isEqualTo(value));
  }

  @Test
  void whatAnotherJobLeftIsOfNoUse() throws JobFailedException {
    List<String> words = new ArrayList<>();
    solve(checkpoint("one", words), 1, _ -> {});
    solve(checkpoint("other", words), 1, _ -> {});
    assertThat(words).containsExactly("the checkpoint is another job's: starting anew");
  }

  @Test
  void whatCannotBeReadIsOfNoUseEither() throws JobFailedException, IOException {
    Outcome expected = solve(Checkpoint.NONE, 1, _ -> {});
    List<String> words = new ArrayList<>();
    Checkpoint whole = checkpoint("k", words);
    solve(whole, 1, _ -> {});
    Path file = folder.resolve("a.checkpoint");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    Outcome anew = solve(checkpoint("k", words), 1, _ -> {});
    assertThat(words).hasSize(1);
    assertThat(words.getFirst()).startsWith("the checkpoint cannot be read, starting anew");
    assertThat(anew.result().get("mean")).isEqualTo(expected.result().get("mean"));
    whole.remove();
    assertThat(file).doesNotExist();
  }
}
