package bellwether.core.mdp;

import java.util.Arrays;

/**
 * The best action of up to 64 states at once, with the largest backup and the second. Which action
 * is best is as good as random at first, so a comparison with a branch would be guessed wrong two
 * or three times a state, which costs as much as the backups themselves. Here the states are side
 * by side, and loops without branches run over them, which C2 turns into vector instructions.
 */
final class ActionMaxima {
  /** States that are compared together. */
  static final int STATES = 64;

  private final int actions;

  /** Backups by action, then state. */
  private final double[] byAction;

  private final double[] most = new double[STATES];
  private final double[] second = new double[STATES];
  private final long[] action = new long[STATES];

  ActionMaxima(int actions) {
    this.actions = actions;
    byAction = new double[actions * STATES];
  }

  /**
   * Compares the backups of some states.
   *
   * @param backups by state, then action
   * @param offset of the first state's backups
   * @param states how many, at most {@link #STATES}
   */
  void compare(double[] backups, int offset, int states) {
    transpose(backups, offset, states);
    Arrays.fill(second, Double.NEGATIVE_INFINITY);
    System.arraycopy(byAction, 0, most, 0, STATES);
    for (int a = 1; a < actions; a++) {
      twoLargest(byAction, a * STATES, most, second);
    }
    for (int a = actions - 1; a >= 0; a--) {
      where(byAction, a * STATES, most, action, a);
    }
  }

  /** Where backups may be put, by action, then state, before {@link #largest}. */
  double[] byAction() {
    return byAction;
  }

  /** Finds the largest of the backups in {@link #byAction}, and nothing else. */
  void largest() {
    System.arraycopy(byAction, 0, most, 0, STATES);
    for (int a = 1; a < actions; a++) {
      larger(byAction, a * STATES, most);
    }
  }

  /** The largest backups of the first states. */
  void copyMost(double[] target, int offset, int states) {
    System.arraycopy(most, 0, target, offset, states);
  }

  /** The second largest, which equals the largest where two actions tie; -infinity of one. */
  double second(int i) {
    return second[i];
  }

  /** The lowest action with the largest backup. */
  int action(int i) {
    return (int) action[i];
  }

  private void transpose(double[] backups, int offset, int states) {
    for (int a = 0; a < actions; a++) {
      for (int i = 0; i < states; i++) {
        byAction[a * STATES + i] = backups[offset + i * actions + a];
      }
    }
  }

  private static void larger(double[] q, int from, double[] most) {
    for (int i = 0; i < STATES; i++) {
      most[i] = Math.max(most[i], q[from + i]);
    }
  }

  private static void twoLargest(double[] q, int from, double[] most, double[] second) {
    for (int i = 0; i < STATES; i++) {
      double x = q[from + i];
      double m = most[i];
      second[i] = Math.max(second[i], Math.min(m, x));
      most[i] = Math.max(m, x);
    }
  }

  /** Where q equals the largest, bit for bit, the action is a. */
  private static void where(double[] q, int from, double[] most, long[] action, long a) {
    for (int i = 0; i < STATES; i++) {
      long difference =
          Double.doubleToRawLongBits(q[from + i]) ^ Double.doubleToRawLongBits(most[i]);
      long differs = (difference | -difference) >> 63;
      action[i] = (a & ~differs) | (action[i] & differs);
    }
  }
}
