package bellwether.batch.mdp;

import bellwether.batch.array.EntryTable;
import bellwether.batch.array.NumberTable;
import bellwether.batch.tree.KeyPath;
import bellwether.batch.tree.Mistakes;
import bellwether.batch.tree.Shown;
import bellwether.core.mdp.MdpAssembler;
import org.jspecify.annotations.Nullable;

/**
 * Makes a model of entries, of which it tells all that is wrong with its place: first the
 * transitions, then the rewards, then the model.
 */
final class EntryAssembly {
  private static final double ROW_TOLERANCE = 1e-9;

  private final Mistakes mistakes;
  private final int position;
  private final KeyPath path;
  private final int states;
  private final int actions;
  private final MdpAssembler assembler;

  /**
   * Nothing so far.
   *
   * @param position where the transitions stand in the job
   * @param actions one more than the largest action allowed; states * states * actions is below
   *     2^62
   */
  EntryAssembly(Mistakes mistakes, int position, KeyPath path, int states, int actions) {
    this.mistakes = mistakes;
    this.position = position;
    this.path = path;
    this.states = states;
    this.actions = actions;
    this.assembler = new MdpAssembler(states, actions);
  }

  /** Whether a model can have so many states and actions: else that is a mistake. */
  static boolean fits(Mistakes mistakes, int position, KeyPath path, int states, int actions) {
    if ((double) states * states * actions < 0x1p62) {
      return true;
    }
    mistakes.add(
        position,
        path,
        "too many states and actions",
        states + " states, " + actions + " actions",
        "states * states * actions below 2^62");
    return false;
  }

  /** Takes the entries (s, a, t, p); false after a mistake. */
  boolean transitions(EntryTable entries) {
    double count = entries.count();
    double rows = Math.min((double) states * actions, count);
    String refusal =
        MdpSize.sparse(states, Math.max(1, rows), count).refusal(20 * count + 16 * rows);
    if (refusal != null) {
      mistakes.add(position, path, refusal);
      return false;
    }
    long before = mistakes.count();
    assembler.expect((int) count);
    entries.forEach(
        (entry, values) -> {
          boolean fine =
              index(entries, entry, 0, values, "state", states)
                  && index(entries, entry, 1, values, "action", actions)
                  && index(entries, entry, 2, values, "successor", states)
                  && probability(entries, entry, values[3]);
          if (fine && mistakes.count() == before) {
            assembler.transition((int) values[0], (int) values[1], (int) values[2], values[3]);
          }
          return goesOn(before);
        });
    if (mistakes.count() == before) {
      checkRows(entries);
    }
    return mistakes.count() == before;
  }

  private boolean goesOn(long before) {
    return mistakes.count() - before <= Mistakes.TOLD;
  }

  private static boolean index(
      EntryTable entries, int entry, int column, double[] values, String what, int size) {
    double value = values[column];
    if (value >= 0 && value < size && value == Math.rint(value)) {
      return true;
    }
    entries.wrong(
        entry,
        column,
        what + (value == Math.rint(value) ? " out of range" : " not an integer"),
        Shown.number(value),
        "an integer from 0 to " + (size - 1));
    return false;
  }

  private static boolean probability(EntryTable entries, int entry, double p) {
    if (p >= 0 && p <= 1 + ROW_TOLERANCE) {
      return true;
    }
    entries.wrong(
        entry,
        3,
        p < 0 ? "negative probability" : "not a probability",
        Shown.number(p),
        "a number from 0 to 1");
    return false;
  }

  /** Tells of rows that do not sum to 1 and of states without a row. */
  private void checkRows(EntryTable entries) {
    long before = mistakes.count();
    int[] next = {0};
    assembler.forEachRow(
        (state, action, first, sum) -> {
          missing(next[0], state, before);
          next[0] = state + 1;
          if (!(Math.abs(sum - 1) <= ROW_TOLERANCE) && goesOn(before)) {
            entries.wrong(
                first,
                -1,
                "transition of state " + state + ", action " + action + " does not sum to 1",
                "a sum of " + Shown.number(sum),
                "1 within 1e-9");
          }
        });
    missing(next[0], states, before);
  }

  private void missing(int from, int to, long before) {
    for (int s = from; s < to && goesOn(before); s++) {
      mistakes.add(
          position,
          path,
          "state " + s + " has no action",
          "no entry of it",
          "at least one action in every state");
    }
  }

  /**
   * Takes r(s, a) from a table of states by actions; numbers of actions not allowed are not read.
   */
  void rewards(NumberTable table) {
    long before = mistakes.count();
    int columns = table.side(1);
    assembler.forEachRow(
        (state, action, _, _) -> {
          int flat = state * columns + action;
          double reward = table.values()[flat];
          if (Double.isFinite(reward)) {
            assembler.reward(state, action, reward);
          } else if (goesOn(before)) {
            table.wrong(
                flat,
                "not a finite number",
                Double.isNaN(reward) ? "none" : Shown.number(reward),
                "a finite number, because the action is allowed");
          }
        });
  }

  /** Takes rewards of entries (s, a, r) or (s, a, t, r). */
  void rewards(EntryTable entries, int width) {
    long before = mistakes.count();
    entries.forEach(
        (entry, values) -> {
          boolean fine =
              index(entries, entry, 0, values, "state", states)
                  && index(entries, entry, 1, values, "action", actions)
                  && (width == 3 || index(entries, entry, 2, values, "successor", states))
                  && reward(entries, entry, width - 1, values[width - 1]);
          if (fine && width == 3) {
            assembler.reward((int) values[0], (int) values[1], values[2]);
          } else if (fine) {
            assembler.reward((int) values[0], (int) values[1], (int) values[2], values[3]);
          }
          return goesOn(before);
        });
  }

  /** Takes rewards of entries (s, r), the same for every action of a state. */
  void stateRewards(EntryTable entries) {
    long before = mistakes.count();
    double[] rewards = new double[states];
    boolean[] given = new boolean[states];
    entries.forEach(
        (entry, values) -> {
          if (index(entries, entry, 0, values, "state", states)
              && reward(entries, entry, 1, values[1])) {
            int state = (int) values[0];
            if (given[state]) {
              entries.wrong(entry, -1, "a second reward", "state " + state, "one for each state");
            }
            given[state] = true;
            rewards[state] = values[1];
          }
          return goesOn(before);
        });
    if (mistakes.count() == before) {
      assembler.forEachRow(
          (state, action, _, _) -> {
            if (given[state]) {
              assembler.reward(state, action, rewards[state]);
            }
          });
    }
  }

  private static boolean reward(EntryTable entries, int entry, int column, double reward) {
    if (Double.isFinite(reward)) {
      return true;
    }
    entries.wrong(entry, column, "not a finite number", Shown.number(reward), "a finite number");
    return false;
  }

  /**
   * The model; null after a mistake.
   *
   * @param rewardPosition where the rewards stand in the job
   */
  @Nullable MdpSource finish(int rewardPosition, KeyPath rewardPath) {
    try {
      return MdpSource.of(assembler.build());
    } catch (IllegalArgumentException e) {
      // What is left to be wrong is a reward given twice, or of a transition that is not there.
      mistakes.add(rewardPosition, rewardPath, String.valueOf(e.getMessage()));
      return null;
    }
  }
}
