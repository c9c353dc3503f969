package bellwether.batch.mdp;

import bellwether.batch.tree.HeapSpace;
import bellwether.core.mdp.Mdp;
import bellwether.core.mdp.ProductAgent;
import bellwether.core.mdp.ProductMdp;
import bellwether.core.mdp.SparseMdp;
import bellwether.core.parallel.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The joint model of agents whose types move by themselves: r = designerValue[a] + sum_i
 * value_i[a][t_i], P = prod_i P_i[a]. Joint states count the last agent's types fastest.
 */
final class JointModel {
  /**
   * Up to so many entries the joint rows are written out: small models, which any method solves.
   */
  private static final double MOST_ENTRIES = 4e6;

  private JointModel() {}

  /** Why so large a product cannot be solved, or null when it can. */
  static @Nullable String refusal(List<double[][]> values, List<double[][][]> transitions) {
    double states = states(values);
    if (states > MdpSize.MOST_ENTRIES) {
      return String.format(
          Locale.ROOT,
          "too many joint states, given %.6g, the product of the agents' numbers of types, allowed:"
              + " at most %.0f",
          states,
          MdpSize.MOST_ENTRIES);
    }
    int actions = values.getFirst().length;
    double entries = entries(transitions);
    return entries <= MOST_ENTRIES
        ? MdpSize.sparse(states, states * actions, entries).refusal(0)
        : HeapSpace.refusal(
            String.format(Locale.ROOT, "a product of %.0f joint states", states),
            ProductMdp.bytes(states));
  }

  private static double states(List<double[][]> values) {
    double states = 1;
    for (double[][] value : values) {
      states *= value[0].length;
    }
    return states;
  }

  /** Entries of all joint rows. */
  private static double entries(List<double[][][]> transitions) {
    double entries = 0;
    for (int a = 0; a < transitions.getFirst().length; a++) {
      entries += entries(transitions, a);
    }
    return entries;
  }

  /** Entries of one action's joint matrix: the product of those of its factors. */
  private static double entries(List<double[][][]> transitions, int action) {
    double product = 1;
    for (double[][][] transition : transitions) {
      double count = 0;
      for (double[] row : transition[action]) {
        for (double p : row) {
          count += p > 0 ? 1 : 0;
        }
      }
      product *= count;
    }
    return product;
  }

  /**
   * The product of agents.
   *
   * @param values value[a][type] of each agent
   * @param transitions transition[a][type][type] of each agent
   */
  static MdpSource of(
      double[] designerValue, List<double[][]> values, List<double[][][]> transitions) {
    int states = (int) states(values);
    return new MdpSource() {
      @Override
      public int states() {
        return states;
      }

      @Override
      public Mdp model(Workers workers) {
        return entries(transitions) <= MOST_ENTRIES
            ? joint(states, designerValue, values, transitions)
            : product(designerValue, values, transitions);
      }
    };
  }

  private static Mdp product(
      double[] designerValue, List<double[][]> values, List<double[][][]> transitions) {
    List<ProductAgent> agents = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      agents.add(ProductAgent.of(values.get(i), transitions.get(i)));
    }
    return ProductMdp.of(designerValue, agents);
  }

  /** Writes the joint rows out. */
  private static Mdp joint(
      int states, double[] designerValue, List<double[][]> values, List<double[][][]> transitions) {
    int actions = designerValue.length;
    int entries = (int) entries(transitions);
    int[] rowStart = new int[states * actions + 1];
    int[] successor = new int[entries];
    double[] probability = new double[entries];
    double[] reward = new double[states * actions];
    int agents = values.size();
    int[] types = new int[agents];
    int end = 0;
    for (int s = 0; s < states; s++) {
      int rest = s;
      for (int i = agents - 1; i >= 0; i--) {
        int count = values.get(i)[0].length;
        types[i] = rest % count;
        rest /= count;
      }
      for (int a = 0; a < actions; a++) {
        int row = s * actions + a;
        reward[row] = designerValue[a];
        int from = end;
        successor[end] = 0;
        probability[end++] = 1;
        for (int i = 0; i < agents; i++) {
          reward[row] += values.get(i)[a][types[i]];
          end = extend(transitions.get(i)[a][types[i]], successor, probability, from, end);
        }
        rowStart[row + 1] = end;
      }
    }
    return SparseMdp.owning(states, actions, rowStart, successor, probability, reward);
  }

  /** Multiplies a row's entries by those of one more agent; in place, from the back. */
  private static int extend(
      double[] factor, int[] successor, double[] probability, int from, int end) {
    int width = 0;
    for (double p : factor) {
      width += p > 0 ? 1 : 0;
    }
    int to = from + (end - from) * width;
    int at = to;
    for (int e = end - 1; e >= from; e--) {
      int joint = successor[e];
      double p = probability[e];
      for (int t = factor.length - 1; t >= 0; t--) {
        if (factor[t] > 0) {
          at--;
          successor[at] = joint * factor.length + t;
          probability[at] = p * factor[t];
        }
      }
    }
    return to;
  }
}
