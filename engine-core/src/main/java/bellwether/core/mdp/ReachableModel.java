package bellwether.core.mdp;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;

/**
 * The part of a model that can be reached. States have codes, any longs; a function gives the
 * actions and successors of a code; the states that follow from the first ones, in any number of
 * steps, become a {@link SparseMdp}, numbered in the order in which they are met (breadth first).
 *
 * <p>Takes 12 bytes an entry and about 40 a state, and twice that while the model is made.
 */
public final class ReachableModel {
  private final SparseMdp mdp;
  private final LongArrayList codes;
  private final Long2IntOpenHashMap numbers;

  private ReachableModel(SparseMdp mdp, LongArrayList codes, Long2IntOpenHashMap numbers) {
    this.mdp = mdp;
    this.codes = codes;
    this.numbers = numbers;
  }

  /** Knows the actions of every state. */
  @FunctionalInterface
  public interface Expansion {
    /** Tells {@code choices} what can be done in the state {@code code}, at least one action. */
    void expand(long code, Choices choices);
  }

  /** Hears of the actions of one state. */
  public interface Choices {
    /**
     * Begins an action.
     *
     * @param action larger than the state's one before
     * @param reward expected, finite
     */
    void action(int action, double reward);

    /** A successor of the action begun last; several probabilities of one successor add up. */
    void successor(long code, double probability);
  }

  /**
   * Explores.
   *
   * @param actions one more than the largest number of an action
   * @param mostStates how many states there may be
   * @param initial the codes to begin with, at least one
   * @throws IllegalArgumentException when there are more states than {@code mostStates} or 2^31
   *     entries, or, naming the state, when its actions or probabilities are not as they must be
   */
  public static ReachableModel explore(
      Expansion expansion, int actions, int mostStates, long... initial) {
    RowMdp.checkSize(initial.length, actions);
    Exploration exploration = new Exploration(actions, mostStates);
    for (long code : initial) {
      exploration.number(code);
    }
    for (int s = 0; s < exploration.codes.size(); s++) {
      exploration.begin();
      expansion.expand(exploration.codes.getLong(s), exploration);
      exploration.end();
    }
    return exploration.model();
  }

  /** The model. */
  public SparseMdp mdp() {
    return mdp;
  }

  /** The code of a state of {@link #mdp}. */
  public long code(int state) {
    return codes.getLong(state);
  }

  /** The state of {@link #mdp} with this code, or -1 where it cannot be reached. */
  public int state(long code) {
    return numbers.get(code);
  }

  private static final class Exploration implements Choices {
    private final int actions;
    private final int mostStates;
    private final LongArrayList codes = new LongArrayList();
    private final Long2IntOpenHashMap numbers = new Long2IntOpenHashMap();
    private final IntArrayList firstRow = new IntArrayList();
    private final IntArrayList rowAction = new IntArrayList();
    private final IntArrayList rowStart = new IntArrayList();
    private final IntArrayList successors = new IntArrayList();
    private final DoubleArrayList probabilities = new DoubleArrayList();
    private final DoubleArrayList rewards = new DoubleArrayList();

    /** Of the action that was begun last. */
    private double rowSum;

    Exploration(int actions, int mostStates) {
      this.actions = actions;
      this.mostStates = mostStates;
      numbers.defaultReturnValue(-1);
      firstRow.add(0);
      rowStart.add(0);
    }

    int number(long code) {
      int known = numbers.get(code);
      if (known >= 0) {
        return known;
      }
      int number = codes.size();
      if (number == mostStates) {
        throw new IllegalArgumentException(
            "more than " + mostStates + " states can be reached, " + mostStates + " are allowed");
      }
      numbers.put(code, number);
      codes.add(code);
      return number;
    }

    void begin() {
      firstRow.add(rewards.size());
    }

    void end() {
      closeRow();
      int last = firstRow.size() - 1;
      firstRow.set(last, rewards.size());
      if (firstRow.getInt(last - 1) == rewards.size()) {
        throw new IllegalArgumentException(place() + " has no action, expected one at least");
      }
    }

    /** The state that is being expanded. */
    private String place() {
      return "state with code " + codes.getLong(firstRow.size() - 2);
    }

    private void closeRow() {
      if (rowStart.size() == rewards.size()) {
        if (!(Math.abs(rowSum - 1) <= RowMdp.ROW_SUM_TOLERANCE)) {
          throw new IllegalArgumentException(
              place()
                  + ", action "
                  + rowAction.getInt(rowAction.size() - 1)
                  + " has probabilities that sum to "
                  + rowSum
                  + ", expected 1 within "
                  + RowMdp.ROW_SUM_TOLERANCE);
        }
        rowStart.add(successors.size());
        rowSum = 0;
      }
    }

    @Override
    public void action(int action, double reward) {
      closeRow();
      boolean first = firstRow.getInt(firstRow.size() - 2) == rewards.size();
      int below = first ? -1 : rowAction.getInt(rowAction.size() - 1);
      if (action <= below || action >= actions) {
        throw new IllegalArgumentException(
            place()
                + " has action "
                + action
                + ", expected "
                + (below + 1)
                + " to "
                + (actions - 1));
      }
      rowAction.add(action);
      rewards.add(reward);
    }

    @Override
    public void successor(long code, double probability) {
      if (firstRow.getInt(firstRow.size() - 2) == rewards.size()) {
        throw new IllegalArgumentException(place() + " has a successor before its first action");
      }
      if (successors.size() == Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException("more than 2^31 entries can be reached");
      }
      successors.add(number(code));
      probabilities.add(probability);
      rowSum += probability;
    }

    ReachableModel model() {
      SparseMdp mdp =
          SparseMdp.owning(
              codes.size(),
              actions,
              firstRow.toIntArray(),
              rowAction.toIntArray(),
              rowStart.toIntArray(),
              successors.toIntArray(),
              probabilities.toDoubleArray(),
              rewards.toDoubleArray());
      return new ReachableModel(mdp, codes, numbers);
    }
  }
}
