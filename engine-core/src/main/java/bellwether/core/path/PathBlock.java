package bellwether.core.path;

import bellwether.core.kernel.Kernels;
import bellwether.core.random.LaneGenerator;
import bellwether.core.random.RandomStreams;
import bellwether.core.random.SobolPoints;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A block of paths on its way: state by arrays, and the random numbers that belong to it. Every
 * array has {@link #SIZE} entries, of which the first {@link #paths} count.
 */
public final class PathBlock {
  /** Paths of a full block. */
  public static final int SIZE = 1024;

  /** Tells the streams of shifts from those of blocks. */
  private static final long SHIFTS = 0x5348494654530000L;

  private final Kernels kernels;
  private final LaneGenerator generator;
  private final Design design;
  private final double[][] state;
  private double[][] scratch = new double[0][];
  private final double[] uniform = new double[SIZE];
  private int paths;
  private double time;
  private int drawn;
  private long firstPoint;
  private final long[] shift;
  private long shiftNumber = -1;
  private long shiftSeed;

  /** A block for one thread, to be started. */
  PathBlock(int states, Design design, Kernels kernels) {
    this.kernels = kernels;
    this.design = design;
    generator = new LaneGenerator(kernels);
    state = new double[states][SIZE];
    shift = new long[design == Design.SOBOL ? SobolPoints.DIMENSIONS : 0];
  }

  /**
   * Goes to the beginning of a block.
   *
   * @param number of the stream of random numbers
   * @param shiftOf number of the shift, of Sobol's points
   * @param point number of the first point
   */
  void start(long seed, long number, int count, long shiftOf, long point) {
    generator.start(seed, number);
    paths = count;
    drawn = 0;
    firstPoint = point;
    if (design == Design.SOBOL && (shiftNumber != shiftOf || shiftSeed != seed)) {
      UniformRandomProvider stream = RandomStreams.block(seed ^ SHIFTS, shiftOf);
      Arrays.setAll(shift, d -> stream.nextLong());
      shiftNumber = shiftOf;
      shiftSeed = seed;
    }
  }

  void at(double now) {
    time = now;
  }

  /** How many paths there are. */
  public int paths() {
    return paths;
  }

  /** The time of the state. */
  public double time() {
    return time;
  }

  /** An array of state. */
  public double[] state(int k) {
    return state[k];
  }

  /**
   * An array for whatever a process needs it for; it keeps nothing from one call to the next.
   * Samplers use those from 8 on.
   */
  public double[] scratch(int k) {
    if (k >= scratch.length) {
      int before = scratch.length;
      scratch = Arrays.copyOf(scratch, k + 1);
      for (int i = before; i <= k; i++) {
        scratch[i] = new double[SIZE];
      }
    }
    return scratch[k];
  }

  /** The kernels to compute with. */
  public Kernels kernels() {
    return kernels;
  }

  /** The next uniform number in (0, 1) of every path. */
  public void uniforms(double[] out) {
    switch (design) {
      case ANTITHETIC -> {
        generator.uniforms(out, 0, SIZE / 2);
        int half = paths / 2;
        for (int p = 0; p < half; p++) {
          out[half + p] = 1 - out[p];
        }
      }
      case STRATIFIED -> {
        generator.uniforms(out, 0, SIZE);
        if (drawn == 0) {
          for (int p = 0; p < SIZE; p++) {
            out[p] = (p + out[p]) * (1.0 / SIZE);
          }
        }
      }
      case SOBOL -> {
        if (drawn < SobolPoints.DIMENSIONS) {
          SobolPoints.fill(drawn, firstPoint, shift[drawn], out, SIZE);
        } else {
          generator.uniforms(out, 0, SIZE);
        }
      }
      default -> generator.uniforms(out, 0, SIZE);
    }
    drawn++;
  }

  /** The next standard normal number of every path. */
  public void normals(double[] out) {
    switch (design) {
      case ANTITHETIC -> {
        generator.normals(out, 0, SIZE / 2);
        int half = paths / 2;
        for (int p = 0; p < half; p++) {
          out[half + p] = -out[p];
        }
        drawn++;
      }
      case INDEPENDENT -> generator.normals(out, 0, SIZE);
      default -> {
        // Points keep their order only where normal numbers rise with uniform ones.
        if (drawn < (design == Design.SOBOL ? SobolPoints.DIMENSIONS : 1)) {
          uniforms(uniform);
          kernels.functions().inverseNormal(uniform, 0, out, 0, SIZE);
        } else {
          generator.normals(out, 0, SIZE);
          drawn++;
        }
      }
    }
  }
}
