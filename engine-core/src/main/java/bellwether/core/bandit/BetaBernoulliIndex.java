package bellwether.core.bandit;

import bellwether.core.kernel.Kernels;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/** draft */
public final class BetaBernoulliIndex {
  /** Widest bracket returned unless asked otherwise. */
  public static final double DEFAULT_TOLERANCE = 1e-10;

  /** Longest horizon tried. */
  public static final int MAX_HORIZON = 1 << 22;

  private static final int FIRST_HORIZON = 16;
  static final long[] STATS = new long[8];

  private final BetaBernoulliArm arm;
  private final double discount;
  private final double tolerance;
  private final BetaLattice lattice;

  private BetaBernoulliIndex(
      BetaBernoulliArm arm, double discount, double tolerance, Kernels kernels) {
    this.arm = arm;
    this.discount = discount;
    this.tolerance = tolerance;
    this.lattice = new BetaLattice(arm.alpha(), arm.beta(), discount, kernels.lattice());
  }

  public static IndexBracket of(
      BetaBernoulliArm arm, double discount, double tolerance, Kernels kernels) {
    double mean = arm.alpha() / (arm.alpha() + arm.beta());
    if (discount == 0) {
      return new IndexBracket(mean, mean, 0);
    }
    return new BetaBernoulliIndex(arm, discount, tolerance, kernels).bracket(mean);
  }

  private IndexBracket bracket(double mean) {
    double charge = mean;
    double time = 1;
    double error = 0.1;
    double step = 0.1;
    double aim = 0.01;
    double planned = -1;
    int horizon = FIRST_HORIZON;
    int plannedHorizon = -1;
    while (true) {
      if (horizon != plannedHorizon || Math.abs(charge - planned) > 0.05 * (charge - mean)) {
        lattice.band.plan(charge, horizon, -Math.log(aim * time * (1 - discount)));
        planned = charge;
        plannedHorizon = horizon;
        STATS[5]++; STATS[6] += lattice.band.blocks();
      }
      lattice.sweepLower(charge, horizon);
      STATS[0]++; STATS[1] += horizon;
      time = lattice.rootTime();
      step = lattice.rootValue() / time;
      charge += step;
      double gain = Math.max(charge - mean, 1e-3 * tolerance);
      double newton = step * step / gain;
      error = newton + gap(charge, time, horizon);
      if (VERBOSE) System.out.println("  N=" + horizon + " step " + step + " charge " + charge + " e " + time+" err "+error+" newton "+newton);
      int needed = horizonFor(charge, time, 2 * tolerance);
      if (horizon < needed) {
        // one more step squares the error: look as far ahead as that deserves
        aim = error * Math.min(0.1, error / gain);
        horizon = Math.max(horizon, horizonFor(charge, time, aim));
        if (horizon > 0.6 * needed) {
          horizon = needed;
          aim = 0.1 * tolerance;
        }
      } else if (newton < 0.1 * tolerance) {
        double u = charge + 0.8 * tolerance;
        lattice.sweepUpper(u, horizon);
        STATS[2]++; STATS[3] += horizon;
        if (lattice.rootValue() <= 0) {
          return new IndexBracket(charge - lattice.rounding(charge, step), u + lattice.rounding(u, 0), horizon);
        }
        double excess = 0.8 * tolerance + lattice.rootValue() / lattice.rootTime();
        horizon += (int) (2 + Math.log(excess / (0.2 * tolerance)) / -Math.log(discount));
        STATS[4]++;
      }
    }
  }
  static boolean VERBOSE = false;

  /** How far lower and upper truncation are apart, roughly. */
  private double gap(double charge, double time, double horizon) {
    double n = arm.alpha() + arm.beta();
    double density =
        RegularizedBeta.derivative(charge, arm.alpha(), arm.beta())
            * Math.sqrt((n + horizon) / horizon);
    double variance = charge * (1 - charge) / (n + horizon);
    double loss = Math.min(0.5 * density * variance, 0.4 * Math.sqrt(variance));
    return Math.pow(discount, horizon) * loss / ((1 - discount) * time);
  }

  private int horizonFor(double charge, double time, double target) {
    double low = 1;
    double high = MAX_HORIZON;
    while (high - low > 1) {
      double middle = Math.floor(0.5 * (low + high));
      if (gap(charge, time, middle) <= target) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return (int) high;
  }
}
