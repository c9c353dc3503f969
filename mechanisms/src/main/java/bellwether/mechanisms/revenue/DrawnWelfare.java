package bellwether.mechanisms.revenue;

import java.util.Arrays;

/**
 * The welfare of a bandit at one draw of types: the merge of all scaled breakpoints from the top
 * down, as far as the product is something.
 *
 * <pre>  W = M0 + integral from M0 of 1 - prod_i phi_i'(M) dM  </pre>
 *
 * <p>The product falls fast: of 1,000 arms of 200 states some thousands of breakpoints below the
 * highest leave 1e-18 of it. Breakpoints are taken from the arms window by window, put in order by
 * buckets, and multiplied on. The order is that of (M, bidder), whatever the windows are, and so
 * are the bits. Scratch memory is reused: one object for each thread.
 */
final class DrawnWelfare {
  /** The merge ends where the product is less: 1 less that is 1. */
  private static final double NOTHING = 1e-17;

  /** Breakpoints that a window should hold. */
  private static final int WINDOW = 1500;

  private static final int FEW = 24;

  private final double[][] at;
  private final double[][] ratio;
  private final double bottom;
  private final int[] active;
  private final int[] cursor;
  private double[] key = new double[2 * WINDOW];
  private double[] factor = new double[2 * WINDOW];
  private double[] sortedKey = new double[2 * WINDOW];
  private double[] sortedFactor = new double[2 * WINDOW];
  private int[] bucket = new int[2 * WINDOW];
  private int[] starts = new int[2 * WINDOW];
  private int count;
  private double width;
  private double rest;

  /**
   * For any number of draws of one set of bidders.
   *
   * @param at breakpoints of each bidder, unscaled
   * @param ratio by what its factor changes at each
   * @param bottom M0
   */
  DrawnWelfare(double[][] at, double[][] ratio, double bottom) {
    this.at = at;
    this.ratio = ratio;
    this.bottom = bottom;
    active = new int[at.length];
    cursor = new int[at.length];
  }

  /** phi' ratios from drops. */
  static double[] ratios(ArmDrops drops) {
    double[] ratio = new double[drops.count()];
    double now = 1;
    for (int k = 0; k < ratio.length; k++) {
      ratio[k] = drops.factor()[k] / now;
      now = drops.factor()[k];
      // Below a factor of 0 nothing changes any more.
      if (now == 0) {
        return Arrays.copyOf(ratio, k + 1);
      }
    }
    return ratio;
  }

  /**
   * W - M0.
   *
   * @param scale of each bidder's breakpoints; one that is not positive leaves the bidder out
   * @param offset added to them
   * @param first where the entries of this draw begin in both
   * @param stride from one bidder to the next
   */
  double gain(double[] scale, double[] offset, int first, int stride) {
    double top = bottom;
    int n = 0;
    for (int i = 0; i < at.length; i++) {
      double a = scale[first + i * stride];
      if (a > 0 && ratio[i].length > 0) {
        double highest = a * at[i][0] + offset[first + i * stride];
        if (highest > bottom) {
          active[n++] = i;
          cursor[i] = 0;
          top = Math.max(top, highest);
        }
      }
    }
    double product = 1;
    double level = top;
    double sum = 0;
    double window = top;
    if (!(width > 0)) {
      width = (top - bottom) / 64;
    }
    while (n > 0 && product >= NOTHING) {
      double low = window - width;
      if (!(low > bottom && low < window)) {
        low = bottom;
      }
      count = 0;
      n = collect(scale, offset, first, stride, low, n);
      sort(window, low);
      // Where the merge ends must not depend on the windows: its last piece is summed as one.
      for (int c = 0; c < count && product >= NOTHING; c++) {
        double next = sortedKey[c];
        sum += (level - next) * (1 - product);
        level = next;
        product *= sortedFactor[c];
      }
      width *= Math.clamp((double) WINDOW / (count + 1), 0.5, 2);
      window = low;
    }
    rest = product;
    return sum + (level - bottom) * (1 - product);
  }

  /** The product at M0 of the last draw: the expected discount when nobody is served any more. */
  double rest() {
    return rest;
  }

  /** Takes all breakpoints down to {@code low}; returns how many bidders have more. */
  private int collect(double[] scale, double[] offset, int first, int stride, double low, int n) {
    int left = 0;
    for (int j = 0; j < n; j++) {
      int i = active[j];
      double a = scale[first + i * stride];
      double b = offset[first + i * stride];
      double[] points = at[i];
      double[] ratios = ratio[i];
      int k = cursor[i];
      if (count + ratios.length - k > key.length) {
        grow(count + ratios.length - k);
      }
      int c = count;
      while (k < ratios.length) {
        double next = a * points[k] + b;
        // At the bottom itself a breakpoint changes nothing.
        if (next < low || next == bottom) {
          break;
        }
        key[c] = next;
        factor[c++] = ratios[k++];
      }
      count = c;
      cursor[i] = k;
      if (k < ratios.length && low > bottom) {
        active[left++] = i;
      }
    }
    return left;
  }

  private void grow(int least) {
    int size = Math.max(least, 2 * key.length);
    key = Arrays.copyOf(key, size);
    factor = Arrays.copyOf(factor, size);
    sortedKey = new double[size];
    sortedFactor = new double[size];
    bucket = new int[size];
    starts = new int[size];
  }

  /** Nonincreasing keys; equal ones keep the order of the bidders. */
  private void sort(double high, double low) {
    int n = count;
    if (n <= FEW) {
      System.arraycopy(key, 0, sortedKey, 0, n);
      System.arraycopy(factor, 0, sortedFactor, 0, n);
    } else {
      Arrays.fill(starts, 0, n, 0);
      double perUnit = (n - 1) / (high - low);
      for (int c = 0; c < n; c++) {
        int place = Math.clamp((int) ((high - key[c]) * perUnit), 0, n - 1);
        bucket[c] = place;
        starts[place]++;
      }
      int before = 0;
      for (int p = 0; p < n; p++) {
        int own = starts[p];
        starts[p] = before;
        before += own;
      }
      for (int c = 0; c < n; c++) {
        int to = starts[bucket[c]]++;
        sortedKey[to] = key[c];
        sortedFactor[to] = factor[c];
      }
    }
    for (int c = 1; c < n; c++) {
      double k = sortedKey[c];
      if (k > sortedKey[c - 1]) {
        double f = sortedFactor[c];
        int to = c - 1;
        while (to >= 0 && k > sortedKey[to]) {
          sortedKey[to + 1] = sortedKey[to];
          sortedFactor[to + 1] = sortedFactor[to];
          to--;
        }
        sortedKey[to + 1] = k;
        sortedFactor[to + 1] = f;
      }
    }
  }
}
