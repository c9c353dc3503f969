package bellwether.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bellwether.core.kernel.PathKernels;
import bellwether.core.kernel.ScalarKernels;
import it.unimi.dsi.fastutil.doubles.DoubleOpenHashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Seeds are fixed, so nothing here fails by chance; bounds are five standard deviations of what is
 * measured, which a right generator with a fresh seed would exceed once in two million times.
 */
class LaneGeneratorTest {
  private static final int N = 1 << 20;
  private static final int LANES = PathKernels.LANES;

  private static double[] uniforms(long seed, long block, int count) {
    LaneGenerator generator = new LaneGenerator(ScalarKernels.INSTANCE);
    generator.start(seed, block);
    double[] out = new double[count];
    generator.uniforms(out, 0, count);
    return out;
  }

  private static double[] normals(long seed, long block, int count) {
    LaneGenerator generator = new LaneGenerator(ScalarKernels.INSTANCE);
    generator.start(seed, block);
    double[] out = new double[count];
    generator.normals(out, 0, count);
    return out;
  }

  /** Written down: a new release must not change what a seed gives. */
  @Test
  void seedsGiveWhatTheyAlwaysGave() {
    assertThat(uniforms(1, 0, 16)).startsWith(GOLDEN_UNIFORMS);
    assertThat(normals(1, 0, 16)).startsWith(GOLDEN_NORMALS);
    assertThat(uniforms(-7, 1L << 40, 16)[15]).isEqualTo(GOLDEN_LAST);
  }

  private static final double[] GOLDEN_UNIFORMS = {
    0.2981884569724852, 0.4121522062788142, 0.03413873072440132
  };
  private static final double[] GOLDEN_NORMALS = {
    -0.12563019204570358, -0.22757127769662042, 0.03379360188954146
  };
  private static final double GOLDEN_LAST = 0.7497518161416169;

  /** Blackman and Vigna's code, from the state that they would be given. */
  @Test
  void everyLaneIsXoshiro256PlusPlus() {
    double[] drawn = uniforms(42, 3, 64 * LANES);
    var root = RandomStreams.block(42, 3);
    for (int lane = 0; lane < LANES; lane++) {
      long[] s = {root.nextLong(), root.nextLong(), root.nextLong(), root.nextLong()};
      for (int k = 0; k < 64; k++) {
        long word = Long.rotateLeft(s[0] + s[3], 23) + s[0];
        assertThat(drawn[k * LANES + lane]).isEqualTo(((word >>> 12) + 0.5) * 0x1p-52);
        long t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = Long.rotateLeft(s[3], 45);
      }
    }
  }

  @Test
  void fillingInPartsIsFillingAtOnce() {
    LaneGenerator generator = new LaneGenerator(ScalarKernels.INSTANCE);
    generator.start(5, 6);
    double[] parts = new double[160];
    generator.normals(parts, 0, 32);
    generator.normals(parts, 32, 128);
    assertThat(parts).isEqualTo(normals(5, 6, 160));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, -9})
  void uniformMomentsAndCells(long seed) {
    double[] u = uniforms(seed, 0, N);
    double mean = 0;
    double square = 0;
    int[] cells = new int[1024];
    for (double x : u) {
      assertThat(x > 0 && x < 1).isTrue();
      mean += x;
      square += x * x;
      cells[(int) (x * cells.length)]++;
    }
    assertThat(mean / N).isCloseTo(0.5, within(5 * Math.sqrt(1.0 / 12 / N)));
    assertThat(square / N).isCloseTo(1.0 / 3, within(5 * Math.sqrt(4.0 / 45 / N)));
    chiSquare(cells);
  }

  /** Near enough to normal: mean k - 1, variance 2 (k - 1). */
  private static void chiSquare(int[] cells) {
    double expected = 0;
    for (int count : cells) {
      expected += (double) count / cells.length;
    }
    double statistic = 0;
    for (int count : cells) {
      statistic += (count - expected) * (count - expected) / expected;
    }
    double freedom = cells.length - 1;
    assertThat(statistic).isCloseTo(freedom, within(5 * Math.sqrt(2 * freedom)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, -9})
  void normalMomentsAndCells(long seed) {
    double[] z = normals(seed, 1, N);
    double[] moments = new double[5];
    int[] cells = new int[1000];
    for (double x : z) {
      double power = 1;
      for (int k = 1; k <= 4; k++) {
        power *= x;
        moments[k] += power / N;
      }
      // Cells of equal probability, by the distribution function itself.
      cells[(int) Math.min(cells.length - 1, cells.length * Phi.of(x))]++;
    }
    assertThat(moments[1]).isCloseTo(0, within(5 / Math.sqrt(N)));
    assertThat(moments[2]).isCloseTo(1, within(5 * Math.sqrt(2.0 / N)));
    assertThat(moments[3]).isCloseTo(0, within(5 * Math.sqrt(15.0 / N)));
    assertThat(moments[4]).isCloseTo(3, within(5 * Math.sqrt(96.0 / N)));
    chiSquare(cells);
  }

  /** Both halves of a pair come from one radius and one angle, and must not show it. */
  @Test
  void pairsOfNormalsAreUncorrelatedAndSoAreTheirSquares() {
    double[] z = normals(3, 0, N);
    double plain = 0;
    double squares = 0;
    double absolute = 0;
    for (int i = 0; i < N; i += 2 * LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        double x = z[i + lane];
        double y = z[i + LANES + lane];
        plain += x * y;
        squares += (x * x - 1) * (y * y - 1);
        absolute += x * (y * y - 1);
      }
    }
    double n = N / 2.0;
    assertThat(plain / n).isCloseTo(0, within(5 / Math.sqrt(n)));
    assertThat(squares / n).isCloseTo(0, within(5 * 2 / Math.sqrt(n)));
    assertThat(absolute / n).isCloseTo(0, within(5 * Math.sqrt(2 / n)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 16, 24, 1024})
  void numbersSomeWayApartAreUncorrelated(int apart) {
    double[] u = uniforms(11, 0, N);
    double product = 0;
    for (int i = apart; i < N; i++) {
      product += (u[i] - 0.5) * (u[i - apart] - 0.5);
    }
    assertThat(product / (N - apart)).isCloseTo(0, within(5 / 12.0 / Math.sqrt(N - apart)));
  }

  @Test
  void blocksAndSeedsAreUncorrelated() {
    double[] u = uniforms(11, 0, N);
    for (double[] v : new double[][] {uniforms(11, 1, N), uniforms(12, 0, N)}) {
      double product = 0;
      for (int i = 0; i < N; i++) {
        product += (u[i] - 0.5) * (v[i] - 0.5);
      }
      assertThat(product / N).isCloseTo(0, within(5 / 12.0 / Math.sqrt(N)));
    }
  }

  /** Of two million numbers of 52 bits, two are equal with a probability of 4e-4: none is. */
  @Test
  void lanesAndBlocksDoNotOverlap() {
    DoubleOpenHashSet seen = new DoubleOpenHashSet();
    for (int block = 0; block < 128; block++) {
      for (double x : uniforms(99, block, 1 << 14)) {
        assertThat(seen.add(x)).isTrue();
      }
    }
  }
}
