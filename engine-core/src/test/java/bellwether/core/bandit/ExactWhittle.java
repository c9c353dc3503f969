package bellwether.core.bandit;

import java.util.SplittableRandom;

/** Slow, independent ways to Whittle indices of small arms: policy iteration at each subsidy. */
record ExactWhittle(double[] r1, double[] p1, double[] r0, double[] p0, double discount) {

  /** Two chains of the same awkward kind. */
  static ExactWhittle random(int n, long seed, double discount) {
    SplittableRandom random = new SplittableRandom(seed);
    SmallArms active = SmallArms.random(n, random.nextLong());
    SmallArms passive = SmallArms.random(n, random.nextLong());
    return new ExactWhittle(
        active.rewards(), active.transition(), passive.rewards(), passive.transition(), discount);
  }

  /** Two chains whose entries are all positive: every policy has one recurrent class. */
  static ExactWhittle positive(int n, long seed, double discount) {
    RestlessArm arm = RestlessArm.random(n, seed);
    return new ExactWhittle(
        rewards(arm.active()),
        transition(arm.active()),
        rewards(arm.passive()),
        transition(arm.passive()),
        discount);
  }

  static double[] rewards(FiniteArm arm) {
    double[] rewards = new double[arm.states()];
    arm.fillRewards(rewards);
    return rewards;
  }

  static double[] transition(FiniteArm arm) {
    int n = arm.states();
    double[] all = new double[n * n];
    arm.forEachRow((s, row, offset) -> System.arraycopy(row, offset, all, s * n, n));
    return all;
  }

  RestlessArm arm() {
    return RestlessArm.of(r1, p1, r0, p0);
  }

  int states() {
    return r1.length;
  }

  /** The advantage of being active in each state under the optimal policy at a subsidy. */
  double[] advantages(double subsidy) {
    int n = states();
    boolean[] passive = new boolean[n];
    for (int round = 0; round < 240; round++) {
      // Large subsidies round more coarsely; policies that tie would take turns for ever.
      double tie = 1e-13 * Math.pow(10, Math.floorDiv(round, 20));
      double[] advantages = advantages(passive, subsidy);
      boolean changed = false;
      for (int s = 0; s < n; s++) {
        if (passive[s] ? advantages[s] > tie : advantages[s] < -tie) {
          passive[s] = !passive[s];
          changed = true;
        }
      }
      if (!changed) {
        return advantages;
      }
    }
    throw new IllegalStateException("policies cycle at subsidy " + subsidy);
  }

  /** The same under a given policy: h + g = r + delta P h with h(0) = 0, by pivoting. */
  double[] advantages(boolean[] passive, double subsidy) {
    int n = states();
    double[][] a = new double[n][n + 1];
    for (int s = 0; s < n; s++) {
      double[] p = passive[s] ? p0 : p1;
      a[s][0] = 1;
      for (int t = 1; t < n; t++) {
        a[s][t] = (s == t ? 1 : 0) - discount * p[s * n + t];
      }
      a[s][n] = passive[s] ? r0[s] + subsidy : r1[s];
    }
    double[] h = solve(a);
    h[0] = 0;
    double[] advantages = new double[n];
    for (int s = 0; s < n; s++) {
      advantages[s] = r1[s] - r0[s] - subsidy;
      for (int t = 0; t < n; t++) {
        advantages[s] += discount * (p1[s * n + t] - p0[s * n + t]) * h[t];
      }
    }
    return advantages;
  }

  private static double[] solve(double[][] a) {
    int n = a.length;
    for (int c = 0; c < n; c++) {
      int best = c;
      for (int i = c + 1; i < n; i++) {
        best = Math.abs(a[i][c]) > Math.abs(a[best][c]) ? i : best;
      }
      double[] swap = a[c];
      a[c] = a[best];
      a[best] = swap;
      for (int i = 0; i < n; i++) {
        if (i != c && a[i][c] != 0) {
          double factor = a[i][c] / a[c][c];
          for (int j = c; j <= n; j++) {
            a[i][j] -= factor * a[c][j];
          }
        }
      }
    }
    double[] x = new double[n];
    for (int c = 0; c < n; c++) {
      x[c] = a[c][n] / a[c][c];
    }
    return x;
  }

  /** Where the advantage of a state goes through 0, by bisection. */
  double index(int s) {
    double low = -1;
    double high = 1;
    while (advantages(low)[s] <= 0) {
      low *= 2;
    }
    while (advantages(high)[s] > 0) {
      high *= 2;
    }
    for (int i = 0; i < 200 && high - low > 1e-15 * (1 + Math.abs(low)); i++) {
      double middle = (low + high) / 2;
      if (advantages(middle)[s] > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** Whether, on a grid of subsidies, no passive state becomes active again. */
  boolean nested(double low, double high, int points) {
    boolean[] was = new boolean[states()];
    for (int i = 0; i <= points; i++) {
      double[] advantages = advantages(low + (high - low) * i / points);
      for (int s = 0; s < states(); s++) {
        if (was[s] && advantages[s] > 1e-10) {
          return false;
        }
        was[s] |= advantages[s] < -1e-10;
      }
    }
    return true;
  }
}
