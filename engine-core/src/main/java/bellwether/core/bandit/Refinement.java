package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Team;
import bellwether.core.parallel.Workers;
import java.util.Arrays;

/**
 * Iterative refinement of indices from factors in single precision; {@link RefinedIndices} says
 * what it computes. States go through it in batches of panels, so that nearly all work is in {@code
 * rankUpdate}.
 */
final class Refinement {
  /** Panels that one thread solves with together. */
  private static final int PANELS_PIECE = 4;

  private static final int MOST_THREADS = 8;

  /** Rows of the arm that one piece multiplies, and columns at a time. */
  private static final int ROWS = 32;

  private static final int DEPTH = 512;

  private static final int MOST_STEPS = 12;

  private final FiniteArm arm;
  private final RankedFactors factors;
  private final double[] rewards;
  private final double reward;
  private final DenseKernels kernels;
  private final Team team;
  private final int rowsAhead;
  private final int panels;
  private final int panelSize;

  /** Values by rank, in panels. */
  private final double[] v;

  /** Worths of pulling, then corrections, in panels. */
  private final double[] w;

  private final double[] rows;
  private final int[] rankOf;

  /** By rank: the index as far as it is known, and |G - index| at most. */
  final double[] index;

  final double[] bound;

  /** Whether the bound is small enough. */
  final boolean[] met;

  /** Steps that any state took, the first being the check of what single precision gave. */
  int steps;

  Refinement(FiniteArm arm, RankedFactors factors, Kernels kernels, Workers workers, Team team) {
    this.arm = arm;
    this.factors = factors;
    this.kernels = kernels.dense();
    this.team = team;
    int n = factors.n;
    rewards = new double[n];
    arm.fillRewards(rewards);
    reward = RestartCertificate.largest(rewards);
    index = factors.index.clone();
    bound = new double[n];
    met = new boolean[n];
    rankOf = new int[n];
    for (int k = 0; k < n; k++) {
      rankOf[factors.order[k]] = k;
    }
    int threads = Math.min(MOST_THREADS, workers.threads());
    panels = Math.min(PANELS_PIECE * threads, (n + PANEL - 1) / PANEL);
    panelSize = factors.panelSize();
    v = new double[panels * panelSize];
    w = new double[panels * panelSize];
    rowsAhead = 2 * threads * ROWS;
    rows = new double[rowsAhead * n];
  }

  /** Bytes that a refinement takes besides the arm and the factors. */
  static long bytes(int n, int threads) {
    int most = Math.min(MOST_THREADS, threads);
    long panels = Math.min(PANELS_PIECE * most, (n + PANEL - 1) / PANEL);
    return 8 * (2 * panels * (n + STRIP) * PANEL + 2L * most * ROWS * n) + 64L * n;
  }

  /**
   * Bounds the errors of some indices, and corrects them until the bound is at most {@code
   * tolerance}, or {@code rounding} times the largest value, or falls no more.
   *
   * @param ranks increasing
   */
  void run(int[] ranks, double tolerance, double rounding, boolean correct) {
    int size = panels * PANEL;
    for (int from = 0; from < ranks.length; from += size) {
      int[] some = Arrays.copyOfRange(ranks, from, Math.min(ranks.length, from + size));
      batch(new RefinedBatch(factors, some, tolerance, rounding, terms(), reward), correct);
    }
  }

  /** Additions of one sum, and of the sums. */
  private int terms() {
    return Math.min(factors.n, DEPTH) + factors.n / DEPTH;
  }

  private void batch(RefinedBatch batch, boolean correct) {
    int end = batch.end();
    Arrays.fill(v, 0);
    batch.start(v, panelSize);
    solve(batch, v, end, false);
    for (int step = 0; step < MOST_STEPS; step++) {
      Workers.checkInterrupted();
      steps = Math.max(steps, step + 1);
      worths(batch, end);
      team.forEach(batch.size(), j -> batch.look(j, v, w, panelSize));
      batch.store(index, bound, met);
      if (!correct || batch.done()) {
        return;
      }
      end = batch.end();
      team.forEach(batch.size(), j -> batch.residual(j, v, w, panelSize));
      solve(batch, w, end, true);
      team.forEach(batch.size(), j -> batch.charge(j, v, w, panelSize));
      solve(batch, w, end, false);
      team.forEach(batch.size(), j -> batch.add(j, v, w, panelSize));
    }
  }

  private void solve(RefinedBatch batch, double[] x, int end, boolean lower) {
    int used = batch.panels();
    // Panels are shared out evenly, so that no thread has more than its share.
    int pieces = (used + PANELS_PIECE - 1) / PANELS_PIECE;
    team.forEach(
        pieces,
        piece -> {
          int from = (int) ((long) piece * used / pieces);
          int count = (int) ((piece + 1L) * used / pieces) - from;
          if (lower) {
            factors.forward(kernels, x, from * panelSize, count, end);
          } else {
            factors.backward(kernels, x, from * panelSize, count, end);
          }
        });
  }

  /** w = r - g + delta P v, by rank. */
  private void worths(RefinedBatch batch, int end) {
    int n = factors.n;
    arm.forEachRow(
        (s, array, offset) -> {
          int slot = s % rowsAhead;
          System.arraycopy(array, offset, rows, slot * n, n);
          if (slot == rowsAhead - 1 || s == n - 1) {
            Workers.checkInterrupted();
            int first = s - slot;
            int count = slot + 1;
            team.forEach(
                (count + ROWS - 1) / ROWS,
                piece -> {
                  int from = piece * ROWS;
                  multiply(batch, first, from, Math.min(count, from + ROWS), end);
                });
          }
        });
  }

  /** Rows {@code first + from} to {@code first + to - 1} of the arm. */
  private void multiply(RefinedBatch batch, int first, int from, int to, int end) {
    int n = factors.n;
    int strips = (to - from + STRIP - 1) / STRIP;
    int used = batch.panels();
    double[] packed = new double[strips * STRIP * DEPTH];
    double[] tiles = new double[used * strips * STRIP * PANEL];
    double[] tile = new double[STRIP * PANEL];
    for (int begin = 0; begin < end; begin += DEPTH) {
      int depth = Math.min(DEPTH, end - begin);
      for (int i = 0; i < to - from; i++) {
        int row = (from + i) * n;
        int target = i / STRIP * STRIP * depth + i % STRIP;
        for (int l = 0; l < depth; l++) {
          packed[target + l * STRIP] = rows[row + factors.order[begin + l]];
        }
      }
      for (int p = 0; p < used; p++) {
        for (int strip = 0; strip < strips; strip++) {
          // In sums of sums, so that rounding stays small.
          Arrays.fill(tile, 0);
          kernels.rankUpdate(
              1,
              depth,
              packed,
              strip * STRIP * depth,
              v,
              p * panelSize + begin * PANEL,
              0,
              tile,
              0,
              PANEL);
          int sums = (p * strips + strip) * STRIP * PANEL;
          for (int i = 0; i < tile.length; i++) {
            tiles[sums + i] += tile[i];
          }
        }
      }
    }
    for (int p = 0; p < used; p++) {
      for (int i = 0; i < to - from; i++) {
        int s = first + from + i;
        int target = p * panelSize + rankOf[s] * PANEL;
        int sums = p * strips * STRIP * PANEL + i * PANEL;
        for (int j = 0; j < PANEL; j++) {
          w[target + j] =
              Math.fma(factors.discount, tiles[sums + j], rewards[s] - batch.charge(p * PANEL + j));
        }
      }
    }
  }
}
