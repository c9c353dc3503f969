package bellwether.mechanisms.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.distribution.Exponential;
import bellwether.core.distribution.Lognormal;
import bellwether.core.distribution.Normal;
import bellwether.core.distribution.Power;
import bellwether.core.distribution.StandardNormal;
import bellwether.core.distribution.Uniform;
import bellwether.mechanisms.virtual.PrivateType;
import bellwether.mechanisms.virtual.TypeFunction;
import bellwether.mechanisms.virtual.Valuation;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Menus that are known in closed form, at parameters of all sizes. */
class ClosedFormMenuTest {
  private static final TypeFunction IDENTITY = new TypeFunction.Identity();
  private static final PrivateType UNIFORM =
      new PrivateType(new Uniform(0, 1), IDENTITY, Valuation.MULTIPLICATIVE);

  private static void assertNear(double actual, double exact, double scale) {
    assertThat(actual).isCloseTo(exact, within(1e-12 * (scale + Math.abs(exact))));
  }

  /** s* = (1 + c / b) / 2, price c s / (2 s - 1), M = k (s* b - p), profit k (1 - s*)(s* b - c). */
  @ParameterizedTest
  @CsvSource({
    "0.9, 0, 1, 0.3", "0.5, 0, 3, 0.01", "0.999999, 0, 2, 1.5", "0.7, 4, 0.25, 0.2",
    "1, 250, 5, 2", "0, 0, 1, 0.5", "0.9, 0, 1e-6, 5e-7", "0.9, 0, 1e6, 1e5"
  })
  void constantSignals(double discount, int horizon, double b, double c) {
    double k = horizon == 0 ? discount / (1 - discount) : 0;
    for (int t = 1; t <= horizon; t++) {
      k += Math.pow(discount, t);
    }
    ContractMenu menu = ContractMenu.of(UNIFORM, new Signal.Constant(b), discount, horizon, c);
    double least = (1 + c / b) / 2;
    assertNear(menu.threshold(), least, 0);
    assertNear(menu.expectedProfit(), k * (1 - least) * (least * b - c), 1e-3 * k * b);
    for (double s : new double[] {least + 1e-6, 0.5 + least / 2, 0.99, 1}) {
      if (s < least) {
        continue;
      }
      Contract contract = menu.contract(s);
      double price = c * s / (2 * s - 1);
      assertThat(contract.participates()).isTrue();
      assertNear(contract.alpha(), 2 - 1 / s, 1);
      assertNear(contract.price(), price, 0);
      assertNear(contract.upfront(), k * (least * b - price), k * b);
      assertNear(contract.utility(), k * b * (s - least), k * b);
      assertNear(contract.expectedPurchases(), k, 0);
      PricedContract same = menu.contractAtPrice(price);
      assertThat(same.type()).isCloseTo(s, within(1e-9));
      assertThat(same.types()).isEqualTo(1);
      assertThat(same.upfront()).isCloseTo(contract.upfront(), within(1e-9 * k * b));
    }
    Contract none = menu.contract(least * 0.99);
    assertThat(none.participates()).isFalse();
    assertThat(none.utility()).isZero();
    assertThat(none.expectedPurchases()).isZero();
    assertThat(none.price()).isNaN();
  }

  /** B uniform: U = k/2 [(s - s*) - c^2/2 (1/c - 1/(2s - 1))], profit with a logarithm. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-4, 0.05, 0.2, 0.5, 0.9, 0.999})
  void uniformSignals(double c) {
    double k = 4;
    ContractMenu menu =
        ContractMenu.of(UNIFORM, new Signal.Independent(new Uniform(0, 1)), 0.8, 0, c);
    double least = (1 + c) / 2;
    assertNear(menu.threshold(), least, 0);
    assertNear(
        menu.expectedProfit(),
        k / 4 * ((1 - c * c) / 2 - 2 * c * (1 - c) - c * c * Math.log(c)),
        0.1);
    for (double s : new double[] {least + 1e-5, 0.3 + 0.7 * least, 1}) {
      Contract contract = menu.contract(s);
      double y = 2 * s - 1;
      double price = c * s / y;
      double utility = k / 2 * ((s - least) - c * c / 2 * (1 / c - 1 / y));
      assertNear(contract.price(), price, 0);
      assertNear(contract.utility(), utility, 1);
      assertNear(contract.upfront(), k * (s - price) * (s - price) / (2 * s) - utility, 1);
      assertNear(contract.expectedPurchases(), k * (1 - c / y), 1);
    }
  }

  /** Without costs there is one contract, the price 0 and k E[B] s*. */
  @Test
  void freeProduction() {
    ContractMenu menu =
        ContractMenu.of(UNIFORM, new Signal.Independent(new Exponential(0.25)), 0.75, 0, 0);
    assertNear(menu.threshold(), 0.5, 0);
    for (double s : new double[] {0.5001, 0.7, 1}) {
      assertThat(menu.contract(s).price()).isZero();
      assertNear(menu.contract(s).upfront(), 3 * 4 * 0.5, 0);
    }
    assertNear(menu.expectedProfit(), 3 * 4 * 0.25, 0);
    PricedContract flat = menu.contractAtPrice(0);
    assertThat(flat.flat()).isTrue();
    assertThat(flat.type()).isCloseTo(0.5, within(1e-15));
    assertNear(flat.upfront(), 6, 0);
    assertThat(menu.contractAtPrice(0.1).type()).isNaN();
    assertThat(menu.priceRises()).isEmpty();
  }

  /** Exponential types of rate r: y = s - 1 / r, profit k e^(-r s*) (b s* - c). */
  @ParameterizedTest
  @CsvSource({"1, 1, 0.5", "0.01, 2, 30", "40, 0.5, 0.001", "2, 3, 0"})
  void exponentialTypes(double rate, double b, double c) {
    PrivateType type = new PrivateType(new Exponential(rate), IDENTITY, Valuation.MULTIPLICATIVE);
    ContractMenu menu = ContractMenu.of(type, new Signal.Constant(b), 0.9, 0, c);
    double least = 1 / rate + c / b;
    assertNear(menu.threshold(), least, 0);
    assertNear(menu.expectedProfit(), 9 * Math.exp(-rate * least) * (b * least - c), 0);
    double far = least + 2000 / rate;
    assertNear(menu.contract(far).utility(), 9 * b * (far - least), 0);
    assertNear(menu.contract(far).upfront(), 9 * (b * least - menu.price(far)), b * far);
  }

  /** Additive, exponential types: one price c + 1 / r for all, and one upfront payment. */
  @Test
  void exponentialTypesHaveOnePrice() {
    PrivateType type = new PrivateType(new Exponential(2), IDENTITY, Valuation.ADDITIVE);
    Signal normal = new Signal.Independent(new Normal(0, 1));
    ContractMenu menu = ContractMenu.of(type, normal, 0.5, 0, 0.25);
    double upfront = StandardNormal.shortfall(0.75);
    for (double s : new double[] {0, 0.1, 1, 7}) {
      assertNear(menu.contract(s).price(), 0.75, 0);
      assertNear(menu.contract(s).upfront(), upfront, 1);
      assertNear(
          menu.contract(s).utility(),
          StandardNormal.shortfall(0.75 - s) - StandardNormal.shortfall(0.75),
          1);
    }
    assertThat(menu.contractAtPrice(0.75)).satisfies(c -> assertThat(c.flat()).isTrue());
    assertThat(menu.contractAtPrice(0.75).type()).isZero();
    assertNear(menu.contractAtPrice(0.75).upfront(), upfront, 1);
    assertThat(menu.contractAtPrice(0.7).type()).isNaN();
    assertThat(menu.threshold()).isZero();
    // E (y + B - c)+, y exponential from -1/2 on: E of the shortfall, by parts.
    double profit = StandardNormal.shortfall(0.75);
    profit += integral(s -> Math.exp(-2 * s) * StandardNormal.upperTail(0.75 - s), 20);
    assertNear(menu.expectedProfit(), profit, 1);
  }

  private static double integral(java.util.function.DoubleUnaryOperator f, double to) {
    int n = 200_000;
    double step = to / n;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double x = i * step;
      sum +=
          step
              / 6
              * (f.applyAsDouble(x)
                  + 4 * f.applyAsDouble(x + step / 2)
                  + f.applyAsDouble(x + step));
    }
    return sum;
  }

  /** A(s) = a s^m on [0, 1], P(s0 <= z) = z^q, constant B: everything from the threshold. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void powersOfPowers(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double q = random.nextDouble(0.4, 4);
    double m = random.nextDouble(0.4, 2);
    double b = random.nextDouble(1, 3);
    double c = random.nextDouble(0, 0.8);
    TypeFunction a = new TypeFunction.Power(m, 1.5);
    PrivateType type = new PrivateType(new Power(q), a, Valuation.MULTIPLICATIVE);
    ContractMenu menu = ContractMenu.of(type, new Signal.Constant(b), 0.6, 0, c);
    double least = menu.threshold();
    // y = 1.5 s^m (1 - m (s^-q - 1) / q).
    assertNear(1.5 * Math.pow(least, m) * (1 - m * (Math.pow(least, -q) - 1) / q), c / b, 1);
    double above = 1 - Math.pow(least, q);
    assertNear(menu.expectedProfit(), 1.5 * above * (b * a.value(least) - c), 1);
    for (double s : new double[] {0.5 + least / 2, 1}) {
      assertNear(menu.contract(s).utility(), 1.5 * b * (a.value(s) - a.value(least)), 1);
      assertNear(menu.contract(s).upfront(), 1.5 * (b * a.value(least) - menu.price(s)), 1);
    }
  }

  /** Additive with a constant: v = s + b, sold above y = c - b at s* + b. */
  @Test
  void additiveConstants() {
    PrivateType type = new PrivateType(new Normal(1, 2), IDENTITY, Valuation.ADDITIVE);
    ContractMenu menu = ContractMenu.of(type, new Signal.Constant(-0.5), 0.9, 0, 0.3);
    double least = menu.threshold();
    assertNear(type.virtualType(least), 0.8, 1);
    assertNear(menu.expectedProfit(), 9 * type.distribution().survival(least) * (least - 0.8), 1);
    assertNear(menu.contract(5).utility(), 9 * (5 - least), 1);
    assertNear(menu.contract(5).upfront(), 9 * (least - 0.5 - menu.price(5)), 1);
    assertThat(menu.participates(least - 1e-9)).isFalse();
    assertThat(menu.contract(-100).participates()).isFalse();
  }

  @Test
  void neverAndAlways() {
    ContractMenu never = ContractMenu.of(UNIFORM, new Signal.Constant(1), 0.9, 0, 1.5);
    assertThat(never.threshold()).isNaN();
    assertThat(never.expectedProfit()).isZero();
    assertThat(never.contract(1).participates()).isFalse();
    assertThat(never.buyers()).isEmpty();
    assertThat(never.contractAtPrice(1.5).type()).isNaN();
    assertThat(never.priceRises()).isEmpty();
    // Types from 2 to 3: y = 2 s - 3 >= 1, all buy at every t.
    PrivateType high = new PrivateType(new Uniform(2, 3), IDENTITY, Valuation.MULTIPLICATIVE);
    ContractMenu always = ContractMenu.of(high, new Signal.Constant(1), 0.9, 0, 0.5);
    assertThat(always.threshold()).isEqualTo(2);
    assertNear(always.expectedProfit(), 9 * (2 - 0.5), 0);
    assertNear(always.contract(2).utility(), 0, 1);
    ContractMenu walk =
        ContractMenu.of(
            new PrivateType(new Normal(0, 1), IDENTITY, Valuation.ADDITIVE),
            new Signal.GaussianWalk(0, 1),
            0.9,
            10,
            0.1);
    assertThat(walk.threshold()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(walk.contract(-3).participates()).isTrue();
    ContractMenu tie = ContractMenu.of(UNIFORM, new Signal.Constant(1), 0.9, 0, 1);
    assertThat(tie.threshold()).isEqualTo(1);
    assertThat(tie.contract(1).participates()).isTrue();
    assertThat(tie.contract(1).upfront()).isZero();
  }

  @Test
  void lognormalTypesAndSignals() {
    // y = s (1 - sigma M(u)); B = 1: the profit is P(s0 > s*) (s* - c) k.
    PrivateType type = new PrivateType(new Lognormal(0, 0.5), IDENTITY, Valuation.MULTIPLICATIVE);
    ContractMenu menu = ContractMenu.of(type, new Signal.Constant(1), 0.5, 0, 0.4);
    double least = menu.threshold();
    assertNear(type.virtualType(least), 0.4, 1);
    assertNear(menu.expectedProfit(), type.distribution().survival(least) * (least - 0.4), 1);
  }
}
