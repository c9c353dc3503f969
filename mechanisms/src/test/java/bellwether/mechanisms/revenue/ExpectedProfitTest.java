package bellwether.mechanisms.revenue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.bandit.RetirementSteps;
import bellwether.core.distribution.Distribution;
import bellwether.core.distribution.Exponential;
import bellwether.core.distribution.Lognormal;
import bellwether.core.distribution.Uniform;
import bellwether.core.parallel.Workers;
import bellwether.core.quadrature.AdaptiveIntegral;
import bellwether.mechanisms.virtual.Valuation;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedProfitTest {

  private static ExpectedProfit profit(List<Subscriber> bidders, double discount, double outside) {
    try (Workers workers = Workers.of(2)) {
      return ExpectedProfit.of(bidders, discount, outside, workers);
    }
  }

  private static RetirementSteps constant(double value, double discount) {
    return new RetirementSteps(new double[] {value / (1 - discount)}, new double[] {1, 0});
  }

  /** Constant arms make Myerson's auction every period: n bidders, uniform, reserve 1/2. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 50})
  void constantArmsEarnWhatMyersonsAuctionDoes(int n) {
    double d = 0.9;
    List<Subscriber> bidders =
        Collections.nCopies(n, new Subscriber(constant(1, d), RandomSubscribers.uniform()));
    // E max(0, 2 s - 1) of the highest s of n: (n - 1) / (n + 1) + 2^-n / (n + 1).
    double expected = ((n - 1) + Math.pow(0.5, n)) / (n + 1) / (1 - d);
    assertThat(profit(bidders, d, 0).profit()).isCloseTo(expected, within(1e-9 * expected));
    assertThat(profit(bidders, d, 0).revenue()).isCloseTo(expected, within(1e-9 * expected));
  }

  /** y = s - 1/rate, E y+ = e^-1 / rate; with the outside value v, v + e^-(1 + v rate) / rate. */
  @Test
  void unboundedTypes() {
    List<Subscriber> exponential =
        List.of(
            new Subscriber(
                constant(1, 0),
                RandomSubscribers.value(new Exponential(2), Valuation.MULTIPLICATIVE, 1)));
    assertThat(profit(exponential, 0, 0).profit()).isCloseTo(Math.exp(-1) / 2, within(1e-10));
    ExpectedProfit outside = profit(exponential, 0, 0.3);
    assertThat(outside.profit()).isCloseTo(0.3 + Math.exp(-1.6) / 2, within(1e-10));
    assertThat(outside.revenue())
        .isCloseTo(outside.profit() - 0.3 * (1 - Math.exp(-1.6)), within(1e-10));
    Distribution heavy = new Lognormal(0, 1);
    PrivateValue value = RandomSubscribers.value(heavy, Valuation.ADDITIVE, 2);
    List<Subscriber> lognormal = List.of(new Subscriber(constant(-1, 0.5), value, 0.1));
    // (2 y - 1.1)+ in every period, y = s - h(s).
    double direct =
        AdaptiveIntegral.of(
            u -> Math.max(0, 2 * value.type().virtualType(heavy.upperQuantile(u)) - 1.1),
            1e-13,
            1,
            1e-11);
    assertThat(profit(lognormal, 0.5, 0).profit()).isCloseTo(2 * direct, within(2e-8));
  }

  @Test
  void twoBanditsOfTheJointProgramme() {
    assertThat(0.85 * profit(SubscriptionTest.twoBandits(), 0.85, 0).profit())
        .isCloseTo(0.9328406831803142, within(1e-6));
  }

  /** Two bidders: nested quadrature over both types of the welfare of the whole bandit. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void isTheAverageOfTheWelfareOverTypes(long seed) {
    Random random = new Random(seed);
    double discount = 0.9 * random.nextDouble();
    List<Subscriber> bidders = RandomSubscribers.of(random, 2, 2, discount);
    double outside = random.nextBoolean() ? 0 : 0.3 * random.nextDouble() - 0.1;
    double average = 0;
    int n = 400;
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < n; k++) {
        double[] types = {quantile(bidders, 0, (j + 0.5) / n), quantile(bidders, 1, (k + 0.5) / n)};
        average += SubscriptionTest.welfare(bidders, types, -1, 0, discount, outside) / n / n;
      }
    }
    ExpectedProfit exact = profit(bidders, discount, outside);
    // The midpoint rule is good to a few 1e-6 of the range here, tails of exponential types less.
    assertThat(exact.profit()).isCloseTo(average, within(3e-4 * (1 + Math.abs(average))));
    SampledProfit sampled;
    try (Workers workers = Workers.of(2)) {
      sampled = SampledProfit.of(bidders, discount, outside, 1 << 16, 16, seed, workers);
    }
    // Student's t with 15 degrees of freedom exceeds 6 once in 40,000.
    assertThat(sampled.profit())
        .isCloseTo(exact.profit(), within(6 * sampled.profitStandardError() + 1e-9));
    assertThat(sampled.revenue())
        .isCloseTo(exact.revenue(), within(6 * sampled.revenueStandardError() + 1e-9));
  }

  private static double quantile(List<Subscriber> bidders, int i, double u) {
    return bidders.get(i).value().type().distribution().quantile(u);
  }

  /** The interval holds the exact value as often as it says: 100 seeds, 95 expected. */
  @Test
  void theIntervalHoldsTheProfit() {
    List<Subscriber> bidders = RandomSubscribers.of(new Random(3), 12, 6, 0.8);
    double exact = profit(bidders, 0.8, 0.1).profit();
    int held = 0;
    try (Workers workers = Workers.of(2)) {
      for (int seed = 0; seed < 100; seed++) {
        SampledProfit sampled = SampledProfit.of(bidders, 0.8, 0.1, 512, 16, seed, workers);
        held += sampled.lower() <= exact && exact <= sampled.upper() ? 1 : 0;
      }
    }
    // Fewer than 86 of 100 at 0.95 has probability 1e-4.
    assertThat(held).isGreaterThanOrEqualTo(86);
  }

  @Test
  void bitsDoNotDependOnThreads() {
    List<Subscriber> bidders = RandomSubscribers.of(new Random(9), 30, 20, 0.9);
    try (Workers one = Workers.of(1);
        Workers three = Workers.of(3)) {
      assertThat(ExpectedProfit.of(bidders, 0.9, 0.1, three))
          .isEqualTo(ExpectedProfit.of(bidders, 0.9, 0.1, one));
      assertThat(SampledProfit.of(bidders, 0.9, 0.1, 3000, 4, 7, three))
          .isEqualTo(SampledProfit.of(bidders, 0.9, 0.1, 3000, 4, 7, one));
    }
  }

  /** More bidders than Sobol's sequence has dimensions. */
  @Test
  void manyBidders() {
    List<Subscriber> bidders =
        Collections.nCopies(1200, new Subscriber(constant(1, 0.5), RandomSubscribers.uniform()));
    double exact = profit(bidders, 0.5, 0).profit();
    assertThat(exact).isCloseTo(2 * 1199.0 / 1201, within(1e-9));
    try (Workers workers = Workers.of(2)) {
      SampledProfit sampled = SampledProfit.of(bidders, 0.5, 0, 2000, 8, 1, workers);
      assertThat(sampled.profit()).isCloseTo(exact, within(8 * sampled.profitStandardError()));
      assertThat(sampled.draws()).isEqualTo(2000);
    }
  }

  @Test
  void refusesArguments() {
    try (Workers workers = Workers.of(1)) {
      List<Subscriber> bidders =
          List.of(
              new Subscriber(
                  constant(1, 0.5),
                  RandomSubscribers.value(new Uniform(0, 1), Valuation.ADDITIVE, 1)));
      assertThatThrownBy(() -> ExpectedProfit.of(bidders, 1, 0, workers))
          .hasMessage("discount must be in [0, 1): 1.0");
      assertThatThrownBy(() -> ExpectedProfit.of(bidders, 0.5, Double.NaN, workers))
          .hasMessage("outsideValue must be finite: NaN");
      assertThatThrownBy(() -> SampledProfit.of(bidders, 0.5, 0, 100, 1, 0, workers))
          .hasMessage("shifts must be at least 2: 1");
      assertThatThrownBy(() -> SampledProfit.of(bidders, 0.5, 0, 1, 2, 0, workers))
          .hasMessage("draws must be 2 to 33554432: 1");
    }
  }
}
