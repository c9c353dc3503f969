package bellwether.batch.tree;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the Java heap still holds, asked before a large array is made. */
public final class HeapSpace {
  private HeapSpace() {}

  /**
   * Why {@code bytes} more cannot be had, or null when they can.
   *
   * @param what needs them, at the beginning of the sentence
   */
  public static @Nullable String refusal(String what, double bytes) {
    if (bytes <= available()) {
      return null;
    }
    // What looks used may be garbage: a refusal must not depend on when it was last collected.
    collectGarbage();
    long available = available();
    if (bytes <= available) {
      return null;
    }
    double used = Runtime.getRuntime().maxMemory() - (double) available;
    long gigabytes = (long) Math.ceil((bytes + used) * 1.1 / (1L << 30));
    return what
        + " needs "
        + size(bytes)
        + ", "
        + size((double) available)
        + " are available: raise the Java heap with BELLWETHER_JAVA_OPTS=-Xmx"
        + Math.max(1, gigabytes)
        + "g";
  }

  /** The sentence for a heap that ran out all the same. */
  public static String exhausted() {
    return "the Java heap of "
        + size((double) Runtime.getRuntime().maxMemory())
        + " ran out: raise it with BELLWETHER_JAVA_OPTS=-Xmx...";
  }

  /** Bytes that can still be had. */
  public static long available() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
  }

  @SuppressWarnings("SystemGc")
  private static void collectGarbage() {
    System.gc();
  }

  /** Bytes in words: {@code 12.8 GB}. */
  public static String size(double bytes) {
    if (bytes < 1e6) {
      return String.format(Locale.ROOT, "%.0f kB", Math.ceil(bytes / 1e3));
    }
    return bytes < 1e9
        ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
