package bellwether.core.path;

import bellwether.core.kernel.Kernels;
import bellwether.core.kernel.PathKernels;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Simulates blocks of paths, one at a time, and sums what they give; of one thread. */
final class BlockRun {
  private static final int SIZE = PathBlock.SIZE;

  private final PathStudy study;
  private final PathOptions options;
  private final Grid grid;
  private final Features features;
  private final PathKernels kernels;
  private final PathBlock block;
  private final PathBlock other;
  private final double[] centers;

  /** By feature and path: the feature less its center. */
  private final double[][] value;

  /** By feature and unit; the same arrays where paths are units. */
  private final double[][] unit;

  private final double[] product = new double[SIZE];
  private final double[] unitProduct = new double[SIZE];
  private final double[] zero = new double[SIZE];
  private final double[] highest = new double[SIZE];
  private final double[] staying = new double[SIZE];
  private final double[] before = new double[SIZE];
  private final double[] oneUnit;
  private final double[] crossing = new double[Sums.EACH];

  BlockRun(PathStudy study, PathOptions options, Grid grid, Features features, Kernels all) {
    this.study = study;
    this.options = options;
    this.grid = grid;
    this.features = features;
    kernels = all.paths();
    block = new PathBlock(study.process().states(), options.design(), all);
    PathProcess versus = study.versus();
    other = versus == null ? block : new PathBlock(versus.states(), options.design(), all);
    centers = new double[features.count];
    value = new double[features.count][SIZE];
    unit = new double[features.count][];
    for (int k = 0; k < features.count; k++) {
      unit[k] = options.design() == Design.ANTITHETIC ? new double[SIZE] : value[k];
    }
    oneUnit = new double[features.count + features.pairs];
  }

  /** Takes the features' centers. */
  void center(double[] at) {
    System.arraycopy(at, 0, centers, 0, centers.length);
  }

  /**
   * Simulates a block and adds it to {@code sums}.
   *
   * @param seen takes the values of the study's times, from {@code offset}; null where none wants
   *     them
   */
  void run(Blocks blocks, long number, Sums sums, double @Nullable [][] seen, int offset) {
    int paths = blocks.size(number);
    block.start(options.seed(), number, paths, blocks.shift(number), blocks.point(number));
    follow(paths, seen, offset);
    PathProcess versus = study.versus();
    if (versus != null) {
      other.start(options.seed(), number, paths, blocks.shift(number), blocks.point(number));
      followOther(versus, paths);
    }
    sums.paths += paths;
    for (int k = 0; k < features.count; k++) {
      Arrays.fill(value[k], paths, SIZE, 0);
    }
    switch (options.design()) {
      case INDEPENDENT -> units(sums, paths);
      case ANTITHETIC -> {
        for (int k = 0; k < features.count; k++) {
          average(value[k], unit[k], paths);
        }
        units(sums, paths / 2);
      }
      case STRATIFIED -> {
        means(paths);
        sums.addUnit(features, oneUnit);
        countNotFinite(sums, paths);
      }
      case SOBOL -> {
        means(1);
        int shift = blocks.shift(number);
        int row = shift * oneUnit.length;
        for (int k = 0; k < oneUnit.length; k++) {
          sums.byShift[row + k] += oneUnit[k];
        }
        sums.shiftPaths[shift] += paths;
        countNotFinite(sums, paths);
      }
    }
  }

  private void countNotFinite(Sums sums, int paths) {
    for (int k = 0; k < features.count; k++) {
      sums.notFinite[k] += notFinite(oneUnit[k], value[k], paths);
    }
  }

  /** Counts what is not finite, where the sum says that there may be such. */
  private static long notFinite(double sum, double[] x, int paths) {
    if (Double.isFinite(sum)) {
      return 0;
    }
    long count = 0;
    for (int p = 0; p < paths; p++) {
      count += Double.isFinite(x[p]) ? 0 : 1;
    }
    return count;
  }

  private static void average(double[] x, double[] mean, int paths) {
    int half = paths / 2;
    for (int p = 0; p < half; p++) {
      mean[p] = 0.5 * (x[p] + x[half + p]);
    }
    Arrays.fill(mean, half, SIZE, 0);
  }

  /** Adds units that stand in {@link #unit}, and the products of their paths. */
  private void units(Sums sums, int count) {
    sums.units += count;
    int length = (count + PathKernels.LANES - 1) & -PathKernels.LANES;
    double[] c = features.control < 0 ? zero : unit[features.control];
    for (int k = 0; k < features.count; k++) {
      kernels.moments(unit[k], 0, c, 0, c, 0, length, sums.feature, Sums.EACH * k);
      double sum = sums.feature[Sums.EACH * k];
      sums.notFinite[k] += notFinite(sum, value[k], block.paths());
    }
    boolean pairs = options.design() == Design.ANTITHETIC;
    for (int j = 0; j < features.times; j++) {
      for (int i = features.firstOf(j); i <= j; i++) {
        multiply(value[i], value[j]);
        double[] q = product;
        if (pairs) {
          average(product, unitProduct, 2 * count);
          q = unitProduct;
          Arrays.fill(crossing, 0);
          kernels.moments(unit[i], 0, unit[j], 0, zero, 0, length, crossing, 0);
          sums.cross[features.pair(i, j)] += crossing[2];
        }
        kernels.moments(
            q, 0, unit[i], 0, unit[j], 0, length, sums.pair, Sums.EACH * features.pair(i, j));
      }
    }
  }

  private void multiply(double[] x, double[] y) {
    for (int p = 0; p < SIZE; p++) {
      product[p] = x[p] * y[p];
    }
  }

  /** The sums of this block's features and products, divided, in {@link #oneUnit}. */
  private void means(double divisor) {
    for (int k = 0; k < features.count; k++) {
      oneUnit[k] = sum(value[k]) / divisor;
    }
    for (int j = 0; j < features.times; j++) {
      for (int i = features.firstOf(j); i <= j; i++) {
        multiply(value[i], value[j]);
        oneUnit[features.count + features.pair(i, j)] = sum(product) / divisor;
      }
    }
  }

  private double sum(double[] x) {
    crossing[0] = 0;
    kernels.moments(x, 0, zero, 0, zero, 0, SIZE, crossing, 0);
    return crossing[0];
  }

  /** All paths of the block from 0 to the end of the grid. */
  private void follow(int paths, double @Nullable [][] seen, int offset) {
    PathProcess process = study.process();
    Barrier barrier = study.barrier();
    Bridged bridge =
        barrier != null
                && barrier.monitoring() == Barrier.Monitoring.CONTINUOUS
                && process instanceof Bridged bridged
            ? bridged
            : null;
    double level = barrier == null ? 0 : barrier.level();
    Arrays.fill(highest, Double.NEGATIVE_INFINITY);
    Arrays.fill(staying, 1);
    double[] sum = features.sum < 0 ? zero : value[features.sum];
    if (features.sum >= 0) {
      Arrays.fill(sum, -centers[features.sum]);
    }
    for (int k = 0; k < grid.points; k++) {
      Workers.checkInterrupted();
      block.at(grid.time[k]);
      if (k == 0) {
        process.begin(block);
        if (features.control >= 0 && study.control() instanceof Control.Initial) {
          subtract(process.values(block), process.mean(0), value[features.control], paths);
        }
      } else {
        if (bridge != null) {
          System.arraycopy(block.state(0), 0, before, 0, paths);
        }
        process.advance(block, grid.time[k - 1], grid.time[k]);
        if (bridge != null) {
          bridge.stay(block, level, grid.time[k - 1], grid.time[k], before, staying);
        }
      }
      int at = grid.observed[k];
      if (at < 0 && !grid.monitored[k] && grid.weight[k] == 0) {
        continue;
      }
      double[] x = process.values(block);
      if (at >= 0) {
        subtract(x, centers[at], value[at], paths);
        if (seen != null) {
          System.arraycopy(x, 0, seen[at], offset, paths);
        }
      }
      if (grid.monitored[k]) {
        raise(highest, x, paths);
      }
      DiscountedSum discounted = study.discountedSum();
      if (grid.weight[k] != 0 && discounted != null) {
        discounted.add(grid.weight[k], x, sum, paths);
      }
    }
    finish(process, barrier, bridge != null, paths);
  }

  private void finish(PathProcess process, @Nullable Barrier barrier, boolean bridged, int paths) {
    if (features.maximum >= 0) {
      subtract(highest, centers[features.maximum], value[features.maximum], paths);
    }
    if (barrier != null) {
      double[] over = value[features.barrier];
      double[] most =
          barrier.monitoring() == Barrier.Monitoring.LARGEST_MARK
                  && process instanceof Arrivals arrivals
              ? arrivals.largest(block)
              : highest;
      double center = centers[features.barrier];
      for (int p = 0; p < paths; p++) {
        double crossed = most[p] > barrier.level() ? 1 : 0;
        over[p] = (bridged ? 1 - staying[p] * (1 - crossed) : crossed) - center;
      }
    }
    if (study.control() instanceof Control.Last last) {
      double back = centers[features.times - 1] - last.mean();
      double[] end = value[features.times - 1];
      double[] c = value[features.control];
      for (int p = 0; p < paths; p++) {
        c[p] = end[p] + back;
      }
    }
  }

  /** The other process on the same random numbers: differences at the study's times. */
  private void followOther(PathProcess versus, int paths) {
    for (int k = 0; k < grid.points; k++) {
      Workers.checkInterrupted();
      other.at(grid.time[k]);
      if (k == 0) {
        versus.begin(other);
      } else {
        versus.advance(other, grid.time[k - 1], grid.time[k]);
      }
      int at = grid.observed[k];
      if (at >= 0) {
        double[] y = versus.values(other);
        double[] difference = value[features.difference + at];
        double back = centers[at] - centers[features.difference + at];
        for (int p = 0; p < paths; p++) {
          difference[p] = (value[at][p] - y[p]) + back;
        }
      }
    }
  }

  private static void subtract(double[] x, double center, double[] out, int paths) {
    for (int p = 0; p < paths; p++) {
      out[p] = x[p] - center;
    }
  }

  private static void raise(double[] highest, double[] x, int paths) {
    for (int p = 0; p < paths; p++) {
      highest[p] = x[p] > highest[p] ? x[p] : highest[p];
    }
  }
}
