package bellwether.core.stopping;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import bellwether.core.random.LaneGenerator;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a policy is worth, on paths of its own: an unbiased estimate of a lower bound. */
final class Pricing {
  private Pricing() {}

  /** Mean and standard error, as of now. */
  record Estimate(double mean, double standardError) {}

  static Estimate run(
      OptionModel model,
      ExercisePolicy policy,
      int paths,
      long seed,
      Kernels kernels,
      Workers workers) {
    int block = PathStreams.BLOCK;
    int blocks = (paths + block - 1) / block;
    double[] means = new double[blocks];
    double[] squares = new double[blocks];
    ConcurrentLinkedQueue<PricingBlock> spare = new ConcurrentLinkedQueue<>();
    workers.forEach(
        blocks,
        b -> {
          PricingBlock work = spare.poll();
          if (work == null) {
            work = new PricingBlock(model, policy, kernels);
          }
          int count = Math.min(block, paths - b * block);
          work.run(seed, PathStreams.PRICING + b, count);
          means[b] = work.mean;
          squares[b] = work.squares;
          spare.add(work);
        });
    return merge(means, squares, paths);
  }

  /** Chan, Golub and LeVeque (1979), in the order of the blocks. */
  static Estimate merge(double[] means, double[] squares, int paths) {
    double mean = 0;
    double square = 0;
    double seen = 0;
    for (int b = 0; b < means.length; b++) {
      double count = Math.min(PathStreams.BLOCK, paths - seen);
      double change = means[b] - mean;
      double all = seen + count;
      mean += change * (count / all);
      square += squares[b] + change * change * (seen * count / all);
      seen = all;
    }
    return new Estimate(mean, paths > 1 ? Math.sqrt(square / (seen - 1) / seen) : Double.NaN);
  }

  /** One block of paths from now to their ends. */
  private static final class PricingBlock {
    private final OptionModel model;
    private final ExercisePolicy policy;
    private final Kernels kernels;
    private final LaneGenerator generator;
    private final PathWork work;
    private final double[] logarithm;
    private final double[] value;
    private final double[] left;

    double mean;
    double squares;

    PricingBlock(OptionModel model, ExercisePolicy policy, Kernels kernels) {
      this.model = model;
      this.policy = policy;
      this.kernels = kernels;
      generator = new LaneGenerator(kernels);
      work = new PathWork(PathStreams.BLOCK, model.assets(), policy.basis().size());
      logarithm = new double[model.assets() * PathStreams.BLOCK];
      value = new double[PathStreams.BLOCK];
      left = new double[PathStreams.BLOCK];
    }

    void run(long seed, long block, int count) {
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
        if (!policy.active(k)) {
          continue;
        }
        kernels.functions().exp(logarithm, 0, work.prices, 0, length);
        exercise(k, count);
      }
      double sum = 0;
      for (int p = 0; p < count; p++) {
        sum += value[p];
      }
      mean = sum / count;
      squares = 0;
      for (int p = 0; p < count; p++) {
        squares += (value[p] - mean) * (value[p] - mean);
      }
    }

    private void exercise(int date, int count) {
      work.payoffs(model, work.prices, 0, count);
      for (int p = 0; p < count; p++) {
        work.best[p] *= left[p];
      }
      int chosen = work.choosePositive(count);
      double discount = model.discount(date);
      boolean last = date == model.dates();
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
