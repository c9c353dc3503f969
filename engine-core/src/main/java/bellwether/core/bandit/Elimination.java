package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.PANEL;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Team;
import bellwether.core.parallel.Workers;
import java.util.Arrays;

/**
 * One run of blocked state elimination; {@link StateElimination} says what it computes.
 *
 * <p>Within a block of up to {@code blockSize} pivots the matrix stays as it was at the block's
 * start. The column of a pivot is brought up to date from the columns of L that the block has so
 * far; d and b are always up to date, since they choose the next pivot. At the end of the block the
 * pivots' rows become rows of U, the survivors are moved together, and one product updates what is
 * left.
 */
final class Elimination {
  /** Rows that one piece of a pivot's column has: its d, b and column stay in the first cache. */
  private static final int COLUMN_PIECE = 1024;

  /** Above this delta Q(p,p), 1 - delta Q(p,p) would lose digits and is summed instead. */
  private static final double CANCELLATION = 0.5;

  private final int n;
  private final double discount;
  private final DenseKernels kernels;
  private final Workers workers;
  private final Layout layout;
  private final Factors factors;
  private final EliminationMatrix q;
  private final int stride;
  private final int blockSize;

  /** By position: what is left of the arm. */
  private final int[] state;

  private final double[] d;
  private final double[] b;

  /** What a block works with; the next three say where each part begins. */
  private final double[] work;

  /** Column l of the block's L: entry x at {@code lower + l * stride + x}. */
  private final int lower;

  /** L among the block's pivots by columns: L(l,m) at {@code m * blockSize + l}. */
  private final double[] corner;

  /** The block's rows of U in panels. */
  private final int upper;

  private final GuessedColumns guesses;
  private final BlockUpdate end;

  private final double[] column;
  private final int[] pieceBest;
  private final int[] pivots;

  /** Rewards are divided by 2^scale, which is exact, so that nothing overflows. */
  private final int scale;

  /** States that remain. */
  private int left;

  Elimination(
      FiniteArm arm, double discount, Precision precision, Kernels kernels, Workers workers) {
    this.n = arm.states();
    this.discount = discount;
    this.kernels = kernels.dense();
    this.workers = workers;
    layout = Layout.of(n);
    blockSize = layout.blockSize();
    stride = layout.stride();
    q =
        switch (precision) {
          case FLOAT64 -> new DoubleMatrix(layout);
          case FLOAT32 -> new FloatMatrix(layout);
        };
    arm.forEachRow((s, array, offset) -> q.write(s, 0, array, offset, n));
    factors = new Factors(n, discount, q, n / blockSize + 1);
    d = new double[n];
    arm.fillRewards(d);
    double largest = 0;
    for (double r : d) {
      largest = Math.max(largest, Math.abs(r));
    }
    scale = largest == 0 ? 0 : Math.getExponent(largest) + 1;
    for (int s = 0; s < n; s++) {
      d[s] = Math.scalb(d[s], -scale);
    }
    b = new double[n];
    if (arm instanceof CensoredArm censored) {
      censored.fillTimes(b);
    } else {
      Arrays.fill(b, 1 - discount);
    }
    state = new int[n];
    Arrays.setAll(state, s -> s);
    corner = new double[blockSize * blockSize];
    lower = Layout.ORIGIN;
    int guessed = lower + blockSize * stride;
    int capacity = GuessedColumns.capacity(blockSize);
    upper = guessed + capacity * stride;
    int size = upper + Layout.panels(n) * PANEL * Layout.padded(blockSize);
    work = new double[layout.workSize(size)];
    column = new double[Math.max(n, blockSize)];
    pieceBest = new int[n / COLUMN_PIECE + 1];
    pivots = new int[blockSize];
    guesses = new GuessedColumns(capacity, n, this.kernels, work, guessed, stride);
    end =
        new BlockUpdate(layout, this.kernels, factors, guesses, work, lower, upper, corner, pivots);
    left = n;
  }

  Factors run() {
    int next = 0;
    for (int s = 1; s < n; s++) {
      if (d[s] / b[s] > d[next] / b[next]) {
        next = s;
      }
    }
    try (Team team = new Team(workers)) {
      while (left > 0) {
        Workers.checkInterrupted();
        next = block(team, next);
      }
    }
    return factors;
  }

  /** Eliminates one block of pivots, the first at position {@code next}; returns the next one's. */
  private int block(Team team, int next) {
    int first = n - left;
    int depth = Math.min(blockSize, left);
    int pivot = next;
    for (int j = 0; j < depth; j++) {
      pivot = eliminate(team, first, j, pivot);
      if ((j + 1) % GuessedColumns.INNER == 0 && j + 1 < depth && guesses.any()) {
        guesses.update(team, j + 1, left, pivots, corner, blockSize, lower, upper);
      }
    }
    factors.blockStart[factors.blocks + 1] = first + depth;
    int survivors = left - depth;
    end.compact(team, d, first, depth, left);
    int moved = moveStates(first, survivors, pivot);
    guesses.choose(d, b, survivors);
    end.update(team, first, depth, survivors);
    left = survivors;
    factors.blocks++;
    return moved;
  }

  /** Eliminates the state at position p as the block's j-th pivot; returns the next position. */
  private int eliminate(Team team, int first, int j, int p) {
    pivots[j] = p;
    for (int l = 0; l < j; l++) {
      corner[l * blockSize + j] = work[lower + l * stride + p];
    }
    // The entries that the block's rows have in column p by now. A guessed column has those of the
    // block's earlier pivots in it already.
    boolean guessed = guesses.has(p);
    int known = guessed ? guesses.current() : 0;
    int guess = guessed ? guesses.take(p) : 0;
    for (int l = known; l < j; l++) {
      column[l] = guessed ? work[guess + pivots[l]] : q.at(pivots[l], p);
    }
    for (int m = known; m < j; m++) {
      kernels.combine(1, corner, m * blockSize + m + 1, 0, column, m, column, m + 1, j - m - 1);
    }
    double self = guessed ? work[guess + p] : q.at(p, p);
    for (int l = known; l < j; l++) {
      self = Math.fma(work[lower + l * stride + p], column[l], self);
    }
    double denominator =
        discount * self <= CANCELLATION ? 1 - discount * self : b[p] + discount * leaving(j, p);
    int k = first + j;
    double dPivot = d[p];
    double bPivot = b[p];
    factors.order[k] = state[p];
    factors.index[k] = Math.scalb((1 - discount) * dPivot / bPivot, scale);
    factors.b[k] = bPivot;
    factors.denominator[k] = denominator;
    factors.pivotPosition[k] = p;
    d[p] = Double.NEGATIVE_INFINITY;
    double lambda = discount / denominator;
    int pieces = (left + COLUMN_PIECE - 1) / COLUMN_PIECE;
    team.forEach(
        pieces,
        piece -> {
          int from = piece * COLUMN_PIECE;
          int to = Math.min(left, from + COLUMN_PIECE);
          int target = lower + j * stride;
          if (guessed) {
            System.arraycopy(work, guess + from, work, target + from, to - from);
          } else {
            q.readColumn(p, from, to, work, target);
          }
          kernels.combine(
              j - known,
              work,
              lower + known * stride + from,
              stride,
              column,
              known,
              work,
              target + from,
              to - from);
          pieceBest[piece] =
              kernels.eliminate(lambda, dPivot, bPivot, work, target, d, b, from, to);
        });
    int best = pieceBest[0];
    for (int piece = 1; piece < pieces; piece++) {
      int x = pieceBest[piece];
      if (d[x] / b[x] > d[best] / b[best]) {
        best = x;
      }
    }
    return best;
  }

  /**
   * The mass with which the censored chain leaves position p for another one that remains, without
   * a subtraction: the sum of row p, brought up to date, off its diagonal.
   */
  private double leaving(int j, int p) {
    double[] weights = new double[j];
    for (int l = j - 1; l >= 0; l--) {
      double w = work[lower + l * stride + p];
      for (int i = l + 1; i < j; i++) {
        w = Math.fma(weights[i], corner[l * blockSize + i], w);
      }
      weights[l] = w;
    }
    double[] row = new double[left];
    double[] other = new double[left];
    q.read(p, 0, row, 0, left);
    for (int l = 0; l < j; l++) {
      q.read(pivots[l], 0, other, 0, left);
      kernels.combine(1, other, 0, 0, weights, l, row, 0, left);
    }
    double sum = 0;
    for (int y = 0; y < left; y++) {
      if (y != p && d[y] != Double.NEGATIVE_INFINITY) {
        sum += row[y];
      }
    }
    return sum;
  }

  /** Moves states, d and b where the rows went; returns the new position of the next pivot. */
  private int moveStates(int first, int survivors, int next) {
    int moved = next;
    for (int i = first; i < first + factors.moves[factors.blocks]; i++) {
      int from = factors.moveFrom[i];
      int to = factors.moveTo[i];
      state[to] = state[from];
      d[to] = d[from];
      b[to] = b[from];
      if (from == next) {
        moved = to;
      }
    }
    assert survivors == 0 || moved < survivors;
    return moved;
  }
}
