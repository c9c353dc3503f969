package bellwether.core.stopping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.distribution.Beta;
import bellwether.core.distribution.Discrete;
import bellwether.core.distribution.Distribution;
import bellwether.core.distribution.Exponential;
import bellwether.core.distribution.Kumaraswamy;
import bellwether.core.distribution.Lognormal;
import bellwether.core.distribution.Normal;
import bellwether.core.distribution.Power;
import bellwether.core.distribution.Uniform;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfferStoppingTest {

  @ParameterizedTest
  @CsvSource({
    "2, 0.625",
    "5, 0.7750815008766949",
    "20, 0.9198874457215742",
    "100, 0.9812084402587709"
  })
  void moserUniform(int n, double value) {
    assertThat(new OfferStopping(new Uniform(0, 1), 1, 0).withoutRecall(n).value())
        .isCloseTo(value, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0.3989422804014327",
    "5, 0.9126600705844385",
    "20, 1.6121897786387975",
    "100, 2.288789927543161"
  })
  void moserNormal(int n, double value) {
    // Moser's last offer must be taken, here it may be left: as good as one more draw of mean 0.
    assertThat(new OfferStopping(new Normal(0, 1), 1, 0).withoutRecall(n - 1).value())
        .isCloseTo(value, within(1e-14));
  }

  @ParameterizedTest
  @CsvSource({"2, 1.3678794411714423", "10, 2.529006852408298", "100, 4.640623663683538"})
  void moserExponential(int n, double value) {
    assertThat(new OfferStopping(new Exponential(1), 1, 0).withoutRecall(n).value())
        .isCloseTo(value, within(1e-14));
  }

  @ParameterizedTest
  @CsvSource({"0.01, 0.8585786437626906", "0.05, 0.683772233983162", "0.1, 0.5527864045000421"})
  void weitzmanUniform(double cost, double reservation) {
    assertThat(new OfferStopping(new Uniform(0, 1), 1, cost).withoutEnd().reservation())
        .isCloseTo(reservation, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"0.01, 4.605170185988091", "0.05, 2.995732273553991", "0.1, 2.3025850929940455"})
  void weitzmanExponential(double cost, double reservation) {
    assertThat(new OfferStopping(new Exponential(1), 1, cost).withoutEnd().reservation())
        .isCloseTo(reservation, within(1e-14));
  }

  static Stream<Distribution> distributions() {
    return Stream.of(
        new Uniform(-1, 2),
        new Normal(0.3, 1.5),
        new Exponential(2),
        new Lognormal(-0.5, 0.9),
        new Beta(0.6, 2),
        new Power(3),
        new Kumaraswamy(2, 0.5));
  }

  /** The value obeys the equation of one more draw, and so does the long finite problem. */
  @ParameterizedTest
  @MethodSource("distributions")
  void reservationIsWhereOneMoreDrawIsWorthItsCost(Distribution x) {
    for (double discount : new double[] {0.5, 0.95, 1}) {
      for (double cost : new double[] {0.001, 0.1}) {
        OfferStopping problem = new OfferStopping(x, discount, cost);
        OfferStopping.Rule rule = problem.withoutEnd();
        double z = rule.reservation();
        if (z > 0) {
          assertThat(discount * (z + x.excess(z)) - cost).isCloseTo(z, within(1e-13 * (1 + z)));
        } else {
          assertThat(discount * x.excess(0) - cost).isLessThanOrEqualTo(1e-15);
        }
        assertThat(problem.withoutRecall(200_000).value()).isCloseTo(rule.value(), within(1e-9));
        assertThat(problem.withRecall(100_000).value()).isCloseTo(rule.value(), within(1e-9));
      }
    }
  }

  /** Dynamic programming over the best so far, on the values of a discrete distribution. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void recallAgreesWithDynamicProgramming(long seed) {
    Random random = new Random(seed);
    int m = 1 + random.nextInt(6);
    double[] values = new double[m];
    double[] p = new double[m];
    double sum = 0;
    for (int i = 0; i < m; i++) {
      values[i] = Math.rint(20 * random.nextGaussian()) / 10;
      p[i] = random.nextDouble();
      sum += p[i];
    }
    for (int i = 0; i < m; i++) {
      p[i] /= sum;
    }
    Discrete x = Discrete.of(values, p);
    double discount = seed % 2 == 0 ? 1 : 0.9;
    double cost = seed % 3 == 0 ? 0 : 0.05;
    int n = 1 + random.nextInt(7);
    assertThat(new OfferStopping(x, discount, cost).withRecall(n).value())
        .as("seed %s", seed)
        .isCloseTo(draw(x, discount, cost, n, 0), within(1e-13));
  }

  /** The value of a draw when the best so far is {@code best} and {@code left} draws are left. */
  private static double draw(Discrete x, double discount, double cost, int left, double best) {
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      double now = Math.max(best, x.value(i));
      double on = left == 1 ? 0 : discount * draw(x, discount, cost, left - 1, now) - cost;
      sum += x.probability(i) * Math.max(now, on);
    }
    return sum;
  }

  /** A fine discrete distribution stands for a continuous one. */
  @ParameterizedTest
  @MethodSource("distributions")
  void recallOfContinuousOffersIsTheLimitOfDiscreteOnes(Distribution x) {
    double exact = new OfferStopping(x, 0.97, 0.02).withRecall(12).value();
    double coarse = new OfferStopping(cells(x, 2000), 0.97, 0.02).withRecall(12).value();
    double fine = new OfferStopping(cells(x, 4000), 0.97, 0.02).withRecall(12).value();
    assertThat(exact).as("%s", x).isCloseTo(fine, within(3 * Math.abs(fine - coarse) + 1e-5));
  }

  private static Discrete cells(Distribution x, int cells) {
    double[] values = new double[cells];
    double[] p = new double[cells];
    for (int i = 0; i < cells; i++) {
      values[i] = x.quantile((i + 0.5) / cells);
      p[i] = 1.0 / cells;
    }
    return Discrete.of(values, p);
  }

  @Test
  void theLargestOfManyCostsNothing() {
    // E max of n exponentials is the harmonic number; of n uniforms n/(n+1).
    OfferStopping.Rule rule = new OfferStopping(new Exponential(1), 1, 0).withRecall(10);
    assertThat(rule.value()).isCloseTo(7381.0 / 2520, within(1e-13));
    assertThat(rule.reservation()).isInfinite();
    // Of three normal draws, or none.
    assertThat(new OfferStopping(new Normal(50, 1), 1, 0).withRecall(3).value())
        .isCloseTo(50 + 3 / (2 * Math.sqrt(Math.PI)), within(1e-12));
    assertThat(new OfferStopping(new Uniform(0, 1), 1, 0).withRecall(9).value())
        .isCloseTo(0.9, within(1e-14));
    assertThatThrownBy(() -> new OfferStopping(new Exponential(1), 1, 0).withoutEnd())
        .hasMessageStartingWith("the value is infinite: with discount 1");
  }

  /** With P(X <= x) = 1 - sqrt(1 - x) the largest of n misses 1 by 2 / ((n + 1) (n + 2)). */
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1000, 100_000, 10_000_000})
  void theLargestOfVeryMany(int n) {
    double miss = 2 / ((n + 1.0) * (n + 2.0));
    assertThat(new OfferStopping(new Kumaraswamy(1, 0.5), 1, 0).withRecall(n).value())
        .isCloseTo(1 - miss, within(1e-13));
    // And of uniform draws by 1 / (n + 1).
    assertThat(new OfferStopping(new Uniform(0, 1), 1, 0).withRecall(n).value())
        .isCloseTo(1 - 1 / (n + 1.0), within(1e-13));
  }

  @Test
  void offersThatAreNotWorthTheCostAreNotAskedFor() {
    OfferStopping problem = new OfferStopping(new Uniform(-3, 1), 1, 5);
    assertThat(problem.withoutEnd().reservation()).isZero();
    assertThat(problem.withoutEnd().value()).isCloseTo(0.125, within(1e-15));
    assertThat(problem.withRecall(7).value()).isCloseTo(0.125, within(1e-15));
    assertThat(new OfferStopping(new Uniform(0, 1), 0, 0).withRecall(4).value()).isEqualTo(0.5);
  }

  @Test
  void wrongNumbersAreNamed() {
    assertThatThrownBy(() -> new OfferStopping(new Uniform(0, 1), 1.1, 0))
        .hasMessage("discount must be from 0 to 1: 1.1");
    assertThatThrownBy(() -> new OfferStopping(new Uniform(0, 1), 1, Double.NaN))
        .hasMessage("searchCost must be finite and at least 0: NaN");
    assertThatThrownBy(() -> new OfferStopping(new Uniform(0, 1), 1, 0).withRecall(0))
        .hasMessage("offers must number from 1 to 10000000: 0");
  }
}
