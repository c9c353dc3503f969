package bellwether.core.bandit;

import static bellwether.core.kernel.DenseKernels.PANEL;
import static bellwether.core.kernel.DenseKernels.STRIP;

import bellwether.core.kernel.DenseKernels;
import bellwether.core.kernel.Kernels;
import bellwether.core.parallel.Team;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Follows the optimal policies while the subsidy for being passive rises from minus infinity.
 *
 * <p>The advantage z(s) of being active is linear in the subsidy as long as the policy stays, with
 * slope y(s) - 1. The first state whose advantage comes to 0 is made passive and has this subsidy
 * as its index; X then changes by a matrix of rank one, of which only the columns of states that
 * are still active are needed. They wait for the end of a block; the column of the state in hand is
 * brought up to date from the block's own vectors (Gast, Gaujal and Khun 2023).
 *
 * <p>A passive state whose advantage becomes positive again shows that the arm is not indexable.
 *
 * <p>Cost: n^3 flops, nearly all in {@code rankUpdate}.
 */
final class SubsidyPath {
  /** Rounding of advantages, relative to their size. */
  private static final double ROUNDING = 1e-12;

  /** Rounding of y, relative to its size. */
  private static final double SLOPE_ROUNDING = 1e-14;

  /** A denominator below this may belong to a policy of several recurrent classes. */
  private static final double SUSPICIOUS = 1e-6;

  /** States that one piece of a step has. */
  private static final int PIECE = 1024;

  private static final int GROUP = PANEL / STRIP;

  /** How a path ended. */
  enum End {
    ALL_PASSIVE,
    SOME_STAY_ACTIVE,
    NOT_INDEXABLE,
    MULTICHAIN
  }

  private final int n;
  private final boolean test;
  private final boolean average;
  private final DenseKernels kernels;
  private final RestlessLayout layout;

  /** X transposed; rows of the states that are still active come first. */
  private final double[] effects;

  /** Position whose column of X stands in a row, and the row of a position. */
  private final int[] position;

  private final int[] row;

  private final double[] z;
  private final double[] y;

  /** y before the first of the states that become passive at the same subsidy. */
  private final double[] yBefore;

  /** How many became passive before those. */
  private int start;

  private final boolean[] passive;

  /** The vectors of a block, one in a row: w with X := X - w X(sigma,.). */
  private final double[] w;

  /** T(l,k) = w_k at the l-th state of the block, k &lt; l, at {@code l * size + k}. */
  private final double[] triangle;

  private final int[] pending;
  private final double[] weights;
  private final StripUpdate update;
  private final double[] pieceLeast;
  private final int[] pieceNext;

  /** The piece with the state that becomes passive next. */
  private int best;

  private final int[] pieceWrong;

  /** How far back such a state went through 0. */
  private final double[] pieceBack;

  private final double[] pieceLargest;
  private final Snapshots snapshots;

  /** The largest advantage at subsidy 0, or 1, which no reward exceeds. */
  private final double magnitude;

  /** What the rounding of y may have done to advantages. */
  private double drift;

  /** Advantages below this are 0. */
  private double zero;

  /** The rounding of slopes so far. */
  private double level = ROUNDING;

  /** Slopes below this are 0. With a discount below 1 every state has an index: none is. */
  private double flat = ROUNDING;

  /** Positions in the order in which they became passive, and their indices. */
  final int[] order;

  final double[] index;

  /** How many states have an index. */
  int done;

  End end = End.ALL_PASSIVE;

  /** Position that was passive and would be active again. */
  int witness = -1;

  /** Directly above this subsidy it would be active again. */
  double witnessSubsidy;

  /**
   * Starts where all states are active.
   *
   * @param advantages z at subsidy 0, by position
   * @param effects X transposed
   * @param test whether to look for passive states that would be active again
   * @param average whether the discount is 1
   */
  SubsidyPath(
      RestlessLayout layout,
      double[] advantages,
      double[] effects,
      boolean test,
      boolean average,
      Snapshots snapshots,
      Kernels kernels) {
    this.layout = layout;
    this.effects = effects;
    this.test = test;
    this.average = average;
    this.snapshots = snapshots;
    this.kernels = kernels.dense();
    n = layout.states();
    z = advantages.clone();
    y = new double[n];
    yBefore = new double[n];
    passive = new boolean[n];
    position = new int[n];
    Arrays.setAll(position, p -> p);
    row = position.clone();
    int size = layout.pathSize();
    w = layout.matrix(size);
    triangle = new double[size * size];
    pending = new int[size];
    weights = new double[size];
    update = new StripUpdate(layout, this.kernels, n + PANEL, size);
    int pieces = n / PIECE + 1;
    pieceLeast = new double[pieces];
    pieceNext = new int[pieces];
    pieceWrong = new int[pieces];
    pieceBack = new double[pieces];
    pieceLargest = new double[pieces];
    order = new int[n];
    index = new double[n];
    double largest = 1;
    for (double a : z) {
      largest = Math.max(largest, Math.abs(a));
    }
    magnitude = largest;
    zero = ROUNDING * largest;
  }

  /**
   * Goes to the end.
   *
   * @param multichain whether the policy that is passive in these positions has several recurrent
   *     classes; asked for an average when a denominator is small
   */
  void run(Team team, Predicate<boolean[]> multichain) {
    int next = 0;
    for (int s = 1; s < n; s++) {
      if (z[s] < z[next]) {
        next = s;
      }
    }
    double subsidy = z[next];
    double rise = subsidy;
    while (done < n) {
      Workers.checkInterrupted();
      int depth = Math.min(layout.pathSize(), n - done);
      for (int j = 0; j < depth; j++) {
        if (rise > zero || done == 0) {
          snapshots.close(done, y);
          System.arraycopy(y, 0, yBefore, 0, n);
          start = done;
        }
        order[done] = next;
        index[done] = subsidy;
        done++;
        if (!step(team, j, next, rise, subsidy, multichain)) {
          snapshots.close(done, y);
          return;
        }
        snapshots.take(done - 1, z, start, yBefore);
        if (done == n) {
          snapshots.close(done, y);
          return;
        }
        if (pieceLeast[best] == Double.POSITIVE_INFINITY) {
          stay();
          snapshots.close(done, y);
          return;
        }
        next = pieceNext[best];
        rise = pieceLeast[best];
        subsidy += rise;
      }
      if (done < n) {
        endBlock(team, depth);
      }
    }
  }

  /**
   * No active state will become passive at any higher subsidy, unless passive ones become active.
   */
  private void stay() {
    end = End.SOME_STAY_ACTIVE;
    for (int s = 0; s < n; s++) {
      if (passive[s] && (1 - y[s] < -level || z[s] > zero)) {
        end = End.NOT_INDEXABLE;
        witness = s;
        witnessSubsidy = index[done - 1] + Math.max(0, Math.min(0, z[s]) / (1 - y[s]));
        return;
      }
    }
    if (!average) {
      throw new ArithmeticException(
          "rounding decides the indices of this arm: it is too nearly multichain for its discount");
    }
  }

  /**
   * Raises the subsidy and makes one state passive, the j-th of its block; false if that was the
   * end.
   */
  private boolean step(
      Team team, int j, int sigma, double rise, double subsidy, Predicate<boolean[]> multichain) {
    int size = layout.pathSize();
    int source = layout.row(row[sigma]);
    for (int l = 0; l < j; l++) {
      double u = effects[source + pending[l]];
      for (int k = 0; k < l; k++) {
        u = Math.fma(triangle[l * size + k], weights[k], u);
      }
      weights[l] = -u;
    }
    double self = effects[source + sigma];
    for (int l = 0; l < j; l++) {
      triangle[j * size + l] = w[layout.row(l) + sigma];
      self = Math.fma(triangle[j * size + l], weights[l], self);
    }
    pending[j] = sigma;
    passive[sigma] = true;
    double denominator = 1 + self;
    if (average && denominator < SUSPICIOUS && multichain.test(passive)) {
      end = End.MULTICHAIN;
      return false;
    }
    double gain = 1 - y[sigma];
    // So that the advantage of sigma comes to exactly 0.
    z[sigma] = rise * gain;
    // An error of y has been there for the whole rise.
    drift += (level - ROUNDING + SLOPE_ROUNDING) * Math.abs(rise);
    zero = Math.max(zero, ROUNDING * Math.max(magnitude, Math.abs(subsidy)) + drift);
    int target = layout.row(j);
    int depth = j;
    team.forEach(
        (n + PIECE - 1) / PIECE,
        piece -> {
          int from = piece * PIECE;
          int length = Math.min(PIECE, n - from);
          System.arraycopy(effects, source + from, w, target + from, length);
          kernels.combine(
              depth,
              w,
              Layout.ORIGIN + from,
              layout.stride(),
              weights,
              0,
              w,
              target + from,
              length);
          advance(piece, from, from + length, target, denominator, gain, rise);
        });
    double largest = 1;
    double back = 0;
    best = 0;
    for (int piece = 0; piece <= (n - 1) / PIECE; piece++) {
      best = pieceLeast[piece] < pieceLeast[best] ? piece : best;
      largest = Math.max(largest, pieceLargest[piece]);
      if (test && pieceWrong[piece] >= 0 && pieceBack[piece] > back) {
        end = End.NOT_INDEXABLE;
        witness = pieceWrong[piece];
        back = pieceBack[piece];
        witnessSubsidy = subsidy - back;
      }
    }
    level = Math.max(level, SLOPE_ROUNDING * largest);
    flat = average ? level : ROUNDING;
    return end != End.NOT_INDEXABLE;
  }

  /** What a step does to some of the states. */
  private void advance(
      int piece, int from, int to, int target, double denominator, double gain, double rise) {
    int wrong = -1;
    double back = 0;
    for (int x = from; x < to; x++) {
      double fall = 1 - y[x];
      z[x] = Math.fma(-rise, fall, z[x]);
      if (passive[x] && z[x] > zero && z[x] / -fall > back) {
        wrong = x;
        back = z[x] / -fall;
      }
    }
    double largest = 0;
    double least = Double.POSITIVE_INFINITY;
    int next = -1;
    for (int x = from; x < to; x++) {
      double change = w[target + x] / denominator;
      w[target + x] = change;
      y[x] = Math.fma(gain, change, y[x]);
      largest = Math.max(largest, Math.abs(y[x]));
      double slope = 1 - y[x];
      double rises =
          slope > flat ? Math.max(0, z[x]) / slope : z[x] <= zero ? 0 : Double.POSITIVE_INFINITY;
      if (rises < least && !passive[x]) {
        least = rises;
        next = x;
      }
    }
    pieceLeast[piece] = least;
    pieceNext[piece] = next;
    pieceWrong[piece] = wrong;
    pieceBack[piece] = back;
    pieceLargest[piece] = largest;
  }

  /** Brings the columns of all states that are still active up to date. */
  private void endBlock(Team team, int depth) {
    int left = n - done;
    compact(left);
    int size = layout.pathSize();
    UnitTriangle solver = new UnitTriangle(depth, (l, k) -> -triangle[l * size + k]);
    update.packPanels(team, depth, 0, n, layout::row, w);
    team.forEach(
        Layout.panels(left),
        group -> {
          double[] panel = new double[solver.panelSize()];
          int rows = Math.min(PANEL, left - group * PANEL);
          for (int i = 0; i < rows; i++) {
            int from = layout.row(group * PANEL + i);
            for (int l = 0; l < depth; l++) {
              panel[l * PANEL + i] = effects[from + pending[l]];
            }
          }
          solver.solve(kernels, panel);
          for (int i = 0; i < depth * PANEL; i++) {
            panel[i] = -panel[i];
          }
          update.packStrips(group * GROUP, depth, panel);
        });
    update.run(team, depth, 0, n, effects, 0, left, 0);
  }

  /** Moves rows of states that are still active into the holes that the block left. */
  private void compact(int left) {
    int mover = left;
    for (int r = 0; r < left; r++) {
      if (passive[position[r]]) {
        while (passive[position[mover]]) {
          mover++;
        }
        System.arraycopy(effects, layout.row(mover), effects, layout.row(r), n);
        position[r] = position[mover];
        row[position[r]] = r;
        mover++;
      }
    }
  }
}
