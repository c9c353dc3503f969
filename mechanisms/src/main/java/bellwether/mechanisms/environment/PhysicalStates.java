package bellwether.mechanisms.environment;

import java.util.List;

/**
 * A public state that everybody sees, such as what is left of a stock: which actions it allows, and
 * where they lead for certain. Immutable.
 */
public final class PhysicalStates {
  private static final int NOWHERE = -1;

  private final int initial;

  /** next[k][a]; NOWHERE where a is not feasible. */
  private final int[][] next;

  private final List<String> names;
  private final boolean free;

  private PhysicalStates(int initial, int[][] next, List<String> names) {
    this.initial = initial;
    this.next = next;
    this.names = names;
    boolean all = true;
    for (int[] row : next) {
      for (int k : row) {
        all &= k != NOWHERE;
      }
    }
    free = all;
  }

  /** One state in which everything is feasible. */
  public static PhysicalStates none(int actions) {
    return new PhysicalStates(0, new int[1][actions], List.of());
  }

  /**
   * States.
   *
   * @param initial where the first period begins
   * @param next {@code next[k][a]}: the state after action a in k, or -1 where a is not feasible in
   *     k; copied
   * @throws IllegalArgumentException naming the place, when rows differ in length, a next state
   *     does not exist, no action is feasible in a state, or the initial one does not exist
   */
  public static PhysicalStates of(int initial, int[][] next) {
    if (next.length < 1) {
      throw new IllegalArgumentException("next must have a row for every state, at least one: 0");
    }
    int[][] copy = new int[next.length][];
    for (int k = 0; k < next.length; k++) {
      if (next[k].length != next[0].length) {
        throw new IllegalArgumentException(
            "next[" + k + "] has " + next[k].length + " actions, expected " + next[0].length);
      }
      boolean some = false;
      for (int a = 0; a < next[k].length; a++) {
        if (next[k][a] < NOWHERE || next[k][a] >= next.length) {
          throw new IllegalArgumentException(
              "next["
                  + k
                  + "]["
                  + a
                  + "] must be a state, 0 to "
                  + (next.length - 1)
                  + ", or -1: "
                  + next[k][a]);
        }
        some |= next[k][a] != NOWHERE;
      }
      if (!some) {
        throw new IllegalArgumentException("no action is feasible in state " + k);
      }
      copy[k] = next[k].clone();
    }
    if (initial < 0 || initial >= next.length) {
      throw new IllegalArgumentException(
          "initial must be a state, 0 to " + (next.length - 1) + ": " + initial);
    }
    return new PhysicalStates(initial, copy, List.of());
  }

  /**
   * The same states with names.
   *
   * @throws IllegalArgumentException when there is not one for every state
   */
  public PhysicalStates named(List<String> states) {
    if (states.size() != next.length) {
      throw new IllegalArgumentException(
          "names must be one for every state, " + next.length + ": " + states.size());
    }
    return new PhysicalStates(initial, next, List.copyOf(states));
  }

  /** How many states. */
  public int count() {
    return next.length;
  }

  /** How many actions. */
  public int actions() {
    return next[0].length;
  }

  /** Where the first period begins. */
  public int initial() {
    return initial;
  }

  /** The names of the states; empty where they have none. */
  public List<String> names() {
    return names;
  }

  /** Whether an action may be chosen. */
  public boolean feasible(int state, int action) {
    return next[state][action] != NOWHERE;
  }

  /** Whether every action may be chosen in every state. */
  public boolean allFeasible() {
    return free;
  }

  /**
   * The state after an action.
   *
   * @throws IllegalArgumentException when the action is not feasible
   */
  public int next(int state, int action) {
    int k = next[state][action];
    if (k == NOWHERE) {
      throw new IllegalArgumentException(
          "action must be feasible in physical state " + state + ": " + action);
    }
    return k;
  }
}
