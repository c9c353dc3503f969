package bellwether.mechanisms.optimal;

import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.virtual.VirtualWeight;
import java.util.ArrayList;
import java.util.List;

/**
 * A designer who contracts with agents at t = 0, when each knows its initial type and nothing else,
 * and chooses an action in each of the periods t = 1, 2, ..., H, when agents learn their signals.
 * Actions have costs; period t counts d^t. Immutable.
 */
public final class SeparableEnvironment {
  private final List<SeparableAgent> agents;
  private final double[] cost;
  private final double discount;
  private final int horizon;

  /**
   * An environment.
   *
   * @param cost of every action in a period; copied
   * @param horizon periods of allocation, 0 for infinitely many
   * @throws IllegalArgumentException naming what does not fit, as {@link Environment.Builder#build}
   */
  public SeparableEnvironment(
      List<SeparableAgent> agents, double[] cost, double discount, int horizon) {
    this.agents = List.copyOf(agents);
    this.cost = cost.clone();
    this.discount = discount;
    this.horizon = horizon;
    for (int i = 0; i < agents.size(); i++) {
      if (agents.get(i).signals().actions() != cost.length) {
        throw new IllegalArgumentException(
            "cost must have one number for every action, "
                + agents.get(i).signals().actions()
                + ": "
                + cost.length);
      }
    }
    for (int a = 0; a < cost.length; a++) {
      if (!Double.isFinite(cost[a])) {
        throw new IllegalArgumentException("cost[" + a + "] must be finite: " + cost[a]);
      }
    }
    double[] one = new double[agents.size()];
    java.util.Arrays.fill(one, 1);
    boolean[] all = new boolean[one.length];
    java.util.Arrays.fill(all, true);
    // Its shapes and horizon are checked where it is made.
    weighted(one, all);
  }

  /** The agents. */
  public List<SeparableAgent> agents() {
    return agents;
  }

  /** One agent. */
  public SeparableAgent agent(int i) {
    return agents.get(i);
  }

  /** How many agents. */
  public int size() {
    return agents.size();
  }

  /** How many actions. */
  public int actions() {
    return cost.length;
  }

  /** What an action costs in a period. */
  public double cost(int action) {
    return cost[action];
  }

  /** d. */
  public double discount() {
    return discount;
  }

  /** H, or 0 for an infinite horizon. */
  public int horizon() {
    return horizon;
  }

  /** alpha and beta of every agent. */
  public VirtualWeight[] weights(double... initialTypes) {
    VirtualWeight[] weights = new VirtualWeight[size()];
    java.util.Arrays.setAll(weights, i -> agent(i).weight(initialTypes[i]));
    return weights;
  }

  /** The effective weights; 0 where a type gets none. */
  public double[] effectiveWeights(double... initialTypes) {
    double[] y = new double[size()];
    java.util.Arrays.setAll(y, i -> agent(i).effectiveWeight(initialTypes[i]));
    return y;
  }

  /**
   * The environment whose efficient rule is the virtual pivot's: agent i's flow counts y_i B, or
   * y_i C + B, costs are the designer's. An agent that does not count has one type and no value, so
   * that agents keep their numbers.
   *
   * @param y effective weights
   * @param counted whether agents count
   */
  public Environment weighted(double[] y, boolean[] counted) {
    List<Agent> weighted = new ArrayList<>();
    for (int i = 0; i < y.length; i++) {
      weighted.add(counted[i] ? agent(i).weighted(y[i]) : SeparableAgent.absent(cost.length));
    }
    double[] designer = new double[cost.length];
    for (int a = 0; a < designer.length; a++) {
      designer[a] = 0 - cost[a];
    }
    return Environment.builder(weighted, discount).designerValue(designer).horizon(horizon).build();
  }

  /**
   * Checks initial types.
   *
   * @throws IllegalArgumentException when there is not one of every agent, inside its support
   */
  public void checkTypes(double... initialTypes) {
    if (initialTypes.length != size()) {
      throw new IllegalArgumentException(
          "initialTypes must have one type for every agent, "
              + size()
              + ": "
              + initialTypes.length);
    }
    for (int i = 0; i < initialTypes.length; i++) {
      if (!(Double.isFinite(initialTypes[i]) && agent(i).type().supports(initialTypes[i]))) {
        throw new IllegalArgumentException(
            "initialTypes[" + i + "] must be in the support: " + initialTypes[i]);
      }
    }
  }
}
