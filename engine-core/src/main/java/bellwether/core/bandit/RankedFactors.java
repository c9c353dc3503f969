package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.parallel.Team;
import java.util.Arrays;

/**
 * Both factors of I - delta P = L U with rows and columns by rank, the order of elimination, and
 * solves with them for {@link DenseKernels#PANEL} right-hand sides at a time, in doubles.
 *
 * <p>L is the identity less l(x,p), x after p; a row of U is q(p) = 1 - delta Q(p,p) and -delta
 * Q(p,y), y after p. Entry i of right-hand side j of a panel stands at {@code offset + i * PANEL +
 * j}; a panel has room for {@link #panelSize} doubles. Cost: n^2 flops for each solve and side.
 */
final class RankedFactors {
  /** Rows that are packed together. */
  private static final int ROWS = 64;

  /** Columns that are packed together: rows and right-hand sides stay in a second cache. */
  private static final int DEPTH = 512;

  final int n;
  final double discount;
  final int[] order;
  final double[] index;

  /** (L^-1 1)(k): the discounted time from k until the chain leaves the first k + 1 ranks. */
  final double[] time;

  final double[] denominator;

  /** l(k,p) before the diagonal and Q(k,y) after it, in row {@code place[k]}. */
  private final EliminationMatrix matrix;

  private final int[] place;

  private RankedFactors(Factors factors) {
    n = factors.states();
    discount = factors.discount;
    order = factors.order;
    index = factors.index;
    denominator = factors.denominator;
    matrix = factors.q;
    time = new double[n];
    place = new int[n];
    for (int k = 0; k < n; k++) {
      time[k] = factors.b[k] / (1 - discount);
    }
  }

  /**
   * Brings the factors of an elimination that kept L into the order of their ranks, in place: they
   * must not be used by position again.
   */
  static RankedFactors of(Factors factors, Team team) {
    RankedFactors ranked = new RankedFactors(factors);
    int n = ranked.n;
    // By position after a block: the rank of the state there.
    int[] rankOf = new int[n];
    for (int t = factors.blocks - 1; t >= 0; t--) {
      int first = factors.blockStart[t];
      int depth = factors.blockStart[t + 1] - first;
      int survivors = n - first - depth;
      for (int l = 0; l < depth; l++) {
        ranked.place[first + l] = survivors + l;
        rankOf[survivors + l] = first + l;
      }
      int block = t;
      team.forEach(depth, l -> ranked.sortRow(factors, block, survivors + l, rankOf));
      for (int i = first + factors.moves[t] - 1; i >= first; i--) {
        rankOf[factors.moveFrom[i]] = rankOf[factors.moveTo[i]];
      }
      for (int l = 0; l < depth; l++) {
        rankOf[factors.pivotPosition[first + l]] = first + l;
      }
    }
    return ranked;
  }

  private void sortRow(Factors factors, int block, int row, int[] rankOf) {
    double[] byPosition = new double[n];
    double[] byRank = new double[n];
    matrix.read(row, 0, byPosition, 0, n);
    int left = n - factors.blockStart[block];
    for (int y = 0; y < left; y++) {
      byRank[rankOf[y]] = byPosition[y];
    }
    for (int t = 0; t < block; t++) {
      int first = factors.blockStart[t];
      int end = factors.blockStart[t + 1];
      System.arraycopy(byPosition, n - end, byRank, first, end - first);
    }
    matrix.write(row, 0, byRank, 0, n);
  }

  /** l(k,j) for j &lt; k, Q(k,j) for j &gt; k. */
  double at(int k, int j) {
    return matrix.at(place[k], j);
  }

  /** Doubles that a panel takes: whole strips. */
  int panelSize() {
    return (n + STRIP) * PANEL;
  }

  /** Solves L y = x in place for the first {@code end} ranks of some panels. */
  void forward(DenseKernels kernels, double[] x, int offset, int panels, int end) {
    double[] packed = new double[ROWS * DEPTH];
    double[] row = new double[DEPTH];
    for (int from = 0; from < end; from += ROWS) {
      int to = Math.min(end, from + ROWS);
      for (int begin = 0; begin < from; begin += DEPTH) {
        int depth = Math.min(DEPTH, from - begin);
        pack(from, to, begin, depth, 1, packed, row);
        multiply(kernels, x, offset, panels, from, to, begin, depth, packed);
      }
      double[] corner = corner(from, to, 1);
      for (int p = 0; p < panels; p++) {
        int at = offset + p * panelSize() + from * PANEL;
        for (int i = 1; i < to - from; i++) {
          kernels.combine(i, x, at, PANEL, corner, i * ROWS, x, at + i * PANEL, PANEL);
        }
      }
    }
  }

  /** Solves U z = x in place; x is zero from rank {@code end} on. */
  void backward(DenseKernels kernels, double[] x, int offset, int panels, int end) {
    double[] packed = new double[ROWS * DEPTH];
    double[] row = new double[DEPTH];
    for (int from = (end - 1) / ROWS * ROWS; from >= 0; from -= ROWS) {
      int to = Math.min(end, from + ROWS);
      for (int begin = to; begin < end; begin += DEPTH) {
        int depth = Math.min(DEPTH, end - begin);
        pack(from, to, begin, depth, discount, packed, row);
        multiply(kernels, x, offset, panels, from, to, begin, depth, packed);
      }
      double[] corner = corner(from, to, discount);
      for (int p = 0; p < panels; p++) {
        int at = offset + p * panelSize() + from * PANEL;
        for (int i = to - from - 1; i >= 0; i--) {
          int own = at + i * PANEL;
          int after = to - from - 1 - i;
          kernels.combine(after, x, own + PANEL, PANEL, corner, i * ROWS + i + 1, x, own, PANEL);
          for (int j = own; j < own + PANEL; j++) {
            x[j] /= denominator[from + i];
          }
        }
      }
    }
  }

  /** Rows from..to-1, columns begin..begin+depth-1, times a weight, in strips. */
  private void pack(
      int from, int to, int begin, int depth, double weight, double[] packed, double[] row) {
    int strips = (to - from + STRIP - 1) / STRIP;
    if (to - from < strips * STRIP) {
      Arrays.fill(packed, (strips - 1) * STRIP * depth, strips * STRIP * depth, 0);
    }
    for (int i = 0; i < to - from; i++) {
      matrix.read(place[from + i], begin, row, 0, depth);
      int target = i / STRIP * STRIP * depth + i % STRIP;
      for (int l = 0; l < depth; l++) {
        packed[target + l * STRIP] = weight * row[l];
      }
    }
  }

  private double[] corner(int from, int to, double weight) {
    double[] corner = new double[ROWS * ROWS];
    for (int i = 0; i < to - from; i++) {
      matrix.read(place[from + i], from, corner, i * ROWS, to - from);
      for (int l = i * ROWS; l < i * ROWS + to - from; l++) {
        corner[l] *= weight;
      }
    }
    return corner;
  }

  private void multiply(
      DenseKernels kernels,
      double[] x,
      int offset,
      int panels,
      int from,
      int to,
      int begin,
      int depth,
      double[] packed) {
    for (int p = 0; p < panels; p++) {
      int at = offset + p * panelSize();
      for (int s = 0; from + s < to; s += STRIP) {
        int target = at + (from + s) * PANEL;
        kernels.rankUpdate(1, depth, packed, s * depth, x, at + begin * PANEL, 0, x, target, PANEL);
      }
    }
  }
}
