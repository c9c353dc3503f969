package bellwether.core.parallel;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A limit on threads, and the loops that keep to it.
 *
 * <p>Pieces of work are numbered; whatever a piece computes it stores under its own number, so that
 * results never depend on how many threads there are or which one ran what.
 */
public final class Workers implements AutoCloseable {
  private final int threads;
  private final ForkJoinPool pool;

  private Workers(int threads) {
    this.threads = threads;
    this.pool = new ForkJoinPool(threads);
  }

  /**
   * Workers that use at most {@code threads} threads.
   *
   * @param threads at least 1
   * @throws IllegalArgumentException when {@code threads} is less than 1
   */
  public static Workers of(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
    return new Workers(threads);
  }

  /** As many threads as the machine offers this process. */
  public static Workers available() {
    return of(Runtime.getRuntime().availableProcessors());
  }

  /** The most threads that any loop here uses. */
  public int threads() {
    return threads;
  }

  /**
   * Runs {@code piece} for 0..count-1, in any order and on any of the threads.
   *
   * @throws CancellationException when the calling thread is interrupted
   */
  public void forEach(int count, IntConsumer piece) {
    if (threads == 1 || count <= 1) {
      for (int i = 0; i < count; i++) {
        checkInterrupted();
        piece.accept(i);
      }
      return;
    }
    pool.submit(() -> IntStream.range(0, count).parallel().forEach(piece)).join();
  }

  /** Starts a task beside the caller, for a {@link Team}. */
  void start(Runnable task) {
    pool.execute(task);
  }

  /**
   * Leaves a long computation when its thread was interrupted. The flag stays set.
   *
   * @throws CancellationException when it was
   */
  public static void checkInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
