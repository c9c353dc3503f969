package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

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

  /** Strips that one piece of the trailing update has. */
  private static final int STRIPS_PIECE = 32;

  /** Doubles of U that one piece of the trailing update reads: they stay in the second cache. */
  private static final int CACHED_DOUBLES = 64 * 1024;

  /**
   * Where matrices begin in their arrays. G1 puts arrays of half a region or more at the start of
   * one, so the seventh double stands at a multiple of 64 bytes, and no load of a vector crosses a
   * cache line: rank updates in cache were measured 1.6 times faster. Elsewhere this does no harm.
   */
  static final int ORIGIN = 6;

  /** Doubles that make an array large enough for that in heaps of up to 32 GiB. */
  private static final int LARGE_ARRAY = 540_000;

  /** Smaller arms are over before a large array is cleared. */
  private static final int LARGE_ARM = 500;

  /** Above this delta Q(p,p), 1 - delta Q(p,p) would lose digits and is summed instead. */
  private static final double CANCELLATION = 0.5;

  private final int n;
  private final double discount;
  private final DenseKernels kernels;
  private final Workers workers;
  private final Factors factors;
  private final double[] q;
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

  private final GuessedColumns guesses;

  /** The block's rows of U in panels. */
  private final int upper;

  private final double[] strips;
  private final double[] column;
  private final int[] source;
  private final int[] pieceBest;
  private final int[] pivots;

  /** Rewards are divided by 2^scale, which is exact, so that nothing overflows. */
  private final int scale;

  /** States that remain. */
  private int left;

  Elimination(FiniteArm arm, double discount, Kernels kernels, Workers workers) {
    this.n = arm.states();
    this.discount = discount;
    this.kernels = kernels.dense();
    this.workers = workers;
    blockSize = blockSize(n);
    stride = stride(n);
    q = new double[ORIGIN + rows(n) * stride];
    arm.forEachRow((s, array, offset) -> System.arraycopy(array, offset, q, row(s), n));
    factors = new Factors(n, discount, q, stride, n / blockSize + 1);
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
    Arrays.fill(b, 1 - discount);
    state = new int[n];
    Arrays.setAll(state, s -> s);
    corner = new double[blockSize * blockSize];
    lower = ORIGIN;
    int guessed = lower + blockSize * stride;
    int capacity = GuessedColumns.capacity(blockSize);
    upper = guessed + capacity * stride;
    int size = upper + panels(n) * PANEL * padded(blockSize);
    work = new double[n < LARGE_ARM ? size : Math.max(size, LARGE_ARRAY)];
    guesses = new GuessedColumns(capacity, n, this.kernels, work, guessed, stride);
    strips = new double[rows(n) * blockSize];
    column = new double[Math.max(n, blockSize)];
    source = new int[n];
    pieceBest = new int[n / COLUMN_PIECE + 1];
    pivots = new int[blockSize];
    left = n;
  }

  private static int blockSize(int n) {
    int size = n < 1500 ? 64 : n < 6000 ? 128 : 192;
    return Math.min(size, n);
  }

  private int row(int position) {
    return ORIGIN + position * stride;
  }

  private static int rows(int n) {
    return (n + STRIP - 1) / STRIP * STRIP;
  }

  private static int panels(int n) {
    return (n + PANEL - 1) / PANEL;
  }

  private static int padded(int depth) {
    return (depth + STRIP - 1) / STRIP * STRIP;
  }

  private static int stride(int n) {
    int stride = panels(n) * PANEL;
    // A stride of whole pages would put a column into one set of the cache.
    return stride % 512 == 0 ? stride + STRIP : stride;
  }

  static long bytes(int n) {
    long block = blockSize(n);
    return 8 * ((rows(n) + 5 * block) * (stride(n) + block) + LARGE_ARRAY);
  }

  Factors run() {
    int next = 0;
    for (int s = 1; s < n; s++) {
      if (d[s] > d[next]) {
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
    compact(first, depth, survivors);
    computeUpper(team, depth);
    moveRows(team, depth, survivors);
    storeUpper(team, first, depth, survivors);
    int moved = moveStates(first, survivors, pivot);
    guesses.choose(d, b, survivors);
    update(team, first, depth, survivors);
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
      column[l] = guessed ? work[guess + pivots[l]] : q[row(pivots[l]) + p];
    }
    for (int m = known; m < j; m++) {
      kernels.combine(1, corner, m * blockSize + m + 1, 0, column, m, column, m + 1, j - m - 1);
    }
    double self = guessed ? work[guess + p] : q[row(p) + p];
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
            for (int x = from; x < to; x++) {
              work[target + x] = q[row(x) + p];
            }
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
    double[] row = Arrays.copyOfRange(q, row(p), row(p) + left);
    for (int l = 0; l < j; l++) {
      kernels.combine(1, q, row(pivots[l]), 0, weights, l, row, 0, left);
    }
    double sum = 0;
    for (int y = 0; y < left; y++) {
      if (y != p && d[y] != Double.NEGATIVE_INFINITY) {
        sum += row[y];
      }
    }
    return sum;
  }

  /** Plans where the survivors go: those beyond the new end fill the holes before it. */
  private void compact(int first, int depth, int survivors) {
    for (int y = 0; y < survivors; y++) {
      source[y] = y;
    }
    int moves = 0;
    int mover = survivors;
    for (int y = 0; y < survivors; y++) {
      if (d[y] == Double.NEGATIVE_INFINITY) {
        while (d[mover] == Double.NEGATIVE_INFINITY) {
          mover++;
        }
        source[y] = mover;
        factors.moveFrom[first + moves] = mover;
        factors.moveTo[first + moves] = y;
        moves++;
        mover++;
      }
    }
    System.arraycopy(pivots, 0, source, survivors, depth);
    factors.moves[factors.blocks] = moves;
  }

  /** The pivots' rows as rows of U, in panels, with the columns where they go. */
  private void computeUpper(Team team, int depth) {
    int rows = padded(depth);
    int panelSize = rows * PANEL;
    // L among the pivots, row strips of eight packed one after the other.
    double[] packed = new double[rows * rows];
    double[] triangles = new double[rows * STRIP];
    for (int s = 0; s < rows; s += STRIP) {
      for (int l = 0; l < s; l++) {
        for (int i = 0; i < STRIP && s + i < depth; i++) {
          packed[s * rows + l * STRIP + i] = corner[l * blockSize + s + i];
        }
      }
      for (int i = 1; i < STRIP && s + i < depth; i++) {
        for (int l = 0; l < i; l++) {
          triangles[(s + i) * STRIP + l] = corner[(s + l) * blockSize + s + i];
        }
      }
    }
    team.forEach(
        panels(left),
        panel -> {
          int base = upper + panel * panelSize;
          int from = panel * PANEL;
          int width = Math.min(PANEL, left - from);
          for (int l = 0; l < depth; l++) {
            int row = row(pivots[l]);
            for (int y = 0; y < width; y++) {
              work[base + l * PANEL + y] = q[row + source[from + y]];
            }
            if (width < PANEL) {
              Arrays.fill(work, base + l * PANEL + width, base + (l + 1) * PANEL, 0);
            }
          }
          Arrays.fill(work, base + depth * PANEL, base + panelSize, 0);
          for (int s = 0; s < rows; s += STRIP) {
            int strip = base + s * PANEL;
            kernels.rankUpdate(1, s, packed, s * rows, work, base, 0, work, strip, PANEL);
            for (int i = 1; i < STRIP && s + i < depth; i++) {
              kernels.combine(
                  i,
                  work,
                  strip,
                  PANEL,
                  triangles,
                  (s + i) * STRIP,
                  work,
                  strip + i * PANEL,
                  PANEL);
            }
          }
        });
  }

  /** Brings the survivors' rows together and packs their L. */
  private void moveRows(Team team, int depth, int survivors) {
    team.forEach(
        (survivors + STRIP - 1) / STRIP,
        strip -> {
          int from = strip * STRIP;
          int to = Math.min(survivors, from + STRIP);
          for (int x = from; x < to; x++) {
            if (source[x] != x) {
              System.arraycopy(q, row(source[x]), q, row(x), left);
            }
          }
          for (int l = 0; l < depth; l++) {
            int target = from * depth + l * STRIP - from;
            for (int x = from; x < to; x++) {
              strips[target + x] = work[lower + l * stride + source[x]];
            }
            for (int x = to; x < from + STRIP; x++) {
              strips[target + x] = 0;
            }
          }
        });
  }

  /**
   * Puts the rows of U where the pivots' rows go, and sets aside what the survivors' rows have in
   * the columns that move: the update below writes beyond the last survivor's column. L is packed
   * by now, so its place is free.
   */
  private void storeUpper(Team team, int first, int depth, int survivors) {
    int panelSize = padded(depth) * PANEL;
    int moves = factors.moves[factors.blocks];
    team.forEach(
        depth + (survivors + STRIP - 1) / STRIP,
        piece -> {
          if (piece < depth) {
            int row = row(survivors + piece);
            for (int panel = 0; panel < panels(left); panel++) {
              System.arraycopy(
                  work,
                  upper + panel * panelSize + piece * PANEL,
                  q,
                  row + panel * PANEL,
                  Math.min(PANEL, left - panel * PANEL));
            }
            return;
          }
          int from = (piece - depth) * STRIP;
          for (int x = from; x < Math.min(survivors, from + STRIP); x++) {
            for (int i = 0; i < moves; i++) {
              work[lower + x * moves + i] = q[row(x) + factors.moveFrom[first + i]];
            }
          }
        });
  }

  /** What is left of Q gets the product of L and U. */
  private void update(Team team, int first, int depth, int survivors) {
    if (survivors == 0) {
      return;
    }
    int panelSize = padded(depth) * PANEL;
    int panels = panels(survivors);
    int chunk = Math.max(1, CACHED_DOUBLES / panelSize);
    int chunks = (panels + chunk - 1) / chunk;
    int allStrips = (survivors + STRIP - 1) / STRIP;
    int segments = (allStrips + STRIPS_PIECE - 1) / STRIPS_PIECE;
    team.forEach(
        chunks * segments,
        piece -> {
          int firstPanel = piece / segments * chunk;
          int count = Math.min(chunk, panels - firstPanel);
          int firstColumn = firstPanel * PANEL;
          int endColumn = Math.min(survivors, firstColumn + count * PANEL);
          int from = piece % segments * STRIPS_PIECE;
          int to = Math.min(allStrips, from + STRIPS_PIECE);
          for (int strip = from; strip < to; strip++) {
            moveColumns(first, strip * STRIP, survivors, firstColumn, endColumn);
            kernels.rankUpdate(
                count,
                depth,
                strips,
                strip * STRIP * depth,
                work,
                upper + firstPanel * panelSize,
                panelSize,
                q,
                row(strip * STRIP) + firstColumn,
                stride);
            guesses.gather(q, ORIGIN, strip * STRIP, survivors, firstColumn, endColumn);
          }
        });
  }

  /** Fills the holes among the given columns of one strip from what was set aside. */
  private void moveColumns(int first, int row, int survivors, int from, int to) {
    int moves = factors.moves[factors.blocks];
    int begin = GuessedColumns.lowerBound(factors.moveTo, first, first + moves, from);
    int end = GuessedColumns.lowerBound(factors.moveTo, first, first + moves, to);
    for (int x = row; x < Math.min(survivors, row + STRIP); x++) {
      int aside = lower + x * moves - first;
      for (int i = begin; i < end; i++) {
        q[row(x) + factors.moveTo[i]] = work[aside + i];
      }
    }
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
