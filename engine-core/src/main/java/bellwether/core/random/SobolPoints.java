package bellwether.core.random;

import org.hipparchus.random.SobolSequenceGenerator;

/**
 * Points of Sobol's sequence, dimension by dimension, with a digital shift: point n has in
 * dimension d the bits x_n(d) xor s(d), where x_n is the xor of the direction numbers at the ones
 * of the Gray code of n, and stands in the middle of its cell of 2^-52. With uniform shifts every
 * point is uniform on the cube, whatever n.
 *
 * <p>Direction numbers are those of Joe and Kuo (2008), taken from Hipparchus.
 */
public final class SobolPoints {
  /** Dimensions there are. */
  public static final int DIMENSIONS = 1000;

  /** Points there are of each shift: 2^30. */
  public static final long POINTS = 1L << 30;

  private static final int BITS = 52;
  private static final int LEVELS = 31;

  /** By dimension and level; made once, when the first point is asked for. */
  private static final class Directions {
    static final long[][] NUMBERS = read();

    private static long[][] read() {
      SobolSequenceGenerator generator = new SobolSequenceGenerator(DIMENSIONS);
      long[][] numbers = new long[DIMENSIONS][LEVELS];
      // The Gray code of 2^k has ones at k and k - 1, and that of 1 has one at 0.
      for (int level = 0; level < LEVELS - 1; level++) {
        double[] point = generator.skipTo(1 << level);
        for (int d = 0; d < DIMENSIONS; d++) {
          long before = level == 0 ? 0 : numbers[d][level - 1];
          numbers[d][level] = (long) (point[d] * 0x1p52) ^ before;
        }
      }
      return numbers;
    }
  }

  private SobolPoints() {}

  /**
   * Fills with one coordinate of consecutive points.
   *
   * @param dimension from 0
   * @param from the number of the first point
   * @param shift whose upper 52 bits are the dimension's shift
   * @param length {@code from + length} at most {@link #POINTS}
   */
  public static void fill(int dimension, long from, long shift, double[] out, int length) {
    long[] numbers = Directions.NUMBERS[dimension];
    long x = shift >>> (Long.SIZE - BITS);
    for (long gray = from ^ (from >>> 1); gray != 0; gray &= gray - 1) {
      x ^= numbers[Long.numberOfTrailingZeros(gray)];
    }
    for (int i = 0; i < length; i++) {
      out[i] = (x + 0.5) * 0x1p-52;
      x ^= numbers[Long.numberOfTrailingZeros(from + i + 1)];
    }
  }
}
