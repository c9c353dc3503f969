package bellwether.core.stopping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainStoppingTest {
  private static final Workers WORKERS = Workers.of(1);

  private static double[] rows(int n, Random random) {
    double[] p = new double[n * n];
    for (int s = 0; s < n; s++) {
      double sum = 0;
      for (int t = 0; t < n; t++) {
        p[s * n + t] = random.nextInt(3) == 0 ? 0 : random.nextDouble();
        sum += p[s * n + t];
      }
      if (sum == 0) {
        p[s * n + s] = sum = 1;
      }
      for (int t = 0; t < n; t++) {
        p[s * n + t] /= sum;
      }
    }
    return p;
  }

  private static double[] numbers(int n, double scale, Random random) {
    double[] v = new double[n];
    for (int s = 0; s < n; s++) {
      v[s] = scale * random.nextGaussian();
    }
    return v;
  }

  /** Every set of states in which to stop is tried. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void infiniteIsTheBestOfAllStoppingSets(long seed) {
    Random random = new Random(seed);
    int n = 2 + random.nextInt(6);
    double[] p = rows(n, random);
    double[] payoff = numbers(n, 3, random);
    double[] cost = numbers(n, 0.2, random);
    double discount = seed == 6 ? 0.999 : 0.7 + 0.05 * seed;
    ChainStopping.Result found =
        ChainStopping.dense(p, payoff, cost).infinite(discount, Double.NaN, WORKERS);
    double[] best = new double[n];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    for (int set = 0; set < 1 << n; set++) {
      DMatrixRMaj a = CommonOps_DDRM.identity(n);
      DMatrixRMaj b = new DMatrixRMaj(n, 1);
      for (int s = 0; s < n; s++) {
        if ((set >> s & 1) == 1) {
          b.set(s, 0, payoff[s]);
          continue;
        }
        b.set(s, 0, -cost[s]);
        for (int t = 0; t < n; t++) {
          a.set(s, t, a.get(s, t) - discount * p[s * n + t]);
        }
      }
      DMatrixRMaj v = new DMatrixRMaj(n, 1);
      CommonOps_DDRM.solve(a, b, v);
      for (int s = 0; s < n; s++) {
        best[s] = Math.max(best[s], v.get(s));
      }
    }
    for (int s = 0; s < n; s++) {
      assertThat(found.values()[s]).as("seed %s", seed).isCloseTo(best[s], within(1e-9));
      assertThat(found.stop()[s]).isEqualTo(payoff[s] >= best[s] - 1e-9);
    }
    assertThat(found.upperGap()).isLessThan(1e-9);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void finiteIsBackwardInduction(long seed) {
    Random random = new Random(seed);
    int n = 1 + random.nextInt(8);
    double[] p = rows(n, random);
    double[] payoff = numbers(n, 3, random);
    double[] cost = numbers(n, 0.2, random);
    int horizon = 1 + random.nextInt(6);
    ChainStopping chain = ChainStopping.dense(p, payoff, cost);
    ChainStopping.Result found = chain.finite(1, horizon, WORKERS);
    double[] v = new double[n];
    boolean[][] regions = chain.regions(1, horizon);
    for (int t = horizon - 1; t >= 0; t--) {
      double[] now = new double[n];
      for (int s = 0; s < n; s++) {
        double on = -cost[s];
        for (int to = 0; to < n; to++) {
          on += p[s * n + to] * v[to];
        }
        now[s] = Math.max(payoff[s], on);
        assertThat(regions[t][s]).isEqualTo(payoff[s] >= on);
      }
      v = now;
    }
    assertThat(found.values()).containsExactly(v, within(1e-12));
    assertThat(found.stop()).isEqualTo(regions[0]);
  }

  @Test
  void tiesStop() {
    double[] p = {1};
    ChainStopping chain = ChainStopping.dense(p, new double[] {1}, new double[] {-0.1});
    // Going on for ever pays 0.1 / (1 - 0.9) = 1, as stopping does.
    assertThat(chain.infinite(0.9, Double.NaN, WORKERS).stop()).containsExactly(true);
    assertThat(chain.finite(0.9, 3, WORKERS).stop()).containsExactly(true);
    assertThat(chain.regions(0.9, 3)[0]).containsExactly(true);
  }

  /** A binomial lattice is a chain, too. */
  @Test
  void latticesAreChains() {
    int steps = 12;
    double up = 0.55;
    LatticeStopping.Payoff payoff = (t, i) -> Math.max(0, 10 - Math.exp(0.2 * (2 * i - t)) * 8);
    LatticeStopping.Result lattice =
        LatticeStopping.solve(steps, new double[] {1 - up, up}, 0.99, 0.001, payoff);
    int n = (steps + 1) * (steps + 2) / 2;
    double[] p = new double[n * n];
    double[] paid = new double[n];
    double[] cost = new double[n];
    int at = 0;
    for (int t = 0; t <= steps; t++) {
      for (int i = 0; i <= t; i++, at++) {
        paid[at] = payoff.at(t, i);
        if (t < steps) {
          cost[at] = 0.001;
          p[at * n + at + t + 1] = 1 - up;
          p[at * n + at + t + 2] = up;
        } else {
          p[at * n + at] = 1;
        }
      }
    }
    ChainStopping.Result chain =
        ChainStopping.dense(p, paid, cost).infinite(0.99, Double.NaN, WORKERS);
    assertThat(lattice.value()).isCloseTo(chain.values()[0], within(1e-9));
    at = 0;
    for (int t = 0; t < steps; t++) {
      int[] runs = lattice.region()[t];
      int stops = 0;
      for (int i = 0; i <= t; i++, at++) {
        boolean inside = false;
        for (int k = 0; k < runs.length; k += 2) {
          inside |= runs[k] <= i && i <= runs[k + 1];
        }
        assertThat(inside).as("%s, %s", t, i).isEqualTo(chain.stop()[at]);
        stops += inside ? 1 : 0;
      }
      assertThat(lattice.stops()[t]).isEqualTo(stops);
    }
  }

  @Test
  void wrongNumbersAreNamed() {
    assertThatThrownBy(
            () -> ChainStopping.dense(new double[] {1}, new double[] {Double.NaN}, new double[1]))
        .hasMessage("payoff[0] must be finite: NaN");
    assertThatThrownBy(
            () -> ChainStopping.dense(new double[] {0.9}, new double[] {1}, new double[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LatticeStopping.solve(2, new double[] {0.5, 0.4}, 1, 0, (t, i) -> 0))
        .hasMessageContaining("sum to 1");
    assertThatThrownBy(() -> LatticeStopping.solve(2, new double[] {1}, 1, 0, (t, i) -> Double.NaN))
        .hasMessage("payoff of node 0 in layer 2 must be finite: NaN");
  }
}
