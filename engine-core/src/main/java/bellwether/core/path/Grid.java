package bellwether.core.path;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.util.Arrays;

/** The times a study stops at, 0 first, and what it does there. */
final class Grid {
  /** Steps a path may take. */
  static final int MOST_STEPS = 1_000_000;

  final int points;
  final double[] time;

  /** Which of the study's times this is, or -1. */
  final int[] observed;

  /** Whether the value is compared with the running maximum. */
  final boolean[] monitored;

  /** Of the discounted sum, 0 where it takes nothing. */
  final double[] weight;

  private Grid(double[] time, int[] observed, boolean[] monitored, double[] weight) {
    points = time.length;
    this.time = time;
    this.observed = observed;
    this.monitored = monitored;
    this.weight = weight;
  }

  /**
   * The grid of a study.
   *
   * @throws IllegalArgumentException when it has too many steps
   */
  static Grid of(PathStudy study) {
    DoubleArrayList times = new DoubleArrayList();
    times.add(0);
    double last = study.time(study.timeCount() - 1);
    PathProcess process = study.process();
    Barrier.Monitoring monitoring = study.monitoring();
    boolean watched = study.barrier() != null || study.hasMaximum();
    if (process.inPeriods() || (watched && monitoring == Barrier.Monitoring.PERIODS)) {
      if (!(last <= MOST_STEPS)) {
        throw tooMany(last);
      }
      for (int t = 1; t <= last; t++) {
        times.add(t);
      }
    }
    for (int i = 0; i < study.timeCount(); i++) {
      times.add(study.time(i));
    }
    double[] known = unique(times);
    if (watched
        && monitoring == Barrier.Monitoring.CONTINUOUS
        && process instanceof Bridged bridged) {
      known = refine(known, bridged.longestStep());
    }
    return assemble(study, known, watched);
  }

  private static double[] unique(DoubleArrayList times) {
    double[] sorted = times.toDoubleArray();
    Arrays.sort(sorted);
    int kept = 1;
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] != sorted[kept - 1]) {
        sorted[kept++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, kept);
  }

  private static IllegalArgumentException tooMany(double steps) {
    return new IllegalArgumentException(
        "too many steps, given "
            + Math.ceil(steps)
            + ", allowed: at most "
            + MOST_STEPS
            + " a path");
  }

  /** Divides every step that is longer than the longest. */
  private static double[] refine(double[] known, double longest) {
    double last = known[known.length - 1];
    if (last / longest > MOST_STEPS) {
      throw tooMany(last / longest);
    }
    DoubleArrayList times = new DoubleArrayList(known);
    for (int i = 1; i < known.length; i++) {
      double from = known[i - 1];
      double length = known[i] - from;
      int parts = (int) Math.max(1, Math.ceil(length / longest));
      for (int k = 1; k < parts; k++) {
        times.add(from + length * k / parts);
      }
    }
    return unique(times);
  }

  private static Grid assemble(PathStudy study, double[] time, boolean watched) {
    int n = time.length;
    int[] observed = new int[n];
    boolean[] monitored = new boolean[n];
    double[] weight = new double[n];
    DiscountedSum sum = study.discountedSum();
    int next = 0;
    for (int k = 0; k < n; k++) {
      boolean asked = next < study.timeCount() && time[k] == study.time(next);
      observed[k] = asked ? next++ : -1;
      monitored[k] =
          watched
              && switch (study.monitoring()) {
                case PERIODS -> time[k] == Math.rint(time[k]);
                case CONTINUOUS -> true;
                case TIMES, LARGEST_MARK -> asked;
              };
      if (sum != null && (study.process().inPeriods() || asked)) {
        weight[k] = StrictMath.pow(sum.discount(), time[k]);
      }
    }
    return new Grid(time, observed, monitored, weight);
  }
}
