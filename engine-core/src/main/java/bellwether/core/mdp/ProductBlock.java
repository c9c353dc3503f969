package bellwether.core.mdp;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ModeKernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Backs up one block of a product model after the other; the workspace of one thread. For every
 * action: {@link OuterModes} averages over the successors of the outer modes, then the modes within
 * the block are applied one after the other, the last two a few rows at a time in the first cache,
 * and the backups are compared with those of the actions before.
 */
final class ProductBlock {
  private final ProductPlan plan;
  private final ModeKernels kernels;
  private final double discount;
  private final @Nullable OuterModes[] outerModes;

  /** A block that is ready for the modes within it, and one more. */
  private double[] expected = new double[0];

  private double[] other = new double[0];

  /** Which of the two was written last. */
  private boolean intoOther;

  /** Rows after the mode before the last, and after the last. */
  private final double[] rows;

  private final double[] averaged;
  private final double[] workspace;

  /** By action: sign times the reward without rows and last types; -infinity if not allowed. */
  private final double[] constant;

  private final int[] types;

  /** While choosing, by action: the block's backups. */
  private double[][] backups = new double[0][];

  /** The least and largest change of a piece, and the largest size. */
  final double[] extremes = new double[3];

  private double[] h = new double[0];
  private double[] out = new double[0];
  private double drift;
  private double offset;
  private int[] policy = new int[0];
  private long sweep = -1;

  ProductBlock(ProductPlan plan, double discount, Kernels kernels) {
    this.plan = plan;
    this.discount = discount;
    this.kernels = kernels.modes();
    int actions = plan.step.length;
    outerModes = new OuterModes[actions];
    int space = 0;
    int rowStride = plan.rowLength;
    for (int a = 0; a < actions; a++) {
      outerModes[a] = OuterModes.of(plan, a, this.kernels);
      RowMode mode = plan.last[a];
      if (mode != null) {
        space = Math.max(space, mode.workspace());
        rowStride = Math.max(rowStride, mode.stride());
      }
    }
    rows = new double[RowMode.ROWS * plan.rowLength];
    averaged = new double[RowMode.ROWS * rowStride];
    workspace = new double[space];
    constant = new double[actions];
    types = new int[plan.outer];
  }

  /** Before a piece. */
  void begin(double[] from, double[] next, double less, int[] chosen, double above, long number) {
    h = from;
    out = next;
    drift = less;
    policy = chosen;
    offset = above;
    if (number != sweep) {
      sweep = number;
      for (OuterModes modes : outerModes) {
        if (modes != null) {
          modes.forget();
        }
      }
    }
    if (policy.length > 0 && backups.length == 0) {
      backups = new double[constant.length][plan.blockSize];
    }
    extremes[0] = Double.POSITIVE_INFINITY;
    extremes[1] = Double.NEGATIVE_INFINITY;
    extremes[2] = 0;
  }

  /** Backs up one block, given its place in the visiting order. */
  void run(int place) {
    int rest = place;
    int base = 0;
    for (int j = plan.outer - 1; j >= 0; j--) {
      types[j] = plan.order[j][rest % plan.size[j]];
      rest /= plan.size[j];
      base += types[j] * plan.stride[j];
    }
    int lastAction = -1;
    for (int a = 0; a < constant.length; a++) {
      double sum = plan.sign * plan.model.designerValue(a);
      for (int j = 0; j < plan.outer; j++) {
        sum += plan.outerReward[a][j][types[j]];
      }
      constant[a] = sum;
      if (sum != Double.NEGATIVE_INFINITY) {
        lastAction = a;
      }
    }
    if (policy.length > 0) {
      choose(base);
      return;
    }
    boolean first = true;
    for (int a = 0; a <= lastAction; a++) {
      if (constant[a] != Double.NEGATIVE_INFINITY) {
        backUp(a, base, out, base, first, a == lastAction);
        first = false;
      }
    }
  }

  /** Backs up with one action; settles what is done if that is the last action. */
  private void backUp(
      int action, int base, double[] target, int targetOffset, boolean first, boolean settle) {
    int length = plan.rowLength;
    double[] source = h;
    int from = base;
    OuterModes outer = outerModes[action];
    if (outer != null) {
      source = outer.average(types, h);
      from = 0;
    }
    ProductPlan.@Nullable ModeStep inner = null;
    int innerMode = 0;
    int lastMode = plan.size.length - 1;
    for (int j = plan.outer; j < lastMode; j++) {
      ProductPlan.ModeStep step = plan.step[action][j];
      if (step == null) {
        continue;
      }
      if (inner != null) {
        double[] image = apply(inner, innerMode, source, from);
        source = image;
        from = 0;
      }
      inner = step;
      innerMode = j;
    }
    RowMode last = plan.last[action];
    double[] rowReward = plan.rowReward[action];
    double[] reward = plan.lastReward[action];
    for (int r = 0; r < plan.blockRows; r += RowMode.ROWS) {
      int count = Math.min(RowMode.ROWS, plan.blockRows - r);
      double[] x = source;
      int xOffset = from + r * length;
      int apart = length;
      if (inner != null) {
        mixRows(inner, innerMode, source, from, r, count);
        x = rows;
        xOffset = 0;
      }
      if (last != null) {
        last.apply(count, x, xOffset, averaged, workspace);
        x = averaged;
        xOffset = 0;
        apart = last.stride();
      }
      int to = targetOffset + r * length;
      for (int i = 0; i < count; i++) {
        double fixed = constant[action] + rowReward[r + i];
        if (first) {
          kernels.backup(
              discount, x, xOffset + i * apart, fixed, reward, target, to + i * length, length);
        } else {
          kernels.raise(
              discount, x, xOffset + i * apart, fixed, reward, target, to + i * length, length);
        }
      }
      if (settle) {
        int place = base + r * length;
        kernels.settle(h, place, out, place, count * length, drift, extremes);
      }
    }
  }

  /** Applies a mode within the block to a whole block. */
  private double[] apply(ProductPlan.ModeStep step, int mode, double[] source, int from) {
    if (expected.length == 0) {
      expected = new double[plan.blockSize];
      other = new double[plan.blockSize];
    }
    intoOther = !intoOther;
    double[] image = intoOther ? other : expected;
    int run = plan.stride[mode];
    int span = run * plan.size[mode];
    for (int before = 0; before < plan.blockSize; before += span) {
      for (int t = 0; t < plan.size[mode]; t++) {
        int e = step.start[t];
        kernels.mix(
            step.start[t + 1] - e,
            source,
            from + before,
            step.offset,
            e,
            step.weight,
            e,
            image,
            before + t * run,
            run);
      }
    }
    return image;
  }

  /** Applies a mode within the block to some rows. */
  private void mixRows(
      ProductPlan.ModeStep step, int mode, double[] source, int from, int row, int count) {
    int length = plan.rowLength;
    int apart = plan.stride[mode] / length;
    for (int i = 0; i < count; i++) {
      int type = (row + i) / apart % plan.size[mode];
      int e = step.start[type];
      kernels.mix(
          step.start[type + 1] - e,
          source,
          from + (row + i - type * apart) * length,
          step.offset,
          e,
          step.weight,
          e,
          rows,
          i * length,
          length);
    }
  }

  /** Backs up and chooses. */
  private void choose(int base) {
    int n = plan.blockSize;
    for (int a = 0; a < constant.length; a++) {
      if (constant[a] == Double.NEGATIVE_INFINITY) {
        Arrays.fill(backups[a], Double.NEGATIVE_INFINITY);
      } else {
        backUp(a, base, backups[a], 0, true, false);
      }
    }
    for (int x = 0; x < n; x++) {
      double best = backups[0][x];
      for (int a = 1; a < constant.length; a++) {
        double q = backups[a][x];
        best = q > best ? q : best;
      }
      double enough = best - 1e-9 * (1 + Math.abs(best + discount * offset));
      int action = 0;
      while (backups[action][x] < enough) {
        action++;
      }
      out[base + x] = best;
      policy[base + x] = action;
    }
    kernels.settle(h, base, out, base, n, drift, extremes);
  }
}
