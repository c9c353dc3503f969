package bellwether.core.bandit;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.LatticeKernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;

/**
 * The indices of a whole table of Beta-Bernoulli beliefs in one pass over charges, in time that
 * hardly depends on how far each looks ahead.
 *
 * <p>At one charge, one backward sweep gives the retirement value of all beliefs, and what it is
 * near each index changes little from a charge to the next. So few charges are swept from the
 * horizon on and in full ({@link BetaOuterSweep}); many between them in a band above where pulling
 * begins to pay ({@link BetaInnerSweep}), which takes its border from those by convexity in the
 * charge; and each belief, at a charge next to its own index, a few layers far ({@link
 * BetaLocalSweep}). All three carry bounds from both sides, rounding included ({@link
 * BetaLattice}).
 *
 * <p>A task is an interval of outer charges; tasks share nothing, and their brackets are joined in
 * their order, so that bits do not depend on threads.
 */
final class BetaPass {
  private final BetaPassPlan plan;
  private final LatticeKernels kernels;
  private final double[] lower;
  private final double[] upper;

  private BetaPass(BetaPassPlan plan, LatticeKernels kernels, double[] lower, double[] upper) {
    this.plan = plan;
    this.kernels = kernels;
    this.lower = lower;
    this.upper = upper;
  }

  /** Brackets of a task's entries. */
  private record Part(int[] cell, double[] lower, double[] upper) {}

  /**
   * Fills a table with brackets, not all of which are as narrow as asked for: those of the first
   * few pulls and of extreme means may be 0 to 1, which means that nothing was found.
   */
  static void fill(
      BetaPassPlan plan, double[] lower, double[] upper, Kernels kernels, Workers workers) {
    Arrays.fill(lower, 0);
    Arrays.fill(upper, 1);
    BetaPass pass = new BetaPass(plan, kernels.lattice(), lower, upper);
    Part[] parts = new Part[plan.tasks];
    workers.forEach(plan.tasks, task -> parts[task] = pass.task(task));
    for (Part part : parts) {
      pass.join(part);
    }
  }

  private void join(Part part) {
    for (int k = 0; k < part.cell.length; k++) {
      int cell = part.cell[k];
      lower[cell] = Math.max(lower[cell], part.lower[k]);
      upper[cell] = Math.min(upper[cell], part.upper[k]);
    }
  }

  private Part task(int number) {
    int stride = BetaPassPlan.stride();
    int first = number * stride;
    int intervals = BetaStrip.LANES - 1;
    BetaOuterSweep outer = new BetaOuterSweep(plan, kernels);
    for (int l = 0; l < BetaStrip.LANES; l++) {
      outer.record.charges[l] = plan.charge(first + l * (stride / intervals));
    }
    double middle = outer.record.charges[BetaStrip.LANES / 2];
    int table = plan.lastLayer(outer.record.charges[0], outer.record.charges[intervals]);
    Found all = new Found();
    if (table < 0) {
      return all.part();
    }
    int height = plan.localHeight(middle);
    int reach = plan.localReach(middle);
    int kept = table + reach + BetaInnerSweep.WHOLE;
    int last = kept + plan.outerReach(middle);
    outer.run(Math.max(last, table + plan.horizon(table)), last, plan.outerHeight(middle));
    BetaInnerSweep inner = new BetaInnerSweep(plan, kernels);
    BetaLocalSweep local = new BetaLocalSweep(plan, kernels);
    for (int group = 0; group < intervals * BetaPassPlan.GROUPS; group++) {
      for (int l = 0; l < BetaStrip.LANES; l++) {
        inner.record.charges[l] = plan.charge(first + group * intervals + l);
      }
      inner.run(outer.record, group / BetaPassPlan.GROUPS, last, kept, table, height);
      for (int entry = 0; entry < inner.found; entry += BetaStrip.LANES) {
        int count = local.run(inner, entry, reach);
        for (int l = 0; l < count; l++) {
          int i = inner.row[entry + l];
          int j = inner.layer[entry + l] - i;
          all.add(i * plan.size + j, local.lower[l], local.upper[l]);
        }
      }
    }
    return all.part();
  }

  /** A list that grows. */
  private static final class Found {
    private int[] cell = new int[1024];
    private double[] lower = new double[1024];
    private double[] upper = new double[1024];
    private int count;

    void add(int at, double low, double high) {
      if (count == cell.length) {
        cell = Arrays.copyOf(cell, 2 * count);
        lower = Arrays.copyOf(lower, 2 * count);
        upper = Arrays.copyOf(upper, 2 * count);
      }
      cell[count] = at;
      lower[count] = low;
      upper[count++] = high;
    }

    Part part() {
      return new Part(
          Arrays.copyOf(cell, count), Arrays.copyOf(lower, count), Arrays.copyOf(upper, count));
    }
  }
}
