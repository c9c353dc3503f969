package bellwether.core.mdp;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Small random models of every kind: sets of actions, short and long rows, absorbing states. */
final class RandomMdps {
  private RandomMdps() {}

  /** A sparse model; its shape comes from the seed too. */
  static SparseMdp sparse(long seed, double scale) {
    SplittableRandom random = new SplittableRandom(seed);
    int states = 1 + random.nextInt(12);
    int actions = 1 + random.nextInt(4);
    int[] firstRow = new int[states + 1];
    int[] rowAction = new int[states * actions];
    int rows = 0;
    for (int s = 0; s < states; s++) {
      int sure = random.nextInt(actions);
      for (int a = 0; a < actions; a++) {
        if (a == sure || random.nextInt(3) > 0) {
          rowAction[rows++] = a;
        }
      }
      firstRow[s + 1] = rows;
    }
    int[] start = new int[rows + 1];
    int[] successor = new int[rows * states];
    double[] probability = new double[rows * states];
    double[] reward = new double[rows];
    int e = 0;
    for (int k = 0; k < rows; k++) {
      int length = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(states);
      double[] weights = random.doubles(length).toArray();
      double sum = Arrays.stream(weights).sum();
      for (int i = 0; i < length; i++) {
        // The same successor may come twice.
        successor[e] = random.nextInt(states);
        probability[e++] = weights[i] / sum;
      }
      start[k + 1] = e;
      reward[k] = scale * (random.nextInt(5) == 0 ? 0 : 2 * random.nextDouble() - 1);
    }
    return SparseMdp.owning(
        states,
        actions,
        firstRow,
        Arrays.copyOf(rowAction, rows),
        start,
        Arrays.copyOf(successor, e),
        Arrays.copyOf(probability, e),
        reward);
  }

  /** The same model with dense rows. */
  static DenseMdp dense(RowMdp model) {
    return DenseMdp.of(
        model.states(),
        model.actions(),
        firstRow(model),
        rowAction(model),
        (s, a, target, offset) -> {
          model.forEachSuccessor(model.row(s, a), (t, p) -> target[offset + t] += p);
          return model.reward(s, a);
        });
  }

  /** The same model, generated. */
  static GeneratedMdp generated(RowMdp model) {
    return GeneratedMdp.of(
        model.states(),
        model.actions(),
        firstRow(model),
        rowAction(model),
        (s, a, successors) -> {
          model.forEachSuccessor(model.row(s, a), successors);
          return model.reward(s, a);
        });
  }

  private static int[] firstRow(RowMdp model) {
    int[] first = new int[model.states() + 1];
    Arrays.setAll(first, model::firstRow);
    return first;
  }

  private static int[] rowAction(RowMdp model) {
    int[] action = new int[model.rows()];
    for (int s = 0; s < model.states(); s++) {
      for (int k = model.firstRow(s); k < model.firstRow(s + 1); k++) {
        action[k] = model.action(s, k);
      }
    }
    return action;
  }

  /** States in a ring, steps of up to {@code width}: mixes slowly. */
  static SparseMdp ring(int states, int actions, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = states * actions;
    int[] start = new int[rows + 1];
    int[] successor = new int[rows * 3];
    double[] probability = new double[rows * 3];
    double[] reward = new double[rows];
    for (int k = 0; k < rows; k++) {
      double[] weights = random.doubles(3, 0.1, 1).toArray();
      double sum = Arrays.stream(weights).sum();
      for (int i = 0; i < 3; i++) {
        int step = random.nextInt(2 * width + 1) - width;
        successor[3 * k + i] = Math.floorMod(k / actions + step, states);
        probability[3 * k + i] = weights[i] / sum;
      }
      start[k + 1] = 3 * k + 3;
      reward[k] = random.nextDouble();
    }
    return SparseMdp.owning(states, actions, start, successor, probability, reward);
  }
}
