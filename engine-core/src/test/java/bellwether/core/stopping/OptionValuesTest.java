package bellwether.core.stopping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.parallel.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of one and two assets against published and independent values. */
class OptionValuesTest {
  private static final Workers WORKERS = Workers.of(2);

  /** Longstaff and Schwartz (2001), table 1, recomputed: Bermudan to 2e-6, American by QuantLib. */
  @ParameterizedTest
  @CsvSource({
    "36, 1, 4.477811, 4.48667442, 3.84430779", "38, 1, 3.250124, 3.25719653, 2.85193212",
    "40, 1, 2.314068, 2.31957426, 2.066401", "42, 1, 1.616977, 1.62115529, 1.46450394",
    "44, 1, 1.109868, 1.11296213, 1.01691523", "36, 2, 4.840226, 4.84830403, 3.76300093",
    "38, 2, 3.744759, 3.75138079, 2.99055686", "40, 2, 2.884559, 2.88995125, 2.35586628",
    "42, 2, 2.212363, 2.2167239, 1.84135448", "44, 2, 1.689828, 1.69333042, 1.42921513"
  })
  void longstaffSchwartzTable1(
      double spot, double maturity, double bermudan, double american, double european) {
    Market market = new Market(spot, 0.06, 0, 0.2);
    BermudanOption dates = BermudanOption.put(market, 40, maturity, (int) (50 * maturity));
    assertThat(dates.value()).isCloseTo(bermudan, within(2e-6));
    assertThat(dates.errorEstimate()).isLessThan(1e-9);
    AmericanPut anyTime = AmericanPut.of(market, 40, maturity);
    assertThat(anyTime.value()).isCloseTo(american, within(4e-7));
    assertThat(anyTime.errorEstimate()).isLessThan(1e-8);
    assertThat(anyTime.european()).isCloseTo(european, within(5e-9));
    assertThat(dates.european()).isEqualTo(anyTime.european());
  }

  /** More and more dates come to the continuous value like c / dates. */
  @ParameterizedTest
  @CsvSource({
    "0.05, 0.1, 0.2, 1, 1e-7",
    "0.01, 0.05, 0.4, 3, 1e-5",
    "0.05, 0.0499, 0.3, 0.1, 2e-6"
  })
  void manyDatesComeToAnyTime(
      double rate, double dividend, double volatility, double maturity, double near) {
    Market market = new Market(100, rate, dividend, volatility);
    double few = BermudanOption.put(market, 100, maturity, 200).value();
    double many = BermudanOption.put(market, 100, maturity, 400).value();
    AmericanPut anyTime = AmericanPut.of(market, 100, maturity);
    assertThat(anyTime.value()).isCloseTo(2 * many - few, within(near));
    assertThat(anyTime.value()).isGreaterThanOrEqualTo(many - 1e-9);
  }

  /** A binomial lattice with the same dates is another road to the same value. */
  @Test
  void theLatticeAgrees() {
    Market market = new Market(95, 0.05, 0.02, 0.3);
    int steps = 4000;
    double step = 1.0 / steps;
    double up = Math.exp(0.3 * Math.sqrt(step));
    double p = (Math.exp((0.05 - 0.02) * step) - 1 / up) / (up - 1 / up);
    LatticeStopping.Result lattice =
        LatticeStopping.solve(
            steps,
            new double[] {1 - p, p},
            Math.exp(-0.05 * step),
            0,
            (t, i) -> 100 - 95 * Math.pow(up, 2 * i - t));
    AmericanPut put = AmericanPut.of(market, 100, 1);
    assertThat(lattice.value()).isCloseTo(put.value(), within(2e-3));
    // The region is a run of nodes from the lowest price to just below the boundary.
    int[] run = lattice.region()[2000];
    assertThat(run[0]).isZero();
  }

  @Test
  void longMaturitiesComeToThePerpetualPut() {
    Market market = new Market(100, 0.08, 0.03, 0.3);
    PerpetualOption perpetual = PerpetualOption.put(100, 100, 0.08, 0.03, 0.3);
    AmericanPut put = AmericanPut.of(market, 100, 300);
    assertThat(put.value()).isCloseTo(perpetual.value(), within(1e-6));
    assertThat(put.exerciseBoundary()).isCloseTo(perpetual.exerciseBoundary(), within(1e-3));
  }

  /** Without interest, and without dividends, waiting costs nothing. */
  @Test
  void someOptionsAreNotExercisedEarly() {
    Workers one = WORKERS;
    AmericanPut put = AmericanPut.of(new Market(90, 0, 0.02, 0.2), 100, 1);
    assertThat(put.value()).isEqualTo(put.european());
    assertThat(put.exerciseBoundary()).isNaN();
    BermudanOption call = BermudanOption.call(new Market(100, 0.05, 0, 0.2), 100, 3, 9);
    assertThat(call.value()).isCloseTo(call.european(), within(1e-10));
    assertThat(call.exerciseBoundary()[0]).isNaN();
    BermudanMaxCall two = BermudanMaxCall.of(new Market(100, 0.05, 0, 0.2), 100, 3, 4, one);
    assertThat(two.value()).isCloseTo(two.european(), within(1e-9));
  }

  @Test
  void exerciseNowIsADate() {
    assertThat(BermudanOption.put(new Market(36, 0.06, 0, 0.2), 40, 1, 1).value()).isEqualTo(4);
    assertThat(AmericanPut.of(new Market(60, 0.05, 0.03, 0.2), 100, 0.5).value()).isEqualTo(40);
    assertThat(BermudanMaxCall.of(new Market(300, 0.05, 0.3, 0.05), 100, 3, 3, WORKERS).value())
        .isCloseTo(200, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    // Broadie and Glasserman (1997); to 3e-5 by dynamic programming of another hand.
    "90, 8.07282, 6.655098",
    "100, 13.90181, 11.19568103"
  })
  void bermudanMaxCalls(double spot, double value, double european) {
    BermudanMaxCall call = BermudanMaxCall.of(new Market(spot, 0.05, 0.1, 0.2), 100, 3, 9, WORKERS);
    assertThat(call.value()).isCloseTo(value, within(3e-5));
    assertThat(call.errorEstimate()).isLessThan(1e-8);
    assertThat(call.european()).isCloseTo(european, within(1e-6));
  }

  /** With the first asset far above, the second is no matter. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void theValueIsAtLeastThatOfOneAsset(int dates) {
    Market market = new Market(100, 0.03, 0.07, 0.25);
    double two = BermudanMaxCall.of(market, 100, 1, dates, WORKERS).value();
    double one = BermudanOption.call(market, 100, 1, dates).value();
    assertThat(two).isGreaterThan(one);
    assertThat(two).isLessThan(2 * one);
    // A date more is worth something.
    assertThat(BermudanMaxCall.of(market, 100, 1, 2 * dates, WORKERS).value()).isGreaterThan(two);
  }

  @Test
  void threadsDoNotChangeABit() {
    Market market = new Market(100, 0.05, 0.1, 0.2);
    try (Workers one = Workers.of(1);
        Workers three = Workers.of(3)) {
      assertThat(BermudanMaxCall.of(market, 100, 3, 5, one))
          .isEqualTo(BermudanMaxCall.of(market, 100, 3, 5, three));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 11.19568103", "3, 15.6807231", "5, 23.05161756", "10, 35.5924414"})
  void europeanMaxCalls(int assets, double value) {
    assertThat(EuropeanOption.maxCall(new Market(100, 0.05, 0.1, 0.2), 100, 3, assets))
        .isCloseTo(value, within(1e-7));
    assertThat(EuropeanOption.maxCall(new Market(100, 0.05, 0.1, 0.2), 100, 3, 1))
        .isCloseTo(EuropeanOption.call(new Market(100, 0.05, 0.1, 0.2), 100, 3), within(1e-11));
  }

  /** A payoff with kinks of its own: a bull spread, whose cap is at once worth exercising. */
  @Test
  void payoffsMayHaveKinks() {
    BrownianStopping motion = new BrownianStopping(0, 0, 0.2, 0.03, 1, 12);
    double value = motion.solve(x -> Math.min(x, 0.1), new double[] {0.1}, 0, 0).value();
    assertThat(motion.solve(x -> Math.min(x, 0.1), new double[] {0.1}, 0, 0).errorEstimate())
        .isLessThan(1e-9);
    // The same on a fine trinomial lattice.
    int steps = 3600;
    double size = 0.2 * Math.sqrt(3.0 / steps);
    double[] p = {1.0 / 6, 2.0 / 3, 1.0 / 6};
    LatticeStopping.Result lattice =
        LatticeStopping.solve(
            steps,
            p,
            Math.exp(-0.03 / steps),
            0,
            (t, i) -> t % (steps / 12) == 0 ? Math.min((i - t) * size, 0.1) : -1);
    assertThat(value).isCloseTo(lattice.value(), within(2e-5));
  }

  @Test
  void wrongNumbersAreNamed() {
    assertThatThrownBy(() -> new Market(100, 0.05, 0, -0.2))
        .hasMessage("volatility must be finite and above 0: -0.2");
    assertThatThrownBy(() -> AmericanPut.of(new Market(100, 0.05, 0, 0.2), 0, 1))
        .hasMessage("strike must be finite and above 0: 0.0");
    assertThatThrownBy(() -> BermudanOption.put(new Market(100, 0.05, 0, 0.2), 100, 1, 0))
        .hasMessage("dates must number from 1 to 100000: 0");
    assertThatThrownBy(() -> AmericanPut.of(new Market(100, -0.02, -0.05, 0.2), 100, 1))
        .hasMessageContaining("two prices");
    assertThatThrownBy(() -> BermudanOption.put(new Market(100, 0.05, 0, 20), 100, 1, 3))
        .hasMessageContaining("must be at most 100 each");
    assertThatThrownBy(
            () ->
                new BrownianStopping(0, 0, 0.2, 0, 1, 2)
                    .solve(_ -> Double.NaN, new double[0], 0, 0))
        .hasMessageContaining("must be finite: NaN");
  }
}
