package bellwether.core.mdp;

import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The loop that all methods share: a guess h, a sweep T h, bounds, a better guess.
 *
 * <p>For any h, with low and high the least and largest of T h - h, T h + d/(1-d) low &lt;= V*
 * &lt;= T h + d/(1-d) high (MacQueen 1966, Porteus 1971). So a method may guess as it likes, the
 * guess may be off by any constant, and the constant is kept small: rounding then grows with the
 * spread of the values instead of their size. With d = 1 the gain lies between low and high.
 */
final class SpanIteration implements AutoCloseable {
  /** Sweeps without a smaller gap after which a method's guesses are given up for T h. */
  private static final int PATIENCE = 3;

  /** The share of the old guess in the next, for averages. */
  private static final double STAY = 0.125;

  private static final double UNIT = 0x1p-53;

  /** Makes the next guess. */
  interface Guess {
    /** Replaces h, given T h and the bounds of this sweep; h may be exchanged with T h. */
    void improve(SpanIteration iteration);
  }

  final Backups backups;
  final double discount;
  final Objective objective;
  private final SolveOptions options;
  private final SpanBounds bounds;
  private final int n;

  /** The guess, and T of it less {@link #drift}. */
  double[] h;

  double[] image;

  /** What was taken from T h in every state. */
  double drift;

  /** Products of policies' rows with vectors that no sweep counts. */
  long policySweeps;

  SpanIteration(MdpProblem problem, RowMdp model, SolveOptions options, Workers workers) {
    this.options = options;
    discount = problem.discount();
    objective = problem.objective();
    n = model.states();
    bounds = new SpanBounds(discount, model.largestReward(), options.tolerance());
    h = new double[n];
    image = new double[n];
    backups = new Backups(model, discount, objective, workers);
  }

  /** Sweeps until the bounds are as close as was asked, or cannot get closer. */
  Solution run(Guess guess, Supplier<SolveMethod> method) {
    begin();
    boolean converged = false;
    while (true) {
      bound();
      double gap = bounds.gap();
      converged = bounds.converged();
      boolean goOn = options.progress() == null || options.progress().report(backups.sweeps(), gap);
      if (converged || !goOn || backups.sweeps() >= options.maxSweeps() || bounds.exhausted()) {
        break;
      }
      if (bounds.sinceLeast() > PATIENCE) {
        takeImage();
      } else {
        guess.improve(this);
      }
      backups.sweep(h, image, drift);
    }
    return finish(method.get(), converged);
  }

  private void begin() {
    double[] initial = options.initial();
    if (initial == null) {
      backups.start(image);
      return;
    }
    backups.reset();
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double v : initial) {
      least = Math.min(least, v);
      most = Math.max(most, v);
    }
    double middle = objective.sign() * (least / 2 + most / 2);
    for (int s = 0; s < n; s++) {
      h[s] = objective.sign() * initial[s] - middle;
    }
    backups.moved(0, (most - least) / 2 * (1 + 4 * UNIT));
    backups.sweep(h, image, 0);
  }

  private void bound() {
    bounds.take(backups.low(), backups.high(), backups.rounding(), backups.size());
  }

  /** What the sweeps so far have proved. */
  SpanBounds bounds() {
    return bounds;
  }

  /** Value iteration's guess: h becomes T h, less a constant that holds it in place. */
  void takeImage() {
    double rise = backups.high() - drift;
    double[] old = h;
    h = image;
    image = old;
    if (discount == 1) {
      // A period of the chain would keep the bounds apart for ever: stay where one is, at times.
      eachPiece(
          (from, to) -> {
            for (int s = from; s < to; s++) {
              h[s] = Math.fma(STAY, old[s] - h[s], h[s]);
            }
          });
      rise = Math.max(rise, (1 - STAY) * rise) + backups.size() * 4 * UNIT;
    }
    backups.moved(rise, backups.size());
    drift = backups.low() / 2 + backups.high() / 2;
  }

  /**
   * h has become another guess than T h.
   *
   * @param rise no entry rose by more
   * @param largest no entry is larger, or the negative of one
   */
  void moved(double rise, double largest) {
    backups.moved(rise, largest);
    drift = backups.low() / 2 + backups.high() / 2;
  }

  /** A piece of the states. */
  interface Range {
    void run(int from, int to);
  }

  /** Runs a loop over the states by pieces. */
  void eachPiece(Range range) {
    backups.team().forEach(backups.pieces(), i -> range.run(backups.from(i), backups.to(i)));
  }

  /** The inner product, the same for any number of threads. */
  double dot(double[] x, double[] y) {
    double[] partial = new double[backups.pieces()];
    backups
        .team()
        .forEach(
            partial.length,
            i -> {
              double sum = 0;
              for (int s = backups.from(i); s < backups.to(i); s++) {
                sum = Math.fma(x[s], y[s], sum);
              }
              partial[i] = sum;
            });
    double all = 0;
    for (double one : partial) {
      all += one;
    }
    return all;
  }

  /**
   * Takes another guess.
   *
   * @param guess the array that T h was in, with the new guess
   * @param old the array of the old guess
   */
  void replace(double[] guess, double[] old) {
    double[] rise = new double[backups.pieces()];
    double[] largest = new double[backups.pieces()];
    backups
        .team()
        .forEach(
            rise.length,
            i -> {
              double most = Double.NEGATIVE_INFINITY;
              double size = 0;
              for (int s = backups.from(i); s < backups.to(i); s++) {
                most = Math.max(most, guess[s] - old[s]);
                size = Math.max(size, Math.abs(guess[s]));
              }
              rise[i] = most;
              largest[i] = size;
            });
    h = guess;
    image = old;
    double size = Arrays.stream(largest).max().orElse(0);
    moved(Arrays.stream(rise).max().orElse(0) + 4 * UNIT * (size + backups.size()), size);
  }

  private Solution finish(SolveMethod method, boolean converged) {
    // One more sweep, from T h: it chooses the policy, and its bounds are closer still.
    int[] policy = new int[n];
    backups.moved(backups.high() - drift, backups.size());
    double estimate = discount < 1 ? drift + bounds.middle() : 0;
    double[] old = h;
    h = image;
    image = old;
    drift = 0;
    backups.choose(h, image, estimate, policy);
    bound();
    double gap = bounds.gap();
    double sign = objective.sign();
    double middle = bounds.middle();
    double[] value = image;
    double base = discount < 1 ? -middle : value[0];
    for (int s = 0; s < n; s++) {
      value[s] = sign * (value[s] - base);
    }
    boolean average = discount == 1;
    return new Solution(
        value,
        policy,
        average ? Double.NaN : gap,
        average ? Double.NaN : gap,
        average ? sign * middle : Double.NaN,
        average ? gap : Double.NaN,
        converged || bounds.converged(),
        method,
        backups.sweeps() + policySweeps,
        backups.evaluated() + policySweeps * n,
        (backups.evaluated() + (double) policySweeps * n) * backups.model().rowBytes());
  }

  /** Lets the threads go. */
  @Override
  public void close() {
    backups.close();
  }
}
