package bellwether.mechanisms.revenue;

import bellwether.core.bandit.RetirementSteps;
import java.util.Arrays;

/**
 * Steps without those that are none: where phi' falls, and by how much.
 *
 * <p>{@code at[k]} is nonincreasing; phi' is {@code factor[k]} directly below {@code at[k]}, {@code
 * drop[k]} less than above it.
 */
@SuppressWarnings("ArrayRecordComponent")
record ArmDrops(double[] at, double[] drop, double[] factor) {
  private static final double ROUNDING = 1e-9;

  /**
   * Reads steps.
   *
   * @throws IllegalArgumentException when they are not as {@link RetirementSteps} demands
   */
  static ArmDrops of(RetirementSteps steps) {
    double[] m = steps.breakpoints();
    double[] f = steps.factors();
    if (f.length != m.length + 1) {
      throw new IllegalArgumentException(
          "factors must have one entry more than breakpoints, " + (m.length + 1) + ": " + f.length);
    }
    double[] at = new double[m.length];
    double[] drop = new double[m.length];
    double[] factor = new double[m.length];
    int n = 0;
    double now = 1;
    for (int k = 0; k < m.length; k++) {
      if (!(Double.isFinite(m[k]) && (k == 0 || m[k] <= m[k - 1]))) {
        throw new IllegalArgumentException(
            "breakpoints must be finite and nonincreasing: breakpoints[" + k + "] = " + m[k]);
      }
      double next = f[k + 1];
      if (!(next >= -ROUNDING && next <= now + ROUNDING)) {
        throw new IllegalArgumentException(
            "factors must lie in [0, 1] and not increase: factors[" + (k + 1) + "] = " + next);
      }
      next = Math.clamp(next, 0.0, now);
      if (next == now) {
        continue;
      }
      if (n > 0 && at[n - 1] == m[k]) {
        drop[n - 1] += now - next;
        factor[n - 1] = next;
      } else {
        at[n] = m[k];
        drop[n] = now - next;
        factor[n++] = next;
      }
      now = next;
    }
    return new ArmDrops(Arrays.copyOf(at, n), Arrays.copyOf(drop, n), Arrays.copyOf(factor, n));
  }

  int count() {
    return at.length;
  }
}
