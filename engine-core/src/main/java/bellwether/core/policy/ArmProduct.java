package bellwether.core.policy;

import bellwether.core.bandit.FiniteArm;
import bellwether.core.bandit.RetirementSteps;
import bellwether.core.bandit.StateElimination;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The optimum of a bandit whose arms rest while they are passive, one active a period, from its
 * arms alone (Whittle 1980): with phi_i(M) the value of arm i that may retire for M, and B at least
 * every breakpoint,
 *
 * <pre>
 * W = B - integral up to B of prod_i phi_i'(M) dM,
 * share of arm i = integral of prod_{j != i} phi_j'(M) d phi_i'(M).
 * </pre>
 *
 * <p>The share is what W gains from a reward of 1 - d for each pull of arm i. phi_i' is a step
 * function, so both are sums over the arms' breakpoints, with the product kept in a tree. The joint
 * states are never met, and may be any number.
 */
final class ArmProduct {
  /** Breakpoints that differ by less, as a share of the largest reward, are one number rounded. */
  private static final double SAME = 1e-12;

  /** And those that differ by less than this tie for a policy. */
  private static final double TIE = 1e-9;

  private final double value;
  private final double errorBound;
  private final double[] shares;
  private final boolean tied;

  private ArmProduct(double value, double errorBound, double[] shares, boolean tied) {
    this.value = value;
    this.errorBound = errorBound;
    this.shares = shares;
    this.tied = tied;
  }

  /** Whether a bandit is of this kind. */
  static boolean fits(BanditProblem problem) {
    return problem.activate() == 1
        && problem.horizon() == 0
        && problem.arms().stream().allMatch(BanditArm.Rested.class::isInstance);
  }

  /** The optimum and its shares. */
  ExactValue value() {
    return new ExactValue(value, errorBound, 0, shares);
  }

  /**
   * Whether indices of different arms nearly tie, so that a policy which takes them for equal may
   * earn less than the optimum.
   */
  boolean nearlyTied() {
    return tied;
  }

  /** Solves the arms, each once. */
  static ArmProduct of(BanditProblem problem, RewardRange range, Kernels kernels, Workers workers) {
    int count = problem.arms().size();
    int[] states = problem.states();
    Map<FiniteArm, StateElimination> solved = new HashMap<>();
    RetirementSteps[] steps = new RetirementSteps[count];
    int total = 0;
    int longest = 0;
    for (int i = 0; i < count; i++) {
      BanditArm.Rested rested = (BanditArm.Rested) problem.arms().get(i);
      StateElimination elimination = solved.get(rested.arm());
      if (elimination == null) {
        elimination = StateElimination.of(rested.arm(), problem.discount(), kernels, workers);
        solved.put(rested.arm(), elimination);
      }
      steps[i] = elimination.retirementSteps(new int[] {states[i]}, kernels)[0];
      total = Math.addExact(total, rested.states());
      longest = Math.max(longest, rested.states());
    }
    double forever = 1 / (1 - problem.discount());
    double error =
        0x1p-52 * (64 + 8.0 * longest + 2 * count) * Math.max(range.largest(), 0) * forever;
    return new Merge(problem, steps, total, range.largest() * forever).run(error);
  }

  /** The breakpoints of all arms from the highest on. */
  private static final class Merge {
    private final int arms;
    private final double[] points;
    private final int[] owner;
    private final int[] step;
    private final RetirementSteps[] steps;
    private final double largest;
    private final int leaves;
    private final double[] tree;

    Merge(BanditProblem problem, RetirementSteps[] steps, int total, double largest) {
      this.steps = steps;
      this.largest = largest;
      arms = steps.length;
      double[] all = new double[total];
      int[] arm = new int[total];
      int[] number = new int[total];
      Integer[] order = new Integer[total];
      int at = 0;
      for (int i = 0; i < arms; i++) {
        double scale = problem.arms().get(i).scale();
        double[] own = steps[i].breakpoints();
        for (int k = 0; k < own.length; k++) {
          all[at] = own[k] * scale;
          arm[at] = i;
          number[at] = k;
          order[at] = at++;
        }
      }
      // Stable: an arm's own steps stay in order.
      Arrays.sort(order, (a, b) -> Double.compare(all[b], all[a]));
      points = new double[total];
      owner = new int[total];
      step = new int[total];
      for (int k = 0; k < total; k++) {
        points[k] = all[order[k]];
        owner[k] = arm[order[k]];
        step[k] = number[order[k]];
      }
      int size = 1;
      while (size < arms) {
        size *= 2;
      }
      leaves = size;
      tree = new double[2 * size];
      Arrays.fill(tree, 1);
    }

    /** Equal breakpoints belong to the lowest arms first. */
    private void lowestFirst() {
      for (int from = 0; from < points.length; ) {
        int to = from + 1;
        while (to < points.length && points[from] - points[to] <= SAME * largest) {
          to++;
        }
        for (int k = from + 1; k < to; k++) {
          int arm = owner[k];
          int number = step[k];
          int at = k;
          for (; at > from && owner[at - 1] > arm; at--) {
            owner[at] = owner[at - 1];
            step[at] = step[at - 1];
          }
          owner[at] = arm;
          step[at] = number;
        }
        from = to;
      }
    }

    ArmProduct run(double error) {
      lowestFirst();
      double[] shares = new double[arms];
      double integral = 0;
      double lost = 0;
      double product = 1;
      boolean tied = false;
      for (int k = 0; k < points.length && product > 0; k++) {
        if (k > 0) {
          double width = points[k - 1] - points[k];
          // Neumaier: products of many small steps add up.
          double sum = integral + width * product;
          lost += (integral - sum) + width * product;
          integral = sum;
        }
        tied = tied || tied(k);
        int arm = owner[k];
        int next = step[k] + 1;
        // Below its last breakpoint an arm never retires.
        boolean last = next == steps[arm].breakpoints().length;
        double after = replace(arm, last ? 0 : steps[arm].factors()[next]);
        shares[arm] += product - after;
        product = after;
      }
      return new ArmProduct(points[0] - (integral + lost), error, shares, tied);
    }

    /** Whether another arm's breakpoint is a little below number k. */
    private boolean tied(int k) {
      for (int m = k + 1; m < points.length && points[k] - points[m] <= TIE * largest; m++) {
        if (owner[m] != owner[k] && points[k] - points[m] > SAME * largest) {
          return true;
        }
      }
      return false;
    }

    private double replace(int arm, double factor) {
      int at = leaves + arm;
      tree[at] = factor;
      for (at /= 2; at >= 1; at /= 2) {
        tree[at] = tree[2 * at] * tree[2 * at + 1];
      }
      return arms == 1 && leaves == 1 ? factor : tree[1];
    }
  }

  /** The product's answer for a policy, or null where it has none. */
  static @Nullable ExactValue of(ArmProduct product, Policy policy) {
    return switch (policy) {
      case OPTIMAL -> product.value();
      case GITTINS, WHITTLE -> product.nearlyTied() ? null : product.value();
      default -> null;
    };
  }
}
