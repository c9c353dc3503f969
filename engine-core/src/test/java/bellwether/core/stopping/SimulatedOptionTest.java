package bellwether.core.stopping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.kernel.ScalarKernels;
import bellwether.core.parallel.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Simulated bounds on both sides of exact values. Seeds are fixed; each comparison with four
 * standard errors would fail for one seed in 30,000.
 */
class SimulatedOptionTest {
  private static final Workers WORKERS = Workers.of(2);
  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  private static SimulationOptions options(int paths, int dual, int inner, long seed) {
    return new SimulationOptions(paths, paths, 3, dual, inner, seed, _ -> {});
  }

  /** Longstaff and Schwartz (2001), table 1, against the recomputed Bermudan values. */
  @ParameterizedTest
  @CsvSource({
    "36, 1, 4.477811", "38, 1, 3.250124", "40, 1, 2.314068", "42, 1, 1.616977", "44, 1, 1.109868",
    "36, 2, 4.840226", "38, 2, 3.744759", "40, 2, 2.884559", "42, 2, 2.212363", "44, 2, 1.689828"
  })
  void longstaffSchwartzTable1(double spot, double maturity, double exact) {
    SimulatedOption put =
        SimulatedOption.put(
            new Market(spot, 0.06, 0, 0.2),
            40,
            maturity,
            (int) (50 * maturity),
            options(30_000, 40, 64, 7),
            SCALAR,
            WORKERS);
    // The policy itself loses a few tenths of a percent.
    assertThat(put.lower())
        .isBetween(
            0.994 * exact - 4 * put.lowerStandardError(), exact + 4 * put.lowerStandardError());
    assertThat(put.lowerStandardError()).isBetween(1e-3, 0.02);
    assertThat(put.upper())
        .isBetween(
            exact - 4 * put.upperStandardError(), 1.02 * exact + 4 * put.upperStandardError());
    assertThat(put.value()).isEqualTo((put.lower() + put.upper()) / 2);
  }

  /** Values by dynamic programming to 0.002; of five assets two bounds of another hand. */
  @ParameterizedTest
  @CsvSource({
    "2, 90, 8.07282, 8.07282",
    "2, 100, 13.90181, 13.90181",
    "3, 90, 11.2791, 11.2831",
    "3, 100, 18.687, 18.691",
    "5, 100, 26.11, 26.21"
  })
  void bermudanMaxCalls(int assets, double spot, double low, double high) {
    SimulatedOption call =
        SimulatedOption.maxCall(
            new Market(spot, 0.05, 0.1, 0.2),
            100,
            3,
            9,
            assets,
            options(40_000, 60, 320, 11),
            SCALAR,
            WORKERS);
    assertThat(call.lower())
        .isBetween(
            0.99 * low - 4 * call.lowerStandardError(), high + 4 * call.lowerStandardError());
    assertThat(call.upper())
        .isBetween(
            low - 4 * call.upperStandardError(), 1.01 * high + 4 * call.upperStandardError());
    assertThat(call.lower()).isGreaterThan(call.european());
  }

  /** Over many seeds the means of the two bounds stand on their sides of the exact value. */
  @Test
  void theBoundsAreBoundsOnAverage() {
    Market market = new Market(36, 0.06, 0, 0.2);
    double exact = BermudanOption.put(market, 40, 1, 10).value();
    int seeds = 60;
    double[] lower = new double[seeds];
    double[] upper = new double[seeds];
    double predicted = 0;
    for (int s = 0; s < seeds; s++) {
      SimulatedOption put =
          SimulatedOption.put(market, 40, 1, 10, options(4096, 20, 32, s), SCALAR, WORKERS);
      lower[s] = put.lower();
      upper[s] = put.upper();
      predicted += put.lowerStandardError() / seeds;
    }
    assertThat(mean(lower)).isLessThan(exact + 4 * error(lower));
    assertThat(mean(lower)).isGreaterThan(0.99 * exact);
    assertThat(mean(upper)).isGreaterThan(exact - 4 * error(upper));
    // The spread over seeds is what the standard error says: of 60, within a third.
    assertThat(error(lower) * Math.sqrt(seeds)).isCloseTo(predicted, within(predicted / 3));
  }

  private static double mean(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += v;
    }
    return sum / x.length;
  }

  private static double error(double[] x) {
    double mean = mean(x);
    double sum = 0;
    for (double v : x) {
      sum += (v - mean) * (v - mean);
    }
    return Math.sqrt(sum / (x.length - 1) / x.length);
  }

  @Test
  void threadsDoNotChangeABit() {
    Market market = new Market(100, 0.05, 0.1, 0.2);
    SimulationOptions some = options(5000, 5, 32, 3);
    try (Workers one = Workers.of(1);
        Workers three = Workers.of(3)) {
      assertThat(SimulatedOption.maxCall(market, 100, 3, 4, 3, some, SCALAR, one))
          .isEqualTo(SimulatedOption.maxCall(market, 100, 3, 4, 3, some, SCALAR, three));
    }
  }

  /** Hardly a path is in the money: one goes on, and nothing breaks. */
  @Test
  void fewPathsInTheMoneyMeanGoingOn() {
    SimulatedOption put =
        SimulatedOption.put(
            new Market(80, 0.06, 0, 0.2), 40, 0.5, 20, options(500, 3, 32, 1), SCALAR, WORKERS);
    assertThat(put.lower()).isBetween(-1e-3, 1e-3);
    SimulatedOption two =
        SimulatedOption.put(
            new Market(40, 0.06, 0, 0.2),
            40,
            1,
            3,
            new SimulationOptions(2, 2, 3, 2, 2, 1, _ -> {}),
            SCALAR,
            WORKERS);
    assertThat(two.lower()).isFinite();
    assertThat(two.upper()).isFinite();
  }

  @Test
  void exerciseNowIsKnownExactly() {
    SimulatedOption put =
        SimulatedOption.put(
            new Market(20, 0.06, 0, 0.2), 40, 1, 5, options(2000, 4, 32, 1), SCALAR, WORKERS);
    assertThat(put.lower()).isEqualTo(20);
    assertThat(put.lowerStandardError()).isZero();
    assertThat(put.upper()).isCloseTo(20, within(0.05));
  }

  /** One date: no policy, and the European value is the control itself. */
  @Test
  void aSingleDateIsTheEuropeanOption() {
    SimulatedOption call =
        SimulatedOption.maxCall(
            new Market(100, 0.05, 0.1, 0.2),
            100,
            3,
            1,
            2,
            options(2000, 9, 64, 1),
            SCALAR,
            WORKERS);
    assertThat(call.lower()).isCloseTo(call.european(), within(1e-9));
    assertThat(call.lowerStandardError()).isLessThan(1e-6);
  }

  @Test
  void wrongNumbersAreNamed() {
    assertThatThrownBy(() -> options(1, 2, 2, 1))
        .hasMessage("paths must be from 2 to 100000000: 1");
    assertThatThrownBy(() -> new SimulationOptions(2, 2, 9, 2, 2, 1, _ -> {}))
        .hasMessage("degree must be from 1 to 6: 9");
    assertThatThrownBy(
            () ->
                SimulatedOption.maxCall(
                    new Market(1, 0, 0, 1), 1, 1, 1, 0, options(2, 2, 2, 1), SCALAR, WORKERS))
        .hasMessage("assets must number from 1 to 100: 0");
  }
}
