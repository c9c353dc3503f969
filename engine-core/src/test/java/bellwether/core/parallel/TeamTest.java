package bellwether.core.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void runsEveryPieceOnceInEveryLoop(int threads) {
    try (Workers workers = Workers.of(threads);
        Team team = new Team(workers)) {
      for (int loop = 0; loop < 2_000; loop++) {
        int count = loop % 17;
        AtomicIntegerArray runs = new AtomicIntegerArray(count);
        team.forEach(count, runs::incrementAndGet);
        for (int i = 0; i < count; i++) {
          assertThat(runs.get(i)).isEqualTo(1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void passesOnWhatAPieceThrows(int threads) {
    try (Workers workers = Workers.of(threads);
        Team team = new Team(workers)) {
      assertThatThrownBy(
              () ->
                  team.forEach(
                      5,
                      i -> {
                        if (i == 3) {
                          throw new IllegalStateException("piece 3");
                        }
                      }))
          .hasMessage("piece 3");
      team.forEach(3, i -> {});
    }
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void workersMayBeClosedBeforeTheirTeam() {
    int[] sum = new int[1];
    try (Workers workers = Workers.of(3)) {
      Team team = new Team(workers);
      team.forEach(1, i -> sum[0] += 1);
    }
    assertThat(sum[0]).isEqualTo(1);
  }
}
