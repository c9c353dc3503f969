package bellwether.vector;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;

/** Bytes that compiled kernels allocate: none, as long as they box no vectors. */
final class Allocation {
  private static final int ROUNDS = 10;

  /** After that the compilers are done: what they made first may be better than the last. */
  private static final long WARM_UP_NANOS = 2_000_000_000;

  /** Calls of a round, and bytes that are none for each of them. */
  static final int CALLS = 1_000;

  private Allocation() {}

  /** The fewest bytes of a round. */
  static long fewestBytes(IntConsumer call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long fewest = Long.MAX_VALUE;
    long start = System.nanoTime();
    for (int last = 0; last < ROUNDS; ) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        call.accept(i);
      }
      if (System.nanoTime() - start > WARM_UP_NANOS) {
        last++;
        fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
      }
    }
    return fewest;
  }
}
