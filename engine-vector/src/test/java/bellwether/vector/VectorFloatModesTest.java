package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.kernel.FloatModeKernels;
import bellwether.core.kernel.ScalarKernels;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bits as the specification: lengths 1..130, offsets, cold and compiled. */
class VectorFloatModesTest {
  private static final FloatModeKernels SCALAR = ScalarKernels.INSTANCE.floatModes();
  private static final FloatModeKernels VECTOR = new VectorKernels().floatModes();
  private static final int LANES = FloatModeKernels.LANES;
  private static final int DEPTHS = 9;

  /** Enough calls for C2 to compile the vector kernels. */
  private static final int WARM = 12_000;

  static IntStream lengths() {
    return IntStream.rangeClosed(1, 130);
  }

  private static float[] floats(SplittableRandom random, int length) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
    }
    return x;
  }

  /** Some rewards of actions that are not allowed. */
  private static float[] rewards(SplittableRandom random, int length) {
    float[] x = floats(random, length);
    for (int i = 0; i < length; i++) {
      if (random.nextInt(4) == 0) {
        x[i] = Float.NEGATIVE_INFINITY;
      }
    }
    return x;
  }

  /** Target and work are apart from the blocks, or all are parts of one array. */
  private static void turnPairs(long seed, int depth, int columns) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = LANES + random.nextInt(5);
    int apart = columns + random.nextInt(3);
    int room = (columns + LANES - 1) / LANES * LANES;
    int spread = random.nextInt(1, 60);
    int firstBlock = random.nextInt(8);
    int blocksEnd = firstBlock + spread + rows * apart;
    int[] offsets = random.ints(depth + 3L, firstBlock, firstBlock + spread).toArray();
    double[] weights = random.doubles(depth + 2, -1, 1).toArray();
    int[] from = random.ints(2L * rows, 0, rows).map(r -> r * apart).toArray();
    double[] weight = random.doubles(2L * rows).toArray();
    int row = rows - LANES;
    int targetApart = LANES + random.nextInt(9);
    int to = blocksEnd + random.nextInt(4);
    int end = to + columns * targetApart;
    int work = end + random.nextInt(4);
    float[] one = floats(random, work + LANES * room);
    float[] two = one.clone();
    SCALAR.turnPairs(
        depth,
        one,
        offsets,
        3,
        weights,
        2,
        from,
        weight,
        row,
        columns,
        one,
        to,
        targetApart,
        one,
        work);
    VECTOR.turnPairs(
        depth,
        two,
        offsets,
        3,
        weights,
        2,
        from,
        weight,
        row,
        columns,
        two,
        to,
        targetApart,
        two,
        work);
    assertThat(Arrays.copyOf(two, end)).isEqualTo(Arrays.copyOf(one, end));
    float[] target = new float[columns * targetApart];
    float[] free = new float[LANES * room];
    VECTOR.turnPairs(
        depth,
        two,
        offsets,
        3,
        weights,
        2,
        from,
        weight,
        row,
        columns,
        target,
        0,
        targetApart,
        free,
        0);
    for (int u = 0; u < columns; u++) {
      int at = u * targetApart;
      assertThat(Arrays.copyOfRange(target, at, at + LANES))
          .isEqualTo(Arrays.copyOfRange(one, to + at, to + at + LANES));
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void turnsPairs(int columns) {
    for (int depth = 1; depth <= DEPTHS; depth++) {
      turnPairs(1000L * columns + depth, depth, columns);
      turnPairs(1000L * columns + DEPTHS + depth, depth, columns);
    }
  }

  private static void backups(long seed, int rows, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    int apart = length + random.nextInt(3);
    int two = random.nextInt(1, 70);
    float[] source = floats(random, 2 + two + rows * apart);
    int[] from = random.ints(2L * rows, 0, rows).map(r -> r * apart).toArray();
    double[] weight = random.doubles(2L * rows).toArray();
    float[] rowReward = rewards(random, rows);
    int rewardApart = random.nextBoolean() ? 0 : length + random.nextInt(3);
    int rewardFrom = random.nextInt(5);
    float[] reward = rewards(random, rewardFrom + (rows - 1) * rewardApart + length);
    int outApart = length + random.nextInt(4);
    int to = random.nextInt(4);
    float[] out = rewards(random, to + rows * outApart);
    float[] expected = out.clone();
    float[] actual = out.clone();
    SCALAR.backupPairs(
        rows,
        source,
        2,
        two,
        0.3,
        0.6,
        from,
        weight,
        0.25f,
        rowReward,
        reward,
        rewardFrom,
        rewardApart,
        expected,
        to,
        outApart,
        length);
    VECTOR.backupPairs(
        rows,
        source,
        2,
        two,
        0.3,
        0.6,
        from,
        weight,
        0.25f,
        rowReward,
        reward,
        rewardFrom,
        rewardApart,
        actual,
        to,
        outApart,
        length);
    assertThat(actual).isEqualTo(expected);
    float[] raised = rewards(random, out.length);
    float[] before = raised.clone();
    SCALAR.raiseRewards(rows, -0.25f, rowReward, reward, raised, to, length);
    VECTOR.raiseRewards(rows, -0.25f, rowReward, reward, before, to, length);
    assertThat(before).isEqualTo(raised);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void backsUp(int length) {
    for (int seed = 0; seed < 8; seed++) {
      backups(1000L * length + seed, 1 + seed, length);
    }
  }

  private static void settle(long seed, int rows, int columns) {
    SplittableRandom random = new SplittableRandom(seed);
    int oldApart = columns + random.nextInt(3);
    int outApart = rows + random.nextInt(3);
    int from = random.nextInt(4);
    int to = random.nextInt(4);
    float[] old = floats(random, from + rows * oldApart);
    float[] out = floats(random, to + columns * outApart);
    float[] work = new float[(columns + LANES - 1) / LANES * LANES * LANES + 5];
    float[] one = extremes();
    float[] two = extremes();
    if (seed % 3 == 0) {
      // As large as any of this sweep: what was there before stays.
      Arrays.fill(two, 2 * LANES, 3 * LANES, 1);
      Arrays.fill(one, 2 * LANES, 3 * LANES, 1);
    }
    SCALAR.settleTurned(
        rows, columns, old, from, oldApart, out, to, outApart, one, work.clone(), 5);
    VECTOR.settleTurned(rows, columns, old, from, oldApart, out, to, outApart, two, work, 5);
    assertThat(reduced(two)).isEqualTo(reduced(one));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void settles(int length) {
    for (int seed = 0; seed < 8; seed++) {
      settle(1000L * length + seed, 1 + 7 * seed, length);
    }
    settle(length, length, length);
  }

  private static float[] extremes() {
    float[] extremes = new float[3 * LANES];
    Arrays.fill(extremes, 0, LANES, Float.POSITIVE_INFINITY);
    Arrays.fill(extremes, LANES, 2 * LANES, Float.NEGATIVE_INFINITY);
    return extremes;
  }

  private static float[] reduced(float[] extremes) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    float largest = 0;
    for (int i = 0; i < LANES; i++) {
      least = Math.min(least, extremes[i]);
      most = Math.max(most, extremes[LANES + i]);
      largest = Math.max(largest, extremes[2 * LANES + i]);
    }
    return new float[] {least, most, largest};
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void touchesNothingElse(int length) {
    float[] x = new float[length + 7];
    assertThat(VECTOR.touch(x, length % 7, length)).isZero();
  }

  @Test
  void compiledCodeHasTheSameBits() {
    for (int call = 0; call < WARM; call++) {
      int length = 1 + call % 130;
      turnPairs(call, 1 + call % DEPTHS, length);
      backups(call, 1 + call % 8, length);
      settle(call, 1 + call % 40, length);
    }
  }
}
