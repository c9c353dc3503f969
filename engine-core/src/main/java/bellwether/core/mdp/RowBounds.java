package bellwether.core.mdp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every row: a bound on its next backup, so that rows which cannot be best are not
 * evaluated. Bounds are kept less d times the sum of the largest rises of h, which its owner knows
 * and hands in as {@code shift}: a rise of h then changes no bound.
 */
final class RowBounds {
  /** States whose rows are evaluated together before any is compared. */
  private static final int STATES = ActionMaxima.STATES;

  /**
   * A row in the order of memory costs this share of one that stands alone, which no processor
   * fetches ahead.
   */
  private static final double SCATTERED = 0.35;

  /** Bytes of a row that is worth as much alone as among others. */
  private static final double LONG_ROW = 1024;

  /** What is remembered of a sweep beside T h. */
  enum Memory {
    /** A bound on every row, and the best rows. */
    BOUNDS,
    /** The best rows. */
    BEST_ROWS,
    /** Nothing. */
    NOTHING
  }

  private final RowMdp model;
  private final BestRows best;
  private final double discount;
  private final double sign;
  private final Memory memory;

  /** By row: a backup it had, less the shift then; null where all rows are always evaluated. */
  private final double @Nullable [] bound;

  /** By state: the largest bound but that of its best row. */
  private final double[] runnerUp;

  /** By piece: whether all its rows are evaluated, in order, since too many may be best. */
  private final boolean[] whole;

  /** Bounds for the states of some pieces. */
  RowBounds(RowMdp model, BestRows best, double discount, double sign, int pieces, Memory memory) {
    this.model = model;
    this.best = best;
    this.discount = discount;
    this.sign = sign;
    this.memory = memory;
    boolean keeps = memory == Memory.BOUNDS;
    bound = keeps ? new double[model.rows()] : null;
    runnerUp = new double[keeps ? model.states() : 0];
    whole = new boolean[pieces];
  }

  /** Whether the best rows of a piece have been marked and not copied. */
  boolean marksOnly(int piece) {
    return whole[piece] || bound == null;
  }

  /** Forgets all about the states of a piece. */
  void forget(int piece, int from, int to) {
    for (int s = from; s < to; s++) {
      best.mark(s, model.firstRow(s));
    }
    if (bound != null) {
      Arrays.fill(runnerUp, from, to, Double.POSITIVE_INFINITY);
      Arrays.fill(bound, model.firstRow(from), model.firstRow(to), Double.POSITIVE_INFINITY);
    }
    whole[piece] = model.rowBytes() < LONG_ROW;
  }

  /** T h of the states of a piece for h = 0, when nothing has been added up yet. */
  void start(int piece, int from, int to, double[] out) {
    for (int s = from; s < to; s++) {
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
      if (bound != null) {
        double second = Double.NEGATIVE_INFINITY;
        for (int k = first; k < end; k++) {
          bound[k] = sign * model.rowReward(k);
          if (k != row) {
            second = Math.max(second, bound[k]);
          }
        }
        runnerUp[s] = second;
      }
      best.mark(s, row);
      out[s] = q;
    }
    whole[piece] = model.rowBytes() < LONG_ROW;
  }

  /**
   * out = T h for the states of a piece; returns the rows that took.
   *
   * @param slack by how much a bound may be too small, rounding and all
   */
  long evaluate(int piece, int from, int to, double[] h, double[] out, double shift, double slack) {
    double[] bounds = bound;
    int rows = model.firstRow(to) - model.firstRow(from);
    if (bounds == null) {
      if (memory == Memory.NOTHING && model.hasAllActions()) {
        evaluateValues(from, to, h, out);
      } else {
        evaluateAll(from, to, h, out);
      }
      return rows;
    }
    if (whole[piece]) {
      evaluateWhole(from, to, h, out, bounds, shift);
      if (comingClose(from, to, h, out, bounds, shift) < SCATTERED * rows) {
        whole[piece] = false;
        for (int s = from; s < to; s++) {
          best.copy(s);
        }
      }
      return rows;
    }
    for (int s = from; s < to; s++) {
      out[s] = best.backup(s, h);
    }
    return to - from + reexamine(from, to, h, out, shift, slack, bounds);
  }

  /** A row's bound, or its backup where bounds are not kept. */
  double backupOrBound(int row, double[] h, double shift) {
    return bound == null ? model.backup(row, h, discount, sign) : bound[row] + shift;
  }

  /** The largest backups alone, of a model in which every state has every action. */
  private void evaluateValues(int from, int to, double[] h, double[] out) {
    ActionMaxima maxima = new ActionMaxima(model.actions());
    for (int s = from; s < to; s += STATES) {
      int end = Math.min(to, s + STATES);
      model.backupsByAction(s, end, h, discount, sign, maxima.byAction(), STATES);
      maxima.largest();
      maxima.copyMost(out, s, end - s);
    }
  }

  /** Evaluates and compares row by row. */
  private void evaluateAll(int from, int to, double[] h, double[] out) {
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
  }

  /** Evaluates all rows in the order of memory, and compares them afterwards. */
  private void evaluateWhole(
      int from, int to, double[] h, double[] out, double[] bounds, double shift) {
    ActionMaxima maxima = new ActionMaxima(model.hasAllActions() ? model.actions() : 0);
    for (int s = from; s < to; s += STATES) {
      int end = Math.min(to, s + STATES);
      int first = model.firstRow(s);
      int last = model.firstRow(end);
      model.backups(first, last, h, discount, sign, bounds, 0);
      if (model.hasAllActions()) {
        maxima.compare(bounds, first, end - s);
        for (int t = s; t < end; t++) {
          best.mark(t, model.firstRow(t) + maxima.action(t - s));
          runnerUp[t] = maxima.second(t - s) - shift;
        }
        maxima.copyMost(out, s, end - s);
      } else {
        for (int t = s; t < end; t++) {
          choose(t, bounds, out, shift);
        }
      }
      for (int k = first; k < last; k++) {
        bounds[k] -= shift;
      }
    }
  }

  /** Marks the best row of a state, the first such, and finds the largest of its other ones. */
  private void choose(int s, double[] backups, double[] out, double shift) {
    int row = model.firstRow(s);
    double most = backups[row];
    double second = Double.NEGATIVE_INFINITY;
    for (int k = row + 1; k < model.firstRow(s + 1); k++) {
      double q = backups[k];
      if (q > most) {
        second = most;
        most = q;
        row = k;
      } else if (q > second) {
        second = q;
      }
    }
    best.mark(s, row);
    runnerUp[s] = second - shift;
    out[s] = most;
  }

  /** How many rows the next sweep will have to look at again, if h moves as it did in this one. */
  private int comingClose(
      int from, int to, double[] h, double[] out, double[] bounds, double shift) {
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
      int from, int to, double[] h, double[] out, double shift, double slack, double[] bounds) {
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
}
