package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.kernel.PathKernels;
import bellwether.core.kernel.ScalarKernels;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bits as the specification: lengths, offsets, cold and compiled. */
class VectorPathsTest {
  private static final PathKernels SCALAR = ScalarKernels.INSTANCE.paths();
  private static final PathKernels VECTOR = new VectorKernels().paths();
  private static final int WARM = 12_000;

  static IntStream lengths() {
    return IntStream.rangeClosed(0, 67);
  }

  private static void compare(long seed, int from, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] expectedState = random.longs(PathKernels.STATE).toArray();
    long[] state = expectedState.clone();
    int fill = length / 4 * PathKernels.GROUP;
    double[] expected = new double[from + fill + 2];
    double[] actual = expected.clone();
    SCALAR.uniforms(expectedState, expected, from, fill);
    VECTOR.uniforms(state, actual, from, fill);
    assertThat(actual).isEqualTo(expected);
    SCALAR.normals(expectedState, expected, from, fill);
    VECTOR.normals(state, actual, from, fill);
    assertThat(actual).isEqualTo(expected);
    assertThat(state).isEqualTo(expectedState);

    int count = length * PathKernels.LANES;
    double[] q = random.doubles(from + count, -3, 5).toArray();
    double[] x = random.doubles(from + count, -3, 5).toArray();
    double[] y = random.doubles(count, -3, 5).toArray();
    double[] sums = random.doubles(6).toArray();
    double[] expectedSums = sums.clone();
    SCALAR.moments(q, from, x, from, y, 0, count, expectedSums, 1);
    VECTOR.moments(q, from, x, from, y, 0, count, sums, 1);
    assertThat(sums).isEqualTo(expectedSums);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void sameBits(int length) {
    for (int from = 0; from < 9; from++) {
      compare(31L * length + from, from, length);
    }
  }

  @Test
  void sameBitsOnceCompiled() {
    for (int call = 0; call < WARM; call++) {
      compare(call, call % 7, call % 68);
    }
  }
}
