package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.kernel.ScalarKernels;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bits as the specification: lengths 0..67, offsets, cold and compiled. */
class VectorDenseTest {
  private static final DenseKernels SCALAR = ScalarKernels.INSTANCE.dense();
  private static final DenseKernels VECTOR = new VectorKernels().dense();

  /** Enough calls for C2 to compile the vector kernel. */
  private static final int WARM = 12_000;

  static IntStream lengths() {
    return IntStream.rangeClosed(0, 67);
  }

  private static double[] random(SplittableRandom random, int length) {
    return random.doubles(length, -1, 1).toArray();
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void rankUpdate(int depth) {
    SplittableRandom random = new SplittableRandom(depth);
    int panels = depth % 4;
    int stride = 24 * panels + depth % 3;
    double[] a = random(random, 8 * depth + 5);
    double[] b = random(random, 24 * (depth + 1) * panels + 7);
    double[] c = random(random, 8 * stride + 24 + 3);
    double[] expected = c.clone();
    SCALAR.rankUpdate(panels, depth, a, 5, b, 7, 24 * (depth + 1), expected, 3, stride);
    VECTOR.rankUpdate(panels, depth, a, 5, b, 7, 24 * (depth + 1), c, 3, stride);
    assertThat(c).isEqualTo(expected);
  }

  private static float[] floats(SplittableRandom random, int length) {
    float[] result = new float[length];
    for (int i = 0; i < length; i++) {
      result[i] = (float) random.nextDouble(-1, 1);
    }
    return result;
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void rankUpdateOfFloats(int depth) {
    SplittableRandom random = new SplittableRandom(depth);
    int panels = depth % 4;
    int stride = 48 * panels + depth % 3;
    float[] a = floats(random, 8 * depth + 5);
    float[] b = floats(random, 48 * (depth + 1) * panels + 7);
    float[] c = floats(random, 8 * stride + 48 + 3);
    float[] expected = c.clone();
    SCALAR.rankUpdate(panels, depth, a, 5, b, 7, 48 * (depth + 1), expected, 3, stride);
    VECTOR.rankUpdate(panels, depth, a, 5, b, 7, 48 * (depth + 1), c, 3, stride);
    assertThat(c).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void combine(int length) {
    SplittableRandom random = new SplittableRandom(length);
    for (int depth = 0; depth < 23; depth += 1 + depth / 5) {
      double[] rows = random(random, depth * (length + 3) + 11);
      double[] weights = random(random, depth + 2);
      double[] target = random(random, length + 9);
      double[] expected = target.clone();
      SCALAR.combine(depth, rows, 11, length + 2, weights, 2, expected, 4, length);
      VECTOR.combine(depth, rows, 11, length + 2, weights, 2, target, 4, length);
      assertThat(target).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void eliminate(int length) {
    SplittableRandom random = new SplittableRandom(length);
    int from = length % 5;
    double[] column = random(random, length + from + 6);
    double[] d = random(random, length + from);
    double[] b = random.doubles(length + from, 0.1, 1).toArray();
    for (int x = 0; x < d.length; x += 1 + random.nextInt(4)) {
      d[x] = Double.NEGATIVE_INFINITY;
    }
    // Ties: the lowest position wins.
    for (int x = 1; x < d.length; x += 3) {
      column[6 + x] = column[5 + x];
      d[x] = d[x - 1];
      b[x] = b[x - 1];
    }
    double[] column2 = column.clone();
    double[] d2 = d.clone();
    double[] b2 = b.clone();
    int expected = SCALAR.eliminate(0.7, 0.3, 0.2, column, 6, d, b, from, length + from);
    int position = VECTOR.eliminate(0.7, 0.3, 0.2, column2, 6, d2, b2, from, length + from);
    assertThat(position).isEqualTo(expected);
    assertThat(column2).isEqualTo(column);
    assertThat(d2).isEqualTo(d);
    assertThat(b2).isEqualTo(b);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void dot(int length) {
    SplittableRandom random = new SplittableRandom(length);
    double[] x = random(random, length + 3);
    double[] y = random(random, length + 8);
    assertThat(VECTOR.dot(x, 3, y, 8, length)).isEqualTo(SCALAR.dot(x, 3, y, 8, length));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 67})
  void compiledCodeHasTheSameBits(int length) {
    SplittableRandom random = new SplittableRandom(length);
    double[] x = random(random, 8 * length);
    double[] y = random(random, 24 * length);
    double[] d = random(random, length);
    double[] b = random.doubles(length, 0.1, 1).toArray();
    double[] column = random(random, length);
    double[] c = random(random, 8 * 24);
    double[] coldC = c.clone();
    VECTOR.rankUpdate(1, length, x, 0, y, 0, 0, coldC, 0, 24);
    float[] floatA = floats(random, 8 * length);
    float[] floatB = floats(random, 48 * length);
    float[] floatC = floats(random, 8 * 48);
    float[] coldFloats = floatC.clone();
    VECTOR.rankUpdate(1, length, floatA, 0, floatB, 0, 0, coldFloats, 0, 48);
    double[] coldCombine = column.clone();
    VECTOR.combine(7, y, 0, length, x, 0, coldCombine, 0, length);
    double coldDot = VECTOR.dot(x, 1, y, 2, length);
    double[] coldD = d.clone();
    double[] coldB = b.clone();
    double[] coldColumn = column.clone();
    int coldBest = VECTOR.eliminate(0.3, 0.2, 0.1, coldColumn, 0, coldD, coldB, 0, length);
    for (int i = 0; i < WARM; i++) {
      double[] warmC = c.clone();
      VECTOR.rankUpdate(1, length, x, 0, y, 0, 0, warmC, 0, 24);
      float[] warmFloats = floatC.clone();
      VECTOR.rankUpdate(1, length, floatA, 0, floatB, 0, 0, warmFloats, 0, 48);
      double[] warmCombine = column.clone();
      VECTOR.combine(7, y, 0, length, x, 0, warmCombine, 0, length);
      double warmDot = VECTOR.dot(x, 1, y, 2, length);
      double[] warmD = d.clone();
      double[] warmB = b.clone();
      double[] warmColumn = column.clone();
      int warmBest = VECTOR.eliminate(0.3, 0.2, 0.1, warmColumn, 0, warmD, warmB, 0, length);
      if (i == WARM - 1) {
        assertThat(warmC).isEqualTo(coldC);
        assertThat(warmFloats).isEqualTo(coldFloats);
        assertThat(warmCombine).isEqualTo(coldCombine);
        assertThat(warmDot).isEqualTo(coldDot);
        assertThat(warmD).isEqualTo(coldD);
        assertThat(warmB).isEqualTo(coldB);
        assertThat(warmColumn).isEqualTo(coldColumn);
        assertThat(warmBest).isEqualTo(coldBest);
      }
    }
  }
}
