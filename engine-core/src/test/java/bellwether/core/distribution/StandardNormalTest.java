package bellwether.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardNormalTest {

  /** Computed with mpmath at 40 digits. */
  @ParameterizedTest
  @CsvSource({
    "-8.5, 8.16623563166955e-17, 1.0, 8.5",
    "-3, 0.0044318484119380075, 0.9986501019683699, 3.0003821543170477",
    "-0.7, 0.31225393336676127, 0.758036347776927, 0.8428793768106101",
    "-0.1, 0.39695254747701175, 0.539827837277029, 0.4509353312047147",
    "0, 0.3989422804014327, 0.5, 0.3989422804014327",
    "0.25, 0.3866681168028492, 0.4012936743170763, 0.28634469822358016",
    "0.6, 0.3332246028917996, 0.2742531177500736, 0.1686727322417555",
    "0.75, 0.30113743215480443, 0.2266273523768682, 0.13116691787215326",
    "1.5, 0.12951759566589172, 0.06680720126885807, 0.02930679376260463",
    "3.3, 0.0017225689390536812, 0.0004834241423837775, 0.00012726926918721546",
    "5.5, 1.0769760042543276e-07, 1.8989562465887718e-08, 3.255006863050307e-09",
    "6, 6.075882849823285e-09, 9.86587645037698e-10, 1.5635697959709664e-10",
    "8.5, 8.16623563166955e-17, 9.479534822203318e-18, 1.0863103279672944e-18",
    "20, 5.520948362159764e-88, 2.7536241186062337e-89, 1.3700124947295798e-90",
    "37, 2.1200065515246056e-298, 5.725571222524577e-300, 1.5451991905122024e-301"
  })
  void agreesWithFortyDigits(double x, double density, double tail, double shortfall) {
    assertThat(StandardNormal.density(x)).isCloseTo(density, within(2e-15 * density));
    assertThat(StandardNormal.upperTail(x)).isCloseTo(tail, within(2e-15 * tail));
    double allowed = 4e-16 * (density + Math.abs(x) * tail);
    assertThat(StandardNormal.shortfall(x)).isCloseTo(shortfall, within(allowed));
  }

  @Test
  void tailsOfOppositeArgumentsSumToOne() {
    for (double x = 0; x < 9; x += 0.01) {
      double sum = StandardNormal.upperTail(x) + StandardNormal.upperTail(-x);
      assertThat(sum).isCloseTo(1, within(3e-16));
    }
  }

  @Test
  void vanishesFarOut() {
    assertThat(StandardNormal.upperTail(50)).isZero();
    assertThat(StandardNormal.upperTail(-50)).isEqualTo(1);
    assertThat(StandardNormal.density(1e9)).isZero();
    assertThat(StandardNormal.shortfall(1e9)).isZero();
    assertThat(StandardNormal.shortfall(-1e9)).isEqualTo(1e9);
  }
}
