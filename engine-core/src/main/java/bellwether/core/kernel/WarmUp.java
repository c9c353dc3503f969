package bellwether.core.kernel;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * When to change from one implementation of a group of kernels to a faster one with the same bits.
 *
 * <p>The Vector API runs a hundred times slower than plain Java until C2 has compiled its callers,
 * so a job of a second would be over before it pays. The scalar kernels work first; when they have
 * had enough to do, a daemon thread runs the fast ones on small inputs until they are compiled, and
 * then they take over. Since the bits are the same, nobody can tell from a result when that was.
 */
final class WarmUp {
  /** Flops that the slow kernels do, some 0.2 s, before the fast ones are worth their warm-up. */
  private static final long FLOPS_BEFORE = 500_000_000;

  /** Loop iterations after which C2 has compiled a method, with room to spare. */
  private static final int ROUNDS = 12_000;

  private final IntConsumer round;
  private final Runnable ready;

  /** Racy on purpose: a lost update only moves the start a little. */
  private long flops;

  private @Nullable Thread thread;

  /**
   * Plans a warm-up.
   *
   * @param round runs every fast kernel of the group once, on small inputs
   * @param ready is told when they are compiled
   */
  WarmUp(IntConsumer round, Runnable ready) {
    this.round = round;
    this.ready = ready;
  }

  /** The slow kernels are about to do this much. */
  void count(long more) {
    flops += more;
    if (flops > FLOPS_BEFORE) {
      start();
    }
  }

  /** Starts the warm-up now, unless it has been started. */
  synchronized void start() {
    if (thread != null) {
      return;
    }
    Thread started =
        new Thread(
            () -> {
              for (int i = 0; i < ROUNDS; i++) {
                round.accept(i);
              }
              ready.run();
            },
            "bellwether-warm-up");
    started.setDaemon(true);
    thread = started;
    started.start();
  }
}
