package bellwether.mechanisms.affine;

import bellwether.core.mdp.TypeTransition;
import bellwether.mechanisms.environment.Agent;
import bellwether.mechanisms.environment.Environment;
import bellwether.mechanisms.environment.PhysicalStates;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * An environment in which every agent has {@link Alternatives} of its values: one is drawn for each
 * agent, independently, before the first period. The agents' own tables of values are not used.
 * Immutable.
 */
public final class PrivateEnvironment {
  /** Sums of values may be so large: weighted ones are still numbers. */
  private static final double LARGEST = 1e140;

  private final Environment base;
  private final List<Alternatives> alternatives;

  private PrivateEnvironment(Environment base, List<Alternatives> alternatives) {
    this.base = base;
    this.alternatives = alternatives;
  }

  /**
   * An environment with alternatives.
   *
   * @param base transitions, laws of first types, physical states, the designer's values, discount
   *     and horizon
   * @param alternatives one of every agent
   * @throws IllegalArgumentException when there is not one of every agent, a table has another
   *     shape than the agent's, an agent of several types has no initial law, or values overflow
   */
  public static PrivateEnvironment of(Environment base, List<Alternatives> alternatives) {
    if (alternatives.size() != base.size()) {
      throw new IllegalArgumentException(
          "alternatives must be one for every agent, " + base.size() + ": " + alternatives.size());
    }
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < base.size(); i++) {
      Agent agent = base.agent(i);
      Alternatives own = alternatives.get(i);
      if (own.actions() != base.actions() || own.types() != agent.types()) {
        throw new IllegalArgumentException(
            "alternatives["
                + i
                + "] has "
                + own.actions()
                + " actions and "
                + own.types()
                + " types, expected "
                + base.actions()
                + " and "
                + agent.types());
      }
      if (agent.initial() == null) {
        if (agent.types() > 1) {
          throw new IllegalArgumentException("agents[" + i + "] has no initial law");
        }
        agent = agent.withInitial(1);
      }
      agents.add(agent);
    }
    double[] designer = new double[base.actions()];
    java.util.Arrays.setAll(designer, base::designerValue);
    Environment whole =
        Environment.builder(agents, base.discount())
            .designerValue(designer)
            .physical(base.physical())
            .horizon(base.horizon())
            .build();
    PrivateEnvironment made = new PrivateEnvironment(whole, List.copyOf(alternatives));
    double total = made.largestFlow() * whole.annuity();
    if (!(total <= LARGEST)) {
      throw new IllegalArgumentException(
          "values must be smaller: all of them in all periods sum to up to "
              + total
              + ", expected at most "
              + LARGEST);
    }
    return made;
  }

  /** Everything but the agents' values. */
  public Environment base() {
    return base;
  }

  /** The alternatives of an agent. */
  public Alternatives alternatives(int i) {
    return alternatives.get(i);
  }

  /** How many agents. */
  public int size() {
    return base.size();
  }

  /** How many combinations of alternatives there are. */
  public double combinations() {
    double product = 1;
    for (Alternatives own : alternatives) {
      product *= own.count();
    }
    return product;
  }

  /** The most that a period's values sum to, in absolute value. */
  public double largestFlow() {
    double most = 0;
    for (int a = 0; a < base.actions(); a++) {
      double sum = Math.abs(base.designerValue(a));
      for (Alternatives own : alternatives) {
        sum += own.largest(a);
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  /** The same with some of each agent's alternatives. */
  PrivateEnvironment only(List<int[]> some) {
    List<Alternatives> kept = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      kept.add(alternatives.get(i).only(some.get(i)));
    }
    return new PrivateEnvironment(base, kept);
  }

  /**
   * The environment whose pivot mechanism is the affine maximizer of a rule: type m T_i + t of
   * agent i is type t of alternative m, its values are multiplied by the agent's weight, and the
   * boosts are worth something to the designer.
   *
   * <p>Boosts that differ between physical states make an action of every pair k A + a of a state
   * and an action that is feasible in it.
   */
  public Environment weighted(AffineRule rule) {
    rule.checkFits(base);
    boolean pairs = rule.dependsOnState();
    int states = pairs ? base.physical().count() : 1;
    int actions = base.actions();
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      agents.add(expanded(i, rule.weight(i), states));
    }
    double[] designer = new double[states * actions];
    for (int k = 0; k < states; k++) {
      for (int a = 0; a < actions; a++) {
        designer[k * actions + a] = base.designerValue(a) + rule.boost(k, a);
      }
    }
    return Environment.builder(agents, base.discount())
        .designerValue(designer)
        .physical(pairs ? pairs() : base.physical())
        .horizon(base.horizon())
        .build();
  }

  private PhysicalStates pairs() {
    PhysicalStates physical = base.physical();
    int actions = base.actions();
    int[][] next = new int[physical.count()][physical.count() * actions];
    for (int k = 0; k < next.length; k++) {
      java.util.Arrays.fill(next[k], -1);
      for (int a = 0; a < actions; a++) {
        if (physical.feasible(k, a)) {
          next[k][k * actions + a] = physical.next(k, a);
        }
      }
    }
    return PhysicalStates.of(physical.initial(), next);
  }

  private Agent expanded(int i, double weight, int copies) {
    Agent agent = base.agent(i);
    Alternatives own = alternatives.get(i);
    int types = agent.types();
    int count = own.count();
    int actions = base.actions();
    double[][] value = new double[copies * actions][];
    TypeTransition[] transition = new TypeTransition[copies * actions];
    IdentityHashMap<TypeTransition, TypeTransition> known = new IdentityHashMap<>();
    for (int a = 0; a < actions; a++) {
      double[] row = new double[count * types];
      for (int m = 0; m < count; m++) {
        for (int t = 0; t < types; t++) {
          row[m * types + t] = weight * own.value(m, a, t);
        }
      }
      TypeTransition block =
          known.computeIfAbsent(agent.transition(a), one -> diagonal(one, count));
      for (int k = 0; k < copies; k++) {
        value[k * actions + a] = row;
        transition[k * actions + a] = block;
      }
    }
    double[] first = agent.initial();
    double[] initial = new double[count * types];
    for (int m = 0; m < count; m++) {
      for (int t = 0; t < types; t++) {
        initial[m * types + t] = own.probability(m) * (first == null ? 1 : first[t]);
      }
    }
    return Agent.of(value, transition).withInitial(initial);
  }

  /** The same matrix for every alternative, which never changes. */
  private static TypeTransition diagonal(TypeTransition one, int count) {
    int types = one.types();
    if (one.stays()) {
      return TypeTransition.stay(count * types);
    }
    int entries = one.entries();
    int[] start = new int[count * types + 1];
    int[] successor = new int[count * entries];
    double[] probability = new double[count * entries];
    int[] at = {0};
    for (int m = 0; m < count; m++) {
      int shift = m * types;
      for (int t = 0; t < types; t++) {
        one.forEachSuccessor(
            t,
            (u, p) -> {
              successor[at[0]] = shift + u;
              probability[at[0]++] = p;
            });
        start[shift + t + 1] = at[0];
      }
    }
    return TypeTransition.sparse(count * types, start, successor, probability);
  }
}
