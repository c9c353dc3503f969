package bellwether.core.policy;

import java.util.Arrays;

/**
 * Between which numbers the sum of the arms' rewards of one period lies, whatever the policy.
 *
 * @param low at most every sum
 * @param high at least every sum
 * @param largest the largest |reward| of an arm
 */
record RewardRange(double low, double high, double largest) {

  static RewardRange of(BanditProblem problem) {
    int n = problem.arms().size();
    double low = 0;
    double high = 0;
    double largest = 0;
    double[] leastGain = new double[n];
    double[] mostGain = new double[n];
    for (int i = 0; i < n; i++) {
      double[] passive = {0, 0};
      double[] active =
          switch (problem.arms().get(i)) {
            case BanditArm.Rested arm -> range(arm.arm(), arm.scale());
            case BanditArm.Restless arm -> {
              passive = range(arm.arm().passive(), arm.scale());
              yield range(arm.arm().active(), arm.scale());
            }
            case BanditArm.Learning arm -> new double[] {0, arm.scale()};
          };
      low += passive[0];
      high += passive[1];
      leastGain[i] = active[0] - passive[0];
      mostGain[i] = active[1] - passive[1];
      for (double bound : new double[] {passive[0], passive[1], active[0], active[1]}) {
        largest = Math.max(largest, Math.abs(bound));
      }
    }
    Arrays.sort(leastGain);
    Arrays.sort(mostGain);
    for (int k = 0; k < problem.activate(); k++) {
      low += leastGain[k];
      high += mostGain[n - 1 - k];
    }
    return new RewardRange(low, high, largest);
  }

  private static double[] range(bellwether.core.bandit.FiniteArm arm, double scale) {
    double[] r = new double[arm.states()];
    arm.fillRewards(r);
    return new double[] {
      scale * Arrays.stream(r).min().orElse(0), scale * Arrays.stream(r).max().orElse(0)
    };
  }

  double middle() {
    return low + 0.5 * (high - low);
  }

  /** How far a sum may be from {@link #middle}. */
  double halfWidth() {
    return 0.5 * (high - low);
  }
}
