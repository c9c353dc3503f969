package bellwether.mechanisms.efficient;

import bellwether.core.mdp.ProductMdp;
import bellwether.core.mdp.SparseMdp;
import java.util.Arrays;

/** Writes the joint matrix of a product out, row by row. */
final class JointMatrix {
  private final ProductMdp model;
  private final int[] successor;
  private final double[] probability;
  private int entries;

  private JointMatrix(ProductMdp model) {
    this.model = model;
    double most = 0;
    for (int a = 0; a < model.actions(); a++) {
      double product = 1;
      for (int i = 0; i < model.agents(); i++) {
        product *= model.agent(i).transition(a).entries();
      }
      most += product;
    }
    successor = new int[Math.toIntExact((long) most)];
    probability = new double[successor.length];
  }

  static SparseMdp of(ProductMdp model) {
    return new JointMatrix(model).write();
  }

  private SparseMdp write() {
    int states = model.states();
    int actions = model.actions();
    int[] firstRow = new int[states + 1];
    int[] rowAction = new int[states * actions];
    int[] rowStart = new int[rowAction.length + 1];
    double[] reward = new double[rowAction.length];
    int rows = 0;
    for (int s = 0; s < states; s++) {
      for (int a = 0; a < actions; a++) {
        if (model.allowed(s, a)) {
          rowAction[rows] = a;
          reward[rows] = model.reward(s, a);
          row(s, a, 0, 0, 1);
          rowStart[++rows] = entries;
        }
      }
      firstRow[s + 1] = rows;
    }
    return SparseMdp.owning(
        states,
        actions,
        firstRow,
        Arrays.copyOf(rowAction, rows),
        Arrays.copyOf(rowStart, rows + 1),
        Arrays.copyOf(successor, entries),
        Arrays.copyOf(probability, entries),
        Arrays.copyOf(reward, rows));
  }

  /** The products of the entries of the factors from i on. */
  private void row(int state, int action, int i, int base, double weight) {
    if (i == model.agents()) {
      successor[entries] = base;
      probability[entries++] = weight;
      return;
    }
    int stride = model.stride(i);
    model
        .agent(i)
        .transition(action)
        .forEachSuccessor(
            model.type(state, i),
            (u, p) -> row(state, action, i + 1, base + u * stride, weight * p));
  }
}
