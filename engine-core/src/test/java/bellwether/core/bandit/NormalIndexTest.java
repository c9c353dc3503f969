package bellwether.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalIndexTest {
  private static final double[] DISCOUNTS = {1e-3, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.98, 0.99};

  /** The references are rounded to 15 decimals. */
  private static final double ROUNDED = 5.1e-16;

  private static IndexBracket standard(int n, double discount) {
    return NormalIndex.of(new NormalArm(0, n, 1), discount);
  }

  @ParameterizedTest
  @MethodSource("references")
  void bracketsEveryReferenceValue(Reference reference) {
    IndexBracket bracket = standard(reference.n(), reference.discount());
    assertThat(reference.g()).isBetween(bracket.lower() - ROUNDED, bracket.upper() + ROUNDED);
    assertThat(bracket.width()).isLessThanOrEqualTo(NormalIndex.DEFAULT_TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.9, 0.99})
  void aTableBracketsTheReferenceValuesFarMoreTightlyThanAsked(double discount) throws IOException {
    NormalIndex table = NormalIndex.table(1000, discount, 1e-11);
    assertThat(table.observations()).isEqualTo(1000);
    assertThat(table.discount()).isEqualTo(discount);
    List<Reference> references =
        references().stream().filter(reference -> reference.discount() == discount).toList();
    assertThat(references).hasSize(28);
    for (Reference reference : references) {
      IndexBracket bracket = table.standard(reference.n());
      assertThat(reference.g()).isBetween(bracket.lower() - ROUNDED, bracket.upper() + ROUNDED);
      assertThat(bracket.width()).isLessThanOrEqualTo(1e-11);
    }
  }

  record Reference(double discount, int n, double g) {}

  private static List<Reference> references() throws IOException {
    try (InputStream stream =
        NormalIndexTest.class.getResourceAsStream("/reference/normal-index.csv")) {
      assertThat(stream).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> Character.isDigit(line.charAt(0)))
          .map(line -> line.split(",", -1))
          .map(
              cells ->
                  new Reference(
                      Double.parseDouble(cells[0]),
                      Integer.parseInt(cells[1]),
                      Double.parseDouble(cells[2])))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"0.95, 0.22263", "0.99, 0.15758"})
  void agreesWithThePublishedTable(double discount, double published) {
    // Gittins (1989), table 1: n sqrt(1 - d) g at n = 1, five decimals.
    double g = standard(1, discount).index();
    assertThat(Math.sqrt(1 - discount) * g).isCloseTo(published, within(5e-6));
  }

  @Test
  void movesWithTheMeanAndScalesWithTheNoise() {
    double g = standard(3, 0.9).index();
    IndexBracket moved = NormalIndex.of(new NormalArm(-7.25, 3, 4), 0.9);
    assertThat(moved.index()).isCloseTo(-7.25 + 4 * g, within(4e-10));
    assertThat(moved.width()).isLessThanOrEqualTo(4e-10 + 4e-15);
    // The case gittins-normal-090 of the job files.
    assertThat(NormalIndex.of(new NormalArm(0.5, 3, 2), 0.9).index())
        .isCloseTo(1.1930816485523885, within(2e-10));
  }

  @Test
  void falls() {
    for (double discount : DISCOUNTS) {
      NormalIndex table = NormalIndex.table(60, discount, 1e-11);
      for (int n = 2; n <= 60; n++) {
        assertThat(table.standard(n).upper())
            .as("d = %s, n = %s", discount, n)
            .isLessThan(table.standard(n - 1).lower());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 1000, 1_000_000})
  void growsWithTheDiscountFactor(int n) {
    double before = 0;
    for (double discount : DISCOUNTS) {
      IndexBracket bracket = standard(n, discount);
      assertThat(bracket.lower()).as("d = %s", discount).isGreaterThan(before);
      before = bracket.upper();
    }
  }

  @Test
  void aLongerHorizonStaysInsideTheBracket() {
    for (double discount : new double[] {1e-3, 0.2, 0.5, 0.9, 0.99}) {
      for (int n : new int[] {1, 5, 50, 5000}) {
        double lower = 0;
        double upper = Double.POSITIVE_INFINITY;
        for (int horizon = 2; horizon <= 512; horizon *= 2) {
          NormalSweep sweep = new NormalSweep(discount, n + horizon);
          while (sweep.observations() > n) {
            sweep.step();
          }
          assertThat(sweep.lower())
              .as("d = %s, n = %s, horizon %s", discount, n, horizon)
              .isBetween(lower - sweep.allowance(), upper);
          assertThat(sweep.upper()).isBetween(lower, upper + sweep.allowance());
          assertThat(sweep.upper()).isGreaterThanOrEqualTo(sweep.lower());
          lower = sweep.lower();
          upper = sweep.upper();
        }
      }
    }
  }

  /**
   * The upper truncation at N, n = 1, computed once with 64-bit mantissas, 18 nodes a panel and
   * narrower panels: the allowance must cover the difference, and does 20 times over.
   */
  @ParameterizedTest
  @CsvSource({"0.99, 1100, 1.5758202588000458058", "0.999, 9131, 2.3457617305400393826"})
  void allowsForItsRounding(double discount, int horizon, double upper) {
    NormalSweep sweep = new NormalSweep(discount, horizon);
    while (sweep.observations() > 1) {
      sweep.step();
    }
    double half = 0.5 * sweep.allowance();
    assertThat(sweep.upper() - half).isCloseTo(upper, within(0.2 * half));
  }

  @Test
  void everyToleranceIsKeptAndContainsTheTightest() {
    for (double discount : new double[] {1e-3, 0.2, 0.5, 0.9, 0.99}) {
      for (int n : new int[] {1, 5, 50, 5000}) {
        NormalArm arm = new NormalArm(0, n, 1);
        double g = NormalIndex.of(arm, discount, 2e-12).index();
        for (double tolerance = 1; tolerance > 1e-11; tolerance *= 0.1) {
          IndexBracket bracket = NormalIndex.of(arm, discount, tolerance);
          assertThat(bracket.width()).isLessThanOrEqualTo(tolerance * (1 + 1e-9));
          assertThat(g).isBetween(bracket.lower() - 1e-12, bracket.upper() + 1e-12);
        }
      }
    }
  }

  @Test
  void discountZeroIsTheMean() {
    assertThat(NormalIndex.of(new NormalArm(1.5, 2, 3), 0))
        .isEqualTo(new IndexBracket(1.5, 1.5, 0));
    assertThat(NormalIndex.table(3, 0, 1e-10).standard(3).upper()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-20, 1e-9})
  void tinyDiscountsGiveTheOneStepValue(double discount) {
    // g = d E (s Z - (-g))^+ + O(d^2) = d s / sqrt(2 pi) + O(d^2), s = 1 / sqrt 2.
    IndexBracket bracket = standard(1, discount);
    double oneStep = discount / Math.sqrt(4 * Math.PI);
    assertThat(oneStep).isBetween(bracket.lower() * (1 - 1e-8), bracket.upper() * (1 + 1e-8));
  }

  @Test
  void manyObservationsApproachTheScalingLimit() {
    // With s_n nearly constant over the discounted future, n g(n, d) no longer depends on n.
    for (double discount : new double[] {0.5, 0.9, 0.99}) {
      double million =
          1e6 * NormalIndex.of(new NormalArm(0, 1_000_000, 1), discount, 1e-15).index();
      double ten = 1e7 * NormalIndex.of(new NormalArm(0, 10_000_000, 1), discount, 1e-16).index();
      assertThat(million).isCloseTo(ten, within(3e-4 * ten));
      assertThat(million).isLessThan(ten);
    }
    IndexBracket last = standard(Integer.MAX_VALUE, 0.9);
    assertThat(last.lower()).isPositive();
    assertThat(last.upper()).isLessThan(2.0 / Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1", "0.5, 4", "0.8, 2"})
  void agreesWithAPlainGrid(double discount, int n) {
    assertThat(standard(n, discount).index()).isCloseTo(byPlainGrid(n, discount), within(1e-4));
  }

  /**
   * The value function itself, not its difference from "always", on one equidistant grid of the
   * mean with linear interpolation and the normal distribution on 321 points: O(h^2) everywhere.
   */
  private static double byPlainGrid(int from, double discount) {
    int pulls = (int) Math.ceil(Math.log(1e-6) / Math.log(discount));
    double h = 2e-3;
    int half = 2000;
    double[] value = new double[2 * half + 1];
    for (int i = 0; i < value.length; i++) {
      value[i] = Math.max(0, (i - half) * h) / (1 - discount);
    }
    double boundary = 0;
    for (int n = from + pulls - 1; n >= from; n--) {
      double sd = 1 / Math.sqrt(n * (n + 1.0));
      double[] next = new double[value.length];
      for (int i = 0; i < value.length; i++) {
        double mean = 0;
        double weights = 0;
        for (int k = -160; k <= 160; k++) {
          double z = 0.03125 * k;
          double weight = Math.exp(-0.5 * z * z);
          double place = i + z * sd / h;
          int cell = (int) Math.min(value.length - 2, Math.max(0, Math.floor(place)));
          // Linear beyond the ends too: there the value is.
          mean += weight * (value[cell] + (place - cell) * (value[cell + 1] - value[cell]));
          weights += weight;
        }
        double pull = (i - half) * h + discount * mean / weights;
        next[i] = Math.max(0, pull);
        if (pull > 0 && i > 0 && next[i - 1] == 0) {
          boundary = -(i - half) * h;
        }
      }
      value = next;
    }
    // The first node where pulling pays is up to h right of the kink: its value over the slope is
    // the way back.
    int first = half - (int) Math.round(boundary / h);
    double slope = (value[first + 1] - value[first]) / h;
    return boundary + value[first] / slope;
  }

  @Test
  void coldAndWarmRunsGiveTheSameBits() {
    IndexBracket first = NormalIndex.of(new NormalArm(0.1, 1, 1), 0.97);
    for (int i = 0; i < 20; i++) {
      assertThat(NormalIndex.of(new NormalArm(0.1, 1, 1), 0.97)).isEqualTo(first);
    }
  }

  @Test
  void aTableAnswersForArms() {
    NormalIndex table = NormalIndex.table(4, 0.9, 1e-10);
    IndexBracket bracket = table.of(new NormalArm(1, 4, 2));
    assertThat(bracket.index()).isCloseTo(1 + 2 * standard(4, 0.9).index(), within(4e-10));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.standard(5))
        .withMessage("observations must be 1 to 4 in this table: 5");
  }

  @Test
  void refusesWhatItCannotKeep() {
    NormalArm arm = new NormalArm(0, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NormalIndex.of(arm, 0.9999999))
        .withMessage("discount must be 0 to 0.99995: 0.9999999");
    // Here a sweep once did not end.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NormalIndex.of(arm, 0.99998))
        .withMessage("discount must be 0 to 0.99995: 0.99998");
    assertThatIllegalArgumentException().isThrownBy(() -> NormalIndex.of(arm, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> NormalIndex.of(arm, -0.1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NormalIndex.of(arm, 0.9, 0))
        .withMessage("tolerance must be positive: 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NormalIndex.of(arm, 0.99, 1e-14))
        .withMessageMatching(
            "tolerance must be at least \\S+E-13 at discount 0.99 because of rounding: 1.0E-14");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NormalIndex.of(new NormalArm(1.7e308, 1, 1.7e308), 0.99))
        .withMessageContaining("exceeds the largest double");
    assertThatIllegalArgumentException().isThrownBy(() -> NormalIndex.table(0, 0.9, 1e-10));
  }

  @Test
  void stopsWhenInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> standard(1, 0.9)).isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
