package bellwether.vector;

import bellwether.core.kernel.ModeKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ModeKernels#settleTurned} after the turn, with registers of eight lanes. Each lane has
 * extremes of its own, in four sets that take turns: a comparison and the choice after it take six
 * cycles.
 */
final class VectorSettleTurned {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_512;
  private static final int ROWS = ModeKernels.LANES;
  private static final int MOST = ROWS;
  private static final int LARGEST = 2 * ROWS;

  private VectorSettleTurned() {}

  /** Columns that follow each other; those of out are apart. */
  static void columns(
      int count,
      double[] old,
      int oldOffset,
      double[] out,
      int outOffset,
      int outApart,
      double[] extremes) {
    DoubleVector least0 = DoubleVector.fromArray(S, extremes, 0);
    DoubleVector most0 = DoubleVector.fromArray(S, extremes, MOST);
    DoubleVector largest0 = DoubleVector.fromArray(S, extremes, LARGEST);
    DoubleVector least1 = least0;
    DoubleVector most1 = most0;
    DoubleVector largest1 = largest0;
    DoubleVector least2 = least0;
    DoubleVector most2 = most0;
    DoubleVector largest2 = largest0;
    DoubleVector least3 = least0;
    DoubleVector most3 = most0;
    DoubleVector largest3 = largest0;
    int u = 0;
    int from = oldOffset;
    int to = outOffset;
    for (; u + 4 <= count; u += 4) {
      DoubleVector value0 = DoubleVector.fromArray(S, out, to);
      DoubleVector change0 = value0.sub(DoubleVector.fromArray(S, old, from));
      DoubleVector size0 = value0.abs();
      least0 = least0.blend(change0, change0.compare(VectorOperators.LT, least0));
      most0 = most0.blend(change0, change0.compare(VectorOperators.GT, most0));
      largest0 = largest0.blend(size0, size0.compare(VectorOperators.GT, largest0));
      to += outApart;
      DoubleVector value1 = DoubleVector.fromArray(S, out, to);
      DoubleVector change1 = value1.sub(DoubleVector.fromArray(S, old, from + 1 * ROWS));
      DoubleVector size1 = value1.abs();
      least1 = least1.blend(change1, change1.compare(VectorOperators.LT, least1));
      most1 = most1.blend(change1, change1.compare(VectorOperators.GT, most1));
      largest1 = largest1.blend(size1, size1.compare(VectorOperators.GT, largest1));
      to += outApart;
      DoubleVector value2 = DoubleVector.fromArray(S, out, to);
      DoubleVector change2 = value2.sub(DoubleVector.fromArray(S, old, from + 2 * ROWS));
      DoubleVector size2 = value2.abs();
      least2 = least2.blend(change2, change2.compare(VectorOperators.LT, least2));
      most2 = most2.blend(change2, change2.compare(VectorOperators.GT, most2));
      largest2 = largest2.blend(size2, size2.compare(VectorOperators.GT, largest2));
      to += outApart;
      DoubleVector value3 = DoubleVector.fromArray(S, out, to);
      DoubleVector change3 = value3.sub(DoubleVector.fromArray(S, old, from + 3 * ROWS));
      DoubleVector size3 = value3.abs();
      least3 = least3.blend(change3, change3.compare(VectorOperators.LT, least3));
      most3 = most3.blend(change3, change3.compare(VectorOperators.GT, most3));
      largest3 = largest3.blend(size3, size3.compare(VectorOperators.GT, largest3));
      to += outApart;
      from += 4 * ROWS;
    }
    for (; u < count; u++) {
      DoubleVector value0 = DoubleVector.fromArray(S, out, to);
      DoubleVector change0 = value0.sub(DoubleVector.fromArray(S, old, from));
      DoubleVector size0 = value0.abs();
      least0 = least0.blend(change0, change0.compare(VectorOperators.LT, least0));
      most0 = most0.blend(change0, change0.compare(VectorOperators.GT, most0));
      largest0 = largest0.blend(size0, size0.compare(VectorOperators.GT, largest0));
      to += outApart;
      from += ROWS;
    }
    least0 = least0.blend(least1, least1.compare(VectorOperators.LT, least0));
    most0 = most0.blend(most1, most1.compare(VectorOperators.GT, most0));
    largest0 = largest0.blend(largest1, largest1.compare(VectorOperators.GT, largest0));
    least2 = least2.blend(least3, least3.compare(VectorOperators.LT, least2));
    most2 = most2.blend(most3, most3.compare(VectorOperators.GT, most2));
    largest2 = largest2.blend(largest3, largest3.compare(VectorOperators.GT, largest2));
    least0 = least0.blend(least2, least2.compare(VectorOperators.LT, least0));
    most0 = most0.blend(most2, most2.compare(VectorOperators.GT, most0));
    largest0 = largest0.blend(largest2, largest2.compare(VectorOperators.GT, largest0));
    least0.intoArray(extremes, 0);
    most0.intoArray(extremes, MOST);
    largest0.intoArray(extremes, LARGEST);
  }
}
