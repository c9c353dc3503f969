package bellwether.mechanisms.optimal;

import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.joint.ProfileSpace;

/**
 * The flow of every action in every joint state, split into parts: for each agent what its weight
 * multiplies, for additive agents their own B, and the cost.
 */
final class WeightedFlows {
  final Environment environment;
  final ProfileSpace space;
  final int agents;
  final int actions;
  final int states;

  /** Parts of a flow: agents' units, additive agents' own, cost. */
  final int parts;

  private final boolean[] counted;
  private final SeparableEnvironment separable;
  private final int[] ownPart;

  /** By joint state: probability in the first period. */
  private final double[] first;

  WeightedFlows(SeparableEnvironment separable, boolean[] counted, Environment environment) {
    this.separable = separable;
    this.counted = counted.clone();
    this.environment = environment;
    space = new ProfileSpace(environment);
    agents = separable.size();
    actions = separable.actions();
    states = space.states();
    ownPart = new int[agents];
    int next = agents;
    for (int i = 0; i < agents; i++) {
      ownPart[i] = counted[i] && separable.agent(i).additive() ? next++ : -1;
    }
    parts = next + 1;
    first = new double[states];
    first[0] = 1;
    int block = 1;
    for (int i = agents - 1; i >= 0; i--) {
      double[] law = environment.agent(i).initial();
      if (law == null) {
        throw new IllegalStateException("agents[" + i + "] has no initial law");
      }
      for (int t = law.length - 1; t >= 0; t--) {
        for (int x = 0; x < block; x++) {
          first[t * block + x] = law[t] * first[x];
        }
      }
      block *= law.length;
    }
  }

  /** The probability of every joint state in the first period; not to be changed. */
  double[] first() {
    return first;
  }

  double discount() {
    return environment.discount();
  }

  /** One part of the flow of an action in a state. */
  double part(int k, int action, int state) {
    if (k == parts - 1) {
      return separable.cost(action);
    }
    if (k < agents) {
      return counted[k] ? separable.agent(k).unit(action, space.type(state, k)) : 0;
    }
    for (int i = 0; i < agents; i++) {
      if (ownPart[i] == k) {
        return separable.agent(i).own(action, space.type(state, i));
      }
    }
    throw new IllegalArgumentException("no such part: " + k);
  }

  /** What each part counts. */
  double[] weights(double... y) {
    double[] weight = new double[parts];
    java.util.Arrays.fill(weight, 1);
    for (int i = 0; i < agents; i++) {
      weight[i] = counted[i] ? y[i] : 0;
    }
    weight[parts - 1] = -1;
    return weight;
  }

  /** The weighted flow of an action in all states. */
  void flow(int action, double[] y, double[] out) {
    java.util.Arrays.fill(out, 0 - separable.cost(action));
    for (int i = 0; i < agents; i++) {
      if (!counted[i] || separable.agent(i).ignores(action)) {
        continue;
      }
      int types = space.types(i);
      int stride = space.stride(i);
      for (int x = 0, t = 0; x < states; x += stride, t = t + 1 == types ? 0 : t + 1) {
        SeparableAgent agent = separable.agent(i);
        double v = y[i] * agent.unit(action, t) + agent.own(action, t);
        for (int s = x; s < x + stride; s++) {
          out[s] += v;
        }
      }
    }
  }

  /** The plane of parts' totals. */
  Plane plane(double[] totals, double gap) {
    double[] slope = java.util.Arrays.copyOf(totals, agents);
    double[] own = new double[agents];
    for (int i = 0; i < agents; i++) {
      own[i] = ownPart[i] < 0 ? 0 : totals[ownPart[i]];
    }
    return new Plane(slope, own, totals[parts - 1], gap);
  }

  /** d times what the largest flow would be worth in all periods. */
  double scale(double... y) {
    double sum = 0;
    for (int i = 0; i < agents; i++) {
      if (!counted[i]) {
        continue;
      }
      double most = 0;
      SeparableAgent agent = separable.agent(i);
      for (int a = 0; a < actions; a++) {
        if (!agent.ignores(a)) {
          for (int t = 0; t < space.types(i); t++) {
            most = Math.max(most, Math.abs(y[i] * agent.unit(a, t)) + Math.abs(agent.own(a, t)));
          }
        }
      }
      sum += most;
    }
    double cost = 0;
    for (int a = 0; a < actions; a++) {
      cost = Math.max(cost, Math.abs(separable.cost(a)));
    }
    return environment.discount() * environment.annuity() * (sum + cost);
  }
}
