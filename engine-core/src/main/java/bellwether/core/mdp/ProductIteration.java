package bellwether.core.mdp;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Team;
import bellwether.core.parallel.Workers;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Value iteration of a product model with the bounds of MacQueen (1966) and Porteus (1971), as
 * {@link SpanIteration} has them: for any h, T h + d/(1-d) low &lt;= V* &lt;= T h + d/(1-d) high,
 * low and high the least and largest of T h - h. With d = 1 they bound the gain.
 *
 * <p>One sweep after the other is {@linkplain #begin begun}, run piece by piece by whoever likes,
 * and {@linkplain #end ended}, so that several models can be solved side by side.
 */
final class ProductIteration {
  /** The share of the old guess in the next, for averages. */
  private static final double STAY = 0.125;

  private static final double UNIT = 0x1p-53;

  private enum Phase {
    SWEEPING,
    CHOOSING,
    DONE
  }

  private final ProductPlan plan;
  private final Kernels kernels;
  private ProductSweep sweep;

  /** Whether sweeps are in single precision, and how many of them there have been. */
  private boolean rough;

  private long roughSweeps;
  private final double discount;
  private final double sign;
  private final int n;
  private final int actions;
  private final SpanBounds bounds;
  private final long maxSweeps;
  private final @Nullable SolveProgress progress;
  private Phase phase = Phase.SWEEPING;

  /** T of the guess is less by this much in its image. */
  private double drift;

  private double hSize;
  private int[] policy = new int[0];

  private boolean converged;

  private final LookSchedule looks;

  /** Whether this sweep looks at the bounds. */
  private boolean looking;

  /** After how many sweeps single precision ends, when that is known. */
  private long roughEnd = Long.MAX_VALUE;

  ProductIteration(
      MdpProblem problem, ProductMdp model, SolveOptions options, ProductLayout layout) {
    this(problem, model, options, layout, Kernels.best());
  }

  ProductIteration(
      MdpProblem problem,
      ProductMdp model,
      SolveOptions options,
      ProductLayout layout,
      Kernels kernels) {
    discount = problem.discount();
    sign = problem.objective().sign();
    n = model.states();
    actions = model.actions();
    maxSweeps = options.maxSweeps();
    progress = options.progress();
    bounds = new SpanBounds(discount, model.largestReward(), options.tolerance());
    looks = new LookSchedule(bounds);
    checkMemory(layout, discount, model);
    this.kernels = kernels;
    plan = new ProductPlan(model, sign, layout);
    double[] initial = options.initial();
    rough = plan.rough && discount < 1 && initial == null;
    sweep =
        rough
            ? ProductSweep.rough(plan, discount, kernels)
            : new ProductSweep(plan, discount, kernels);
    if (initial != null) {
      double least = Double.POSITIVE_INFINITY;
      double highest = Double.NEGATIVE_INFINITY;
      for (double v : initial) {
        least = Math.min(least, v);
        highest = Math.max(highest, v);
      }
      double middle = sign * (least / 2 + highest / 2);
      sweep.vectors().set(initial, sign, middle);
      hSize = (highest - least) / 2 * (1 + 4 * UNIT);
    }
  }

  /** Says what solves take before it is taken, where the heap can never hold it. */
  static void checkMemory(ProductLayout layout, double discount, ProductMdp... models) {
    double states = 0;
    double needed = 0;
    for (ProductMdp model : models) {
      states += model.states();
      needed += ProductPlan.bytes(model, layout, discount < 1);
    }
    double most = Runtime.getRuntime().maxMemory();
    if (needed > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a product of %.0f joint states needs %.3g GB to solve, more than the heap of %.3g GB",
              states,
              needed / 1e9,
              most / 1e9));
    }
  }

  /** Solves on its own. */
  static Solution solve(
      MdpProblem problem,
      ProductMdp model,
      SolveOptions options,
      Workers workers,
      ProductLayout layout) {
    ProductIteration iteration = new ProductIteration(problem, model, options, layout);
    try (Team team = new Team(workers)) {
      while (!iteration.done()) {
        Workers.checkInterrupted();
        iteration.begin();
        team.forEach(iteration.sweep.pieces(), iteration.sweep::run);
        iteration.end(team);
      }
      return iteration.solution(team);
    }
  }

  ProductSweep sweep() {
    return sweep;
  }

  boolean done() {
    return phase == Phase.DONE;
  }

  /** Whether the bounds are as close as was asked. */
  boolean converged() {
    return converged;
  }

  /** The guaranteed error after the last sweep. */
  double gap() {
    return bounds.gap();
  }

  /** Before the pieces of a sweep. */
  void begin() {
    if (phase == Phase.CHOOSING) {
      double estimate = discount < 1 ? drift + bounds.middle() : 0;
      policy = actions > 1 ? new int[n] : policy;
      drift = 0;
      sweep.beginChoice(hSize, estimate, policy);
    } else {
      long number = sweeps() + 1;
      looking = discount == 1 || looks.due(number) || number >= maxSweeps;
      sweep.begin(hSize, drift, looking, discount == 1);
    }
  }

  /** After the pieces of a sweep: looks at the bounds and prepares what comes next. */
  void end(Team team) {
    sweep.end();
    if (phase == Phase.CHOOSING) {
      bound();
      sweep.vectors().takeImage();
      phase = Phase.DONE;
      return;
    }
    boolean enough = false;
    if (looking) {
      bound();
      converged = bounds.converged();
      enough = converged || bounds.exhausted();
      looks.look(sweeps(), rough);
      if (rough) {
        roughEnd = looks.roughEnd(sweeps());
      }
    }
    boolean goOn = progress == null || progress.report(sweeps(), gap());
    boolean last = !goOn || sweeps() >= maxSweeps || (enough && !rough);
    takeImage(last, team);
    if (rough && (last || sweeps() >= roughEnd)) {
      refine(team);
    }
    if (last) {
      phase = Phase.CHOOSING;
    }
  }

  /** Goes on in doubles. */
  private void refine(Team team) {
    rough = false;
    roughSweeps = sweep.sweeps();
    FloatSlots vector = (FloatSlots) sweep.vectors();
    sweep = new ProductSweep(plan, discount, kernels);
    ((DoubleSlots) sweep.vectors()).set(vector, team);
    looks.refine(roughSweeps);
  }

  private long sweeps() {
    return rough ? sweep.sweeps() : roughSweeps + sweep.sweeps();
  }

  private void bound() {
    bounds.take(sweep.low(), sweep.high(), sweep.rounding(), sweep.size());
  }

  /** h becomes T h, less a constant that holds it in place. */
  private void takeImage(boolean last, Team team) {
    hSize = sweep.imageSize();
    if (discount == 1 && !last) {
      // A period of the chain would keep the bounds apart for ever: stay where one is, at times.
      sweep.vectors().mixImage(STAY, team);
      hSize = sweep.size() * (1 + 4 * UNIT);
    }
    sweep.vectors().takeImage();
    if (looking && !last) {
      drift = sweep.low() / 2 + sweep.high() / 2;
    }
  }

  /** The solution, when all is done. Its value is this iteration's own array. */
  Solution solution(Team team) {
    double gap = bounds.gap();
    double middle = bounds.middle();
    double[] value = sweep.vectors().vector(team);
    int[] chosen = actions > 1 ? policy : new int[n];
    double base = discount < 1 ? -middle : value[0];
    JointVectors.forEachRange(
        team,
        n,
        (from, to) -> {
          for (int s = from; s < to; s++) {
            value[s] = sign * (value[s] - base);
          }
        });
    boolean average = discount == 1;
    double bytes = 16.0 * sweep.sweeps() * n + 8.0 * roughSweeps * n;
    return new Solution(
        value,
        chosen,
        average ? Double.NaN : gap,
        average ? Double.NaN : gap,
        average ? sign * middle : Double.NaN,
        average ? gap : Double.NaN,
        converged || bounds.converged(),
        SolveMethod.VALUE_ITERATION,
        sweeps(),
        sweeps() * n * actions,
        bytes);
  }

  /** Backward induction. */
  static Solution finite(
      MdpProblem problem,
      ProductMdp model,
      int horizon,
      double @Nullable [] terminal,
      Workers workers) {
    int n = model.states();
    double sign = problem.objective().sign();
    checkMemory(ProductLayout.DEFAULT, 1, model);
    ProductPlan plan = new ProductPlan(model, sign, ProductLayout.DEFAULT);
    ProductSweep sweep = new ProductSweep(plan, problem.discount(), Kernels.best());
    int[] policy = new int[n];
    double size = 0;
    if (terminal != null) {
      for (double v : terminal) {
        size = Math.max(size, Math.abs(v));
      }
      sweep.vectors().set(terminal, sign, 0);
    }
    double error = 0;
    double[] h;
    try (Team team = new Team(workers)) {
      for (int t = horizon - 1; t >= 0; t--) {
        if (t == 0) {
          sweep.beginChoice(size, 0, policy);
        } else {
          sweep.begin(size, 0, false, false);
        }
        sweep.sweep(team);
        error = problem.discount() * error + sweep.rounding();
        size = sweep.imageSize();
        sweep.vectors().takeImage();
      }
      h = sweep.vectors().vector(team);
    }
    for (int s = 0; s < n; s++) {
      if (!Double.isFinite(h[s])) {
        throw new IllegalArgumentException("rewards must be smaller: the values overflow");
      }
      h[s] *= sign;
    }
    return new Solution(
        h,
        policy,
        error,
        error,
        Double.NaN,
        Double.NaN,
        true,
        SolveMethod.VALUE_ITERATION,
        sweep.sweeps(),
        sweep.sweeps() * n * model.actions(),
        16.0 * sweep.sweeps() * n);
  }
}
