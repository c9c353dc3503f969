package bellwether.core.random;

import org.apache.commons.rng.SplittableUniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Streams of random numbers, one for each block of work: block b of a seed always has the same
 * numbers, whichever thread runs it and however many there are.
 *
 * <p>A stream is Commons RNG's L64X128Mix (Steele and Vigna 2021, LXM) whose four words of seed are
 * SplitMix64's from mix(mix(seed) + (b + 1) G), G = 2^64 / golden ratio. Streams within a block are
 * made by {@link SplittableUniformRandomProvider#split()}, in a fixed order.
 */
public final class RandomStreams {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private RandomStreams() {}

  /**
   * The stream of a block, from its beginning.
   *
   * @param seed any
   * @param block any
   */
  public static SplittableUniformRandomProvider block(long seed, long block) {
    long state = mix(mix(seed) + (block + 1) * GOLDEN);
    long[] words = new long[4];
    for (int k = 0; k < words.length; k++) {
      state += GOLDEN;
      words[k] = mix(state);
    }
    return (SplittableUniformRandomProvider) RandomSource.L64_X128_MIX.create(words);
  }

  /** SplitMix64's finisher (Steele, Lea and Flood 2014). */
  private static long mix(long state) {
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
