package bellwether.mechanisms.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.distribution.Beta;
import bellwether.core.distribution.Discrete;
import bellwether.core.distribution.Uniform;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelatedPopulationTest {
  private static CorrelatedPopulation random(SplittableRandom random) {
    int count = 1 + random.nextInt(5);
    List<Segment> segments = new ArrayList<>();
    for (int k = 1; k <= count; k++) {
      double p = random.nextDouble();
      segments.add(
          new Segment(
              k == count ? 1 : (k - 0.5 + random.nextDouble() * 0.4) / count,
              new double[] {random.nextDouble() * 0.6, random.nextDouble() * 1.4},
              new double[] {p, 1 - p}));
    }
    return CorrelatedPopulation.of(0.5 + random.nextDouble() / 2, 0, 1, segments);
  }

  /** On a grid of types: who is served, whether that is an up-set, what a lie gains, welfare. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void isWhatAGridOfTypesSays(long seed) {
    CorrelatedPopulation population = random(new SplittableRandom(seed));
    int n = 100_000;
    double[][] regions = population.regions();
    boolean up = true;
    boolean served = false;
    double welfare = 0;
    for (int g = 0; g < n; g++) {
      double theta = (g + 0.5) / n;
      boolean inside = false;
      for (double[] region : regions) {
        inside |= theta >= region[0] && theta <= region[1];
      }
      assertThat(population.allocation(theta)).isEqualTo(inside ? 0 : 1);
      up &= inside || !served;
      served |= inside;
      welfare += Math.max(theta, population.expectedLaterValue(theta)) / n;
    }
    assertThat(population.monotone()).isEqualTo(up);
    assertThat(population.maxIncentiveGain()).isZero();
    assertThat(population.expectedWelfare(new Uniform(0, 1))).isCloseTo(welfare, within(1e-4));
    for (int k = 1; k < regions.length; k++) {
      assertThat(regions[k][0]).isGreaterThan(regions[k - 1][1]);
    }
  }

  /** The survey's example: regions [1/3, 1/2) and [2/3, 1], welfare 41/72. */
  @Test
  void surveyExample() {
    CorrelatedPopulation population =
        CorrelatedPopulation.of(
            1,
            0,
            1,
            List.of(
                new Segment(0.5, new double[] {0, 1}, new double[] {2.0 / 3, 1.0 / 3}),
                new Segment(1, new double[] {0, 1}, new double[] {1.0 / 3, 2.0 / 3})));
    assertThat(population.regions()).hasDimensions(2, 2);
    assertThat(population.regions()[0]).containsExactly(new double[] {1.0 / 3, 0.5}, within(1e-15));
    assertThat(population.regions()[1]).containsExactly(new double[] {2.0 / 3, 1}, within(1e-15));
    assertThat(population.expectedWelfare(new Uniform(0, 1))).isCloseTo(41.0 / 72, within(1e-15));
    assertThat(population.dominantStrategyGain()).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(population.payments(0.6, 1)).containsExactly(0, 0.6);
  }

  /** Atoms on the bounds of segments belong to the segment that begins there. */
  @Test
  void atomsCountOnce() {
    CorrelatedPopulation population =
        CorrelatedPopulation.of(
            1,
            0,
            1,
            List.of(
                new Segment(0.5, new double[] {0.2}, new double[] {1}),
                new Segment(1, new double[] {3}, new double[] {1})));
    Discrete atoms = Discrete.of(new double[] {0, 0.25, 0.5, 1}, new double[] {0.1, 0.2, 0.3, 0.4});
    assertThat(population.expectedWelfare(atoms))
        .isCloseTo(0.1 * 0.2 + 0.2 * 0.25 + 0.3 * 3 + 0.4 * 3, within(1e-14));
  }

  @Test
  void everybodyServedCannotLie() {
    CorrelatedPopulation population =
        CorrelatedPopulation.of(
            1, 0, 1, List.of(new Segment(1, new double[] {0}, new double[] {1})));
    assertThat(population.monotone()).isTrue();
    assertThat(population.dominantStrategyGain()).isZero();
    assertThat(population.expectedWelfare(new Beta(2, 3))).isCloseTo(0.4, within(1e-14));
  }

  @Test
  void mistakesAreNamed() {
    Segment half = new Segment(0.5, new double[] {0}, new double[] {1});
    assertThatThrownBy(() -> CorrelatedPopulation.of(1, 0, 1, List.of(half)))
        .hasMessage("the last segment must end where the support does, 1.0: 0.5");
    assertThatThrownBy(() -> new Segment(1, new double[] {0, 1}, new double[] {0.5, 0.4}))
        .hasMessage("probabilities must sum to 1 within 1e-9: 0.9");
    CorrelatedPopulation whole =
        CorrelatedPopulation.of(
            1, 0, 1, List.of(new Segment(1, new double[] {0}, new double[] {1})));
    assertThatThrownBy(() -> whole.expectedWelfare(new Uniform(0, 2)))
        .hasMessage("distribution must lie within the support, 0.0 to 1.0, mass outside: 0.5");
  }
}
