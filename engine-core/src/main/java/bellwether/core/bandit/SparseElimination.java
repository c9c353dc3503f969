package bellwether.core.bandit;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One run of state elimination on sparse rows; {@link SparseIndices} says when it is used.
 *
 * <p>The order of the pivots is that of the indices, so there is no other order with less fill: a
 * row that had the pivot gets the pivot's successors. On lines, bands and beliefs that move by a
 * count, rows stay as short as the boundary between eliminated and other states. Where they do not,
 * and few enough states remain, {@link Elimination} takes the rest as a dense matrix.
 */
final class SparseElimination {
  /** Denser than this, the dense elimination with its products of matrices is faster. */
  private static final double DENSE = 0.1;

  /** Fewer states than this are finished in sparse rows, whatever their fill. */
  private static final int LEAST_DENSE = 512;

  /** A dense flop is that much cheaper than a sparse one, and there are 2/3 n^3. */
  private static final double DENSE_WORK = 1 / 50.0;

  private static final double ENTRY_BYTES = 12;

  private static final double CANCELLATION = 0.5;

  private static final int[] NONE = {};

  private final int n;
  private final double discount;
  private final int scale;

  /**
   * Rows of Q by state, in no order; of eliminated states as they were then, without a diagonal.
   */
  private final int[][] columns;

  private final double[][] weights;
  private final int[] lengths;

  /** States that have column x in their row, and states eliminated since. */
  private final int[][] predecessors;

  private final int[] predecessorCounts;
  private final double[] d;
  private final double[] b;
  private final RatioHeap heap;

  /** Place of column y in the pivot's row, plus one; 0 when it is not there. */
  private final int[] place;

  /** Pivot whose row has met column y last. */
  private final int[] met;

  private int meetings;

  /** By pivot: state, index, b and 1 - delta Q(p,p) at its elimination. */
  private final int[] order;

  private final double[] index;
  private final double[] time;
  private final double[] denominator;

  /** Pivots eliminated in sparse rows. */
  private int done;

  private @Nullable Factors dense;
  private int[] denseState = {};

  /** Entries of the rows that remain, and of all rows. */
  private double live;

  private double stored;
  private double work;

  SparseElimination(SparseArm arm, double discount) {
    n = arm.states();
    this.discount = discount;
    double largest = arm.largestReward();
    scale = largest == 0 ? 0 : Math.getExponent(largest) + 1;
    columns = new int[n][];
    weights = new double[n][];
    lengths = new int[n];
    predecessorCounts = new int[n];
    d = new double[n];
    b = new double[n];
    double[] ratio = new double[n];
    Arrays.fill(b, 1 - discount);
    for (int s = 0; s < n; s++) {
      columns[s] = Arrays.copyOfRange(arm.column, arm.rowStart[s], arm.rowStart[s + 1]);
      weights[s] = Arrays.copyOfRange(arm.probability, arm.rowStart[s], arm.rowStart[s + 1]);
      lengths[s] = columns[s].length;
      for (int t : columns[s]) {
        predecessorCounts[t]++;
      }
      d[s] = Math.scalb(arm.reward[s], -scale);
      ratio[s] = d[s] / b[s];
    }
    predecessors = new int[n][];
    for (int t = 0; t < n; t++) {
      predecessors[t] = new int[predecessorCounts[t]];
      predecessorCounts[t] = 0;
    }
    for (int s = 0; s < n; s++) {
      for (int t : columns[s]) {
        predecessors[t][predecessorCounts[t]++] = s;
      }
    }
    heap = new RatioHeap(ratio);
    place = new int[n];
    met = new int[n];
    order = new int[n];
    index = new double[n];
    time = new double[n];
    denominator = new double[n];
    live = arm.entries();
    stored = live;
  }

  /**
   * Eliminates until all states wanted are done, or until it would take more than this.
   *
   * @param bytes for rows and a dense matrix
   * @param mostWork entries touched
   */
  void run(BitSet wanted, double bytes, double mostWork, Kernels kernels, Workers workers) {
    int missing = wanted.cardinality();
    while (missing > 0 && heap.size() > 0) {
      if ((done & 255) == 0) {
        Workers.checkInterrupted();
      }
      double m = heap.size();
      if (m >= LEAST_DENSE && live > DENSE * m * m && fits(m, bytes, mostWork)) {
        finishDense(kernels, workers);
        return;
      }
      if (work > mostWork || ENTRY_BYTES * stored > bytes) {
        return;
      }
      int p = heap.pop();
      eliminate(p);
      missing -= wanted.get(p) ? 1 : 0;
    }
  }

  private boolean fits(double m, double bytes, double mostWork) {
    return m <= FiniteArm.MAX_STATES
        && StateElimination.bytes((int) m) + ENTRY_BYTES * stored <= bytes
        && work + DENSE_WORK * m * m * m <= mostWork;
  }

  private void eliminate(int p) {
    int[] pivotColumns = columns[p];
    double[] pivotWeights = weights[p];
    double self = 0;
    double leaving = 0;
    int length = 0;
    for (int i = 0; i < lengths[p]; i++) {
      if (pivotColumns[i] == p) {
        self = pivotWeights[i];
      } else {
        pivotColumns[length] = pivotColumns[i];
        pivotWeights[length] = pivotWeights[i];
        leaving += pivotWeights[i];
        length++;
        place[pivotColumns[i]] = length;
      }
    }
    live -= lengths[p];
    lengths[p] = length;
    double dPivot = d[p];
    double bPivot = b[p];
    // As in the dense elimination: without a subtraction where that would cost digits.
    double den =
        discount * self <= CANCELLATION ? 1 - discount * self : bPivot + discount * leaving;
    order[done] = p;
    index[done] = Math.scalb((1 - discount) * dPivot / bPivot, scale);
    time[done] = bPivot;
    denominator[done] = den;
    done++;
    double lambda = discount / den;
    int[] before = predecessors[p];
    for (int i = 0; i < predecessorCounts[p]; i++) {
      int x = before[i];
      if (heap.has(x)) {
        double factor = lambda * absorb(x, p, lambda, length);
        d[x] = Math.fma(factor, dPivot, d[x]);
        b[x] = Math.fma(factor, bPivot, b[x]);
        heap.set(x, d[x] / b[x]);
      }
    }
    predecessors[p] = NONE;
    for (int i = 0; i < length; i++) {
      place[pivotColumns[i]] = 0;
    }
  }

  /** Adds lambda Q(x,p) Q(p,.) to row x, from which p goes; returns Q(x,p). */
  private double absorb(int x, int p, double lambda, int pivotLength) {
    int[] row = columns[x];
    double[] values = weights[x];
    int length = lengths[x];
    int at = 0;
    while (row[at] != p) {
      at++;
    }
    double weight = values[at];
    length--;
    row[at] = row[length];
    values[at] = values[length];
    double factor = lambda * weight;
    int[] pivotColumns = columns[p];
    double[] pivotWeights = weights[p];
    int stamp = ++meetings;
    int found = 0;
    for (int i = 0; i < length; i++) {
      int y = row[i];
      int j = place[y];
      if (j != 0) {
        values[i] = Math.fma(factor, pivotWeights[j - 1], values[i]);
        met[y] = stamp;
        found++;
      }
    }
    int grown = length + pivotLength - found;
    if (grown > row.length) {
      int room = Math.min(n, grown + (grown >> 1));
      stored += room - row.length;
      row = Arrays.copyOf(row, room);
      values = Arrays.copyOf(values, room);
      columns[x] = row;
      weights[x] = values;
    }
    if (found < pivotLength) {
      for (int j = 0; j < pivotLength; j++) {
        int y = pivotColumns[j];
        if (met[y] != stamp) {
          row[length] = y;
          values[length] = factor * pivotWeights[j];
          length++;
          precede(y, x);
        }
      }
    }
    live += length - lengths[x];
    work += length + pivotLength;
    lengths[x] = length;
    return weight;
  }

  private void precede(int y, int x) {
    int count = predecessorCounts[y];
    int[] list = predecessors[y];
    if (count == list.length) {
      // Those eliminated since are dropped before more room is taken.
      int kept = 0;
      for (int i = 0; i < count; i++) {
        if (heap.has(list[i])) {
          list[kept++] = list[i];
        }
      }
      count = kept;
      if (2 * count >= list.length) {
        list = Arrays.copyOf(list, Math.max(4, 2 * count));
        predecessors[y] = list;
      }
    }
    list[count] = x;
    predecessorCounts[y] = count + 1;
  }

  private void finishDense(Kernels kernels, Workers workers) {
    int[] states = heap.states();
    Arrays.sort(states);
    int m = states.length;
    int[] local = new int[n];
    double[] left = new double[m];
    double[] leftTime = new double[m];
    int[][] rows = new int[m][];
    double[][] values = new double[m][];
    int[] sizes = new int[m];
    for (int i = 0; i < m; i++) {
      local[states[i]] = i;
    }
    for (int i = 0; i < m; i++) {
      int s = states[i];
      left[i] = Math.scalb(d[s], scale);
      leftTime[i] = b[s];
      sizes[i] = lengths[s];
      rows[i] = new int[sizes[i]];
      for (int k = 0; k < sizes[i]; k++) {
        rows[i][k] = local[columns[s][k]];
      }
      values[i] = weights[s];
    }
    CensoredArm rest = new CensoredArm(left, leftTime, rows, values, sizes);
    dense = new Elimination(rest, discount, Precision.FLOAT64, kernels, workers).run();
    denseState = states;
    for (int k = 0; k < m; k++) {
      order[done + k] = states[dense.order[k]];
      index[done + k] = dense.index[k];
    }
  }

  /** Pivots so far. */
  int pivots() {
    return done + (dense == null ? 0 : dense.states());
  }

  /** Pivots of the dense part. */
  int densePivots() {
    return pivots() - done;
  }

  int state(int pivot) {
    return order[pivot];
  }

  double index(int pivot) {
    return index[pivot];
  }

  /**
   * V under the charge of a pivot's index, by state: backward through the rows of the pivots before
   * it, as {@link RestartCertificate} does for dense arms.
   */
  double[] values(int pivot) {
    double[] v = new double[n];
    double charge = index[pivot];
    if (dense != null && pivot >= done) {
      double[] local = RestartCertificate.values(dense, pivot - done, Kernels.best().dense());
      for (int i = 0; i < local.length; i++) {
        v[denseState[i]] = local[i];
      }
    }
    for (int k = Math.min(pivot, done) - 1; k >= 0; k--) {
      int p = order[k];
      int[] row = columns[p];
      double[] values = weights[p];
      double later = 0;
      for (int i = 0; i < lengths[p]; i++) {
        later = Math.fma(values[i], v[row[i]], later);
      }
      double gain = Math.max(0, index[k] - charge) * (time[k] / (1 - discount));
      v[p] = Math.fma(discount, later, gain) / denominator[k];
    }
    return v;
  }
}
