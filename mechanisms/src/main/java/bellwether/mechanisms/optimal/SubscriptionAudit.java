package bellwether.mechanisms.optimal;

import bellwether.core.distribution.Distribution;
import bellwether.core.parallel.Workers;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.VirtualWeight;

/**
 * Looks for gains from lies about initial types, on a grid of each agent's types, the others' being
 * those of the mechanism.
 *
 * <p>Who reports x' at time 0 and the truth x afterwards (lying twice gains nothing more, the
 * allocation phase being periodic ex post incentive compatible) gets
 *
 * <p>U^{x'->x}(x) = (d / alpha(x')) E[W~(s_1) - W_-i(s_1)] - p_i0(x'),
 *
 * <p>W~ the weighted welfare in which i's flow counts alpha(x') A(x) B, or (A(x) - h(x') A'(x')) C
 * + B. The truth is optimal iff the interval dominance of Lemma 3.6 holds (equation 16),
 *
 * <p>integral from x' to x of A'(z) (slope(z) - slope of the mixed weight at z) dz &gt;= 0.
 *
 * @param maxIncentiveGain the most that a lie gains, 0 where none does
 * @param gainAgent whose lie that is, -1 for nobody's
 * @param gainType its type
 * @param gainReport what it reports
 * @param minUtility the least utility of any type on the grid
 * @param poorestAgent whose it is
 * @param poorestType where
 * @param leastDominance the least integral of the interval dominance, over pairs whose report takes
 *     part
 * @param dominanceAgent whose it is, -1 where no report takes part
 * @param dominanceType x
 * @param dominanceReport x'
 * @param tolerance up to which rounding accounts for gains
 */
public record SubscriptionAudit(
    double maxIncentiveGain,
    int gainAgent,
    double gainType,
    double gainReport,
    double minUtility,
    int poorestAgent,
    double poorestType,
    double leastDominance,
    int dominanceAgent,
    double dominanceType,
    double dominanceReport,
    double tolerance) {
  /** The tail beyond which types without bounds are not looked at. */
  private static final double TAIL = 1e-3;

  /** Whether interval dominance holds on the grid. */
  public boolean dominates() {
    return leastDominance >= -tolerance;
  }

  /**
   * The grid of an agent's types.
   *
   * @param low the least type; NaN for the support's, or a quantile of 0.001 where it has none
   * @param high the largest; NaN likewise
   */
  public static double[] grid(PrivateType type, int points, double low, double high) {
    Distribution law = type.distribution();
    double from = Double.isNaN(low) ? law.low() : Math.max(low, law.low());
    double to = Double.isNaN(high) ? law.high() : Math.min(high, law.high());
    from = Double.isInfinite(from) ? law.quantile(TAIL) : from;
    to = Double.isInfinite(to) ? law.upperQuantile(TAIL) : to;
    double[] grid = new double[points];
    for (int k = 0; k < points; k++) {
      double share = points == 1 ? 0 : (double) k / (points - 1);
      grid[k] = k == points - 1 && points > 1 ? to : from + (to - from) * share;
    }
    return grid;
  }

  /**
   * Audits.
   *
   * @param points of every agent's grid, at least 2
   * @param low see {@link #grid}
   * @param high see {@link #grid}
   * @throws ArithmeticException when a utility is infinite
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static SubscriptionAudit of(VirtualPivot pivot, int points, double low, double high) {
    if (points < 2) {
      throw new IllegalArgumentException("points must be at least 2: " + points);
    }
    Search search = new Search(pivot);
    for (int i = 0; i < pivot.environment().size(); i++) {
      Workers.checkInterrupted();
      search.agent(i, grid(pivot.environment().agent(i).type(), points, low, high));
    }
    return search.found();
  }

  private static final class Search {
    private final VirtualPivot pivot;
    private double gain;
    private int gainAgent = -1;
    private double gainType = Double.NaN;
    private double gainReport = Double.NaN;
    private double least = Double.POSITIVE_INFINITY;
    private int poorestAgent = -1;
    private double poorestType = Double.NaN;
    private double dominance = Double.POSITIVE_INFINITY;
    private int dominanceAgent = -1;
    private double dominanceType = Double.NaN;
    private double dominanceReport = Double.NaN;
    private double tolerance;

    Search(VirtualPivot pivot) {
      this.pivot = pivot;
    }

    void agent(int i, double[] grid) {
      SeparableAgent agent = pivot.environment().agent(i);
      WelfareLine line = pivot.line(i);
      RentCurve curve = pivot.curve(i);
      int n = grid.length;
      VirtualWeight[] weight = new VirtualWeight[n];
      double[] rent = new double[n];
      double[] utility = new double[n];
      boolean[] active = new boolean[n];
      for (int k = 0; k < n; k++) {
        double z = grid[k];
        weight[k] = agent.weight(z);
        rent[k] = curve.rent(z);
        if (weight[k].included()) {
          Plane plane = line.plane(line.piece(agent.effectiveWeight(z)));
          double value = agent.type().function().value(z) * plane.slope()[i] + plane.own()[i];
          double noise = 1e-11 * (Math.abs(value) + Math.abs(rent[k])) + plane.gap();
          active[k] = value - rent[k] > noise;
          tolerance = active[k] ? Math.max(tolerance, 10 * noise / weight[k].alpha()) : tolerance;
        }
        utility[k] = active[k] ? rent[k] : 0;
        if (utility[k] < least) {
          least = utility[k];
          poorestAgent = i;
          poorestType = z;
        }
      }
      for (int r = 0; r < n; r++) {
        Workers.checkInterrupted();
        if (!active[r]) {
          // Who reports so stays away; the truth is worth that at least where utilities are not
          // negative.
          for (int k = 0; k < n; k++) {
            gain(i, grid[k], grid[r], 0 - utility[k]);
          }
          continue;
        }
        double truth = line.value(mixed(agent, weight[r], grid[r], grid[r]));
        for (int k = 0; k < n; k++) {
          double lie = line.value(mixed(agent, weight[r], grid[r], grid[k]));
          double worth = rent[r] + (lie - truth) / weight[r].alpha();
          gain(i, grid[k], grid[r], worth - utility[k]);
          double over = rent[k] - worth;
          if (over < dominance) {
            dominance = over;
            dominanceAgent = i;
            dominanceType = grid[k];
            dominanceReport = grid[r];
          }
        }
      }
    }

    /** What type {@code x} counts with the weights of the report. */
    private static double mixed(
        SeparableAgent agent, VirtualWeight weight, double report, double x) {
      double a = agent.type().function().value(x);
      return agent.additive() ? a - agent.type().rent(report) : weight.alpha() * a;
    }

    private void gain(int i, double type, double report, double more) {
      if (type != report && more > gain) {
        gain = more;
        gainAgent = i;
        gainType = type;
        gainReport = report;
      }
    }

    SubscriptionAudit found() {
      boolean real = gain > tolerance;
      return new SubscriptionAudit(
          gain,
          real ? gainAgent : -1,
          gainType,
          gainReport,
          least,
          poorestAgent,
          poorestType,
          dominanceAgent < 0 ? 0 : dominance,
          dominanceAgent,
          dominanceType,
          dominanceReport,
          tolerance);
    }
  }
}
