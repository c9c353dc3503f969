package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.parallel.Team;
import java.util.function.IntUnaryOperator;

/**
 * Adds A B to some rows and columns of a matrix, A packed in strips and B in panels, in pieces that
 * keep the panels they read in a second cache.
 */
final class StripUpdate {
  /** Strips that one piece has. */
  private static final int STRIPS_PIECE = 32;

  /** Doubles of B that one piece reads: they stay in a second cache of 1 MiB. */
  private static final int CACHED_DOUBLES = 96 * 1024;

  private final RestlessLayout layout;
  private final DenseKernels kernels;
  private final double[] strips;
  private final double[] panels;

  /**
   * Makes room for the two factors.
   *
   * @param rows of A at the most
   * @param depth columns of A and rows of B at the most
   */
  StripUpdate(RestlessLayout layout, DenseKernels kernels, int rows, int depth) {
    this.layout = layout;
    this.kernels = kernels;
    strips = new double[Math.toIntExact((long) (rows + STRIP) * depth)];
    panels = new double[Layout.ORIGIN + Layout.panels(layout.states()) * PANEL * depth];
  }

  /** Packs columns {@code from} to {@code to - 1} of rows that begin where {@code rows} says. */
  void packPanels(Team team, int depth, int from, int to, IntUnaryOperator rows, double[] matrix) {
    team.forEach(
        Layout.panels(to - from),
        p -> {
          int column = from + p * PANEL;
          int width = Math.min(PANEL, to - column);
          for (int l = 0; l < depth; l++) {
            int target = Layout.ORIGIN + (p * depth + l) * PANEL;
            System.arraycopy(matrix, rows.applyAsInt(l) + column, panels, target, width);
            for (int j = width; j < PANEL; j++) {
              panels[target + j] = 0;
            }
          }
        });
  }

  /** Packs 24 rows of A from a panel of columns, as three strips of which this is the first. */
  void packStrips(int strip, int depth, double[] panel) {
    for (int part = 0; part < PANEL / STRIP; part++) {
      int target = (strip + part) * STRIP * depth;
      for (int l = 0; l < depth; l++) {
        System.arraycopy(panel, l * PANEL + part * STRIP, strips, target + l * STRIP, STRIP);
      }
    }
  }

  /**
   * Adds the product to rows {@code row} to {@code row + rows - 1}, in the columns that were
   * packed.
   *
   * @param from a multiple of {@code PANEL}
   * @param firstStrip the strip of the first row
   */
  void run(
      Team team, int depth, int from, int to, double[] matrix, int row, int rows, int firstStrip) {
    if (to <= from || rows <= 0) {
      return;
    }
    int panelSize = depth * PANEL;
    int count = Layout.panels(to - from);
    int chunk = Math.max(1, CACHED_DOUBLES / panelSize);
    int chunks = (count + chunk - 1) / chunk;
    int all = (rows + STRIP - 1) / STRIP;
    int segments = (all + STRIPS_PIECE - 1) / STRIPS_PIECE;
    team.forEach(
        chunks * segments,
        piece -> {
          int panel = piece / segments * chunk;
          int begin = piece % segments * STRIPS_PIECE;
          for (int s = begin; s < Math.min(all, begin + STRIPS_PIECE); s++) {
            kernels.rankUpdate(
                Math.min(chunk, count - panel),
                depth,
                strips,
                (firstStrip + s) * STRIP * depth,
                panels,
                Layout.ORIGIN + panel * panelSize,
                panelSize,
                matrix,
                layout.row(row + s * STRIP) + from + panel * PANEL,
                layout.stride());
          }
        });
  }
}
