package bellwether.mechanisms.auction;

import bellwether.core.parallel.Workers;

/**
 * One sweep down M over a product of nondecreasing step functions with values in [0, 1]:
 *
 * <pre>
 *   gain      = integral over [bottom, top] of 1 - prod_g p_g(M) dM
 *   row[g][j] = integral over segment j of p_g of prod_{h != g} p_h(M) dM
 * </pre>
 *
 * <p>The step functions are the leaves of a binary tree whose nodes hold the product below them.
 * Leaving one factor out needs no division: a node also holds a pending weight, the integral of the
 * product of everything <em>outside</em> it since the weight was last handed down; handing down
 * gives each child the weight times its sibling's product. Before leaf g changes, the weights on
 * its path are handed down, so that every product is still the one that was true while the weight
 * gathered. All terms are nonnegative and nothing is subtracted or divided: zero factors are
 * ordinary factors, underflow is an honest zero, and each row is exact to a few ulps a level.
 *
 * <p>The same tree finds the next breakpoint: nodes hold the largest one below. Cost: one walk down
 * and one up a breakpoint, O(log groups); memory O(groups) beside the rows.
 */
final class ProductSweep {
  /** Products below this are zero: together they change no integral by 1e-29 of its range. */
  static final double NOTHING = 1e-30;

  /** The sweep ends when every product that leaves one out has less than this share to add. */
  private static final double NEGLIGIBLE = 1e-20;

  // A node is PRODUCT, PENDING, NEXT and one unused entry; siblings share a cache line.
  private static final int PENDING = 1;
  private static final int NEXT = 2;

  private final StepGroup[] groups;
  private final double[][] rows;
  private final int[] segment;
  private final int leaves;
  private final double[] tree;
  private final int members;
  private double gain;

  /**
   * Sweeps from the highest breakpoint of the groups down to {@code bottom}.
   *
   * @param groups at least one, each with a breakpoint above {@code bottom}
   */
  ProductSweep(StepGroup[] groups, double bottom) {
    this.groups = groups;
    this.rows = new double[groups.length][];
    this.segment = new int[groups.length];
    this.leaves = Math.max(1, Integer.highestOneBit(2 * groups.length - 1));
    this.tree = new double[8 * leaves];
    int count = 0;
    double top = bottom;
    for (int n = leaves; n < 2 * leaves; n++) {
      int g = n - leaves;
      if (g < groups.length) {
        StepGroup group = groups[g];
        segment[g] = group.first();
        rows[g] = new double[group.segments() - group.first()];
        tree[4 * n] = group.product(segment[g]);
        tree[4 * n + NEXT] = group.breakpoint(segment[g]);
        top = Math.max(top, tree[4 * n + NEXT]);
        count += group.members();
      } else {
        tree[4 * n] = 1;
        tree[4 * n + NEXT] = Double.NEGATIVE_INFINITY;
      }
    }
    this.members = count;
    for (int n = leaves - 1; n >= 1; n--) {
      refresh(n);
    }
    sweep(top, bottom);
  }

  /** The integral of one minus the product. */
  double gain() {
    return gain;
  }

  /** For each segment of group g from its first: the integral of the product of the others. */
  double[] row(int g) {
    return rows[g];
  }

  private void sweep(double top, double bottom) {
    double sum = 0;
    double lost = 0;
    double level = top;
    // The stopping test costs about one step a member: a hundredth of the steps between two.
    int interval = Math.max(1024, 4 * members);
    int left = interval;
    while (tree[4 + NEXT] > bottom) {
      double next = tree[4 + NEXT];
      double length = level - next;
      if (length > 0) {
        double term = length * (1 - tree[4]);
        double total = sum + term;
        lost += Math.abs(sum) >= term ? (sum - total) + term : (term - total) + sum;
        sum = total;
        tree[4 + PENDING] += length;
        level = next;
      }
      step();
      if (--left == 0) {
        Workers.checkInterrupted();
        if (largestLeaveOneOut() * (level - bottom) <= NEGLIGIBLE * (top - bottom)) {
          break;
        }
        left = interval;
      }
    }
    double rest = level - bottom;
    gain = sum + (lost + rest * (1 - tree[4]));
    tree[4 + PENDING] += rest;
    for (int n = 1; n < leaves; n++) {
      handDown(n);
    }
    for (int g = 0; g < groups.length; g++) {
      rows[g][segment[g] - groups[g].first()] = tree[4 * (leaves + g) + PENDING];
    }
  }

  /** Moves the leaf with the highest next breakpoint (the lowest such leaf) one segment down. */
  private void step() {
    int n = 1;
    while (n < leaves) {
      handDown(n);
      int child = 8 * n;
      n = 2 * n + (tree[child + 4 + NEXT] > tree[child + NEXT] ? 1 : 0);
    }
    int g = n - leaves;
    StepGroup group = groups[g];
    int j = segment[g];
    rows[g][j - group.first()] = tree[4 * n + PENDING];
    j++;
    segment[g] = j;
    tree[4 * n] = group.product(j);
    tree[4 * n + PENDING] = 0;
    tree[4 * n + NEXT] = group.breakpoint(j);
    for (n >>= 1; n >= 1; n >>= 1) {
      refresh(n);
    }
  }

  private void handDown(int n) {
    int child = 8 * n;
    double weight = tree[4 * n + PENDING];
    tree[child + PENDING] += weight * tree[child + 4];
    tree[child + 4 + PENDING] += weight * tree[child];
    tree[4 * n + PENDING] = 0;
  }

  private void refresh(int n) {
    int child = 8 * n;
    double product = tree[child] * tree[child + 4];
    tree[4 * n] = product < NOTHING ? 0 : product;
    double leftNext = tree[child + NEXT];
    double rightNext = tree[child + 4 + NEXT];
    tree[4 * n + NEXT] = rightNext > leftNext ? rightNext : leftNext;
  }

  /** The largest product here that leaves one bidder out; below this M none is larger. */
  private double largestLeaveOneOut() {
    double product = 1;
    double without = 0;
    for (int g = 0; g < groups.length; g++) {
      double own = groups[g].product(segment[g]);
      double ownWithout = groups[g].largestLeaveOneOut(segment[g]);
      without = Math.max(without * own, product * ownWithout);
      product *= own;
      if (without < NOTHING) {
        return 0;
      }
      if (product < NOTHING) {
        product = 0;
      }
    }
    return without;
  }
}
