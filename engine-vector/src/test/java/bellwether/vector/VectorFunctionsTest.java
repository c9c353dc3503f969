package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.kernel.FunctionKernels;
import bellwether.core.kernel.ScalarKernels;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bits as the specification: lengths 0..67, offsets, cold and compiled, all numbers. */
class VectorFunctionsTest {
  private static final FunctionKernels SCALAR = ScalarKernels.INSTANCE.functions();
  private static final FunctionKernels VECTOR = new VectorKernels().functions();
  private static final int WARM = 12_000;

  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    709.79,
    -745.2,
    708,
    -708.5,
    0x1p20,
    0x1.8p20,
    0x1p-28,
    1e-300,
    0.075,
    0.925,
    0.5,
    1.4e-11,
    1 - 0x1p-53
  };

  static IntStream lengths() {
    return IntStream.rangeClosed(0, 67);
  }

  /** Some numbers of every function's domain, here and there a special one. */
  private static double[] numbers(SplittableRandom random, int count, boolean special) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] =
          switch (random.nextInt(special ? 6 : 3)) {
            case 0 -> random.nextDouble();
            case 1 -> random.nextDouble(-700, 700);
            case 2 -> Math.exp(random.nextDouble(-24, 0));
            case 3 -> SPECIAL[random.nextInt(SPECIAL.length)];
            default -> Double.longBitsToDouble(random.nextLong());
          };
    }
    return numbers;
  }

  private static void compare(long seed, int from, int length, boolean special) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] x = numbers(random, from + length + 3, special);
    int to = random.nextInt(5);
    double[][] expected = new double[5][to + length + 2];
    double[][] actual = new double[5][to + length + 2];
    all(SCALAR, x, from, expected, to, length);
    all(VECTOR, x, from, actual, to, length);
    for (int f = 0; f < expected.length; f++) {
      for (int i = 0; i < expected[f].length; i++) {
        assertThat(Double.doubleToLongBits(actual[f][i]))
            .as("seed %s, function %s, element %s", seed, f, i)
            .isEqualTo(Double.doubleToLongBits(expected[f][i]));
      }
    }
  }

  private static void all(
      FunctionKernels kernels, double[] x, int from, double[][] y, int to, int length) {
    kernels.exp(x, from, y[0], to, length);
    kernels.log(x, from, y[1], to, length);
    kernels.sinCos(x, from, y[2], to, y[3], to, length);
    kernels.inverseNormal(x, from, y[4], to, length);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void sameBits(int length) {
    for (int from = 0; from < 9; from++) {
      compare(31L * length + from, from, length, false);
      compare(31L * length + from, from, length, true);
    }
  }

  @Test
  void sameBitsOnceCompiled() {
    for (int call = 0; call < WARM; call++) {
      compare(call, call % 7, call % 68, call % 3 == 0);
    }
  }
}
