package bellwether.core.bandit;

import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gittins indices of a {@link SparseArm}, of all its states or of some, each with a bound on its
 * error where it was checked.
 *
 * <p>States are eliminated in the order of their indices, in sparse rows, until those that are
 * wanted are done (Sonin 2008). Where rows fill up, what remains is handed to the dense elimination
 * of {@link StateElimination} if it fits, and otherwise the index of each state still wanted comes
 * from a problem of its own: a backward pass where states cannot be visited again, the restart
 * problem (Katehakis and Veinott 1987) where they can.
 *
 * <p>Cost: for an arm on a line O(n log n); for a belief that moves by one of two counts in a
 * triangle of n states O(n^2) at most. One state by itself costs a few passes over what can be
 * reached from it (about ten without cycles, some hundreds with them). Results do not depend on
 * kernels or threads.
 */
public final class SparseIndices {
  private static final int ALL_STATES = 256;
  private static final int SOME_STATES = 16;

  /**
   * What elimination may take unless it is said otherwise. The same on all machines with twice as
   * much heap, since it decides which method finishes an arm that fills up, and so the last bits.
   */
  private static final double DEFAULT_BYTES = 0x1p31;

  /** What one state's own problem may cost, in passes over the arm. */
  private static final double PASSES = 50;

  private final double[] indices;
  private final RestartCertificate certificate;
  private final int eliminated;
  private final int dense;
  private final int solved;

  private SparseIndices(
      double[] indices, RestartCertificate certificate, int eliminated, int dense, int solved) {
    this.indices = indices;
    this.certificate = certificate;
    this.eliminated = eliminated;
    this.dense = dense;
    this.solved = solved;
  }

  /**
   * Indices with 2 GiB for elimination, or half the heap where that is less.
   *
   * @see #of(SparseArm, int[], double, double, Kernels, Workers)
   */
  public static SparseIndices of(
      SparseArm arm, int @Nullable [] states, double discount, Kernels kernels, Workers workers) {
    double most = Math.min(DEFAULT_BYTES, Runtime.getRuntime().maxMemory() / 2.0);
    return of(arm, states, discount, most, kernels, workers);
  }

  /**
   * The indices of some states of an arm.
   *
   * @param states whose indices are wanted, any order, repetitions allowed; null for all
   * @param discount delta in [0, 1)
   * @param bytes what elimination may take for its rows and a dense matrix
   * @throws IllegalArgumentException when a number is out of range
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  public static SparseIndices of(
      SparseArm arm,
      int @Nullable [] states,
      double discount,
      double bytes,
      Kernels kernels,
      Workers workers) {
    if (!(discount >= 0 && discount < 1)) {
      throw new IllegalArgumentException("discount must be in [0, 1): " + discount);
    }
    int n = arm.states();
    BitSet wanted = new BitSet(n);
    if (states == null) {
      wanted.set(0, n);
    } else {
      for (int s : states) {
        if (s < 0 || s >= n) {
          throw new IllegalArgumentException("state must be 0 to " + (n - 1) + ": " + s);
        }
        wanted.set(s);
      }
    }
    SparseElimination elimination = new SparseElimination(arm, discount);
    double mostWork = (1 + wanted.cardinality()) * PASSES * (arm.entries() + (double) n);
    elimination.run(wanted, bytes, mostWork, kernels, workers);
    double[] index = new double[n];
    List<Integer> pivots = new ArrayList<>();
    BitSet missing = (BitSet) wanted.clone();
    for (int k = 0; k < elimination.pivots(); k++) {
      int s = elimination.state(k);
      index[s] = elimination.index(k);
      if (wanted.get(s)) {
        pivots.add(k);
        missing.clear(s);
      }
    }
    int[] rest = missing.stream().toArray();
    double[] bounds = new double[rest.length];
    try (Workers alone = Workers.of(1)) {
      // Many problems go side by side, a few one after the other by all threads.
      boolean many = rest.length > workers.threads();
      Workers outer = many ? workers : alone;
      Workers inner = many ? alone : workers;
      outer.forEach(
          rest.length,
          i -> {
            RestartProblem.Solved one = RestartProblem.solve(arm, discount, rest[i], inner);
            index[rest[i]] = one.index();
            bounds[i] = one.errorBound();
          });
    }
    double bound = Arrays.stream(bounds).max().orElse(0);
    int checks = Math.min(pivots.size(), n <= ALL_STATES ? ALL_STATES : SOME_STATES);
    double[] gaps = new double[checks];
    workers.forEach(
        checks,
        i -> {
          long last = pivots.size() - 1L;
          int at = checks == 1 ? (int) last : (int) (i * last / (checks - 1));
          gaps[i] = gap(arm, discount, elimination, pivots.get(at));
        });
    bound = Math.max(bound, Arrays.stream(gaps).max().orElse(0));
    double[] result =
        states == null ? index : Arrays.stream(states).mapToDouble(s -> index[s]).toArray();
    return new SparseIndices(
        result,
        new RestartCertificate(bound, checks + rest.length, n),
        elimination.pivots(),
        elimination.densePivots(),
        rest.length);
  }

  /** The bound of {@link RestartCertificate} for one pivot. */
  private static double gap(
      SparseArm arm, double discount, SparseElimination elimination, int pivot) {
    double[] v = elimination.values(pivot);
    double charge = elimination.index(pivot);
    double bound = 0;
    for (int s = 0; s < v.length; s++) {
      double worth = Math.fma(discount, arm.expected(s, v), arm.reward[s] - charge);
      double gap =
          s == elimination.state(pivot) ? Math.abs(worth) : Math.abs(v[s] - Math.max(0, worth));
      bound = Math.max(bound, gap);
    }
    double largest = RestartCertificate.largest(v);
    return bound
        + RestartCertificate.rounding(arm.longestRow(), largest, arm.largestReward(), charge);
  }

  /** The indices, in the order in which states were asked for; a copy. */
  public double[] indices() {
    return indices.clone();
  }

  /** The largest bound on an error over the states that were checked. */
  public RestartCertificate certificate() {
    return certificate;
  }

  /** How many states were eliminated. */
  public int eliminated() {
    return eliminated;
  }

  /** How many of these in a dense matrix, because sparse rows had filled up. */
  public int eliminatedDense() {
    return dense;
  }

  /** How many states had a problem of their own. */
  public int solvedAlone() {
    return solved;
  }
}
