package bellwether.mechanisms.virtual;

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
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where hazard rates, virtual types and weights fall: closed forms, 40-digit roots, sampling. */
class RegularityTest {
  private static final TypeFunction IDENTITY = new TypeFunction.Identity();

  private static Regularity of(Distribution distribution, TypeFunction a, Valuation valuation) {
    return Regularity.of(new PrivateType(distribution, a, valuation));
  }

  private static Regularity multiplicative(Distribution distribution) {
    return of(distribution, IDENTITY, Valuation.MULTIPLICATIVE);
  }

  private static Regularity additive(Distribution distribution, TypeFunction a) {
    return of(distribution, a, Valuation.ADDITIVE);
  }

  private static void assertOne(List<TypeInterval> found, double from, double to) {
    assertThat(found).hasSize(1);
    assertEnd(found.getFirst().from(), from);
    assertEnd(found.getFirst().to(), to);
  }

  private static void assertEnd(double found, double exact) {
    if (Double.isInfinite(exact) || exact == 0) {
      assertThat(found).isEqualTo(exact);
    } else {
      assertThat(found).isCloseTo(exact, within(1e-13 * Math.abs(exact)));
    }
  }

  @Test
  void risingHazardRatesFailNowhere() {
    for (Distribution distribution :
        List.of(
            new Uniform(0, 1),
            new Uniform(-2, 5),
            new Normal(3, 0.2),
            new Power(1),
            new Power(7),
            new Beta(2, 3),
            new Beta(1e4, 2e4),
            new Beta(1, 1),
            new Kumaraswamy(2, 0.5))) {
      Regularity found = additive(distribution, IDENTITY);
      assertThat(found.assumptionsHold()).as("%s: %s", distribution, found).isTrue();
      assertThat(found.regular()).isTrue();
      assertThat(found.monotoneWeights()).isTrue();
      assertThat(found.weightConstant()).isEmpty();
    }
  }

  /** h' = 0 there where z^k = 1 - k, for P(X <= z) = z^k and for (1 - z^k)^b. */
  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.3, 0.5, 0.9, 0.999})
  void powersBelowOneFallUpToAClosedForm(double k) {
    double turn = Math.exp(Math.log1p(-k) / k);
    assertOne(additive(new Power(k), IDENTITY).hazardFalls(), 0, turn);
    for (double b : new double[] {0.3, 1, 40}) {
      Regularity found = additive(new Kumaraswamy(k, b), IDENTITY);
      assertOne(found.hazardFalls(), 0, turn);
      // beta = -h.
      assertOne(found.weightFalls(), 0, turn);
      assertThat(found.monotoneHazard()).isFalse();
      assertThat(found.assumptionsHold()).isFalse();
    }
  }

  /** y' = 2 - (1 - k)(z^-k - 1) / k for P(X <= z) = z^k: it falls where z^k < (1 - k) / (1 + k). */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.8})
  void virtualTypesOfPowersFallUpToAClosedForm(double k) {
    double turn = Math.exp(Math.log((1 - k) / (1 + k)) / k);
    assertOne(multiplicative(new Power(k)).virtualTypeFalls(), 0, turn);
    assertThat(multiplicative(new Power(k)).monotoneWeights()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.6181288259401258280209357115717469714953",
    "0.5, 1.760460114914470409997069203743891350141",
    "3, 0.0001250864486048302625709887313872527583351"
  })
  void lognormalHazardRatesFallInTheTail(double sigma, double turn) {
    assertOne(
        multiplicative(new Lognormal(0, sigma)).hazardFalls(), turn, Double.POSITIVE_INFINITY);
    assertOne(
        multiplicative(new Lognormal(2, sigma)).hazardFalls(),
        turn * Math.exp(2),
        Double.POSITIVE_INFINITY);
    // h(z) / z is sigma times Mills' ratio, which falls: the weights of A = s rise.
    assertThat(multiplicative(new Lognormal(0, sigma)).weightFalls()).isEmpty();
  }

  @Test
  void lognormalVirtualTypesFallInBetween() {
    assertThat(multiplicative(new Lognormal(0, 1)).regular()).isTrue();
    assertOne(
        multiplicative(new Lognormal(0, 3)).virtualTypeFalls(),
        0.00012683364011287592,
        1057.7047804707918);
  }

  @Test
  void betaBathtubs() {
    Regularity arcsine = multiplicative(new Beta(0.5, 0.5));
    assertOne(arcsine.hazardFalls(), 0, 0.2789397035225008);
    assertOne(arcsine.virtualTypeFalls(), 0, 0.17100989775726072);
    Regularity skew = multiplicative(new Beta(0.3, 2));
    assertOne(skew.hazardFalls(), 0, 0.2625938989166733);
    assertOne(skew.virtualTypeFalls(), 0, 0.07087917752965582);
  }

  @Test
  void exponentialTypesHaveConstantHazardAndRents() {
    Regularity found = additive(new Exponential(2), IDENTITY);
    assertThat(found.hazardConstant())
        .containsExactly(new TypeInterval(0, Double.POSITIVE_INFINITY));
    assertThat(found.weightConstant()).isEqualTo(found.hazardConstant());
    assertThat(found.monotoneHazard()).isTrue();
    assertThat(found.strictlyMonotoneHazard()).isFalse();
    assertThat(found.monotoneWeights()).isTrue();
    assertThat(multiplicative(new Exponential(2)).weightConstant()).isEmpty();
    assertThat(additive(new Exponential(2), new TypeFunction.Log1p(3)).weightConstant()).isEmpty();
    // h A' = z / rate with A = z^2 / 2.
    Regularity convex = additive(new Exponential(2), new TypeFunction.Power(2, 0.5));
    assertThat(convex.weightFalls()).isEqualTo(found.hazardConstant());
    assertThat(convex.concave()).isFalse();
    assertThat(convex.convex()).isEqualTo(found.hazardConstant());
  }

  /** h A' = 2 z (1 - z) rises up to a half. */
  @Test
  void convexFunctionsLetWeightsFall() {
    Regularity found = additive(new Uniform(0, 1), new TypeFunction.Power(2, 1));
    assertOne(found.weightFalls(), 0, 0.5);
    assertOne(found.convex(), 0, 1);
    assertThat(found.regular()).isFalse();
    assertOne(found.virtualTypeFalls(), 0, 1.0 / 3);
    assertThat(of(new Uniform(0, 1), new TypeFunction.Power(2, 1), Valuation.MULTIPLICATIVE))
        .satisfies(r -> assertThat(r.weightFalls()).isEmpty());
  }

  @Test
  void multiplicativeTypesBelowZeroAreToldOf() {
    assertOne(multiplicative(new Normal(1, 2)).notPositive(), Double.NEGATIVE_INFINITY, 0);
    assertOne(multiplicative(new Uniform(-3, -1)).notPositive(), -3, -1);
    assertThat(multiplicative(new Uniform(-3, -1)).assumptionsHold()).isFalse();
    assertOne(
        of(new Uniform(0, 4), new TypeFunction.Affine(-3, 2), Valuation.MULTIPLICATIVE)
            .notPositive(),
        0,
        1.5);
    assertThat(additive(new Normal(1, 2), IDENTITY).notPositive()).isEmpty();
  }

  @Test
  void discreteTypesAreRefused() {
    Distribution coin = Discrete.of(new double[] {0, 1}, new double[] {0.5, 0.5});
    assertThatThrownBy(() -> TypeCurves.inverseHazard(coin))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("distribution must have a density: ");
    assertThatThrownBy(() -> new PrivateType(coin, IDENTITY, Valuation.ADDITIVE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("distribution must have a density: ");
  }

  /** Between quantiles, the curves fall just where the intervals say so. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void samplingAgrees(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double p = Math.exp(random.nextDouble(-2, 2));
    double q = Math.exp(random.nextDouble(-2, 2));
    Distribution distribution =
        switch ((int) (seed % 4)) {
          case 0 -> new Beta(p, q);
          case 1 -> new Kumaraswamy(p, q);
          case 2 -> new Lognormal(random.nextDouble(-2, 2), p);
          default -> new Power(p);
        };
    TypeFunction a =
        switch (random.nextInt(4)) {
          case 0 -> IDENTITY;
          case 1 -> new TypeFunction.Power(q, 2);
          case 2 -> new TypeFunction.Affine(0.5, q);
          default -> new TypeFunction.Log1p(q);
        };
    Valuation valuation = random.nextBoolean() ? Valuation.ADDITIVE : Valuation.MULTIPLICATIVE;
    PrivateType type = new PrivateType(distribution, a, valuation);
    Regularity found = Regularity.of(type);
    for (int i = 0; i < 400; i++) {
      double u = random.nextDouble(0.001, 0.999);
      double from = distribution.quantile(u);
      double to = from * (1 + 1e-5);
      if (to >= distribution.high()) {
        continue;
      }
      String place = type + " at " + from;
      assertFalls(
          found.hazardFalls(),
          from,
          to,
          -distribution.inverseHazard(from),
          -distribution.inverseHazard(to),
          place);
      assertFalls(
          found.virtualTypeFalls(), from, to, type.virtualType(from), type.virtualType(to), place);
      VirtualWeight lower = type.weight(from);
      VirtualWeight upper = type.weight(to);
      assertFalls(
          found.weightFalls(),
          from,
          to,
          lower.alpha() + lower.betaPerUnit(),
          upper.alpha() + upper.betaPerUnit(),
          place);
    }
  }

  private static void assertFalls(
      List<TypeInterval> falls, double from, double to, double before, double after, String place) {
    if (Math.abs(after - before) < 1e-11 * (1 + Math.abs(before))) {
      return;
    }
    boolean inside = falls.stream().anyMatch(i -> i.contains(from) && i.contains(to));
    boolean outside = falls.stream().noneMatch(i -> i.to() > from && i.from() < to);
    if (inside || outside) {
      assertThat(after < before).as(place).isEqualTo(inside);
    }
  }
}
