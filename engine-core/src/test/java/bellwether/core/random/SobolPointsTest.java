package bellwether.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.random.SobolSequenceGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SobolPointsTest {

  @Test
  void pointsAreThoseOfTheLibrary() {
    int dimensions = SobolPoints.DIMENSIONS;
    SobolSequenceGenerator library = new SobolSequenceGenerator(dimensions);
    double[][] expected = new double[300][];
    for (int n = 0; n < expected.length; n++) {
      expected[n] = library.nextVector();
    }
    double[] x = new double[200];
    for (int d = 0; d < dimensions; d++) {
      SobolPoints.fill(d, 100, 0, x, x.length);
      for (int n = 0; n < x.length; n++) {
        // In the middle of the cell.
        assertThat(x[n] - 0x1p-53).isEqualTo(expected[100 + n][d]);
      }
    }
  }

  /**
   * One of each 1024 consecutive points in each interval of 1/1024, in every dimension, shifted.
   */
  @ParameterizedTest
  @ValueSource(longs = {0, 1024, 1024 * 777})
  void everyBlockIsStratified(long from) {
    double[] x = new double[1024];
    for (int d = 0; d < SobolPoints.DIMENSIONS; d += 37) {
      SobolPoints.fill(d, from, 0x9E3779B97F4A7C15L * (d + 1), x, x.length);
      boolean[] seen = new boolean[1024];
      for (double u : x) {
        seen[(int) (u * 1024)] = true;
      }
      assertThat(seen).doesNotContain(false);
    }
  }

  /** The volume under a product, to 1e-4 where independent numbers give 1e-2. */
  @Test
  void integrates() {
    int n = 1 << 14;
    double[] product = new double[n];
    java.util.Arrays.fill(product, 1);
    double[] x = new double[n];
    for (int d = 0; d < 5; d++) {
      SobolPoints.fill(d, 0, 0x123456789ABCDEF0L * (d + 1), x, n);
      for (int i = 0; i < n; i++) {
        product[i] *= 2 * x[i];
      }
    }
    assertThat(java.util.Arrays.stream(product).average().orElseThrow()).isCloseTo(1, within(1e-3));
  }
}
