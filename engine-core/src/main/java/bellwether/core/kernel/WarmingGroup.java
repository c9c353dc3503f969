package bellwether.core.kernel;

import java.util.function.IntConsumer;

/**
 * Kernels that are warmed up together: the slow ones until the fast ones are compiled.
 *
 * @param <K> their interface
 */
final class WarmingGroup<K> {
  private final WarmUp warmUp;
  private volatile boolean ready;
  private K current;

  /**
   * Plans a warm-up.
   *
   * @param round runs every fast kernel of the group once, on small inputs
   * @param next is told when they are compiled
   */
  WarmingGroup(K slow, K fast, IntConsumer round, Runnable next) {
    current = slow;
    warmUp =
        new WarmUp(
            round,
            () -> {
              current = fast;
              ready = true;
              next.run();
            });
  }

  /** The kernels that are about to do this much. */
  K current(long flops) {
    if (!ready) {
      warmUp.count(flops);
    }
    return current;
  }

  /** Starts the warm-up now, unless it has been started. */
  void start() {
    warmUp.start();
  }
}
