package bellwether.core.mdp;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ModeKernels;
import java.util.Arrays;

/**
 * Backs up runs of blocks, one block after the other, with any actions and modes. For every action,
 * {@link ExpectedRows} gives the expectation of h a few rows at a time, and the backups are
 * compared with those of the actions before while they are in the first cache.
 */
final class ActionBlocks extends ProductPieces {
  private final ModeKernels kernels;
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
    super(plan, discount);
    this.kernels = kernels.modes();
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
    int lastClass = -1;
    for (int k = 0; k < plan.alike.length; k++) {
      for (int a : plan.alike[k]) {
        double sum = plan.sign * plan.model.designerValue(a);
        for (int j = 0; j < plan.outer; j++) {
          sum += plan.outerReward[a][j][types[j]];
        }
        constant[a] = sum - drift;
        if (sum != Double.NEGATIVE_INFINITY) {
          lastClass = k;
        }
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
    for (int k = 0; k <= lastClass; k++) {
      int[] actions = allowed(plan.alike[k]);
      if (actions.length > 0) {
        backUp(plan.alike[k][0], actions, base, first, bounding && k == lastClass);
        first = false;
      }
    }
  }

  /** Those of some actions that the outer types allow. */
  private int[] allowed(int[] actions) {
    int count = 0;
    for (int a : actions) {
      count += constant[a] == Double.NEGATIVE_INFINITY ? 0 : 1;
    }
    if (count == actions.length) {
      return actions;
    }
    int[] allowed = new int[count];
    int k = 0;
    for (int a : actions) {
      if (constant[a] != Double.NEGATIVE_INFINITY) {
        allowed[k++] = a;
      }
    }
    return allowed;
  }

  /**
   * Backs up with actions that are alike: what they lead to is averaged once for all; looks at what
   * is done if they are the last.
   *
   * @param leader the lowest action that is like them
   * @param first whether there have been none before
   */
  private void backUp(int leader, int[] actions, int base, boolean first, boolean settle) {
    int length = plan.rowLength;
    expected.begin(leader, h, base, types);
    OuterModes two = first && actions.length == 1 ? expected.averageOfTwo() : null;
    for (int r = 0; r < plan.blockRows; r += RowMode.ROWS) {
      int count = Math.min(RowMode.ROWS, plan.blockRows - r);
      int to = base + r * length;
      if (two != null) {
        backUpTwo(two, actions[0], r, count, out, to);
      } else {
        expected.next(r, count);
        for (int a : actions) {
          backUpRows(a, r, count, out, to, first && a == actions[0]);
        }
      }
      if (settle) {
        kernels.settle(h, to, out, to, count * length, extremes);
      }
    }
  }

  private void backUpTwo(OuterModes two, int action, int row, int count, double[] target, int to) {
    int at = two.base + row * two.apart;
    kernels.backupTwo(
        count,
        discount,
        two.source,
        at + two.offsets[two.offsetFrom],
        at + two.offsets[two.offsetFrom + 1],
        two.apart,
        two.weights[two.weightFrom],
        two.weights[two.weightFrom + 1],
        constant[action],
        plan.rowReward[action],
        row,
        plan.lastReward[action],
        target,
        to,
        plan.rowLength);
  }

  /** Backs up the rows that were made last. */
  private void backUpRows(int action, int row, int count, double[] target, int to, boolean first) {
    double[] x = expected.rows;
    int from = expected.offset;
    int apart = expected.apart;
    double fixed = constant[action];
    double[] rowReward = plan.rowReward[action];
    double[] reward = plan.lastReward[action];
    int length = plan.rowLength;
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
    for (int[] alike : plan.alike) {
      for (int a : alike) {
        Arrays.fill(backups[a], Double.NEGATIVE_INFINITY);
      }
      int[] actions = allowed(alike);
      if (actions.length > 0) {
        expected.begin(alike[0], h, base, types);
        for (int r = 0; r < plan.blockRows; r += RowMode.ROWS) {
          int count = Math.min(RowMode.ROWS, plan.blockRows - r);
          expected.next(r, count);
          for (int a : actions) {
            backUpRows(a, r, count, backups[a], r * plan.rowLength, true);
          }
        }
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
