package bellwether.core.kernel;

/** The specification of {@link FloatModeKernels}. */
final class ScalarFloatModes implements FloatModeKernels {

  @Override
  public void turnPairs(
      int depth,
      float[] blocks,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      int[] from,
      double[] weight,
      int row,
      int columns,
      float[] target,
      int targetOffset,
      int targetApart,
      float[] work,
      int workOffset) {
    for (int i = 0; i < LANES; i++) {
      int e = 2 * (row + i);
      for (int l = 0; l < depth; l++) {
        float w0 = (float) (weights[weightFrom + l] * weight[e]);
        float w1 = (float) (weights[weightFrom + l] * weight[e + 1]);
        int r0 = offsets[offsetFrom + l] + from[e];
        int r1 = offsets[offsetFrom + l] + from[e + 1];
        // A row in a run first, then turned: the loop over a run has no strides.
        for (int u = 0; u < columns; u++) {
          float x =
              l == 0 ? w0 * blocks[r0 + u] : Math.fma(w0, blocks[r0 + u], work[workOffset + u]);
          work[workOffset + u] = Math.fma(w1, blocks[r1 + u], x);
        }
      }
      for (int u = 0; u < columns; u++) {
        target[targetOffset + u * targetApart + i] = work[workOffset + u];
      }
    }
  }

  @Override
  public void backupPairs(
      int rows,
      float[] source,
      int one,
      int two,
      double first,
      double second,
      int[] from,
      double[] weight,
      float constant,
      float[] rowReward,
      float[] reward,
      int rewardFrom,
      int rewardApart,
      float[] out,
      int outOffset,
      int outApart,
      int length) {
    for (int i = 0; i < rows; i++) {
      int e = 2 * i;
      float fixed = constant + rowReward[i];
      float w0 = (float) (first * weight[e]);
      float w1 = (float) (first * weight[e + 1]);
      float w2 = (float) (second * weight[e]);
      float w3 = (float) (second * weight[e + 1]);
      int k0 = one + from[e];
      int k1 = one + from[e + 1];
      int k2 = two + from[e];
      int k3 = two + from[e + 1];
      int to = outOffset + i * outApart;
      int r = rewardFrom + i * rewardApart;
      for (int x = 0; x < length; x++) {
        float y = Math.fma(w0, source[k0 + x], fixed + reward[r + x]);
        y = Math.fma(w2, source[k2 + x], Math.fma(w1, source[k1 + x], y));
        out[to + x] = Math.fma(w3, source[k3 + x], y);
      }
    }
  }

  @Override
  public void raiseRewards(
      int rows,
      float constant,
      float[] rowReward,
      float[] reward,
      float[] out,
      int outOffset,
      int length) {
    for (int i = 0; i < rows; i++) {
      float fixed = constant + rowReward[i];
      int to = outOffset + i * length;
      for (int x = 0; x < length; x++) {
        float r = fixed + reward[x];
        float before = out[to + x];
        out[to + x] = r > before ? r : before;
      }
    }
  }

  @Override
  public void settleTurned(
      int rows,
      int columns,
      float[] old,
      int oldOffset,
      int oldApart,
      float[] out,
      int outOffset,
      int outApart,
      float[] extremes,
      float[] work,
      int workOffset) {
    float least = extremes[0];
    float most = extremes[LANES];
    float largest = extremes[2 * LANES];
    // Comparisons instead of Math.max: C2 makes a chain of ten instructions of that.
    for (int i = 0; i < rows; i++) {
      for (int u = 0; u < columns; u++) {
        float after = out[outOffset + u * outApart + i];
        float change = after - old[oldOffset + i * oldApart + u];
        if (change < least) {
          least = change;
        }
        if (change > most) {
          most = change;
        }
        if (Math.abs(after) > largest) {
          largest = Math.abs(after);
        }
      }
    }
    extremes[0] = least;
    extremes[LANES] = most;
    extremes[2 * LANES] = largest;
  }

  @Override
  public float touch(float[] x, int offset, int length) {
    float sum = 0;
    float other = 0;
    int end = offset + length;
    for (int i = offset; i < end - LANES; i += 2 * LANES) {
      sum += x[i];
      other += x[i + LANES];
    }
    return sum + other;
  }
}
