package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All kinds of indices where they are easily lost: scales, patience, one state, ties. */
class IndexEdgesTest {
  private static final Workers ONE = Workers.of(1);

  /** 1e-9 of the reward's scale, which is 1. */
  private static final double DIGITS = 1e-9;

  private static double[] gittins(double[] rewards, double[] p, double discount) {
    return StateElimination.of(MarkovArm.of(rewards, p), discount, ScalarKernels.INSTANCE, ONE)
        .indices();
  }

  private static double[] finite(double[] rewards, double[] p, double discount, int horizon) {
    return FiniteHorizonIndex.of(MarkovArm.of(rewards, p), null, discount, horizon, ONE).indices();
  }

  private static double[] sparse(double[] rewards, double[] p, double discount) {
    int n = rewards.length;
    int[] start = new int[n + 1];
    int[] to = new int[n * n];
    double[] weight = new double[n * n];
    int count = 0;
    for (int s = 0; s < n; s++) {
      for (int t = 0; t < n; t++) {
        if (p[s * n + t] > 0) {
          to[count] = t;
          weight[count++] = p[s * n + t];
        }
      }
      start[s + 1] = count;
    }
    SparseArm arm =
        SparseArm.of(rewards, start, Arrays.copyOf(to, count), Arrays.copyOf(weight, count));
    return SparseIndices.of(arm, null, discount, ScalarKernels.INSTANCE, ONE).indices();
  }

  private static double[] whittle(double[] rewards, double[] p, double discount) {
    int n = rewards.length;
    double[] stay = new double[n * n];
    for (int s = 0; s < n; s++) {
      stay[s * n + s] = 1;
    }
    double[] indices =
        WhittleIndices.of(
                RestlessArm.of(rewards, p, new double[n], stay),
                discount,
                true,
                ScalarKernels.INSTANCE,
                ONE)
            .indices();
    return Objects.requireNonNull(indices);
  }

  private static double[] chain(SplittableRandom random, int n) {
    double[] p = new double[n * n];
    for (int s = 0; s < n; s++) {
      double sum = 0;
      for (int t = 0; t < n; t++) {
        p[s * n + t] = random.nextDouble() < 0.4 ? 0 : random.nextDouble();
        sum += p[s * n + t];
      }
      if (sum == 0) {
        p[s * n + s] = 1;
        continue;
      }
      for (int t = 0; t < n; t++) {
        p[s * n + t] /= sum;
      }
    }
    return p;
  }

  /** Finite arms by four ways, at every scale and discount: the same up to the scale. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.99, 1 - 1e-8})
  void finiteArmsAgreeAtEveryScale(double discount) {
    for (int seed = 0; seed < 10; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int n = random.nextInt(1, 7);
      double[] p = chain(random, n);
      double[] rewards = random.doubles(n, -1, 1).toArray();
      double[] expected = gittins(rewards, p, discount);
      for (double scale : new double[] {1e-9, 1, 1e9}) {
        double[] scaled = Arrays.stream(rewards).map(r -> r * scale).toArray();
        double[][] found = {
          gittins(scaled, p, discount),
          sparse(scaled, p, discount),
          whittle(scaled, p, discount),
          finite(scaled, p, discount, discount <= 0.5 ? 60 : 1)
        };
        for (int way = 0; way < (discount <= 0.5 ? 4 : 3); way++) {
          double[] back = Arrays.stream(found[way]).map(g -> g / scale).toArray();
          assertThat(back)
              .as("seed %d way %d scale %s", seed, way, scale)
              .containsExactly(expected, within(DIGITS));
        }
        // One pull is left: the index is the reward.
        assertThat(finite(scaled, p, discount, 1)).containsExactly(scaled);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.9, 1 - 1e-8})
  void oneStateIsItsReward(double discount) {
    double[] r = {-0.7};
    double[] p = {1};
    assertThat(gittins(r, p, discount)).containsExactly(r, within(1e-14));
    assertThat(sparse(r, p, discount)).containsExactly(r, within(1e-14));
    assertThat(whittle(r, p, discount)).containsExactly(r, within(1e-14));
    assertThat(finite(r, p, discount, 9)).containsExactly(r, within(1e-14));
  }

  /** Absorbing states have their rewards, equal states equal indices. */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.999, 1 - 1e-8})
  void absorbingAndEqualStates(double discount) {
    double[] r = {0.5, 0.5, 0.2, 0.9, 0.5};
    double[] p = {
      0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1
    };
    for (double[] g :
        new double[][] {gittins(r, p, discount), sparse(r, p, discount), whittle(r, p, discount)}) {
      assertThat(g[0]).isCloseTo(g[1], within(1e-12));
      assertThat(g[2]).isCloseTo(0.2, within(1e-12));
      assertThat(g[3]).isCloseTo(0.9, within(1e-12));
      assertThat(g[4]).isCloseTo(0.5, within(1e-12));
      assertThat(g[0]).isGreaterThanOrEqualTo(0.5 - 1e-12);
    }
  }

  /** A Dirichlet arm with two values is a Bernoulli one, moved and scaled. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1, 1e9})
  void dirichletArmsScale(double scale) {
    double expected = BetaBernoulliIndex.of(new BetaBernoulliArm(2, 3), 0.9).index();
    DirichletArm arm = DirichletArm.of(new double[] {3, 2}, new double[] {5 * scale, 6 * scale});
    IndexBracket found = DirichletIndex.of(arm, 0.9, 1e-9 * scale);
    assertThat(found.index() / scale - 5).isCloseTo(expected, within(1e-9));
    assertThat(found.width()).isLessThanOrEqualTo(1e-9 * scale);
  }

  @Test
  void normalArmsScaleAndMove() {
    double g = NormalIndex.of(new NormalArm(0, 3, 1), 0.95, 1e-11).index();
    for (double scale : new double[] {1e-9, 1e9}) {
      double moved = NormalIndex.of(new NormalArm(2 * scale, 3, scale), 0.95, 1e-11).index();
      assertThat(moved / scale).isCloseTo(2 + g, within(1e-10));
    }
  }
}
