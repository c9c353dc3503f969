package bellwether.core.policy;

import bellwether.core.parallel.Workers;
import java.util.Locale;

/** Runs blocks of paths until there are enough; merges them in their order. */
final class PathSimulation {
  /** Blocks between two looks at the target, at most; and how many come first. */
  private static final int MOST_BLOCKS = 64;

  private static final int FIRST_BLOCKS = 4;

  /** Of a 95% interval, in standard errors. */
  static final double NORMAL_95 = 1.959963984540054;

  private final PathStatistics statistics;
  private final boolean reached;

  private PathSimulation(PathStatistics statistics, boolean reached) {
    this.statistics = statistics;
    this.reached = reached;
  }

  static PathSimulation run(PathModel model, PolicyOptions options, Workers workers) {
    PathStatistics all = new PathStatistics(model.policies(), model.arms());
    long blocks = (options.paths() + PathBlock.PATHS - 1) / PathBlock.PATHS;
    boolean target = !Double.isNaN(options.targetHalfWidth());
    long done = 0;
    while (done < blocks) {
      long from = done;
      // Twice as many as before each time: few looks at the target.
      long wanted = target ? Math.max(FIRST_BLOCKS, done) : MOST_BLOCKS;
      int batch = (int) Math.min(Math.min(wanted, MOST_BLOCKS), blocks - done);
      PathStatistics[] parts = new PathStatistics[batch];
      workers.forEach(
          batch,
          b -> {
            long block = from + b;
            long left = options.paths() - block * PathBlock.PATHS;
            parts[b] =
                new PathBlock(model)
                    .run(options.seed(), block, (int) Math.min(PathBlock.PATHS, left));
          });
      for (PathStatistics part : parts) {
        all.merge(part);
      }
      done += batch;
      double half = 0;
      for (int k = 0; k < model.policies(); k++) {
        half = Math.max(half, NORMAL_95 * all.standardError(k));
      }
      options
          .progress()
          .accept(
              String.format(Locale.ROOT, "%d paths, values within %.3g (95%%)", all.count(), half));
      if (target && half <= options.targetHalfWidth()) {
        return new PathSimulation(all, true);
      }
    }
    return new PathSimulation(all, false);
  }

  PathStatistics statistics() {
    return statistics;
  }

  /** Whether the intervals are as narrow as was asked. */
  boolean reached() {
    return reached;
  }
}
