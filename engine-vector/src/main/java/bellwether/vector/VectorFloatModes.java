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
    rows(
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
        work,
        workOffset);
    if (W == LANES) {
      VectorFloatSquares.turn(columns, work, workOffset, target, targetOffset, targetApart);
    } else if (2 * W == LANES) {
      VectorFloatHalfTurn.squares(columns, work, workOffset, target, targetOffset, targetApart);
    } else {
      turn(columns, work, workOffset, target, targetOffset, targetApart);
    }
  }

  /** The rows before they are turned. */
  private static void rows(
      int depth,
      float[] blocks,
      int[] offsets,
      int o,
      double[] weights,
      int w,
      int[] from,
      double[] weight,
      int row,
      int columns,
      float[] x,
      int to) {
    if (depth == 1) {
      VectorFloatPairs.one(blocks, offsets, o, weights, w, from, weight, row, columns, x, to);
      return;
    }
    int l;
    if (depth < 4) {
      VectorFloatPairs.two(blocks, offsets, o, weights, w, from, weight, row, columns, x, to);
      l = 2;
    } else {
      VectorFloatPairs.four(blocks, offsets, o, weights, w, from, weight, row, columns, x, to);
      l = 4;
    }
    for (; l + 2 <= depth; l += 2) {
      VectorFloatAdd.two(l, blocks, offsets, o, weights, w, from, weight, row, columns, x, to);
    }
    if (l < depth) {
      VectorFloatAdd.one(l, blocks, offsets, o, weights, w, from, weight, row, columns, x, to);
    }
  }

  /** Turns the squares of {@link VectorFloatPairs}, number by number. */
  private static void turn(
      int columns, float[] x, int xOffset, float[] target, int targetOffset, int targetApart) {
    for (int square = 0; square < columns; square += W) {
      int u = Math.min(square, columns - W);
      for (int k = 0; k < W; k++) {
        int at = xOffset + LANES * square + k;
        int to = targetOffset + (u + k) * targetApart;
        for (int i = 0; i < LANES; i++) {
          target[to + i] = x[at + i * W];
        }
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
    if (2 * W < LANES || rows < LANES || columns < LANES) {
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
      int to = outOffset + row;
      if (W == LANES) {
        VectorFloatTurn.turn(columns, old, from, oldApart, work, workOffset);
        VectorFloatSettle.columns(columns, work, workOffset, out, to, outApart, extremes);
      } else {
        VectorFloatHalfTurn.rows(columns, old, from, oldApart, work, workOffset);
        VectorFloatHalfSettle.columns(columns, work, workOffset, out, to, outApart, extremes);
      }
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
