package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.parallel.Team;
import java.util.Arrays;

/**
 * What the end of a block of pivots does to the matrix: the pivots' rows become rows of U and go
 * behind the survivors, the survivors move together, and the product of L and U is added to what is
 * left of them. Nearly all of an elimination's flops are in {@link #update}.
 */
final class BlockUpdate {
  /** Strips that one piece of the trailing update has. */
  private static final int STRIPS_PIECE = 32;

  private final Layout layout;
  private final DenseKernels kernels;
  private final Factors factors;
  private final GuessedColumns guesses;
  private final EliminationMatrix q;
  private final int stride;
  private final int blockSize;

  /** What a block works with; the next two say where each part begins. */
  private final double[] work;

  /** Column l of the block's L: entry x at {@code lower + l * stride + x}. */
  private final int lower;

  /** The block's rows of U in panels. */
  private final int upper;

  /** L among the block's pivots by columns: L(l,m) at {@code m * blockSize + l}. */
  private final double[] corner;

  private final int[] pivots;
  private final double[] strips;
  private final int[] source;

  /** Where L is kept: what the block's pivots have in the columns of earlier ones, row by row. */
  private final double[] aside;

  BlockUpdate(
      Layout layout,
      DenseKernels kernels,
      Factors factors,
      GuessedColumns guesses,
      double[] work,
      int lower,
      int upper,
      double[] corner,
      int[] pivots) {
    this.layout = layout;
    this.kernels = kernels;
    this.factors = factors;
    this.guesses = guesses;
    this.work = work;
    this.lower = lower;
    this.upper = upper;
    this.corner = corner;
    this.pivots = pivots;
    q = factors.q;
    stride = layout.stride();
    blockSize = layout.blockSize();
    strips = new double[layout.rows() * blockSize];
    q.factorsIn(strips, work, upper);
    source = new int[layout.states()];
    aside = new double[q.keepsLower() ? layout.states() * blockSize : 0];
  }

  /**
   * Makes the rows of U and moves the survivors' rows together; the columns that must move are set
   * aside for {@link #update}.
   *
   * @param d by position; minus infinity marks the block's pivots
   * @param first the number of pivots before this block
   * @param left states that remained at the block's start
   */
  void compact(Team team, double[] d, int first, int depth, int left) {
    int survivors = left - depth;
    planMoves(d, first, depth, survivors);
    if (q.keepsLower()) {
      for (int l = 0; l < depth; l++) {
        q.read(pivots[l], left, aside, l * layout.states(), first);
      }
    }
    computeUpper(team, depth, left);
    moveRows(team, depth, left, survivors);
    storeUpper(team, first, depth, left, survivors);
  }

  /** Plans where the survivors go: those beyond the new end fill the holes before it. */
  private void planMoves(double[] d, int first, int depth, int survivors) {
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
  private void computeUpper(Team team, int depth, int left) {
    int rows = Layout.padded(depth);
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
        Layout.panels(left),
        panel -> {
          int base = upper + panel * panelSize;
          int from = panel * PANEL;
          int width = Math.min(PANEL, left - from);
          for (int l = 0; l < depth; l++) {
            for (int y = 0; y < width; y++) {
              work[base + l * PANEL + y] = q.at(pivots[l], source[from + y]);
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
          q.takeUpper(panel, Layout.panels(left) - 1, panelSize, depth);
        });
  }

  /** Brings the survivors' rows together and packs their L. */
  private void moveRows(Team team, int depth, int left, int survivors) {
    team.forEach(
        (survivors + STRIP - 1) / STRIP,
        strip -> {
          int from = strip * STRIP;
          int to = Math.min(survivors, from + STRIP);
          for (int x = from; x < to; x++) {
            if (source[x] != x) {
              q.copyRow(source[x], x, q.keepsLower() ? layout.states() : left);
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
          q.takeLower(strip, depth);
        });
  }

  /**
   * Puts the rows of U where the pivots' rows go, and sets aside what the survivors' rows have in
   * the columns that move: the update below writes beyond the last survivor's column. L is packed
   * by now, so its place is free.
   */
  private void storeUpper(Team team, int first, int depth, int left, int survivors) {
    int panelSize = Layout.padded(depth) * PANEL;
    int moves = factors.moves[factors.blocks];
    team.forEach(
        depth + (survivors + STRIP - 1) / STRIP,
        piece -> {
          if (piece < depth) {
            for (int panel = 0; panel < Layout.panels(left); panel++) {
              q.write(
                  survivors + piece,
                  panel * PANEL,
                  work,
                  upper + panel * panelSize + piece * PANEL,
                  Math.min(PANEL, left - panel * PANEL));
            }
            if (q.keepsLower()) {
              for (int m = 0; m < piece; m++) {
                q.set(survivors + piece, survivors + m, corner[m * blockSize + piece]);
              }
              q.write(survivors + piece, left, aside, piece * layout.states(), first);
            }
            return;
          }
          int from = (piece - depth) * STRIP;
          for (int x = from; x < Math.min(survivors, from + STRIP); x++) {
            for (int i = 0; i < moves; i++) {
              work[lower + x * moves + i] = q.at(x, factors.moveFrom[first + i]);
            }
          }
        });
  }

  /** What is left of Q gets the product of L and U, and the guessed columns are copied. */
  void update(Team team, int first, int depth, int survivors) {
    if (survivors == 0) {
      return;
    }
    int panelSize = Layout.padded(depth) * PANEL;
    int columns = q.panelColumns();
    int panels = (survivors + columns - 1) / columns;
    int chunk = q.cachedPanels(depth);
    int chunks = (panels + chunk - 1) / chunk;
    int allStrips = (survivors + STRIP - 1) / STRIP;
    int segments = (allStrips + STRIPS_PIECE - 1) / STRIPS_PIECE;
    team.forEach(
        chunks * segments,
        piece -> {
          int firstPanel = piece / segments * chunk;
          int count = Math.min(chunk, panels - firstPanel);
          int firstColumn = firstPanel * columns;
          int endColumn = Math.min(survivors, firstColumn + count * columns);
          int from = piece % segments * STRIPS_PIECE;
          int to = Math.min(allStrips, from + STRIPS_PIECE);
          for (int strip = from; strip < to; strip++) {
            moveColumns(first, strip * STRIP, survivors, firstColumn, endColumn);
            q.add(kernels, strip, firstPanel, count, panelSize, depth);
            guesses.gather(q, strip * STRIP, survivors, firstColumn, endColumn);
          }
        });
    if (q.keepsLower()) {
      team.forEach(allStrips, strip -> keepLower(strip, depth, survivors));
    }
  }

  /** The survivors' L goes into the columns of the pivots, which the update is through with. */
  private void keepLower(int strip, int depth, int survivors) {
    int from = strip * STRIP;
    for (int x = from; x < Math.min(survivors, from + STRIP); x++) {
      for (int l = 0; l < depth; l++) {
        q.set(x, survivors + l, strips[from * depth + l * STRIP + x - from]);
      }
    }
  }

  /** Fills the holes among the given columns of one strip from what was set aside. */
  private void moveColumns(int first, int row, int survivors, int from, int to) {
    int moves = factors.moves[factors.blocks];
    int begin = GuessedColumns.lowerBound(factors.moveTo, first, first + moves, from);
    int end = GuessedColumns.lowerBound(factors.moveTo, first, first + moves, to);
    for (int x = row; x < Math.min(survivors, row + STRIP); x++) {
      int aside = lower + x * moves - first;
      for (int i = begin; i < end; i++) {
        q.set(x, factors.moveTo[i], work[aside + i]);
      }
    }
  }
}
