package bellwether.mechanisms.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BilateralTradeTest {
  private static BilateralTrade symmetric(double a, int horizon) {
    double[][] p = {{a, 1 - a}, {1 - a, a}};
    double[] half = {0.5, 0.5};
    return BilateralTrade.of(new double[] {0, 1}, half, p, half, p, horizon);
  }

  /** Yoon 3.3.2: two types that stay with probability a: the critical discount is 1/(3 - 2a). */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.9999})
  void criticalDiscountOfTwoTypes(double a) {
    assertThat(symmetric(a, 0).criticalDiscount()).isCloseTo(1 / (3 - 2 * a), within(1e-12));
  }

  /** Yoon 3.3.1 B: over two periods 1/(3 - 4a) where a is below 1/2; above, never balanced. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.25, 0.4, 0.49, 0.51, 0.6, 1})
  void criticalDiscountOfTwoPeriods(double a) {
    double critical = symmetric(a, 2).criticalDiscount();
    if (a < 0.5) {
      assertThat(critical).isCloseTo(1 / (3 - 4 * a), within(1e-12));
    } else {
      assertThat(critical).isNaN();
    }
  }

  @Test
  void persistentTypesAreNeverBalanced() {
    assertThat(symmetric(1, 0).criticalDiscount()).isNaN();
  }

  @Test
  void oneTypeHasNothingToTrade() {
    double[][] one = {{1}};
    BilateralTrade trade =
        BilateralTrade.of(new double[] {2}, new double[] {1}, one, new double[] {1}, one, 0);
    assertThat(trade.criticalDiscount()).isZero();
    assertThat(trade.budget(0.9).balanced()).isTrue();
  }

  private static double[][] matrix(int n, SplittableRandom random) {
    double[][] p = new double[n][];
    for (int i = 0; i < n; i++) {
      p[i] = law(n, random);
    }
    return p;
  }

  private static double[] law(int n, SplittableRandom random) {
    double[] p = random.doubles(n).map(x -> x * x * x).toArray();
    double sum = java.util.Arrays.stream(p).sum();
    for (int j = 0; j < n; j++) {
      p[j] /= sum;
    }
    return p;
  }

  /** Term by term, and the signs on both sides of the critical discount; none above it. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void randomTradesObeyTheirDefinition(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 2 + random.nextInt(4);
    int horizon = random.nextBoolean() ? 0 : 1 + random.nextInt(6);
    double[] values = new double[n];
    for (int k = 0; k < n; k++) {
      values[k] = (k == 0 ? 0 : values[k - 1]) + 0.1 + random.nextDouble();
    }
    double[] x = law(n, random);
    double[] y = law(n, random);
    double[][] ps = matrix(n, random);
    double[][] pb = matrix(n, random);
    BilateralTrade trade = BilateralTrade.of(values, x, ps, y, pb, horizon);
    for (double discount : new double[] {0, 0.3, 0.9, 0.99}) {
      double[][] rows = new double[n][n];
      double weight = 1;
      double[][] s = identity(n);
      double[][] b = identity(n);
      for (int t = 0; t < (horizon == 0 ? 4000 : horizon); t++) {
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            for (int k = 0; k < n; k++) {
              for (int l = 0; l < n; l++) {
                rows[i][j] += weight * s[i][k] * Math.max(values[l] - values[k], 0) * b[j][l];
              }
            }
          }
        }
        s = times(s, ps);
        b = times(b, pb);
        weight *= discount;
      }
      BilateralTrade.Budget budget = trade.budget(discount);
      double deficit = 0;
      for (int i = 0; i < n; i++) {
        double seller = 0;
        double buyer = 0;
        for (int j = 0; j < n; j++) {
          seller += rows[i][j] * y[j];
          buyer += x[j] * rows[j][i];
        }
        deficit += x[i] * seller;
        assertThat(budget.sellerPayoffs()[i]).isCloseTo(seller, within(1e-9));
        assertThat(budget.buyerPayoffs()[i]).isCloseTo(buyer, within(1e-9));
      }
      assertThat(budget.expectedDeficit()).isCloseTo(deficit, within(1e-9));
      double step = 1e-6;
      double slope = trade.slope(discount).expectedDeficit();
      double difference =
          trade.budget(discount + step).expectedDeficit() - budget.expectedDeficit();
      assertThat(slope).isCloseTo(difference / step, within(1e-3 * (1 + slope)));
    }
    double critical = trade.criticalDiscount();
    double top = horizon == 0 ? 1 - 1e-7 : 1;
    if (Double.isNaN(critical)) {
      assertThat(trade.budget(top).surplus()).isNegative();
      return;
    }
    for (int k = 1; k <= 2000; k++) {
      double above = critical + (top - critical) * k / 2000;
      assertThat(trade.budget(above).surplus()).isGreaterThan(-1e-9);
    }
    if (critical > 0) {
      assertThat(trade.budget(critical * (1 - 1e-9)).surplus()).isNegative();
      assertThat(trade.budget(critical).surplus()).isCloseTo(0, within(1e-9));
    }
  }

  private static double[][] identity(int n) {
    double[][] one = new double[n][n];
    for (int i = 0; i < n; i++) {
      one[i][i] = 1;
    }
    return one;
  }

  private static double[][] times(double[][] a, double[][] b) {
    int n = a.length;
    double[][] c = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  @Test
  void mistakesAreNamed() {
    double[] half = {0.5, 0.5};
    double[][] p = {{1, 0}, {0, 1}};
    assertThatThrownBy(() -> BilateralTrade.of(new double[] {1, 1}, half, p, half, p, 0))
        .hasMessage("values must be finite and increase: values[1] = 1.0");
    assertThatThrownBy(
            () ->
                BilateralTrade.of(
                    new double[] {0, 1}, half, new double[][] {{1, 0}, {0.5, 0.4}}, half, p, 0))
        .hasMessage("seller.transition[1] must sum to 1 within 1e-9: 0.9");
    assertThatThrownBy(() -> symmetric(0.5, 0).budget(1))
        .hasMessage("discount must be in [0, 1), or 1 with a horizon: 1.0");
  }
}
