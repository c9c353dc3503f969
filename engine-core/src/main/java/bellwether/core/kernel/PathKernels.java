package bellwether.core.kernel;

/** Kernels of simulation: random numbers by lanes and sums over paths. */
public interface PathKernels {

  /** Generators side by side, whatever the width of registers. */
  int LANES = 8;

  /** Words of state: s0 of each lane, then s1, s2 and s3. */
  int STATE = 4 * LANES;

  /** Lengths of what is filled are multiples of this. */
  int GROUP = 2 * LANES;

  /**
   * Fills with uniform numbers (k + 1/2) 2^-52, k = 0..2^52-1, from the upper 52 bits of
   * xoshiro256++ (Blackman and Vigna 2021): entry 8 j + l is the j-th number of lane l.
   *
   * @param state of the lanes, moved on
   * @param length a multiple of {@link #GROUP}
   */
  void uniforms(long[] state, double[] out, int offset, int length);

  /**
   * Fills with standard normal numbers by Box and Muller's method (1958). Of entries 16 j + l and
   * 16 j + 8 + l, l = 0..7, let m and n be the numbers in [1, 2) that the bits of {@link #uniforms}
   * make. With u = 2 - m, r = sqrt(-ln u) and y = (n - 3/2) pi/2 they become
   *
   * <pre>
   * a r (cos y - sin y)   and   b r (cos y + sin y)
   * </pre>
   *
   * <p>with signs a and b from the lowest two bits of n: pi/4 + y is an angle of the first
   * quadrant, whose cosine and sine lack a factor sqrt(1/2), which r has in excess. The largest is
   * 8.49.
   *
   * @param state of the lanes, moved on
   * @param length a multiple of {@link #GROUP}
   */
  void normals(long[] state, double[] out, int offset, int length);

  /**
   * Adds sums to four numbers: of q, q^2, q x and q y, each in eight partial sums (entry i into sum
   * i mod 8 by {@code fma}) that are added in a fixed tree: sum k to sum k + 4, then 2, 1 apart.
   *
   * @param length a multiple of {@link #LANES}: arrays of other lengths end with zeros
   * @param sums four numbers from {@code sumsOffset}
   */
  void moments(
      double[] q,
      int qOffset,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int length,
      double[] sums,
      int sumsOffset);
}
