package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Team;
import bellwether.core.parallel.Workers;

/**
 * Factors the policy that is always active, and finds what a change of rewards does to the
 * advantage of being active.
 *
 * <p>The advantage is r1 - r0 - lambda + D h with D = delta (P1 - P0), and h = M r linear in the
 * rewards ({@link ActivePolicy}); the result is X = D M, transposed. Eliminating the m states
 * beside the reference from N = delta P1 and from the rows of D below it adds only numbers that are
 * not negative to N, with denominators that are sums (Grassmann, Taksar and Heyman 1985), so that
 * slow chains and discounts near 1 cost no digits there.
 *
 * <p>Cost: 8/3 n^3 flops, nearly all in {@code rankUpdate}.
 */
final class ActiveElimination {
  /** Columns that one piece of a pivot's row has. */
  private static final int ROW_PIECE = 1024;

  private static final int GROUP = PANEL / STRIP;
  private static final int TILE = 32;

  private final int n;
  private final int m;
  private final double discount;
  private final DenseKernels kernels;
  private final RestlessLayout layout;
  private final int[] state;

  /** N, then L and U. Column m is the discounted way out: to the reference, and 1 - delta. */
  private final double[] chain;

  /** D, with delta P1 of the reference state as row n; then X, in the end transposed. */
  private final double[] gains;

  private final double[] pivots;
  private final StripUpdate update;

  /** Sums of a pivot's row, piece by piece. */
  private final double[] pieceSums;

  ActiveElimination(RestlessArm arm, int reference, double discount, Kernels kernels) {
    n = arm.states();
    m = n - 1;
    this.discount = discount;
    this.kernels = kernels.dense();
    layout = RestlessLayout.of(n);
    state = new int[n];
    for (int p = 0; p < n; p++) {
      state[p] = p == m ? reference : p == reference ? m : p;
    }
    chain = layout.matrix(m);
    gains = layout.matrix(n + 1);
    pivots = new double[m];
    pieceSums = new double[n / ROW_PIECE + 1];
    update = new StripUpdate(layout, this.kernels, m + n + 1 + 2 * PANEL, layout.blockSize());
    fill(arm, reference);
  }

  private void fill(RestlessArm arm, int reference) {
    arm.active()
        .forEachRow(
            (s, row, offset) -> {
              int p = position(s, reference);
              int target = layout.row(p);
              double others = 0;
              for (int y = 0; y < n; y++) {
                double mass = discount * row[offset + state[y]];
                if (y != p) {
                  others += mass;
                  gains[target + y] = mass;
                }
              }
              if (p < m) {
                System.arraycopy(gains, target, chain, target, n);
                chain[target + m] += 1 - discount;
              } else {
                System.arraycopy(gains, target, gains, layout.row(n), m);
              }
              // The diagonal of a row is what the rest of the row leaves.
              gains[target + p] = -others;
              gains[target + m] = 0;
            });
    arm.passive()
        .forEachRow(
            (s, row, offset) -> {
              int p = position(s, reference);
              int target = layout.row(p);
              double others = 0;
              for (int y = 0; y < n; y++) {
                double mass = discount * row[offset + state[y]];
                if (y != p) {
                  others += mass;
                  gains[target + y] -= mass;
                }
              }
              gains[target + p] += others;
              gains[target + m] = 0;
            });
  }

  private int position(int s, int reference) {
    return s == reference ? m : s == m ? reference : s;
  }

  /** Runs; afterwards {@link #effects} holds X transposed. */
  ActivePolicy run(Team team) {
    for (int first = 0; first < m; first += layout.blockSize()) {
      Workers.checkInterrupted();
      eliminate(team, first, Math.min(layout.blockSize(), m - first));
    }
    int blocks = (m + layout.blockSize() - 1) / layout.blockSize();
    for (int block = blocks - 1; block >= 0; block--) {
      Workers.checkInterrupted();
      int first = block * layout.blockSize();
      substitute(team, first, Math.min(layout.blockSize(), m - first));
    }
    double[] visits = new double[n];
    System.arraycopy(gains, layout.row(n), visits, 0, m);
    visits[m] = 1;
    double cycle = 0;
    for (double v : visits) {
      cycle += v;
    }
    center(team, visits, cycle);
    transpose(team);
    return new ActivePolicy(layout, state, chain, pivots, visits, cycle);
  }

  /** X transposed: X(x,c) at {@code layout.row(c) + x}, by position. */
  double[] effects() {
    return gains;
  }

  /** Eliminates the positions of one block from all rows after it. */
  private void eliminate(Team team, int first, int depth) {
    int end = first + depth;
    for (int p = first; p < end; p++) {
      pivot(team, first, p);
    }
    UnitTriangle triangle =
        new UnitTriangle(
            depth, (l, k) -> chain[layout.row(first + k) + first + l] / pivots[first + k]);
    update.packPanels(team, depth, end, n, l -> layout.row(first + l), chain);
    int below = (m - end + PANEL - 1) / PANEL;
    int groups = below + (n + 1 + PANEL - 1) / PANEL;
    team.forEach(
        groups,
        group -> {
          double[] panel = new double[triangle.panelSize()];
          boolean upper = group < below;
          double[] matrix = upper ? chain : gains;
          int row = upper ? end + group * PANEL : (group - below) * PANEL;
          int rows = Math.min(PANEL, (upper ? m : n + 1) - row);
          for (int i = 0; i < rows; i++) {
            int from = layout.row(row + i) + first;
            for (int l = 0; l < depth; l++) {
              panel[l * PANEL + i] = matrix[from + l];
            }
          }
          triangle.solve(kernels, panel);
          for (int l = 0; l < depth; l++) {
            for (int i = 0; i < rows; i++) {
              panel[l * PANEL + i] /= pivots[first + l];
            }
          }
          for (int i = 0; i < rows; i++) {
            int to = layout.row(row + i) + first;
            for (int l = 0; l < depth; l++) {
              matrix[to + l] = panel[l * PANEL + i];
            }
          }
          update.packStrips(group * GROUP, depth, panel);
        });
    // The last block may end within a panel; nothing that comes after it is needed.
    if (end < m) {
      update.run(team, depth, end, n, chain, end, m - end, 0);
      update.run(team, depth, end, n, gains, 0, n + 1, below * GROUP);
    }
  }

  /** Brings the row of a pivot up to date and finds its denominator. */
  private void pivot(Team team, int first, int p) {
    int row = layout.row(p);
    for (int l = first; l < p; l++) {
      chain[row + l] /= pivots[l];
      kernels.combine(
          1, chain, layout.row(l) + l + 1, 0, chain, row + l, chain, row + l + 1, p - l);
    }
    // Columns first..p are done; p itself is not needed, its denominator is what the others sum to.
    int from = p + 1;
    int pieces = (n - from + ROW_PIECE - 1) / ROW_PIECE;
    team.forEach(
        pieces,
        piece -> {
          int begin = from + piece * ROW_PIECE;
          int length = Math.min(ROW_PIECE, n - begin);
          kernels.combine(
              p - first,
              chain,
              layout.row(first) + begin,
              layout.stride(),
              chain,
              row + first,
              chain,
              row + begin,
              length);
          double sum = 0;
          for (int y = begin; y < begin + length; y++) {
            sum += chain[row + y];
          }
          pieceSums[piece] = sum;
        });
    double denominator = 0;
    for (int piece = 0; piece < pieces; piece++) {
      denominator += pieceSums[piece];
    }
    pivots[p] = denominator;
  }

  /** Multiplies the rows of D U^-1 by L^-1: columns of one block, and what they add to earlier. */
  private void substitute(Team team, int first, int depth) {
    int last = first + depth - 1;
    UnitTriangle triangle =
        new UnitTriangle(depth, (l, k) -> chain[layout.row(last - k) + last - l]);
    update.packPanels(team, depth, 0, first, l -> layout.row(last - l), chain);
    team.forEach(
        (n + 1 + PANEL - 1) / PANEL,
        group -> {
          double[] panel = new double[triangle.panelSize()];
          int row = group * PANEL;
          int rows = Math.min(PANEL, n + 1 - row);
          for (int i = 0; i < rows; i++) {
            int from = layout.row(row + i) + last;
            for (int l = 0; l < depth; l++) {
              panel[l * PANEL + i] = gains[from - l];
            }
          }
          triangle.solve(kernels, panel);
          for (int i = 0; i < rows; i++) {
            int to = layout.row(row + i) + last;
            for (int l = 0; l < depth; l++) {
              gains[to - l] = panel[l * PANEL + i];
            }
          }
          update.packStrips(group * GROUP, depth, panel);
        });
    update.run(team, depth, 0, first, gains, 0, n + 1, 0);
  }

  /** Takes g = (visits . r) / cycle off the rewards: X = [Y, 0] - (Y 1) visits / cycle. */
  private void center(Team team, double[] visits, double cycle) {
    team.forEach(
        (n + TILE - 1) / TILE,
        piece -> {
          for (int x = piece * TILE; x < Math.min(n, (piece + 1) * TILE); x++) {
            int row = layout.row(x);
            double sum = 0;
            for (int s = 0; s < m; s++) {
              sum += gains[row + s];
            }
            double weight = -sum / cycle;
            gains[row + m] = 0;
            for (int s = 0; s < n; s++) {
              gains[row + s] = Math.fma(weight, visits[s], gains[row + s]);
            }
          }
        });
  }

  private void transpose(Team team) {
    team.forEach(
        (n + TILE - 1) / TILE,
        piece -> {
          int rowEnd = Math.min(n, (piece + 1) * TILE);
          for (int column = 0; column <= piece; column++) {
            for (int x = piece * TILE; x < rowEnd; x++) {
              for (int y = column * TILE; y < Math.min(x, (column + 1) * TILE); y++) {
                double kept = gains[layout.row(x) + y];
                gains[layout.row(x) + y] = gains[layout.row(y) + x];
                gains[layout.row(y) + x] = kept;
              }
            }
          }
        });
  }
}
