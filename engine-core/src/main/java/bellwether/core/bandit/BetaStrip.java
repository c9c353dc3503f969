package bellwether.core.bandit;

import bellwether.core.kernel.LatticeKernels;
import java.util.Arrays;

/**
 * One layer of eight retirement problems of Beta beliefs, between bounds: h from below, its
 * discounted number of pulls, and h from above ({@link LatticeKernels#bernoulliLanes}). Row i of
 * problem l stands at 8 i + l.
 *
 * <p>Rows below those computed are 0: proved so by a bound from above that was not positive.
 */
final class BetaStrip {
  static final int LANES = LatticeKernels.LANES;

  private final double discount;
  private final LatticeKernels kernels;

  /** Charges, slopes and origins. */
  final double[] lanes = new double[3 * LANES];

  double[] low = new double[0];
  double[] time = new double[0];
  double[] high = new double[0];

  BetaStrip(double discount, LatticeKernels kernels) {
    this.discount = discount;
    this.kernels = kernels;
  }

  /** Makes room for rows 0..rows-1; what they hold is whatever was there. */
  void rows(int rows) {
    if (low.length < LANES * rows) {
      low = new double[LANES * rows];
      time = new double[LANES * rows];
      high = new double[LANES * rows];
    }
  }

  /** Layers of one arm in all lanes: means are (alpha + i) / counts. */
  void means(double alpha, double counts) {
    double slope = 1 / counts;
    Arrays.fill(lanes, LANES, 2 * LANES, slope);
    Arrays.fill(lanes, 2 * LANES, 3 * LANES, alpha * slope);
  }

  /** One layer back, rows from..to-1. */
  void step(int from, int to) {
    kernels.bernoulliLanes(discount, lanes, low, time, high, from, to);
  }

  /** Zero rows from..to-1. */
  void clear(int from, int to) {
    if (from < to) {
      Arrays.fill(low, LANES * from, LANES * to, 0.0);
      Arrays.fill(time, LANES * from, LANES * to, 0.0);
      Arrays.fill(high, LANES * from, LANES * to, 0.0);
    }
  }

  /** Whether the bound from above is 0 in all lanes: nobody pulls there. */
  boolean dead(int row) {
    for (int at = LANES * row; at < LANES * row + LANES; at++) {
      if (high[at] > 0) {
        return false;
      }
    }
    return true;
  }

  /** The first row in from..to-1 where a lane surely pulls; {@code to} if none. */
  int alive(int lane, int from, int to) {
    int row = from;
    while (row < to && low[LANES * row + lane] <= 0) {
      row++;
    }
    return row;
  }
}
