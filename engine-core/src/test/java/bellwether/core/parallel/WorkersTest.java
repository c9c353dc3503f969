package bellwether.core.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void runsEveryPieceOnceAndNests(int threads) {
    try (Workers workers = Workers.of(threads)) {
      AtomicIntegerArray runs = new AtomicIntegerArray(60);
      workers.forEach(6, i -> workers.forEach(10, j -> runs.incrementAndGet(10 * i + j)));
      for (int i = 0; i < 60; i++) {
        assertThat(runs.get(i)).isEqualTo(1);
      }
    }
  }

  @Test
  void keepsToItsLimit() {
    try (Workers workers = Workers.of(2)) {
      AtomicInteger now = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      workers.forEach(
          200,
          i -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            now.decrementAndGet();
          });
      assertThat(most.get()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void refusesFewerThanOne() {
    assertThatThrownBy(() -> Workers.of(0)).hasMessage("threads must be at least 1: 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void leavesWhenInterrupted(int threads) {
    try (Workers workers = Workers.of(threads)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> workers.forEach(10, i -> {}))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
