package bellwether.core.stopping;

/** Which blocks of random numbers belong to what. */
final class PathStreams {
  static final int BLOCK = 1024;
  static final long REGRESSION = 0;
  static final long PRICING = 1L << 40;
  static final long OUTER = 2L << 40;
  static final long INNER = 3L << 40;

  private PathStreams() {}
}
