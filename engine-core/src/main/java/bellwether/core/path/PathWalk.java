package bellwether.core.path;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;

/**
 * Paths of a process, block by block, for methods that look at every path: block b of a seed has
 * the same paths as in a {@link PathSimulation} of the same process, times and design. Of one
 * thread; blocks may be walked in any order.
 */
public final class PathWalk {
  private final PathProcess process;
  private final Grid grid;
  private final PathBlock block;
  private final Design design;

  /** Looks at all paths of a block. */
  @FunctionalInterface
  public interface Observer {
    /**
     * Is called at each time, in order.
     *
     * @param time which of the times
     * @param block at this time, with its state
     * @param values what the process shows, entries 0 to paths - 1; not to be kept
     */
    void at(int time, PathBlock block, double[] values);
  }

  /**
   * A walk along some times.
   *
   * @param design {@link Design#INDEPENDENT}, {@link Design#ANTITHETIC} or {@link
   *     Design#STRATIFIED}
   * @throws IllegalArgumentException for Sobol's points, and when times are not as {@link
   *     PathStudy#of} takes them
   */
  public PathWalk(PathProcess process, double[] times, Design design, Kernels kernels) {
    if (design == Design.SOBOL) {
      throw new IllegalArgumentException("Sobol's points belong to shifts, not to blocks");
    }
    this.process = process;
    this.design = design;
    grid = Grid.of(PathStudy.of(process, times).build());
    block = new PathBlock(process.states(), design, kernels);
  }

  /**
   * Walks a block.
   *
   * @param paths at most {@link PathBlock#SIZE}, even in pairs, full for strata
   * @throws IllegalArgumentException when they are not so
   */
  public void run(long seed, long number, int paths, Observer observer) {
    boolean fits =
        switch (design) {
          case ANTITHETIC -> paths % 2 == 0;
          case STRATIFIED -> paths == PathBlock.SIZE;
          default -> true;
        };
    if (!(paths >= 1 && paths <= PathBlock.SIZE && fits)) {
      throw new IllegalArgumentException("paths do not make a block, " + design + ": " + paths);
    }
    block.start(seed, number, paths, 0, 0);
    for (int k = 0; k < grid.points; k++) {
      Workers.checkInterrupted();
      block.at(grid.time[k]);
      if (k == 0) {
        process.begin(block);
      } else {
        process.advance(block, grid.time[k - 1], grid.time[k]);
      }
      if (grid.observed[k] >= 0) {
        observer.at(grid.observed[k], block, process.values(block));
      }
    }
  }
}
