package bellwether.mechanisms.affine;

import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * What affine maximizers are worth on the same combinations of alternatives, from the prior and the
 * initial physical state: one rule after another, each W and every W_-i exactly.
 *
 * <p>W_-i is solved once for each combination of the others' alternatives. All combinations share
 * one graph of states, and blocks of them are solved side by side, on all threads; the numbers do
 * not depend on the blocks. Not for several threads at a time.
 *
 * <p>Cost: for each combination one look at every transition that can be reached, of all agents and
 * without each; where states lead back to themselves, the equations of a few policies.
 */
public final class AffineEvaluator {
  /** Numbers that one thread's room should hold: what stays in a core's own cache. */
  private static final double CACHE = 100_000;

  private static final int WIDEST = 256;
  private static final int NARROWEST = 8;

  /** Loops over fewer columns cost more by starting than what a cache gains. */
  private static final int NARROW = 64;

  /** Work below which other threads only get in the way. */
  private static final double SMALL = 60_000;

  private final PrivateEnvironment environment;
  private final Combinations combinations;
  private final Workers workers;

  /** All agents, then all but each. */
  private final WelfareProblem[] problems;

  /** By agent left out: where a combination's others are. */
  private final int[][] place;

  private final int[] width;
  private final int[] taskProblem;
  private final int[] taskFirst;
  private final BlockSweep[][] rooms;
  private final double[][] welfare;
  private final double[] values;
  private final double[] designer;
  private double gap;

  /**
   * Prepares.
   *
   * @throws IllegalArgumentException when the states that can be reached are too many, saying how
   *     many are allowed
   */
  public AffineEvaluator(
      PrivateEnvironment environment, Combinations combinations, Workers workers) {
    this.environment = environment;
    this.combinations = combinations;
    this.workers = workers;
    int n = environment.size();
    problems = new WelfareProblem[n + 1];
    place = new int[n][];
    int[][] all = new int[n][];
    java.util.Arrays.setAll(all, combinations::alternatives);
    problems[0] =
        new WelfareProblem(environment, IntStream.range(0, n).toArray(), all, combinations.count());
    for (int i = 0; i < n; i++) {
      int out = i;
      Combinations.Reduced reduced = combinations.without(i);
      place[i] = reduced.place();
      problems[i + 1] =
          new WelfareProblem(
              environment,
              IntStream.range(0, n).filter(j -> j != out).toArray(),
              reduced.alternative(),
              reduced.count());
    }
    width = new int[n + 1];
    welfare = new double[n + 1][];
    List<int[]> tasks = new ArrayList<>();
    double work = 0;
    double room = 0;
    for (int p = 0; p <= n; p++) {
      width[p] = width(problems[p], p == 0);
      welfare[p] = new double[problems[p].columns];
      work += problems[p].work() * problems[p].columns;
      room += BlockSweep.size(problems[p], width[p], p == 0);
      for (int first = 0; first < problems[p].columns; first += width[p]) {
        tasks.add(new int[] {p, first});
      }
    }
    values = new double[combinations.count()];
    designer = new double[combinations.count()];
    taskProblem = tasks.stream().mapToInt(task -> task[0]).toArray();
    taskFirst = tasks.stream().mapToInt(task -> task[1]).toArray();
    int threads = work < SMALL ? 1 : Math.min(workers.threads(), tasks.size());
    double heap = Runtime.getRuntime().maxMemory();
    while (threads > 1 && 8 * room * threads > heap / 4) {
      threads--;
    }
    if (8 * room * threads > heap / 2) {
      throw new IllegalArgumentException(
          String.format(
              java.util.Locale.ROOT,
              "the states that can be reached need %.3g GB, more than half the heap of %.3g GB",
              8 * room / 1e9,
              heap / 1e9));
    }
    rooms = new BlockSweep[threads][n + 1];
    for (BlockSweep[] own : rooms) {
      for (int p = 0; p <= n; p++) {
        own[p] = new BlockSweep(problems[p], width[p], p == 0);
      }
    }
  }

  private static int width(WelfareProblem problem, boolean evaluates) {
    double heap = Runtime.getRuntime().maxMemory();
    int width = WIDEST;
    while (width > NARROW && BlockSweep.size(problem, width, evaluates) > CACHE) {
      width /= 2;
    }
    while (width > NARROWEST
        && (width >= 2 * problem.columns
            || 8 * BlockSweep.size(problem, width, evaluates) > heap / 16)) {
      width /= 2;
    }
    return width;
  }

  /** What is evaluated. */
  public PrivateEnvironment environment() {
    return environment;
  }

  /** The combinations that it is evaluated on. */
  public Combinations combinations() {
    return combinations;
  }

  /** Nodes of the graph of all agents: joint states and chances that can be reached. */
  public long nodes() {
    return problems[0].graph.slots;
  }

  /** The physical states that can be reached. */
  boolean[] reachable() {
    boolean[] reachable = new boolean[environment.base().physical().count()];
    for (int k : problems[0].graph.physical) {
      if (k >= 0) {
        reachable[k] = true;
      }
    }
    return reachable;
  }

  /** Problems that one evaluation solves: combinations of all agents, and of all but each. */
  public long problems() {
    long sum = 0;
    for (WelfareProblem problem : problems) {
      sum += problem.columns;
    }
    return sum;
  }

  /** No W of an evaluation so far is further from the true one, rounding apart. */
  public double gap() {
    return gap;
  }

  /**
   * Evaluates a rule.
   *
   * @throws IllegalArgumentException when it has not a weight for every agent or its boosts do not
   *     fit
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public RuleValue evaluate(AffineRule rule) {
    rule.checkFits(environment.base());
    AtomicInteger next = new AtomicInteger();
    workers.forEach(
        rooms.length,
        r -> {
          for (int task = next.getAndIncrement();
              task < taskProblem.length;
              task = next.getAndIncrement()) {
            solve(rooms[r][taskProblem[task]], taskProblem[task], taskFirst[task], rule);
          }
        });
    for (BlockSweep[] own : rooms) {
      for (BlockSweep sweep : own) {
        gap = Math.max(gap, sweep.gap());
      }
    }
    int n = environment.size();
    int count = combinations.count();
    double[][] utility = new double[n][count];
    for (int i = 0; i < n; i++) {
      double weight = rule.weight(i);
      for (int c = 0; c < count; c++) {
        utility[i][c] = (welfare[0][c] - welfare[i + 1][place[i][c]]) / weight;
      }
    }
    return new RuleValue(combinations, values.clone(), designer.clone(), utility);
  }

  private void solve(BlockSweep sweep, int problem, int first, AffineRule rule) {
    sweep.solve(rule, first);
    int end = Math.min(sweep.width, problems[problem].columns - first);
    for (int c = 0; c < end; c++) {
      welfare[problem][first + c] = sweep.root(sweep.welfare, c);
      if (problem == 0) {
        values[first + c] = sweep.root(sweep.values, c);
        designer[first + c] = sweep.designerIndifferent() ? 0 : sweep.root(sweep.designer, c);
      }
    }
  }
}
