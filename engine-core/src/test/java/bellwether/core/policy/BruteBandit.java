package bellwether.core.policy;

import bellwether.core.bandit.MarkovArm;
import bellwether.core.bandit.RestlessArm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A small bandit with plain arrays: r[arm][action][state], p[arm][action][state][next]. Joint
 * values by repeated substitution over all joint states and all sets of arms.
 */
record BruteBandit(double[][][] r, double[][][][] p, boolean[] rested, int activate) {

  static BruteBandit random(long seed, int arms, int most, int activate, double shareRested) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][][] r = new double[arms][2][];
    double[][][][] p = new double[arms][2][][];
    boolean[] rested = new boolean[arms];
    for (int i = 0; i < arms; i++) {
      int n = random.nextInt(1, most + 1);
      rested[i] = random.nextDouble() < shareRested;
      for (int a = 0; a < 2; a++) {
        boolean frozen = rested[i] && a == 0;
        r[i][a] = frozen ? new double[n] : random.doubles(n, -1, 2).toArray();
        p[i][a] = new double[n][n];
        for (int s = 0; s < n; s++) {
          if (frozen) {
            p[i][a][s][s] = 1;
            continue;
          }
          double[] w = random.doubles(n).map(x -> x < 0.3 ? 0 : x).toArray();
          w[random.nextInt(n)] += 0.1;
          double sum = Arrays.stream(w).sum();
          for (int t = 0; t < n; t++) {
            p[i][a][s][t] = w[t] / sum;
          }
        }
      }
    }
    return new BruteBandit(r, p, rested, activate);
  }

  int arms() {
    return r.length;
  }

  BanditProblem problem(int[] states, double discount, int horizon, double scale) {
    List<BanditArm> arms = new ArrayList<>();
    for (int i = 0; i < arms(); i++) {
      MarkovArm active = MarkovArm.of(r[i][1], flat(p[i][1]));
      arms.add(
          rested[i]
              ? new BanditArm.Rested(active, scale)
              : new BanditArm.Restless(
                  new RestlessArm(active, MarkovArm.of(r[i][0], flat(p[i][0]))), scale));
    }
    return new BanditProblem(arms, states, activate, discount, horizon);
  }

  private static double[] flat(double[][] matrix) {
    return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
  }

  /** All sets of {@code activate} arms. */
  List<boolean[]> sets() {
    return IntStream.range(0, 1 << arms())
        .filter(mask -> Integer.bitCount(mask) == activate)
        .mapToObj(
            mask -> {
              boolean[] set = new boolean[arms()];
              for (int i = 0; i < set.length; i++) {
                set[i] = (mask >> i & 1) == 1;
              }
              return set;
            })
        .toList();
  }

  int joint() {
    return Arrays.stream(r).mapToInt(arm -> arm[1].length).reduce(1, (x, y) -> x * y);
  }

  int[] digits(int state) {
    int[] digits = new int[arms()];
    for (int i = arms() - 1; i >= 0; i--) {
      digits[i] = state % r[i][1].length;
      state /= r[i][1].length;
    }
    return digits;
  }

  private double q(int[] at, boolean[] set, double[] next, double discount) {
    double reward = 0;
    for (int i = 0; i < at.length; i++) {
      reward += r[i][set[i] ? 1 : 0][at[i]];
    }
    double expected = 0;
    for (int t = 0; t < next.length; t++) {
      int[] to = digits(t);
      double probability = 1;
      for (int i = 0; i < to.length; i++) {
        probability *= p[i][set[i] ? 1 : 0][at[i]][to[i]];
      }
      expected += probability * next[t];
    }
    return reward + discount * expected;
  }

  /** Values of the rule that takes these sets with equal probability; the best where it is null. */
  double[] values(
      @org.jspecify.annotations.Nullable Function<int[], List<boolean[]>> rule,
      double discount,
      int periods) {
    double[] v = new double[joint()];
    for (int k = 0; k < periods; k++) {
      double[] image = new double[v.length];
      for (int s = 0; s < v.length; s++) {
        int[] at = digits(s);
        if (rule == null) {
          double best = Double.NEGATIVE_INFINITY;
          for (boolean[] set : sets()) {
            best = Math.max(best, q(at, set, v, discount));
          }
          image[s] = best;
        } else {
          List<boolean[]> sets = rule.apply(at);
          for (boolean[] set : sets) {
            image[s] += q(at, set, v, discount) / sets.size();
          }
        }
      }
      v = image;
    }
    return v;
  }

  /** The arms with the largest of these scores, the lowest numbers among ties. */
  Function<int[], List<boolean[]>> byScore(double[][] scores) {
    return at -> {
      boolean[] set = new boolean[arms()];
      IntStream.range(0, arms())
          .boxed()
          .sorted(
              (i, j) -> {
                int order = Double.compare(scores[j][at[j]], scores[i][at[i]]);
                return order != 0 ? order : Integer.compare(i, j);
              })
          .limit(activate)
          .forEach(i -> set[i] = true);
      return List.of(set);
    };
  }

  double[][] gains() {
    double[][] gains = new double[arms()][];
    for (int i = 0; i < arms(); i++) {
      int arm = i;
      gains[i] =
          IntStream.range(0, r[i][1].length)
              .mapToDouble(s -> r[arm][1][s] - r[arm][0][s])
              .toArray();
    }
    return gains;
  }
}
