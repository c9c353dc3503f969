package bellwether.vector;

import bellwether.core.kernel.FloatModeKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatModeKernels#settleTurned} after the turn, with registers of eight lanes. Each lane
 * has extremes of its own, in two sets that take turns.
 */
final class VectorFloatHalfSettle {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;
  private static final int W = S.length();
  private static final int ROWS = FloatModeKernels.LANES;
  private static final int MOST = ROWS;
  private static final int LARGEST = 2 * ROWS;

  private VectorFloatHalfSettle() {}

  /** Columns that follow each other; those of out are apart. */
  static void columns(
      int count,
      float[] old,
      int oldOffset,
      float[] out,
      int outOffset,
      int outApart,
      float[] extremes) {
    FloatVector least0 = FloatVector.fromArray(S, extremes, 0);
    FloatVector most0 = FloatVector.fromArray(S, extremes, MOST);
    FloatVector largest0 = FloatVector.fromArray(S, extremes, LARGEST);
    FloatVector least1 = FloatVector.fromArray(S, extremes, W);
    FloatVector most1 = FloatVector.fromArray(S, extremes, MOST + W);
    FloatVector largest1 = FloatVector.fromArray(S, extremes, LARGEST + W);
    FloatVector least2 = least0;
    FloatVector most2 = most0;
    FloatVector largest2 = largest0;
    FloatVector least3 = least1;
    FloatVector most3 = most1;
    FloatVector largest3 = largest1;
    int u = 0;
    int from = oldOffset;
    int to = outOffset;
    for (; u + 2 <= count; u += 2) {
      FloatVector value0 = FloatVector.fromArray(S, out, to);
      FloatVector change0 = value0.sub(FloatVector.fromArray(S, old, from));
      FloatVector size0 = value0.abs();
      least0 = least0.blend(change0, change0.compare(VectorOperators.LT, least0));
      most0 = most0.blend(change0, change0.compare(VectorOperators.GT, most0));
      largest0 = largest0.blend(size0, size0.compare(VectorOperators.GT, largest0));
      FloatVector value1 = FloatVector.fromArray(S, out, to + W);
      FloatVector change1 = value1.sub(FloatVector.fromArray(S, old, from + W));
      FloatVector size1 = value1.abs();
      least1 = least1.blend(change1, change1.compare(VectorOperators.LT, least1));
      most1 = most1.blend(change1, change1.compare(VectorOperators.GT, most1));
      largest1 = largest1.blend(size1, size1.compare(VectorOperators.GT, largest1));
      to += outApart;
      FloatVector value2 = FloatVector.fromArray(S, out, to);
      FloatVector change2 = value2.sub(FloatVector.fromArray(S, old, from + 1 * ROWS));
      FloatVector size2 = value2.abs();
      least2 = least2.blend(change2, change2.compare(VectorOperators.LT, least2));
      most2 = most2.blend(change2, change2.compare(VectorOperators.GT, most2));
      largest2 = largest2.blend(size2, size2.compare(VectorOperators.GT, largest2));
      FloatVector value3 = FloatVector.fromArray(S, out, to + W);
      FloatVector change3 = value3.sub(FloatVector.fromArray(S, old, from + 1 * ROWS + W));
      FloatVector size3 = value3.abs();
      least3 = least3.blend(change3, change3.compare(VectorOperators.LT, least3));
      most3 = most3.blend(change3, change3.compare(VectorOperators.GT, most3));
      largest3 = largest3.blend(size3, size3.compare(VectorOperators.GT, largest3));
      to += outApart;
      from += 2 * ROWS;
    }
    for (; u < count; u++) {
      FloatVector value0 = FloatVector.fromArray(S, out, to);
      FloatVector change0 = value0.sub(FloatVector.fromArray(S, old, from));
      FloatVector size0 = value0.abs();
      least0 = least0.blend(change0, change0.compare(VectorOperators.LT, least0));
      most0 = most0.blend(change0, change0.compare(VectorOperators.GT, most0));
      largest0 = largest0.blend(size0, size0.compare(VectorOperators.GT, largest0));
      FloatVector value1 = FloatVector.fromArray(S, out, to + W);
      FloatVector change1 = value1.sub(FloatVector.fromArray(S, old, from + W));
      FloatVector size1 = value1.abs();
      least1 = least1.blend(change1, change1.compare(VectorOperators.LT, least1));
      most1 = most1.blend(change1, change1.compare(VectorOperators.GT, most1));
      largest1 = largest1.blend(size1, size1.compare(VectorOperators.GT, largest1));
      to += outApart;
      from += ROWS;
    }
    least0 = least0.blend(least2, least2.compare(VectorOperators.LT, least0));
    most0 = most0.blend(most2, most2.compare(VectorOperators.GT, most0));
    largest0 = largest0.blend(largest2, largest2.compare(VectorOperators.GT, largest0));
    least1 = least1.blend(least3, least3.compare(VectorOperators.LT, least1));
    most1 = most1.blend(most3, most3.compare(VectorOperators.GT, most1));
    largest1 = largest1.blend(largest3, largest3.compare(VectorOperators.GT, largest1));
    least0.intoArray(extremes, 0);
    most0.intoArray(extremes, MOST);
    largest0.intoArray(extremes, LARGEST);
    least1.intoArray(extremes, W);
    most1.intoArray(extremes, MOST + W);
    largest1.intoArray(extremes, LARGEST + W);
  }
}
