package bellwether.vector;

import bellwether.core.kernel.FloatModeKernels;
import bellwether.core.kernel.ScalarKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatModeKernels} with the Vector API: number by number the operations of the scalar twin.
 */
final class VectorFloatModes implements FloatModeKernels {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int W = S.length();
  private static final FloatModeKernels SCALAR = ScalarKernels.INSTANCE.floatModes();

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
    if (columns < LANES) {
      SCALAR.turnPairs(
          depth,
          blocks,
          offsets,
          offsetFrom,
          weights,
          weightFrom,
          from,
          weight,
          row,
          columns,
          target,
          targetOffset,
          targetApart,
          work,
          workOffset);
      return;
    }
    int room = (columns + LANES - 1) / LANES * LANES;
    for (int i = 0; i < LANES; i += 2) {
      rows(
          depth,
          blocks,
          offsets,
          offsetFrom,
          weights,
          weightFrom,
          from,
          weight,
          2 * (row + i),
          columns,
          work,
          workOffset + i * room,
          room);
    }
    if (W == LANES) {
      VectorFloatTurn.turn(columns, work, workOffset, room, target, targetOffset, targetApart);
    } else {
      turn(columns, work, workOffset, room, target, targetOffset, targetApart);
    }
  }

  /** Two rows before they are turned, of entries e to e + 3. */
  private static void rows(
      int depth,
      float[] blocks,
      int[] offsets,
      int o,
      double[] weights,
      int w,
      int[] from,
      double[] weight,
      int e,
      int columns,
      float[] x,
      int to,
      int apart) {
    if (depth == 1) {
      VectorFloatPairs.one(blocks, offsets, o, weights, w, from, weight, e, columns, x, to, apart);
      return;
    }
    int l;
    if (depth < 4) {
      VectorFloatPairs.two(blocks, offsets, o, weights, w, from, weight, e, columns, x, to, apart);
      l = 2;
    } else {
      VectorFloatPairs.four(blocks, offsets, o, weights, w, from, weight, e, columns, x, to);
      int next = to + apart;
      VectorFloatPairs.four(blocks, offsets, o, weights, w, from, weight, e + 2, columns, x, next);
      l = 4;
    }
    for (; l + 2 <= depth; l += 2) {
      VectorFloatAdd.two(l, blocks, offsets, o, weights, w, from, weight, e, columns, x, to, apart);
    }
    if (l < depth) {
      VectorFloatAdd.one(l, blocks, offsets, o, weights, w, from, weight, e, columns, x, to, apart);
    }
  }

  /** Turns sixteen rows, number by number. */
  private static void turn(
      int columns,
      float[] x,
      int xOffset,
      int apart,
      float[] target,
      int targetOffset,
      int targetApart) {
    for (int u = 0; u < columns; u++) {
      int to = targetOffset + u * targetApart;
      for (int i = 0; i < LANES; i++) {
        target[to + i] = x[xOffset + i * apart + u];
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
    if (length < W) {
      SCALAR.backupPairs(
          rows,
          source,
          one,
          two,
          first,
          second,
          from,
          weight,
          constant,
          rowReward,
          reward,
          rewardFrom,
          rewardApart,
          out,
          outOffset,
          outApart,
          length);
      return;
    }
    VectorFloatBackup.backupPairs(
        rows,
        source,
        one,
        two,
        first,
        second,
        from,
        weight,
        constant,
        rowReward,
        reward,
        rewardFrom,
        rewardApart,
        out,
        outOffset,
        outApart,
        length);
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
    if (length < W) {
      SCALAR.raiseRewards(rows, constant, rowReward, reward, out, outOffset, length);
      return;
    }
    VectorFloatBackup.raiseRewards(rows, constant, rowReward, reward, out, outOffset, length);
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
    if (W != LANES || rows < LANES || columns < LANES) {
      SCALAR.settleTurned(
          rows,
          columns,
          old,
          oldOffset,
          oldApart,
          out,
          outOffset,
          outApart,
          extremes,
          work,
          workOffset);
      return;
    }
    for (int r = 0; r < rows; r += LANES) {
      // The last strip ends with the rows: some of them are looked at twice.
      int row = Math.min(r, rows - LANES);
      int from = oldOffset + row * oldApart;
      VectorFloatTurn.turn(columns, old, from, oldApart, work, workOffset, LANES);
      VectorFloatSettle.columns(
          columns, work, workOffset, out, outOffset + row, outApart, extremes);
    }
  }

  @Override
  public float touch(float[] x, int offset, int length) {
    FloatVector a = FloatVector.zero(S);
    FloatVector b = FloatVector.zero(S);
    int end = offset + length - 2 * LANES;
    for (int i = offset; i <= end; i += 2 * LANES) {
      a = a.add(FloatVector.fromArray(S, x, i));
      b = b.add(FloatVector.fromArray(S, x, i + LANES));
    }
    return a.lane(0) + b.lane(0);
  }
}
