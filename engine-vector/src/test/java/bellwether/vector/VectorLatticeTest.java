package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.kernel.LatticeKernels;
import bellwether.core.kernel.ScalarKernels;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bits as the specification: lengths 0..67, offsets, cold and compiled. */
class VectorLatticeTest {
  private static final LatticeKernels SCALAR = ScalarKernels.INSTANCE.lattice();
  private static final LatticeKernels VECTOR = new VectorKernels().lattice();

  /** Enough calls for C2 to compile the vector kernel. */
  private static final int WARM = 12_000;

  static IntStream lengths() {
    return IntStream.rangeClosed(0, 67);
  }

  /** One random layer; charges near the means, so that cells of both signs meet in one register. */
  private static void compare(long seed, int from, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    int cells = from + length + 1 + random.nextInt(3);
    double[] value = random.doubles(cells, 0, 1).toArray();
    double[] time = random.doubles(cells, 0, 50).toArray();
    double slope = 1 / (random.nextDouble(1, 5) + cells);
    double origin = random.nextDouble() * slope;
    double charge = random.nextDouble(0, 2.5);
    double discount = random.nextDouble();
    double[] expectedValue = value.clone();
    double[] expectedTime = time.clone();
    int to = from + length;
    SCALAR.bernoulliLayer(discount, charge, slope, origin, expectedValue, expectedTime, from, to);
    VECTOR.bernoulliLayer(discount, charge, slope, origin, value, time, from, to);
    assertThat(value).isEqualTo(expectedValue);
    assertThat(time).isEqualTo(expectedTime);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void bernoulliLayer(int length) {
    for (int from = 0; from < 19; from++) {
      compare(31L * length + from, from, length);
    }
  }

  @Test
  void bernoulliLayerOnceCompiled() {
    for (int call = 0; call < WARM; call++) {
      compare(call, call % 7, call % 68);
    }
  }

  private static void compareLanes(long seed, int from, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    int numbers = 8 * (from + length + 1) + random.nextInt(3);
    double[] low = random.doubles(numbers, 0, 1).toArray();
    double[] time = random.doubles(numbers, 0, 50).toArray();
    double[] high = random.doubles(numbers, 0, 1).toArray();
    double[] lanes = random.doubles(24, 0, 1.0 / (from + length + 1)).toArray();
    for (int l = 0; l < 8; l++) {
      lanes[l] = random.nextDouble(0, 2.5);
    }
    double discount = random.nextDouble();
    double[] expectedLow = low.clone();
    double[] expectedTime = time.clone();
    double[] expectedHigh = high.clone();
    int to = from + length;
    SCALAR.bernoulliLanes(discount, lanes, expectedLow, expectedTime, expectedHigh, from, to);
    VECTOR.bernoulliLanes(discount, lanes, low, time, high, from, to);
    assertThat(low).isEqualTo(expectedLow);
    assertThat(time).isEqualTo(expectedTime);
    assertThat(high).isEqualTo(expectedHigh);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void bernoulliLanes(int length) {
    for (int from = 0; from < 5; from++) {
      compareLanes(37L * length + from, from, length);
    }
  }

  @Test
  void bernoulliLanesOnceCompiled() {
    for (int call = 0; call < WARM; call++) {
      compareLanes(call, call % 7, call % 68);
    }
  }

  @Test
  @Tag("allocation")
  void bernoulliLayerAllocatesNothingOnceCompiled() {
    double[] value = new double[300];
    double[] time = new double[300];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long fewest = Long.MAX_VALUE;
    // The fewest of several rounds: the compiler decides when the boxes go.
    for (int round = 0; round < 50 && fewest > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int call = 0; call < 2_000; call++) {
        VECTOR.bernoulliLayer(0.9, 0.3, 1.0 / 300, 0.001, value, time, call % 9, 250 + call % 40);
      }
      fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(fewest).isLessThan(1_000);
  }
}
