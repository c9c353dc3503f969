package bellwether.core.parallel;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
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

  /** Set while a loop is being left because its caller was interrupted. */
  private volatile boolean cancelled;

  /** Set when no more loops will come. */
  private volatile boolean closing;

  private Workers(int threads) {
    this.threads = threads;
    this.pool = new ForkJoinPool(threads, p -> new Worker(p, this), null, false);
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
   * Runs {@code piece} for 0..count-1, in any order and on any of the threads; loops may be nested.
   *
   * @throws CancellationException when the calling thread is interrupted, after the pieces that run
   *     have come to their next {@link #checkInterrupted}
   */
  public void forEach(int count, IntConsumer piece) {
    checkInterrupted();
    if (threads == 1 || count <= 1) {
      for (int i = 0; i < count; i++) {
        checkInterrupted();
        piece.accept(i);
      }
      return;
    }
    Runnable loop =
        () ->
            IntStream.range(0, count)
                .parallel()
                .forEach(
                    i -> {
                      checkInterrupted();
                      piece.accept(i);
                    });
    if (Thread.currentThread() instanceof Worker worker && worker.owner == this) {
      loop.run();
      return;
    }
    ForkJoinTask<?> task = pool.submit(loop);
    try {
      task.get();
    } catch (InterruptedException e) {
      cancelled = true;
      task.quietlyJoin();
      cancelled = false;
      Thread.currentThread().interrupt();
      throw cancellation();
    } catch (ExecutionException e) {
      // As it was thrown: join() says the same in the type that callers expect.
      task.join();
    }
  }

  /** Starts a task beside the caller, for a {@link Team}. */
  void start(Runnable task) {
    pool.execute(task);
  }

  /**
   * Leaves a long computation when its thread, or the one that waits for it in {@link #forEach},
   * was interrupted. The flag stays set.
   *
   * @throws CancellationException when it was
   */
  public static void checkInterrupted() {
    Thread thread = Thread.currentThread();
    if (thread.isInterrupted() || (thread instanceof Worker worker && worker.owner.cancelled)) {
      throw cancellation();
    }
  }

  private static CancellationException cancellation() {
    return new CancellationException("interrupted");
  }

  /** Whether {@link #close} has been called. */
  boolean isClosing() {
    return closing;
  }

  @Override
  public void close() {
    closing = true;
    pool.close();
  }

  /** A thread that knows whose loops it runs. */
  private static final class Worker extends ForkJoinWorkerThread {
    private final Workers owner;

    Worker(ForkJoinPool pool, Workers owner) {
      super(pool);
      this.owner = owner;
    }
  }
}
