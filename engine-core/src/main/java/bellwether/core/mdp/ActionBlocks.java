package bellwether.core.mdp;

import bellwether.core.kernel.Kernels;
import java.util.Arrays;

/**
 * Backs up runs of blocks, one block after the other, with any actions and modes. For every action,
 * {@link ExpectedRows} gives the expectation of h a few rows at a time, and the backups are
 * compared with those of the actions before while they are in the first cache.
 */
final class ActionBlocks extends ProductPieces {
  private final PlainVectors vectors;
  private final ExpectedRows expected;

  /** By action: sign times the reward without rows and last types; -infinity if not allowed. */
  private final double[] constant;

  private final int[] types;

  /** While choosing, by action: the block's backups. */
  private double[][] backups = new double[0][];

  private double[] h = new double[0];
  private double[] out = new double[0];

  ActionBlocks(ProductPlan plan, PlainVectors vectors, double discount, Kernels kernels) {
    super(plan, discount, kernels);
    this.vectors = vectors;
    expected = new ExpectedRows(plan, kernels);
    constant = new double[plan.step.length];
    types = new int[plan.outer];
  }

  @Override
  void forget() {
    h = vectors.h;
    out = vectors.image;
    expected.forget();
  }

  @Override
  void run(int piece) {
    int run = piece / plan.parts * plan.runsAPiece;
    int part = piece % plan.parts;
    int end = Math.min(plan.runs, run + plan.runsAPiece);
    int last = plan.blocks / plan.runs;
    for (; run < end; run++) {
      int to = run * last + (int) ((long) last * (part + 1) / plan.parts);
      for (int b = run * last + (int) ((long) last * part / plan.parts); b < to; b++) {
        block(b);
      }
    }
  }

  /** Backs up one block, given its place in the visiting order. */
  private void block(int place) {
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
      constant[a] = sum - drift;
      if (sum != Double.NEGATIVE_INFINITY) {
        lastAction = a;
      }
    }
    if (policy.length > 0) {
      if (backups.length == 0) {
        backups = new double[constant.length][plan.blockSize];
      }
      choose(base);
      return;
    }
    boolean first = true;
    for (int a = 0; a <= lastAction; a++) {
      if (constant[a] != Double.NEGATIVE_INFINITY) {
        backUp(a, base, out, base, first, bounding && a == lastAction);
        first = false;
      }
    }
  }

  /** Backs up with one action; looks at what is done if that is the last action. */
  private void backUp(
      int action, int base, double[] target, int targetOffset, boolean first, boolean settle) {
    int length = plan.rowLength;
    double[] rowReward = plan.rowReward[action];
    double[] reward = plan.lastReward[action];
    expected.begin(action, h, base, types);
    OuterModes two = first ? expected.averageOfTwo() : null;
    double fixed = constant[action];
    for (int r = 0; r < plan.blockRows; r += RowMode.ROWS) {
      int count = Math.min(RowMode.ROWS, plan.blockRows - r);
      int place = r * length;
      int to = targetOffset + place;
      if (two != null) {
        int row = two.base + r * two.apart;
        kernels.backupTwo(
            count,
            discount,
            two.source,
            row + two.offsets[two.offsetFrom],
            row + two.offsets[two.offsetFrom + 1],
            two.apart,
            two.weights[two.weightFrom],
            two.weights[two.weightFrom + 1],
            fixed,
            rowReward,
            r,
            reward,
            target,
            to,
            length);
      } else {
        backUpRows(r, count, fixed, rowReward, reward, target, to, first);
      }
      if (settle) {
        kernels.settle(h, base + place, out, to, count * length, extremes);
      }
    }
  }

  private void backUpRows(
      int row,
      int count,
      double fixed,
      double[] rowReward,
      double[] reward,
      double[] target,
      int to,
      boolean first) {
    int length = plan.rowLength;
    expected.next(row, count);
    double[] x = expected.rows;
    int from = expected.offset;
    int apart = expected.apart;
    if (first) {
      kernels.backup(
          count, discount, x, from, apart, fixed, rowReward, row, reward, target, to, length);
    } else {
      kernels.raise(
          count, discount, x, from, apart, fixed, rowReward, row, reward, target, to, length);
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
    kernels.settle(h, base, out, base, n, extremes);
  }
}
