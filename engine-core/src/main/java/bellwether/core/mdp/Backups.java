package bellwether.core.mdp;

import bellwether.core.parallel.Team;
import bellwether.core.parallel.Workers;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

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

  /** States whose rows are evaluated together before any is compared. */
  private static final int WHOLE_STATES = 64;

  /**
   * A row in the order of memory costs this share of one that stands alone, which no processor
   * fetches ahead.
   */
  private static final double SCATTERED = 0.35;

  /** Bytes of a row that is worth as much alone as among others. */
  private static final double LONG_ROW = 1024;

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

  /** By row: a backup it had, less {@link #shift} then; null where that is too much to keep. */
  private final double @Nullable [] bound;

  /** By state: the largest bound but that of its best row. */
  private final double[] runnerUp;

  /** By piece: whether all its rows are evaluated, in order, since too many may be best. */
  private final boolean[] whole;

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
    this.model = model;
    this.discount = discount;
    sign = objective.sign();
    n = model.states();
    piece = Math.max(1, Math.min(PIECE, n / PIECES));
    pieces = (n + piece - 1) / piece;
    largestReward = model.largestReward();
    best = new BestRows(model, discount, sign);
    bound = model.keepsBounds() ? new double[model.rows()] : null;
    runnerUp = new double[n];
    whole = new boolean[pieces];
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
          if (whole[index] || bound == null) {
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
          for (int s = from(index); s < to(index); s++) {
            best.mark(s, model.firstRow(s));
          }
          Arrays.fill(runnerUp, from(index), to(index), Double.POSITIVE_INFINITY);
          if (bound != null) {
            Arrays.fill(
                bound,
                model.firstRow(from(index)),
                model.firstRow(to(index)),
                Double.POSITIVE_INFINITY);
          }
          whole[index] = model.rowBytes() < LONG_ROW;
          pieceRows[index] = 0;
          store(index, 0, 0, 0);
        });
  }

  /** T h for h = 0: the largest rewards. */
  void start(double[] out) {
    forEachPiece(
        index -> {
          double least = Double.POSITIVE_INFINITY;
          double most = Double.NEGATIVE_INFINITY;
          double largest = 0;
          for (int s = from(index); s < to(index); s++) {
            int first = model.firstRow(s);
            int end = model.firstRow(s + 1);
            double q = sign * model.rowReward(first);
            int row = first;
            for (int k = first + 1; k < end; k++) {
              double r = sign * model.rowReward(k);
              if (r > q) {
                q = r;
                row = k;
              }
            }
            double second = Double.NEGATIVE_INFINITY;
            if (bound != null) {
              for (int k = first; k < end; k++) {
                bound[k] = sign * model.rowReward(k);
                if (k != row) {
                  second = Math.max(second, bound[k]);
                }
              }
            }
            runnerUp[s] = second;
            best.mark(s, row);
            out[s] = q;
            least = Math.min(least, q);
            most = Math.max(most, q);
            largest = Math.max(largest, Math.abs(q));
          }
          whole[index] = model.rowBytes() < LONG_ROW;
          pieceRows[index] = 0;
          store(index, least, most, largest);
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

  /** out = T h for a piece; returns the rows that took. */
  private long backup(int index, double[] h, double[] out, double slack) {
    int from = from(index);
    int to = to(index);
    double[] bounds = bound;
    if (bounds == null) {
      return evaluateAll(from, to, h, out);
    }
    if (whole[index]) {
      for (int s = from; s < to; s += WHOLE_STATES) {
        evaluateWhole(s, Math.min(to, s + WHOLE_STATES), h, out, bounds);
      }
      int rows = model.firstRow(to) - model.firstRow(from);
      int close = comingClose(from, to, h, out, bounds);
      if (close < SCATTERED * rows) {
        whole[index] = false;
        for (int s = from; s < to; s++) {
          best.copy(s);
        }
      }
      return rows;
    }
    for (int s = from; s < to; s++) {
      out[s] = best.backup(s, h);
    }
    return to - from + reexamine(from, to, h, out, slack, bounds);
  }

  /** Evaluates all rows of some states in the order of memory, and compares them afterwards. */
  private void evaluateWhole(int from, int to, double[] h, double[] out, double[] bounds) {
    int end = model.firstRow(to);
    for (int k = model.firstRow(from); k < end; k++) {
      bounds[k] = model.backup(k, h, discount, sign);
    }
    for (int s = from; s < to; s++) {
      int row = model.firstRow(s);
      double most = bounds[row];
      double second = Double.NEGATIVE_INFINITY;
      for (int k = row + 1; k < model.firstRow(s + 1); k++) {
        double q = bounds[k];
        if (q > most) {
          second = most;
          most = q;
          row = k;
        } else if (q > second) {
          second = q;
        }
      }
      for (int k = model.firstRow(s); k < model.firstRow(s + 1); k++) {
        bounds[k] -= shift;
      }
      runnerUp[s] = second - shift;
      best.mark(s, row);
      out[s] = most;
    }
  }

  /** How many rows the next sweep will have to look at again, if h moves as it did in this one. */
  private int comingClose(int from, int to, double[] h, double[] out, double[] bounds) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int s = from; s < to; s++) {
      double change = out[s] - h[s];
      if (change < least) {
        least = change;
      }
      if (change > most) {
        most = change;
      }
    }
    double near = discount * (most - least) + shift;
    int close = from - to;
    for (int s = from; s < to; s++) {
      double enough = out[s] - near;
      for (int k = model.firstRow(s); k < model.firstRow(s + 1); k++) {
        close += bounds[k] >= enough ? 1 : 0;
      }
    }
    return close;
  }

  /**
   * Evaluates the rows that may be better than their state's best, whose backup stands in {@code
   * out}. In steps, so that no branch waits for a sum: a processor that guesses such a branch wrong
   * has thrown the next rows' loads away (three times slower).
   */
  private long reexamine(
      int from, int to, double[] h, double[] out, double slack, double[] bounds) {
    int[] states = new int[0];
    int[] rows = new int[0];
    int stateCount = 0;
    int rowCount = 0;
    for (int s = from; s < to; s++) {
      if (runnerUp[s] + shift + slack >= out[s]) {
        int first = model.firstRow(s);
        int end = model.firstRow(s + 1);
        if (states.length == 0) {
          states = new int[to - s];
          rows = new int[model.firstRow(to) - first];
        }
        states[stateCount++] = s;
        double least = out[s] - shift - slack;
        bounds[best.row(s)] = Double.NEGATIVE_INFINITY;
        for (int k = first; k < end; k++) {
          rows[rowCount] = k;
          rowCount += bounds[k] >= least ? 1 : 0;
        }
        bounds[best.row(s)] = out[s] - shift;
      }
    }
    for (int i = 0; i < rowCount; i++) {
      bounds[rows[i]] = model.backup(rows[i], h, discount, sign) - shift;
    }
    for (int i = 0; i < stateCount; i++) {
      int s = states[i];
      int row = best.row(s);
      double most = bounds[row];
      double second = Double.NEGATIVE_INFINITY;
      for (int k = model.firstRow(s); k < model.firstRow(s + 1); k++) {
        double b = bounds[k];
        if (b > most) {
          second = most;
          most = b;
          row = k;
        } else if (b > second && k != row) {
          second = b;
        }
      }
      runnerUp[s] = second;
      if (row != best.row(s)) {
        best.set(s, row);
        out[s] = best.backup(s, h);
      }
    }
    return rowCount;
  }

  private int evaluateAll(int from, int to, double[] h, double[] out) {
    for (int s = from; s < to; s++) {
      int row = model.firstRow(s);
      double most = model.backup(row, h, discount, sign);
      for (int k = row + 1; k < model.firstRow(s + 1); k++) {
        double q = model.backup(k, h, discount, sign);
        if (q > most) {
          most = q;
          row = k;
        }
      }
      best.mark(s, row);
      out[s] = most;
    }
    return model.firstRow(to) - model.firstRow(from);
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
              if (backupOrBound(k, h) > out[s] - tie) {
                row = k;
              }
            }
            policy[s] = model.action(s, row);
          }
          finish(index, h, out, 0);
        });
    sweeps++;
  }

  private double backupOrBound(int row, double[] h) {
    return bound == null ? model.backup(row, h, discount, sign) : bound[row] + shift;
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
