package bellwether.core.random;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.PathKernels;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The random numbers of one block of work at a time: eight xoshiro256++ generators (Blackman and
 * Vigna 2021) side by side, whatever the width of registers, whose 8 * 4 words of state are the
 * first 32 numbers of {@link RandomStreams#block}, lane after lane.
 *
 * <p>A generator's period is 2^256 - 1: that two of B blocks' lanes overlap within N numbers has a
 * probability of less than 64 B^2 N / 2^256, which is 10^-47 for a billion blocks of a billion
 * numbers each.
 */
public final class LaneGenerator {
  private final PathKernels kernels;
  private final long[] state = new long[PathKernels.STATE];

  /** A generator that must be started. */
  public LaneGenerator(Kernels kernels) {
    this.kernels = kernels.paths();
  }

  /** Goes to the beginning of a block. */
  public void start(long seed, long block) {
    UniformRandomProvider root = RandomStreams.block(seed, block);
    for (int lane = 0; lane < PathKernels.LANES; lane++) {
      for (int word = 0; word < PathKernels.STATE; word += PathKernels.LANES) {
        state[word + lane] = root.nextLong();
      }
    }
  }

  /**
   * Fills with the next uniform numbers, in (0, 1).
   *
   * @param length a multiple of {@link PathKernels#GROUP}
   */
  public void uniforms(double[] out, int offset, int length) {
    assert length % PathKernels.GROUP == 0;
    kernels.uniforms(state, out, offset, length);
  }

  /**
   * Fills with the next standard normal numbers, of size at most 8.5.
   *
   * @param length a multiple of {@link PathKernels#GROUP}
   */
  public void normals(double[] out, int offset, int length) {
    assert length % PathKernels.GROUP == 0;
    kernels.normals(state, out, offset, length);
  }
}
