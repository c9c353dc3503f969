package bellwether.mechanisms.auction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bidders with one arm and one map: their breakpoints coincide, so that the sweep sees the product
 * of their factors as a single step function.
 *
 * <p>Distinct members are distinct {@code factors} arrays; bidders in the same state are one member
 * with a power.
 */
final class StepGroup {
  /** How far factors may leave [0, 1] or increase, for rounding in the arm's solver. */
  private static final double FACTOR_TOLERANCE = 1e-9;

  /** Doubles of prefix products held at a time: a quarter of a megabyte. */
  private static final int PREFIX_SIZE = 1 << 15;

  private final double[] breakpoints;
  private final double scale;
  private final double offset;
  private final boolean whole;
  private final List<double[]> factors = new ArrayList<>();
  private int[] powers = new int[1];
  private int[] bidders = new int[1];
  private double[] products = new double[0];
  private int first;

  /**
   * An empty group.
   *
   * @param breakpoints of the arm
   * @param scale alpha
   * @param offset beta / (1 - delta)
   * @param whole whether to keep the segments at the top on which every factor is 1
   */
  StepGroup(double[] breakpoints, double scale, double offset, boolean whole) {
    this.breakpoints = breakpoints;
    this.scale = scale;
    this.offset = offset;
    this.whole = whole;
  }

  /** Adds a bidder and returns the number of its member. */
  int add(double[] memberFactors, int bidder) {
    factors.add(memberFactors);
    int member = factors.size() - 1;
    if (member == powers.length) {
      powers = Arrays.copyOf(powers, 2 * member);
      bidders = Arrays.copyOf(bidders, 2 * member);
    }
    bidders[member] = bidder;
    powers[member] = 1;
    return member;
  }

  /** Adds another bidder to a member. */
  void repeat(int member) {
    powers[member]++;
  }

  int members() {
    return factors.size();
  }

  /** How many bidders a member stands for. */
  int power(int member) {
    return powers[member];
  }

  /** The number of segments, one more than breakpoints. */
  int segments() {
    return breakpoints.length + 1;
  }

  /** The first segment that matters: on those above it every factor is 1. */
  int first() {
    return first;
  }

  /** The mapped breakpoint at the lower end of segment j, or minus infinity below the last. */
  double breakpoint(int j) {
    return j < breakpoints.length ? scale * breakpoints[j] + offset : Double.NEGATIVE_INFINITY;
  }

  /** The product of all bidders' factors on segment j. */
  double product(int j) {
    return products[j];
  }

  /** The largest product on segment j that leaves one bidder of this group out. */
  double largestLeaveOneOut(int j) {
    double product = 1;
    double without = 0;
    for (int i = 0; i < members(); i++) {
      double f = factors.get(i)[j];
      double others = power(f, powers[i] - 1);
      without = Math.max(without * others * f, product * others);
      product *= others * f;
    }
    return without;
  }

  /**
   * Checks the arrays and multiplies the factors.
   *
   * @return what is wrong with them, or null
   */
  @Nullable String prepare() {
    for (int j = 0; j < breakpoints.length; j++) {
      double above = j == 0 ? Double.MAX_VALUE : breakpoints[j - 1];
      if (!(breakpoints[j] <= above && breakpoints[j] >= -Double.MAX_VALUE)) {
        return problem(
            0, "breakpoints must be finite and nonincreasing", "breakpoints", j, breakpoints[j]);
      }
      if (!Double.isFinite(breakpoint(j))) {
        return problem(
            0, "breakpoints must be finite in the objective", "breakpoints", j, breakpoints[j]);
      }
    }
    int firstBelowOne = segments();
    for (int i = 0; i < members(); i++) {
      double[] f = factors.get(i);
      if (f.length != segments()) {
        return "steps of bidder "
            + bidders[i]
            + ": factors must have one entry more than breakpoints, "
            + segments()
            + ": "
            + f.length;
      }
      double above = 1;
      for (int j = 0; j < f.length; j++) {
        if (!(f[j] >= -FACTOR_TOLERANCE && f[j] <= above + FACTOR_TOLERANCE)) {
          return problem(i, "factors must lie in [0, 1] and not increase", "factors", j, f[j]);
        }
        above = f[j];
      }
      int j = 0;
      while (j < firstBelowOne && f[j] >= 1) {
        j++;
      }
      firstBelowOne = j;
    }
    first = whole ? 0 : Math.max(0, firstBelowOne - 1);
    multiply();
    return null;
  }

  private String problem(int member, String expected, String array, int j, double value) {
    return "steps of bidder "
        + bidders[member]
        + ": "
        + expected
        + ": "
        + array
        + "["
        + j
        + "] = "
        + value;
  }

  private void multiply() {
    if (members() == 1 && powers[0] == 1) {
      products = factors.getFirst();
      return;
    }
    products = new double[segments()];
    Arrays.fill(products, 1);
    for (int i = 0; i < members(); i++) {
      double[] f = factors.get(i);
      if (powers[i] == 1) {
        for (int j = first; j < products.length; j++) {
          products[j] *= f[j];
        }
      } else {
        for (int j = first; j < products.length; j++) {
          products[j] *= power(f[j], powers[i]);
        }
      }
      // Subnormal products would be a hundred times slower than zeros.
      if ((i & 7) == 7 || i == members() - 1) {
        for (int j = first; j < products.length; j++) {
          products[j] = products[j] < ProductSweep.NOTHING ? 0 : products[j];
        }
      }
    }
  }

  /**
   * What one bidder of each member adds to the welfare: the integral of (1 - f_i) times the product
   * of all other bidders.
   *
   * @param row for each segment from the first, the integral of the product of the other groups
   */
  double[] contributions(double[] row) {
    double[] sums = new double[members()];
    if (members() == 1) {
      double[] f = factors.getFirst();
      double sum = 0;
      for (int j = 0; j < row.length; j++) {
        sum += row[j] * power(f[first + j], powers[0] - 1) * (1 - f[first + j]);
      }
      sums[0] = sum;
      return sums;
    }
    int block = Math.clamp(PREFIX_SIZE / members(), 8, 256);
    double[] prefix = new double[members() * block];
    double[] running = new double[block];
    for (int start = 0; start < row.length; start += block) {
      int length = Math.min(block, row.length - start);
      if (isZero(row, start, length)) {
        continue;
      }
      Arrays.fill(running, 1);
      for (int i = 0; i < members(); i++) {
        System.arraycopy(running, 0, prefix, i * block, length);
        times(running, i, first + start, length);
      }
      Arrays.fill(running, 1);
      for (int i = members() - 1; i >= 0; i--) {
        sums[i] += share(row, start, prefix, i * block, running, i, length);
        times(running, i, first + start, length);
      }
    }
    return sums;
  }

  private static boolean isZero(double[] row, int start, int length) {
    for (int j = start; j < start + length; j++) {
      if (row[j] != 0) {
        return false;
      }
    }
    return true;
  }

  private void times(double[] running, int member, int factorStart, int length) {
    double[] f = factors.get(member);
    int power = powers[member];
    for (int j = 0; j < length; j++) {
      double own = power == 1 ? f[factorStart + j] : power(f[factorStart + j], power);
      double product = running[j] * own;
      running[j] = product < ProductSweep.NOTHING ? 0 : product;
    }
  }

  private double share(
      double[] row,
      int start,
      double[] prefix,
      int prefixStart,
      double[] suffix,
      int member,
      int length) {
    double[] f = factors.get(member);
    int others = powers[member] - 1;
    // Two sums, so that an addition does not wait for the one before it.
    double even = 0;
    double odd = 0;
    for (int j = 0; j < length; j++) {
      double own = f[first + start + j];
      double without = prefix[prefixStart + j] * suffix[j];
      if (others > 0) {
        without *= power(own, others);
      }
      double term = row[start + j] * without * (1 - own);
      if ((j & 1) == 0) {
        even += term;
      } else {
        odd += term;
      }
    }
    return even + odd;
  }

  /** x to the n by squaring, n at least 0; 0 to the 0 is 1. */
  static double power(double x, int n) {
    double result = 1;
    double square = x;
    for (int rest = n; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }
}
