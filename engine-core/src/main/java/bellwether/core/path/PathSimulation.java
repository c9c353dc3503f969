package bellwether.core.path;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import bellwether.core.path.PathEstimates.StoppedBy;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A simulation on its way. Paths are simulated in blocks of 1024, block b of a seed always the same
 * ones; eight blocks are a group, whose sums are added to those of the groups before in order. So
 * results do not depend on the number of threads, nor on whether the simulation was saved and
 * loaded on its way.
 *
 * <p>Where there is a target, the number of paths is at most doubled each time the intervals are
 * found too wide, less where they are nearly narrow enough.
 *
 * <p>Memory: some 8 kB a thread and feature, and 64 kB a time and group where quantiles are wanted;
 * it does not grow with the number of paths.
 */
public final class PathSimulation {
  private static final int MAGIC = 0x42575053;

  /** Blocks of a group. */
  static final int GROUP = 8;

  /** Groups a thread takes between two times at which all wait for each other. */
  private static final int GROUPS_PER_THREAD = 64;

  /** Steps of paths after which that has to be in any case: about a second's. */
  private static final double STEPS_PER_THREAD = 1e9;

  /** Numbers that groups under way may hold; one group may in any case. */
  private static final int MOST_HELD = 1 << 25;

  /** Levels of a sketch that has seen a few million numbers. */
  private static final int LEVELS = 8;

  /** Half widths shrink with the square root of paths; a little more makes another round rare. */
  private static final double MARGIN = 1.05;

  private final PathStudy study;
  private final PathOptions options;
  private final Kernels kernels;
  private final Grid grid;
  private final Features features;
  private final Sums total;
  private final double[] centers;
  private final ConcurrentLinkedQueue<BlockRun> idle = new ConcurrentLinkedQueue<>();
  private final List<Sums> groups = new ArrayList<>();
  private final List<double[][]> held = new ArrayList<>();
  private QuantileSketch @Nullable [] sketches;
  private boolean centered;
  private long done;
  private Blocks round;
  private StoppedBy stoppedBy = StoppedBy.NOTHING;

  /**
   * A simulation that has not begun.
   *
   * @throws IllegalArgumentException when paths would take too many steps
   */
  public PathSimulation(PathStudy study, PathOptions options, Kernels kernels) {
    this.study = study;
    this.options = options;
    this.kernels = kernels;
    grid = Grid.of(study);
    features = new Features(study);
    total = new Sums(features, shifts());
    centers = new double[features.count];
    if (study.hasQuantiles()) {
      sketches = new QuantileSketch[study.timeCount()];
      for (int i = 0; i < sketches.length; i++) {
        sketches[i] = new QuantileSketch(capacity(study.timeCount()));
      }
    }
    round = firstRound();
  }

  private int shifts() {
    return options.design() == Design.SOBOL ? options.shifts() : 0;
  }

  private boolean hasTarget() {
    return options.targetHalfWidth() > 0;
  }

  private Blocks firstRound() {
    if (!hasTarget()) {
      return Blocks.within(options, options.paths());
    }
    return Blocks.within(
        options, Math.min(options.maxPaths(), Blocks.full(options, (double) options.paths())));
  }

  /** Of a level of a sketch: a large one for few times, whose error does not show. */
  private static int capacity(int times) {
    return Math.max(1 << 12, Integer.highestOneBit((1 << 18) / times));
  }

  private static double numbersPerGroup(Features features, PathStudy study, int shifts) {
    double sums = (Sums.EACH + 1.0 + shifts) * (features.count + features.pairs);
    double held = study.hasQuantiles() ? (double) study.timeCount() * GROUP * PathBlock.SIZE : 0;
    return sums + held;
  }

  private static long mostGroups(Features features, PathStudy study, int shifts, int threads) {
    double fit = Math.max(1, MOST_HELD / numbersPerGroup(features, study, shifts));
    return (long) Math.min((double) GROUPS_PER_THREAD * threads, fit);
  }

  /**
   * Steps that every path takes.
   *
   * @throws IllegalArgumentException when there are more than a million
   */
  public static int steps(PathStudy study) {
    return Grid.of(study).points - 1;
  }

  /** About the bytes that a simulation takes, however many paths it has. */
  public static double bytes(PathStudy study, PathOptions options, int threads) {
    Features features = new Features(study);
    int shifts = options.design() == Design.SOBOL ? options.shifts() : 0;
    int copies = options.design() == Design.ANTITHETIC ? 2 : 1;
    double run = (double) PathBlock.SIZE * (copies * (double) features.count + 40);
    double groups =
        (mostGroups(features, study, shifts, threads) + 1.0)
            * numbersPerGroup(features, study, shifts);
    double seen =
        study.hasQuantiles()
            ? (double) study.timeCount() * capacity(study.timeCount()) * LEVELS
            : 0;
    return Double.BYTES * (threads * run + groups + seen);
  }

  /** Whether there is nothing left to simulate. */
  public boolean isDone() {
    return stoppedBy != StoppedBy.NOTHING;
  }

  /** Paths that are simulated. */
  public long paths() {
    return total.paths;
  }

  /** Paths of this round: with a target there may be more. */
  public long pathsOfRound() {
    return round.paths();
  }

  /** Simulates to the end. */
  public PathEstimates run(Workers workers) {
    while (!isDone()) {
      advance(workers);
    }
    return estimates();
  }

  /**
   * Simulates some groups more. Where it ends by an exception, by {@link
   * java.util.concurrent.CancellationException} for example, nothing of them is counted.
   */
  public void advance(Workers workers) {
    if (isDone()) {
      return;
    }
    if (!centered) {
      findCenters();
    }
    double steps = (double) grid.points * GROUP * PathBlock.SIZE;
    long most =
        Math.min(
            mostGroups(features, study, shifts(), workers.threads()),
            workers.threads() * (long) Math.ceil(STEPS_PER_THREAD / steps));
    long left = (round.count() - done + GROUP - 1) / GROUP;
    int count = (int) Math.min(most, left);
    while (groups.size() < count) {
      groups.add(new Sums(features, shifts()));
      held.add(study.hasQuantiles() ? new double[study.timeCount()][GROUP * PathBlock.SIZE] : NONE);
    }
    // One group after the other, to whoever is free: a share of them each would wait for the
    // slowest.
    AtomicInteger next = new AtomicInteger();
    workers.forEach(
        Math.min(count, workers.threads()),
        _ -> {
          for (int g = next.getAndIncrement(); g < count; g = next.getAndIncrement()) {
            group(g);
          }
        });
    QuantileSketch[] into = sketches;
    if (into != null) {
      // Times side by side, each with its groups in order.
      workers.forEach(into.length, i -> sketch(into[i], i, count));
    }
    for (int g = 0; g < count; g++) {
      total.add(groups.get(g));
    }
    done = Math.min(round.count(), done + (long) count * GROUP);
    if (done == round.count()) {
      endRound();
    }
  }

  private void sketch(QuantileSketch into, int time, int count) {
    long seen = total.paths;
    for (int g = 0; g < count; g++) {
      int paths = (int) groups.get(g).paths;
      // A step that was cancelled here has left some groups in some sketches.
      if (into.count() == seen) {
        into.add(held.get(g)[time], 0, paths);
      }
      seen += paths;
    }
  }

  private static final double[][] NONE = new double[0][];

  private BlockRun borrow() {
    BlockRun run = idle.poll();
    if (run == null) {
      run = new BlockRun(study, options, grid, features, kernels);
    }
    run.center(centers);
    return run;
  }

  private void group(int g) {
    BlockRun run = borrow();
    Sums sums = groups.get(g);
    sums.clear();
    double[][] seen = study.hasQuantiles() ? held.get(g) : null;
    long first = done + (long) g * GROUP;
    long end = Math.min(round.count(), first + GROUP);
    for (long b = first; b < end; b++) {
      run.run(round, b, sums, seen, (int) sums.paths);
    }
    idle.add(run);
    if (seen != null) {
      // Runs that are sorted are cheap to sort together.
      for (double[] values : seen) {
        Arrays.sort(values, 0, (int) sums.paths);
      }
    }
  }

  /**
   * Sums are of features less their means in the first block: what would cancel is left out from
   * the beginning.
   */
  private void findCenters() {
    BlockRun run = borrow();
    Sums pilot = new Sums(features, shifts());
    run.run(round, 0, pilot, null, 0);
    idle.add(run);
    double[] sum = new double[features.count];
    for (int k = 0; k < features.count; k++) {
      sum[k] = shifts() > 0 ? pilot.byShift[k] : pilot.feature[Sums.EACH * k];
    }
    double n = shifts() > 0 ? pilot.shiftPaths[0] : pilot.units;
    for (int k = 0; k < features.count; k++) {
      double mean = sum[k] / n;
      centers[k] = k != features.control && Double.isFinite(mean) ? mean : 0;
    }
    centered = true;
  }

  private void endRound() {
    if (!hasTarget()) {
      stoppedBy = StoppedBy.PATHS;
      return;
    }
    double widest = estimates().widestHalfWidth();
    double target = options.targetHalfWidth();
    if (widest <= target) {
      stoppedBy = StoppedBy.TARGET_HALF_WIDTH;
      return;
    }
    if (Double.isNaN(widest)) {
      stoppedBy = StoppedBy.NOT_FINITE;
      return;
    }
    double ratio = widest / target;
    double needed = MARGIN * ratio * ratio * total.paths;
    long next = Blocks.full(options, Math.min(needed, 2.0 * total.paths));
    Blocks larger = Blocks.within(options, Math.min(options.maxPaths(), next));
    if (larger.paths() <= round.paths()) {
      stoppedBy = StoppedBy.MAX_PATHS;
      return;
    }
    round = larger;
  }

  /** What is known so far. */
  public PathEstimates estimates() {
    return new PathEstimates(
        study, options.design(), features, total, centers, sketches, stoppedBy);
  }

  /** Writes all that {@link #load} needs to go on from here. */
  public void save(DataOutput out) throws IOException {
    out.writeInt(MAGIC);
    out.writeUTF(options.toString());
    out.writeInt(Arrays.hashCode(study.times()));
    out.writeInt(features.count);
    out.writeBoolean(centered);
    for (double center : centers) {
      out.writeDouble(center);
    }
    out.writeLong(done);
    out.writeLong(round.paths());
    out.writeUTF(stoppedBy.name());
    total.save(out);
    QuantileSketch[] saved = sketches;
    out.writeInt(saved == null ? 0 : saved.length);
    for (int i = 0; saved != null && i < saved.length; i++) {
      saved[i].save(out);
    }
  }

  /**
   * Goes to where another simulation of the same study and options was saved.
   *
   * @throws IOException when that was another one, or cannot be read; the simulation is of no use
   *     then
   */
  public void load(DataInput in) throws IOException {
    if (in.readInt() != MAGIC
        || !in.readUTF().equals(options.toString())
        || in.readInt() != Arrays.hashCode(study.times())
        || in.readInt() != features.count) {
      throw new IOException("the state of another simulation");
    }
    centered = in.readBoolean();
    for (int k = 0; k < centers.length; k++) {
      centers[k] = in.readDouble();
    }
    done = in.readLong();
    round = new Blocks(options.design(), options.shifts(), in.readLong());
    String reason = in.readUTF();
    stoppedBy =
        Arrays.stream(StoppedBy.values())
            .filter(known -> known.name().equals(reason))
            .findAny()
            .orElseThrow(() -> new IOException("not the state of a simulation"));
    if (done < 0 || done > round.count()) {
      throw new IOException("not the state of a simulation");
    }
    total.load(in);
    int count = in.readInt();
    QuantileSketch[] into = sketches;
    if (count != (into == null ? 0 : into.length)) {
      throw new IOException("the state of another simulation");
    }
    for (int i = 0; into != null && i < count; i++) {
      into[i] = QuantileSketch.load(in);
    }
  }
}
