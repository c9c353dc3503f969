package bellwether.core.stopping;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.PathKernels;
import bellwether.core.parallel.Workers;
import bellwether.core.random.LaneGenerator;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An upper bound from a policy (Andersen and Broadie 2004): E max_k (D_k h_k - M_k) for any
 * martingale M from 0 (Rogers 2002, Haugh and Kogan 2004), here the one of the policy's value, M_k
 * - M_(k-1) = D_k L_k - E_(k-1) D_k L_k, L_k the payoff where the policy exercises, else the value
 * of going on. Those are means over paths nested in each outer path, in antithetic pairs; their
 * noise raises the bound on average (Jensen), so that it stays one.
 */
final class DualBound {
  private final OptionModel model;
  private final ExercisePolicy policy;
  private final Kernels kernels;
  private final int inner;
  private final int half;
  private final LaneGenerator generator;
  private final PathWork work;
  private final double[] logarithm;
  private final double[] left;
  private final double[] place;
  private final double[] normals;

  private DualBound(OptionModel model, ExercisePolicy policy, int inner, Kernels kernels) {
    this.model = model;
    this.policy = policy;
    this.kernels = kernels;
    int pairs = (inner + 1) / 2;
    half = (pairs + PathKernels.GROUP - 1) / PathKernels.GROUP * PathKernels.GROUP;
    this.inner = 2 * half;
    generator = new LaneGenerator(kernels);
    work = new PathWork(this.inner, model.assets(), policy.basis().size());
    logarithm = new double[model.assets() * this.inner];
    left = new double[this.inner];
    place = new double[model.assets()];
    int all = model.assets() * model.dates();
    normals = new double[(all + PathKernels.GROUP - 1) / PathKernels.GROUP * PathKernels.GROUP];
  }

  static Pricing.Estimate run(
      OptionModel model,
      ExercisePolicy policy,
      int outer,
      int inner,
      long seed,
      Kernels kernels,
      Workers workers) {
    double[] values = new double[outer];
    ConcurrentLinkedQueue<DualBound> spare = new ConcurrentLinkedQueue<>();
    workers.forEach(
        outer,
        p -> {
          DualBound bound = spare.poll();
          if (bound == null) {
            bound = new DualBound(model, policy, inner, kernels);
          }
          values[p] = bound.path(seed, p);
          spare.add(bound);
        });
    double mean = Arrays.stream(values).sum() / outer;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Pricing.Estimate(mean, Math.sqrt(squares / (outer - 1.0) / outer));
  }

  /** max_k (D_k h_k - M_k) on one path. */
  private double path(long seed, int outer) {
    generator.start(seed, PathStreams.OUTER + outer);
    generator.normals(normals, 0, normals.length);
    double spread = model.market().volatility() * Math.sqrt(model.step());
    double drift = model.market().drift() * model.step();
    Arrays.fill(place, StrictMath.log(model.market().spot()));
    double martingale = 0;
    // The value of going on, as of now, at the date before.
    double expected = goesOn(0, seed, outer);
    double largest = Math.max(0, model.payoff(model.market().spot()));
    for (int k = 1; k <= model.dates(); k++) {
      for (int i = 0; i < place.length; i++) {
        place[i] += Math.fma(spread, normals[(k - 1) * place.length + i], drift);
      }
      double discount = model.discount(k);
      double next = k < model.dates() ? goesOn(k, seed, outer) : 0;
      boolean exercises = exercises(k);
      double paid = Math.max(0, work.best[0]) * discount;
      martingale += (exercises ? paid : next) - expected;
      largest = Math.max(largest, paid - martingale);
      expected = next;
    }
    return largest;
  }

  /** Whether the policy exercises at the outer path's place; leaves its payoff in work.best[0]. */
  private boolean exercises(int date) {
    int stride = work.stride;
    for (int i = 0; i < place.length; i++) {
      work.normals[i] = place[i];
    }
    kernels.functions().exp(work.normals, 0, work.goesOn, 0, place.length);
    for (int i = 0; i < place.length; i++) {
      work.prices[i * stride] = work.goesOn[i];
    }
    work.payoffs(model, work.prices, 0, 1);
    if (date == model.dates()) {
      return true;
    }
    if (!(work.best[0] > 0) || !policy.active(date)) {
      return false;
    }
    work.choosePositive(1);
    work.gather(model, work.prices, 0, 1);
    policy.functions(date, work, 1);
    policy.goesOn(date, work, 1, kernels);
    return work.best[0] >= work.goesOn[0];
  }

  /** The mean over inner paths of what the policy receives after a date, as of now. */
  private double goesOn(int date, long seed, int outer) {
    int assets = place.length;
    generator.start(seed, PathStreams.INNER + (long) outer * (model.dates() + 1) + date);
    for (int i = 0; i < assets; i++) {
      Arrays.fill(logarithm, i * inner, (i + 1) * inner, place[i]);
    }
    Arrays.fill(left, 1);
    double spread = model.market().volatility() * Math.sqrt(model.step());
    double drift = model.market().drift() * model.step();
    double sum = 0;
    int alive = inner;
    for (int k = date + 1; k <= model.dates() && alive > 0; k++) {
      generator.normals(work.normals, 0, assets * half);
      for (int i = 0; i < assets; i++) {
        move(work.normals, i * half, logarithm, i * inner, half, spread, drift);
        move(work.normals, i * half, logarithm, i * inner + half, half, -spread, drift);
      }
      if (!policy.active(k)) {
        continue;
      }
      kernels.functions().exp(logarithm, 0, work.prices, 0, assets * inner);
      work.payoffs(model, work.prices, 0, inner);
      for (int p = 0; p < inner; p++) {
        work.best[p] *= left[p];
      }
      int chosen = work.choosePositive(inner);
      boolean last = k == model.dates();
      if (!last && chosen > 0) {
        work.gather(model, work.prices, 0, chosen);
        policy.functions(k, work, chosen);
        policy.goesOn(k, work, chosen, kernels);
      }
      double received = 0;
      for (int c = 0; c < chosen; c++) {
        int p = work.chosen[c];
        if (last || work.best[p] >= work.goesOn[c]) {
          received += work.best[p];
          left[p] = 0;
          alive--;
        }
      }
      sum = Math.fma(model.discount(k), received, sum);
    }
    return sum / inner;
  }

  private static void move(
      double[] z, int from, double[] x, int to, int count, double spread, double drift) {
    for (int p = 0; p < count; p++) {
      x[to + p] += Math.fma(spread, z[from + p], drift);
    }
  }
}
