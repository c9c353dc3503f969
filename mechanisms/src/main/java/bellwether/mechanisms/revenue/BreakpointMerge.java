package bellwether.mechanisms.revenue;

import java.util.Arrays;

/**
 * The breakpoints of all bidders in one list from the top, with the logarithm of the product below
 * each, down to where leaving any one bidder out leaves nothing.
 *
 * <p>Equal breakpoints stand in the order of the bidders, which is the order in which ties are won.
 */
final class BreakpointMerge {
  /** exp of this is nothing beside 1. */
  private static final double NOTHING = -46;

  private final double bottom;
  private final ArmDrops[] drops;
  private final double[] scale;
  private final double[] offset;
  private double[] at = new double[1024];
  private int[] bidder = new int[1024];

  /** Of the product without its zero factors; and how many of these there are. */
  private double[] log = new double[1024];

  private int[] zeros = new int[1024];
  private int count;
  private boolean cut;

  /**
   * Merges.
   *
   * @param drops of each bidder, with {@code scale} above 0 for those that take part
   * @param offset added to scaled breakpoints
   * @param bottom M0: only breakpoints above it count
   */
  BreakpointMerge(ArmDrops[] drops, double[] scale, double[] offset, double bottom) {
    this.drops = drops;
    this.scale = scale;
    this.offset = offset;
    this.bottom = bottom;
    merge();
  }

  private double key(int i, int k) {
    double[] own = drops[i].at();
    return k < own.length ? scale[i] * own[k] + offset[i] : Double.NEGATIVE_INFINITY;
  }

  private void merge() {
    int n = drops.length;
    int[] heap = new int[n];
    double[] next = new double[n];
    int[] cursor = new int[n];
    int size = 0;
    for (int i = 0; i < n; i++) {
      next[i] = scale[i] > 0 ? key(i, 0) : Double.NEGATIVE_INFINITY;
      if (next[i] > bottom) {
        heap[size++] = i;
      }
    }
    for (int h = size / 2 - 1; h >= 0; h--) {
      sink(heap, size, h, next);
    }
    double sum = 0;
    double lost = 0;
    double least = 0;
    int zero = 0;
    while (size > 0) {
      int i = heap[0];
      int k = cursor[i]++;
      double above = k == 0 ? 1 : drops[i].factor()[k - 1];
      double below = drops[i].factor()[k];
      double change = -StrictMath.log(above);
      if (below > 0) {
        double own = StrictMath.log(below);
        change += own;
        least = Math.min(least, own);
      } else {
        zero++;
      }
      double total = sum + change;
      lost += Math.abs(sum) >= Math.abs(change) ? (sum - total) + change : (change - total) + sum;
      sum = total;
      append(next[i], i, sum + lost, zero);
      next[i] = key(i, k + 1);
      if (!(next[i] > bottom)) {
        heap[0] = heap[--size];
      }
      sink(heap, size, 0, next);
      if (zero > 1 || sum - (zero == 0 ? least : 0) < NOTHING) {
        cut = true;
        break;
      }
    }
  }

  private static void sink(int[] heap, int size, int from, double[] next) {
    int h = from;
    while (2 * h + 1 < size) {
      int child = 2 * h + 1;
      if (child + 1 < size && before(heap[child + 1], heap[child], next)) {
        child++;
      }
      if (!before(heap[child], heap[h], next)) {
        return;
      }
      int moved = heap[h];
      heap[h] = heap[child];
      heap[child] = moved;
      h = child;
    }
  }

  private static boolean before(int i, int j, double[] next) {
    return next[i] > next[j] || (next[i] == next[j] && i < j);
  }

  private void append(double breakpoint, int i, double sum, int zero) {
    if (count == at.length) {
      at = Arrays.copyOf(at, 2 * count);
      bidder = Arrays.copyOf(bidder, 2 * count);
      log = Arrays.copyOf(log, 2 * count);
      zeros = Arrays.copyOf(zeros, 2 * count);
    }
    at[count] = breakpoint;
    bidder[count] = i;
    log[count] = sum;
    zeros[count++] = zero;
  }

  /** How many breakpoints stand in the list. */
  int count() {
    return count;
  }

  /** The integral of 1 less the product, from M0. */
  double gain() {
    double sum = 0;
    for (int l = count - 1; l >= 0; l--) {
      double lower = l + 1 < count ? at[l + 1] : bottom;
      sum += (at[l] - lower) * (zeros[l] > 0 ? 1 : -StrictMath.expm1(log[l]));
    }
    return sum;
  }

  /** The product below the last breakpoint; at M0, unless nothing is left. */
  double rest() {
    if (count == 0) {
      return 1;
    }
    boolean nothing = zeros[count - 1] > 0 || log[count - 1] < NOTHING;
    return nothing ? 0 : StrictMath.exp(log[count - 1]);
  }

  /**
   * The others of one bidder: the product without its factor, as a step function that falls from 1
   * at the breakpoints of the others.
   */
  Others others(int i) {
    double[] points = new double[count];
    double[] product = new double[count];
    double[] ownProduct = new double[drops[i].count()];
    int own = 0;
    double ownLog = 0;
    int ownZero = 0;
    double now = 1;
    int n = 0;
    for (int l = 0; l < count; l++) {
      if (bidder[l] == i) {
        double factor = drops[i].factor()[own];
        ownProduct[own++] = now;
        ownZero = factor > 0 ? 0 : 1;
        ownLog = factor > 0 ? StrictMath.log(factor) : 0;
        continue;
      }
      double rest = zeros[l] - ownZero > 0 ? 0 : StrictMath.exp(log[l] - ownLog);
      // Rounding must not let the product rise.
      now = Math.min(now, rest);
      points[n] = at[l];
      product[n++] = now;
    }
    // Where the list ends early the product is nothing, else it stays what it is.
    double end = cut ? 0 : now;
    for (; own < ownProduct.length && key(i, own) > bottom; own++) {
      ownProduct[own] = end;
    }
    return new Others(Arrays.copyOf(points, n), Arrays.copyOf(product, n), ownProduct, bottom);
  }
}
