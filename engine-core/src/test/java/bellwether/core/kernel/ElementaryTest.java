package bellwether.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against 60 and more digits over the whole domain, and what is not a number. */
class ElementaryTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final Map<String, DoubleUnaryOperator> FUNCTIONS =
      Map.of(
          "exp", Elementary::exp,
          "log", Elementary::log,
          "sin", Elementary::sin,
          "cos", Elementary::cos,
          "inverseNormal", Elementary::inverseNormal);

  /** Lines of: function, x, the double nearest to f(x), the rest of f(x) in units of its last. */
  private static List<String[]> table(String function) throws IOException {
    InputStream stream =
        Objects.requireNonNull(ElementaryTest.class.getResourceAsStream("/elementary.txt"));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      return reader
          .lines()
          .map(line -> line.split(" "))
          .filter(words -> words[0].equals(function))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"exp, 1", "log, 1", "sin, 1", "cos, 1", "inverseNormal, 4"})
  void isOffByLessThan(String function, double ulps) throws IOException {
    DoubleUnaryOperator f = Objects.requireNonNull(FUNCTIONS.get(function));
    List<String[]> table = table(function);
    assertThat(table).hasSizeGreaterThan(400);
    for (String[] words : table) {
      double nearest = Double.parseDouble(words[2]);
      double error =
          (f.applyAsDouble(Double.parseDouble(words[1])) - nearest) / Math.ulp(nearest)
              - Double.parseDouble(words[3]);
      assertThat(Math.abs(error)).as("%s(%s)", function, words[1]).isLessThan(ulps);
    }
  }

  private static void same(double actual, double expected) {
    assertThat(Double.doubleToLongBits(actual)).isEqualTo(Double.doubleToLongBits(expected));
  }

  @Test
  void exponentialOverflowsAndUnderflowsGradually() {
    same(Elementary.exp(0.0), 1);
    same(Elementary.exp(-0.0), 1);
    same(Elementary.exp(INFINITY), INFINITY);
    same(Elementary.exp(-INFINITY), 0);
    same(Elementary.exp(NAN), NAN);
    same(Elementary.exp(709.7827128933841), INFINITY);
    assertThat(Elementary.exp(709.782712893384)).isLessThan(INFINITY);
    same(Elementary.exp(-745.1332191019411), Double.MIN_VALUE);
    same(Elementary.exp(-745.1332191019412), 0);
    same(Elementary.exp(Double.MAX_VALUE), INFINITY);
    same(Elementary.exp(-Double.MAX_VALUE), 0);
    same(Elementary.exp(Double.MIN_VALUE), 1);
  }

  @Test
  void logarithmOfWhatIsNotPositive() {
    same(Elementary.log(0.0), -INFINITY);
    same(Elementary.log(-0.0), -INFINITY);
    same(Elementary.log(-Double.MIN_VALUE), NAN);
    same(Elementary.log(-1), NAN);
    same(Elementary.log(-INFINITY), NAN);
    same(Elementary.log(INFINITY), INFINITY);
    same(Elementary.log(NAN), NAN);
    same(Elementary.log(1), 0);
  }

  @Test
  void sineKeepsTheSignOfZero() {
    same(Elementary.sin(0.0), 0.0);
    same(Elementary.sin(-0.0), -0.0);
    same(Elementary.sin(-Double.MIN_VALUE), -Double.MIN_VALUE);
    same(Elementary.cos(0.0), 1);
    same(Elementary.cos(-0.0), 1);
    for (double x : new double[] {INFINITY, -INFINITY, NAN}) {
      same(Elementary.sin(x), NAN);
      same(Elementary.cos(x), NAN);
    }
  }

  @Test
  void quantilesEndAtInfinity() {
    same(Elementary.inverseNormal(0.0), -INFINITY);
    same(Elementary.inverseNormal(-0.0), -INFINITY);
    same(Elementary.inverseNormal(1), INFINITY);
    same(Elementary.inverseNormal(0.5), 0);
    for (double p : new double[] {-Double.MIN_VALUE, Math.nextUp(1.0), INFINITY, -INFINITY, NAN}) {
      same(Elementary.inverseNormal(p), NAN);
    }
  }

  /** Also across the borders of its three regions, up to what its last bits may be off. */
  @Test
  void quantilesRise() {
    double before = Double.NEGATIVE_INFINITY;
    for (int i = 1; i < 200_000; i++) {
      double z = Elementary.inverseNormal(i / 200_000.0);
      assertThat(z).isGreaterThan(before);
      before = z;
    }
  }
}
