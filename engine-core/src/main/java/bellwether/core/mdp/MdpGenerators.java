package bellwether.core.mdp;

import bellwether.core.parallel.Workers;
import java.util.Arrays;

/**
 * The random models of benchmarks, the same on every machine and in every language.
 *
 * <p>Row k = s * actions + a has a stream of its own, SplitMix64 (Steele, Lea and Flood 2014) begun
 * at mix(seed + (k + 1) G) with G = 2^64 / golden ratio. It gives, in this order: the successors,
 * drawn until they differ, then sorted; a weight ((x &gt;&gt;&gt; 11) + 1) 2^-53 for each, divided
 * by their sum; the reward, (x &gt;&gt;&gt; 11) 2^-53.
 */
public final class MdpGenerators {
  /** The seed of the published instances. */
  public static final long SEED = 20240607;

  /** Successors of a row, at most: they are told apart one by one. */
  public static final int MOST_BRANCHES = 1000;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Rows that one thread makes in one go. */
  private static final int BLOCK = 1 << 13;

  private MdpGenerators() {}

  /**
   * Successors anywhere: a generic average reward nonstationary environment test problem
   * (Archibald, McKinnon and Thomas 1995), which mixes fast.
   *
   * @param branching successors of a row, 1 to the lesser of {@code states} and {@link
   *     #MOST_BRANCHES}
   * @throws IllegalArgumentException when a number is out of range or there would be 2^31 entries
   */
  public static SparseMdp garnet(
      int states, int actions, int branching, long seed, Workers workers) {
    return sparse(states, actions, branching, states, 0, seed, workers);
  }

  /**
   * Successors at most {@code halfWidth} from the state, on a ring: it mixes slowly.
   *
   * @param branching successors of a row, at most 2 halfWidth + 1 too
   * @param halfWidth from 0 to {@code states}
   * @throws IllegalArgumentException when a number is out of range or there would be 2^31 entries
   */
  public static SparseMdp ring(
      int states, int actions, int branching, int halfWidth, long seed, Workers workers) {
    if (halfWidth < 0 || halfWidth > states) {
      throw new IllegalArgumentException(
          "halfWidth must be 0 to states, " + states + ": " + halfWidth);
    }
    int width = (int) Math.min(2L * halfWidth + 1, Integer.MAX_VALUE);
    return sparse(states, actions, branching, width, halfWidth, seed, workers);
  }

  /**
   * Every state may follow every other.
   *
   * @throws IllegalArgumentException when a number is out of range
   */
  public static DenseMdp denseRandom(int states, int actions, long seed, Workers workers) {
    return DenseMdp.of(
        states,
        actions,
        (s, a, target, offset) -> {
          Draws draws = new Draws(seed, (long) s * actions + a);
          draws.weights(target, offset, states);
          return draws.uniform();
        },
        workers);
  }

  /** Columns are drawn from {@code width} ones: all of them, or those around a state. */
  private static SparseMdp sparse(
      int states,
      int actions,
      int branching,
      int width,
      int halfWidth,
      long seed,
      Workers workers) {
    RowMdp.checkSize(states, actions);
    int most = Math.min(MOST_BRANCHES, Math.min(states, width));
    if (branching < 1 || branching > most) {
      throw new IllegalArgumentException("branching must be 1 to " + most + ": " + branching);
    }
    double entries = (double) states * actions * branching;
    if (entries >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format("states * actions * branching must be below 2^31: %.0f", entries));
    }
    boolean ring = halfWidth > 0 || width < states;
    int rows = states * actions;
    int[] rowStart = new int[rows + 1];
    int[] successor = new int[(int) entries];
    double[] probability = new double[(int) entries];
    double[] reward = new double[rows];
    int blocks = (rows + BLOCK - 1) / BLOCK;
    workers.forEach(
        blocks,
        i -> {
          for (int row = i * BLOCK; row < Math.min(rows, (i + 1) * BLOCK); row++) {
            int from = row * branching;
            Draws draws = new Draws(seed, row);
            for (int j = 0; j < branching; j++) {
              int column;
              do {
                column = (int) (draws.uniform() * width);
                if (ring) {
                  column = (row / actions + column - halfWidth + states) % states;
                }
              } while (contains(successor, from, from + j, column));
              successor[from + j] = column;
            }
            Arrays.sort(successor, from, from + branching);
            draws.weights(probability, from, branching);
            reward[row] = draws.uniform();
            rowStart[row + 1] = from + branching;
          }
        });
    return SparseMdp.owning(states, actions, rowStart, successor, probability, reward);
  }

  private static boolean contains(int[] values, int from, int to, int value) {
    for (int i = from; i < to; i++) {
      if (values[i] == value) {
        return true;
      }
    }
    return false;
  }

  /** The stream of one row. */
  private static final class Draws {
    private long state;

    Draws(long seed, long row) {
      state = mix(seed + (row + 1) * GOLDEN);
    }

    private long next() {
      state += GOLDEN;
      return mix(state);
    }

    double uniform() {
      return (next() >>> 11) * 0x1p-53;
    }

    /** Weights over their sum, which is taken in order. */
    void weights(double[] target, int offset, int count) {
      double sum = 0;
      for (int j = offset; j < offset + count; j++) {
        target[j] = ((next() >>> 11) + 1) * 0x1p-53;
        sum += target[j];
      }
      for (int j = offset; j < offset + count; j++) {
        target[j] /= sum;
      }
    }

    private static long mix(long value) {
      long z = value;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      return z ^ (z >>> 31);
    }
  }
}
