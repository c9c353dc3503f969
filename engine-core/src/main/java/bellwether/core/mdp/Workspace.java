package bellwether.core.mdp;

/**
 * One array that the buffers of a thread are parts of. They begin at multiples of 64 bytes where
 * the collector places a large array at such a multiple but for its header, as G1 does: loads and
 * stores that cross cache lines took a quarter of a sweep's time within the caches.
 */
final class Workspace {
  private static final int LINE_BYTES = 64;
  private static final int HEADER_BYTES = 16;

  /** Doubles and floats of a cache line. */
  static final int DOUBLES = LINE_BYTES / Double.BYTES;

  static final int FLOATS = LINE_BYTES / Float.BYTES;

  /** Cache lines that make an array large enough for that in heaps of up to 32 GiB. */
  private static final int LARGE_ARRAY = 67_500;

  /** Smaller models are in the caches, and over before a large array is cleared. */
  static final int LARGE_MODEL = 1_000_000;

  private final int line;
  private final int least;
  private int size;
  private double[] array = new double[0];

  /**
   * For a model of so many joint states.
   *
   * @param line numbers of a cache line, {@link #DOUBLES} or {@link #FLOATS}
   */
  Workspace(int states, int line) {
    this.line = line;
    least = states < LARGE_MODEL ? 0 : LARGE_ARRAY * line;
    size = origin(line);
  }

  /** Where the first buffer begins: a header comes before it, and what fills a cache line. */
  static int origin(int line) {
    return line - line * HEADER_BYTES / LINE_BYTES;
  }

  /** Numbers, rounded up to whole cache lines. */
  static int lines(int numbers, int line) {
    return (numbers + line - 1) / line * line;
  }

  /** Reserves a buffer: where it begins. */
  int reserve(int numbers) {
    int at = size;
    size = Math.addExact(size, lines(numbers, line));
    return at;
  }

  /** The array of doubles, when all is reserved. */
  double[] array() {
    if (array.length == 0) {
      array = new double[Math.max(size, least)];
    }
    return array;
  }

  /** An array of floats instead. */
  float[] floats() {
    return new float[Math.max(size, least)];
  }
}
