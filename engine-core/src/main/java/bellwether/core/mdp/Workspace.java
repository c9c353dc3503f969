package bellwether.core.mdp;

/**
 * One array that the buffers of a thread are parts of. They begin at multiples of 64 bytes where
 * the collector places a large array at such a multiple but for its header, as G1 does: loads and
 * stores that cross cache lines took a quarter of a sweep's time within the caches.
 */
final class Workspace {
  /** Where the first buffer begins: the seventh double follows a header of 16 bytes and 48 more. */
  static final int ORIGIN = 6;

  /** Doubles of a cache line. */
  private static final int LINE = 8;

  /** Doubles that make an array large enough for that in heaps of up to 32 GiB. */
  private static final int LARGE_ARRAY = 540_000;

  /** Smaller models are in the caches, and over before a large array is cleared. */
  static final int LARGE_MODEL = 1_000_000;

  private final int least;
  private int size = ORIGIN;
  private double[] array = new double[0];

  /** For a model of so many joint states. */
  Workspace(int states) {
    least = states < LARGE_MODEL ? 0 : LARGE_ARRAY;
  }

  /** Doubles, rounded up to whole cache lines. */
  static int lines(int doubles) {
    return (doubles + LINE - 1) / LINE * LINE;
  }

  /** Reserves a buffer: where it begins. */
  int reserve(int doubles) {
    int at = size;
    size = Math.addExact(size, lines(doubles));
    return at;
  }

  /** The array, when all is reserved. */
  double[] array() {
    if (array.length == 0) {
      array = new double[Math.max(size, least)];
    }
    return array;
  }
}
