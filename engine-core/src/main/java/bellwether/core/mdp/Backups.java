package bellwether.core.mdp;

import bellwether.core.parallel.Team;
import bellwether.core.parallel.Workers;
import java.util.function.IntConsumer;

/**
 * The Bellman operator of a model with rows, (T h)(s) = max_a sign r(s, a) + d P(s, a) h, which
 * skips the actions that cannot be best.
 *
 * <p>When a row was last evaluated, at a vector h', its backup was Q'. By now it is at most Q' + d
 * max(h - h'), since rows sum to 1. The largest rises are added up over time, so one number a row,
 * Q' less the sum so far, tells whether it has to be evaluated again. What comes out is T h with
 * the same bits as if all rows had been. A state whose runner-up is far enough behind costs one
 * row. (The idea is MacQueen's test for suboptimal actions, 1967, without its factor 1/(1 - d):
 * what is bounded is the next sweep, not the optimum.)
 */
final class Backups implements AutoCloseable {
  /** States that one piece of work has, at most. */
  private static final int PIECE = 1024;

  /** Pieces that small models are cut into. */
  private static final int PIECES = 64;

  private static final double UNIT = 0x1p-53;

  private final RowMdp model;
  private final double discount;
  private final double sign;
  private final int n;
  private final int piece;
  private final int pieces;
  private final Team team;
  private final double largestReward;

  /** The rows with the largest backups in the last sweep. */
  private final BestRows best;

  private final RowBounds bounds;
  private final double[] pieceLow;
  private final double[] pieceHigh;
  private final double[] pieceSize;
  private final long[] pieceRows;

  /** d times the sum of the largest rises of h. */
  private double shift;

  /** What rounding may have left out of it. */
  private double shiftError;

  /** The largest |h| or |T h| in the last sweep, or what comes into the next. */
  private double size;

  private double low;
  private double high;
  private long sweeps;
  private long evaluated;

  Backups(RowMdp model, double discount, Objective objective, Workers workers) {
    this(
        model,
        discount,
        objective,
        workers,
        model.keepsBounds() ? RowBounds.Memory.BOUNDS : RowBounds.Memory.BEST_ROWS);
  }

  /** The operator with another memory. */
  Backups(
      RowMdp model,
      double discount,
      Objective objective,
      Workers workers,
      RowBounds.Memory memory) {
    this.model = model;
    this.discount = discount;
    sign = objective.sign();
    n = model.states();
    piece = Math.max(1, Math.min(PIECE, n / PIECES));
    pieces = (n + piece - 1) / piece;
    largestReward = model.largestReward();
    best = new BestRows(model, discount, sign, memory != RowBounds.Memory.NOTHING);
    bounds = new RowBounds(model, best, discount, sign, pieces, memory);
    pieceLow = new double[pieces];
    pieceHigh = new double[pieces];
    pieceSize = new double[pieces];
    pieceRows = new long[pieces];
    team = new Team(workers);
  }

  /** Doubles beside the model that a sweep needs, in bytes. */
  static double bytes(double states, double rows) {
    return 12 * states + 8 * rows;
  }

  RowMdp model() {
    return model;
  }

  Team team() {
    return team;
  }

  int pieces() {
    return pieces;
  }

  int from(int index) {
    return index * piece;
  }

  int to(int index) {
    return Math.min(n, (index + 1) * piece);
  }

  double discount() {
    return discount;
  }

  double largestReward() {
    return largestReward;
  }

  /** The least of T h - h in the last sweep. */
  double low() {
    return low;
  }

  /** The largest of T h - h in the last sweep. */
  double high() {
    return high;
  }

  long sweeps() {
    return sweeps;
  }

  /** Rows evaluated so far. */
  long evaluated() {
    return evaluated;
  }

  /** The rows that were best in the last sweep, together. */
  BestRows best() {
    team.forEach(
        pieces,
        index -> {
          if (bounds.marksOnly(index)) {
            for (int s = from(index); s < to(index); s++) {
              best.copy(s);
            }
          }
        });
    return best;
  }

  /**
   * How far any number of the last sweep may be from what exact arithmetic would have made of the
   * same h: a sum of L products is off by at most (L + 2) u times its size, and a row's sum from 1
   * by what rounding left (Higham 2002, section 3.1).
   */
  double rounding() {
    return roundingAt(size);
  }

  private double roundingAt(double magnitude) {
    return UNIT * ((model.longestRow() + 6.0) * magnitude + 4 * largestReward + 8 * Math.abs(shift))
        + model.rowSumError() * magnitude;
  }

  /**
   * Tells what becomes of h between the last sweep and the next.
   *
   * @param most no entry rises by more
   * @param largest no entry is larger, or the negative of one
   */
  void moved(double most, double largest) {
    shift += discount * most;
    shiftError += 2 * UNIT * (Math.abs(shift) + Math.abs(most));
    size = Math.max(size, largest);
  }

  /** The largest |h| or |T h| of the last sweep. */
  double size() {
    return size;
  }

  /** Before a first sweep that is not {@link #start}: nothing is known of any row. */
  void reset() {
    forEachPiece(
        index -> {
          bounds.forget(index, from(index), to(index));
          pieceRows[index] = 0;
          store(index, 0, 0, 0);
        });
  }

  /** T h for h = 0: the largest rewards. */
  void start(double[] out) {
    forEachPiece(
        index -> {
          bounds.start(index, from(index), to(index), out);
          double least = Double.POSITIVE_INFINITY;
          double most = Double.NEGATIVE_INFINITY;
          for (int s = from(index); s < to(index); s++) {
            least = Math.min(least, out[s]);
            most = Math.max(most, out[s]);
          }
          pieceRows[index] = 0;
          store(index, least, most, Math.max(Math.abs(least), Math.abs(most)));
        });
    sweeps++;
  }

  /** What a sweep may be off by, and the bounds by rounding, so that no best row is skipped. */
  private double slack() {
    return 4 * rounding() + 8 * UNIT * (Math.abs(shift) + size) + shiftError;
  }

  /** out = T h - drift; {@link #low} and {@link #high} are those of T h - h. */
  void sweep(double[] h, double[] out, double drift) {
    double slack = slack();
    forEachPiece(
        index -> {
          pieceRows[index] = backup(index, h, out, slack);
          finish(index, h, out, drift);
        });
    sweeps++;
  }

  private long backup(int index, double[] h, double[] out, double slack) {
    return bounds.evaluate(index, from(index), to(index), h, out, shift, slack);
  }

  /** The least and largest change and the largest size of a piece; takes the drift off. */
  private void finish(int index, double[] h, double[] out, double drift) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double largest = 0;
    // Comparisons instead of Math.max: C2 makes a chain of ten instructions of that.
    for (int s = from(index); s < to(index); s++) {
      double q = out[s];
      double change = q - h[s];
      double value = q - drift;
      out[s] = value;
      if (change < least) {
        least = change;
      }
      if (change > most) {
        most = change;
      }
      if (Math.abs(value) > largest) {
        largest = Math.abs(value);
      }
      if (Math.abs(h[s]) > largest) {
        largest = Math.abs(h[s]);
      }
    }
    store(index, least, most, largest);
  }

  /**
   * A sweep that also chooses: policy[s] is the lowest action whose backup comes within 1e-9 (1 +
   * |best|) of the best, the backups being those at h + offset.
   */
  void choose(double[] h, double[] out, double offset, int[] policy) {
    double slack = slack() + 4e-9 * (1 + size + largestReward + Math.abs(offset));
    forEachPiece(
        index -> {
          pieceRows[index] = backup(index, h, out, slack);
          for (int s = from(index); s < to(index); s++) {
            double tie = 1e-9 * (1 + Math.abs(out[s] + discount * offset));
            int row = best.row(s);
            for (int k = model.firstRow(s); k < row; k++) {
              if (bounds.backupOrBound(k, h, shift) > out[s] - tie) {
                row = k;
              }
            }
            policy[s] = model.action(s, row);
          }
          finish(index, h, out, 0);
        });
    sweeps++;
  }

  /**
   * One sweep in place over all rows, in the order of the states, on the calling thread: each
   * backup has the new values of the states before it. Returns the largest rise, at least 0.
   */
  double sweepInPlace(double[] h) {
    double risen = 0;
    for (int s = 0; s < n; s++) {
      if ((s & 1023) == 0) {
        Workers.checkInterrupted();
      }
      double most = Double.NEGATIVE_INFINITY;
      for (int k = model.firstRow(s); k < model.firstRow(s + 1); k++) {
        double q = model.backup(k, h, discount, sign);
        if (q > most) {
          most = q;
        }
      }
      risen = Math.max(risen, most - h[s]);
      h[s] = most;
    }
    sweeps++;
    evaluated += model.rows();
    return risen;
  }

  private void store(int index, double least, double most, double largest) {
    pieceLow[index] = least;
    pieceHigh[index] = most;
    pieceSize[index] = largest;
  }

  private void forEachPiece(IntConsumer body) {
    Workers.checkInterrupted();
    team.forEach(pieces, body);
    low = Double.POSITIVE_INFINITY;
    high = Double.NEGATIVE_INFINITY;
    size = 0;
    for (int i = 0; i < pieces; i++) {
      low = Math.min(low, pieceLow[i]);
      high = Math.max(high, pieceHigh[i]);
      size = Math.max(size, pieceSize[i]);
      evaluated += pieceRows[i];
    }
  }

  @Override
  public void close() {
    team.close();
  }
}
