package bellwether.core.kernel;

/** The specification of {@link PathKernels}. */
final class ScalarPaths implements PathKernels {
  private static final double HALF_STEP_BELOW_1 = 1 - 0x1p-53;
  private static final double QUARTER_TURN = Circle.HALF_PI;
  private static final long ONE = 0x3FF0000000000000L;

  @Override
  public void uniforms(long[] state, double[] out, int offset, int length) {
    words(state, out, offset, length);
    for (int i = offset; i < offset + length; i++) {
      // Exact: all but one of the 53 bits are those of out[i] - 1.
      out[i] -= HALF_STEP_BELOW_1;
    }
  }

  @Override
  public void normals(long[] state, double[] out, int offset, int length) {
    words(state, out, offset, length);
    for (int group = offset; group < offset + length; group += GROUP) {
      for (int i = group; i < group + LANES; i++) {
        double n = out[i + LANES];
        double r = Math.sqrt(-Logarithm.ofNormal(2 - out[i]));
        double y = (n - 1.5) * QUARTER_TURN;
        double z = y * y;
        double sine = Math.fma(z * y, Circle.sineTail(z), y);
        double cosine = Math.fma(z, Math.fma(z, Circle.cosineTail(z), -0.5), 1);
        long bits = Double.doubleToRawLongBits(n);
        out[i] = signed(r * (cosine - sine), bits << 63);
        out[i + LANES] = signed(r * (cosine + sine), (bits << 62) & Long.MIN_VALUE);
      }
    }
  }

  private static double signed(double x, long sign) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(x) ^ sign);
  }

  /** Numbers in [1, 2) with the upper 52 bits of each word. */
  private static void words(long[] state, double[] out, int offset, int length) {
    for (int lane = 0; lane < LANES; lane++) {
      long s0 = state[lane];
      long s1 = state[LANES + lane];
      long s2 = state[2 * LANES + lane];
      long s3 = state[3 * LANES + lane];
      for (int i = offset + lane; i < offset + length; i += LANES) {
        long word = Long.rotateLeft(s0 + s3, 23) + s0;
        out[i] = Double.longBitsToDouble((word >>> 12) | ONE);
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
      }
      state[lane] = s0;
      state[LANES + lane] = s1;
      state[2 * LANES + lane] = s2;
      state[3 * LANES + lane] = s3;
    }
  }

  @Override
  public void moments(
      double[] q,
      int qOffset,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      int length,
      double[] sums,
      int sumsOffset) {
    sums[sumsOffset] += sum(q, qOffset, length);
    sums[sumsOffset + 1] += dot(q, qOffset, q, qOffset, length);
    sums[sumsOffset + 2] += dot(q, qOffset, x, xOffset, length);
    sums[sumsOffset + 3] += dot(q, qOffset, y, yOffset, length);
  }

  private static double sum(double[] q, int offset, int length) {
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    for (int i = offset; i < offset + length; i += LANES) {
      s0 += q[i];
      s1 += q[i + 1];
      s2 += q[i + 2];
      s3 += q[i + 3];
      s4 += q[i + 4];
      s5 += q[i + 5];
      s6 += q[i + 6];
      s7 += q[i + 7];
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  private static double dot(double[] q, int qOffset, double[] x, int xOffset, int length) {
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    for (int k = 0; k < length; k += LANES) {
      int i = qOffset + k;
      int j = xOffset + k;
      s0 = Math.fma(q[i], x[j], s0);
      s1 = Math.fma(q[i + 1], x[j + 1], s1);
      s2 = Math.fma(q[i + 2], x[j + 2], s2);
      s3 = Math.fma(q[i + 3], x[j + 3], s3);
      s4 = Math.fma(q[i + 4], x[j + 4], s4);
      s5 = Math.fma(q[i + 5], x[j + 5], s5);
      s6 = Math.fma(q[i + 6], x[j + 6], s6);
      s7 = Math.fma(q[i + 7], x[j + 7], s7);
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }
}
