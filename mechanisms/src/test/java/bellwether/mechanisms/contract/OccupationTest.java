package bellwether.mechanisms.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.distribution.Discrete;
import bellwether.core.distribution.Exponential;
import bellwether.core.distribution.Normal;
import bellwether.core.distribution.StandardNormal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Discounted counts and excesses against sums over the periods. */
class OccupationTest {

  /** A walk's sums over up to millions of periods, term by term. */
  @ParameterizedTest
  @CsvSource({
    "0.9, 8",
    "0.9, 0",
    "0.3, 0",
    "0.99, 500",
    "0.999, 0",
    "0.99999, 0",
    "1, 1",
    "1, 33",
    "1, 100000",
    "0.9999999, 200000",
    "0, 5"
  })
  void walksAreSummed(double discount, int horizon) {
    Occupation walk = new Signal.GaussianWalk(0.3, 0.25).occupation(discount, horizon);
    int end = horizon > 0 ? horizon : (int) Math.min(5e6, 1 + 45 / -Math.log(discount));
    for (double level : new double[] {-2, 0, 0.3, 0.31, 1, 3, 40}) {
      double count = 0;
      double excess = 0;
      // Smallest first.
      for (int t = end; t >= 1; t--) {
        double sd = 0.25 * Math.sqrt(t);
        double weight = Math.pow(discount, t);
        count += weight * StandardNormal.upperTail((level - 0.3) / sd);
        excess += weight * sd * StandardNormal.shortfall((level - 0.3) / sd);
      }
      assertThat(walk.count(level)).isCloseTo(count, within(1e-11 * count + 1e-16 * walk.mass()));
      assertThat(walk.excess(level))
          .isCloseTo(excess, within(1e-11 * excess + 1e-15 * walk.mass()));
      assertThat(walk.sum(level))
          .isCloseTo(
              excess + level * count,
              within(1e-11 * (excess + Math.abs(level * count)) + 1e-14 * walk.mass()));
    }
    assertThat(walk.count(-1e9)).isCloseTo(walk.mass(), within(1e-12 * walk.mass()));
    assertThat(walk.excess(Double.POSITIVE_INFINITY)).isZero();
    assertThat(walk.sum(Double.POSITIVE_INFINITY)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void chainsAreSummed(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = random.nextInt(1, 7);
    double[] values = new double[n];
    double[] initial = law(random, n);
    double[] transition = new double[n * n];
    for (int s = 0; s < n; s++) {
      values[s] = random.nextInt(-2, 4) / 2.0;
      System.arraycopy(law(random, n), 0, transition, s * n, n);
    }
    Signal signal = new Signal.Markov(values, initial, transition);
    for (double discount : new double[] {0, 0.2, 0.9, 0.99, 1}) {
      for (int horizon : new int[] {0, 1, 2, 7, 40, 3000}) {
        if (discount == 1 && horizon == 0) {
          continue;
        }
        Occupation chain = signal.occupation(discount, horizon);
        int end = horizon > 0 ? horizon : 4000;
        for (double level : new double[] {-5, -0.5, 0, 0.25, 1, 1.5, 9}) {
          double[] law = initial.clone();
          double weight = 1;
          double count = 0;
          double excess = 0;
          for (int t = 1; t <= end; t++) {
            weight *= discount;
            for (int s = 0; s < n; s++) {
              count += values[s] >= level ? weight * law[s] : 0;
              excess += weight * law[s] * Math.max(0, values[s] - level);
            }
            double[] next = new double[n];
            for (int s = 0; s < n; s++) {
              for (int u = 0; u < n; u++) {
                next[u] += law[s] * transition[s * n + u];
              }
            }
            law = next;
          }
          assertThat(chain.count(level)).isCloseTo(count, within(1e-11 * count));
          assertThat(chain.excess(level)).isCloseTo(excess, within(1e-11 * excess + 1e-13));
        }
      }
    }
  }

  private static double[] law(SplittableRandom random, int n) {
    double[] law = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      law[i] = random.nextInt(3) == 0 ? 0 : random.nextDouble();
      sum += law[i];
    }
    if (sum == 0) {
      law[random.nextInt(n)] = 1;
      return law;
    }
    for (int i = 0; i < n; i++) {
      law[i] /= sum;
    }
    return law;
  }

  /** A nearly decomposable chain near discount 1: every state's visits to the last digits. */
  @Test
  void visitsLoseNoDigitsNearDiscountOne() {
    double e = 1e-9;
    double discount = 1 - 1e-12;
    double[] visits =
        Visits.of(new double[] {1, 0}, new double[] {1 - e, e, e, 1 - e}, discount, 0);
    // By symmetry: (1 / (1 - d) +- 1 / (1 - d (1 - 2 e))) / 2, times d.
    double rest = 1 - discount;
    double sum = 1 / rest;
    double difference = 1 / (rest + 2 * discount * e);
    assertThat(visits[0]).isCloseTo(discount * (sum + difference) / 2, within(1e-13 * visits[0]));
    assertThat(visits[1]).isCloseTo(discount * (sum - difference) / 2, within(1e-13 * visits[1]));
  }

  @Test
  void independentSignals() {
    double mass = 0.8 * (1 - Math.pow(0.8, 5)) / 0.2;
    Occupation smooth = new Signal.Independent(new Exponential(2)).occupation(0.8, 5);
    assertThat(smooth.mass()).isCloseTo(mass, within(1e-14));
    assertThat(smooth.count(0.7)).isCloseTo(mass * Math.exp(-1.4), within(1e-14));
    assertThat(smooth.sum(0.7)).isCloseTo(mass * Math.exp(-1.4) * 1.2, within(1e-14));
    assertThat(smooth.reaches(1e9)).isTrue();
    Occupation coin =
        new Signal.Independent(Discrete.of(new double[] {1, -1}, new double[] {0.3, 0.7}))
            .occupation(0.8, 5);
    assertThat(coin.count(-1)).isCloseTo(mass, within(1e-14));
    assertThat(coin.count(-0.99)).isCloseTo(0.3 * mass, within(1e-14));
    assertThat(coin.sum(0)).isCloseTo(0.3 * mass, within(1e-14));
    assertThat(coin.reaches(1)).isTrue();
    assertThat(coin.reaches(1.01)).isFalse();
    assertThat(new Signal.Independent(new Normal(0, 1)).occupation(0.5, 0).low())
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void pathsAndConstants() {
    Occupation path = new Signal.Path(1, 3, 2, 3).occupation(0.5, 4);
    assertThat(path.count(2.5)).isEqualTo(0.25 + 0.0625);
    assertThat(path.excess(2.5)).isEqualTo(0.5 * 0.3125);
    assertThat(path.mass()).isEqualTo(0.9375);
    assertThat(new Signal.Constant(2).occupation(0.75, 0).sum(2)).isCloseTo(6, within(1e-14));
    assertThat(new Signal.Constant(2).occupation(1, 12).count(1)).isEqualTo(12);
    // A discount that is nearly 1.
    assertThat(new Signal.Constant(1).occupation(1 - 0x1p-53, 1_000_000).mass())
        .isCloseTo(1e6, within(1e-3));
  }

  @Test
  void wrongArgumentsAreNamed() {
    for (var wrong :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> new Signal.Constant(Double.NaN),
            () -> new Signal.Path(),
            () -> new Signal.Path(1, Double.POSITIVE_INFINITY),
            () -> new Signal.Path(1, 2).occupation(0.5, 0),
            () -> new Signal.Path(1, 2).occupation(0.5, 3),
            () -> new Signal.Constant(1).occupation(1, 0),
            () -> new Signal.Constant(1).occupation(-0.1, 4),
            () -> new Signal.Constant(1).occupation(0.5, -1),
            () -> new Signal.GaussianWalk(0, 0),
            () -> new Signal.GaussianWalk(Double.NaN, 1),
            () -> new Signal.Markov(new double[] {1}, new double[] {0.9}, new double[] {1}),
            () -> new Signal.Markov(new double[] {1}, new double[] {1}, new double[] {0.9}),
            () -> new Signal.Markov(new double[] {1}, new double[] {1, 0}, new double[] {1}),
            () ->
                new Signal.Markov(
                    new double[] {1, 2}, new double[] {1.5, -0.5}, new double[] {1, 0, 0, 1}))) {
      assertThatThrownBy(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must");
    }
  }
}
