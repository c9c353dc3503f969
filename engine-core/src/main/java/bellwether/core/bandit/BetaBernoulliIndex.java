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
  private double lower;
  private double step;

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
    lower = mean;
    double time = 1;
    int horizon = FIRST_HORIZON;
    while (true) {
      double goal = Math.max(0.3 * tolerance, gap(charge, time, horizon));
      int needed = horizonFor(charge, time);
      if (needed <= 2 * horizon) {
        horizon = needed;
        goal = 0.3 * tolerance;
      }
      boolean last = horizon == needed;
      double target = last ? tolerance : goal;
      for (int k = 0; k < 30; k++) {
        lattice.band.plan(charge, horizon, budget(target, time));
        lattice.sweepLower(charge, horizon);
        STATS[0]++; STATS[1] += horizon;
        step = lattice.rootValue() / lattice.rootTime();
        time = lattice.rootTime();
        charge += step;
        // System.out.println("  N=" + horizon + " k=" + k + " step " + step + " charge " + charge + " e " + time+" goal "+goal);
        if (step * step < 0.2 * goal && Math.abs(step) < 0.1) {
          break;
        }
      }
      if (last) {
        lower = charge - lattice.rounding(charge, step);
        double u = charge + 0.7 * tolerance;
        lattice.sweepUpper(u, horizon);
        STATS[2]++; STATS[3] += horizon;
        if (VERBOSE) {
          double c = lattice.rootValue();
          System.out.println("gap est " + gap(charge, time, horizon) + " upper c/e at u: " + c / time + " tol " + tolerance+ " N "+horizon);
          lattice.sweepUpper(charge, horizon);
          System.out.println(" upper c/e at charge " + lattice.rootValue() / time);
          lattice.sweepUpper(u, horizon);
        }
        if (lattice.rootValue() <= 0) {
          return new IndexBracket(lower, u + lattice.rounding(u, 0), horizon);
        }
        horizon = (int) (horizon + 2 / (1 - discount));
        STATS[4]++;
      } else {
        horizon = Math.min(needed, 4 * horizon);
      }
    }
  }
  static boolean VERBOSE = false;

  private double budget(double target, double time) {
    return Math.log(1 / (target * time * (1 - discount)));
  }

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

  private int horizonFor(double charge, double time) {
    double low = 1;
    double high = MAX_HORIZON;
    while (high - low > 1) {
      double middle = Math.floor(0.5 * (low + high));
      if (gap(charge, time, middle) <= 0.5 * tolerance) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return (int) high;
  }
}
