package bellwether.core.stopping;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import bellwether.core.random.LaneGenerator;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Finds a policy by least squares (Longstaff and Schwartz 2001): backward through the dates, what
 * paths with a positive payoff receive later is regressed on polynomials of their prices.
 *
 * <p>Paths are made backward, too, by Brownian bridges: W_k given W_(k+1) has mean k/(k+1) W_(k+1)
 * and variance step k/(k+1). So only one date is kept, in blocks of 1024 paths.
 */
final class Regression {
  private final OptionModel model;
  private final ExercisePolicy policy;
  private final Kernels kernels;
  private final int paths;
  private final int blocks;
  private final int assets;
  private final LaneGenerator[] generators;

  /** Of each block, by asset and path: the Brownian motions, and the prices. */
  private final double[][] motion;

  private final double[][] prices;

  /** What each path receives, as of the date at hand. */
  private final double[][] cash;

  private final double[][] gram;
  private final double[][] right;
  private final ConcurrentLinkedQueue<PathWork> spare = new ConcurrentLinkedQueue<>();

  private Regression(
      OptionModel model, ExercisePolicy policy, int paths, long seed, Kernels kernels) {
    this.model = model;
    this.policy = policy;
    this.kernels = kernels;
    this.paths = paths;
    blocks = (paths + PathStreams.BLOCK - 1) / PathStreams.BLOCK;
    assets = model.assets();
    generators = new LaneGenerator[blocks];
    motion = new double[blocks][assets * PathStreams.BLOCK];
    prices = new double[blocks][assets * PathStreams.BLOCK];
    cash = new double[blocks][PathStreams.BLOCK];
    int n = policy.basis().size();
    gram = new double[blocks][n * (n + 1) / 2];
    right = new double[blocks][n];
    for (int b = 0; b < blocks; b++) {
      generators[b] = new LaneGenerator(kernels);
      generators[b].start(seed, PathStreams.REGRESSION + b);
    }
  }

  /** The policy, and the mean of what the paths receive as of the first date. */
  static double run(
      OptionModel model,
      ExercisePolicy policy,
      int paths,
      long seed,
      Kernels kernels,
      Workers workers) {
    return new Regression(model, policy, paths, seed, kernels).run(workers);
  }

  private double run(Workers workers) {
    int dates = model.dates();
    for (int k = dates; k >= 1; k--) {
      int date = k;
      workers.forEach(blocks, b -> block(b, date));
      if (k < dates) {
        policy.set(k, NormalEquations.solve(sum(gram), sum(right)));
      }
    }
    if (dates > 1) {
      workers.forEach(blocks, b -> with(work -> decide(b, 1, work)));
    }
    double sum = 0;
    for (int b = 0; b < blocks; b++) {
      double part = 0;
      for (int p = 0; p < count(b); p++) {
        part += cash[b][p];
      }
      sum += part;
    }
    return model.discount(1) * (sum / paths);
  }

  private static double[] sum(double[][] parts) {
    double[] sum = new double[parts[0].length];
    for (double[] part : parts) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
    return sum;
  }

  private int count(int block) {
    return Math.min(PathStreams.BLOCK, paths - block * PathStreams.BLOCK);
  }

  private interface Use {
    void of(PathWork work);
  }

  private void with(Use use) {
    PathWork work = spare.poll();
    if (work == null) {
      work = new PathWork(PathStreams.BLOCK, assets, policy.basis().size());
    }
    use.of(work);
    spare.add(work);
  }

  private void block(int b, int date) {
    with(
        work -> {
          if (date < model.dates() - 1) {
            decide(b, date + 1, work);
          }
          move(b, date, work);
          if (date == model.dates()) {
            work.payoffs(model, prices[b], 0, PathStreams.BLOCK);
            for (int p = 0; p < PathStreams.BLOCK; p++) {
              cash[b][p] = Math.max(0, work.best[p]);
            }
          } else {
            collect(b, date, work);
          }
        });
  }

  /** Exercises at a date whose policy has just been found. */
  private void decide(int b, int date, PathWork work) {
    if (!policy.active(date)) {
      return;
    }
    work.payoffs(model, prices[b], 0, count(b));
    int chosen = work.choosePositive(count(b));
    if (chosen == 0) {
      return;
    }
    work.gather(model, prices[b], 0, chosen);
    policy.functions(date, work, chosen);
    policy.goesOn(date, work, chosen, kernels);
    double[] received = cash[b];
    for (int c = 0; c < chosen; c++) {
      int p = work.chosen[c];
      double paid = work.best[p];
      received[p] = paid >= work.goesOn[c] ? paid : received[p];
    }
  }

  /** Brings a block to a date: at maturity from nothing, else back from the date after. */
  private void move(int b, int date, PathWork work) {
    int length = assets * PathStreams.BLOCK;
    generators[b].normals(work.normals, 0, length);
    double step = model.step();
    double share = date == model.dates() ? 0 : date / (date + 1.0);
    double spread = date == model.dates() ? Math.sqrt(model.maturity()) : Math.sqrt(step * share);
    double drift = StrictMath.log(model.market().spot()) + model.market().drift() * (step * date);
    double volatility = model.market().volatility();
    double[] w = motion[b];
    double[] z = work.normals;
    for (int i = 0; i < length; i++) {
      w[i] = Math.fma(spread, z[i], share * w[i]);
    }
    for (int i = 0; i < length; i++) {
      z[i] = Math.fma(volatility, w[i], drift);
    }
    kernels.functions().exp(z, 0, prices[b], 0, length);
  }

  /** Discounts what is received and adds up the products of a block's functions. */
  private void collect(int b, int date, PathWork work) {
    double discount = model.discount(1);
    double[] received = cash[b];
    for (int p = 0; p < PathStreams.BLOCK; p++) {
      received[p] *= discount;
    }
    work.payoffs(model, prices[b], 0, count(b));
    int chosen = work.choosePositive(count(b));
    Arrays.fill(gram[b], 0);
    Arrays.fill(right[b], 0);
    if (chosen == 0) {
      return;
    }
    work.gather(model, prices[b], 0, chosen);
    policy.functions(date, work, chosen);
    for (int c = 0; c < chosen; c++) {
      work.received[c] = received[work.chosen[c]];
    }
    int n = policy.basis().size();
    int stride = PathStreams.BLOCK;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        gram[b][i * (i + 1) / 2 + j] =
            kernels.dense().dot(work.rows, i * stride, work.rows, j * stride, chosen);
      }
      right[b][i] = kernels.dense().dot(work.rows, i * stride, work.received, 0, chosen);
    }
  }
}
