package bellwether.core.stopping;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import bellwether.core.random.LaneGenerator;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What a policy is worth, on paths of its own: an estimate of a lower bound. What the same path
 * would pay at maturity, whose mean is known, is the control variate; its coefficient comes from
 * the same paths, a bias of the order of 1 / paths, far below the standard error.
 */
final class Pricing {
  private Pricing() {}

  /** Mean and standard error, as of now. */
  record Estimate(double mean, double standardError) {}

  static Estimate run(
      OptionModel model,
      ExercisePolicy policy,
      double european,
      int paths,
      long seed,
      Kernels kernels,
      Workers workers) {
    int block = PathStreams.BLOCK;
    int blocks = (paths + block - 1) / block;
    double[][] sums = new double[blocks][];
    ConcurrentLinkedQueue<PricingBlock> spare = new ConcurrentLinkedQueue<>();
    workers.forEach(
        blocks,
        b -> {
          PricingBlock work = spare.poll();
          if (work == null) {
            work = new PricingBlock(model, policy, kernels, european);
          }
          int count = Math.min(block, paths - b * block);
          sums[b] = work.run(seed, PathStreams.PRICING + b, count);
          spare.add(work);
        });
    double[] all = new double[5];
    for (double[] part : sums) {
      for (int i = 0; i < all.length; i++) {
        all[i] += part[i];
      }
    }
    double n = paths;
    double square = Math.max(0, all[2] - all[0] * all[0] / n);
    double cross = all[3] - all[0] * all[1] / n;
    double control = all[4] - all[1] * all[1] / n;
    double slope = control > 0 && paths > 2 ? cross / control : 0;
    double mean = european + (all[0] - slope * all[1]) / n;
    double rest = Math.max(0, square - slope * cross);
    return new Estimate(mean, Math.sqrt(rest / (n - 1) / n));
  }

  /** One block of paths from now to their ends. */
  private static final class PricingBlock {
    private final OptionModel model;
    private final ExercisePolicy policy;
    private final Kernels kernels;
    private final double european;
    private final LaneGenerator generator;
    private final PathWork work;
    private final double[] logarithm;
    private final double[] value;
    private final double[] control;
    private final double[] left;

    PricingBlock(OptionModel model, ExercisePolicy policy, Kernels kernels, double european) {
      this.model = model;
      this.policy = policy;
      this.kernels = kernels;
      this.european = european;
      generator = new LaneGenerator(kernels);
      work = new PathWork(PathStreams.BLOCK, model.assets(), policy.basis().size());
      logarithm = new double[model.assets() * PathStreams.BLOCK];
      value = new double[PathStreams.BLOCK];
      control = new double[PathStreams.BLOCK];
      left = new double[PathStreams.BLOCK];
    }

    /**
     * Sums of x, c, x^2, x c and c^2: what is received and the control, less the European value.
     */
    double[] run(long seed, long block, int count) {
      int length = logarithm.length;
      generator.start(seed, block);
      Arrays.fill(logarithm, StrictMath.log(model.market().spot()));
      Arrays.fill(value, 0);
      Arrays.fill(left, 1);
      double drift = model.market().drift() * model.step();
      double spread = model.market().volatility() * Math.sqrt(model.step());
      for (int k = 1; k <= model.dates(); k++) {
        generator.normals(work.normals, 0, length);
        double[] z = work.normals;
        for (int i = 0; i < length; i++) {
          logarithm[i] += Math.fma(spread, z[i], drift);
        }
        if (policy.active(k)) {
          kernels.functions().exp(logarithm, 0, work.prices, 0, length);
          exercise(k, count);
        }
      }
      double[] sums = new double[5];
      for (int p = 0; p < count; p++) {
        double x = value[p] - european;
        double c = control[p] - european;
        sums[0] += x;
        sums[1] += c;
        sums[2] = Math.fma(x, x, sums[2]);
        sums[3] = Math.fma(x, c, sums[3]);
        sums[4] = Math.fma(c, c, sums[4]);
      }
      return sums;
    }

    private void exercise(int date, int count) {
      work.payoffs(model, work.prices, 0, count);
      double discount = model.discount(date);
      boolean last = date == model.dates();
      if (last) {
        for (int p = 0; p < count; p++) {
          control[p] = discount * Math.max(0, work.best[p]);
        }
      }
      for (int p = 0; p < count; p++) {
        work.best[p] *= left[p];
      }
      int chosen = work.choosePositive(count);
      if (!last && chosen > 0) {
        work.gather(model, work.prices, 0, chosen);
        policy.functions(date, work, chosen);
        policy.goesOn(date, work, chosen, kernels);
      }
      for (int c = 0; c < chosen; c++) {
        int p = work.chosen[c];
        if (last || work.best[p] >= work.goesOn[c]) {
          value[p] = discount * work.best[p];
          left[p] = 0;
        }
      }
    }
  }
}
