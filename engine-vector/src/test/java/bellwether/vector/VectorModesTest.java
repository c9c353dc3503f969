package bellwether.vector;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.core.kernel.ModeKernels;
import bellwether.core.kernel.ScalarKernels;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bits as the specification: lengths 0..67, offsets, cold and compiled. */
class VectorModesTest {
  private static final ModeKernels SCALAR = ScalarKernels.INSTANCE.modes();
  private static final ModeKernels VECTOR = new VectorKernels().modes();
  private static final int LANES = ModeKernels.LANES;

  /** Enough calls for C2 to compile the vector kernels. */
  private static final int WARM = 12_000;

  static IntStream lengths() {
    return IntStream.rangeClosed(0, 67);
  }

  private static void mix(long seed, int count, int depth, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    int apart = seed % 3 == 0 ? length : length + 2;
    int targetApart = seed % 2 == 0 ? length : length + 3;
    double[] rows = random.doubles(3 * length + 40 + count * apart, -1, 1).toArray();
    int[] offsets = random.ints(depth + 2, 0, 2 * length + 20).toArray();
    double[] weights = random.doubles(depth + 3).toArray();
    double[] expected = new double[count * targetApart + 9];
    double[] actual = new double[expected.length];
    SCALAR.mix(
        count, length, depth, rows, 7, apart, offsets, 2, weights, 3, expected, 4, targetApart);
    VECTOR.mix(
        count, length, depth, rows, 7, apart, offsets, 2, weights, 3, actual, 4, targetApart);
    assertThat(actual).isEqualTo(expected);
    int[] start = new int[count + 2];
    for (int i = 1; i < start.length; i++) {
      start[i] = Math.min(depth + 2, start[i - 1] + 1 + (int) (seed + i) % 3);
    }
    int each = 0;
    while (each < count && start[each + 2] > start[each + 1]) {
      each++;
    }
    SCALAR.mixEach(each, length, start, 1, rows, 5, offsets, weights, expected, 4, targetApart);
    VECTOR.mixEach(each, length, start, 1, rows, 5, offsets, weights, actual, 4, targetApart);
    assertThat(actual).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void mix(int length) {
    for (int depth = 1; depth < 14; depth++) {
      mix(31L * length + depth, 1 + depth % 3, depth, length);
    }
  }

  @Test
  void mixOfLongRows() {
    mix(1, 1, 2, 2500);
    mix(2, 2, 9, 2500);
  }

  /** Rows of a matrix of one to five entries, or of two each; all in one array, as parts of it. */
  private static void multiply(long seed, int types, boolean pairs) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] start = new int[types + 1];
    start[0] = 3;
    for (int t = 0; t < types; t++) {
      start[t + 1] = start[t] + (pairs ? 2 : random.nextInt(1, 6));
    }
    int[] from = random.ints(start[types], 0, Math.max(1, types)).toArray();
    double[] weight = random.doubles(start[types]).toArray();
    int room = (types + LANES - 1) / LANES * LANES;
    int apart = room + (int) (seed % 3);
    int y = 5 + LANES * apart;
    int work = y + LANES * apart;
    double[] expected = random.doubles(work + 2 * LANES * room + 1, -1, 1).toArray();
    double[] actual = expected.clone();
    SCALAR.multiply(
        types, start, from, weight, expected, 5, apart, expected, y, apart, expected, work);
    VECTOR.multiply(types, start, from, weight, actual, 5, apart, actual, y, apart, actual, work);
    assertThat(Arrays.copyOf(actual, y)).isEqualTo(Arrays.copyOf(expected, y));
    for (int i = 0; i < LANES; i++) {
      int row = y + i * apart;
      assertThat(Arrays.copyOfRange(actual, row, row + types))
          .isEqualTo(Arrays.copyOfRange(expected, row, row + types));
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void multiply(int types) {
    for (long seed = 0; seed < 6; seed++) {
      multiply(seed, types, seed % 2 == 0);
    }
  }

  private static void backups(long seed, int rows, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    int apart = length + 3;
    int all = rows * length;
    double[] e = random.doubles(rows * apart + 5, -1, 1).toArray();
    double[] rowReward = random.doubles(rows + 2, -1, 1).toArray();
    double[] reward = random.doubles(length, -1, 1).toArray();
    double[] old = random.doubles(all + 2, -1, 1).toArray();
    double[] one = random.doubles(all + 6, -1, 1).toArray();
    double[] two = one.clone();
    for (int x = 0; x < length; x += 3) {
      reward[x] = Double.NEGATIVE_INFINITY;
    }
    SCALAR.raise(rows, 0.9, e, 5, apart, 0.25, rowReward, 2, reward, one, 6, length);
    VECTOR.raise(rows, 0.9, e, 5, apart, 0.25, rowReward, 2, reward, two, 6, length);
    assertThat(two).isEqualTo(one);
    double[] extremes = extremes();
    double[] lanes = extremes();
    SCALAR.settle(old, 2, one, 6, all, extremes);
    VECTOR.settle(old, 2, two, 6, all, lanes);
    assertThat(reduced(lanes)).isEqualTo(reduced(extremes));
    SCALAR.backupTwo(
        rows, 0.9, e, 5, 2, apart, 0.3, 0.7, 0.25, rowReward, 2, reward, one, 6, length);
    VECTOR.backupTwo(
        rows, 0.9, e, 5, 2, apart, 0.3, 0.7, 0.25, rowReward, 2, reward, two, 6, length);
    assertThat(two).isEqualTo(one);
    SCALAR.backup(rows, 0.9, e, 5, apart, 0.25, rowReward, 2, reward, one, 6, length);
    VECTOR.backup(rows, 0.9, e, 5, apart, 0.25, rowReward, 2, reward, two, 6, length);
    assertThat(two).isEqualTo(one);
  }

  /** A matrix of two entries a row, and eight rows; all in one array. */
  private static void multiplyPairs(long seed, int types) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] from = random.ints(2L * types, 0, Math.max(1, types)).toArray();
    int room = (types + LANES - 1) / LANES * LANES;
    int apart = room + (int) (seed % 3);
    int x = 2 * types + 1;
    int y = x + LANES * apart;
    int work = y + LANES * apart;
    double[] expected = random.doubles(work + LANES * room, -1, 1).toArray();
    double[] actual = expected.clone();
    SCALAR.multiplyPairs(types, from, expected, 1, x, apart, y, apart, work);
    VECTOR.multiplyPairs(types, from, actual, 1, x, apart, y, apart, work);
    for (int i = 0; i < LANES; i++) {
      int row = y + i * apart;
      assertThat(Arrays.copyOfRange(actual, row, row + types))
          .isEqualTo(Arrays.copyOfRange(expected, row, row + types));
    }
  }

  /** Rows of blocks, combined and turned; then looked at, and backed up. */
  private static void turnPairs(long seed, int depth, int columns) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = LANES + (int) (seed % 5);
    int apart = columns + (int) (seed % 3);
    double[] blocks = random.doubles(rows * apart + 60, -1, 1).toArray();
    int[] offsets = random.ints(depth + 3L, 0, 60).toArray();
    double[] weights = random.doubles(depth + 2).toArray();
    int[] from = random.ints(2L * rows, 0, rows).map(r -> r * apart).toArray();
    double[] weight = random.doubles(2L * rows).toArray();
    int row = rows - LANES;
    double[] expected = new double[3 + columns * (rows + 2)];
    double[] actual = expected.clone();
    double[] work = new double[(columns + LANES) * LANES + 5];
    SCALAR.turnPairs(
        depth, blocks, offsets, 3, weights, 2, from, weight, row, columns, expected, 3, rows + 2,
        work, 5);
    VECTOR.turnPairs(
        depth, blocks, offsets, 3, weights, 2, from, weight, row, columns, actual, 3, rows + 2,
        work, 5);
    assertThat(actual).isEqualTo(expected);
    double[] extremes = extremes();
    double[] lanes = extremes();
    double[] out = random.doubles(columns * (rows + 2) + 3, -1, 1).toArray();
    SCALAR.settleTurned(rows, columns, blocks, 4, apart, out, 3, rows + 2, extremes, work, 5);
    VECTOR.settleTurned(rows, columns, blocks, 4, apart, out, 3, rows + 2, lanes, work, 5);
    assertThat(reduced(lanes)).isEqualTo(reduced(extremes));
    double[] rowReward = random.doubles(rows, -1, 1).toArray();
    double[] reward = random.doubles(rows * (columns + 1L) + 3, -1, 1).toArray();
    int rewardApart = seed % 2 == 0 ? 0 : columns + 1;
    double[] one = new double[rows * (columns + 1) + 2];
    double[] two = one.clone();
    SCALAR.backupPairs(
        rows,
        blocks,
        2,
        40,
        0.3,
        0.6,
        from,
        weight,
        0.25,
        rowReward,
        reward,
        3,
        rewardApart,
        one,
        2,
        columns + 1,
        columns);
    VECTOR.backupPairs(
        rows,
        blocks,
        2,
        40,
        0.3,
        0.6,
        from,
        weight,
        0.25,
        rowReward,
        reward,
        3,
        rewardApart,
        two,
        2,
        columns + 1,
        columns);
    assertThat(two).isEqualTo(one);
    assertThat(VECTOR.touch(blocks, (int) (seed % 7), blocks.length - 7)).isFinite();
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void pairs(int length) {
    for (int seed = 0; seed < 18; seed++) {
      turnPairs(seed, 1 + seed % 9, length);
      multiplyPairs(seed, length);
    }
  }

  private static double[] extremes() {
    double[] extremes = new double[3 * LANES];
    Arrays.fill(extremes, 0, LANES, Double.POSITIVE_INFINITY);
    Arrays.fill(extremes, LANES, 2 * LANES, Double.NEGATIVE_INFINITY);
    return extremes;
  }

  private static double[] reduced(double[] extremes) {
    return new double[] {
      Arrays.stream(extremes, 0, LANES).min().orElse(0),
      Arrays.stream(extremes, LANES, 2 * LANES).max().orElse(0),
      Arrays.stream(extremes, 2 * LANES, 3 * LANES).max().orElse(0)
    };
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void backups(int length) {
    for (long seed = 0; seed < 8; seed++) {
      backups(100 * seed + length, 1 + (int) seed, length);
    }
  }

  @Test
  void compiledCodeHasTheSameBits() {
    for (int call = 0; call < WARM; call++) {
      mix(call, 1 + call % 2, 1 + call % 6, call % 68);
      multiply(call, call % 68, call % 2 == 0);
      multiplyPairs(call, call % 68);
      turnPairs(call, 1 + call % 9, call % 68);
      backups(call, 1 + call % 8, call % 68);
    }
  }
}
