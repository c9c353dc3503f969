package bellwether.core.bandit;

import java.util.Arrays;

/**
 * What a sweep of eight charges leaves to sweeps with charges between them: in each layer a border
 * row, some rows above where pulling begins to pay, and whole layers now and then, up to the
 * border.
 *
 * <p>h is convex in the charge. So between two charges the tangents at both are bounds from below
 * (each is the value of a fixed policy), and the chord is one from above.
 */
final class BetaRecord {
  private static final int LANES = BetaStrip.LANES;
  private static final int NUMBERS = 3 * LANES;

  final double[] charges = new double[LANES];
  private final double allowance;
  private int[] first = new int[0];
  private int[] border = new int[0];
  private int[] start = new int[0];
  private double[] borders = new double[0];
  private double[] cells = new double[0];
  private final int[] between = new int[LANES];
  private final double[] left = new double[LANES];
  private final double[] right = new double[LANES];
  private final double[] share = new double[LANES];
  private int used;
  private int last;

  /**
   * An empty record.
   *
   * @param allowance for the rounding of the h of a sweep
   */
  BetaRecord(double allowance) {
    this.allowance = allowance;
  }

  /** Starts anew, for layers 0..last. */
  void open(int lastLayer) {
    last = lastLayer;
    used = 0;
    if (first.length <= last) {
      first = new int[last + 1];
      border = new int[last + 1];
      start = new int[last + 1];
      borders = new double[NUMBERS * (last + 1)];
    }
  }

  /** The first row of a layer that may be positive. */
  int first(int layer) {
    return first[layer];
  }

  /** The border row of a layer; going one layer back it stays or falls by one. */
  int border(int layer) {
    return border[layer];
  }

  /** Where the border of a layer may be, if it should be at {@code wish}. */
  int border(int layer, int wish) {
    return layer == last ? wish : Math.clamp(wish, border[layer + 1] - 1, border[layer + 1]);
  }

  /** Keeps a layer, in order from the last; its strip holds the border row. */
  void keep(int layer, int firstRow, int borderRow, BetaStrip strip, boolean whole) {
    first[layer] = firstRow;
    border[layer] = borderRow;
    if (borderRow <= layer) {
      copy(strip, borderRow, borders, NUMBERS * layer);
    }
    start[layer] = -1;
    if (whole) {
      int rows = Math.max(0, Math.min(borderRow, layer + 1) - firstRow);
      int end = used + NUMBERS * rows;
      if (end > cells.length) {
        cells = Arrays.copyOf(cells, Math.max(end, 2 * cells.length));
      }
      start[layer] = used;
      for (int i = 0; i < rows; i++) {
        copy(strip, firstRow + i, cells, used + NUMBERS * i);
      }
      used = end;
    }
  }

  private static void copy(BetaStrip strip, int row, double[] to, int at) {
    System.arraycopy(strip.low, LANES * row, to, at, LANES);
    System.arraycopy(strip.time, LANES * row, to, at + LANES, LANES);
    System.arraycopy(strip.high, LANES * row, to, at + 2 * LANES, LANES);
  }

  /** Chooses what a lane is given from here on: bounds at a charge in an interval. */
  void aim(int lane, int interval, double charge) {
    between[lane] = interval;
    left[lane] = charge - charges[interval];
    right[lane] = charges[interval + 1] - charge;
    share[lane] = left[lane] / (left[lane] + right[lane]);
  }

  /** Bounds at the border of a layer, put into a lane of a strip. */
  void border(int layer, int lane, BetaStrip strip, int row) {
    put(borders, NUMBERS * layer, lane, strip, LANES * row + lane);
  }

  /**
   * Bounds in rows {@code from} to the border, or to {@code most} if that is less, of a layer kept
   * whole, put into a lane of a strip from its row {@code from - shift} on.
   */
  void layer(int layer, int lane, int from, int most, int shift, BetaStrip strip) {
    int end = Math.min(border[layer], most + 1);
    for (int row = from; row < end; row++) {
      int at = start[layer] + NUMBERS * (row - first[layer]);
      put(cells, at, lane, strip, LANES * (row - shift) + lane);
    }
    if (border[layer] <= most) {
      border(layer, lane, strip, border[layer] - shift);
    }
  }

  private void put(double[] numbers, int at, int lane, BetaStrip strip, int to) {
    int k = at + between[lane];
    double time0 = numbers[k + LANES];
    double time1 = numbers[k + LANES + 1];
    double a = numbers[k] - time0 * left[lane] - allowance;
    double b = numbers[k + 1] + time1 * right[lane] - allowance;
    double high0 = numbers[k + 2 * LANES];
    double chord = Math.fma(share[lane], numbers[k + 2 * LANES + 1] - high0, high0);
    double tangent = Math.max(a, b);
    strip.low[to] = Math.max(0, tangent);
    strip.time[to] = tangent > 0 ? (a >= b ? time0 : time1) : 0;
    strip.high[to] = chord > 0 ? chord + allowance : 0;
  }
}
