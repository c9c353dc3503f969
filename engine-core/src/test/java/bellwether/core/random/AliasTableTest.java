package bellwether.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AliasTableTest {

  /** Over a fine grid of uniform numbers, shares are probabilities up to the grid. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void sharesAreProbabilities(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = random.nextInt(1, 30);
    int rows = random.nextInt(1, 4);
    double[] p = new double[rows * n];
    for (int i = 0; i < p.length; i++) {
      p[i] = random.nextInt(3) == 0 ? 0 : random.nextDouble();
    }
    for (int row = 0; row < rows; row++) {
      p[row * n] += 0.1;
    }
    AliasTable table = new AliasTable(p, n);
    int grid = 400_000;
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int k = 0; k < n; k++) {
        sum += p[row * n + k];
      }
      double[] share = new double[n];
      for (int i = 0; i < grid; i++) {
        share[table.draw(row, (i + 0.5) / grid)] += 1.0 / grid;
      }
      for (int k = 0; k < n; k++) {
        assertThat(share[k]).isCloseTo(p[row * n + k] / sum, within(2e-4));
        if (p[row * n + k] == 0) {
          assertThat(share[k]).isZero();
        }
      }
    }
  }

  @Test
  void oneOutcome() {
    assertThat(new AliasTable(new double[] {0.3}, 1).draw(0, 0.999)).isZero();
  }
}
