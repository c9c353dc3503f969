package bellwether.core.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that stay together through many short loops, one after the other, as a factorisation has
 * them: between two loops the helpers spin, so that starting one costs about a microsecond where a
 * fork and join costs twenty.
 *
 * <p>The caller takes part in every loop and can finish it alone: a helper that is late, or never
 * scheduled, costs speed and nothing else. Pieces are numbered, so results do not depend on who ran
 * what. One thread at a time may call {@link #forEach}.
 */
public final class Team implements AutoCloseable {
  /** Spins before a helper that waits goes to sleep: about a millisecond. */
  private static final int SPINS = 20_000;

  private static final long NAP_NANOS = 50_000;

  private final Workers workers;
  private final boolean alone;
  private volatile @Nullable Loop current;
  private volatile boolean closed;

  /**
   * A team of at most {@code workers.threads()} threads, the caller among them. Close it, or its
   * helpers keep their threads until the workers are closed.
   */
  public Team(Workers workers) {
    this.workers = workers;
    alone = workers.threads() == 1;
    for (int helper = 1; helper < workers.threads(); helper++) {
      workers.start(this::help);
    }
  }

  /** Runs {@code piece} for 0..count-1, in any order, and returns when all are done. */
  public void forEach(int count, IntConsumer piece) {
    if (alone || count <= 1) {
      for (int i = 0; i < count; i++) {
        piece.accept(i);
      }
      return;
    }
    Loop loop = new Loop(count, piece);
    current = loop;
    loop.work();
    loop.await();
  }

  private void help() {
    Loop last = null;
    int idle = 0;
    // A team that was never closed, because making its owner failed, ends with its workers.
    while (!closed && !workers.isClosing()) {
      Loop loop = current;
      if (loop == null || loop == last) {
        if (idle < SPINS) {
          idle++;
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(NAP_NANOS);
        }
        continue;
      }
      idle = 0;
      last = loop;
      loop.work();
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  /** One loop: a counter to take pieces from and a counter of those that are done. */
  private static final class Loop {
    private final int count;
    private final IntConsumer piece;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private volatile @Nullable Throwable failure;

    Loop(int count, IntConsumer piece) {
      this.count = count;
      this.piece = piece;
    }

    void work() {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        try {
          piece.accept(i);
        } catch (RuntimeException | Error e) {
          failure = e;
        } finally {
          done.getAndIncrement();
        }
      }
    }

    void await() {
      for (int spins = 0; done.get() < count; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(NAP_NANOS);
        }
      }
      Throwable thrown = failure;
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
