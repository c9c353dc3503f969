package bellwether.mechanisms.environment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dynamic environment with private values: in every period agents learn their types, one action
 * is taken for all, and types move independently of one another as the action says (Bergemann and
 * Valimaki 2010).
 *
 * <p>w(a, theta) = v_0(a) + sum_i v_i(a, theta_i). Period t counts delta^t; the horizon is infinite
 * or T periods t = 0..T-1. Where there is a {@linkplain PhysicalStates physical state}, it says
 * which actions are feasible, with an agent and without: leaving an agent out drops its value and
 * nothing else. Immutable.
 */
public final class Environment {
  /** Sums of values may be so large: products and differences of them are still numbers. */
  private static final double LARGEST = 1e150;

  private final List<Agent> agents;
  private final double[] designerValue;
  private final PhysicalStates physical;
  private final double discount;
  private final int horizon;

  private Environment(
      List<Agent> agents,
      double[] designerValue,
      PhysicalStates physical,
      double discount,
      int horizon) {
    this.agents = agents;
    this.designerValue = designerValue;
    this.physical = physical;
    this.discount = discount;
    this.horizon = horizon;
  }

  /** An environment of these agents, without anything else, over an infinite horizon. */
  public static Environment of(List<Agent> agents, double discount) {
    return builder(agents, discount).build();
  }

  /** Begins an environment. */
  public static Builder builder(List<Agent> agents, double discount) {
    return new Builder(agents, discount);
  }

  /** What an environment may have beside agents and discount. */
  public static final class Builder {
    private final List<Agent> agents;
    private final double discount;
    private double @Nullable [] designerValue;
    private @Nullable PhysicalStates physical;
    private int horizon;

    private Builder(List<Agent> agents, double discount) {
      this.agents = List.copyOf(agents);
      this.discount = discount;
    }

    /** What each action is worth to the designer in a period; default 0. */
    public Builder designerValue(double... byAction) {
      designerValue = byAction.clone();
      return this;
    }

    /** The public state. */
    public Builder physical(PhysicalStates states) {
      physical = states;
      return this;
    }

    /** Periods; 0, the default, for infinitely many. */
    public Builder horizon(int periods) {
      horizon = periods;
      return this;
    }

    /**
     * The environment.
     *
     * @throws IllegalArgumentException naming the first argument that does not fit: no agents,
     *     numbers of actions that differ, a designer's value that is not finite, a negative
     *     horizon, a discount not in [0, 1), or not in [0, 1] with a horizon, or values whose sums
     *     overflow
     */
    public Environment build() {
      if (agents.isEmpty()) {
        throw new IllegalArgumentException("agents must be at least one: 0");
      }
      int actions = agents.getFirst().actions();
      for (int i = 0; i < agents.size(); i++) {
        if (agents.get(i).actions() != actions) {
          throw new IllegalArgumentException(
              "agents["
                  + i
                  + "] has "
                  + agents.get(i).actions()
                  + " actions, expected as many as agents[0], "
                  + actions);
        }
      }
      double[] designer = designerValue == null ? new double[actions] : designerValue;
      if (designer.length != actions) {
        throw new IllegalArgumentException(
            "designerValue must have one number for every action, "
                + actions
                + ": "
                + designer.length);
      }
      for (int a = 0; a < actions; a++) {
        if (!Double.isFinite(designer[a])) {
          throw new IllegalArgumentException(
              "designerValue[" + a + "] must be finite: " + designer[a]);
        }
      }
      PhysicalStates states = physical == null ? PhysicalStates.none(actions) : physical;
      if (states.actions() != actions) {
        throw new IllegalArgumentException(
            "physical has " + states.actions() + " actions, expected " + actions);
      }
      if (horizon < 0) {
        throw new IllegalArgumentException("horizon must be at least 0: " + horizon);
      }
      if (!(discount >= 0 && (discount < 1 || (horizon > 0 && discount == 1)))) {
        throw new IllegalArgumentException(
            "discount must be in [0, 1), or 1 with a horizon: " + discount);
      }
      Environment made = new Environment(agents, designer, states, discount, horizon);
      if (!(made.largestFlow() * made.annuity() <= LARGEST)) {
        throw new IllegalArgumentException(
            "values must be smaller: all of them in all periods sum to up to "
                + made.largestFlow() * made.annuity()
                + ", expected at most "
                + LARGEST);
      }
      return made;
    }
  }

  /** The agents. */
  public List<Agent> agents() {
    return agents;
  }

  /** One agent. */
  public Agent agent(int i) {
    return agents.get(i);
  }

  /** How many agents. */
  public int size() {
    return agents.size();
  }

  /** How many actions. */
  public int actions() {
    return designerValue.length;
  }

  /** What an action is worth to the designer in a period. */
  public double designerValue(int action) {
    return designerValue[action];
  }

  /** Whether the designer's values are all 0. */
  public boolean designerIndifferent() {
    for (double v : designerValue) {
      if (v != 0) {
        return false;
      }
    }
    return true;
  }

  /** The public state. */
  public PhysicalStates physical() {
    return physical;
  }

  /** delta. */
  public double discount() {
    return discount;
  }

  /** T, or 0 for an infinite horizon. */
  public int horizon() {
    return horizon;
  }

  /** Whether the horizon is infinite. */
  public boolean isInfinite() {
    return horizon == 0;
  }

  /** Whether every agent's first type has a law. */
  public boolean hasPrior() {
    return agents.stream().allMatch(agent -> agent.initial() != null);
  }

  /** Joint states: physical states times all profiles of types. */
  public double jointStates() {
    double states = physical.count();
    for (Agent agent : agents) {
      states *= agent.types();
    }
    return states;
  }

  /** w(a, theta). */
  public double flow(int action, int... profile) {
    double sum = designerValue[action];
    for (int i = 0; i < profile.length; i++) {
      sum += agents.get(i).value(action, profile[i]);
    }
    return sum;
  }

  /** w_-i(a, theta_-i): agent i's value left out. */
  public double flowWithout(int i, int action, int... profile) {
    double sum = designerValue[action];
    for (int j = 0; j < profile.length; j++) {
      if (j != i) {
        sum += agents.get(j).value(action, profile[j]);
      }
    }
    return sum;
  }

  /** At least |w| and every |w_-i|. */
  public double largestFlow() {
    double sum = 0;
    for (Agent agent : agents) {
      sum += agent.largest();
    }
    double designer = 0;
    for (double v : designerValue) {
      designer = Math.max(designer, Math.abs(v));
    }
    return sum + designer;
  }

  /** sum of delta^t over the horizon: what a flow of 1 a period is worth. */
  public double annuity() {
    if (horizon == 0) {
      return 1 / (1 - discount);
    }
    return discount == 1 ? horizon : (1 - Math.pow(discount, horizon)) / (1 - discount);
  }

  /**
   * Checks a profile.
   *
   * @throws IllegalArgumentException when there is not one type of every agent
   */
  public void checkProfile(int... profile) {
    if (profile.length != agents.size()) {
      throw new IllegalArgumentException(
          "profile must have one type for every agent, " + agents.size() + ": " + profile.length);
    }
    for (int i = 0; i < profile.length; i++) {
      if (profile[i] < 0 || profile[i] >= agents.get(i).types()) {
        throw new IllegalArgumentException(
            "profile["
                + i
                + "] must be a type, 0 to "
                + (agents.get(i).types() - 1)
                + ": "
                + profile[i]);
      }
    }
  }
}
