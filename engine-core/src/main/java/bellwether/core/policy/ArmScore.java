package bellwether.core.policy;

import bellwether.core.bandit.BetaBernoulliArm;
import bellwether.core.bandit.BetaBernoulliIndex;
import bellwether.core.kernel.Kernels;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** An index of one arm, by state: what a policy compares. */
interface ArmScore {
  /**
   * The index.
   *
   * @param first the state of a finite arm, the successes of one that is learned
   * @param second 0 of a finite arm, the pulls of one that is learned
   * @param period 0, 1, ...
   */
  double at(int first, int second, int period);

  /** Whether it may differ between periods. */
  default boolean dependsOnPeriod() {
    return false;
  }

  /** The posterior mean after some pulls. */
  static double mean(BetaBernoulliArm arm, int successes, int pulls) {
    return (arm.alpha() + successes) / (arm.alpha() + arm.beta() + pulls);
  }

  /** By a table over the states of a finite arm. */
  static ArmScore table(double[] table) {
    return (state, _, _) -> table[state];
  }

  /** The expected reward of an arm that is learned. */
  static ArmScore mean(BanditArm.Learning arm) {
    return (successes, pulls, _) -> arm.scale() * mean(arm.arm(), successes, pulls);
  }

  /** Mean and sqrt(2 ln(1 + t)) standard deviations, t = 1 in the first period. */
  static ArmScore upperBound(BanditArm.Learning arm) {
    return new ArmScore() {
      @Override
      public double at(int successes, int pulls, int period) {
        double mean = mean(arm.arm(), successes, pulls);
        double counts = arm.arm().alpha() + arm.arm().beta() + pulls;
        double deviation = Math.sqrt(mean * (1 - mean) / (counts + 1));
        // StrictMath: the same bits on every machine.
        return arm.scale() * (mean + Math.sqrt(2 * StrictMath.log(2.0 + period)) * deviation);
      }

      @Override
      public boolean dependsOnPeriod() {
        return true;
      }
    };
  }

  /**
   * Gittins' index of an arm that is learned, from a table or computed where it is asked for, and
   * kept. Threads may compute the same entry at the same time: it has the same bits.
   */
  static ArmScore gittins(
      BanditArm.Learning arm, double discount, int depth, BeliefIndices known, Kernels kernels) {
    AtomicReferenceArray<double[]> rows = new AtomicReferenceArray<>(depth + 1);
    double tolerance = BeliefIndices.tolerance(arm.arm(), discount);
    return (successes, pulls, _) -> {
      double[] row = rows.get(pulls);
      if (row == null) {
        double[] fresh = new double[pulls + 1];
        Arrays.fill(fresh, Double.NaN);
        double[] present = rows.compareAndExchange(pulls, null, fresh);
        row = present == null ? fresh : present;
      }
      double index = row[successes];
      if (Double.isNaN(index)) {
        BetaBernoulliArm state =
            new BetaBernoulliArm(
                arm.arm().alpha() + successes, arm.arm().beta() + pulls - successes);
        index = known.index(state);
        if (Double.isNaN(index)) {
          index = BetaBernoulliIndex.of(state, discount, tolerance, kernels).index();
        }
        index *= arm.scale();
        row[successes] = index;
      }
      return index;
    };
  }
}
