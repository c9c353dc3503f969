package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HittingSweepsTest {
  private static final Kernels KERNELS = ScalarKernels.INSTANCE;

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  private static double[] rows(SplittableRandom random, int n, double density, double stay) {
    double[] p = new double[n * n];
    for (int s = 0; s < n; s++) {
      double sum = 0;
      for (int t = 0; t < n; t++) {
        double weight = random.nextDouble() < density || t == (s + n - 1) % n ? 1 : 0;
        p[s * n + t] = weight * random.nextDouble(0.1, 1);
        sum += p[s * n + t];
      }
      for (int t = 0; t < n; t++) {
        p[s * n + t] *= (1 - stay) / sum;
      }
      p[s * n + s] += stay;
    }
    return p;
  }

  private static RestlessArm arm(int seed, int most) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = random.nextInt(2, most);
    double density = random.nextDouble(0, 0.4);
    double stay = seed % 3 == 0 ? 0.999 : random.nextDouble(0, 0.5);
    return RestlessArm.of(
        new double[n], rows(random, n, density, 0), new double[n], rows(random, n, density, stay));
  }

  private static HittingSweeps sweeps(RestlessArm arm) {
    return Objects.requireNonNull(HittingSweeps.of(arm));
  }

  /** All policies of small arms, each solved. */
  private static double slowest(RestlessArm arm, int z) {
    int n = arm.states();
    double[][] p = {ExactWhittle.transition(arm.passive()), ExactWhittle.transition(arm.active())};
    double slowest = 0;
    for (int policy = 0; policy < 1 << n; policy++) {
      DMatrixRMaj matrix = CommonOps_DDRM.identity(n);
      DMatrixRMaj time = new DMatrixRMaj(n, 1);
      for (int s = 0; s < n; s++) {
        if (s != z) {
          time.set(s, 0, 1);
          for (int t = 0; t < n; t++) {
            matrix.add(s, t, t == z ? 0 : -p[policy >> s & 1][s * n + t]);
          }
        }
      }
      DMatrixRMaj solved = new DMatrixRMaj(n, 1);
      assertThat(CommonOps_DDRM.solve(matrix, time, solved)).isTrue();
      slowest = Math.max(slowest, CommonOps_DDRM.elementMax(solved));
    }
    return slowest;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void boundsTheSlowestOfAllPolicies(int seed) {
    RestlessArm arm = arm(seed, 8);
    for (int z = 0; z < arm.states(); z++) {
      double slowest = slowest(arm, z);
      assertThat(sweeps(arm).bound(z))
          .isBetween(slowest * (1 - 1e-12), 1.25 * slowest * (1 + 1e-9));
    }
  }

  /** Where both ways apply. */
  @ParameterizedTest
  @MethodSource("seeds")
  void isNearPolicyIteration(int seed) {
    RestlessArm arm = arm(seed, 90);
    HittingSweeps sweeps = sweeps(arm);
    int z = sweeps.mostEntered();
    double exact = WorstHitting.bound(arm, z);
    // Policy iteration ends where its own bound is at most twice the longest time.
    assertThat(sweeps.bound(z)).isBetween(0.5 * exact, 1.25 * exact * (1 + 1e-9));
  }

  @Test
  void isInfiniteWhereAPolicyStaysAway() {
    RestlessArm apart =
        RestlessArm.of(
            new double[2], new double[] {1, 0, 0, 1}, new double[2], new double[] {1, 0, 1, 0});
    assertThat(sweeps(apart).bound(0)).isInfinite();
    assertThat(sweeps(apart).bound(1)).isInfinite();
  }

  /** A walk that is held back by a wall: n (n - 1) steps from the far end, whatever is done. */
  @Test
  void walksTakeTheSquareOfTheirLength() {
    int n = 700;
    double[] p = walk(n, 0.5);
    RestlessArm arm = RestlessArm.of(new double[n], p, new double[n], p);
    double exact = (double) n * (n - 1);
    assertThat(sweeps(arm).bound(0)).isBetween(exact * (1 - 1e-9), 1.25 * exact);
  }

  private static double[] walk(int n, double up) {
    double[] p = new double[n * n];
    for (int s = 0; s < n; s++) {
      p[s * n + Math.max(0, s - 1)] += 1 - up;
      p[s * n + Math.min(n - 1, s + 1)] += up;
    }
    return p;
  }

  /** A machine that wears, and is renewed: no row shares a state with all others. */
  @ParameterizedTest
  @ValueSource(ints = {600, 1500})
  void averagesOfLargeSparseArmsHaveABound(int n) {
    double[] renewed = new double[n * n];
    double[] wears = new double[n * n];
    double[] pays = new double[n];
    double[] costs = new double[n];
    for (int s = 0; s < n; s++) {
      renewed[s * n + Math.max(0, s - 40)] = 1;
      wears[s * n + Math.max(0, s - 1)] += 0.2;
      wears[s * n + s] += 0.5;
      wears[s * n + Math.min(n - 1, s + 1)] += 0.1;
      wears[s * n] += 0.2;
      pays[s] = 1 - (double) s * s / n / n;
      costs[s] = -0.1;
    }
    RestlessArm arm = RestlessArm.of(costs, renewed, pays, wears);
    for (double discount : new double[] {1, 1 - 1e-7}) {
      WhittleIndices solved;
      try (Workers workers = Workers.of(1)) {
        solved = WhittleIndices.of(arm, discount, true, KERNELS, workers);
      }
      assertThat(solved.indices()).isNotNull();
      WhittleCertificate found = Objects.requireNonNull(solved.certify(KERNELS));
      assertThat(found.errorBound()).isLessThan(1e-7);
    }
  }

  /** Rows that have two thirds in common contract in a step, whatever their number. */
  @Test
  void denseRowsAreNearTheirMean() {
    RestlessArm arm = RestlessArm.random(600, 3);
    RowOverlap overlap = new RowOverlap(arm);
    double[][] p = {ExactWhittle.transition(arm.passive()), ExactWhittle.transition(arm.active())};
    double apart = 0;
    for (int a = 0; a < 2; a++) {
      for (int s = 0; s < 600; s++) {
        overlap.add(s, p[a], s * 600, 0);
        double[] row = Arrays.copyOfRange(p[a], s * 600, s * 600 + 600);
        double distance = 0;
        for (int t = 0; t < 600; t++) {
          distance += Math.max(0, row[t] - p[1][t]);
        }
        apart = Math.max(apart, distance);
      }
    }
    assertThat(overlap.contraction()).isBetween(apart, 0.6);
    assertThat(apart).isCloseTo(1 / 3.0, within(0.06));
  }
}
