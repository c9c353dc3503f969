package bellwether.core.stopping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalEquationsTest {

  private static double[] gram(double[][] f) {
    int n = f.length;
    double[] gram = new double[n * (n + 1) / 2];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        gram[i * (i + 1) / 2 + j] = dot(f[i], f[j]);
      }
    }
    return gram;
  }

  private static double[] right(double[][] f, double[] y) {
    double[] right = new double[f.length];
    for (int i = 0; i < f.length; i++) {
      right[i] = dot(f[i], y);
    }
    return right;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[][] functions(int n, int paths, Random random) {
    double[][] f = new double[n][paths];
    for (int p = 0; p < paths; p++) {
      f[0][p] = 1;
      for (int i = 1; i < n; i++) {
        f[i][p] = Math.pow(10, i) * random.nextGaussian();
      }
    }
    return f;
  }

  /** What is left is orthogonal to every function, whatever their scales. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void residualsAreOrthogonal(long seed) {
    Random random = new Random(seed);
    int n = 1 + random.nextInt(7);
    double[][] f = functions(n, 50, random);
    double[] y = random.doubles(50).toArray();
    double[] c = NormalEquations.solve(gram(f), right(f, y));
    assertThat(c).as("seed %s", seed).isNotNull();
    double[] rest = y.clone();
    for (int i = 0; i < n && c != null; i++) {
      for (int p = 0; p < 50; p++) {
        rest[p] -= c[i] * f[i][p];
      }
    }
    for (int i = 0; i < n; i++) {
      double size = Math.sqrt(dot(f[i], f[i]) * dot(y, y));
      assertThat(dot(rest, f[i])).isCloseTo(0, within(1e-11 * size));
    }
  }

  @Test
  void functionsThatAddNothingAreLeftOut() {
    Random random = new Random(9);
    double[][] f = functions(4, 40, random);
    for (int p = 0; p < 40; p++) {
      f[3][p] = 2 * f[1][p] - 3 * f[0][p];
    }
    double[] y = new double[40];
    for (int p = 0; p < 40; p++) {
      y[p] = 4 + 5 * f[1][p] - f[2][p];
    }
    double[] c = NormalEquations.solve(gram(f), right(f, y));
    assertThat(c).isNotNull();
    for (int p = 0; p < 40 && c != null; p++) {
      double fitted = 0;
      for (int i = 0; i < 4; i++) {
        fitted += c[i] * f[i][p];
      }
      assertThat(fitted).isCloseTo(y[p], within(1e-9));
    }
  }

  @Test
  void fewerPathsThanFunctionsAreNoBasisForARule() {
    double[][] f = functions(4, 3, new Random(1));
    assertThat(NormalEquations.solve(gram(f), right(f, new double[] {1, 2, 3}))).isNull();
  }
}
