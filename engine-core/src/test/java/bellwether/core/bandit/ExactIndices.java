package bellwether.core.bandit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/** Slow, independent ways to the same numbers, for small arms. */
final class ExactIndices {
  private static final MathContext DIGITS = new MathContext(60);

  private ExactIndices() {}

  /**
   * Indices to 60 digits: largest remaining index first, with exact solves of (I - delta P_CC) x =
   * r and = 1 for each candidate (Varaiya, Walrand and Buyukkoc 1985). Rows are used as they are.
   */
  static double[] byLargestRemaining(double[] rewards, double[] transition, double discount) {
    return Arrays.stream(digits(rewards, transition, discount))
        .mapToDouble(BigDecimal::doubleValue)
        .toArray();
  }

  /** The same, before they are rounded. */
  static BigDecimal[] digits(double[] rewards, double[] transition, double discount) {
    int n = rewards.length;
    BigDecimal delta = new BigDecimal(discount);
    BigDecimal[] indices = new BigDecimal[n];
    boolean[] done = new boolean[n];
    for (int k = 0; k < n; k++) {
      int best = -1;
      BigDecimal bestIndex = BigDecimal.ZERO;
      for (int s = 0; s < n; s++) {
        if (!done[s]) {
          BigDecimal index = ratio(rewards, transition, delta, done, s);
          if (best < 0 || index.compareTo(bestIndex) > 0) {
            bestIndex = index;
            best = s;
          }
        }
      }
      done[best] = true;
      indices[best] = bestIndex;
    }
    return indices;
  }

  /** N / D from s with the continuation set C plus s. */
  private static BigDecimal ratio(
      double[] rewards, double[] transition, BigDecimal delta, boolean[] set, int s) {
    int n = rewards.length;
    int[] members = new int[n];
    int m = 0;
    members[m++] = s;
    for (int x = 0; x < n; x++) {
      if (set[x] && x != s) {
        members[m++] = x;
      }
    }
    BigDecimal[][] a = new BigDecimal[m][m + 2];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        BigDecimal p = new BigDecimal(transition[members[i] * n + members[j]]);
        if (i == j) {
          p = BigDecimal.ONE;
          for (int t = 0; t < n; t++) {
            if (t != members[i]) {
              p = p.subtract(new BigDecimal(transition[members[i] * n + t]), DIGITS);
            }
          }
        }
        a[i][j] = (i == j ? BigDecimal.ONE : BigDecimal.ZERO).subtract(delta.multiply(p), DIGITS);
      }
      a[i][m] = new BigDecimal(rewards[members[i]]);
      a[i][m + 1] = BigDecimal.ONE;
    }
    for (int c = m - 1; c >= 0; c--) {
      for (int i = 0; i < c; i++) {
        BigDecimal factor = a[i][c].divide(a[c][c], DIGITS);
        for (int j = 0; j <= c; j++) {
          a[i][j] = a[i][j].subtract(factor.multiply(a[c][j], DIGITS), DIGITS);
        }
        for (int j = m; j < m + 2; j++) {
          a[i][j] = a[i][j].subtract(factor.multiply(a[c][j], DIGITS), DIGITS);
        }
      }
    }
    return a[0][m].divide(a[0][m + 1], DIGITS);
  }

  /**
   * E_s[delta^tau] for "continue while in the set", by iterating the equations to a fixed point.
   */
  static double retirementFactor(double[] transition, double discount, boolean[] set, int s) {
    int n = set.length;
    double[] value = new double[n];
    Arrays.fill(value, 1);
    for (int sweep = 0; sweep < 200_000; sweep++) {
      double change = 0;
      for (int x = 0; x < n; x++) {
        if (set[x]) {
          double sum = 0;
          for (int y = 0; y < n; y++) {
            sum += transition[x * n + y] * value[y];
          }
          change = Math.max(change, Math.abs(discount * sum - value[x]));
          value[x] = discount * sum;
        }
      }
      if (change < 1e-17) {
        break;
      }
    }
    return value[s];
  }
}
