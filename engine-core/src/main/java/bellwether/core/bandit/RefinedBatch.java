package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.PANEL;

import java.util.Arrays;

/**
 * The states that {@link Refinement} has in hand, one a right-hand side, and what it does to the
 * values of one of them. Those that are done stay as they are.
 */
final class RefinedBatch {
  private static final int LARGEST_WINDOW = 128;

  /** Corrections in a row that may fail to divide the bound by four. */
  private static final int PATIENCE = 2;

  private final RankedFactors factors;
  private final int[] ranks;
  private final double tolerance;
  private final double rounding;
  private final int terms;
  private final double reward;
  private final double[] charges;
  private final double[] best;
  private final double[] bestCharge;
  private final int[] stale;
  private final boolean[] met;
  private final boolean[] done;

  /** Ranks low..high of the states in doubt, the state itself among them. */
  private final int[] low;

  private final int[] high;
  private int step;

  /**
   * A batch.
   *
   * @param tolerance which bound is small enough
   * @param rounding or which, as a share of the largest value
   * @param terms of one sum after the other in the worths that are looked at
   * @param reward the largest |r|
   */
  RefinedBatch(
      RankedFactors factors,
      int[] ranks,
      double tolerance,
      double rounding,
      int terms,
      double reward) {
    this.terms = terms;
    this.reward = reward;
    this.factors = factors;
    this.ranks = ranks;
    this.tolerance = tolerance;
    this.rounding = rounding;
    int size = ranks.length;
    charges = new double[panels() * PANEL];
    best = new double[size];
    bestCharge = new double[size];
    stale = new int[size];
    met = new boolean[size];
    done = new boolean[size];
    low = ranks.clone();
    high = ranks.clone();
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    for (int j = 0; j < size; j++) {
      charges[j] = factors.index[ranks[j]];
    }
  }

  int size() {
    return ranks.length;
  }

  int panels() {
    return (ranks.length + PANEL - 1) / PANEL;
  }

  double charge(int j) {
    return charges[j];
  }

  /** Ranks from here on are worth nothing to any state that is not done. */
  int end() {
    return Arrays.stream(high).max().orElseThrow() + 1;
  }

  boolean done() {
    step++;
    for (boolean one : done) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  private static int place(int j, int panelSize) {
    return j / PANEL * panelSize + j % PANEL;
  }

  /** What U times the values of the continuation sets of single precision is. */
  void start(double[] v, int panelSize) {
    for (int j = 0; j < ranks.length; j++) {
      int at = place(j, panelSize);
      for (int i = 0; i < ranks[j]; i++) {
        v[at + i * PANEL] = Math.max(0, factors.index[i] - charges[j]) * factors.time[i];
      }
    }
  }

  /** The bound of {@link RestartCertificate} for state j, and who is on the wrong side. */
  void look(int j, double[] v, double[] w, int panelSize) {
    if (done[j]) {
      return;
    }
    int k = ranks[j];
    int at = place(j, panelSize);
    double gap = Math.abs(w[at + k * PANEL]);
    double largest = 0;
    for (int i = 0; i <= high[j]; i++) {
      largest = Math.max(largest, v[at + i * PANEL]);
    }
    double enough = Math.max(tolerance, rounding * largest);
    int first = low[j];
    int last = high[j];
    for (int i = 0; i < factors.n; i++) {
      double worth = w[at + i * PANEL];
      if (i != k) {
        gap = Math.max(gap, Math.abs(v[at + i * PANEL] - Math.max(0, worth)));
        if (i < k && worth < -enough) {
          first = Math.min(first, i);
        } else if (i > k && worth > enough) {
          last = i;
        }
      }
    }
    double hidden = RestartCertificate.rounding(terms, largest, reward, charges[j]);
    // Without a tolerance of the user's, what rounding can hide is not held against the equations.
    boolean small = rounding > 0 ? gap <= enough : gap + hidden <= enough;
    gap += hidden;
    if (step > 0 && last - first < LARGEST_WINDOW) {
      low[j] = first;
      high[j] = Math.max(last, high[j]);
    }
    stale[j] = gap > best[j] / 4 ? stale[j] + 1 : 0;
    if (gap < best[j]) {
      best[j] = gap;
      bestCharge[j] = charges[j];
      met[j] = small;
    }
    done[j] = small || stale[j] >= PATIENCE || Double.isNaN(gap);
  }

  void store(double[] index, double[] bound, boolean[] enough) {
    for (int j = 0; j < ranks.length; j++) {
      index[ranks[j]] = bestCharge[j];
      bound[ranks[j]] = best[j];
      enough[ranks[j]] = met[j];
    }
  }

  /** Replaces the worths of the states that go on by what is missing. */
  void residual(int j, double[] v, double[] w, int panelSize) {
    int at = place(j, panelSize);
    for (int i = 0; i < factors.n; i++) {
      int own = at + i * PANEL;
      w[own] = done[j] || i > high[j] ? 0 : w[own] - v[own];
    }
  }

  /** After the forward solve: corrects the charge and leaves what the backward solve needs. */
  void charge(int j, double[] v, double[] w, int panelSize) {
    int at = place(j, panelSize);
    int k = ranks[j];
    double change;
    double[] window = new double[high[j] - low[j] + 1];
    if (done[j]) {
      change = 0;
    } else if (window.length == 1) {
      change = w[at + k * PANEL] / factors.time[k];
    } else {
      MarginalStates marginal = new MarginalStates(factors, low[j], window.length);
      double[] values = new double[window.length];
      for (int i = 0; i < window.length; i++) {
        window[i] = w[at + (low[j] + i) * PANEL];
        values[i] = v[at + (low[j] + i) * PANEL];
      }
      if (!marginal.solve(window, values, k - low[j])) {
        stale[j] = PATIENCE;
      }
      change = marginal.charge;
      window = marginal.rightHandSide();
    }
    charges[j] += change;
    for (int i = 0; i < factors.n; i++) {
      int own = at + i * PANEL;
      if (i < low[j]) {
        w[own] -= change * factors.time[i];
      } else {
        w[own] = i > high[j] ? 0 : window[i - low[j]];
      }
    }
    if (window.length == 1) {
      w[at + k * PANEL] = 0;
    }
  }

  /** Adds the corrections; values are never negative. */
  void add(int j, double[] v, double[] w, int panelSize) {
    if (done[j]) {
      return;
    }
    int at = place(j, panelSize);
    for (int i = 0; i <= high[j]; i++) {
      int own = at + i * PANEL;
      v[own] = Math.max(0, v[own] + w[own]);
    }
    v[at + ranks[j] * PANEL] = 0;
  }
}
