package bellwether.vector;

import bellwether.core.kernel.ModeKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ModeKernels#backup} and {@link ModeKernels#raise}. */
final class VectorBackup {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int W = S.length();

  private VectorBackup() {}

  static void backup(
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
      DoubleVector fixed = DoubleVector.broadcast(S, constant + rowReward[rowFrom + i]);
      int from = expectedOffset + i * apart;
      int to = outOffset + i * length;
      int x = 0;
      for (int bound = S.loopBound(length); x < bound; x += W) {
        DoubleVector r = DoubleVector.fromArray(S, reward, x).add(fixed);
        DoubleVector q =
            DoubleVector.fromArray(S, expected, from + x)
                .fma(DoubleVector.broadcast(S, discount), r);
        q.intoArray(out, to + x);
      }
      if (x < length && length >= W) {
        x = length - W;
        DoubleVector r = DoubleVector.fromArray(S, reward, x).add(fixed);
        DoubleVector.fromArray(S, expected, from + x)
            .fma(DoubleVector.broadcast(S, discount), r)
            .intoArray(out, to + x);
        continue;
      }
      for (; x < length; x++) {
        double r = constant + rowReward[rowFrom + i] + reward[x];
        out[to + x] = Math.fma(discount, expected[from + x], r);
      }
    }
  }

  static void backupTwo(
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
      int x = 0;
      for (int bound = S.loopBound(length); x < bound; x += W) {
        DoubleVector e =
            DoubleVector.fromArray(S, source, b + x)
                .fma(
                    DoubleVector.broadcast(S, second),
                    DoubleVector.fromArray(S, source, a + x).mul(first));
        e.fma(DoubleVector.broadcast(S, discount), DoubleVector.fromArray(S, reward, x).add(fixed))
            .intoArray(out, to + x);
      }
      if (x < length && length >= W) {
        x = length - W;
        DoubleVector e =
            DoubleVector.fromArray(S, source, b + x)
                .fma(
                    DoubleVector.broadcast(S, second),
                    DoubleVector.fromArray(S, source, a + x).mul(first));
        e.fma(DoubleVector.broadcast(S, discount), DoubleVector.fromArray(S, reward, x).add(fixed))
            .intoArray(out, to + x);
        continue;
      }
      for (; x < length; x++) {
        double e = Math.fma(second, source[b + x], first * source[a + x]);
        out[to + x] = Math.fma(discount, e, fixed + reward[x]);
      }
    }
  }

  static void backupPairs(
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
      backupFour(
          source,
          one + from[e],
          one + from[e + 1],
          two + from[e],
          two + from[e + 1],
          first * weight[e],
          first * weight[e + 1],
          second * weight[e],
          second * weight[e + 1],
          constant + rowReward[i],
          reward,
          rewardFrom + i * rewardApart,
          out,
          outOffset + i * outApart,
          length);
    }
  }

  private static void backupFour(
      double[] source,
      int k0,
      int k1,
      int k2,
      int k3,
      double w0,
      double w1,
      double w2,
      double w3,
      double fixed,
      double[] reward,
      int r,
      double[] out,
      int to,
      int length) {
    int x = 0;
    for (int bound = S.loopBound(length); x < bound; x += W) {
      DoubleVector y = DoubleVector.fromArray(S, reward, r + x).add(fixed);
      y = DoubleVector.fromArray(S, source, k0 + x).fma(DoubleVector.broadcast(S, w0), y);
      y = DoubleVector.fromArray(S, source, k1 + x).fma(DoubleVector.broadcast(S, w1), y);
      y = DoubleVector.fromArray(S, source, k2 + x).fma(DoubleVector.broadcast(S, w2), y);
      DoubleVector.fromArray(S, source, k3 + x)
          .fma(DoubleVector.broadcast(S, w3), y)
          .intoArray(out, to + x);
    }
    if (x < length && length >= W) {
      x = length - W;
      DoubleVector y = DoubleVector.fromArray(S, reward, r + x).add(fixed);
      y = DoubleVector.fromArray(S, source, k0 + x).fma(DoubleVector.broadcast(S, w0), y);
      y = DoubleVector.fromArray(S, source, k1 + x).fma(DoubleVector.broadcast(S, w1), y);
      y = DoubleVector.fromArray(S, source, k2 + x).fma(DoubleVector.broadcast(S, w2), y);
      DoubleVector.fromArray(S, source, k3 + x)
          .fma(DoubleVector.broadcast(S, w3), y)
          .intoArray(out, to + x);
      return;
    }
    for (; x < length; x++) {
      double y = Math.fma(w0, source[k0 + x], fixed + reward[r + x]);
      y = Math.fma(w2, source[k2 + x], Math.fma(w1, source[k1 + x], y));
      out[to + x] = Math.fma(w3, source[k3 + x], y);
    }
  }

  static void raise(
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
      DoubleVector fixed = DoubleVector.broadcast(S, constant + rowReward[rowFrom + i]);
      int from = expectedOffset + i * apart;
      int to = outOffset + i * length;
      int x = 0;
      for (int bound = S.loopBound(length); x < bound; x += W) {
        DoubleVector r = DoubleVector.fromArray(S, reward, x).add(fixed);
        DoubleVector q =
            DoubleVector.fromArray(S, expected, from + x)
                .fma(DoubleVector.broadcast(S, discount), r);
        DoubleVector before = DoubleVector.fromArray(S, out, to + x);
        before.blend(q, q.compare(VectorOperators.GT, before)).intoArray(out, to + x);
      }
      for (; x < length; x++) {
        double r = constant + rowReward[rowFrom + i] + reward[x];
        double q = Math.fma(discount, expected[from + x], r);
        double before = out[to + x];
        out[to + x] = q > before ? q : before;
      }
    }
  }
}
