package bellwether.mechanisms.auction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.bandit.RetirementSteps;
import bellwether.core.parallel.Workers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BanditWelfareTest {
  private static final Workers ONE = Workers.of(1);

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  /**
   * Random steps of {@code arms} arms with {@code k} states.
   *
   * @param decay how far a factor falls at most from one state to the next, as a share
   */
  private static List<Bidder> random(
      SplittableRandom random, int n, int arms, int k, double decay, boolean weights) {
    double[][] breakpoints = new double[arms][];
    for (int a = 0; a < arms; a++) {
      double[] rising = random.doubles(k, 0, 10).sorted().toArray();
      breakpoints[a] = IntStream.range(0, k).mapToDouble(j -> rising[k - 1 - j]).toArray();
    }
    List<Bidder> bidders = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[] factors = new double[k + 1];
      int own = random.nextInt(k);
      double factor = 1;
      for (int j = 0; j <= k; j++) {
        factor *= j > own ? 1 - random.nextDouble(0, decay) : 1;
        factors[j] = factor;
      }
      if (random.nextInt(3) == 0) {
        Arrays.fill(factors, random.nextInt(own + 1, k + 1), k + 1, 0);
      }
      AffineMap weight =
          weights
              ? new AffineMap(random.nextDouble(0.5, 2), random.nextDouble(-0.1, 0.1))
              : AffineMap.IDENTITY;
      bidders.add(
          Bidder.of(new RetirementSteps(breakpoints[random.nextInt(arms)], factors), weight));
    }
    return bidders;
  }

  /**
   * M0 plus the integral of one minus the product of all factors but one bidder's, cell by cell
   * with 40 digits, which neither underflow nor need a sweep.
   */
  private static double exactly(List<Bidder> bidders, double discount, double m0, int excluded) {
    MathContext digits = new MathContext(40);
    int n = bidders.size();
    double[][] at = new double[n][];
    for (int i = 0; i < n; i++) {
      AffineMap weight = bidders.get(i).objective();
      double offset = weight.shift() / (1 - discount);
      at[i] =
          Arrays.stream(factorsOf(bidders, i).breakpoints())
              .map(x -> weight.scale() * x + offset)
              .toArray();
    }
    double[] cuts =
        DoubleStream.concat(Arrays.stream(at).flatMapToDouble(Arrays::stream), DoubleStream.of(m0))
            .filter(x -> x >= m0)
            .distinct()
            .sorted()
            .toArray();
    BigDecimal sum = new BigDecimal(m0);
    int[] segment = new int[n];
    for (int c = cuts.length - 2; c >= 0; c--) {
      BigDecimal product = BigDecimal.ONE;
      for (int i = 0; i < n; i++) {
        while (segment[i] < at[i].length && at[i][segment[i]] > cuts[c]) {
          segment[i]++;
        }
        double factor = factorsOf(bidders, i).factors()[segment[i]];
        if (i != excluded && factor != 1 && product.signum() != 0) {
          product = product.multiply(new BigDecimal(factor), digits);
        }
      }
      BigDecimal length = new BigDecimal(cuts[c + 1]).subtract(new BigDecimal(cuts[c]));
      sum = sum.add(length.multiply(BigDecimal.ONE.subtract(product)), digits);
    }
    return sum.doubleValue();
  }

  private static RetirementSteps factorsOf(List<Bidder> bidders, int i) {
    return ((Bidder.Stepped) bidders.get(i)).steps();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithFortyDigits(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double discount = random.nextDouble(0.1, 0.9);
    double outsideValue = random.nextDouble(-1, 8) * (1 - discount);
    int n = random.nextInt(1, 25);
    List<Bidder> bidders =
        random(
            random,
            n,
            random.nextInt(1, 12),
            random.nextInt(1, 30),
            Math.exp(random.nextDouble(-12, 0)),
            random.nextBoolean());
    for (int k = random.nextInt(4); k > 0; k--) {
      bidders.add(bidders.get(random.nextInt(n)));
    }
    BanditWelfare welfare = BanditWelfare.of(bidders, discount, outsideValue, ONE);
    double m0 = outsideValue / (1 - discount);
    assertThat(welfare.welfare()).isCloseTo(exactly(bidders, discount, m0, -1), within(1e-13));
    for (int i = 0; i < bidders.size(); i++) {
      assertThat(welfare.welfareWithout(i))
          .isCloseTo(exactly(bidders, discount, m0, i), within(1e-13));
      assertThat(welfare.welfareWithout(i)).isBetween(m0, welfare.welfare());
    }
  }

  @ParameterizedTest(name = "{0} arms, decay {1}, weights {2}")
  @CsvSource({
    "5, 0.3, false",
    "5, 1e-3, false",
    "5, 1e-6, false",
    "1, 1e-4, false",
    "60, 1e-4, false",
    "5, 1e-3, true"
  })
  void tenThousandBiddersLoseNoDigits(int arms, double decay, boolean weights) {
    SplittableRandom random = new SplittableRandom(arms);
    int n = weights ? 200 : 10_000;
    List<Bidder> bidders = random(random, n, arms, weights ? 5 : 120 / arms, decay, weights);
    BanditWelfare welfare = BanditWelfare.of(bidders, 0.5, 0.1, ONE);
    assertThat(welfare.welfare()).isCloseTo(exactly(bidders, 0.5, 0.2, -1), within(1e-12));
    for (int i : new int[] {0, n - 1}) {
      assertThat(welfare.welfareWithout(i)).isCloseTo(exactly(bidders, 0.5, 0.2, i), within(1e-12));
    }
  }

  @Test
  void theBitsDoNotDependOnTheThreads() {
    List<Bidder> bidders = random(new SplittableRandom(3), 3000, 40, 50, 1e-2, false);
    BanditWelfare once = BanditWelfare.of(bidders, 0.9, 0.1, ONE);
    for (int threads = 2; threads <= 3; threads++) {
      try (Workers workers = Workers.of(threads)) {
        BanditWelfare again = BanditWelfare.of(bidders, 0.9, 0.1, workers);
        assertThat(again.welfare()).isEqualTo(once.welfare());
        assertThat(again.welfareWithout()).isEqualTo(once.welfareWithout());
      }
    }
  }

  @Test
  void thePowerOfOneBidderIsThatManyBidders() {
    SplittableRandom random = new SplittableRandom(11);
    List<Bidder> kinds = random(random, 5, 2, 10, 0.5, false);
    List<Bidder> shared = new ArrayList<>();
    List<Bidder> apart = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      RetirementSteps steps = factorsOf(kinds, random.nextInt(5));
      shared.add(Bidder.of(steps));
      apart.add(
          Bidder.of(new RetirementSteps(steps.breakpoints().clone(), steps.factors().clone())));
    }
    BanditWelfare a = BanditWelfare.of(shared, 0.9, 0, ONE);
    BanditWelfare b = BanditWelfare.of(apart, 0.9, 0, ONE);
    assertThat(a.welfare()).isCloseTo(b.welfare(), within(1e-13));
    assertThat(a.welfareWithout()).containsExactly(b.welfareWithout(), within(1e-13));
  }

  @Test
  void withoutTheOnlyBidderNobodyIsLeft() {
    RetirementSteps steps =
        new RetirementSteps(new double[] {7, 5, 2}, new double[] {1, 0.8, 0.3, 0});
    BanditWelfare welfare = BanditWelfare.of(List.of(Bidder.of(steps)), 0.5, 0.5, ONE);
    assertThat(welfare.welfare()).isCloseTo(1 + 2 * 0.2 + 3 * 0.7 + 1, within(1e-15));
    assertThat(welfare.welfareWithout(0)).isEqualTo(1);
    BanditWelfare nobody = BanditWelfare.of(List.of(), 0.5, 0.5, ONE);
    assertThat(nobody.welfare()).isEqualTo(1);
    assertThat(nobody.bidders()).isZero();
  }

  @Test
  void constantArmsHoldASecondPriceAuctionEveryPeriod() {
    List<Bidder> bidders = new ArrayList<>();
    for (double reward : new double[] {0.3, 0.8, 0.5, 0.8}) {
      bidders.add(Bidder.of(new RetirementSteps(new double[] {reward / 0.5}, new double[] {1, 0})));
    }
    BanditWelfare all = BanditWelfare.of(bidders, 0.5, 0, ONE);
    assertThat(all.welfareWithout()).containsExactly(1.6, 1.6, 1.6, 1.6);
    BanditWelfare three = BanditWelfare.of(bidders.subList(0, 3), 0.5, 0, ONE);
    assertThat(three.welfare()).isEqualTo(1.6);
    assertThat(three.welfareWithout()).containsExactly(1.6, 1, 1.6);
  }

  @Test
  void saysWhichBiddersStepsAreWrong() {
    Bidder good = Bidder.of(new RetirementSteps(new double[] {1}, new double[] {1, 0}));
    RetirementSteps[] bad = {
      new RetirementSteps(new double[] {1, 2}, new double[] {1, 0.5, 0}),
      new RetirementSteps(new double[] {Double.NaN}, new double[] {1, 0.5}),
      new RetirementSteps(new double[] {1}, new double[] {1}),
      new RetirementSteps(new double[] {2, 1}, new double[] {1, 0.5, 0.6}),
    };
    String[] messages = {
      "breakpoints must be finite and nonincreasing: breakpoints[1] = 2.0",
      "breakpoints must be finite and nonincreasing: breakpoints[0] = NaN",
      "factors must have one entry more than breakpoints, 2: 1",
      "factors must lie in [0, 1] and not increase: factors[2] = 0.6",
    };
    for (int k = 0; k < bad.length; k++) {
      List<Bidder> bidders = List.of(good, Bidder.of(bad[k]));
      assertThatThrownBy(() -> BanditWelfare.of(bidders, 0.9, 0, ONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("steps of bidder 1: " + messages[k]);
    }
  }
}
