package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.ScalarKernels;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BetaBernoulliIndexTest {
  private static final Kernels SCALAR = ScalarKernels.INSTANCE;

  private static IndexBracket index(double a, double b, double discount, double tolerance) {
    return BetaBernoulliIndex.of(new BetaBernoulliArm(a, b), discount, tolerance, SCALAR);
  }

  /**
   * c at the root by the whole lattice, no band: after n pulls the mean forever, or theta known.
   */
  private static double wholeLattice(double a, double b, double d, double charge, int n) {
    double[] h = new double[n + 2];
    for (int i = 0; i <= n; i++) {
      h[i] = Math.max(0, (a + i) / (a + b + n) - charge) / (1 - d);
    }
    for (int t = n - 1; ; t--) {
      for (int i = 0; i <= t; i++) {
        double m = (a + i) / (a + b + t);
        double c = m - charge + d * (m * h[i + 1] + (1 - m) * h[i]);
        if (t == 0) {
          return c;
        }
        h[i] = Math.max(0, c);
      }
    }
  }

  @Test
  void bracketsHoldTheReferenceValues() {
    assertThat(ReferenceIndices.all()).hasSize(400);
    for (ReferenceIndices known : ReferenceIndices.all()) {
      IndexBracket bracket = index(known.a(), known.b(), known.discount(), 1e-10);
      assertThat(bracket.width()).as("%s", known).isLessThanOrEqualTo(1e-10);
      assertThat(bracket.lower()).as("%s", known).isLessThanOrEqualTo(known.upper() + 2e-16);
      assertThat(bracket.upper()).as("%s", known).isGreaterThanOrEqualTo(known.lower() - 2e-16);
    }
  }

  @Test
  void tightBracketsHoldTheReferenceValues() {
    for (ReferenceIndices known : ReferenceIndices.all()) {
      if (known.a() % 3 == 1) {
        double tolerance = known.discount() > 0.95 ? 3e-12 : 2e-13;
        IndexBracket bracket = index(known.a(), known.b(), known.discount(), tolerance);
        assertThat(bracket.width()).as("%s", known).isLessThanOrEqualTo(tolerance);
        assertThat(bracket.lower()).as("%s", known).isLessThanOrEqualTo(known.upper() + 2e-16);
        assertThat(bracket.upper()).as("%s", known).isGreaterThanOrEqualTo(known.lower() - 2e-16);
      }
    }
  }

  @Test
  void uniformPriorAtNineTenthsIsTheTabulatedSevenHundredTwentyNine() {
    // Gittins, Glazebrook and Weber (2011), table 8.4
    assertThat(index(1, 1, 0.9, 1e-10).index()).isCloseTo(0.7029, within(5e-5));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void bracketAgreesWithTheWholeLattice(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double a = Math.exp(random.nextDouble(-4, 5));
    double b = Math.exp(random.nextDouble(-4, 5));
    double d = 1 - Math.exp(random.nextDouble(-4, -0.5));
    IndexBracket bracket = index(a, b, d, 1e-9);
    int n = (int) (30 / (1 - d));
    String what = "a=" + a + " b=" + b + " d=" + d;
    // The whole lattice falls short of the truth by less than 1e-12 at this horizon.
    assertThat(wholeLattice(a, b, d, bracket.lower() - 1e-12, n)).as(what).isPositive();
    assertThat(wholeLattice(a, b, d, bracket.upper(), n)).as(what).isNegative();
  }

  @Test
  void coarseBracketHoldsTheFineOne() {
    for (double[] arm : new double[][] {{1, 1}, {0.01, 0.02}, {1, 19}, {30, 2}, {5000, 100_000}}) {
      for (double d : new double[] {0.1, 0.6, 0.95, 0.999}) {
        IndexBracket coarse = index(arm[0], arm[1], d, 1e-4);
        IndexBracket fine = index(arm[0], arm[1], d, 1e-10);
        assertThat(coarse.lower()).isLessThanOrEqualTo(fine.upper());
        assertThat(coarse.upper()).isGreaterThanOrEqualTo(fine.lower());
        assertThat(fine.width()).isLessThanOrEqualTo(1e-10);
        assertThat(fine.lower()).isGreaterThanOrEqualTo(arm[0] / (arm[0] + arm[1]) - 1e-15);
        assertThat(fine.upper()).isLessThan(1);
      }
    }
  }

  @Test
  void indexGrowsWithSuccessesDiscountAndIgnorance() {
    double before = 0;
    for (double a = 0.5; a < 6; a += 0.5) {
      IndexBracket bracket = index(a, 2.5, 0.95, 1e-9);
      assertThat(bracket.lower()).isGreaterThan(before);
      before = bracket.upper();
    }
    before = 0;
    for (double d : new double[] {0, 0.2, 0.5, 0.9, 0.99, 0.999}) {
      IndexBracket bracket = index(2, 3, d, 1e-9);
      assertThat(bracket.lower()).isGreaterThan(before);
      before = bracket.upper();
    }
    before = 1;
    for (double n = 1; n < 200_000; n *= 10) {
      IndexBracket bracket = index(0.3 * n, 0.7 * n, 0.95, 1e-10);
      assertThat(bracket.upper()).isLessThan(before);
      before = bracket.lower();
    }
    assertThat(before).isCloseTo(0.3, within(1e-4));
  }

  @Test
  void discountZeroIsTheMean() {
    IndexBracket bracket = index(3, 5, 0, 1e-10);
    assertThat(bracket.lower()).isEqualTo(0.375);
    assertThat(bracket.upper()).isEqualTo(0.375);
    assertThat(bracket.horizon()).isZero();
  }

  @Test
  void oneLookAheadBoundsTheIndexFromBelow() {
    // Index of "pull once more only after a success": (mu + d mu mu') / (1 + d mu), closed form.
    double mu = 0.5;
    double next = 2.0 / 3;
    double d = 0.1;
    double known = (mu + d * mu * next) / (1 + d * mu);
    assertThat(index(1, 1, d, 1e-12).lower()).isBetween(known, known + d * d);
  }

  @ParameterizedTest
  @CsvSource({"-0.1, discount", "1.0, discount", "NaN, discount"})
  void discountOutOfRangeIsNamed(double discount, String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index(1, 1, discount, 1e-10))
        .withMessageContaining(name)
        .withMessageContaining(String.valueOf(discount));
  }

  @Test
  void unreachableTolerancesAreSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index(1, 1, 0.99, 1e-15))
        .withMessageContaining("because of rounding");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index(1, 1, 0.9999999, 1e-10))
        .withMessageContaining("needs a horizon of")
        .withMessageContaining("pulls, more than 4194304");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index(1, 1, 0.9, 0))
        .withMessageContaining("tolerance must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index(2e9, 1, 0.9, 1e-9))
        .withMessageContaining("alpha + beta must be at most");
  }

  @Test
  void aBillionImpressionsAndAlmostNoneHaveAnIndex() {
    // A success, seen at rate mean, adds 1e-8 to the mean of every later pull: the index is at most
    // mean / counts / (1 - d) above the mean.
    double mean = 1000 / 1.00001e8;
    IndexBracket many = index(1000, 1e8, 0.99, 2e-12);
    assertThat(many.index()).isBetween(mean, mean + mean * 1e-8 * 100 + 2e-12);
    // theta is 0 or 1, told by the first pull: lambda = mean / (mean + (1 - mean) (1 - d)).
    IndexBracket none = index(1e-9, 1e-9, 0.99, 1e-10);
    assertThat(none.index()).isCloseTo(0.5 / (0.5 + 0.5 * 0.01), within(1e-9));
    assertThat(index(9e8, 1e-9, 0.99, 1e-10).upper()).isLessThanOrEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index(1e-320, 1, 0.9, 1e-9))
        .withMessageContaining("alpha and beta must be at least");
  }

  @Test
  void interruptionEndsTheWork() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> index(1, 1, 0.9999, 1e-10))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
