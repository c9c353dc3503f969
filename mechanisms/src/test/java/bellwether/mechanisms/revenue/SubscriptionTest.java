package bellwether.mechanisms.revenue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.bandit.RetirementSteps;
import bellwether.core.distribution.Beta;
import bellwether.core.distribution.Power;
import bellwether.core.distribution.Uniform;
import bellwether.core.parallel.Workers;
import bellwether.core.quadrature.AdaptiveIntegral;
import bellwether.mechanisms.auction.AffineMap;
import bellwether.mechanisms.auction.BanditWelfare;
import bellwether.mechanisms.auction.Bidder;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.Valuation;
import bellwether.mechanisms.virtual.VirtualTypePieces;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTest {
  static final double[] INITIAL_0 = {0.24, 0.16, 0.6};
  static final double[] INITIAL_1 = {0.05, 0.2, 0.75};

  /** Two bandits of three states with costs, solved elsewhere as a joint decision process. */
  static List<Subscriber> twoBandits() {
    RetirementSteps first =
        RandomSubscribers.steps(
            RandomSubscribers.arm(
                new double[] {0.651, 0.114, 0.269},
                0.613,
                0.307,
                0.08,
                0.865,
                0.088,
                0.047,
                0.2,
                0.057,
                0.743),
            INITIAL_0,
            0.85);
    RetirementSteps second =
        RandomSubscribers.steps(
            RandomSubscribers.arm(
                new double[] {0.29, 0.424, 0.922},
                0.143,
                0.348,
                0.509,
                0.321,
                0.599,
                0.08,
                0.623,
                0.27,
                0.107),
            INITIAL_1,
            0.85);
    return List.of(
        new Subscriber(first, RandomSubscribers.uniform(), 0.05),
        new Subscriber(second, RandomSubscribers.uniform(), 0.05));
  }

  private static Subscription subscribe(
      List<Subscriber> bidders, double[] types, double discount, double outside) {
    try (Workers workers = Workers.of(2)) {
      return Subscription.of(bidders, types, discount, outside, workers);
    }
  }

  private static double[] times(double factor, double[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = factor * values[i];
    }
    return result;
  }

  /** The joint programme lets allocations begin a period later. */
  @Test
  void agreesWithTheJointProgrammeOfTwoBandits() {
    double d = 0.85;
    Subscription phase = subscribe(twoBandits(), new double[] {0.85, 0.75}, d, 0);
    assertThat(d * phase.welfare()).isCloseTo(1.5060136997483142, within(1e-12));
    assertThat(times(d, phase.expectedPayment()))
        .containsExactly(new double[] {1.639353533046732, 0.4268193439631468}, within(1e-12));
    assertThat(times(d, phase.upfront()))
        .containsExactly(new double[] {0.20122515635441052, 0.1162337063314478}, within(1e-12));
    assertThat(times(d, phase.utility()))
        .containsExactly(new double[] {0.14085760944808723, 0.058116853165723896}, within(1e-12));
    assertThat(times(d, phase.expectedValue()))
        .containsExactly(new double[] {1.7802111424948193, 0.4849361971288707}, within(1e-12));
    assertThat(phase.active(0)).isTrue();
  }

  @Test
  void agreesWithTheJointProgrammeOfThreeBiddersOneOfThemExcluded() {
    double d = 0.8;
    List<Subscriber> bidders =
        List.of(
            new Subscriber(
                RandomSubscribers.steps(
                    RandomSubscribers.arm(
                        new double[] {0.269, 0.331, 0.545},
                        0.101,
                        0.414,
                        0.485,
                        0.132,
                        0.02,
                        0.848,
                        0.859,
                        0.029,
                        0.112),
                    new double[] {0.34, 0.56, 0.1},
                    d),
                RandomSubscribers.uniform(),
                0.02),
            new Subscriber(
                RandomSubscribers.steps(
                    RandomSubscribers.arm(
                        new double[] {0.203, 0.582, 0.575, 0.847},
                        0.03,
                        0.656,
                        0.027,
                        0.287,
                        0.697,
                        0.246,
                        0.051,
                        0.006,
                        0.557,
                        0.026,
                        0.141,
                        0.276,
                        0.091,
                        0.275,
                        0.495,
                        0.139),
                    new double[] {0.13, 0.19, 0.49, 0.19},
                    d),
                RandomSubscribers.value(new Power(2), Valuation.MULTIPLICATIVE, 1),
                0.04),
            new Subscriber(
                RandomSubscribers.steps(
                    RandomSubscribers.arm(
                        new double[] {0.378, 0.376, 0.397},
                        0.198,
                        0.084,
                        0.718,
                        0.366,
                        0.014,
                        0.62,
                        0.357,
                        0.573,
                        0.07),
                    new double[] {0.2, 0.32, 0.48},
                    d),
                RandomSubscribers.uniform(),
                0.03));
    Subscription phase = subscribe(bidders, new double[] {0.9, 0.8, 0.45}, d, 0);
    assertThat(d * phase.welfare()).isCloseTo(1.2140537429546812, within(1e-12));
    assertThat(times(d, phase.expectedPayment()))
        .containsExactly(new double[] {0.9050989180494673, 0.56401331984888, 0}, within(1e-11));
    assertThat(times(d, phase.upfront()))
        .containsExactly(new double[] {0.12549656049600477, 0.05455175794892242, 0}, within(1e-11));
    assertThat(times(d, phase.utility()))
        .containsExactly(
            new double[] {0.10039724839680404, 0.024232661380284726, 0}, within(1e-11));
    assertThat(times(d, phase.expectedValue()))
        .containsExactly(new double[] {1.0054961664462714, 0.5882459812291647, 0}, within(1e-12));
    assertThat(phase.active(2)).isFalse();
  }

  /** One constant arm: sold for good above the threshold, with rents by hand. */
  @Test
  void oneConstantArmIsSoldAtItsReservePrice() {
    double d = 0.9;
    RetirementSteps one = new RetirementSteps(new double[] {1 / (1 - d)}, new double[] {1, 0});
    List<Subscriber> bidder = List.of(new Subscriber(one, RandomSubscribers.uniform(), 0.2));
    Subscription phase = subscribe(bidder, new double[] {0.8}, d, 0);
    // s* = 0.6, U = k (s0 - s*), p* = k s*, W = k (2 s0 - 1 - c), k = 1 / (1 - d).
    assertThat(phase.utility()[0]).isCloseTo(2, within(1e-13));
    assertThat(phase.expectedPayment()[0]).isCloseTo(6, within(1e-13));
    assertThat(phase.welfare()).isCloseTo(4, within(1e-13));
    assertThat(phase.wins()[0]).isCloseTo(10, within(1e-13));
    assertThat(subscribe(bidder, new double[] {0.6}, d, 0).active(0)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void figuresFollowFromTheWelfare(long seed) {
    Random random = new Random(seed);
    double discount = random.nextDouble() * 0.95;
    int n = 1 + random.nextInt(4);
    List<Subscriber> bidders = RandomSubscribers.of(random, n, 2 + random.nextInt(5), discount);
    double[] types = RandomSubscribers.types(random, bidders);
    double outside = random.nextBoolean() ? 0 : 0.4 * random.nextDouble() - 0.1;
    Subscription phase = subscribe(bidders, types, discount, outside);
    Subscription alone;
    try (Workers workers = Workers.of(1)) {
      alone = Subscription.of(bidders, types, discount, outside, workers);
    }
    assertThat(phase.upfront()).isEqualTo(alone.upfront());
    assertThat(phase.welfare())
        .isCloseTo(welfare(bidders, types, -1, 0, discount, outside), within(1e-11));
    double objective = outside / (1 - discount) * phase.nobody();
    for (int i = 0; i < n; i++) {
      Subscriber bidder = bidders.get(i);
      PrivateType type = bidder.value().type();
      double y = type.virtualType(types[i]);
      if (!bidder.included(y)) {
        assertThat(phase.expectedPayment()[i]).isZero();
        continue;
      }
      // The envelope theorem by differences of the welfare of the whole bandit.
      double step = 1e-6 * Math.max(1, Math.abs(y));
      double above = welfare(bidders, types, i, y + step, discount, outside);
      double below = welfare(bidders, types, i, y - step, discount, outside);
      double slope = (above - below) / (2 * step);
      boolean multiplicative = bidder.value().multiplicative();
      double a = type.function().value(types[i]);
      double alpha = bidder.value().weight(types[i]).alpha();
      if (phase.active(i)) {
        // E sum d^t (alpha v + beta - cost) is what the bidder adds by being served.
        double own =
            alpha * phase.expectedValue()[i]
                + (bidder.value().beta(types[i]) - bidder.cost()) * phase.wins()[i];
        objective += own;
        if (multiplicative) {
          assertThat(phase.expectedValue()[i]).isCloseTo(a * slope, within(1e-5));
        } else {
          assertThat(bidder.value().constant() * phase.wins()[i]).isCloseTo(slope, within(1e-5));
        }
        double without = phase.welfareWithout()[i];
        List<Subscriber> others = new ArrayList<>(bidders);
        others.remove(i);
        double[] otherTypes = new double[n - 1];
        for (int j = 0; j < n - 1; j++) {
          otherTypes[j] = types[j < i ? j : j + 1];
        }
        assertThat(without)
            .isCloseTo(welfare(others, otherTypes, -1, 0, discount, outside), within(1e-11));
        assertThat(phase.upfront()[i])
            .isCloseTo((phase.welfare() - without) / alpha - phase.utility()[i], within(1e-12));
        int bidderNumber = i;
        double low = lowest(bidder);
        double rent = 0;
        int panels = 400;
        for (int p = 0; p < panels; p++) {
          double from = low + (types[i] - low) * p / panels;
          double to = low + (types[i] - low) * (p + 1) / panels;
          rent +=
              AdaptiveIntegral.of(
                  z -> slope(bidders, types, bidderNumber, z, discount, outside), from, to, 1e-8);
        }
        assertThat(phase.utility()[i]).isCloseTo(rent, within(2e-5));
      } else {
        objective = Double.NaN;
      }
    }
    if (!Double.isNaN(objective)) {
      double left = phase.welfare();
      assertThat(objective).isLessThanOrEqualTo(left + 1e-10);
    }
  }

  private static double lowest(Subscriber bidder) {
    return bidder.value().type().distribution().low();
  }

  private static double slope(
      List<Subscriber> bidders, double[] types, int i, double z, double discount, double outside) {
    double y = bidders.get(i).value().type().virtualType(z);
    double step = 1e-7;
    if (!bidders.get(i).included(y - step)) {
      return 0;
    }
    return bidders.get(i).value().type().function().derivative(z)
        * (welfare(bidders, types, i, y + step, discount, outside)
            - welfare(bidders, types, i, y - step, discount, outside))
        / (2 * step);
  }

  /** The weighted welfare by the auction's own sweep; bidder i's virtual type is y if i >= 0. */
  static double welfare(
      List<Subscriber> bidders, double[] types, int i, double y, double discount, double outside) {
    List<Bidder> arms = new ArrayList<>();
    for (int j = 0; j < bidders.size(); j++) {
      double own = j == i ? y : bidders.get(j).value().type().virtualType(types[j]);
      if (bidders.get(j).included(own)) {
        arms.add(
            new Bidder.Stepped(
                bidders.get(j).steps(), AffineMap.IDENTITY, bidders.get(j).objective(own)));
      }
    }
    try (Workers workers = Workers.of(1)) {
      return BanditWelfare.of(arms, discount, outside, workers).welfare();
    }
  }

  /** Many breakpoints take another road than few: both agree with a quadrature of the slope. */
  @Test
  void rentsOfManyStates() {
    Random random = new Random(5);
    double d = 0.9;
    PrivateValue beta = RandomSubscribers.value(new Beta(2, 2), Valuation.MULTIPLICATIVE, 1);
    PrivateValue power = RandomSubscribers.value(new Power(2), Valuation.ADDITIVE, 1);
    List<Subscriber> bidders = new ArrayList<>();
    for (Subscriber bidder : RandomSubscribers.of(random, 6, 100, d)) {
      bidders.add(new Subscriber(bidder.steps(), bidders.size() % 2 == 0 ? beta : power, 0.5));
    }
    double[] types = {0.9, 0.5, 0.95, 0.55, 0.85, 0.5};
    ArmDrops[] drops = new ArmDrops[6];
    double[] scale = new double[6];
    double[] offset = new double[6];
    for (int i = 0; i < 6; i++) {
      double y = bidders.get(i).value().type().virtualType(types[i]);
      drops[i] = ArmDrops.of(bidders.get(i).steps());
      scale[i] = bidders.get(i).scale(y);
      offset[i] = bidders.get(i).shift(y) / (1 - d);
    }
    BreakpointMerge merge = new BreakpointMerge(drops, scale, offset, 0);
    int served = 0;
    for (int i = 0; i < 6; i++) {
      Others others = merge.others(i);
      Rent rent = new Rent(bidders.get(i), drops[i], others, d, 0);
      PrivateType type = bidders.get(i).value().type();
      double direct =
          AdaptiveIntegral.of(
              z -> type.function().derivative(z) * rent.slope(type.virtualType(z)),
              0,
              types[i],
              1e-9);
      double found = rent.of(types[i], VirtualTypePieces.of(type));
      assertThat(found).isCloseTo(direct, within(1e-7 * Math.max(1, direct)));
      served += direct > 1e-3 ? 1 : 0;
    }
    assertThat(served).isGreaterThan(1);
  }

  @Test
  void pieceOfIrregularTypes() {
    PrivateType regular =
        new PrivateType(
            new Uniform(0, 1),
            new bellwether.mechanisms.virtual.TypeFunction.Power(3, 1),
            Valuation.ADDITIVE);
    VirtualTypePieces pieces = VirtualTypePieces.of(regular);
    // y = s^3 - 3 (1 - s) s^2 = 4 s^3 - 3 s^2 falls to s = 1/2 and rises from there.
    assertThat(pieces.count()).isEqualTo(2);
    assertThat(pieces.to(0)).isCloseTo(0.5, within(1e-7));
    assertThat(pieces.valueTo(0)).isCloseTo(-0.25, within(1e-12));
    assertThat(pieces.solve(1, 0)).isCloseTo(0.75, within(1e-12));
  }
}
