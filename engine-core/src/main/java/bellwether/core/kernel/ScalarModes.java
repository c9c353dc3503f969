package bellwether.core.kernel;

/** The specification of {@link ModeKernels}. */
final class ScalarModes implements ModeKernels {

  @Override
  public void mix(
      int count,
      int length,
      int depth,
      double[] rows,
      int base,
      int apart,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      double[] target,
      int targetOffset,
      int targetApart) {
    for (int i = 0; i < count; i++) {
      int from = base + i * apart;
      int to = targetOffset + i * targetApart;
      double first = weights[weightFrom];
      int row = from + offsets[offsetFrom];
      for (int x = 0; x < length; x++) {
        target[to + x] = first * rows[row + x];
      }
      for (int l = 1; l < depth; l++) {
        double weight = weights[weightFrom + l];
        int next = from + offsets[offsetFrom + l];
        for (int x = 0; x < length; x++) {
          target[to + x] = Math.fma(weight, rows[next + x], target[to + x]);
        }
      }
    }
  }

  @Override
  public void mixEach(
      int count,
      int length,
      int[] start,
      int first,
      double[] rows,
      int base,
      int[] offsets,
      double[] weights,
      double[] target,
      int targetOffset,
      int targetApart) {
    for (int i = 0; i < count; i++) {
      int e = start[first + i];
      int depth = start[first + i + 1] - e;
      int to = targetOffset + i * targetApart;
      mix(1, length, depth, rows, base, 0, offsets, e, weights, e, target, to, 0);
    }
  }

  @Override
  public void multiply(
      int types,
      int[] start,
      int[] from,
      double[] weight,
      double[] x,
      int xOffset,
      int xApart,
      double[] y,
      int yOffset,
      int yApart,
      double[] work,
      int workOffset) {
    for (int t = 0; t < types; t++) {
      int e = start[t];
      if (start[t + 1] - e == 2) {
        two(
            x,
            xOffset + from[e],
            xOffset + from[e + 1],
            xApart,
            weight[e],
            weight[e + 1],
            y,
            yOffset + t,
            yApart);
        continue;
      }
      for (int i = 0; i < LANES; i++) {
        int row = xOffset + i * xApart;
        double sum = weight[e] * x[row + from[e]];
        for (int k = e + 1; k < start[t + 1]; k++) {
          sum = Math.fma(weight[k], x[row + from[k]], sum);
        }
        y[yOffset + i * yApart + t] = sum;
      }
    }
  }

  @Override
  public void multiplyPairs(
      int types,
      int[] from,
      double[] array,
      int weight,
      int x,
      int xApart,
      int y,
      int yApart,
      int work) {
    for (int t = 0; t < types; t++) {
      double v = array[weight + 2 * t];
      double w = array[weight + 2 * t + 1];
      two(array, x + from[2 * t], x + from[2 * t + 1], xApart, v, w, array, y + t, yApart);
    }
  }

  @Override
  public void turnPairs(
      int depth,
      double[] blocks,
      int[] offsets,
      int offsetFrom,
      double[] weights,
      int weightFrom,
      int[] from,
      double[] weight,
      int row,
      int columns,
      double[] target,
      int targetOffset,
      int targetApart,
      double[] work,
      int workOffset) {
    for (int i = 0; i < LANES; i++) {
      int e = 2 * (row + i);
      for (int l = 0; l < depth; l++) {
        double w0 = weights[weightFrom + l] * weight[e];
        double w1 = weights[weightFrom + l] * weight[e + 1];
        int r0 = offsets[offsetFrom + l] + from[e];
        int r1 = offsets[offsetFrom + l] + from[e + 1];
        int to = targetOffset + i;
        for (int u = 0; u < columns; u++) {
          double x = w0 * blocks[r0 + u];
          x = l == 0 ? x : Math.fma(w0, blocks[r0 + u], target[to]);
          target[to] = Math.fma(w1, blocks[r1 + u], x);
          to += targetApart;
        }
      }
    }
  }

  private static void two(
      double[] x, int u, int v, int apart, double p, double q, double[] y, int to, int toApart) {
    for (int i = 0; i < LANES; i++) {
      y[to + i * toApart] = Math.fma(q, x[v + i * apart], p * x[u + i * apart]);
    }
  }

  @Override
  public void backup(
      int rows,
      double discount,
      double[] expected,
      int expectedOffset,
      int apart,
      double constant,
      double[] rowReward,
      int rowFrom,
      double[] reward,
      double[] out,
      int outOffset,
      int length) {
    for (int i = 0; i < rows; i++) {
      double fixed = constant + rowReward[rowFrom + i];
      int from = expectedOffset + i * apart;
      int to = outOffset + i * length;
      for (int x = 0; x < length; x++) {
        out[to + x] = Math.fma(discount, expected[from + x], fixed + reward[x]);
      }
    }
  }

  @Override
  public void backupTwo(
      int rows,
      double discount,
      double[] source,
      int one,
      int two,
      int apart,
      double first,
      double second,
      double constant,
      double[] rowReward,
      int rowFrom,
      double[] reward,
      double[] out,
      int outOffset,
      int length) {
    for (int i = 0; i < rows; i++) {
      double fixed = constant + rowReward[rowFrom + i];
      int a = one + i * apart;
      int b = two + i * apart;
      int to = outOffset + i * length;
      for (int x = 0; x < length; x++) {
        double expected = Math.fma(second, source[b + x], first * source[a + x]);
        out[to + x] = Math.fma(discount, expected, fixed + reward[x]);
      }
    }
  }

  @Override
  public void backupPairs(
      int rows,
      double[] source,
      int one,
      int two,
      double first,
      double second,
      int[] from,
      double[] weight,
      double constant,
      double[] rowReward,
      double[] reward,
      int rewardFrom,
      int rewardApart,
      double[] out,
      int outOffset,
      int outApart,
      int length) {
    for (int i = 0; i < rows; i++) {
      int e = 2 * i;
      double fixed = constant + rowReward[i];
      double w0 = first * weight[e];
      double w1 = first * weight[e + 1];
      double w2 = second * weight[e];
      double w3 = second * weight[e + 1];
      int k0 = one + from[e];
      int k1 = one + from[e + 1];
      int k2 = two + from[e];
      int k3 = two + from[e + 1];
      int to = outOffset + i * outApart;
      int r = rewardFrom + i * rewardApart;
      for (int x = 0; x < length; x++) {
        double y = Math.fma(w0, source[k0 + x], fixed + reward[r + x]);
        y = Math.fma(w2, source[k2 + x], Math.fma(w1, source[k1 + x], y));
        out[to + x] = Math.fma(w3, source[k3 + x], y);
      }
    }
  }

  @Override
  public void raise(
      int rows,
      double discount,
      double[] expected,
      int expectedOffset,
      int apart,
      double constant,
      double[] rowReward,
      int rowFrom,
      double[] reward,
      double[] out,
      int outOffset,
      int length) {
    for (int i = 0; i < rows; i++) {
      double fixed = constant + rowReward[rowFrom + i];
      int from = expectedOffset + i * apart;
      int to = outOffset + i * length;
      for (int x = 0; x < length; x++) {
        double q = Math.fma(discount, expected[from + x], fixed + reward[x]);
        double before = out[to + x];
        out[to + x] = q > before ? q : before;
      }
    }
  }

  @Override
  public void settle(
      double[] old, int oldOffset, double[] out, int outOffset, int length, double[] extremes) {
    double least = extremes[0];
    double most = extremes[LANES];
    double largest = extremes[2 * LANES];
    // Comparisons instead of Math.max: C2 makes a chain of ten instructions of that.
    for (int x = 0; x < length; x++) {
      double value = out[outOffset + x];
      double change = value - old[oldOffset + x];
      if (change < least) {
        least = change;
      }
      if (change > most) {
        most = change;
      }
      if (Math.abs(value) > largest) {
        largest = Math.abs(value);
      }
    }
    extremes[0] = least;
    extremes[LANES] = most;
    extremes[2 * LANES] = largest;
  }

  @Override
  public void settleTurned(
      int rows,
      int columns,
      double[] old,
      int oldOffset,
      int oldApart,
      double[] out,
      int outOffset,
      int outApart,
      double[] extremes,
      double[] work,
      int workOffset) {
    for (int i = 0; i < rows; i++) {
      for (int u = 0; u < columns; u++) {
        double after = out[outOffset + u * outApart + i];
        double change = after - old[oldOffset + i * oldApart + u];
        extremes[0] = Math.min(extremes[0], change);
        extremes[LANES] = Math.max(extremes[LANES], change);
        extremes[2 * LANES] = Math.max(extremes[2 * LANES], Math.abs(after));
      }
    }
  }

  @Override
  public double touch(double[] x, int offset, int length) {
    double sum = 0;
    double other = 0;
    int end = offset + length;
    for (int i = offset; i < end - LANES; i += 2 * LANES) {
      sum += x[i];
      other += x[i + LANES];
    }
    return sum + other;
  }
}
