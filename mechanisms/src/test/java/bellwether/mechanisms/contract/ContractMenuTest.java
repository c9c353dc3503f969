package bellwether.mechanisms.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.distribution.Beta;
import bellwether.core.distribution.Distribution;
import bellwether.core.distribution.Normal;
import bellwether.core.distribution.Uniform;
import bellwether.core.parallel.Workers;
import bellwether.core.quadrature.AdaptiveIntegral;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.TypeFunction;
import bellwether.mechanisms.virtual.TypeInterval;
import bellwether.mechanisms.virtual.Valuation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What menus of any kind have in common, and what is told where their prices do not fall. */
class ContractMenuTest {
  private static final TypeFunction IDENTITY = new TypeFunction.Identity();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 80);
  }

  private record Case(PrivateType type, ContractMenu menu, double cost) {}

  private static Case random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PrivateType type = RandomMenus.type(random);
    int horizon = random.nextBoolean() ? 0 : random.nextInt(1, 12);
    double discount = random.nextDouble(0.3, 0.95);
    boolean positive =
        type.valuation() == Valuation.MULTIPLICATIVE
            && type.function().value(type.distribution().low()) < 0;
    Signal signal = RandomMenus.signal(random, positive, horizon);
    double cost = random.nextInt(5) == 0 ? 0 : random.nextDouble(1.2);
    return new Case(type, ContractMenu.of(type, signal, discount, horizon, cost), cost);
  }

  /** E [M + (p - c) purchases] over types, by quadrature over their quantiles. */
  @ParameterizedTest
  @MethodSource("seeds")
  void profitFromPaymentsIsTheVirtualSurplus(long seed) {
    Case c = random(seed);
    if (!c.menu().exclusionGaps().isEmpty()) {
      return;
    }
    Distribution types = c.type().distribution();
    double scale = 1 + c.menu().expectedProfit();
    double payments = 0;
    double from = 1;
    double width = c.menu().method().contains("closed forms") ? 0.004 : 0.05;
    // Many panels: values may be large where few types are, and purchases jump. A jump next to the
    // end of a panel is not seen by the rule: 1e-5 of it.
    while (from > 1e-16) {
      double to = from > width ? from - width : from / 4;
      payments +=
          AdaptiveIntegral.of(
              q -> {
                Contract contract = c.menu().contract(types.upperQuantile(q));
                return contract.participates()
                    ? contract.upfront()
                        + (contract.price() - c.cost()) * contract.expectedPurchases()
                    : 0;
              },
              to,
              from,
              1e-8 * scale);
      from = to;
    }
    assertThat(payments)
        .as("%s", c.type())
        .isCloseTo(c.menu().expectedProfit(), within(1e-5 * scale));
  }

  /** Where prices fall in the type, nobody of 150 gains by the contract of another. */
  @ParameterizedTest
  @MethodSource("seeds")
  void monotoneMenusAreIncentiveCompatible(long seed) {
    Case c = random(seed);
    Distribution types = c.type().distribution();
    double low = Double.isFinite(types.low()) ? types.low() : types.quantile(1e-4);
    double high = Double.isFinite(types.high()) ? types.high() : types.upperQuantile(1e-4);
    boolean monotone = c.menu().priceRises().isEmpty() && c.menu().exclusionGaps().isEmpty();
    try (Workers workers = Workers.of(2)) {
      MenuAudit audit = MenuAudit.of(c.menu(), 150, low, high, workers, _ -> {});
      double scale = 1 + c.menu().contract(high).utility();
      assertThat(audit.minUtility()).isGreaterThanOrEqualTo(0);
      if (monotone) {
        assertThat(audit.maxIncentiveGain()).as("%s", c.type()).isLessThan(1e-11 * scale);
      }
      try (Workers one = Workers.of(1)) {
        assertThat(MenuAudit.of(c.menu(), 150, low, high, one, _ -> {})).isEqualTo(audit);
      }
    }
  }

  /** U rises by A' times what is bought, and upfront payments leave just U. */
  @ParameterizedTest
  @MethodSource("seeds")
  void utilitiesFollowTheEnvelope(long seed) {
    Case c = random(seed);
    Distribution types = c.type().distribution();
    for (double p : new double[] {0.2, 0.45, 0.7, 0.9, 0.98}) {
      double s0 = types.quantile(p);
      double step = 1e-5 * (types.quantile(p + 0.01) - types.quantile(p - 0.01));
      Contract below = c.menu().contract(s0 - step);
      Contract here = c.menu().contract(s0);
      Contract above = c.menu().contract(s0 + step);
      if (!below.participates()) {
        continue;
      }
      assertThat(c.menu().surplus(here.price(), s0) - here.upfront())
          .isCloseTo(here.utility(), within(1e-12 * (1 + here.utility())));
      // The best contract nearby is one's own, so that the slope is that of S at its price.
      double upper = c.menu().surplus(here.price(), s0 + step);
      double lower = c.menu().surplus(here.price(), s0 - step);
      double slope = (upper - lower) / (2 * step);
      double found = (above.utility() - below.utility()) / (2 * step);
      if (below.expectedPurchases() == 0
          || above.expectedPurchases() / below.expectedPurchases() < 1.01) {
        assertThat(found)
            .as("%s at %s", c.type(), s0)
            .isCloseTo(slope, within(0.02 * slope + 1e-8));
      }
    }
  }

  /** Convex A of additive values: beta = -2 z (1 - z) falls up to a half, prices rise. */
  @Test
  void risingPricesAreToldAndExploited() {
    PrivateType type =
        new PrivateType(new Uniform(0, 1), new TypeFunction.Power(2, 1), Valuation.ADDITIVE);
    ContractMenu menu =
        ContractMenu.of(type, new Signal.Independent(new Normal(0.5, 1)), 0.9, 0, 0.2);
    assertThat(menu.priceRises()).hasSize(1);
    assertThat(menu.priceRises().getFirst().from()).isZero();
    assertThat(menu.priceRises().getFirst().to()).isCloseTo(0.5, within(1e-14));
    assertThat(menu.exclusionGaps()).isEmpty();
    // 0.2 + 2 z (1 - z) = 0.4 at two types.
    PricedContract twice = menu.contractAtPrice(0.4);
    assertThat(twice.types()).isEqualTo(2);
    assertThat(twice.type()).isCloseTo((1 - Math.sqrt(0.6)) / 2, within(1e-12));
    try (Workers workers = Workers.of(1)) {
      MenuAudit audit = MenuAudit.of(menu, 41, 0, 1, workers, _ -> {});
      assertThat(audit.maxIncentiveGain()).isGreaterThan(1e-3);
      double gain =
          menu.surplus(menu.price(audit.report()), audit.type())
              - menu.contract(audit.report()).upfront()
              - menu.contract(audit.type()).utility();
      assertThat(audit.maxIncentiveGain()).isCloseTo(gain, within(1e-14));
    }
  }

  /** The arcsine law: y falls up to 0.171, so that the lowest types buy and those above do not. */
  @Test
  void exclusionGapsAreTold() {
    PrivateType type = new PrivateType(new Beta(0.5, 0.5), IDENTITY, Valuation.ADDITIVE);
    ContractMenu menu = ContractMenu.of(type, new Signal.Constant(0.5), 0.9, 0, 0.6);
    // Bought if y >= 0.1 only: an up-set. If y >= -0.05, also near 0.
    assertThat(menu.exclusionGaps()).isEmpty();
    ContractMenu gap = ContractMenu.of(type, new Signal.Constant(0.5), 0.9, 0, 0.45);
    assertThat(gap.threshold()).isZero();
    assertThat(gap.exclusionGaps()).hasSize(1);
    TypeInterval unserved = gap.exclusionGaps().getFirst();
    assertThat(type.virtualType(unserved.from())).isCloseTo(-0.05, within(1e-12));
    assertThat(type.virtualType(unserved.to())).isCloseTo(-0.05, within(1e-12));
    assertThat(gap.participates(0.1)).isFalse();
    assertThat(gap.contract(0.1).utility()).isZero();
    assertThat(gap.participates(0.9)).isTrue();
    try (Workers workers = Workers.of(1)) {
      MenuAudit audit = MenuAudit.of(gap, 101, 0, 1, workers, _ -> {});
      assertThat(audit.maxIncentiveGain()).isGreaterThan(1e-3);
    }
  }

  /** Multiplicative values with types below 0 buy nothing there. */
  @Test
  void negativeTypesBuyNothing() {
    PrivateType type = new PrivateType(new Normal(0, 1), IDENTITY, Valuation.MULTIPLICATIVE);
    ContractMenu menu = ContractMenu.of(type, new Signal.Constant(1), 0.5, 0, 0.1);
    assertThat(menu.contract(-1).participates()).isFalse();
    assertThat(menu.price(-1)).isInfinite();
    assertThat(menu.surplus(0.3, -1)).isZero();
    assertThat(type.virtualType(menu.threshold())).isCloseTo(0.1, within(1e-14));
    assertThat(menu.contractAtPrice(0.2).type()).isGreaterThan(0);
    assertThatThrownBy(() -> ContractMenu.of(type, new Signal.GaussianWalk(0, 1), 0.5, 0, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "multiplicative values need A or the signal to be at least 0: A begins at -Infinity,"
                + " the signal at -Infinity");
  }

  @Test
  void wrongArgumentsAreNamed() {
    PrivateType type = new PrivateType(new Uniform(0, 1), IDENTITY, Valuation.ADDITIVE);
    ContractMenu menu = ContractMenu.of(type, new Signal.Constant(1), 0.5, 0, 0.1);
    try (Workers workers = Workers.of(1)) {
      for (var wrong :
          List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
              () -> ContractMenu.of(type, new Signal.Constant(1), 0.5, 0, -1),
              () -> ContractMenu.of(type, new Signal.Constant(1), 0.5, 0, Double.NaN),
              () -> menu.contract(1.5),
              () -> menu.price(Double.NaN),
              () -> MenuAudit.of(menu, 1, 0, 1, workers, _ -> {}),
              () -> MenuAudit.of(menu, 6000, 0, 1, workers, _ -> {}),
              () -> MenuAudit.of(menu, 5, 1, 0, workers, _ -> {}),
              () -> MenuAudit.of(menu, 5, 0, 1.5, workers, _ -> {}))) {
        assertThatThrownBy(wrong)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("must be");
      }
    }
  }
}
