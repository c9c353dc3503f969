package bellwether.core.policy;

import java.util.function.IntConsumer;

/**
 * The rows of the joint chain of all arms, made when they are asked for. A joint state is a number
 * whose digits, the last arm's lowest, are the arms' states; a choice of active arms is a set of
 * bits. For one thread.
 */
final class JointRows {
  /** The most arms: a choice is an int. */
  static final int MOST_ARMS = 30;

  /** Takes the entries of a row. */
  @FunctionalInterface
  interface Entries {
    void accept(long code, double probability);
  }

  private final ArmChain[] chains;
  private final long[] stride;
  private final int[] digit;
  private Entries entries = (_, _) -> {};
  private int active;

  JointRows(ArmChain[] chains) {
    this.chains = chains;
    stride = strides(chains);
    digit = new int[chains.length];
  }

  private static long[] strides(ArmChain[] chains) {
    long[] stride = new long[chains.length];
    long next = 1;
    for (int i = chains.length - 1; i >= 0; i--) {
      stride[i] = next;
      next = Math.multiplyExact(next, (long) chains[i].states());
    }
    return stride;
  }

  /** How many joint states there are, as far as a double can say. */
  static double size(ArmChain[] chains) {
    double size = 1;
    for (ArmChain chain : chains) {
      size *= chain.states();
    }
    return size;
  }

  /** The number of a joint state. */
  long code(int[] states) {
    long code = 0;
    for (int i = 0; i < states.length; i++) {
      code += stride[i] * states[i];
    }
    return code;
  }

  /** Goes to a state. */
  void at(long code) {
    long rest = code;
    for (int i = 0; i < digit.length; i++) {
      digit[i] = (int) (rest / stride[i]);
      rest %= stride[i];
    }
  }

  /** The indices of the arms where they are. */
  void scores(ArmScore[] scores, int period, double[] target) {
    for (int i = 0; i < digit.length; i++) {
      target[i] = scores[i].at(chains[i].first(digit[i]), chains[i].second(digit[i]), period);
    }
  }

  /** The sum of the arms' rewards. */
  double reward(int mask) {
    double reward = 0;
    for (int i = 0; i < digit.length; i++) {
      reward += chains[i].reward(mask >> i & 1, digit[i]);
    }
    return reward;
  }

  /** How many entries a row has. */
  double length(int mask) {
    double length = 1;
    for (int i = 0; i < digit.length; i++) {
      int action = mask >> i & 1;
      length *= chains[i].moves(action) ? chains[i].length(action, digit[i]) : 1;
    }
    return length;
  }

  /** Hands out the entries of a row, always in the same order. */
  void row(int mask, Entries consumer) {
    entries = consumer;
    active = mask;
    row(0, 0, 1);
  }

  private void row(int arm, long code, double probability) {
    if (arm == digit.length) {
      entries.accept(code, probability);
      return;
    }
    int state = digit[arm];
    int action = active >> arm & 1;
    ArmChain chain = chains[arm];
    if (!chain.moves(action)) {
      row(arm + 1, code + stride[arm] * state, probability);
      return;
    }
    for (int k = 0; k < chain.length(action, state); k++) {
      row(
          arm + 1,
          code + stride[arm] * chain.successor(action, state, k),
          probability * chain.probability(action, state, k));
    }
  }

  /** Every choice of {@code activate} arms, the lowest arms first. */
  static int[] choices(int arms, int activate) {
    java.util.stream.IntStream.Builder all = java.util.stream.IntStream.builder();
    choose(0, arms, activate, 0, all::add);
    return all.build().toArray();
  }

  private static void choose(int from, int arms, int left, int mask, IntConsumer target) {
    if (left == 0) {
      target.accept(mask);
      return;
    }
    for (int i = from; i <= arms - left; i++) {
      choose(i + 1, arms, left - 1, mask | 1 << i, target);
    }
  }

  /** How many choices there are. */
  static double choiceCount(int arms, int activate) {
    double count = 1;
    for (int k = 1; k <= activate; k++) {
      count = count * (arms - activate + k) / k;
    }
    return count;
  }
}
