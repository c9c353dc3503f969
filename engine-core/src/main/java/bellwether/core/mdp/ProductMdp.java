package bellwether.core.mdp;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A product of chains: every agent has a type that moves by itself, in a way that the joint action
 * chooses. A state has one type of every agent,
 *
 * <p>r(theta, a) = designerValue[a] + sum_i value_i[a][theta_i], P(theta' | theta, a) = prod_i
 * P_i[a](theta_i, theta'_i).
 *
 * <p>State numbers count the last agent's types fastest: theta has number sum_i theta_i stride_i,
 * stride_i the product of the numbers of types of the agents after i. The joint matrix is never
 * built: the model takes the agents' matrices, a solve two doubles and an int a joint state, or up
 * to four doubles where types move in the same way whatever the action is, and each to one of two
 * at most.
 */
public final class ProductMdp implements Mdp {
  /** The longest array of Java. */
  private static final double MOST_STATES = Integer.MAX_VALUE - 8;

  private final double[] designerValue;
  private final List<ProductAgent> agents;
  private final int[] stride;
  private final int states;

  private ProductMdp(double[] designerValue, List<ProductAgent> agents) {
    this.designerValue = designerValue;
    this.agents = agents;
    int n = agents.size();
    stride = new int[n];
    int size = 1;
    for (int i = n - 1; i >= 0; i--) {
      stride[i] = size;
      size *= agents.get(i).types();
    }
    states = size;
  }

  /**
   * A model.
   *
   * @param designerValue by action: what it is worth beside the agents' values; copied
   * @param agents at least one, all with as many actions as {@code designerValue}
   * @throws IllegalArgumentException naming the agent, when numbers of actions differ, a value is
   *     not finite, there are more joint states than an array can have, or in some joint state no
   *     action is allowed
   */
  public static ProductMdp of(double[] designerValue, List<ProductAgent> agents) {
    if (designerValue.length < 1) {
      throw new IllegalArgumentException("designerValue must have one entry for every action: 0");
    }
    if (agents.isEmpty()) {
      throw new IllegalArgumentException("agents must be at least one: 0");
    }
    for (int a = 0; a < designerValue.length; a++) {
      if (!Double.isFinite(designerValue[a])) {
        throw new IllegalArgumentException(
            "designerValue[" + a + "] must be finite: " + designerValue[a]);
      }
    }
    double joint = 1;
    for (int i = 0; i < agents.size(); i++) {
      ProductAgent agent = agents.get(i);
      if (agent.actions() != designerValue.length) {
        throw new IllegalArgumentException(
            "agents["
                + i
                + "] has "
                + agent.actions()
                + " actions, expected as many as designerValue, "
                + designerValue.length);
      }
      joint *= agent.types();
    }
    if (joint > MOST_STATES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "agents have %.6g joint states, %.3g GB to solve, expected at most %.0f, %.3g GB",
              joint,
              bytes(joint) / 1e9,
              MOST_STATES,
              bytes(MOST_STATES) / 1e9));
    }
    checkAllowed(designerValue.length, agents);
    return new ProductMdp(designerValue.clone(), List.copyOf(agents));
  }

  /** Every combination of the agents' sets of allowed actions has an action in common. */
  private static void checkAllowed(int actions, List<ProductAgent> agents) {
    Map<BitSet, String> reached = new LinkedHashMap<>();
    BitSet all = new BitSet();
    all.set(0, actions);
    reached.put(all, "");
    for (int i = 0; i < agents.size(); i++) {
      ProductAgent agent = agents.get(i);
      if (agent.allowsAll()) {
        continue;
      }
      Map<BitSet, String> next = new LinkedHashMap<>();
      for (int t = 0; t < agent.types(); t++) {
        BitSet allowed = new BitSet();
        for (int a = 0; a < actions; a++) {
          allowed.set(a, agent.allows(a, t));
        }
        for (Map.Entry<BitSet, String> before : reached.entrySet()) {
          BitSet both = (BitSet) before.getKey().clone();
          both.and(allowed);
          String place = before.getValue() + ", type " + t + " of agent " + i;
          if (both.isEmpty()) {
            throw new IllegalArgumentException(
                "no action is allowed in" + place.substring(1) + ", expected one at least");
          }
          next.putIfAbsent(both, place);
        }
      }
      reached = next;
    }
  }

  /** Bytes that a solve takes beside the agents' matrices at least: two values and a policy. */
  public static double bytes(double states) {
    return 20 * states;
  }

  /** How many agents. */
  public int agents() {
    return agents.size();
  }

  /** An agent. */
  public ProductAgent agent(int i) {
    return agents.get(i);
  }

  /** What an action is worth beside the agents' values. */
  public double designerValue(int action) {
    return designerValue[action];
  }

  @Override
  public int states() {
    return states;
  }

  @Override
  public int actions() {
    return designerValue.length;
  }

  /** How far the numbers of two states are apart that differ by 1 in the type of agent i. */
  public int stride(int i) {
    return stride[i];
  }

  /** The number of a state. */
  public int state(int... types) {
    if (types.length != agents.size()) {
      throw new IllegalArgumentException(
          "types must be one of every agent, " + agents.size() + ": " + types.length);
    }
    int state = 0;
    for (int i = 0; i < types.length; i++) {
      state += java.util.Objects.checkIndex(types[i], agents.get(i).types()) * stride[i];
    }
    return state;
  }

  /** The type of agent i in a state. */
  public int type(int state, int i) {
    return state / stride[i] % agents.get(i).types();
  }

  @Override
  public boolean allowed(int state, int action) {
    if (action < 0 || action >= actions()) {
      return false;
    }
    for (int i = 0; i < stride.length; i++) {
      if (!agents.get(i).allows(action, type(state, i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double reward(int state, int action) {
    if (!allowed(state, action)) {
      throw new IllegalArgumentException(
          "action must be allowed in state " + state + ": " + action);
    }
    double reward = designerValue[action];
    for (int i = 0; i < stride.length; i++) {
      reward += agents.get(i).value(action, type(state, i));
    }
    return reward;
  }

  /**
   * The model with agent i's value left out and the same actions. Where the agent restricts no
   * action it is left out altogether, since its type then matters to nobody, and the agents after
   * it move up by one; else it stays, without value.
   */
  public ProductMdp without(int i) {
    ProductAgent agent = agents.get(i);
    List<ProductAgent> others = new ArrayList<>(agents);
    if (agent.allowsAll() && agents.size() > 1) {
      others.remove(i);
    } else if (agent.allowsAll()) {
      TypeTransition[] stay = new TypeTransition[actions()];
      java.util.Arrays.fill(stay, TypeTransition.stay(1));
      others.set(0, ProductAgent.of(new double[actions()][1], stay));
    } else {
      others.set(i, agent.worthless());
    }
    return new ProductMdp(designerValue, List.copyOf(others));
  }

  /** The number of a state in {@code without(i)}. */
  public int stateWithout(int i, int state) {
    if (!agents.get(i).allowsAll()) {
      return state;
    }
    return state / (stride[i] * agents.get(i).types()) * stride[i] + state % stride[i];
  }

  /** At least |r| of every state and action. */
  double largestReward() {
    double largest = 0;
    for (int a = 0; a < actions(); a++) {
      double sum = Math.abs(designerValue[a]);
      for (ProductAgent agent : agents) {
        sum += agent.largest(a);
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }
}
